//! Lists the resources of a template, before any of their properties is looked at: types, names, ids.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::eval::{Cx, MAX_COPIES};
use crate::iac::arm::names::{Segment, joined};
use crate::iac::arm::run::{Collected, Locals, Run, Unit};
use crate::iac::{Ids, Node, Span, Value};
use crate::model::{GapReason, ResourceId};

/// A declared resource, one turn of a loop.
#[derive(Debug)]
pub(super) struct Entry {
    /// The unit that declares it.
    pub(super) unit: usize,
    /// The resource as it is written.
    pub(super) node: Node,
    /// The loops around it.
    pub(super) locals: Locals,
    /// `sym[0]`, `resources[3].resources[0]`.
    pub(super) address: String,
    /// Whether the address is a symbolic name.
    pub(super) symbolic: bool,
    /// The full type.
    pub(super) resource_type: String,
    /// The full type as it is written, with the types of what it extends: `Ns/a/providers/b`.
    path: String,
    /// The names, from the outermost parent to its own.
    pub(super) names: Vec<Segment>,
    /// Whether it is only referred to.
    pub(super) existing: bool,
    /// Why it may not exist, or exist several times.
    pub(super) doubt: Option<Arc<str>>,
    /// Its ARM id.
    pub(super) id: RefCell<String>,
    /// The whole of it.
    pub(super) at: Span,
    /// The unit of a deployment's template, once it was looked for.
    pub(super) nested: RefCell<Option<Option<usize>>>,
}

impl Entry {
    /// Its own name.
    pub(super) fn name(&self) -> Option<&Segment> {
        self.names.last()
    }

    /// Whether it is a deployment of another template.
    pub(super) fn is_deployment(&self) -> bool {
        self.resource_type.eq_ignore_ascii_case("Microsoft.Resources/deployments")
    }

    /// Its address with its type where the address alone says little.
    pub(super) fn shown(&self) -> String {
        if self.symbolic { self.address.clone() } else { format!("{} ({})", self.address, self.resource_type) }
    }
}

/// The resources of a unit, and where they stand by symbolic name and by name.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) list: Vec<Rc<Entry>>,
    by_name: BTreeMap<String, usize>,
}

impl Entries {
    /// The resource of that symbolic or canonical name.
    pub(super) fn named(&self, name: &str) -> Option<&Rc<Entry>> {
        self.by_name.get(&name.to_lowercase()).and_then(|at| self.list.get(*at))
    }
}

/// What a child gets from its parent.
struct Parent<'a> {
    resource_type: &'a str,
    names: &'a [Segment],
    address: &'a str,
}

impl<'a> Run<'a> {
    /// The resources of a unit; `None` while they are being collected.
    pub(super) fn entries(&self, unit: &Unit) -> Option<Rc<Entries>> {
        match &*unit.entries.borrow() {
            Collected::Done(entries) => return Some(Rc::clone(entries)),
            Collected::Busy => return None,
            Collected::No => {}
        }
        *unit.entries.borrow_mut() = Collected::Busy;
        let mut list = Vec::new();
        if let Some(resources) = unit.template.get_any_case("resources") {
            let cx = Cx { run: self, unit, locals: &unit.locals };
            collect(cx, resources, None, &mut list);
        }
        let mut by_name = BTreeMap::new();
        for (at, entry) in list.iter().enumerate() {
            by_name.entry(joined(&entry.names).to_lowercase()).or_insert(at);
        }
        for (at, entry) in list.iter().enumerate().filter(|(_, e)| e.symbolic) {
            let symbol = entry.address.strip_prefix(&unit.prefix).unwrap_or(&entry.address);
            by_name.insert(symbol.to_lowercase(), at);
        }
        self.identify(unit, &list);
        let entries = Rc::new(Entries { list, by_name });
        *unit.entries.borrow_mut() = Collected::Done(Rc::clone(&entries));
        Some(entries)
    }

    /// Gives ids: parents first, so that children of something without a known name share its stand-in; then what has a
    /// scope of its own, which may name one of these.
    fn identify(&self, unit: &Unit, list: &[Rc<Entry>]) {
        let mut order: Vec<&Rc<Entry>> = list.iter().collect();
        order.sort_by_key(|e| (e.node.get_any_case("scope").is_some() && !e.is_deployment(), e.names.len()));
        for entry in order {
            let (scope, canonical) = self.scope_of(unit, entry);
            let (mut id, keys) = self.id_of(entry, &scope, &canonical);
            if ResourceId::parse(&id).is_err() {
                let name = Ids::placeholder(&entry.address);
                id = format!("/providers/Microsoft.Unknown/resources/{name}");
                self.stand_ins.borrow_mut().insert(name);
            }
            *entry.id.borrow_mut() = id.clone();
            let mut index = self.index.borrow_mut();
            for key in [keys, id.to_lowercase()] {
                let slot = index.entry(key).or_insert_with(|| (id.clone(), None));
                // A declared resource beats one that is only referred to.
                if slot.1.as_ref().is_none_or(|known| known.existing && !entry.existing) {
                    slot.1 = Some(Rc::clone(entry));
                }
            }
        }
    }

    /// The id of what the resource is deployed to or extends, real and canonical.
    fn scope_of(&self, unit: &Unit, entry: &Entry) -> (String, String) {
        let place = unit.place.id();
        let tenant = ["microsoft.management/managementgroups", "microsoft.subscription/aliases"];
        if tenant.contains(&entry.resource_type.to_lowercase().as_str()) {
            return (String::new(), String::new());
        }
        let cx = Cx { run: self, unit, locals: &entry.locals };
        let Some(scope) = entry.node.get_any_case("scope").filter(|_| !entry.is_deployment()) else {
            let text = |member: &str| {
                entry.node.get_any_case(member).map(|n| cx.value(n)).and_then(|n| n.as_str().map(str::to_owned))
            };
            let place = match (text("subscriptionId"), text("resourceGroup")) {
                // Existing resources may lie elsewhere.
                (Some(subscription), Some(group)) if !entry.is_deployment() => {
                    format!("/subscriptions/{subscription}/resourceGroups/{group}")
                }
                (None, Some(group)) if !entry.is_deployment() => {
                    format!("/subscriptions/{}/resourceGroups/{group}", unit.place.subscription)
                }
                _ => place,
            };
            return (place.clone(), place);
        };
        let value = cx.value(scope);
        if let Some(text) = value.as_str().filter(|t| t.starts_with('/')) {
            let text = text.trim_end_matches('/').to_owned();
            return (text.clone(), text);
        }
        let segments = cx.segments(scope);
        if value.as_str().is_some_and(|t| t.is_empty()) {
            return (place.clone(), place);
        }
        let canonical = format!("{}/providers/{}", place, joined(&segments));
        let found = self.index.borrow().get(&canonical.to_lowercase()).map(|(id, _)| id.clone());
        let real = match (found, segments.iter().all(|s| s.known)) {
            (Some(id), _) => id,
            (None, true) => canonical.clone(),
            (None, false) => {
                format!(
                    "{place}/providers/Microsoft.Unknown/scopes/{}",
                    Ids::placeholder(&format!("scope of {}", entry.address))
                )
            }
        };
        (real, canonical)
    }

    /// The id of a resource, and its canonical spelling.
    fn id_of(&self, entry: &Entry, scope: &str, canonical: &str) -> (String, String) {
        let mut words = entry.path.split('/');
        let space = words.next().unwrap_or_default();
        let lower = entry.path.to_lowercase();
        let group = ["microsoft.resources/resourcegroups", "microsoft.resources/subscriptions/resourcegroups"];
        let (mut real, mut key) = match group.contains(&lower.as_str()) {
            true => (scope.to_owned(), canonical.to_owned()),
            false => (format!("{scope}/providers/{space}"), format!("{canonical}/providers/{space}")),
        };
        if group.contains(&lower.as_str()) {
            words = "resourceGroups".split('/');
        }
        let words: Vec<&str> = words.collect();
        for (at, word) in words.iter().enumerate() {
            let own = at + 1 == words.len();
            let (name, known) = match entry.names.get(at) {
                Some(segment) => (segment.text.as_str(), segment.known),
                None => ("?", false),
            };
            key.push_str(&format!("/{word}/{name}"));
            let stand_in = || {
                let name = match own {
                    true => Ids::placeholder(&entry.address),
                    false => Ids::placeholder(&format!("parent of {}", entry.address)),
                };
                self.stand_ins.borrow_mut().insert(name.clone());
                name
            };
            let mut index = self.index.borrow_mut();
            real = match index.get(&key.to_lowercase()) {
                Some((id, _)) => id.clone(),
                None => {
                    let name = if known && is_name(name) { name.to_owned() } else { stand_in() };
                    format!("{real}/{word}/{name}")
                }
            };
            if !known && !own {
                index.entry(key.to_lowercase()).or_insert_with(|| (real.clone(), None));
            }
        }
        (real, key.to_lowercase())
    }
}

/// Whether a text can be a name in an id.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 512 && !text.chars().any(char::is_control)
}

fn collect(cx: Cx<'_>, resources: &Node, parent: Option<&Parent<'_>>, out: &mut Vec<Rc<Entry>>) {
    let base = parent.map_or_else(|| cx.unit.prefix.clone(), |p| format!("{}.", p.address));
    let evaluated;
    let resources = match &resources.value {
        Value::String(_) => {
            evaluated = cx.value(resources);
            &evaluated
        }
        _ => resources,
    };
    match &resources.value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                resource(cx, item, &format!("{base}resources[{at}]"), false, parent, out);
            }
        }
        Value::Object(members) => {
            for (symbol, item) in members.iter() {
                resource(cx, item, &format!("{base}{symbol}"), true, parent, out);
            }
        }
        Value::Null => {}
        other => {
            let why = match other {
                Value::Unknown(reason) => reason.to_string(),
                other => format!("it is a {}", other.kind()),
            };
            let detail = format!("the list of resources cannot be read: {why}");
            cx.run.miss(format!("{base}resources"), resources.at, GapReason::Unresolved, detail);
        }
    }
}

/// One resource, with its loop.
fn resource(
    cx: Cx<'_>,
    node: &Node,
    address: &str,
    symbolic: bool,
    parent: Option<&Parent<'_>>,
    out: &mut Vec<Rc<Entry>>,
) {
    if node.as_object().is_none() {
        let detail = "a resource must be an object".to_owned();
        return cx.run.miss(address.to_owned(), node.at, GapReason::Malformed, detail);
    }
    // A loop without count is none that Azure would accept; the resource is still read.
    let Some(copy) = node.get_any_case("copy").filter(|c| c.get_any_case("count").is_some()) else {
        return instance(cx, node, address, symbolic, parent, out);
    };
    let name = copy.get_any_case("name").map(|n| cx.value(n));
    let name = name.as_ref().and_then(Node::as_str).unwrap_or_default();
    match cx.count(copy) {
        Ok(count) => {
            for at in 0..count {
                if cx.run.exhausted() || cx.run.is_full(address, node.at) {
                    break;
                }
                let locals = cx.locals.turn(name, Node::new(Value::Int(at)), true);
                instance(cx.with(&locals), node, &format!("{address}[{at}]"), symbolic, parent, out);
            }
        }
        Err(doubt) => {
            let reason = doubt.reason().map_or_else(String::new, |r| r.to_string());
            if reason.contains("more than the") {
                let detail = format!("only one of them is read: {reason}; at most {MAX_COPIES} are");
                cx.run.miss(address.to_owned(), node.at, GapReason::Unsupported, detail);
            }
            cx.run.remark(node.at, format!("{address} may not exist, or exist several times: {reason}"));
            let locals =
                cx.locals.turn(name, Node::unknown(format!("the index of the loop is not known: {reason}")), true);
            instance(cx.with(&locals), node, &format!("{address}[?]"), symbolic, parent, out);
        }
    }
}

fn instance(
    cx: Cx<'_>,
    node: &Node,
    address: &str,
    symbolic: bool,
    parent: Option<&Parent<'_>>,
    out: &mut Vec<Rc<Entry>>,
) {
    if cx.run.is_full(address, node.at) {
        return;
    }
    cx.run.count.set(cx.run.count.get() + 1);
    let extension = ["import", "extension"].iter().find_map(|m| node.get_any_case(m)).filter(|_| symbolic);
    if extension.is_some() {
        let text = format!("{address} belongs to an extension and is no Azure resource");
        return cx.run.remark(node.at, text);
    }
    let at = node.at.or(cx.unit.template.at).unwrap_or(Span::new(cx.unit.file, 0..0));
    let written = node.get_any_case("type").map_or_else(|| Node::unknown("it has no type"), |t| cx.value(t));
    let Some(written) = written.as_str().map(|t| t.trim_matches('/').to_owned()).filter(|t| !t.is_empty()) else {
        let why = written.reason().map_or_else(|| "it is no text".to_owned(), |r| r.to_string());
        let detail = format!("a resource is declared whose type is not known: {why}");
        return cx.run.miss(address.to_owned(), Some(at), GapReason::Unresolved, detail);
    };
    let segments = node.get_any_case("name").map(|n| cx.segments(n));
    let segments =
        segments.unwrap_or_else(|| vec![Segment { text: format!("‹no name, {address}›"), known: false }]);
    let (full, names) = full_name(&written, segments, parent);
    let doubt = match node.get_any_case("condition").map(|c| cx.value(c)) {
        None => None,
        Some(condition) => match &condition.value {
            Value::Bool(false) => Some(None),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(None),
            Value::Unknown(reason) => Some(Some(Arc::clone(reason))),
            _ => None,
        },
    };
    let dropped = doubt == Some(None);
    if !dropped {
        if let Some(Some(reason)) = &doubt {
            cx.run.remark(node.at, format!("{address} may not exist: {reason}"));
        }
        out.push(Rc::new(Entry {
            unit: cx.unit.id,
            node: node.clone(),
            locals: cx.locals.clone(),
            address: address.to_owned(),
            symbolic,
            resource_type: spelled_type(&full, &names),
            path: full.clone(),
            names: names.clone(),
            existing: node.get_any_case("existing").map(|e| cx.value(e)).and_then(|e| e.as_bool()) == Some(true),
            doubt: doubt.flatten().or_else(|| cx.uncounted()),
            id: RefCell::default(),
            at,
            nested: RefCell::default(),
        }));
    }
    if let Some(children) = node.get_any_case("resources") {
        let parent = Parent { resource_type: &full, names: &names, address };
        let done = cx.run.deeper(|| {
            collect(cx, children, Some(&parent), out);
            Ok(())
        });
        if let Err(why) = done {
            cx.run.miss(format!("{address}.resources"), children.at, GapReason::Unsupported, why);
        }
    }
}

/// The full type and all names. Children write their type and name without their parent's, or with it.
fn full_name(written: &str, mut own: Vec<Segment>, parent: Option<&Parent<'_>>) -> (String, Vec<Segment>) {
    let mut full = written.to_owned();
    if let Some(parent) = parent {
        let prefix = format!("{}/", parent.resource_type.to_lowercase());
        let below = written.to_lowercase().starts_with(&prefix);
        let complete = written.split('/').next().is_some_and(|w| w.contains('.'));
        let wanted = written.split('/').count() - 1;
        if !complete {
            full = format!("{}/{written}", parent.resource_type);
            own.splice(0..0, parent.names.iter().cloned());
        } else if below && own.len() < wanted {
            own.splice(0..0, parent.names.iter().cloned());
        }
    }
    let wanted = full.split('/').count().saturating_sub(1).max(1);
    while own.len() > wanted {
        // A slash too many: what is left over belongs to the last name.
        let last = own.pop();
        if let (Some(last), Some(before)) = (last, own.last_mut()) {
            before.text = format!("{}~{}", before.text, last.text);
            before.known &= last.known;
        }
    }
    if own.len() < wanted {
        // Names that are missing are those of the parents: it stands alone, or its whole name is one expression.
        let whole = joined(&own);
        for at in (0..wanted - own.len()).rev() {
            own.insert(0, Segment { text: format!("‹parent {at} of {whole}›"), known: false });
        }
    }
    (full, own)
}

/// The type of the resource itself: that of the extension for `Ns/a/providers/b` with its namespace among the names.
fn spelled_type(full: &str, names: &[Segment]) -> String {
    let words: Vec<&str> = full.split('/').collect();
    let Some(at) = words.iter().skip(1).rposition(|w| w.eq_ignore_ascii_case("providers")) else {
        return full.to_owned();
    };
    match names.get(at).filter(|n| n.known) {
        Some(space) if at + 2 < words.len() => format!("{}/{}", space.text, words[at + 2..].join("/")),
        _ => full.to_owned(),
    }
}
