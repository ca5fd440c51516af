//! The files of one folder → [`Source`]: what a module declares, before anything is evaluated.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::iac::json::{self, Dialect, JsonError};
use crate::iac::terraform::ast::{Block, Body, Expr};
use crate::iac::terraform::{parse, tfjson};
use crate::iac::{FileId, Missing, Span, Tree};
use crate::model::GapReason;

/// Something with a name and a value: a local or an output.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) value: Expr,
    pub(super) sensitive: bool,
    pub(super) at: Span,
}

#[derive(Debug)]
pub(super) struct Variable {
    pub(super) name: Arc<str>,
    pub(super) kind: Option<Expr>,
    pub(super) default: Option<Expr>,
    pub(super) nullable: bool,
    pub(super) sensitive: bool,
    pub(super) at: Span,
}

/// A `resource` or `data` block.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) tf_type: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) data: bool,
    pub(super) body: Body,
    pub(super) at: Span,
    pub(super) header: Span,
    /// What makes the address unique when the name is declared more than once.
    pub(super) again: Option<String>,
}

/// A `module` block.
#[derive(Debug)]
pub(super) struct ModuleCall {
    pub(super) name: Arc<str>,
    pub(super) source: Option<Arc<str>>,
    pub(super) body: Body,
    pub(super) at: Span,
    pub(super) header: Span,
    /// What makes the address unique when the name is declared more than once.
    pub(super) again: String,
}

/// Where the things of a name stand in their list; more than one when files that are not applied together share a folder.
type Index<K> = BTreeMap<K, Vec<usize>>;

/// What the files of a folder declare.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) folder: String,
    pub(super) variables: Vec<Variable>,
    pub(super) locals: Vec<Named>,
    pub(super) outputs: Vec<Named>,
    pub(super) resources: Vec<Resource>,
    pub(super) calls: Vec<ModuleCall>,
    /// `provider`, `terraform` and `import` blocks.
    pub(super) settings: Vec<Block>,
    /// Names that stand after a dot anywhere in the files.
    pub(super) names: BTreeSet<Arc<str>>,
    /// What could not be read.
    pub(super) missing: Vec<Missing>,
    /// Names declared more than once in one file, with the places.
    pub(super) repeated: Vec<(String, Span)>,
    variable_index: Index<Arc<str>>,
    local_index: Index<Arc<str>>,
    pub(super) output_index: Index<Arc<str>>,
    call_index: Index<Arc<str>>,
    resource_index: Index<(bool, Arc<str>, Arc<str>)>,
}

/// Whether Terraform reads a file of that name.
pub(super) fn is_terraform(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    let hidden = name.starts_with('.') || name.starts_with('#') || name.ends_with('~');
    !hidden
        && (name.ends_with(".tf")
            || name.ends_with(".tf.json")
            || name.ends_with(".tofu")
            || name.ends_with(".tofu.json"))
}

/// Whether the file changes what the others declare.
fn is_override(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    let stem = name.split(".t").next().unwrap_or(name);
    stem == "override" || stem.ends_with("_override")
}

/// Reads one file; what cannot be read is added to `missing`.
fn read(tree: &Tree, name: &str, names: &mut BTreeSet<Arc<str>>, missing: &mut Vec<Missing>) -> Body {
    let file = match tree.read(name) {
        Ok(file) => file,
        Err(error) => {
            let detail = format!("the file could not be read, and what it declares is not known: {error}");
            missing.push(Missing { what: name.to_owned(), at: None, reason: GapReason::Malformed, detail });
            return Body::default();
        }
    };
    let mut lost = |at: Span, reason: GapReason, what: String| {
        let detail = format!("{what}; what stands there was left out, the rest was read");
        missing.push(Missing { what: name.to_owned(), at: Some(at), reason, detail });
    };
    let text = tree.text(file);
    if name.ends_with(".json") {
        let mut refused =
            |e: JsonError| lost(e.at, GapReason::Malformed, format!("{}, which Terraform refuses", e.what));
        return match tfjson::parse(&text, file, &mut refused) {
            Ok(root) => tfjson::body(&root, names),
            Err(error) => {
                lost(error.at, GapReason::Malformed, format!("syntax error: {}", error.what));
                Body::default()
            }
        };
    }
    let mut parsed = parse::file(&text, file);
    names.append(&mut parsed.names);
    for error in parsed.errors {
        lost(error.at, error.reason, error.what);
    }
    parsed.body
}

/// The values of a variables file, `*.tfvars` or `*.tfvars.json`.
pub(super) fn read_values(tree: &Tree, name: &str, missing: &mut Vec<Missing>) -> Body {
    if !name.ends_with(".json") {
        return read(tree, name, &mut BTreeSet::new(), missing);
    }
    let Ok(file) = tree.read(name) else { return read(tree, name, &mut BTreeSet::new(), missing) };
    let mut refused = |e: JsonError| {
        let detail = format!("{}, which Terraform refuses; its value is not known", e.what);
        missing.push(Missing { what: name.to_owned(), at: Some(e.at), reason: GapReason::Malformed, detail });
    };
    match json::parse_as(&tree.text(file), file, Dialect::Plain, &mut refused) {
        Ok(root) => tfjson::values(&root),
        Err(error) => {
            let detail = format!("syntax error: {}; the values in it are not known", error.what);
            missing.push(Missing { what: name.to_owned(), at: Some(error.at), reason: GapReason::Malformed, detail });
            Body::default()
        }
    }
}

/// Reads the Terraform files of a folder.
pub(super) fn load(tree: &Tree, folder: &str) -> Source {
    let mut source = Source { folder: folder.to_owned(), ..Source::default() };
    let mut files = tree.files_in(folder);
    files.retain(|name| is_terraform(name));
    files.sort_by_key(|name| is_override(name));
    let mut blocks: Vec<Block> = Vec::new();
    let mut changes: Vec<Block> = Vec::new();
    for name in &files {
        let body = read(tree, name, &mut source.names, &mut source.missing);
        if is_override(name) { changes.extend(body.blocks) } else { blocks.extend(body.blocks) }
    }
    if !changes.is_empty() {
        merge(&mut blocks, changes);
    }
    for block in blocks {
        source.add(tree, block);
    }
    source
}

/// What names a block for overriding.
fn identity(block: &Block) -> (Arc<str>, Vec<Arc<str>>, Option<String>) {
    let alias = block.body.attr("alias").and_then(|a| a.value.literal()).map(str::to_owned);
    (Arc::clone(&block.name), block.labels.clone(), alias.filter(|_| &*block.name == "provider"))
}

/// Merges the blocks of override files: attributes replace attributes, nested blocks all those of their type.
fn merge(blocks: &mut Vec<Block>, changes: Vec<Block>) {
    let mut known = BTreeMap::new();
    for (n, block) in blocks.iter().enumerate() {
        known.entry(identity(block)).or_insert(n);
    }
    for change in changes {
        let place = known.get(&identity(&change)).filter(|_| !change.labels.is_empty()).copied();
        let Some(target) = place.and_then(|n| blocks.get_mut(n)) else {
            blocks.push(change);
            continue;
        };
        let body = &mut target.body;
        body.attrs.retain(|a| change.body.attr(&a.name).is_none());
        body.attrs.extend(change.body.attrs);
        let replaced =
            |b: &Block| change.body.blocks.iter().any(|c| block_type(c) == block_type(b) && &*c.name != "lifecycle");
        body.blocks.retain(|b| !replaced(b));
        body.blocks.extend(change.body.blocks);
    }
}

/// The type of a nested block, also when it is made by `dynamic`.
fn block_type(block: &Block) -> &Arc<str> {
    match (&*block.name, block.labels.first()) {
        ("dynamic", Some(label)) => label,
        _ => &block.name,
    }
}

impl Source {
    fn add(&mut self, tree: &Tree, block: Block) {
        let Block { name, labels, body, at, header } = block;
        match (&*name, labels.as_slice()) {
            ("variable", [label, ..]) => {
                let flag = |name: &str| body.attr(name).and_then(|a| a.value.literal_bool());
                let (nullable, sensitive) = (flag("nullable").unwrap_or(true), flag("sensitive").unwrap_or(false));
                let value = |name: &str| body.attr(name).map(|a| a.value.clone());
                let (kind, default) = (value("type"), value("default"));
                index(&mut self.variable_index, Arc::clone(label), self.variables.len());
                let name = Arc::clone(label);
                self.variables.push(Variable { name, kind, default, nullable, sensitive, at });
            }
            ("locals", _) => {
                for attr in body.attrs {
                    index(&mut self.local_index, Arc::clone(&attr.name), self.locals.len());
                    self.locals.push(Named { value: attr.value, sensitive: false, at: attr.at });
                }
            }
            ("output", [label, ..]) => {
                let sensitive = body.attr("sensitive").and_then(|a| a.value.literal_bool()).unwrap_or(false);
                if let Some(value) = body.attr("value") {
                    index(&mut self.output_index, Arc::clone(label), self.outputs.len());
                    self.outputs.push(Named { value: value.value.clone(), sensitive, at });
                }
            }
            (kind @ ("resource" | "data"), [tf_type, label, ..]) => {
                let data = kind == "data";
                let key = (data, Arc::clone(tf_type), Arc::clone(label));
                let repeated = self.resource_index.contains_key(&key);
                let again = repeated.then(|| self.again(tree, format!("{tf_type}.{label}"), header));
                index(&mut self.resource_index, key, self.resources.len());
                let (tf_type, name) = (Arc::clone(tf_type), Arc::clone(label));
                self.resources.push(Resource { tf_type, name, data, body, at, header, again });
            }
            ("module", [label, ..]) => {
                let repeated = self.call_index.contains_key(label);
                let again = if repeated { self.again(tree, format!("module.{label}"), header) } else { String::new() };
                index(&mut self.call_index, Arc::clone(label), self.calls.len());
                let source = body.attr("source").and_then(|a| a.value.literal()).map(Arc::from);
                self.calls.push(ModuleCall { name: Arc::clone(label), source, body, at, header, again });
            }
            ("provider" | "terraform" | "import", _) => {
                self.settings.push(Block { name, labels, body, at, header });
            }
            // `moved`, `removed`, `check`, `ephemeral` and what later versions bring declare nothing that is judged.
            _ => {}
        }
    }

    /// Notes that a name is declared again, and tells this declaration from the others by its place.
    fn again(&mut self, tree: &Tree, name: String, header: Span) -> String {
        self.repeated.push((name, header));
        let file = tree.name(header.file);
        format!(" ({}:{})", file.rsplit('/').next().unwrap_or_default(), tree.range(header).start_line)
    }

    pub(super) fn variable(&self, name: &str, from: Option<FileId>) -> Option<usize> {
        choose(self.variable_index.get(name)?, from, |n| self.variables[n].at.file)
    }

    pub(super) fn local(&self, name: &str, from: Option<FileId>) -> Option<usize> {
        choose(self.local_index.get(name)?, from, |n| self.locals[n].at.file)
    }

    pub(super) fn output(&self, name: &str) -> Option<usize> {
        choose(self.output_index.get(name)?, None, |n| self.outputs[n].at.file)
    }

    pub(super) fn call(&self, name: &str, from: Option<FileId>) -> Option<usize> {
        choose(self.call_index.get(name)?, from, |n| self.calls[n].at.file)
    }

    pub(super) fn resource(&self, data: bool, tf_type: &str, name: &str, from: Option<FileId>) -> Option<usize> {
        let key = (data, Arc::from(tf_type), Arc::from(name));
        choose(self.resource_index.get(&key)?, from, |n| self.resources[n].at.file)
    }
}

fn index<K: Ord>(index: &mut Index<K>, key: K, at: usize) {
    index.entry(key).or_default().push(at);
}

/// The one in the same file, else the first.
fn choose(places: &[usize], from: Option<FileId>, file: impl Fn(usize) -> FileId) -> Option<usize> {
    let own = from.and_then(|from| places.iter().copied().find(|n| file(*n) == from));
    own.or_else(|| places.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        Tree::memory(files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())))
    }

    #[test]
    fn overrides_change_what_the_others_declare() {
        let tree = tree(&[
            ("a.tf", "resource \"x\" \"y\" {\n a = 1\n b = 2\n r { n = 1 }\n s { n = 1 }\n}\nlocals {\n l = 1\n}\n"),
            ("b_override.tf", "resource \"x\" \"y\" {\n b = 3\n r { n = 2 }\n r { n = 3 }\n}\n"),
            ("notes.txt", "resource"),
        ]);
        let source = load(&tree, "");
        let resource = &source.resources[0];
        assert_eq!(source.resources.len(), 1);
        assert_eq!(resource.body.attrs.iter().map(|a| &*a.name).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(resource.body.blocks.iter().map(|b| &*b.name).collect::<Vec<_>>(), ["s", "r", "r"]);
    }

    #[test]
    fn names_declared_again_are_all_kept() {
        let text = "variable \"v\" {}\nresource \"x\" \"y\" {\n}\n";
        let tree = tree(&[("p/a.tf", text), ("p/b.tf", text)]);
        let source = load(&tree, "p");
        assert_eq!(source.resources[1].again.as_deref(), Some(" (b.tf:2)"));
        let b = source.resources[1].at.file;
        assert_eq!(source.variable("v", Some(b)), Some(1));
        assert_eq!(source.variable("v", None), Some(0));
        assert_eq!(source.resource(false, "x", "y", Some(b)), Some(1));
    }

    #[test]
    fn broken_files_are_missed_aloud() {
        let tree = tree(&[("a.tf", "resource \"x\" \"y\" {\n a = \n}\n"), ("b.tf.json", "{"), ("c.tf", "x = 1\n")]);
        let source = load(&tree, "");
        assert_eq!(source.missing.iter().map(|m| m.what.as_str()).collect::<Vec<_>>(), ["a.tf", "b.tf.json"]);
        assert_eq!(source.resources.len(), 1);
    }
}
