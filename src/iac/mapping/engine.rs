//! Walks the arguments of an instance along its mapping and collects what they write.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::iac::mapping::convert::text_of;
use crate::iac::mapping::locate::argument;
use crate::iac::mapping::path::Path;
use crate::iac::mapping::rule::{Child, Entry, KeyPart, Name, Rule, Table, Type};
use crate::iac::mapping::transform;
use crate::iac::{Node, Object, Span, Value};

/// The deepest nesting of blocks that is read.
const MAX_DEPTH: usize = 24;

/// What counts more when two arguments write the same property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Constant,
    Absent,
    Default,
    Present,
    Unknown,
    Written,
}

struct Write<'a> {
    path: Cow<'a, Path>,
    node: Node,
    rank: Rank,
    append: bool,
}

/// A child resource that stands inside its parent's code.
pub(crate) struct Made<'a> {
    /// What it is.
    pub(crate) child: &'a Child,
    /// Where in the code, below its parent: `subnet[0]`.
    pub(crate) label: String,
    /// Its name.
    pub(crate) name: Node,
    /// Its body.
    pub(crate) body: Object,
    /// Its block, when it is written.
    pub(crate) at: Option<Span>,
    /// Its own children.
    pub(crate) children: Vec<Self>,
    /// Reads of it that are not known.
    pub(crate) unread: Vec<(String, String)>,
}

/// What a walk collects.
pub(crate) struct Walk<'a> {
    version: usize,
    writes: Vec<Write<'a>>,
    blocks: Vec<(&'a Path, Span)>,
    depth: usize,
    /// Child resources.
    pub(crate) children: Vec<Made<'a>>,
    /// Arguments that no rule knows.
    pub(crate) unmapped: Vec<(String, Node)>,
    /// Reads that are not known although the body does not say so.
    pub(crate) unread: Vec<(String, String)>,
}

/// The scope in which a rule is applied.
#[derive(Clone, Copy)]
struct Around<'a, 'b> {
    table: &'a Table,
    body: &'b Object,
    outer: Option<&'b Object>,
}

impl<'a> Walk<'a> {
    /// A walk for a version of the provider, as [`Type::version`] gives it.
    pub(crate) fn new(version: usize) -> Self {
        let (writes, blocks, children) = (Vec::new(), Vec::new(), Vec::new());
        Self { version, writes, blocks, depth: 0, children, unmapped: Vec::new(), unread: Vec::new() }
    }

    /// Walks the arguments of a resource.
    pub(crate) fn resource(&mut self, kind: &'a Type, body: &Object) {
        for (path, node) in &kind.constants {
            self.write(path, node.clone(), Rank::Constant);
        }
        self.table(&kind.table, body, None, false, "");
        for child in &kind.also {
            let written = child.table.entries.keys().any(|a| body.get(a).is_some_and(|n| !n.is_null() && !empty(n)));
            if written || child.always {
                // Its arguments are the resource's own: those without row are told by the resource's table.
                let before = self.unmapped.len();
                self.child(child, Type::collection(&child.arm_type).to_owned(), body, None, false, None);
                self.unmapped.truncate(before);
            }
        }
    }

    /// The body that was written, what counts more last.
    pub(crate) fn body(&mut self) -> Object {
        let mut body = Object::new();
        // A list that one rule adds to is added to by all that write it, so that no unknown part is lost.
        let shared: BTreeSet<Arc<str>> = self.writes.iter().filter(|w| w.append).map(|w| w.path.text()).collect();
        self.writes.sort_by_key(|write| (write.rank, write.path.len()));
        for write in self.writes.drain(..) {
            if write.append || (write.rank >= Rank::Unknown && shared.contains(write.path.as_str())) {
                append(&write.path, &mut body, write.node);
            } else {
                write.path.put(&mut body, write.node);
            }
        }
        for (path, at) in self.blocks.drain(..) {
            path.locate(&mut body, at);
        }
        body
    }

    fn write(&mut self, path: &'a Path, node: Node, rank: Rank) {
        let rank = if node.reason().is_some() && rank == Rank::Written { Rank::Unknown } else { rank };
        self.writes.push(Write { path: Cow::Borrowed(path), node, rank, append: false });
    }

    fn table(&mut self, table: &'a Table, body: &Object, outer: Option<&Object>, missing: bool, prefix: &str) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.depth -= 1;
            return;
        }
        let around = Around { table, body, outer };
        for (name, entry) in &table.entries {
            if entry.dropped {
                continue;
            }
            let value = match name.strip_prefix('^') {
                Some(name) => outer.and_then(|o| o.get(name)),
                None => body.get(name),
            };
            match value.filter(|v| given(v)) {
                None => self.absent(entry, around, missing, name, prefix),
                Some(node) if node.reason().is_some() => self.unknown(entry, node),
                Some(node) => self.present(entry, node, around, name, prefix),
            }
        }
        for (name, node) in body {
            if !table.entries.contains_key(name) && given(node) && !empty(node) && name.as_ref() != "." {
                self.unmapped.push((format!("{prefix}{name}"), node.clone()));
            }
        }
        self.depth -= 1;
    }

    /// An argument that is left out.
    fn absent(&mut self, entry: &'a Entry, around: Around<'a, '_>, missing: bool, name: &str, prefix: &str) {
        for rule in &entry.rules {
            if !missing || rule.always {
                self.rule_absent(rule, around, name);
            } else if let Some((child, _)) = rule.child.as_ref().filter(|(child, _)| child.always) {
                self.child(child, name.to_owned(), empty_object(), Some(around.body), true, None);
            }
        }
        if !entry.below.entries.is_empty() {
            self.table(&entry.below, empty_object(), Some(around.body), true, &format!("{prefix}{name}."));
        }
    }

    /// An argument or block that is not known: nor is anything that it might write.
    fn unknown(&mut self, entry: &'a Entry, node: &Node) {
        let reason = || Node { value: node.value.clone(), at: node.at, sensitive: node.sensitive };
        for rule in &entry.rules {
            let own = rule.to.is_empty();
            let parts = rule.key_parts.iter().filter(|_| own).map(|(_, path)| path);
            let constants = rule.present.iter().chain(&rule.absent).map(|(path, _)| path);
            for path in rule.to.iter().chain(parts).chain(constants) {
                self.writes.push(Write {
                    path: Cow::Borrowed(path),
                    node: reason(),
                    rank: Rank::Unknown,
                    append: rule.append,
                });
            }
            if let Some(transform) = rule.transform {
                self.transformed(transform::run(transform, node, ""));
            }
            if let (Some((child, _)), Some(reason)) = (&rule.child, node.reason()) {
                let read = format!("children.{}", Type::collection(&child.arm_type));
                self.unread.push((read, reason.as_ref().to_owned()));
            }
        }
        for entry in entry.below.entries.values().filter(|e| !e.dropped) {
            self.unknown(entry, node);
        }
    }

    fn present(&mut self, entry: &'a Entry, node: &Node, around: Around<'a, '_>, name: &str, prefix: &str) {
        let block = !entry.below.entries.is_empty();
        let element = match &node.value {
            Value::Array(items) if block && items.is_empty() => {
                return self.absent(entry, around, false, name, prefix);
            }
            Value::Array(items) => items.first(),
            _ => Some(node),
        };
        // What the tables of each rule and of the block do not know.
        let before = self.unmapped.len();
        let mut passes: Vec<Vec<(String, Node)>> = Vec::new();
        for rule in &entry.rules {
            if empty(node) && (rule.items.is_some() || rule.child.is_some() || !rule.present.is_empty()) {
                // A repeated block that stands nowhere.
                self.rule_absent(rule, around, name);
                continue;
            }
            match self.applies(rule, around) {
                Some(true) => {
                    self.rule(rule, node, around, name, prefix);
                    if rule.items.is_some() || rule.child.is_some() {
                        passes.push(self.unmapped.split_off(before));
                    }
                }
                Some(false) => {}
                None => {
                    let why = format!("{name} counts by other arguments, which are not known");
                    for path in &rule.to {
                        self.write(path, Node { at: node.at, ..Node::unknown(&why) }, Rank::Unknown);
                    }
                    if let Some((child, _)) = &rule.child {
                        self.unread.push((format!("children.{}", Type::collection(&child.arm_type)), why));
                    }
                }
            }
        }
        if block {
            self.block(entry, node, element, around, name, prefix);
            passes.push(self.unmapped.split_off(before));
        }
        // What one of several tables knows is known.
        let (first, others) =
            passes.split_first().map_or((&[][..], &[][..]), |(first, others)| (first.as_slice(), others));
        if !entry.ignored {
            let everywhere = |name: &str| others.iter().all(|pass| pass.iter().any(|(other, _)| other == name));
            self.unmapped.extend(first.iter().filter(|(name, _)| everywhere(name)).cloned());
        }
    }

    fn block(
        &mut self,
        entry: &'a Entry,
        node: &Node,
        element: Option<&Node>,
        around: Around<'a, '_>,
        name: &str,
        prefix: &str,
    ) {
        match element.map(|e| (e, &e.value)) {
            Some((element, Value::Object(members))) => {
                if let Some((path, at)) = entry.block.as_ref().zip(element.at.or(node.at)) {
                    self.blocks.push((path, at));
                }
                self.table(&entry.below, members, Some(around.body), false, &format!("{prefix}{name}."));
            }
            Some((element, Value::Unknown(_))) => {
                for entry in entry.below.entries.values().filter(|e| !e.dropped) {
                    self.unknown(entry, element);
                }
            }
            // A row may hold for the argument itself in one version and for a block of that name in another.
            _ if entry.rules.is_empty() => {
                self.unmapped.push((format!("{prefix}{name}"), node.clone()));
            }
            _ => {}
        }
    }

    fn rule_absent(&mut self, rule: &'a Rule, around: Around<'a, '_>, name: &str) {
        match self.applies(rule, around) {
            Some(false) => return,
            Some(true) => {
                for (path, node) in &rule.absent {
                    self.write(path, node.clone(), Rank::Absent);
                }
                if let Some(default) = &rule.default[self.version] {
                    self.value(rule, default, around, name, Rank::Default);
                }
            }
            None if rule.default[self.version].is_none() && rule.absent.is_empty() => {}
            None => {
                let reason = Node::unknown(format!(
                    "{name} is left out, and its default depends on arguments that are not known"
                ));
                for path in rule.to.iter().chain(rule.absent.iter().map(|(path, _)| path)) {
                    self.write(path, reason.clone(), Rank::Default);
                }
            }
        }
        if let Some((child, _)) = rule.child.as_ref().filter(|(child, _)| child.always) {
            self.child(child, name.to_owned(), empty_object(), Some(around.body), true, None);
        }
    }

    fn rule(&mut self, rule: &'a Rule, node: &Node, around: Around<'a, '_>, name: &str, prefix: &str) {
        for (path, constant) in &rule.present {
            let at = first(node).at.or(node.at);
            self.write(path, Node { at, ..constant.clone() }, Rank::Present);
        }
        if let Some(items) = &rule.items {
            let list = match &node.value {
                Value::Array(list) => list.iter().collect(),
                _ => vec![node],
            };
            let mut objects = Vec::new();
            for item in list {
                objects.push(match &item.value {
                    Value::Object(members) => {
                        let mut inner = self.inner();
                        for (path, constant) in &items.constants {
                            inner.write(path, constant.clone(), Rank::Constant);
                        }
                        inner.table(&items.table, members, Some(around.body), false, &format!("{prefix}{name}."));
                        let body = inner.body();
                        self.unmapped.append(&mut inner.unmapped);
                        Node { value: Value::Object(Arc::new(body)), at: item.at, sensitive: item.sensitive }
                    }
                    _ => item.clone(),
                });
            }
            let value = Node { value: Value::Array(Arc::new(objects)), at: node.at, sensitive: node.sensitive };
            for path in &rule.to {
                self.writes.push(Write {
                    path: Cow::Borrowed(path),
                    node: value.clone(),
                    rank: Rank::Written,
                    append: rule.append,
                });
            }
        } else if let Some((child, repeated)) = &rule.child {
            self.children_of(child, *repeated, node, around, (name, prefix));
        } else {
            self.value(rule, node, around, name, Rank::Written);
        }
    }

    fn value(&mut self, rule: &'a Rule, node: &Node, around: Around<'a, '_>, name: &str, rank: Rank) {
        if let Some(transform) = rule.transform {
            let written = transform::run(transform, node, name);
            return self.transformed(written);
        }
        if !rule.key_parts.is_empty() && !rule.to.is_empty() {
            let value = keys(&rule.key_parts, node, name);
            return rule.to.iter().for_each(|path| self.write(path, value.clone(), rank));
        }
        for (part, path) in &rule.key_parts {
            let value = key_part(*part, node, name);
            self.write(path, value, rank);
        }
        if rule.to.is_empty() {
            return;
        }
        let node = match &rule.template {
            Some(template) => {
                let text = template.render(|hole| self.text(hole, around));
                match text {
                    Ok(text) => Node { value: Value::String(Arc::from(text)), at: node.at, sensitive: node.sensitive },
                    Err(Some(reason)) => Node { value: Value::Unknown(reason), at: node.at, sensitive: node.sensitive },
                    Err(None) => return,
                }
            }
            None => node.clone(),
        };
        let value = rule.convert.apply(&node, name);
        if value.is_null() {
            return;
        }
        for path in &rule.to {
            let rank = if value.reason().is_some() && rank == Rank::Written { Rank::Unknown } else { rank };
            self.writes.push(Write { path: Cow::Borrowed(path), node: value.clone(), rank, append: rule.append });
        }
    }

    fn transformed(&mut self, written: Vec<(&'static str, Node)>) {
        for (path, node) in written {
            let rank = if node.reason().is_some() { Rank::Unknown } else { Rank::Written };
            if let Ok(path) = Path::parse(path) {
                self.writes.push(Write { path: Cow::Owned(path), node, rank, append: false });
            }
        }
    }

    /// The text of another argument, or its default; `Err(None)` when it has none.
    fn text(&self, path: &str, around: Around<'_, '_>) -> Result<String, Option<Arc<str>>> {
        let Some(node) = self.other(path, around) else { return Err(None) };
        text_of(&node).ok_or_else(|| Some(node.reason().map_or_else(|| Arc::from("it is not a text"), Arc::clone)))
    }

    fn other(&self, path: &str, around: Around<'_, '_>) -> Option<Node> {
        let (body, path) = match path.strip_prefix('^') {
            Some(path) => (around.outer?, path),
            None => (around.body, path),
        };
        // The single dot means the value itself.
        let (first, rest) = path.split_once('.').filter(|_| path != ".").unwrap_or((path, ""));
        let node = body.get(first);
        let node = if rest.is_empty() { node } else { node.and_then(|n| argument(n, rest)) };
        let node = node.filter(|n| given(n));
        if node.is_some() {
            return node.cloned();
        }
        around.table.find(path)?.rules.iter().find_map(|rule| rule.default[self.version].clone())
    }

    /// Whether the conditions of a rule hold; `None` when they are not known.
    fn applies(&self, rule: &Rule, around: Around<'_, '_>) -> Option<bool> {
        for (argument, values) in &rule.when {
            let holds = match self.other(argument, around) {
                None => values.iter().any(|v| v == "null"),
                Some(node) if node.reason().is_some() => return None,
                Some(_) if values.iter().any(|v| v == "*") => true,
                Some(node) => text_of(&node).is_some_and(|text| values.iter().any(|v| v.eq_ignore_ascii_case(&text))),
            };
            if !holds {
                return Some(false);
            }
        }
        Some(true)
    }

    fn children_of(
        &mut self,
        child: &'a Child,
        repeated: bool,
        node: &Node,
        around: Around<'a, '_>,
        (name, prefix): (&str, &str),
    ) {
        let list = match &node.value {
            Value::Array(items)
                if repeated
                    || matches!(items.first().map(|i| &i.value), Some(Value::Object(_) | Value::Unknown(_))) =>
            {
                items.iter().collect()
            }
            _ => vec![node],
        };
        for (index, item) in list.into_iter().enumerate() {
            let label = if repeated { format!("{name}[{index}]") } else { name.to_owned() };
            match &item.value {
                Value::Object(members) => {
                    let before = self.unmapped.len();
                    self.child(child, label, members, Some(around.body), false, item.at.or(node.at));
                    // The walk of a child starts anew; here it gets the name of its block.
                    for (inner, _) in &mut self.unmapped[before..] {
                        *inner = format!("{prefix}{name}.{inner}");
                    }
                }
                Value::Unknown(reason) => {
                    let read = format!("children.{}", Type::collection(&child.arm_type));
                    self.unread.push((read, reason.as_ref().to_owned()));
                }
                _ => {
                    // The argument itself stands for the child: `.` in the child's table.
                    let members = Object::from([(Arc::from("."), item.clone())]);
                    self.child(child, label, &members, Some(around.body), false, item.at);
                }
            }
            if !repeated {
                break;
            }
        }
    }

    fn child(
        &mut self,
        child: &'a Child,
        label: String,
        members: &Object,
        outer: Option<&Object>,
        missing: bool,
        at: Option<Span>,
    ) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        let mut walk = self.inner();
        for (path, node) in &child.constants {
            walk.write(path, node.clone(), Rank::Constant);
        }
        walk.table(&child.table, members, outer, missing, "");
        let around = Around { table: &child.table, body: members, outer };
        let name = match &child.name {
            Name::Value(value) => Node::string(value),
            Name::Argument(names) => {
                let given = names.iter().find_map(|name| self.other(name, around));
                given.unwrap_or_else(|| Node::unknown(format!("{} is not given", names.join(" or "))))
            }
            Name::Template(template) => match template.render(|hole| self.text(hole, around)) {
                Ok(text) => Node::string(text),
                Err(reason) => Node::unknown(reason.as_deref().unwrap_or("a part of the name is not given")),
            },
        };
        let body = walk.body();
        self.unmapped.append(&mut walk.unmapped);
        self.children.push(Made { child, label, name, body, at, children: walk.children, unread: walk.unread });
    }

    /// A walk for a part with a body of its own.
    fn inner(&self) -> Self {
        let mut walk = Self::new(self.version);
        walk.depth = self.depth + 1;
        walk
    }
}

fn empty_object() -> &'static Object {
    static EMPTY: Object = Object::new();
    &EMPTY
}

/// Whether an argument says anything: for the provider an empty text is the same as none.
fn given(node: &Node) -> bool {
    !node.is_null() && node.as_str() != Some("")
}

/// Whether it is a block or list with nothing in it.
fn empty(node: &Node) -> bool {
    node.as_array().is_some_and(<[Node]>::is_empty)
}

fn first(node: &Node) -> &Node {
    node.as_array().and_then(<[Node]>::first).unwrap_or(node)
}

/// Adds the items of a list to those that are there. What is not known makes the whole list unknown.
fn append(path: &Path, body: &mut Object, node: Node) {
    let value = match (path.get(body).map(|n| &n.value), &node.value) {
        (Some(Value::Unknown(_)), _) => return,
        (Some(Value::Array(there)), Value::Array(more)) => {
            Value::Array(Arc::new(there.iter().chain(more.iter()).cloned().collect()))
        }
        _ => node.value.clone(),
    };
    path.put(body, Node { value, at: node.at, sensitive: node.sensitive });
}

/// A part of a key's id, `https://vault/keys/name/version`.
fn key_part(part: KeyPart, node: &Node, argument: &str) -> Node {
    let value = match &node.value {
        Value::String(text) => {
            let words: Vec<&str> = text.trim_end_matches('/').split('/').collect();
            match words.as_slice() {
                [scheme, "", host, "keys", name, version @ ..] if scheme.eq_ignore_ascii_case("https:") => {
                    Value::String(match part {
                        KeyPart::Vault => Arc::from(format!("https://{host}/")),
                        KeyPart::Name => Arc::from(*name),
                        KeyPart::Version => Arc::from(version.first().copied().unwrap_or("")),
                    })
                }
                _ => Value::unknown(format!("{argument} is not the id of a key")),
            }
        }
        Value::Unknown(reason) => Value::Unknown(Arc::clone(reason)),
        _ => Value::unknown(format!("{argument} is not the id of a key")),
    };
    Node { value, at: node.at, sensitive: node.sensitive }
}

/// The parts of each key of a list as an object.
fn keys(parts: &[(KeyPart, Path)], node: &Node, argument: &str) -> Node {
    let Value::Array(items) = &node.value else { return node.clone() };
    let object = |item: &Node| {
        let mut object = Object::new();
        for (part, path) in parts {
            path.put(&mut object, key_part(*part, item, argument));
        }
        Node { value: Value::Object(Arc::new(object)), at: item.at, sensitive: item.sensitive }
    };
    Node { value: Value::Array(Arc::new(items.iter().map(object).collect())), at: node.at, sensitive: node.sensitive }
}
