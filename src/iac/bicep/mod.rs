//! Bicep → declarations, natively: a parser with places on everything, and an evaluator that says what it does not know.

pub(crate) mod ast;
mod compiled;
mod eval;
mod lex;
mod parse;

use crate::iac::bicep::ast::{ExprKind, Imported, Program, StatementKind};
use crate::iac::{FileId, Ids, Reading, Tree};

use eval::is_registry;

pub use compiled::Compiled;
pub(crate) use compiled::read_compiled;

/// How an entry point is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// Names of parameter files, `.bicepparam` or JSON, in the order of their weight. The first that fits counts.
    pub(crate) parameter_files: Vec<String>,
}

/// Reads a file and what it calls, and adds what they declare to the reading.
pub(crate) fn read_bicep(tree: &Tree, name: &str, options: &Options, ids: &mut Ids, reading: &mut Reading) {
    eval::read(tree, name, options, ids, reading);
}

/// The syntax tree of a file.
fn parse_bicep(text: &str, file: FileId) -> Program {
    parse::parse(text, file)
}

/// The files in the tree that a file calls, imports from or is for: those are no entry points of their own. Of a parameter
/// file it is the file that it is for. Sorted.
pub(crate) fn local_modules(tree: &Tree, name: &str) -> Vec<String> {
    let Ok(file) = tree.read(name) else { return Vec::new() };
    let program = parse::parse(&tree.text(file), file);
    let mut found: Vec<String> = program
        .statements
        .iter()
        .filter_map(|statement| match &statement.kind {
            StatementKind::Module(decl) => match &decl.path.kind {
                ExprKind::Str(path) => Some(path),
                _ => None,
            },
            StatementKind::Import(import) if import.what != Imported::Nothing => import.from.as_ref(),
            StatementKind::Using(path) | StatementKind::Extends(path) => path.as_ref(),
            _ => None,
        })
        .filter(|path| !is_registry(path))
        .filter_map(|path| Tree::join(Tree::parent(name), path).ok())
        .filter(|path| path != name && tree.has_file(path))
        .collect();
    found.sort();
    found.dedup();
    found
}
