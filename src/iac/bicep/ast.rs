//! The syntax tree of a Bicep file. Everything has its place.

use std::sync::Arc;

use crate::iac::Span;

/// A name and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ident {
    /// The name.
    pub(crate) name: Arc<str>,
    /// Where.
    pub(crate) at: Span,
}

/// An expression.
#[derive(Debug, PartialEq)]
pub(crate) struct Expr {
    /// What it is.
    pub(crate) kind: ExprKind,
    /// Where.
    pub(crate) at: Span,
    /// How many levels it has: bounded, so that nothing that walks it overflows the stack.
    pub(crate) height: u16,
}

/// The kinds of expressions.
#[derive(Debug, PartialEq)]
pub(crate) enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Int(i64),
    /// A string without holes.
    Str(Arc<str>),
    /// A string with holes.
    Interp(Vec<Part>),
    /// `[a, ...b]`
    Array(Vec<Item>),
    /// `{a: 1}`
    Object(Box<ObjectExpr>),
    /// `[for x in y: z]`
    For(Box<ForExpr>),
    /// A name alone.
    Name(Arc<str>),
    /// `f(x)`
    Call {
        /// The function.
        name: Ident,
        /// The arguments.
        args: Vec<Expr>,
    },
    /// `x.f(y)`
    Method {
        /// Before the dot.
        base: Box<Expr>,
        /// The function.
        name: Ident,
        /// The arguments.
        args: Vec<Expr>,
    },
    /// `x.y`, `x.?y`
    Member {
        /// Before the dot.
        base: Box<Expr>,
        /// The member.
        name: Ident,
        /// Whether it may be missing.
        safe: bool,
    },
    /// `x[y]`, `x[?y]`, `x[^y]`
    Index {
        /// Before the bracket.
        base: Box<Expr>,
        /// In the bracket.
        index: Box<Expr>,
        /// Whether it may be missing.
        safe: bool,
        /// Whether it counts from the end.
        from_end: bool,
    },
    /// `x::y`
    Nested {
        /// The parent.
        base: Box<Expr>,
        /// The nested resource.
        name: Ident,
    },
    /// `x!`
    NotNull(Box<Expr>),
    /// `-x`, `!x`, `+x`
    Unary {
        /// The operator.
        op: UnaryOp,
        /// The operand.
        value: Box<Expr>,
    },
    /// `x + y`
    Binary {
        /// The operator.
        op: BinaryOp,
        /// The operands.
        sides: Box<(Expr, Expr)>,
    },
    /// `a ? b : c`
    Ternary(Box<(Expr, Expr, Expr)>),
    /// `x => y`, `(a, b) => c`
    Lambda {
        /// The names of its arguments.
        params: Vec<Ident>,
        /// The value.
        body: Box<Expr>,
    },
    /// A part that could not be read, with the reason.
    Error(&'static str),
}

/// A part of a string with holes.
#[derive(Debug, PartialEq)]
pub(crate) enum Part {
    /// Text.
    Text(Arc<str>),
    /// A hole.
    Hole(Expr),
}

/// An item of a list.
#[derive(Debug, PartialEq)]
pub(crate) struct Item {
    /// Whether it is `...value`.
    pub(crate) spread: bool,
    /// The value.
    pub(crate) value: Expr,
}

/// An object, and the nested resources in it.
#[derive(Debug, PartialEq)]
pub(crate) struct ObjectExpr {
    /// The members, in order.
    pub(crate) members: Vec<Member>,
    /// Nested resources; only in bodies of resources.
    pub(crate) resources: Vec<Arc<ResourceDecl>>,
    /// From brace to brace.
    pub(crate) at: Span,
    /// Where something in it could not be read.
    pub(crate) broken: Option<Span>,
}

impl ObjectExpr {
    /// The last member of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Member> {
        self.members.iter().rfind(|m| matches!(&m.key, Key::Name(key) if &*key.name == name))
    }
}

/// A member of an object.
#[derive(Debug, PartialEq)]
pub(crate) struct Member {
    /// Its name.
    pub(crate) key: Key,
    /// Its value.
    pub(crate) value: Expr,
    /// Name and value.
    pub(crate) at: Span,
}

/// The name of a member.
#[derive(Debug, PartialEq)]
pub(crate) enum Key {
    /// Written as it is.
    Name(Ident),
    /// A string with holes.
    Interp(Expr),
    /// `...value`: the members of the value.
    Spread,
}

/// A loop that gives a list.
#[derive(Debug, PartialEq)]
pub(crate) struct ForExpr {
    /// What is repeated.
    pub(crate) each: Each,
    /// `if (…)` before the value.
    pub(crate) condition: Option<Expr>,
    /// The value of each round.
    pub(crate) body: Expr,
}

/// The head of a loop.
#[derive(Debug, PartialEq)]
pub(crate) struct Each {
    /// The name of the item.
    pub(crate) item: Ident,
    /// The name of the number.
    pub(crate) index: Option<Ident>,
    /// The list.
    pub(crate) list: Expr,
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum UnaryOp {
    /// `!`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum BinaryOp {
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Rem,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `=~`
    EqAny,
    /// `!~`
    NeAny,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `??`
    Coalesce,
}

/// A type.
#[derive(Debug, PartialEq)]
pub(crate) struct TypeExpr {
    /// What it is.
    pub(crate) kind: TypeKind,
    /// Where.
    pub(crate) at: Span,
}

/// The kinds of types.
#[derive(Debug, PartialEq)]
pub(crate) enum TypeKind {
    /// `string`, `myType`, `resource`, `resourceInput<'…'>`
    Name(Ident),
    /// `a.b`, `a.*`, `a[*]`, `a[0]`: a part of a type.
    Part(Box<TypeExpr>),
    /// One value: `'a'`, `-1`, `true`.
    Literal(Expr),
    /// `x[]`
    Array(Box<TypeExpr>),
    /// `x?`
    Nullable(Box<TypeExpr>),
    /// `a | b`
    Union(Vec<TypeExpr>),
    /// `{a: string}`
    Object(Vec<TypeMember>),
    /// `[string, int]`
    Tuple(Vec<TypeExpr>),
}

/// A member of an object type.
#[derive(Debug, PartialEq)]
pub(crate) struct TypeMember {
    /// Its decorators.
    pub(crate) decorators: Vec<Decorator>,
    /// Its name; `None` for `*`.
    pub(crate) name: Option<Ident>,
    /// Its type.
    pub(crate) of: TypeExpr,
}

/// `@secure()`
#[derive(Debug, PartialEq)]
pub(crate) struct Decorator {
    /// The name without namespace.
    pub(crate) name: Ident,
    /// The arguments.
    pub(crate) args: Vec<Expr>,
    /// Where.
    pub(crate) at: Span,
}

/// A statement with its decorators.
#[derive(Debug, PartialEq)]
pub(crate) struct Statement {
    /// The decorators.
    pub(crate) decorators: Vec<Decorator>,
    /// What it is.
    pub(crate) kind: StatementKind,
    /// Without decorators.
    pub(crate) at: Span,
}

impl Statement {
    /// Whether it has the decorator.
    pub(crate) fn has(&self, decorator: &str) -> bool {
        self.decorators.iter().any(|d| &*d.name.name == decorator)
    }
}

/// The kinds of statements.
#[derive(Debug, PartialEq)]
pub(crate) enum StatementKind {
    /// `targetScope = 'subscription'`
    TargetScope(Expr),
    /// `param x string = 'a'`; in a parameter file `param x = 'a'`.
    Param {
        /// The name.
        name: Ident,
        /// The type.
        of: Option<TypeExpr>,
        /// The value, if none is given.
        default: Option<Expr>,
    },
    /// `var x = 1`
    Var {
        /// The name.
        name: Ident,
        /// The value.
        value: Expr,
    },
    /// `output x string = y`
    Output {
        /// The name.
        name: Ident,
        /// The value.
        value: Expr,
    },
    /// `type x = string`
    Type {
        /// The name.
        name: Ident,
        /// What it stands for.
        of: TypeExpr,
    },
    /// `func f(x string) string => y`
    Func {
        /// The name.
        name: Ident,
        /// The names of its arguments.
        params: Vec<Ident>,
        /// The value.
        body: Expr,
    },
    /// `resource …`
    Resource(Arc<ResourceDecl>),
    /// `module …`
    Module(Arc<ModuleDecl>),
    /// `import … from '…'`
    Import(Import),
    /// `using '…'`; `None` for `using none`.
    Using(Option<Arc<str>>),
    /// `extends '…'`
    Extends(Option<Arc<str>>),
    /// `metadata`, `extension`, `assert` and whatever else declares nothing.
    Other,
}

/// Names from another file.
#[derive(Debug, PartialEq)]
pub(crate) struct Import {
    /// The file or registry address.
    pub(crate) from: Option<Arc<str>>,
    /// What it brings.
    pub(crate) what: Imported,
}

/// What an import brings.
#[derive(Debug, PartialEq)]
pub(crate) enum Imported {
    /// `* as x`
    All(Ident),
    /// `{a, b as c}`: the name there, and the name here.
    Names(Vec<(Arc<str>, Ident)>),
    /// `import 'az@1.0.0'`, the old way to ask for an extension.
    Nothing,
}

/// A resource.
#[derive(Debug, PartialEq)]
pub(crate) struct ResourceDecl {
    /// Its symbolic name.
    pub(crate) name: Ident,
    /// Its type with its api-version, a string.
    pub(crate) of: Expr,
    /// Whether it exists already.
    pub(crate) existing: bool,
    /// Its body.
    pub(crate) body: Body,
    /// From `resource` to the equals sign.
    pub(crate) header: Span,
    /// The whole declaration, without decorators.
    pub(crate) at: Span,
    /// Its decorators.
    pub(crate) decorators: Vec<Decorator>,
}

/// A call of a module.
#[derive(Debug, PartialEq)]
pub(crate) struct ModuleDecl {
    /// Its symbolic name.
    pub(crate) name: Ident,
    /// Where it is, a string.
    pub(crate) path: Expr,
    /// Its body.
    pub(crate) body: Body,
    /// From `module` to the equals sign.
    pub(crate) header: Span,
    /// The whole call.
    pub(crate) at: Span,
}

/// The body of a resource or module.
#[derive(Debug, PartialEq)]
pub(crate) struct Body {
    /// `[for …:`
    pub(crate) each: Option<Each>,
    /// `if (…)`
    pub(crate) condition: Option<Expr>,
    /// The object.
    pub(crate) object: ObjectExpr,
}

/// A file.
#[derive(Debug)]
pub(crate) struct Program {
    /// Its statements, in order.
    pub(crate) statements: Vec<Statement>,
    /// What could not be read.
    pub(crate) errors: Vec<SyntaxError>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SyntaxError {
    /// Where.
    pub(crate) at: Span,
    /// What.
    pub(crate) what: String,
}
