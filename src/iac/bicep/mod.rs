//! Bicep → declarations, natively: a parser with places on everything, and an evaluator that says what it does not know.

pub(crate) mod ast;
mod compiled;
mod eval;
mod lex;
mod parse;

use std::collections::BTreeMap;

use crate::iac::bicep::ast::{ExprKind, Imported, Program, StatementKind};
use crate::iac::{FileId, Ids, Missing, Node, Reading, Tree};
use crate::model::GapReason;

use eval::{is_registry, restored};

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

/// The values that Bicep parameter files give for an ARM template, by lower-case name; `None` when another kind of file comes
/// first, or none fits. The first that fits counts.
pub(crate) fn parameters(
    tree: &Tree,
    template: &str,
    files: &[String],
    ids: &mut Ids,
    reading: &mut Reading,
) -> Option<BTreeMap<String, Node>> {
    eval::parameters(tree, template, files, ids, reading)
}

/// Whether a file holds parameters in Bicep's own language.
pub(crate) fn is_bicepparam(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".bicepparam")
}

/// What a Bicep parameter file is for.
#[derive(Debug)]
pub(crate) enum Target {
    /// A Bicep file of the tree.
    Bicep(String),
    /// A file of the tree that should be an ARM template.
    Template(String),
    /// Nothing by itself: another file extends it, or gives the template.
    Nothing,
    /// Something that cannot be read and may declare resources.
    Missing(Missing),
}

/// What a Bicep parameter file is for.
pub(crate) fn target(tree: &Tree, name: &str) -> Target {
    let missing = |at, reason, detail| Target::Missing(Missing { what: name.to_owned(), at, reason, detail });
    let file = match tree.read(name) {
        Ok(file) => file,
        Err(error) => return missing(None, eval::gap_of(&error), error.to_string()),
    };
    let program = parse::parse(&tree.text(file), file);
    let using = program.statements.iter().find_map(|statement| match &statement.kind {
        StatementKind::Using(path) => Some((path.as_deref(), statement.at)),
        _ => None,
    });
    let (path, at) = match (using, program.errors.first()) {
        (Some((Some(path), at)), _) => (path, at),
        (None, Some(error)) => return missing(Some(error.at), GapReason::Malformed, error.what.clone()),
        (Some((None, _)) | None, _) => return Target::Nothing,
    };
    let found = match is_registry(path) {
        true => restored(tree, path).ok_or_else(|| {
            format!(
                "it is for {path}, which is in a registry, and nothing is fetched; what that declares is not judged"
            )
        }),
        false => Tree::join(Tree::parent(name), path).map_err(|e| e.to_string()).and_then(|there| {
            let known = tree.has_file(&there);
            if known { Ok(there) } else { Err(format!("it is for {there}, which does not exist")) }
        }),
    };
    match found {
        Ok(template) if template.to_ascii_lowercase().ends_with(".bicep") => Target::Bicep(template),
        Ok(template) => Target::Template(template),
        Err(detail) => missing(Some(at), GapReason::OutOfScope, detail),
    }
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
