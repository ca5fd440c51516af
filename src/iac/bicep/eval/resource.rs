//! Resources: their instances, what they declare, and what others may ask of them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::functions::settle;
use crate::iac::bicep::ast::{Expr, ResourceDecl};
use crate::iac::bicep::eval::access::{Seen, deployed};
use crate::iac::bicep::eval::expr::Rounds;
use crate::iac::bicep::eval::name::Identity;
use crate::iac::bicep::eval::scope::Scope;
use crate::iac::bicep::eval::{Frame, World};
use crate::iac::{Declaration, Node, Object, Value};
use crate::model::GapReason;

/// Members of a body that are the language's and not the resource's.
const LANGUAGE: [&str; 5] = ["parent", "scope", "dependsOn", "name", "asserts"];

/// The resources of one declaration: one, or one for each round of its loop.
#[derive(Debug)]
pub(super) struct Instances {
    pub(super) list: Vec<Rc<Instance>>,
    pub(super) looped: bool,
    /// Why nobody knows how many there are; then one stands for all.
    pub(super) unknown: Option<Arc<str>>,
}

/// One resource.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) decl: Arc<ResourceDecl>,
    /// The names around its body.
    pub(super) scope: Scope,
    /// `db.server[0]::child`
    pub(super) address: String,
    /// The type, if it is known.
    pub(super) arm_type: Option<Arc<str>>,
    pub(super) version: Option<Arc<str>>,
    /// The resource that it is nested in.
    pub(super) nested_in: Option<Rc<Self>>,
    pub(super) identity: RefCell<Lazy<Rc<Identity>>>,
    body: RefCell<Lazy<Rc<Written>>>,
    exists: RefCell<Lazy<Exists>>,
}

/// Something that is made once, when it is asked for.
#[derive(Debug, Default)]
pub(super) enum Lazy<T> {
    /// Nobody asked.
    #[default]
    Empty,
    /// It is being made: who asks now asks in a circle.
    Busy,
    /// Made.
    Done(T),
}

/// What the body of a resource says.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) members: Object,
    /// Why there may be more members.
    pub(super) open: Option<Arc<str>>,
}

/// Whether something will be there.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Exists {
    Yes,
    No,
    /// Nobody knows, and why.
    Maybe(Arc<str>),
}

impl World<'_> {
    /// The instances of a declaration.
    pub(super) fn instances(
        &self,
        frame: &Rc<Frame>,
        scope: &Scope,
        decl: &Arc<ResourceDecl>,
        parent: Option<&Rc<Instance>>,
    ) -> Rc<Instances> {
        let key = (Arc::as_ptr(decl) as usize, parent.map_or(0, |p| Rc::as_ptr(p) as usize));
        if let Some(known) = frame.instances.borrow().get(&key) {
            return Rc::clone(known);
        }
        // While the list is read, the name stands for nothing.
        let nothing = Instances { list: Vec::new(), looped: true, unknown: Some(Arc::from("it refers to itself")) };
        frame.instances.borrow_mut().insert(key, Rc::new(nothing));
        let base = match parent {
            Some(parent) => format!("{}::{}", parent.address, decl.name.name),
            None => format!("{}{}", frame.prefix, decl.name.name),
        };
        let (arm_type, version) = self.type_of(frame, scope, decl, parent);
        let make = |scope: Scope, address: String| {
            Rc::new(Instance {
                decl: Arc::clone(decl),
                scope,
                address,
                arm_type: arm_type.clone(),
                version: version.clone(),
                nested_in: parent.cloned(),
                identity: RefCell::default(),
                body: RefCell::default(),
                exists: RefCell::default(),
            })
        };
        let instances = match decl.body.each.as_ref().map(|each| self.rounds(frame, scope, each)) {
            None => Instances { list: vec![make(scope.clone(), base)], looped: false, unknown: None },
            Some(Rounds::Known(rounds)) => {
                self.spend(rounds.len() as u64 * 8);
                let list = rounds.into_iter().enumerate();
                let list = list.map(|(at, scope)| make(scope, format!("{base}[{at}]"))).collect();
                Instances { list, looped: true, unknown: None }
            }
            Some(Rounds::Unknown(scope, reason)) => {
                Instances { list: vec![make(scope, format!("{base}[?]"))], looped: true, unknown: Some(reason) }
            }
        };
        let instances = Rc::new(instances);
        frame.instances.borrow_mut().insert(key, Rc::clone(&instances));
        instances
    }

    fn type_of(
        &self,
        frame: &Rc<Frame>,
        scope: &Scope,
        decl: &ResourceDecl,
        parent: Option<&Rc<Instance>>,
    ) -> (Option<Arc<str>>, Option<Arc<str>>) {
        let text = self.eval(frame, scope, &decl.of);
        let Some(text) = text.as_str() else { return (None, None) };
        let (name, version) = match text.split_once('@') {
            Some((name, version)) => (name, Some(Arc::from(version))),
            None => (text, None),
        };
        // `az:` names the extension that all Azure resources belong to.
        let name = name.trim().trim_start_matches("az:").trim_matches('/');
        let Some(parent) = parent else { return (Some(Arc::from(name)), version) };
        let Some(above) = &parent.arm_type else { return (None, version) };
        let version = version.or_else(|| parent.version.clone());
        let whole = name.len() > above.len()
            && name.as_bytes().get(above.len()) == Some(&b'/')
            && name.get(..above.len()).is_some_and(|n| n.eq_ignore_ascii_case(above));
        let full = if whole { Arc::from(name) } else { Arc::from(format!("{above}/{name}")) };
        (Some(full), version)
    }

    /// Adds the resources of a declaration to the reading, and those that are nested in it.
    pub(super) fn emit_resource(
        &self,
        frame: &Rc<Frame>,
        scope: &Scope,
        decl: &Arc<ResourceDecl>,
        parent: Option<&Rc<Instance>>,
    ) {
        if parent.is_some() && !self.enter() {
            return;
        }
        let instances = self.instances(frame, scope, decl, parent);
        for instance in &instances.list {
            if !self.room() {
                break;
            }
            let exists = self.exists(frame, instance);
            if exists == Exists::No {
                continue;
            }
            if !decl.existing {
                self.declare(frame, instance, &exists, instances.unknown.as_ref());
            }
            for nested in &decl.body.object.resources {
                self.emit_resource(frame, &instance.scope.inside(instance), nested, Some(instance));
            }
        }
        if parent.is_some() {
            self.leave();
        }
    }

    fn declare(&self, frame: &Rc<Frame>, instance: &Rc<Instance>, exists: &Exists, rounds: Option<&Arc<str>>) {
        let decl = &instance.decl;
        let Some(arm_type) = &instance.arm_type else {
            let what = format!("{} ({})", instance.address, frame.source.quote(decl.of.at));
            let detail = "the type of the resource is not known".to_owned();
            return self.missing(what, Some(decl.header), GapReason::Unresolved, detail);
        };
        // Kubernetes and other extensions have types of their own.
        let provider = arm_type.split('/').next().unwrap_or("");
        if !provider.contains('.') || !arm_type.contains('/') || provider.eq_ignore_ascii_case("Microsoft.Graph") {
            *self.reading.borrow_mut().unmapped.entry(arm_type.as_ref().to_owned()).or_default() += 1;
            return;
        }
        if let Exists::Maybe(reason) = exists {
            let text = format!("{} may not exist: its condition is not known ({reason})", instance.address);
            self.remark(Some(decl.header), text);
        }
        if let Some(reason) = rounds {
            let text =
                format!("{} stands for all rounds of a loop whose list is not known ({reason})", instance.address);
            self.remark(Some(decl.header), text);
        }
        let identity = self.identify(frame, instance);
        let written = self.written(frame, instance);
        let mut body: Object = written
            .members
            .iter()
            .filter(|(name, _)| !LANGUAGE.contains(&&***name))
            .map(|(name, value)| (Arc::clone(name), settle(value, &frame.place)))
            .collect();
        if arm_type.eq_ignore_ascii_case("Microsoft.Resources/deployments") {
            self.deploy(frame, instance, &mut body);
        }
        let at = decl.body.object.get("name").map(|m| m.at);
        body.insert(Arc::from("name"), Node { at: at.or(identity.name.at), ..identity.name.clone() });
        let unread = written.open.iter().map(|reason| (String::new(), reason.as_ref().to_owned())).collect();
        let declaration = Declaration {
            address: instance.address.clone(),
            id: identity.id.clone(),
            arm_type: arm_type.as_ref().to_owned(),
            body,
            at: decl.at,
            header: decl.header,
            chain: frame.chain.clone(),
            unread,
            api_version: instance.version.as_ref().map(|v| v.as_ref().to_owned()),
        };
        self.reading.borrow_mut().resources.push(declaration);
    }

    /// Whether the resource will be there.
    pub(super) fn exists(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Exists {
        match &*instance.exists.borrow() {
            Lazy::Done(known) => return known.clone(),
            Lazy::Busy => return Exists::Maybe(Arc::from("it refers to itself")),
            Lazy::Empty => {}
        }
        *instance.exists.borrow_mut() = Lazy::Busy;
        let own = self.decided(frame, &instance.scope, instance.decl.body.condition.as_ref());
        let exists = match (&instance.nested_in, own) {
            (Some(parent), own) if own != Exists::No => match (self.exists(frame, parent), own) {
                (Exists::No, _) => Exists::No,
                (Exists::Maybe(reason), Exists::Yes) => Exists::Maybe(reason),
                (_, own) => own,
            },
            (_, own) => own,
        };
        *instance.exists.borrow_mut() = Lazy::Done(exists.clone());
        exists
    }

    /// What a condition says.
    pub(super) fn decided(&self, frame: &Rc<Frame>, scope: &Scope, condition: Option<&Expr>) -> Exists {
        let Some(condition) = condition else { return Exists::Yes };
        let node = self.eval(frame, scope, condition);
        match &node.value {
            Value::Bool(true) => Exists::Yes,
            Value::Bool(false) => Exists::No,
            Value::Unknown(reason) => Exists::Maybe(Arc::clone(reason)),
            value => Exists::Maybe(Arc::from(format!("the condition is a {} and no bool", value.kind()))),
        }
    }

    /// What the body says, evaluated once.
    pub(super) fn written(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Rc<Written> {
        match &*instance.body.borrow() {
            Lazy::Done(known) => return Rc::clone(known),
            Lazy::Busy => {
                let open = Some(Arc::from(format!("{} refers to itself", instance.address)));
                return Rc::new(Written { members: Object::new(), open });
            }
            Lazy::Empty => {}
        }
        *instance.body.borrow_mut() = Lazy::Busy;
        let (members, open) = self.members(frame, &instance.scope.inside(instance), &instance.decl.body.object);
        let members = members.into_iter().map(|(name, value)| (name, self.bounded(value))).collect();
        let written = Rc::new(Written { members, open });
        *instance.body.borrow_mut() = Lazy::Done(Rc::clone(&written));
        written
    }

    /// What `x.name`, `x.id`, `x.properties` give.
    pub(super) fn resource_member(&self, frame: &Rc<Frame>, instance: &Rc<Instance>, name: &str) -> Seen {
        let path = format!("{}.{name}", instance.decl.name.name);
        match name {
            "id" => return Seen::Value(self.id_of(frame, instance)),
            "name" => return Seen::Value(self.name_of(frame, instance)),
            "type" => {
                return Seen::Value(instance.arm_type.as_ref().map_or_else(|| deployed(&path), Node::string));
            }
            "apiVersion" => {
                return Seen::Value(instance.version.as_ref().map_or_else(|| deployed(&path), Node::string));
            }
            _ => {}
        }
        if name == "properties" {
            let node = self.properties(frame, instance);
            return Seen::Open(node, path);
        }
        if instance.decl.existing {
            return Seen::Value(deployed(&path));
        }
        let written = self.written(frame, instance);
        let found = written.members.get(name);
        let found =
            found.or_else(|| written.members.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)).map(|(_, v)| v));
        match (found, &written.open) {
            (Some(node), _) => Seen::Open(node.clone(), path),
            (None, Some(reason)) => Seen::Value(Node::new(Value::Unknown(Arc::clone(reason)))),
            (None, None) => Seen::Value(deployed(&path)),
        }
    }

    /// The written properties, with those that follow from the name.
    fn properties(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Node {
        let written = match instance.decl.existing {
            true => None,
            false => self.written(frame, instance).members.get("properties").cloned(),
        };
        let mut members = match written.as_ref().map(|n| &n.value) {
            Some(Value::Object(members)) => members.as_ref().clone(),
            _ => Object::new(),
        };
        for (name, value) in self.derived(frame, instance) {
            members.entry(name).or_insert(value);
        }
        Node { value: Value::Object(Arc::new(members)), at: None, sensitive: written.is_some_and(|w| w.sensitive) }
    }

    /// The resource as a value.
    pub(super) fn summary(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Node {
        let mut members = match instance.decl.existing {
            true => Object::new(),
            false => self.written(frame, instance).members.clone(),
        };
        members.retain(|name, _| !LANGUAGE.contains(&&**name));
        members.insert(Arc::from("id"), self.id_of(frame, instance));
        members.insert(Arc::from("name"), self.name_of(frame, instance));
        let path = instance.decl.name.name.as_ref();
        for (name, known) in [("type", &instance.arm_type), ("apiVersion", &instance.version)] {
            let value = known.as_ref().map_or_else(|| deployed(&format!("{path}.{name}")), Node::string);
            members.insert(Arc::from(name), value);
        }
        let properties = match instance.decl.existing {
            true => deployed(&format!("{path}.properties")),
            false => self.properties(frame, instance),
        };
        members.insert(Arc::from("properties"), properties);
        self.spend(members.len() as u64);
        Node::object(members)
    }

    /// Goes one level down in nested resources and modules; false when that is too deep.
    pub(super) fn enter(&self) -> bool {
        let fits = self.depth.get() < super::limits::DEPTH;
        if fits {
            self.depth.set(self.depth.get() + 1);
        }
        fits
    }

    /// Comes back up.
    pub(super) fn leave(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }
}
