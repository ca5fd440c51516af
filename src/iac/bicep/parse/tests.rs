//! Tables of constructs, recovery, and hostile text.

use super::*;
use crate::iac::bicep::ast::{Expr, ExprKind, Imported, Key, Part, StatementKind, TypeExpr, TypeKind};

fn read(text: &str) -> Program {
    parse(text, FileId(0))
}

fn clean(text: &str) -> Program {
    let program = read(text);
    assert_eq!(program.errors, [], "{text}");
    program
}

/// The expression in a short form, to compare with.
fn show(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(show).collect::<Vec<_>>().join(" ");
    let mark = |safe: bool| if safe { "?" } else { "" };
    match &expr.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Int(value) => value.to_string(),
        ExprKind::Str(text) => format!("{text:?}"),
        ExprKind::Interp(parts) => {
            let part = |p: &Part| match p {
                Part::Text(text) => format!("{text:?}"),
                Part::Hole(hole) => show(hole),
            };
            format!("(text {})", parts.iter().map(part).collect::<Vec<_>>().join(" "))
        }
        ExprKind::Array(items) => {
            let item =
                |i: &crate::iac::bicep::ast::Item| format!("{}{}", if i.spread { "..." } else { "" }, show(&i.value));
            format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(" "))
        }
        ExprKind::Object(object) => {
            let member = |m: &crate::iac::bicep::ast::Member| match &m.key {
                Key::Name(name) => format!("{}:{}", name.name, show(&m.value)),
                Key::Interp(key) => format!("{}:{}", show(key), show(&m.value)),
                Key::Spread => format!("...{}", show(&m.value)),
            };
            format!("{{{}}}", object.members.iter().map(member).collect::<Vec<_>>().join(" "))
        }
        ExprKind::For(each) => {
            let index = each.each.index.as_ref().map_or(String::new(), |i| format!(",{}", i.name));
            let condition = each.condition.as_ref().map_or(String::new(), |c| format!(" if {}", show(c)));
            format!("(for {}{index} {}{condition} {})", each.each.item.name, show(&each.each.list), show(&each.body))
        }
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Call { name, args } => format!("({} {})", name.name, list(args)),
        ExprKind::Method { base, name, args } => format!("(.{} {} {})", name.name, show(base), list(args)),
        ExprKind::Member { base, name, safe } => format!("{}.{}{}", show(base), mark(*safe), name.name),
        ExprKind::Index { base, index, safe, from_end } => {
            format!("{}[{}{}{}]", show(base), mark(*safe), if *from_end { "^" } else { "" }, show(index))
        }
        ExprKind::Nested { base, name } => format!("{}::{}", show(base), name.name),
        ExprKind::NotNull(inner) => format!("{}!", show(inner)),
        ExprKind::Unary { op, value } => format!("({op:?} {})", show(value)),
        ExprKind::Binary { op, sides } => format!("({op:?} {} {})", show(&sides.0), show(&sides.1)),
        ExprKind::Ternary(parts) => format!("(? {} {} {})", show(&parts.0), show(&parts.1), show(&parts.2)),
        ExprKind::Lambda { params, body } => {
            format!("(=> {} {})", params.iter().map(|p| p.name.to_string()).collect::<Vec<_>>().join(","), show(body))
        }
        ExprKind::Error(_) => "ERROR".to_owned(),
    }
}

fn value(text: &str) -> String {
    let program = clean(&format!("var x = {text}\n"));
    match &program.statements[0].kind {
        StatementKind::Var { value, .. } => show(value),
        other => panic!("{other:?}"),
    }
}

#[test]
fn expressions() {
    for (text, wanted) in [
        ("1", "1"),
        ("-1", "(Minus 1)"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("true && false || !c", "(Or (And true false) (Not c))"),
        ("a ?? b ?? c", "(Coalesce (Coalesce a b) c)"),
        ("1 + 2 * 3 - 4", "(Sub (Add 1 (Mul 2 3)) 4)"),
        ("(1 + 2) * 3", "(Mul (Add 1 2) 3)"),
        ("a == b ? c : d", "(? (Eq a b) c d)"),
        ("a ? b : c ? d : e", "(? a b (? c d e))"),
        ("a\n  ? b\n  : c", "(? a b c)"),
        ("a ? {\n  b: 1\n} : {}", "(? a {b:1} {})"),
        ("a =~ 'x' && b !~ 'y'", "(And (EqAny a \"x\") (NeAny b \"y\"))"),
        ("a &&\n  b", "(And a b)"),
        ("a\n  && b\n  || c", "(Or (And a b) c)"),
        ("a.b.?c[0][?1][^2][?^3]", "a.b.?c[0][?1][^2][?^3]"),
        ("a!.b", "a!.b"),
        ("a.b(1).c!", "(.b a 1).c!"),
        ("a::b.id", "a::b.id"),
        ("a[0]::b", "a[0]::b"),
        ("a['b-c']", "a[\"b-c\"]"),
        ("sys.concat('a', 'b')", "(.concat sys \"a\" \"b\")"),
        ("f()", "(f )"),
        ("f(\n  a\n  , b\n)", "(f a b)"),
        ("f(\n  a,\n  b,\n)", "(f a b)"),
        ("map(x, y => y.z)", "(map x (=> y y.z))"),
        ("map(x, (y, i) => {\n  a: i\n})", "(map x (=> y,i {a:i}))"),
        ("f(() => 1)", "(f (=>  1))"),
        ("sort(x, (a, b) => a < b)", "(sort x (=> a,b (Lt a b)))"),
        ("[]", "[]"),
        ("[\n  1\n  2\n]", "[1 2]"),
        ("[1, 2,]", "[1 2]"),
        ("[\n  1,\n  2\n]", "[1 2]"),
        ("[\n  ...a\n  -1\n]", "[...a (Minus 1)]"),
        ("{ a: 1, b: 2 }", "{a:1 b:2}"),
        ("{\n  a: 1,\n  b: 2,\n}", "{a:1 b:2}"),
        ("{\n  a:\n    1\n  'b c': 2\n  '${d}': 3\n  ...e\n}", "{a:1 b c:2 (text d):3 ...e}"),
        (
            "{ if: 1, for: 2, resource: 3, param: 4, true: 5, null: 6, in: 7 }",
            "{if:1 for:2 resource:3 param:4 true:5 null:6 in:7}",
        ),
        ("[for x in y: x.z]", "(for x y x.z)"),
        ("[for (x, i) in y: {\n  a: i\n}]", "(for x,i y {a:i})"),
        ("[for x in y: if (x.b) {\n  a: x\n}]", "(for x y if x.b {a:x})"),
        ("[\n  for x in y: x\n]", "(for x y x)"),
        ("[for i in range(0, 3): [for j in i: j]]", "(for i (range 0 3) (for j i j))"),
        ("'a'", "\"a\""),
        ("'it\\'s \\$ \\\\ \\n \\u{1f600}'", "\"it's $ \\\\ \\n 😀\""),
        ("'\\u{D801}\\u{DC37}\\u{41}'", "\"𐐷A\""),
        ("''''abc''''", "\"'abc'\""),
        ("'a${b}c${d.e}'", "(text \"a\" b \"c\" d.e)"),
        ("'${a}${b}'", "(text a b)"),
        ("'${a ? 'x' : 'y'}'", "(text (? a \"x\" \"y\"))"),
        ("'${f({ a: 'b' }.a)}'", "(text (f {a:\"b\"}.a))"),
        ("'''\na\n${b}'''", "\"a\\n${b}\""),
        ("'''a''b'''", "\"a''b\""),
        ("$'''\na ${b}\n'''", "(text \"a \" b \"\\n\")"),
        ("$$'''a ${b} $${c}'''", "(text \"a ${b} \" c)"),
        ("''''''", "\"\""),
        ("a /* b */ + // c\n 1", "(Add a 1)"),
    ] {
        assert_eq!(value(text), wanted, "{text}");
    }
}

#[test]
fn statements() {
    let text = r"
targetScope = 'subscription'
metadata owner = 'me'
#disable-next-line no-unused-params
@description('a')
@sys.secure()
@minLength(1) @maxLength(20)
param a string
param b string = 'x'
param c { d: string, e: int? }
param old string {
  default: 'y'
  secure: true
}
@export()
var v = 1
var typed string = 'x'
output o string = v
output p resource 'Microsoft.Storage/storageAccounts@2023-01-01' = s
@export()
type t = 'a' | 'b'
func f(x string, y int?) string => '${x}${y}'
import { a as b, c } from 'x.bicep'
import * as ns from '../y.bicep'
import 'az@1.0.0'
import 'kubernetes@1.0.0' with {
  kubeConfig: 'x'
} as k8s
import { d
  'e-f' as g
} from 'br/public:z:1.0'
extension microsoftGraph
extension 'br:x/y:1.0' as z
provider kubernetes
assert check = v > 0
resource s 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: 'x'
}
@batchSize(1)
module m 'm.bicep' = [for x in y: if (x) {
  name: 'm'
}]
module e 'e.bicep' with {
  k8s: {}
} = if (a) {
}";
    let program = clean(text);
    let kinds: Vec<&str> = program.statements.iter().map(|s| word(&s.kind)).collect();
    assert_eq!(
        kinds,
        [
            "targetScope",
            "other",
            "param",
            "param",
            "param",
            "param",
            "var",
            "var",
            "output",
            "output",
            "type",
            "func",
            "import",
            "import",
            "import",
            "import",
            "import",
            "other",
            "other",
            "other",
            "other",
            "resource",
            "module",
            "module"
        ]
    );
    let statement = &program.statements[2];
    assert!(statement.has("secure") && statement.has("minLength") && statement.decorators.len() == 4);
    let StatementKind::Param { default, .. } = &program.statements[5].kind else { panic!() };
    assert_eq!(show(default.as_ref().unwrap()), "\"y\"");
    assert!(program.statements[5].has("secure"));
    let StatementKind::Import(import) = &program.statements[12].kind else { panic!() };
    let Imported::Names(names) = &import.what else { panic!() };
    assert_eq!((&*names[0].0, &*names[0].1.name, &*names[1].1.name), ("a", "b", "c"));
    let StatementKind::Module(module) = &program.statements[22].kind else { panic!() };
    assert!(module.body.each.is_some() && module.body.condition.is_some());
}

fn word(kind: &StatementKind) -> &'static str {
    match kind {
        StatementKind::TargetScope(_) => "targetScope",
        StatementKind::Param { .. } => "param",
        StatementKind::Var { .. } => "var",
        StatementKind::Output { .. } => "output",
        StatementKind::Type { .. } => "type",
        StatementKind::Func { .. } => "func",
        StatementKind::Resource(_) => "resource",
        StatementKind::Module(_) => "module",
        StatementKind::Import(_) => "import",
        StatementKind::Using(_) => "using",
        StatementKind::Extends(_) => "extends",
        StatementKind::Other => "other",
    }
}

#[test]
fn parameter_files() {
    for (text, wanted) in [
        ("using './main.bicep'\nparam a = 'x'", Some("./main.bicep")),
        ("using none\nparam a = 'x'", None),
        ("using 'br/public:a/b:1.0'\nextends './base.bicepparam'\nvar a = 1\nparam b = a\n", Some("br/public:a/b:1.0")),
        ("using './main.bicep' with {\n  mode: 'deployment'\n}\nparam a = 1", Some("./main.bicep")),
    ] {
        let program = clean(text);
        let StatementKind::Using(path) = &program.statements[0].kind else { panic!("{text}") };
        assert_eq!(path.as_deref(), wanted, "{text}");
        assert!(
            program
                .statements
                .iter()
                .any(|s| matches!(&s.kind, StatementKind::Param { default: Some(_), of: None, .. }))
        );
    }
}

#[test]
fn types() {
    let name = |of: &TypeExpr| match &of.kind {
        TypeKind::Name(_) => "name",
        TypeKind::Part(_) => "part",
        TypeKind::Literal(_) => "literal",
        TypeKind::Array(_) => "array",
        TypeKind::Nullable(_) => "nullable",
        TypeKind::Union(_) => "union",
        TypeKind::Object(_) => "object",
        TypeKind::Tuple(_) => "tuple",
    };
    for (text, wanted) in [
        ("string", "name"),
        ("string?", "nullable"),
        ("string[]", "array"),
        ("string[]?", "nullable"),
        ("'a' | 'b'", "union"),
        ("'a' | 'b' | null", "union"),
        ("('a' | 'b')[]", "array"),
        ("| 'a'\n  | 'b'", "union"),
        ("'a'\n  | 'b'", "union"),
        ("'only'", "literal"),
        ("-1", "literal"),
        ("true", "literal"),
        ("{}", "object"),
        ("{ a: string, b: int? }", "object"),
        ("{\n  @description('x')\n  @secure()\n  a: string\n  b?: int\n  *: string\n  'c-d': bool\n}", "object"),
        ("[string, int]", "tuple"),
        ("[\n  @description('x')\n  string\n  int?\n]", "tuple"),
        ("a.b.c?", "nullable"),
        ("a[*].b", "part"),
        ("a.*", "part"),
        ("a[0]", "part"),
        ("resourceInput<'Microsoft.KeyVault/vaults@2024-11-01'>", "name"),
        ("resourceInput<'Microsoft.KeyVault/vaults@2024-11-01'>.properties.sku?", "nullable"),
        ("resourceOutput<'Microsoft.KeyVault/vaults@2024-11-01'>.tags", "part"),
        ("resourceDerived<'a', 'b'>", "name"),
        ("resource 'Microsoft.KeyVault/vaults@2024-11-01'", "name"),
        ("sys.string", "part"),
        ("object!", "part"),
    ] {
        let program = clean(&format!("type t = {text}\nparam p int"));
        let StatementKind::Type { of, .. } = &program.statements[0].kind else { panic!("{text}") };
        assert_eq!(name(of), wanted, "{text}");
        assert_eq!(program.statements.len(), 2, "{text}");
    }
}

#[test]
fn bodies_and_nested_resources() {
    let text = "resource a 'Microsoft.Sql/servers@2021-11-01' = if (b) {
  name: 'x'
  resource: 'a member'

  @description('nested')
  resource c 'databases' = [for d in e: {
    name: d

    resource f 'g@2020' existing = {
      name: 'h'
    }
  }]
}
";
    let program = clean(text);
    let StatementKind::Resource(a) = &program.statements[0].kind else { panic!() };
    assert_eq!(
        &text[a.header.start as usize..a.header.end as usize],
        "resource a 'Microsoft.Sql/servers@2021-11-01' ="
    );
    assert_eq!(&text[a.at.end as usize - 4..a.at.end as usize], "}]\n}");
    assert!(a.body.condition.is_some());
    let member = a.body.object.get("resource").unwrap();
    assert_eq!(&text[member.at.start as usize..member.at.end as usize], "resource: 'a member'");
    let c = &a.body.object.resources[0];
    assert!(c.body.each.is_some() && c.decorators.len() == 1);
    assert!(c.body.object.resources[0].existing);
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    // The names of the statements that are left, and the lines of the errors.
    for (text, names, lines) in [
        ("param a string =\nparam b int", vec!["a", "b"], vec![1]),
        ("param a string = 'x\nparam b int", vec!["a", "b"], vec![1]),
        ("var a = [\n  1\nvar b = 2", vec!["a", "b"], vec![3]),
        ("var a = {\n  b: 1\nvar b = 2", vec!["a", "b"], vec![3]),
        (
            "resource a 't@1' = {\n  name: 'x'\n  p: {\n    q: 1\n\nresource b 't@1' = {\n  name: 'y'\n}",
            vec!["a", "b"],
            vec![6, 6],
        ),
        ("what is this\nvar b = 1", vec!["b"], vec![1]),
        ("var a = 1 2\nvar b = 1", vec!["a", "b"], vec![1]),
        ("resource a 't@1' = {\n  x: 1 1\n  y: 2\n}\nvar b = 1", vec!["a", "b"], vec![2]),
        ("resource a 't@1' = {\n  : 1\n  y: 2\n}\nvar b = 1", vec!["a", "b"], vec![2]),
        ("resource a = {\n}\nvar b = 1", vec!["b"], vec![1]),
        ("var a = \"x\"\nvar b = 1", vec!["a", "b"], vec![1]),
        ("var a = '${f('\nvar b = 1", vec!["a", "b"], vec![1]),
        ("var a = '\\q'\nvar b = 1", vec!["a", "b"], vec![1]),
        ("}\nvar b = 1", vec!["b"], vec![1]),
        ("var a = {\n  b: c(\n}\nvar d = 1", vec!["a", "d"], vec![3]),
    ] {
        let program = read(text);
        let name = |kind: &StatementKind| match kind {
            StatementKind::Param { name, .. } | StatementKind::Var { name, .. } => name.name.to_string(),
            StatementKind::Resource(decl) => decl.name.name.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(program.statements.iter().map(|s| name(&s.kind)).collect::<Vec<_>>(), names, "{text}");
        let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
        let found: Vec<usize> = program.errors.iter().map(|e| line(e.at.start)).collect();
        assert_eq!(found, lines, "{text} {:?}", program.errors);
    }
}

#[test]
fn members_around_a_broken_one_are_kept() {
    let program = read("resource a 't@1' = {\n  name: 'x'\n  bad: )\n  worse\n  good: 1\n}");
    let StatementKind::Resource(a) = &program.statements[0].kind else { panic!() };
    assert_eq!(show(&a.body.object.get("good").unwrap().value), "1");
    assert_eq!(show(&a.body.object.get("bad").unwrap().value), "ERROR");
    assert!(a.body.object.broken.is_some());
}

#[test]
fn hostile_text_ends() {
    for text in [
        "[".repeat(100_000),
        format!("var a = {}", "(".repeat(100_000)),
        format!("var a = {}", "{a:".repeat(100_000)),
        format!("var a = {}", "!".repeat(100_000)),
        format!("var a = {}1", "1 + ".repeat(100_000)),
        format!("var a = b{}", ".c".repeat(100_000)),
        format!("var a = {}", "a ? ".repeat(100_000)),
        format!("type a = {}", "[".repeat(100_000)),
        format!("type a = b{}", "[]".repeat(100_000)),
        format!("var a = {}", "'${".repeat(100_000)),
        "resource a 't' = {\n".repeat(20_000),
        "var a = [\n".repeat(20_000),
        "var a = f(\n".repeat(20_000),
        "@".repeat(100_000),
        "@a(".repeat(50_000),
        "'''".repeat(33_333),
    ] {
        let started = std::time::Instant::now();
        assert!(!read(&text).errors.is_empty(), "{}", &text[..20]);
        assert!(started.elapsed().as_secs() < 5, "{} {:?}", &text[..20], started.elapsed());
    }
}

#[test]
fn long_lists_are_no_problem() {
    let items: String = (0..5_000).map(|n| format!("  'a{n}'\n")).collect();
    clean(&format!("var a = [\n{items}]"));
    let ternaries: String = (0..60).map(|n| format!("x == {n} ? {n} : ")).collect();
    clean(&format!("var a = {ternaries} 0"));
}
