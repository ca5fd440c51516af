//! Names and ids of resources, and what follows from them.

use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::functions::{Deployment, Scope as Level, settle};
use crate::iac::bicep::ast::{Expr, ExprKind, Key, Part};
use crate::iac::bicep::eval::access::Seen;
use crate::iac::bicep::eval::place::Place;
use crate::iac::bicep::eval::resource::{Exists, Instance, Lazy};
use crate::iac::bicep::eval::scope::Scope;
use crate::iac::bicep::eval::{Frame, World};
use crate::iac::{Ids, Node, Object, Value};

/// The version that stands for the newest one, which is not known.
const NEWEST: &str = "00000000000000000000000000000000";

/// Who a resource is.
#[derive(Debug)]
pub(super) struct Identity {
    /// Its id; with placeholders where names are not known.
    pub(super) id: String,
    /// Whether the id has no placeholder for a name.
    pub(super) known: bool,
    /// The last part of its name.
    pub(super) name: Node,
}

/// What a `scope` leads to.
pub(super) enum Where {
    /// A resource group, subscription, management group or tenant.
    Place(Place),
    /// A resource, by its id, and whether that is known.
    Resource(String, bool),
}

impl World<'_> {
    /// The id as a value. Of a resource that is declared it is always a text, so that references to it are found.
    pub(super) fn id_of(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Node {
        let identity = self.identify(frame, instance);
        if instance.decl.existing && !identity.known {
            return match identity.name.reason() {
                Some(reason) => Node::new(Value::Unknown(Arc::clone(reason))),
                None => Node::unknown(format!("{}.id is known when it is deployed", instance.decl.name.name)),
            };
        }
        Node::string(&identity.id)
    }

    /// The name as it is written.
    pub(super) fn name_of(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Node {
        match instance.decl.body.object.get("name") {
            Some(member) => {
                let node = self.eval(frame, &instance.scope.inside(instance), &member.value);
                settle(&node, &frame.place)
            }
            None => self.identify(frame, instance).name.clone(),
        }
    }

    /// Finds out who a resource is, once.
    pub(super) fn identify(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Rc<Identity> {
        match &*instance.identity.borrow() {
            Lazy::Done(known) => return Rc::clone(known),
            Lazy::Busy => {
                let name = Node::unknown(format!("the name of {} refers to itself", instance.address));
                return Rc::new(Identity { id: self.placeholder(frame, &instance.address), known: false, name });
            }
            Lazy::Empty => {}
        }
        *instance.identity.borrow_mut() = Lazy::Busy;
        let mut identity = None;
        let node = self.deeper(|| {
            identity = Some(self.fresh_identity(frame, instance));
            Node::new(Value::Null)
        });
        let identity = Rc::new(identity.unwrap_or_else(|| {
            let name = Node { value: node.value, ..Node::unknown("") };
            Identity { id: self.placeholder(frame, &instance.address), known: false, name }
        }));
        *instance.identity.borrow_mut() = Lazy::Done(Rc::clone(&identity));
        identity
    }

    fn fresh_identity(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Identity {
        let scope = instance.scope.inside(instance);
        let object = &instance.decl.body.object;
        let arm_type = instance.arm_type.clone().unwrap_or_else(|| Arc::from("Unknown.Type/unknown"));
        let mut names = match object.get("name") {
            Some(member) => self.segments(frame, &scope, &member.value),
            None if object.members.iter().any(|m| m.key == Key::Spread) => {
                match self.written(frame, instance).members.get("name") {
                    Some(name) => split(name),
                    None => vec![Node::unknown("the name is not known")],
                }
            }
            None => vec![Node::unknown("the name is not written")],
        };
        let parent = self.parent_of(frame, &scope, instance, &mut names);
        let name = names.last().cloned().unwrap_or_else(|| Node::unknown("the name is not known"));
        let (text, known) = match parent {
            Some((id, above, known)) => {
                let below = relative(&arm_type, above.as_deref());
                let (tail, sure) = self.tail(frame, instance, &below, &names);
                (format!("{id}{tail}"), known && sure)
            }
            None => self.rooted(frame, &scope, instance, &arm_type, &names),
        };
        let claims = !instance.decl.existing && self.exists(frame, instance) != Exists::No;
        let id = match claims {
            true => {
                let address = format!("{}:{}", self.entry, instance.address);
                self.ids.borrow_mut().claim(&text, &address)
            }
            false => text,
        };
        Identity { id, known, name: settle(&name, &frame.place) }
    }

    /// The id of the parent with its type, and whether it is known; of one that is named, nested or written in the name.
    fn parent_of(
        &self,
        frame: &Rc<Frame>,
        scope: &Scope,
        instance: &Rc<Instance>,
        names: &mut Vec<Node>,
    ) -> Option<(String, Option<Arc<str>>, bool)> {
        let of = |world: &Self, frame: &Rc<Frame>, parent: &Rc<Instance>| {
            let identity = world.identify(frame, parent);
            (identity.id.clone(), parent.arm_type.clone(), identity.known)
        };
        if let Some(parent) = &instance.nested_in {
            return Some(of(self, frame, parent));
        }
        let object = &instance.decl.body.object;
        if let Some(member) = object.get("parent") {
            let look = self.look(frame, &instance.scope, &member.value);
            if let Seen::Resource(parent, home) = &look.seen {
                return Some(of(self, home, parent));
            }
            let value = look.whole();
            let text = |name: &str| value.get(name).and_then(Node::as_str);
            if let Some(id) = text("id") {
                return Some((id.to_owned(), text("type").map(Arc::from), true));
            }
            if value.is_null() {
                return None;
            }
            let placeholder = self.placeholder(frame, &format!("{}.parent", instance.address));
            let above = instance.arm_type.as_deref().and_then(|t| t.rsplit_once('/')).map(|(above, _)| above);
            let id = match above.filter(|a| a.contains('/')) {
                Some(above) => join(&frame.place.id(), above, &vec![placeholder; above.split('/').count() - 1]),
                None => placeholder,
            };
            return Some((id, above.map(Arc::from), false));
        }
        // `${vault.name}/secret`: the same resource, even when nobody knows its name.
        let member = object.get("name")?;
        let ExprKind::Interp(parts) = &member.value.kind else { return None };
        let (Part::Hole(first), Part::Text(text)) = (parts.first()?, parts.get(1)?) else { return None };
        let ExprKind::Member { base, name, .. } = &first.kind else { return None };
        if &*name.name != "name" || !text.starts_with('/') || object.get("scope").is_some() {
            return None;
        }
        let Seen::Resource(parent, home) = self.look(frame, scope, base).seen else { return None };
        let (own, above) = (instance.arm_type.as_ref()?, parent.arm_type.as_ref()?);
        let direct = own.rsplit_once('/').is_some_and(|(o, _)| o.eq_ignore_ascii_case(above));
        if !direct || names.len() < 2 {
            return None;
        }
        names.drain(..names.len() - 1);
        Some(of(self, &home, &parent))
    }

    /// The id of a resource without a parent.
    fn rooted(
        &self,
        frame: &Rc<Frame>,
        scope: &Scope,
        instance: &Rc<Instance>,
        arm_type: &str,
        names: &[Node],
    ) -> (String, bool) {
        let segments: Vec<&str> = arm_type.split('/').skip(1).collect();
        let (base, mut known) = match instance.decl.body.object.get("scope") {
            Some(member) => match self.where_is(frame, &instance.scope, &member.value) {
                Where::Place(place) => (place.id(), true),
                Where::Resource(id, known) => (id, known),
            },
            None => {
                let place = &frame.place;
                let base = match arm_type.to_ascii_lowercase().as_str() {
                    "microsoft.resources/resourcegroups" => format!("/subscriptions/{}", place.subscription),
                    "microsoft.management/managementgroups" | "microsoft.subscription/aliases" => String::new(),
                    _ => place.id(),
                };
                (base, true)
            }
        };
        let _ = scope;
        let (tail, sure) = self.tail(frame, instance, &segments, names);
        known &= sure;
        if arm_type.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups") {
            return (format!("{base}{tail}"), known);
        }
        if arm_type.eq_ignore_ascii_case("Microsoft.Resources/subscriptions") {
            return (tail, known);
        }
        let provider = arm_type.split('/').next().unwrap_or("");
        (format!("{base}/providers/{provider}{tail}"), known)
    }

    /// `/type/name/type/name`, with placeholders for names that are not known; and whether there are none.
    fn tail(&self, frame: &Rc<Frame>, instance: &Rc<Instance>, types: &[&str], names: &[Node]) -> (String, bool) {
        let (mut out, mut known) = (String::new(), true);
        // A name that is not known at all has an unknown number of parts; the last ones are at the end.
        let missing = types.len().saturating_sub(names.len());
        let surplus = names.len().saturating_sub(types.len());
        for (at, segment) in types.iter().enumerate() {
            let name = at.checked_sub(missing).and_then(|at| names.get(at + surplus));
            let name = name.map(|n| settle(n, &frame.place));
            out.push('/');
            out.push_str(segment);
            out.push('/');
            match name.as_ref().and_then(Node::as_str).filter(|n| !n.is_empty()) {
                Some(name) => out.push_str(name),
                None => {
                    known = false;
                    out.push_str(&self.placeholder(frame, &instance.address));
                }
            }
        }
        (out, known)
    }

    /// A name for something whose name is not known.
    fn placeholder(&self, frame: &Frame, address: &str) -> String {
        let placeholder = Ids::placeholder(address);
        frame.place.placeholders.borrow_mut().insert(placeholder.clone());
        placeholder
    }

    /// The parts of a name between slashes, each known or not.
    fn segments(&self, frame: &Rc<Frame>, scope: &Scope, expr: &Expr) -> Vec<Node> {
        let ExprKind::Interp(parts) = &expr.kind else { return split(&self.eval(frame, scope, expr)) };
        let mut done: Vec<Node> = Vec::new();
        let (mut text, mut unknown, mut sensitive): (String, Option<Arc<str>>, bool) = Default::default();
        for part in parts {
            let piece = match part {
                Part::Text(text) => text.as_ref().to_owned(),
                Part::Hole(hole) => {
                    let node = self.eval(frame, scope, hole);
                    sensitive |= node.sensitive;
                    match self.text(&node, frame) {
                        Ok(text) => text,
                        Err(reason) => {
                            unknown = unknown.or(Some(reason));
                            continue;
                        }
                    }
                }
            };
            for (at, word) in piece.split('/').enumerate() {
                if at > 0 {
                    done.push(segment(std::mem::take(&mut text), unknown.take()).marked(sensitive));
                }
                text.push_str(word);
            }
        }
        done.push(segment(text, unknown).marked(sensitive));
        done
    }

    /// What a `scope` leads to.
    pub(super) fn where_is(&self, frame: &Rc<Frame>, scope: &Scope, expr: &Expr) -> Where {
        match &expr.kind {
            ExprKind::Call { name, args } => {
                // `resourceGroup(rg.name)` is that group, even when nobody knows its name.
                if let ("resourceGroup", [Expr { kind: ExprKind::Member { base, name: of, .. }, .. }]) =
                    (&*name.name, args.as_slice())
                    && &*of.name == "name"
                    && let Seen::Resource(instance, home) = self.look(frame, scope, base).seen
                    && is_group(instance.arm_type.as_deref())
                {
                    let identity = self.identify(&home, &instance);
                    return Where::Place(self.group_place(&home, &instance, &identity));
                }
                if let Some(place) = self.named_place(frame, scope, &name.name, args) {
                    return Where::Place(place);
                }
            }
            ExprKind::Method { base, name, args } => {
                if let ExprKind::Name(space) = &base.kind
                    && &**space == "az"
                    && let Some(place) = self.named_place(frame, scope, &name.name, args)
                {
                    return Where::Place(place);
                }
            }
            ExprKind::Ternary(parts) => match self.eval(frame, scope, &parts.0).value {
                Value::Bool(true) => return self.where_is(frame, scope, &parts.1),
                Value::Bool(false) => return self.where_is(frame, scope, &parts.2),
                _ => {}
            },
            _ => {
                let look = self.look(frame, scope, expr);
                if let Seen::Resource(instance, home) = &look.seen {
                    let identity = self.identify(home, instance);
                    if is_group(instance.arm_type.as_deref()) {
                        return Where::Place(self.group_place(home, instance, &identity));
                    }
                    return Where::Resource(identity.id.clone(), identity.known);
                }
                if let Some(id) = look.whole().get("id").and_then(Node::as_str) {
                    return Where::Resource(id.to_owned(), true);
                }
            }
        }
        let text = format!("{}{}", frame.prefix, frame.source.quote(expr.at));
        Where::Resource(self.placeholder(frame, &text), false)
    }

    fn group_place(&self, frame: &Rc<Frame>, instance: &Rc<Instance>, identity: &Identity) -> Place {
        let mut place = frame.place.clone();
        place.level = Level::ResourceGroup;
        let mut words = identity.id.split('/').skip(2);
        if let (Some(subscription), Some(group)) = (words.next(), words.nth(1)) {
            place.subscription_known |= *subscription != *place.subscription;
            place.subscription = Arc::from(subscription);
            place.group = match identity.known {
                true => Arc::from(group),
                false => stand_in_group(&instance.address),
            };
        }
        if !instance.decl.existing
            && let Some(location) = self.written(frame, instance).members.get("location")
        {
            place.location = location.clone();
        }
        place
    }

    /// What `resourceGroup('x')`, `subscription('x')` and their like name; `None` for other functions.
    pub(super) fn named_place(&self, frame: &Rc<Frame>, scope: &Scope, name: &str, args: &[Expr]) -> Option<Place> {
        let mut place = frame.place.clone();
        let text = |at: usize| args.get(at).map(|arg| (self.eval(frame, scope, arg), arg));
        let stand_in = |arg: &Expr| format!("{}{}", frame.prefix, frame.source.quote(arg.at));
        let set_subscription = |place: &mut Place, (node, arg): (Node, &Expr)| {
            let known = node.as_str().filter(|t| !frame.place.stands_in(t));
            place.subscription_known = known.is_some();
            place.subscription = match (known, node.as_str()) {
                (Some(text), _) | (None, Some(text)) => Arc::from(text),
                (None, None) => Arc::from(Ids::subscription_of(&format!("{}:{}", self.entry, stand_in(arg)))),
            };
        };
        match name {
            "resourceGroup" => {
                place.level = Level::ResourceGroup;
                if args.len() > 1 {
                    set_subscription(&mut place, text(0)?);
                }
                if let Some((node, arg)) = args.len().checked_sub(1).and_then(text) {
                    place.location = Node::unknown("the location of the resource group is known when it is deployed");
                    place.group = match node.as_str() {
                        Some(text) => Arc::from(text),
                        None => stand_in_group(&stand_in(arg)),
                    };
                }
            }
            "subscription" => {
                place.level = Level::Subscription;
                if let Some(named) = text(0) {
                    set_subscription(&mut place, named);
                }
            }
            "managementGroup" => {
                place.level = Level::ManagementGroup;
                if let Some((node, arg)) = text(0) {
                    let placeholder = || Node::string(self.placeholder(frame, &stand_in(arg)));
                    place.management = if node.as_str().is_some() { node } else { placeholder() };
                }
            }
            "tenant" => place.level = Level::Tenant,
            _ => return None,
        }
        Some(place)
    }

    /// Properties that follow from the name alone, in Azure's public cloud.
    pub(super) fn derived(&self, frame: &Rc<Frame>, instance: &Rc<Instance>) -> Vec<(Arc<str>, Node)> {
        let Some(arm_type) = &instance.arm_type else { return Vec::new() };
        let arm_type = arm_type.to_ascii_lowercase();
        let types = [
            "microsoft.keyvault/vaults",
            "microsoft.keyvault/vaults/keys",
            "microsoft.keyvault/vaults/secrets",
            "microsoft.storage/storageaccounts",
            "microsoft.sql/servers",
        ];
        if !types.contains(&arm_type.as_str()) {
            return Vec::new();
        }
        let identity = self.identify(frame, instance);
        if !identity.known {
            return Vec::new();
        }
        let path: Vec<&str> = identity.id.split('/').collect();
        let name = path.last().copied().unwrap_or("").split('~').next().unwrap_or("");
        let vault = path.len().checked_sub(3).and_then(|at| path.get(at)).copied().unwrap_or("");
        let vault = vault.split('~').next().unwrap_or("");
        let one = |name: &str, value: String| (Arc::from(name), Node::string(value));
        match arm_type.as_str() {
            "microsoft.keyvault/vaults" => vec![one("vaultUri", format!("https://{name}.vault.azure.net/"))],
            "microsoft.keyvault/vaults/keys" => {
                let uri = format!("https://{vault}.vault.azure.net/keys/{name}");
                vec![one("keyUriWithVersion", format!("{uri}/{NEWEST}")), one("keyUri", uri)]
            }
            "microsoft.keyvault/vaults/secrets" => {
                vec![one("secretUri", format!("https://{vault}.vault.azure.net/secrets/{name}"))]
            }
            "microsoft.sql/servers" => {
                vec![one("fullyQualifiedDomainName", format!("{name}.database.windows.net"))]
            }
            _ => {
                let services = ["blob", "dfs", "file", "queue", "table"];
                let endpoint = |s: &str| Node::string(format!("https://{name}.{s}.core.windows.net/"));
                let endpoints: Object = services.into_iter().map(|s| (Arc::from(s), endpoint(s))).collect();
                vec![(Arc::from("primaryEndpoints"), Node::object(endpoints))]
            }
        }
    }
}

fn is_group(arm_type: Option<&str>) -> bool {
    arm_type.is_some_and(|t| t.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups"))
}

/// What stands for a resource group whose name is not known, but who is known to be another one.
fn stand_in_group(text: &str) -> Arc<str> {
    let text: String = text.chars().map(|c| if c == '/' || c.is_control() { '~' } else { c }).take(100).collect();
    Arc::from(format!("(resource group {text})"))
}

fn split(node: &Node) -> Vec<Node> {
    match &node.value {
        Value::String(text) if text.contains('/') => {
            text.split('/').map(|word| Node { value: Value::String(Arc::from(word)), ..node.clone() }).collect()
        }
        _ => vec![node.clone()],
    }
}

fn segment(text: String, unknown: Option<Arc<str>>) -> Node {
    match unknown {
        Some(reason) => Node::new(Value::Unknown(reason)),
        None => Node::string(text),
    }
}

/// The parts of a type below its parent's.
fn relative<'t>(arm_type: &'t str, above: Option<&str>) -> Vec<&'t str> {
    if let Some(above) = above
        && let Some(rest) = arm_type.get(above.len()..)
        && arm_type.get(..above.len()).is_some_and(|t| t.eq_ignore_ascii_case(above))
        && let Some(rest) = rest.strip_prefix('/')
    {
        return rest.split('/').collect();
    }
    vec![arm_type.rsplit('/').next().unwrap_or(arm_type)]
}

fn join(base: &str, arm_type: &str, names: &[String]) -> String {
    let mut words = arm_type.split('/');
    let mut out = format!("{base}/providers/{}", words.next().unwrap_or(""));
    for (segment, name) in words.zip(names) {
        out.push('/');
        out.push_str(segment);
        out.push('/');
        out.push_str(name);
    }
    out
}
