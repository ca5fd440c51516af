//! Declarations → resources and gaps: parts joined, defaults of Azure put in, unknowns and secrets turned into gaps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::iac::facts::{Found, defaults, find, is_runtime, is_secret};
use crate::iac::{Declaration, Fragment, Node, Object, Reading, Remark, Span, Tree, Value};
use crate::model::{
    Gap, GapReason, Origin, Place, PolicyMeta, ReadPath, ReadRoot, Relation, Resource, ResourceId, Via,
};

/// The facts that the selected policies read, so that those which only running Azure has become gaps and not silence.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Type, lower case → paths of properties.
    paths: BTreeMap<String, BTreeSet<String>>,
    /// Paths that relations read, of whatever type is at their end.
    related: BTreeSet<String>,
    /// Type, lower case → child collections.
    collections: BTreeMap<String, BTreeSet<String>>,
}

impl Wanted {
    /// The reads of the policies.
    pub fn of<'a>(policies: impl IntoIterator<Item = &'a PolicyMeta>) -> Self {
        let mut wanted = Self::default();
        let of_type = |policy: &'a PolicyMeta| policy.resources.iter().map(move |kind| (policy, kind.key().to_owned()));
        for (policy, kind) in policies.into_iter().flat_map(of_type) {
            for read in &policy.reads {
                let words = read.path.segments();
                match read.path.root() {
                    ReadRoot::Resource => drop(wanted.paths.entry(kind.clone()).or_default().insert(words.join("."))),
                    ReadRoot::Children => {
                        let Some((collection, rest)) = words.split_first() else { continue };
                        wanted.collections.entry(kind.clone()).or_default().insert(collection.clone());
                        if let Some(path) = rest.get(1..).filter(|p| !p.is_empty()) {
                            let child = format!("{kind}/{}", collection.to_lowercase());
                            wanted.paths.entry(child).or_default().insert(path.join("."));
                        }
                    }
                    ReadRoot::Related => {
                        let rest = words.get(if read.path.is_wildcard() { 2 } else { 1 }..);
                        wanted.related.extend(rest.map(|w| w.join(".")));
                        let relation = words.first().and_then(|name| Relation::find(name, &kind));
                        if let Some(Via::Extensions(of)) = relation.map(|r| r.via) {
                            let collection = of.rsplit('/').next().unwrap_or(of);
                            wanted.collections.entry(kind.clone()).or_default().insert(collection.to_owned());
                        }
                    }
                    ReadRoot::Context => {}
                }
            }
            // A policy of a child type concerns the collection of its parent.
            if let Some((parent, collection)) = kind.rsplit_once('/').filter(|(parent, _)| parent.contains('/')) {
                wanted.collections.entry(parent.to_owned()).or_default().insert(collection.to_owned());
            }
        }
        wanted
    }
}

/// What was assembled.
#[derive(Debug, Default)]
pub(crate) struct Assembled {
    pub(crate) resources: Vec<Resource>,
    pub(crate) gaps: Vec<Gap>,
}

/// Makes resources and gaps of what one root declares. Takes the declarations and fragments out of the reading.
pub(crate) fn assemble(reading: &mut Reading, tree: &Tree, wanted: &Wanted) -> Assembled {
    let mut out = Assembled::default();
    let fragments = std::mem::take(&mut reading.fragments);
    let mut drafts: Vec<Draft> = std::mem::take(&mut reading.resources).into_iter().map(Draft::new).collect();
    join(&mut drafts, fragments, &mut reading.remarks);
    let incomplete = incomplete_children(&drafts, reading);
    let declared: BTreeSet<&str> = drafts.iter().map(|d| d.key.as_str()).collect();
    let made: Vec<Draft> = drafts.iter().flat_map(|d| default_children(d, &declared, &incomplete)).collect();
    drafts.extend(made);
    for draft in drafts {
        draft.finish(tree, wanted, &incomplete, reading, &mut out);
    }
    out
}

/// What was missed, as gaps.
pub(crate) fn missing_gaps(reading: &Reading, tree: &Tree) -> Vec<Gap> {
    let gap = |missing: &crate::iac::Missing| {
        let place = missing.at.map(|at| (tree.name(at.file), tree.range(at).start_line));
        Gap {
            about: match &place {
                Some((file, line)) => format!("{} ({file}:{line})", missing.what),
                None => missing.what.clone(),
            },
            read: None,
            reason: missing.reason,
            detail: missing.detail.clone(),
        }
    };
    reading.missing.iter().map(gap).collect()
}

/// How many resources one may be nested in; Azure has far fewer levels.
const MAX_PARENTS: usize = 16;

impl Assembled {
    /// Keeps what is written in the files or in modules that they call, with the children of what is kept wherever those are
    /// written: without them, their parents would seem to have none.
    pub(crate) fn keep(&mut self, files: &BTreeSet<&str>) {
        let written = |resource: &Resource| match resource.origin().map(AsRef::as_ref) {
            Some(Origin::File { file, calls, .. }) => {
                files.contains(file.as_str()) || calls.first().is_some_and(|c| files.contains(c.file.as_str()))
            }
            _ => false,
        };
        let named: BTreeSet<String> =
            self.resources.iter().filter(|r| written(r)).map(|r| r.id().key().to_owned()).collect();
        let kept = |id: &ResourceId| {
            let parents = std::iter::successors(Some(id.clone()), |id| ResourceId::parse(id.parent_key()?).ok());
            parents.take(MAX_PARENTS).any(|id| named.contains(id.key()))
        };
        self.resources.retain(|r| kept(r.id()));
        self.gaps.retain(|g| ResourceId::parse(&g.about).is_ok_and(|id| kept(&id)));
    }
}

/// A declaration on its way to a resource.
struct Draft {
    key: String,
    it: Declaration,
    /// Where its parts may stand: its own block and those of the fragments that joined it.
    blocks: Vec<Span>,
    defaults: Vec<String>,
}

impl Draft {
    fn new(it: Declaration) -> Self {
        Self { key: it.id.to_lowercase(), blocks: vec![it.at], it, defaults: Vec::new() }
    }
}

/// Merges fragments into the resources that they name. One whose resource is not known may belong to any of its type: what it
/// sets is then unknown on all of them.
fn join(drafts: &mut [Draft], fragments: Vec<Fragment>, remarks: &mut Vec<Remark>) {
    // Type → path → whether lists are joined there, and why it is uncertain.
    let mut loose: BTreeMap<String, BTreeMap<Vec<String>, (bool, String)>> = BTreeMap::new();
    let by_key: BTreeMap<String, usize> = drafts.iter().enumerate().map(|(at, d)| (d.key.clone(), at)).collect();
    for fragment in fragments {
        match fragment.target.as_str() {
            Some(id) => match by_key.get(id.trim_end_matches('/').to_lowercase().as_str()) {
                Some(at) => {
                    let draft = &mut drafts[*at];
                    draft.blocks.push(fragment.at);
                    merge(&mut draft.it.body, &fragment.body, fragment.extends);
                }
                None => remarks.push(Remark {
                    at: Some(fragment.header),
                    text: format!("{} changes {id}, which the code does not declare", fragment.address),
                }),
            },
            None => {
                let why = fragment.target.reason().map_or("its resource is not known", |r| r.as_ref());
                for path in leaves(&fragment.body) {
                    let of_type = loose.entry(fragment.arm_type.to_lowercase()).or_default();
                    let entry = of_type
                        .entry(path)
                        .or_insert_with(|| (false, format!("{} may set it: {why}", fragment.address)));
                    entry.0 |= fragment.extends;
                }
            }
        }
    }
    for draft in drafts {
        for (path, (extends, why)) in loose.get(&draft.it.arm_type.to_lowercase()).into_iter().flatten() {
            let words: Vec<&str> = path.iter().map(String::as_str).collect();
            if *extends || matches!(find(&draft.it.body, &words), Found::Nothing) {
                let read = ReadPath::from_parts(ReadRoot::Resource, path.clone()).to_string();
                draft.it.unread.push((read, why.clone()));
            }
        }
    }
}

fn merge(into: &mut Object, from: &Object, extends: bool) {
    for (name, value) in from {
        let key = into.keys().find(|k| k.eq_ignore_ascii_case(name)).cloned().unwrap_or_else(|| Arc::clone(name));
        match (into.get_mut(&key).map(|n| &mut n.value), &value.value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(Arc::make_mut(old), new, extends),
            (Some(Value::Array(old)), Value::Array(new)) if extends => {
                Arc::make_mut(old).extend(new.iter().cloned());
            }
            // A part of a list that is not known leaves the whole list unknown.
            (Some(Value::Unknown(_)), _) if extends => {}
            _ => drop(into.insert(key, value.clone())),
        }
    }
}

/// The paths of everything in a body that is no object.
fn leaves(body: &Object) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for (name, node) in body {
        match &node.value {
            Value::Object(inner) if !inner.is_empty() => {
                out.extend(leaves(inner).into_iter().map(|mut p| {
                    p.insert(0, name.as_ref().to_owned());
                    p
                }));
            }
            _ => out.push(vec![name.as_ref().to_owned()]),
        }
    }
    out
}

/// Collections that may hold more children than the code shows: (parent's key, or type for all of them; collection) → why.
type Incomplete = BTreeMap<(String, String), String>;

fn incomplete_children(drafts: &[Draft], reading: &Reading) -> Incomplete {
    let mut out = Incomplete::new();
    let declared: BTreeSet<&str> = drafts.iter().map(|d| d.key.as_str()).collect();
    for draft in drafts {
        let words: Vec<&str> = draft.key.rsplitn(4, '/').collect();
        let ([name, collection, parent_name, rest], Some((parent_type, _))) =
            (words.as_slice(), draft.it.arm_type.rsplit_once('/').filter(|(p, _)| p.contains('/')))
        else {
            continue;
        };
        // A parent whose name is not known may still be declared, under a placeholder of its own.
        if parent_name.starts_with('(') && !declared.contains(format!("{rest}/{parent_name}").as_str()) {
            let why = format!("{} may be one of them: what it belongs to is not known", draft.it.address);
            out.insert((parent_type.to_lowercase(), (*collection).to_owned()), why);
        } else if name.starts_with('(') {
            let why = format!("the name of {} is not known", draft.it.address);
            out.insert((format!("{rest}/{parent_name}"), (*collection).to_owned()), why);
        }
    }
    if let Some(first) = reading.missing.first() {
        let more = match reading.missing.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let why = format!("{}{more} could not be read and may declare some", first.what);
        out.insert((String::new(), String::new()), why);
    }
    out
}

fn why_incomplete<'a>(incomplete: &'a Incomplete, key: &str, kind: &str, collection: &str) -> Option<&'a str> {
    let of = |owner: &str, collection: &str| incomplete.get(&(owner.to_owned(), collection.to_lowercase()));
    of(key, collection).or_else(|| of(&kind.to_lowercase(), collection)).or_else(|| of("", "")).map(String::as_str)
}

/// The children that Azure makes by itself and the code does not declare.
fn default_children(parent: &Draft, declared: &BTreeSet<&str>, incomplete: &Incomplete) -> Vec<Draft> {
    let Some(defaults) = defaults(&parent.it.arm_type) else { return Vec::new() };
    let mut made = Vec::new();
    for (collection, children) in &defaults.children {
        if why_incomplete(incomplete, &parent.key, &parent.it.arm_type, collection).is_some() {
            continue;
        }
        for (name, properties) in children {
            let id = format!("{}/{collection}/{name}", parent.it.id);
            if declared.contains(id.to_lowercase().as_str()) {
                continue;
            }
            let mut body = Object::from([(Arc::from("name"), Node::string(name))]);
            let mut paths = Vec::new();
            for (path, value) in properties {
                let words: Vec<&str> = path.split('.').collect();
                if crate::iac::facts::put(&mut body, &words, Node::from_json(value)) {
                    paths.push(path.clone());
                }
            }
            let mut draft = Draft::new(Declaration {
                address: parent.it.address.clone(),
                id,
                arm_type: format!("{}/{collection}", parent.it.arm_type),
                body,
                unread: Vec::new(),
                api_version: None,
                at: parent.it.at,
                header: parent.it.header,
                chain: parent.it.chain.clone(),
            });
            draft.defaults = paths;
            made.push(draft);
        }
    }
    made
}

/// Whether the code declares the resource itself; the others are made by Azure and only have default values.
pub(crate) fn is_declared(resource: &Resource) -> bool {
    match resource.origin().map(AsRef::as_ref) {
        Some(Origin::File { properties, address, .. }) => address.is_some() && !properties.is_empty(),
        _ => false,
    }
}

impl Draft {
    fn finish(
        mut self,
        tree: &Tree,
        wanted: &Wanted,
        incomplete: &Incomplete,
        reading: &mut Reading,
        out: &mut Assembled,
    ) {
        let name = self.it.id.rsplit('/').next().unwrap_or_default();
        // A placeholder is no name.
        let name = if name.starts_with('(') { Node::unknown("its name is not known") } else { Node::string(name) };
        self.it.body.entry(Arc::from("name")).or_insert(name);
        if let Some(defaults) = defaults(&self.it.arm_type) {
            self.defaults.extend(defaults.apply(&mut self.it.body));
        }
        let file = tree.name(self.it.at.file);
        let mut walk = Walk {
            kind: &self.it.arm_type,
            tree,
            blocks: &self.blocks,
            home: self.it.at,
            path: Vec::new(),
            gaps: Vec::new(),
            places: BTreeMap::new(),
        };
        let mut body = walk.object(&self.it.body);
        let (mut gaps, places) = (walk.gaps, walk.places);
        let read = |path: &str| format!("resource.{path}");
        let words = |path: &str| path.split('.').map(ToOwned::to_owned).collect::<Vec<_>>();
        let kind = self.it.arm_type.to_lowercase();
        // What only running Azure knows.
        for path in wanted.paths.get(&kind).into_iter().flatten().chain(&wanted.related) {
            let parts = words(path);
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            if is_runtime(&kind, path) && matches!(find(&self.it.body, &parts), Found::Nothing) {
                gaps.push((read(path), GapReason::Runtime, "only running Azure has it".to_owned()));
            }
        }
        gaps.extend(self.it.unread.into_iter().map(|(read, why)| (read, GapReason::Unresolved, why)));
        for collection in wanted.collections.get(&kind).into_iter().flatten() {
            let children = format!("children.{collection}");
            if is_runtime(&kind, &children) {
                gaps.push((children, GapReason::Runtime, "only running Azure has them".to_owned()));
            } else if let Some(why) = why_incomplete(incomplete, &self.key, &kind, collection) {
                gaps.push((children, GapReason::Unresolved, why.to_owned()));
            }
        }
        body.insert("id".to_owned(), Json::String(self.it.id.clone()));
        body.insert("type".to_owned(), Json::String(self.it.arm_type.clone()));
        let origin = Origin::File {
            file: file.as_ref().to_owned(),
            range: Some(tree.range(self.it.at)),
            header: Some(tree.range(self.it.header)),
            address: Some(self.it.address.clone()),
            properties: places,
            calls: self
                .it
                .chain
                .iter()
                .map(|c| crate::model::Call {
                    name: c.name.clone(),
                    file: tree.name(c.at.file).as_ref().to_owned(),
                    range: tree.range(c.at),
                })
                .collect(),
            defaults: self.defaults.iter().map(|p| read(p)).collect(),
        };
        match Resource::from_value(&Json::Object(body)) {
            Ok(resource) => {
                out.resources.push(resource.with_origin(Some(Arc::new(origin))).with_collections(&["*"]));
                out.gaps.extend(gaps.into_iter().map(|(read, reason, detail)| Gap {
                    about: self.it.id.clone(),
                    read: (!read.is_empty()).then_some(read),
                    reason,
                    detail,
                }));
            }
            Err(error) => reading.missing.push(crate::iac::Missing {
                what: self.it.address,
                at: Some(self.it.header),
                reason: GapReason::Malformed,
                detail: format!("it makes no resource: {error}"),
            }),
        }
    }
}

/// Turns nodes into JSON, and what cannot be JSON into gaps.
struct Walk<'a> {
    kind: &'a str,
    tree: &'a Tree,
    blocks: &'a [Span],
    home: Span,
    path: Vec<String>,
    gaps: Vec<(String, GapReason, String)>,
    places: BTreeMap<String, Place>,
}

impl Walk<'_> {
    fn read(&self) -> String {
        ReadPath::from_parts(ReadRoot::Resource, self.path.clone()).to_string()
    }

    fn object(&mut self, members: &Object) -> serde_json::Map<String, Json> {
        let mut out = serde_json::Map::new();
        for (name, node) in members {
            self.path.push(name.as_ref().to_owned());
            if let Some(json) = self.member(node) {
                out.insert(name.as_ref().to_owned(), json);
            }
            self.path.pop();
        }
        out
    }

    fn member(&mut self, node: &Node) -> Option<Json> {
        if let Some(at) = node.at.filter(|at| self.blocks.iter().any(|b| b.contains(at))) {
            let file = (at.file != self.home.file).then(|| self.tree.name(at.file).as_ref().to_owned());
            self.places.insert(self.read(), Place { file, range: self.tree.range(at) });
        }
        // Null says where nothing is.
        if node.is_null() {
            return None;
        }
        if is_secret(self.kind, &self.path) || node.sensitive {
            let why = if node.sensitive { "the code calls it sensitive" } else { "it is a secret" };
            self.gaps.push((self.read(), GapReason::Redacted, why.to_owned()));
            return None;
        }
        match &node.value {
            Value::Object(members) => Some(Json::Object(self.object(members))),
            Value::Array(items) => self.list(items),
            Value::Unknown(reason) => {
                self.gaps.push((self.read(), GapReason::Unresolved, reason.as_ref().to_owned()));
                None
            }
            _ => node.to_json().ok(),
        }
    }

    /// A list is known as a whole or not at all: nobody can say of a list with a hole what it does not hold.
    fn list(&mut self, items: &[Node]) -> Option<Json> {
        if let Some(reason) = items.iter().find_map(Node::first_unknown) {
            self.gaps.push((self.read(), GapReason::Unresolved, reason.as_ref().to_owned()));
            return None;
        }
        let hidden = items.iter().any(Node::any_sensitive);
        let list = Json::Array(items.iter().filter_map(|n| n.to_json().ok()).collect());
        if hidden {
            self.gaps.push((self.read(), GapReason::Redacted, "the code calls a part of it sensitive".to_owned()));
            return None;
        }
        Some(self.without_secrets(list))
    }

    fn without_secrets(&mut self, json: Json) -> Json {
        match json {
            Json::Array(items) => {
                self.path.push("[]".to_owned());
                let items = items.into_iter().map(|i| self.without_secrets(i)).collect();
                self.path.pop();
                Json::Array(items)
            }
            Json::Object(members) => Json::Object(
                members
                    .into_iter()
                    .filter_map(|(name, value)| {
                        self.path.push(name.clone());
                        let kept = (!is_secret(self.kind, &self.path)).then(|| self.without_secrets(value));
                        self.path.pop();
                        kept.map(|value| (name, value))
                    })
                    .collect(),
            ),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
