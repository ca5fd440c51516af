//! Modules: each call is an evaluation of its own, with the values that it is given.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm;
use crate::iac::bicep::ast::{ExprKind, ModuleDecl};
use crate::iac::bicep::eval::expr::Rounds;
use crate::iac::bicep::eval::inline::Template;
use crate::iac::bicep::eval::limits::MODULES;
use crate::iac::bicep::eval::name::Where;
use crate::iac::bicep::eval::place::Place;
use crate::iac::bicep::eval::resource::{Exists, Lazy};
use crate::iac::bicep::eval::scope::Scope;
use crate::iac::bicep::eval::{Frame, Given, Way, World, is_registry};
use crate::iac::{Call, Node, Object, Reading, Tree, Value};
use crate::model::GapReason;

/// The calls of one declaration: one, or one for each round of its loop.
pub(super) struct Calls {
    pub(super) list: Vec<Rc<CallOf>>,
    /// Why nobody knows how many there are; then one stands for all.
    pub(super) unknown: Option<Arc<str>>,
}

/// One call of a module.
pub(super) struct CallOf {
    pub(super) looped: bool,
    decl: Arc<ModuleDecl>,
    scope: Scope,
    address: String,
    /// Its own name with its number, `db[0]`.
    label: String,
    caller: Rc<Frame>,
    target: RefCell<Lazy<Target>>,
    /// What an ARM template declares, until the call adds it to the reading.
    template: RefCell<Reading>,
}

/// What is called.
#[derive(Clone)]
enum Target {
    /// A file of the tree.
    Frame(Rc<Frame>),
    /// An ARM template, with its outputs.
    Template(Rc<Object>),
    /// Something that could not be read, and why.
    Missing(Arc<str>),
}

impl CallOf {
    /// The file of the tree that it calls, where that was needed.
    pub(super) fn called(&self) -> Option<Rc<Frame>> {
        match &*self.target.borrow() {
            Lazy::Done(Target::Frame(frame)) => Some(Rc::clone(frame)),
            _ => None,
        }
    }
}

impl World<'_> {
    /// The calls of a module declaration.
    pub(super) fn calls(&self, frame: &Rc<Frame>, decl: &Arc<ModuleDecl>) -> Rc<Calls> {
        let key = Arc::as_ptr(decl) as usize;
        if let Some(known) = frame.calls.borrow().get(&key) {
            return Rc::clone(known);
        }
        let nothing = Calls { list: Vec::new(), unknown: Some(Arc::from("it refers to itself")) };
        frame.calls.borrow_mut().insert(key, Rc::new(nothing));
        let name = &decl.name.name;
        let make = |scope: Scope, suffix: String, looped: bool| {
            Rc::new(CallOf {
                looped,
                decl: Arc::clone(decl),
                scope,
                address: format!("{}{name}{suffix}", frame.prefix),
                label: format!("{name}{suffix}"),
                caller: Rc::clone(frame),
                target: RefCell::default(),
                template: RefCell::default(),
            })
        };
        let root = Scope::default();
        let calls = match decl.body.each.as_ref().map(|each| self.rounds(frame, &root, each)) {
            None => Calls { list: vec![make(root, String::new(), false)], unknown: None },
            Some(Rounds::Known(rounds)) => {
                let list = rounds.into_iter().enumerate().map(|(at, scope)| make(scope, format!("[{at}]"), true));
                Calls { list: list.collect(), unknown: None }
            }
            Some(Rounds::Unknown(scope, reason)) => {
                Calls { list: vec![make(scope, "[?]".to_owned(), true)], unknown: Some(reason) }
            }
        };
        let calls = Rc::new(calls);
        frame.calls.borrow_mut().insert(key, Rc::clone(&calls));
        calls
    }

    /// Adds what the calls declare to the reading.
    pub(super) fn emit_module(&self, frame: &Rc<Frame>, decl: &Arc<ModuleDecl>) {
        let calls = self.calls(frame, decl);
        for call in &calls.list {
            if !self.room() {
                return;
            }
            match self.decided(frame, &call.scope, decl.body.condition.as_ref()) {
                Exists::No => continue,
                Exists::Yes => {}
                Exists::Maybe(reason) => {
                    let text = format!("{} may not be deployed: its condition is not known ({reason})", call.address);
                    self.remark(Some(decl.header), text);
                }
            }
            if let Some(reason) = &calls.unknown {
                let text =
                    format!("{} stands for all rounds of a loop whose list is not known ({reason})", call.address);
                self.remark(Some(decl.header), text);
            }
            match self.target(call) {
                Target::Frame(target) => self.emit(&target),
                Target::Template(_) => self.take(call.template.take()),
                Target::Missing(_) => {}
            }
        }
    }

    /// Adds what was read on its own to the reading.
    pub(super) fn take(&self, more: Reading) {
        let mut reading = self.reading.borrow_mut();
        reading.resources.extend(more.resources);
        reading.fragments.extend(more.fragments);
        reading.remarks.extend(more.remarks);
        for (name, count) in more.unmapped {
            *reading.unmapped.entry(name).or_default() += count;
        }
        drop(reading);
        for missing in more.missing {
            self.missing(missing.what, missing.at, missing.reason, missing.detail);
        }
    }

    fn target(&self, call: &Rc<CallOf>) -> Target {
        match &*call.target.borrow() {
            Lazy::Done(known) => return known.clone(),
            Lazy::Busy => return Target::Missing(Arc::from(format!("module {} refers to itself", call.address))),
            Lazy::Empty => {}
        }
        *call.target.borrow_mut() = Lazy::Busy;
        let target = self.fresh_target(call);
        *call.target.borrow_mut() = Lazy::Done(target.clone());
        target
    }

    fn fresh_target(&self, call: &Rc<CallOf>) -> Target {
        let (frame, decl) = (&call.caller, &call.decl);
        let node = self.eval(frame, &call.scope, &decl.path);
        let Some(path) = node.as_str() else {
            return self.no_module(call, "its path is not known", GapReason::Unresolved);
        };
        let name = match is_registry(path) {
            true => match restored(self.tree, path) {
                Some(name) => name,
                None => {
                    let why =
                        format!("{path} is in a registry, and nothing is fetched; what it declares is not judged");
                    return self.no_module(call, &why, GapReason::OutOfScope);
                }
            },
            false => match Tree::join(Tree::parent(&frame.source.name), path) {
                Ok(name) => name,
                Err(error) => return self.no_module(call, &error.to_string(), GapReason::OutOfScope),
            },
        };
        if frame.files.contains(&name) {
            return self.no_module(call, "it calls itself", GapReason::Malformed);
        }
        if frame.files.len() >= MODULES {
            return self.no_module(call, &format!("modules are nested deeper than {MODULES}"), GapReason::Unsupported);
        }
        if !self.tree.has_file(&name) {
            return self.no_module(call, &format!("{name} does not exist"), GapReason::OutOfScope);
        }
        if name.to_ascii_lowercase().ends_with(".json") {
            return self.template(call, &name);
        }
        let Some(source) = self.source(&name) else {
            return Target::Missing(Arc::from(format!("{name} cannot be read")));
        };
        let mut files = frame.files.clone();
        files.push(name);
        let mut chain = frame.chain.clone();
        chain.push(Call { name: call.label.clone(), at: decl.header });
        let (values, open) = self.given(call);
        let way = Way { chain, prefix: format!("{}.", call.address), files };
        Target::Frame(self.frame(source, Given { values, open }, self.place_of(call), way))
    }

    /// Deploys an ARM template with what the call gives.
    fn template(&self, call: &CallOf, name: &str) -> Target {
        let file = match self.tree.read(name) {
            Ok(file) => file,
            Err(error) => return self.no_module(call, &error.to_string(), GapReason::OutOfScope),
        };
        let root = match arm::parse_json(self.tree, file, &mut |m| self.missed(m)) {
            Ok(root) => root,
            Err(error) => return self.no_module(call, &format!("{name}: {}", error.what), GapReason::Malformed),
        };
        if !matches!(arm::looks_like_template(&root), Some(arm::Kind::Template(_))) {
            return self.no_module(call, &format!("{name} is no ARM template"), GapReason::Malformed);
        }
        let (given, open) = self.given(call);
        let mut values: BTreeMap<String, Node> = BTreeMap::new();
        if let Some(reason) = open {
            let declared = root.get_any_case("parameters").and_then(Node::as_object);
            let unknown = || Node::new(Value::Unknown(Arc::clone(&reason)));
            values.extend(declared.into_iter().flatten().map(|(name, _)| (name.to_lowercase(), unknown())));
        }
        values.extend(given.into_iter().map(|(name, value)| (name.to_lowercase(), value)));
        let place = self.place_of(call);
        let mut chain = call.caller.chain.clone();
        chain.push(Call { name: call.label.clone(), at: call.decl.header });
        let prefix = format!("{}.", call.address);
        let template = Template { name, file, root: &root, place, given: values, chain: &chain, prefix: &prefix };
        let (outputs, reading) = self.run_template(template);
        *call.template.borrow_mut() = reading;
        Target::Template(Rc::new(outputs))
    }

    fn no_module(&self, call: &CallOf, why: &str, reason: GapReason) -> Target {
        let path = call.caller.source.quote(call.decl.path.at);
        let path = path.trim_matches('\'');
        let what = format!("module {} ({path})", call.address);
        self.missing(what, Some(call.decl.header), reason, why.to_owned());
        Target::Missing(Arc::from(format!("module {} ({path}) was not read", call.address)))
    }

    /// The values that the call gives, and why there may be more.
    fn given(&self, call: &CallOf) -> (BTreeMap<Arc<str>, Node>, Option<Arc<str>>) {
        let Some(member) = call.decl.body.object.get("params") else {
            return (BTreeMap::new(), call.decl.body.object.broken.map(|_| Arc::from("the call could not be read")));
        };
        if let ExprKind::Object(object) = &member.value.kind {
            return self.members(&call.caller, &call.scope, object);
        }
        let node = self.eval(&call.caller, &call.scope, &member.value);
        match node.value {
            Value::Object(members) => (members.as_ref().clone(), None),
            Value::Unknown(reason) => (BTreeMap::new(), Some(reason)),
            _ => (BTreeMap::new(), None),
        }
    }

    fn place_of(&self, call: &CallOf) -> Place {
        let object = &call.decl.body.object;
        let mut place = match object.get("scope").map(|m| self.where_is(&call.caller, &call.scope, &m.value)) {
            Some(Where::Place(place)) => place,
            Some(Where::Resource(..)) | None => call.caller.place.clone(),
        };
        place.name = match object.get("name") {
            Some(name) => self.eval(&call.caller, &call.scope, &name.value),
            None => Node::unknown("deployment().name is known when it is deployed"),
        };
        place
    }

    /// `x.name` of a call.
    pub(super) fn call_name(&self, call: &CallOf) -> Node {
        match call.decl.body.object.get("name") {
            Some(name) => self.eval(&call.caller, &call.scope, &name.value),
            None => Node::unknown(format!("{}.name is known when it is deployed", call.address)),
        }
    }

    /// An output of a call; `None` when the module has no such output.
    pub(super) fn call_output(&self, call: &Rc<CallOf>, name: &str) -> Option<Node> {
        match self.target(call) {
            Target::Frame(frame) => self.output(&frame, name),
            Target::Template(outputs) => {
                let same = |(key, value): (&Arc<str>, &Node)| key.eq_ignore_ascii_case(name).then(|| value.clone());
                outputs.iter().find_map(same)
            }
            Target::Missing(reason) => Some(Node::new(Value::Unknown(reason))),
        }
    }

    /// All outputs of a call.
    pub(super) fn outputs(&self, call: &Rc<CallOf>) -> Node {
        match self.target(call) {
            Target::Frame(frame) => {
                let names: Vec<Arc<str>> = frame.source.outputs.keys().cloned().collect();
                let members = names.into_iter().filter_map(|n| self.output(&frame, &n).map(|value| (n, value)));
                Node::object(members.collect())
            }
            Target::Template(outputs) => Node::object(outputs.as_ref().clone()),
            Target::Missing(reason) => Node::new(Value::Unknown(reason)),
        }
    }

    /// The call as a value.
    pub(super) fn call_summary(&self, call: &Rc<CallOf>) -> Node {
        let mut members = Object::new();
        members.insert(Arc::from("name"), self.call_name(call));
        members.insert(Arc::from("outputs"), self.outputs(call));
        Node::object(members)
    }
}

/// A module of a registry that lies restored in the tree.
pub(in crate::iac::bicep) fn restored(tree: &Tree, path: &str) -> Option<String> {
    let (registry, rest) = match path.strip_prefix("br/public:") {
        Some(rest) => ("mcr.microsoft.com", format!("bicep/{rest}")),
        None => path.strip_prefix("br:")?.split_once('/').map(|(r, rest)| (r, rest.to_owned()))?,
    };
    let (module, tag) = rest.rsplit_once(':')?;
    let name = format!(".bicep/br/{}/{}/{tag}$/main.json", registry.replace(':', "$"), module.replace('/', "$"));
    tree.has_file(&name).then_some(name)
}
