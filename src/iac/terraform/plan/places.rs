//! From a resource of a plan to the code that declares it, where that lies beside the plan.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::terraform::ast::{Attr, Block, Body, Expr, Kind, Part};
use crate::iac::terraform::plan::address::{Step, path};
use crate::iac::terraform::plan::config::Config;
use crate::iac::terraform::source::{self, Source};
use crate::iac::{Call, Node, Object, Span, Tree, Value, json};

/// The code of a module and the calls that lead to it.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) source: Rc<Source>,
    chain: Vec<Call>,
}

/// The code beside a plan. Each folder is read once.
#[derive(Debug)]
pub(super) struct Places<'a> {
    tree: &'a Tree,
    folder: &'a str,
    config: &'a Config<'a>,
    modules: BTreeMap<String, Option<Rc<Module>>>,
    sources: BTreeMap<String, Rc<Source>>,
    installed: Option<BTreeMap<String, String>>,
}

/// The code of one resource.
#[derive(Debug, Clone)]
pub(super) struct Code {
    source: Rc<Source>,
    resource: usize,
    pub(super) chain: Vec<Call>,
}

impl<'a> Places<'a> {
    pub(super) fn new(tree: &'a Tree, folder: &'a str, config: &'a Config<'a>) -> Self {
        Self { tree, folder, config, modules: BTreeMap::new(), sources: BTreeMap::new(), installed: None }
    }

    /// The block that declares a resource.
    pub(super) fn find(&mut self, modules: &[Step], tf_type: &str, name: &str) -> Option<Code> {
        let module = self.module(modules)?;
        let resource = module.source.resource(false, tf_type, name, None)?;
        Some(Code { source: Rc::clone(&module.source), resource, chain: module.chain.clone() })
    }

    /// The code of a module.
    pub(super) fn module(&mut self, modules: &[Step]) -> Option<Rc<Module>> {
        let key = path(modules);
        if let Some(known) = self.modules.get(&key) {
            return known.clone();
        }
        let found = self.load(modules).map(Rc::new);
        self.modules.insert(key, found.clone());
        found
    }

    fn load(&mut self, modules: &[Step]) -> Option<Module> {
        let Some((last, before)) = modules.split_last() else {
            let source = self.source(self.folder.to_owned())?;
            return Some(Module { source, chain: Vec::new() });
        };
        let outer = self.module(before)?;
        let call = &outer.source.calls[outer.source.call(&last.name, None)?];
        let said = || self.config.call(modules)?.get("source")?.as_str().map(str::to_owned);
        let source = call.source.as_deref().map(str::to_owned).or_else(said)?;
        let mut chain = outer.chain.clone();
        chain.push(Call { name: format!("module.{}", last.name), at: call.header });
        let folder = if source.starts_with("./") || source.starts_with("../") {
            Tree::join(&outer.source.folder, &source).ok()?
        } else {
            self.installed(&path(modules))?
        };
        Some(Module { source: self.source(folder)?, chain })
    }

    /// Where `terraform init` put a module.
    fn installed(&mut self, key: &str) -> Option<String> {
        if self.installed.is_none() {
            let name = Tree::join(self.folder, ".terraform/modules/modules.json").ok()?;
            let root = self.tree.read(&name).ok().and_then(|file| json::parse(&self.tree.text(file), file).ok());
            let all = root.as_ref().and_then(|r| r.get("Modules")).and_then(Node::as_array).unwrap_or_default();
            let entry = |node: &Node| {
                let folder = Tree::join(self.folder, node.get("Dir")?.as_str()?).ok()?;
                Some((node.get("Key")?.as_str()?.to_owned(), folder))
            };
            self.installed = Some(all.iter().filter_map(entry).collect());
        }
        self.installed.as_ref()?.get(key).cloned()
    }

    fn source(&mut self, folder: String) -> Option<Rc<Source>> {
        if let Some(known) = self.sources.get(&folder) {
            return Some(Rc::clone(known));
        }
        if !self.tree.files_in(&folder).iter().any(|f| source::is_terraform(f)) {
            return None;
        }
        let source = Rc::new(source::load(self.tree, &folder));
        self.sources.insert(folder, Rc::clone(&source));
        Some(source)
    }
}

impl Code {
    fn body(&self) -> &Body {
        &self.source.resources[self.resource].body
    }

    pub(super) fn at(&self) -> Span {
        self.source.resources[self.resource].at
    }

    pub(super) fn header(&self) -> Span {
        self.source.resources[self.resource].header
    }

    /// Whether the block names an argument or a block.
    pub(super) fn writes(&self, name: &str) -> bool {
        writes(self.body(), name)
    }

    /// The values with the places of the code that gives them, and none where no code does.
    pub(super) fn place(&self, body: &Node) -> Node {
        place_body(body, self.body())
    }

    /// The expression of an argument, at its path of blocks.
    pub(super) fn expression<'s>(&'s self, path: &[(&str, usize)], name: &str) -> Option<&'s Expr> {
        let mut body = self.body();
        for (block, at) in path {
            body = &body.blocks.iter().filter(|b| *b.name == **block).nth(*at)?.body;
        }
        body.attr(name).map(|a| &a.value)
    }
}

fn dynamic<'a>(body: &'a Body, name: &'a str) -> impl Iterator<Item = &'a Block> {
    body.blocks("dynamic").filter(move |b| b.labels.first().is_some_and(|l| **l == *name))
}

fn writes(body: &Body, name: &str) -> bool {
    body.attr(name).is_some() || body.blocks(name).next().is_some() || dynamic(body, name).next().is_some()
}

fn nowhere(node: &Node) -> Node {
    let value = match &node.value {
        Value::Array(items) => Value::Array(Arc::new(items.iter().map(nowhere).collect())),
        Value::Object(members) => {
            Value::Object(Arc::new(members.iter().map(|(k, v)| (Arc::clone(k), nowhere(v))).collect()))
        }
        other => other.clone(),
    };
    Node { value, at: None, sensitive: node.sensitive }
}

fn place_body(node: &Node, body: &Body) -> Node {
    let Some(members) = node.as_object() else { return nowhere(node) };
    let placed: Object =
        members.iter().map(|(name, member)| (Arc::clone(name), place_member(name, member, body))).collect();
    Node { value: Value::Object(Arc::new(placed)), at: node.at, sensitive: node.sensitive }
}

fn place_member(name: &str, member: &Node, body: &Body) -> Node {
    if let Some(Attr { value, at, .. }) = body.attr(name) {
        return place_value(member, value).at(*at);
    }
    let blocks: Vec<&Block> = body.blocks(name).collect();
    let Some(items) = member.as_array() else {
        let place = blocks.first().copied().or_else(|| dynamic(body, name).next());
        return Node { at: place.map(|b| b.at), ..nowhere(member) };
    };
    let mut made: Vec<Node> = Vec::with_capacity(items.len());
    let mut free: Vec<&Block> = blocks;
    for item in items {
        // The provider may sort blocks: each goes to the block whose literals it has, in the order of the code.
        let exact = free.len() == 1 && items.len() == 1;
        let best = (0..free.len())
            .filter(|n| exact || !contradicts(item, &free[*n].body))
            .min_by_key(|n| usize::MAX - agreement(item, &free[*n].body));
        let placed = match best {
            Some(n) => {
                let block = free.remove(n);
                place_body(item, &block.body).at(block.at)
            }
            None => match dynamic(body, name).next() {
                Some(block) => nowhere(item).at(block.at),
                None => nowhere(item),
            },
        };
        made.push(placed);
    }
    let at = made.iter().find_map(|m| m.at);
    Node { value: Value::Array(Arc::new(made)), at, sensitive: member.sensitive }
}

/// The literal that a block gives for an argument.
fn literals(body: &Body) -> impl Iterator<Item = (&str, &Value)> {
    body.attrs.iter().filter_map(|a| match &a.value.kind {
        Kind::Literal(value) => Some((&*a.name, value)),
        _ => None,
    })
}

fn contradicts(item: &Node, body: &Body) -> bool {
    literals(body).any(|(name, value)| item.get(name).is_some_and(|n| n.reason().is_none() && !alike(&n.value, value)))
}

fn agreement(item: &Node, body: &Body) -> usize {
    literals(body).filter(|(name, value)| item.get(name).is_some_and(|n| alike(&n.value, value))).count()
}

/// Whether a value of the plan may come from a literal: the provider converts numbers and truth values from texts.
fn alike(value: &Value, literal: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Float(value) => Some(value.to_string()),
        _ => None,
    };
    value == literal || text(value).is_some_and(|t| text(literal).as_ref() == Some(&t))
}

/// The parts of literal lists and objects keep their own places.
fn place_value(node: &Node, expr: &Expr) -> Node {
    let placed = match (&node.value, &expr.kind) {
        (Value::Array(items), Kind::List(parts)) if items.len() == parts.len() => {
            let same = |(item, part): (&Node, &Expr)| match &part.kind {
                Kind::Literal(literal) => alike(&item.value, literal),
                _ => true,
            };
            // A set is in another order than the code.
            if !items.iter().zip(parts).all(same) {
                return nowhere(node);
            }
            Value::Array(Arc::new(items.iter().zip(parts).map(|(i, p)| place_value(i, p)).collect()))
        }
        (Value::Object(members), Kind::Object(parts)) => {
            let part = |name: &str| {
                parts.iter().rev().find(|p| match &p.key.kind {
                    Kind::Literal(Value::String(key)) | Kind::Name(key) => **key == *name,
                    Kind::Template(parts) => matches!(parts.as_slice(), [Part::Text(key)] if **key == *name),
                    _ => false,
                })
            };
            let place = |name: &str, member: &Node| match part(name) {
                Some(item) => Node { at: item.at.or(item.value.at), ..place_value(member, &item.value) },
                None => nowhere(member),
            };
            Value::Object(Arc::new(members.iter().map(|(k, v)| (Arc::clone(k), place(k, v))).collect()))
        }
        _ => return Node { at: expr.at, ..nowhere(node) },
    };
    Node { value: placed, at: expr.at, sensitive: node.sensitive }
}
