//! Files that were read, and the names that they declare.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::iac::bicep::ast::{Imported, Program, Statement, StatementKind, TypeExpr, TypeKind};

/// A file that was read and parsed.
#[derive(Debug)]
pub(super) struct Source {
    /// Its name in the tree.
    pub(super) name: Arc<str>,
    /// Its text, for reasons.
    pub(super) text: Arc<str>,
    /// Its statements.
    pub(super) program: Program,
    /// What its names stand for. Outputs have names of their own.
    pub(super) symbols: BTreeMap<Arc<str>, Symbol>,
    /// The outputs by name.
    pub(super) outputs: BTreeMap<Arc<str>, usize>,
}

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) enum Symbol {
    /// The statement of that number.
    Statement(usize),
    /// A name of another file.
    Imported {
        /// The path as it is written.
        from: Option<Arc<str>>,
        /// The name there.
        there: Arc<str>,
    },
    /// All names of another file.
    Namespace(Option<Arc<str>>),
}

impl Source {
    /// Finds the names of a parsed file.
    pub(super) fn new(name: Arc<str>, text: Arc<str>, program: Program) -> Self {
        let (mut symbols, mut outputs) = (BTreeMap::new(), BTreeMap::new());
        for (at, statement) in program.statements.iter().enumerate() {
            let name = match &statement.kind {
                StatementKind::Param { name, .. }
                | StatementKind::Var { name, .. }
                | StatementKind::Type { name, .. }
                | StatementKind::Func { name, .. } => name,
                StatementKind::Resource(decl) => &decl.name,
                StatementKind::Module(decl) => &decl.name,
                StatementKind::Output { name, .. } => {
                    outputs.insert(Arc::clone(&name.name), at);
                    continue;
                }
                StatementKind::Import(import) => {
                    match &import.what {
                        Imported::All(here) => {
                            symbols.insert(Arc::clone(&here.name), Symbol::Namespace(import.from.clone()));
                        }
                        Imported::Names(names) => symbols.extend(names.iter().map(|(there, here)| {
                            let symbol = Symbol::Imported { from: import.from.clone(), there: Arc::clone(there) };
                            (Arc::clone(&here.name), symbol)
                        })),
                        Imported::Nothing => {}
                    }
                    continue;
                }
                _ => continue,
            };
            symbols.entry(Arc::clone(&name.name)).or_insert(Symbol::Statement(at));
        }
        Self { name, text, program, symbols, outputs }
    }

    /// The statement of a name that is declared here.
    pub(super) fn statement(&self, name: &str) -> Option<&Statement> {
        match self.symbols.get(name)? {
            Symbol::Statement(at) => self.program.statements.get(*at),
            _ => None,
        }
    }

    /// What is written at a place, on one line and not too long.
    pub(super) fn quote(&self, at: crate::iac::Span) -> String {
        let text = self.text.get(at.start as usize..at.end as usize).unwrap_or("");
        let mut out = String::new();
        for word in text.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
            if out.len() > 120 {
                let cut = out.char_indices().nth(100).map_or(out.len(), |(at, _)| at);
                out.truncate(cut);
                out.push('…');
                break;
            }
        }
        out
    }
}

/// What a type says about a value that is not given.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TypeFacts {
    /// Whether null is one of its values.
    pub(super) nullable: bool,
    /// Whether the value is secret.
    pub(super) secure: bool,
}

/// The one type that a type is, without its question mark.
pub(super) fn strip(of: &TypeExpr) -> (&TypeExpr, bool) {
    match &of.kind {
        TypeKind::Nullable(inner) => (strip(inner).0, true),
        _ => (of, false),
    }
}
