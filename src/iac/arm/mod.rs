//! ARM templates → declarations. The templates of deployments within them are followed as far as they lie among the files.

mod entries;
mod eval;
mod expr;
pub(crate) mod functions;
mod names;
mod nested;
mod reference;
mod run;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::entries::Entry;
use crate::iac::arm::eval::Cx;
use crate::iac::arm::functions::Scope;
pub(crate) use crate::iac::arm::run::Place;
use crate::iac::arm::run::{Given, Locals, Run, Unit, Vars};
use crate::iac::json::{self, Dialect, JsonError};
use crate::iac::{Call, Declaration, FileId, Ids, Missing, Node, Object, Reading, Remark, Span, Tree, Value};
use crate::model::GapReason;

/// What a JSON file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A template, and the level that its schema names.
    Template(Scope),
    /// A file with values for a template's parameters.
    Parameters,
}

/// How a template is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// Files with values for its parameters, by their names in the tree. The first one counts.
    pub(crate) parameter_files: Vec<String>,
    /// Values that a Bicep parameter file gives, by lower-case name. They count instead of the files.
    pub(crate) given: Option<BTreeMap<String, Node>>,
}

/// Whether a JSON file is a template or a parameter file.
pub(crate) fn looks_like_template(root: &Node) -> Option<Kind> {
    root.as_object()?;
    let inner = unwrapped(root);
    let schema = inner.get_any_case("$schema").and_then(Node::as_str).unwrap_or_default().to_ascii_lowercase();
    if schema.contains("deploymentparameters.json") {
        return Some(Kind::Parameters);
    }
    if let Some(scope) = schema_scope(inner) {
        return Some(Kind::Template(scope));
    }
    let Some(resources) = inner.get_any_case("resources") else {
        let values = inner.get_any_case("parameters").and_then(Node::as_object).filter(|p| !p.is_empty())?;
        let value = |one: &Node| one.get_any_case("value").is_some() || one.get_any_case("reference").is_some();
        let file = inner.get_any_case("contentVersion").is_some() && values.values().all(value);
        return file.then_some(Kind::Parameters);
    };
    let first = match &resources.value {
        Value::Array(items) => items.first(),
        Value::Object(members) => members.values().next(),
        _ => return None,
    };
    // Code in the wild leaves the schema out, or breaks it.
    let typed = first.is_some_and(|r| {
        let kind = r.get_any_case("type").and_then(Node::as_str).unwrap_or_default();
        kind.contains('/') && r.get_any_case("apiVersion").is_some()
    });
    let versioned = inner.get_any_case("contentVersion").is_some()
        && (first.is_none() || first.is_some_and(|r| r.get_any_case("type").is_some()));
    let other = schema.contains("createuidefinition") || schema.contains("policydefinition");
    (!other && (typed || versioned)).then_some(Kind::Template(Scope::ResourceGroup))
}

/// The level that a template's schema names.
fn schema_scope(template: &Node) -> Option<Scope> {
    let schema = template.get_any_case("$schema")?.as_str()?.to_ascii_lowercase();
    let name = schema.split('#').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    match name.trim_end_matches(".json") {
        "deploymenttemplate" => Some(Scope::ResourceGroup),
        "subscriptiondeploymenttemplate" => Some(Scope::Subscription),
        "managementgroupdeploymenttemplate" => Some(Scope::ManagementGroup),
        "tenantdeploymenttemplate" => Some(Scope::Tenant),
        _ => None,
    }
}

/// The level that a template deploys to.
pub(crate) fn template_scope(template: &Node) -> Scope {
    schema_scope(template).unwrap_or(Scope::ResourceGroup)
}

/// The template in a blueprint's artifact; anything else as it is.
fn unwrapped(root: &Node) -> &Node {
    let inner = root.get_any_case("properties").and_then(|p| p.get_any_case("template"));
    match inner.filter(|t| root.get_any_case("resources").is_none() && t.get_any_case("resources").is_some()) {
        Some(inner) => inner,
        None => root,
    }
}

/// Reads a template and adds what it declares. The subscription and resource group that it is deployed to are not known.
pub(crate) fn read_template(
    tree: &Tree,
    name: &str,
    root: &Node,
    file: FileId,
    options: &Options,
    ids: &mut Ids,
    reading: &mut Reading,
) {
    let template = unwrapped(root);
    let scope = template_scope(template);
    let mut given = BTreeMap::new();
    if !std::ptr::eq(template, root) {
        given = given_values(root.get_any_case("properties").unwrap_or(root));
        for value in given.values_mut().filter(|v| v.as_str().is_some_and(|t| expr::inside(t).is_some())) {
            let reason = format!("{} is known when the blueprint is assigned", value.as_str().unwrap_or_default());
            *value = Node::unknown(reason).marked(value.sensitive);
        }
    }
    match &options.given {
        Some(values) => given.extend(values.clone()),
        None => given.extend(given_by_files(tree, name, options, reading)),
    }
    let call = Deploy { tree, name, template, file, place: Place::unknown(scope, name), given, chain: &[], prefix: "" };
    deploy(call, ids, reading);
}

/// The values that parameter files give, by lower-case name.
pub(crate) fn given_by_files(
    tree: &Tree,
    name: &str,
    options: &Options,
    reading: &mut Reading,
) -> BTreeMap<String, Node> {
    let mut given = BTreeMap::new();
    let mut files = options.parameter_files.iter();
    let Some(first) = files.next() else { return given };
    match read_json(tree, first, &mut |m| reading.missing.push(m)) {
        Ok((root, _)) => given.extend(given_values(&root)),
        Err((detail, reason)) => reading.missing.push(Missing { what: first.clone(), at: None, reason, detail }),
    }
    for other in files {
        let text = format!("{name} was read with the values of {first}; those of {other} were not looked at");
        reading.remarks.push(Remark { at: None, text });
    }
    given
}

/// A template and what it is deployed with.
pub(crate) struct Deploy<'a> {
    /// The files.
    pub(crate) tree: &'a Tree,
    /// The template's file, by its name in the tree.
    pub(crate) name: &'a str,
    /// The template.
    pub(crate) template: &'a Node,
    /// Its file.
    pub(crate) file: FileId,
    /// Where it is deployed to.
    pub(crate) place: Place,
    /// Values of parameters, by lower-case name.
    pub(crate) given: BTreeMap<String, Node>,
    /// The calls that lead to it.
    pub(crate) chain: &'a [Call],
    /// What addresses start with: `module.`.
    pub(crate) prefix: &'a str,
}

/// Reads a template with the values that its caller gives, adds what it declares, and gives its outputs by name.
pub(crate) fn deploy(call: Deploy<'_>, ids: &mut Ids, reading: &mut Reading) -> Object {
    let run = Run::new(call.tree);
    let template = unwrapped(call.template);
    let vars = Vars {
        template: template.clone(),
        owner: 0,
        given: call.given.into_iter().map(|(k, v)| (k, Given::Value(v))).collect(),
        unread: None,
        parameters: RefCell::default(),
        variables: RefCell::default(),
    };
    let unit = Unit {
        id: 0,
        template: template.clone(),
        vars: Rc::new(vars),
        seen_from: call.place.clone(),
        place: call.place,
        locals: Locals::default(),
        parent: None,
        chain: call.chain.to_vec(),
        prefix: call.prefix.to_owned(),
        folder: Tree::parent(call.name).to_owned(),
        file: call.file,
        symbolic: template.get_any_case("resources").is_some_and(|r| r.as_object().is_some()),
        files: vec![call.name.to_owned()],
        entries: RefCell::default(),
    };
    let unit = Rc::new(unit);
    run.units.borrow_mut().push(Rc::clone(&unit));
    let mut emitted = Emitted::default();
    emit(&run, &unit, ids, reading, &mut emitted);
    for (parent, read, reason) in emitted.doubts {
        let parent = emitted.at.get(&parent).and_then(|at| reading.resources.get_mut(*at));
        if let Some(parent) = parent.filter(|p| p.unread.iter().all(|(known, _)| *known != read)) {
            parent.unread.push((read, reason));
        }
    }
    let mut outputs = Object::new();
    for (name, written) in template.get_any_case("outputs").and_then(Node::as_object).into_iter().flatten() {
        outputs.insert(Arc::clone(name), run.output(&unit, written));
    }
    if run.exhausted() {
        let detail = "the template takes too many steps to work out; what was left is not known".to_owned();
        run.miss(call.name.to_owned(), template.at, GapReason::Unsupported, detail);
    }
    reading.missing.append(&mut run.missing.borrow_mut());
    reading.remarks.append(&mut run.remarks.borrow_mut());
    outputs
}

/// What was added, by id, and the children that it is not known to have: parent, read and reason.
#[derive(Default)]
struct Emitted {
    at: BTreeMap<String, usize>,
    doubts: Vec<(String, String, String)>,
}

/// Adds the resources of a unit and of the deployments in it.
fn emit(run: &Run<'_>, unit: &Rc<Unit>, ids: &mut Ids, reading: &mut Reading, emitted: &mut Emitted) {
    let Some(entries) = run.entries(unit) else { return };
    for entry in entries.list.iter().filter(|e| !e.existing) {
        let id = entry.id.borrow().to_lowercase();
        let unnamed = || match entry.name() {
            Some(name) if name.known => None,
            _ => Some(Arc::from(format!("the name of {} is not known", entry.shown()))),
        };
        if let Some(reason) = entry.doubt.clone().or_else(unnamed)
            && let Some((rest, _)) = id.rsplit_once('/')
            && let Some((parent, _)) = rest.rsplit_once('/')
        {
            let collection = entry.resource_type.rsplit('/').next().unwrap_or_default();
            let reason = format!("{} may be one of them: {reason}", entry.shown());
            emitted.doubts.push((parent.to_owned(), format!("children.{collection}"), reason));
        }
        emitted.at.entry(id).or_insert(reading.resources.len());
        reading.resources.push(declaration(run, unit, entry, ids));
        if entry.is_deployment()
            && let Some(nested) = run.nested(entry).and_then(|at| run.unit(at))
        {
            emit(run, &nested, ids, reading, emitted);
        }
    }
}

/// Members of a resource that tell Azure how to deploy it, and are not part of it.
const NOT_OF_THE_BODY: [&str; 17] = [
    "type",
    "apiversion",
    "name",
    "dependson",
    "condition",
    "copy",
    "resources",
    "comments",
    "comment",
    "scope",
    "existing",
    "resourcegroup",
    "subscriptionid",
    "metadata",
    "asserts",
    "$schema",
    "import",
];

fn declaration(run: &Run<'_>, unit: &Unit, entry: &Rc<Entry>, ids: &mut Ids) -> Declaration {
    let cx = Cx { run, unit, locals: &entry.locals };
    let mut body = Object::new();
    for (key, member) in entry.node.as_object().into_iter().flatten() {
        let lower = key.to_ascii_lowercase();
        if NOT_OF_THE_BODY.contains(&lower.as_str()) {
            continue;
        }
        let value = match entry.is_deployment() && lower == "properties" {
            true => cx.value(&without_template(member)),
            false => cx.value(member),
        };
        body.insert(Arc::clone(key), finished(run, &value, unit));
    }
    let written = entry.node.get_any_case("name").and_then(|n| n.at);
    let name = match entry.name() {
        Some(name) if name.known => Node::string(&name.text),
        _ => {
            let value = entry.node.get_any_case("name").map(|n| cx.value(n));
            let reason = value.as_ref().and_then(Node::reason).map_or("the name is not known", |r| r);
            Node::unknown(reason)
        }
    };
    body.insert(Arc::from("name"), finished(run, &Node { at: written, ..name }, unit));
    let api_version = entry.node.get_any_case("apiVersion").map(|v| cx.value(v));
    let wanted = entry.id.borrow().clone();
    Declaration {
        address: entry.shown(),
        id: ids.claim(&wanted, &format!("{} {}", run.tree.name(entry.at.file), entry.address)),
        arm_type: entry.resource_type.clone(),
        body,
        at: entry.at,
        header: header(run.tree, &entry.node, entry.at),
        chain: unit.chain.clone(),
        unread: Vec::new(),
        api_version: api_version.and_then(|v| v.as_str().map(str::to_owned)),
    }
}

/// The properties of a deployment without what it deploys, which is declared on its own, and without parameters, which may be
/// secrets.
fn without_template(properties: &Node) -> Node {
    let Some(members) = properties.as_object() else { return properties.clone() };
    let kept = |key: &str| !["template", "parameters"].contains(&key.to_ascii_lowercase().as_str());
    let members = members.iter().filter(|(k, _)| kept(k)).map(|(k, v)| (Arc::clone(k), v.clone())).collect();
    Node { value: Value::Object(Arc::new(members)), ..properties.clone() }
}

/// A value as Azure gets it: what only stands for something is unknown.
fn finished(run: &Run<'_>, node: &Node, unit: &Unit) -> Node {
    let node = functions::settle(node, &run.outlook(&unit.place));
    functions::settle(&node, &run.outlook(&unit.seen_from))
}

/// The line of a resource that findings about missing properties point to: its type, else its first line.
fn header(tree: &Tree, node: &Node, at: Span) -> Span {
    if let Some(kind) = node.get_any_case("type").and_then(|t| t.at).filter(|t| at.contains(t)) {
        return kind;
    }
    let text = tree.text(at.file);
    let line = text.get(at.start as usize..at.end as usize).map_or(0, |t| t.find('\n').unwrap_or(t.len()));
    Span { end: at.start.saturating_add(u32::try_from(line).unwrap_or(u32::MAX)), ..at }
}

/// Reads a JSON file.
fn read_json(tree: &Tree, name: &str, missing: &mut dyn FnMut(Missing)) -> Result<(Node, FileId), (String, GapReason)> {
    let file = tree.read(name).map_err(|e| nested::unread(&e))?;
    let root = parse_json(tree, file, missing).map_err(|e| (format!("{name}: {}", e.what), GapReason::Malformed))?;
    Ok((root, file))
}

/// Parses a file as Azure does. Members that are written twice, with values that differ, are unknown and missing.
///
/// # Errors
/// [`JsonError`] with the place.
pub(crate) fn parse_json(tree: &Tree, file: FileId, missing: &mut dyn FnMut(Missing)) -> Result<Node, JsonError> {
    json::parse_as(&tree.text(file), file, Dialect::Azure, &mut |repeated| {
        let detail = format!("{}; its value is not known", repeated.what);
        let what = tree.name(file).to_string();
        missing(Missing { what, at: Some(repeated.at), reason: GapReason::Malformed, detail });
    })
}

/// The values in a parameter file, by lower-case name.
pub(crate) fn given_values(root: &Node) -> BTreeMap<String, Node> {
    let parameters = root.get_any_case("parameters").unwrap_or(root);
    let mut given = BTreeMap::new();
    for (name, one) in parameters.as_object().into_iter().flatten() {
        let name = name.to_lowercase();
        if let Some(value) = one.get_any_case("value") {
            given.insert(name, value.clone());
        } else if one.get_any_case("reference").is_some() {
            given.insert(name.clone(), from_vault(&name));
        } else if let Some(expression) = one.get_any_case("expression") {
            let shown = expression.as_str().unwrap_or_default();
            given.insert(name, Node::unknown(format!("{shown} is worked out when it is deployed")));
        }
    }
    given
}

/// The value of a parameter that comes from a key vault.
fn from_vault(name: &str) -> Node {
    Node::unknown(format!("parameter '{name}' comes from a key vault when it is deployed")).marked(true)
}

#[cfg(test)]
mod tests;
