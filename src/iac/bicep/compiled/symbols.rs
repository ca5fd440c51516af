//! Addresses in a compiled template → symbolic names in Bicep files, and where these stand.
//!
//! Templates with symbolic names say them. In others the compiler writes nested resources first, then the others, then the
//! modules, each in the order of their declaration.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::bicep::ast::{ExprKind, ModuleDecl, ResourceDecl, StatementKind};
use crate::iac::bicep::{is_registry, parse_bicep};
use crate::iac::{Call, Node, Span, Tree, Value};

/// Where a resource of the template comes from.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    /// Its address as the native reader gives it.
    pub(super) address: Option<String>,
    /// Declaration and header; those of the module call that it is in, where it cannot be found itself.
    pub(super) place: Option<(Span, Span)>,
    /// The calls that lead to it.
    pub(super) chain: Vec<Call>,
    /// Whether it is the call of a module.
    pub(super) is_module: bool,
}

/// What a Bicep file declares.
#[derive(Debug, Default)]
struct File {
    /// Type in lower case, symbolic name and declaration, in the compiler's order.
    resources: Vec<(String, String, Arc<ResourceDecl>)>,
    modules: Vec<Arc<ModuleDecl>>,
}

/// What one member of `resources` is.
#[derive(Debug, Clone)]
enum Symbol {
    Resource(String, Arc<ResourceDecl>),
    Module(Arc<ModuleDecl>),
}

/// The resources of one template in the template.
#[derive(Debug)]
struct Level {
    /// The Bicep file, by name.
    file: Option<String>,
    /// By `resources[3]` or symbolic name.
    symbols: BTreeMap<String, Symbol>,
    /// The templates of nested deployments.
    nested: BTreeMap<String, Node>,
    /// What native addresses start with.
    prefix: String,
    chain: Vec<Call>,
    /// The call that led here.
    call: Option<(Span, Span)>,
}

/// The symbols of an entry point and of all modules in it.
pub(super) struct Symbols<'a> {
    tree: &'a Tree,
    files: BTreeMap<String, Rc<File>>,
    /// By the template's own prefix.
    levels: BTreeMap<String, Rc<Level>>,
}

impl<'a> Symbols<'a> {
    pub(super) fn new(tree: &'a Tree, entry: &str, template: &Node) -> Self {
        let mut symbols = Self { tree, files: BTreeMap::new(), levels: BTreeMap::new() };
        let level = symbols.level(Some(entry.to_owned()), template, String::new(), Vec::new(), None);
        symbols.levels.insert(String::new(), Rc::new(level));
        symbols
    }

    /// Where the resource with that address in the template comes from.
    pub(super) fn home(&mut self, address: &str) -> Home {
        let mut level = self.levels.get("").map(Rc::clone);
        let mut done = 0;
        while let Some(here) = level {
            let rest = &address[done..];
            let end = rest.find('.').unwrap_or(rest.len());
            let (segment, last) = (&rest[..end], end == rest.len());
            let (key, index) = split(segment);
            let symbol = here.symbols.get(&key).cloned();
            let mut home = Home { place: here.call, chain: here.chain.clone(), ..Home::default() };
            match (symbol, last) {
                (Some(Symbol::Resource(name, decl)), true) => {
                    home.address = Some(format!("{}{name}{index}", here.prefix));
                    home.place = Some((decl.at, decl.header));
                    return home;
                }
                (Some(Symbol::Module(decl)), true) => {
                    home.address = Some(format!("{}{}{index}", here.prefix, decl.name.name));
                    home.place = Some((decl.at, decl.header));
                    home.is_module = true;
                    return home;
                }
                (Some(Symbol::Module(decl)), false) => {
                    done += end + 1;
                    let prefix = &address[..done];
                    if !self.levels.contains_key(prefix) {
                        let below = self.below(&here, &key, &decl, &index);
                        self.levels.insert(prefix.to_owned(), Rc::new(below));
                    }
                    level = self.levels.get(prefix).map(Rc::clone);
                }
                (Some(Symbol::Resource(_, decl)), false) => {
                    // A deployment that is written out: what it deploys stands in it.
                    home.address = Some(format!("{}{rest}", here.prefix));
                    home.place = Some((decl.at, decl.header));
                    return home;
                }
                (None, _) => {
                    home.address = Some(format!("{}{rest}", here.prefix));
                    return home;
                }
            }
        }
        Home::default()
    }

    fn below(&mut self, here: &Level, key: &str, decl: &ModuleDecl, index: &str) -> Level {
        let path = match &decl.path.kind {
            ExprKind::Str(path) if !is_registry(path) => Some(path),
            _ => None,
        };
        let folder = here.file.as_deref().map(Tree::parent);
        let file = path.zip(folder).and_then(|(path, folder)| Tree::join(folder, path).ok());
        let file = file.filter(|f| f.to_ascii_lowercase().ends_with(".bicep"));
        let label = format!("{}{index}", decl.name.name);
        let prefix = format!("{}{label}.", here.prefix);
        let mut chain = here.chain.clone();
        chain.push(Call { name: label, at: decl.header });
        let template = here.nested.get(key).cloned().unwrap_or(Node::new(Value::Null));
        self.level(file, &template, prefix, chain, Some((decl.at, decl.header)))
    }

    fn level(
        &mut self,
        file: Option<String>,
        template: &Node,
        prefix: String,
        chain: Vec<Call>,
        call: Option<(Span, Span)>,
    ) -> Level {
        let declared = file.as_deref().map(|name| self.file(name)).unwrap_or_default();
        let mut level = Level { file, symbols: BTreeMap::new(), nested: BTreeMap::new(), prefix, chain, call };
        let mut members: Vec<(String, &Node)> = Vec::new();
        match template.get_any_case("resources").map(|r| &r.value) {
            Some(Value::Object(resources)) => {
                members.extend(resources.iter().map(|(name, node)| (name.as_ref().to_owned(), node)));
                let modules = declared.modules.iter();
                let modules = modules.map(|m| (m.name.name.as_ref().to_owned(), Symbol::Module(Arc::clone(m))));
                let resources = declared.resources.iter();
                let resources =
                    resources.map(|(_, name, d)| (name.clone(), Symbol::Resource(name.clone(), Arc::clone(d))));
                level.symbols = resources.chain(modules).collect();
            }
            Some(Value::Array(items)) => {
                let named = |at: usize| format!("resources[{at}]");
                members.extend(items.iter().enumerate().map(|(at, node)| (named(at), node)));
                level.symbols = ordered(items, &declared).into_iter().map(|(at, s)| (named(at), s)).collect();
            }
            _ => {}
        }
        for (name, node) in members {
            if let Some(inner) = node.get_any_case("properties").and_then(|p| p.get_any_case("template")) {
                level.nested.insert(name, inner.clone());
            }
        }
        level
    }

    fn file(&mut self, name: &str) -> Rc<File> {
        if let Some(known) = self.files.get(name) {
            return Rc::clone(known);
        }
        let mut found = File::default();
        if let Ok(file) = self.tree.read(name) {
            let program = parse_bicep(&self.tree.text(file), file);
            let mut alone = Vec::new();
            for statement in program.statements {
                match statement.kind {
                    StatementKind::Module(decl) => found.modules.push(decl),
                    StatementKind::Resource(decl) => {
                        nested(&decl, "", "", 0, &mut found.resources);
                        // The last one is the resource itself.
                        alone.extend(found.resources.pop());
                    }
                    _ => {}
                }
            }
            found.resources.append(&mut alone);
        }
        let found = Rc::new(found);
        self.files.insert(name.to_owned(), Rc::clone(&found));
        found
    }
}

/// A resource after those that are nested in it.
fn nested(
    decl: &Arc<ResourceDecl>,
    above: &str,
    name_above: &str,
    depth: usize,
    out: &mut Vec<(String, String, Arc<ResourceDecl>)>,
) {
    let written = match &decl.of.kind {
        ExprKind::Str(text) => text.split('@').next().unwrap_or_default().to_lowercase(),
        _ => String::new(),
    };
    let kind = match above {
        "" => written,
        above if written.starts_with(&format!("{above}/")) => written,
        above => format!("{above}/{written}"),
    };
    let name = match name_above {
        "" => decl.name.name.as_ref().to_owned(),
        above => format!("{above}::{}", decl.name.name),
    };
    if depth < 64 {
        for inner in &decl.body.object.resources {
            nested(inner, &kind, &name, depth + 1, out);
        }
    }
    out.push((kind, name, Arc::clone(decl)));
}

/// What stands at each place of a list of resources. A type is left out when its numbers do not agree.
fn ordered(items: &[Node], file: &File) -> Vec<(usize, Symbol)> {
    let Some(modules) = items.len().checked_sub(file.modules.len()) else { return Vec::new() };
    let kind = |node: &Node| node.get_any_case("type").and_then(Node::as_str).unwrap_or_default().to_lowercase();
    let calls = items[modules..].iter().all(|n| kind(n) == "microsoft.resources/deployments");
    let modules = if calls { modules } else { items.len() };
    let mut there: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, item) in items[..modules].iter().enumerate() {
        there.entry(kind(item)).or_default().push(at);
    }
    let mut here: BTreeMap<&str, Vec<Symbol>> = BTreeMap::new();
    for (kind, name, decl) in file.resources.iter().filter(|(_, _, d)| !d.existing) {
        here.entry(kind).or_default().push(Symbol::Resource(name.clone(), Arc::clone(decl)));
    }
    let mut found = Vec::new();
    for (kind, places) in there {
        let symbols = here.remove(kind.as_str()).filter(|s| s.len() == places.len());
        found.extend(places.into_iter().zip(symbols.into_iter().flatten()));
    }
    let calls = file.modules.iter().take(items.len() - modules);
    found.extend((modules..).zip(calls.map(|m| Symbol::Module(Arc::clone(m)))));
    found
}

/// A segment of an address without the number of its loop, and that number: `resources[3][0]` is `resources[3]` and `[0]`.
fn split(segment: &str) -> (String, String) {
    let own = match segment.strip_prefix("resources[") {
        Some(rest) => rest.find(']').map(|at| "resources[".len() + at + 1),
        None => segment.find('['),
    };
    let (key, index) = segment.split_at(own.unwrap_or(segment.len()));
    (key.to_owned(), index.to_owned())
}
