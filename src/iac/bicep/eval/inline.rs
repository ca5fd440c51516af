//! `Microsoft.Resources/deployments` as resources: the templates that they hold or name.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm;
use crate::iac::arm::functions::Scope as Level;
use crate::iac::bicep::eval::name::Where;
use crate::iac::bicep::eval::place::Place;
use crate::iac::bicep::eval::resource::Instance;
use crate::iac::bicep::eval::{Frame, World};
use crate::iac::{Call, FileId, Node, Object, Reading, Tree, Value};
use crate::model::GapReason;

/// Members of a deployment's properties that are no part of it: what it deploys is declared on its own, and parameters may be
/// secrets.
const NOT_OF_THE_BODY: [&str; 2] = ["template", "parameters"];

/// A template on its way.
pub(super) struct Template<'a> {
    /// The file that it stands in, by name.
    pub(super) name: &'a str,
    pub(super) file: FileId,
    pub(super) root: &'a Node,
    pub(super) place: Place,
    /// Values of parameters, by lower-case name.
    pub(super) given: BTreeMap<String, Node>,
    pub(super) chain: &'a [Call],
    pub(super) prefix: &'a str,
}

impl World<'_> {
    /// Deploys an ARM template: its outputs, and what it declares.
    pub(super) fn run_template(&self, template: Template<'_>) -> (Object, Reading) {
        let place = template.place;
        let deploy = arm::Deploy {
            tree: self.tree,
            name: template.name,
            template: template.root,
            file: template.file,
            place: arm::Place {
                scope: place.level,
                subscription: place.subscription,
                known: place.subscription_known,
                group: place.group,
                management_group: place.management,
                name: place.name,
            },
            given: template.given,
            chain: template.chain,
            prefix: template.prefix,
        };
        let mut reading = Reading::default();
        let outputs = arm::deploy(deploy, &mut self.ids.borrow_mut(), &mut reading);
        self.spend(100 + 50 * reading.resources.len() as u64);
        (outputs, reading)
    }

    /// Adds what a deployment deploys to the reading, and takes it out of its body.
    pub(super) fn deploy(&self, frame: &Rc<Frame>, instance: &Rc<Instance>, body: &mut Object) {
        let written = self.written(frame, instance);
        if let Some(properties) = body.get_mut("properties")
            && let Value::Object(members) = &mut properties.value
        {
            Arc::make_mut(members).retain(|key, _| !NOT_OF_THE_BODY.iter().any(|n| key.eq_ignore_ascii_case(n)));
        }
        let header = instance.decl.header;
        let missing = |detail: String, reason| {
            self.missing(instance.address.clone(), Some(header), reason, detail);
        };
        let properties = written.members.get("properties");
        let unknown = properties.and_then(Node::reason).or(written.open.as_ref());
        let found = properties.and_then(|p| p.get_any_case("template").filter(|t| !t.is_null()));
        let linked;
        let (root, name, file) = match (found, properties.and_then(|p| p.get_any_case("templateLink"))) {
            (Some(template), _) if template.as_object().is_some() => {
                (template, frame.source.name.as_ref(), instance.decl.at.file)
            }
            (Some(template), _) => {
                let why = template.reason().map_or("it is no object", |r| r);
                return missing(format!("the template of the deployment is not known: {why}"), GapReason::Unresolved);
            }
            (None, Some(link)) => match self.linked(frame, link) {
                Ok(read) => {
                    linked = read;
                    (&linked.0, linked.1.as_str(), linked.2)
                }
                Err((why, reason)) => return missing(why, reason),
            },
            (None, None) => {
                let why = unknown.map_or_else(String::new, |r| format!(": {r}"));
                return missing(format!("the template of the deployment is not known{why}"), GapReason::Unresolved);
            }
        };
        if frame.files.iter().any(|f| f == name && file != instance.decl.at.file) {
            return missing(format!("{name} deploys itself"), GapReason::Malformed);
        }
        // A template that is worked out has no place of its own: it stands in the declaration.
        let root = Node { at: root.at.or(Some(instance.decl.at)), ..root.clone() };
        let mut given = BTreeMap::new();
        if let Some(parameters) = properties.and_then(|p| p.get_any_case("parameters")) {
            if let Some(reason) = parameters.reason() {
                let declared = root.get_any_case("parameters").and_then(Node::as_object);
                let unknown = || Node::new(Value::Unknown(Arc::clone(reason)));
                given.extend(declared.into_iter().flatten().map(|(name, _)| (name.to_lowercase(), unknown())));
            }
            given.extend(arm::given_values(parameters));
        }
        let mut chain = frame.chain.clone();
        let label = instance.address.strip_prefix(&frame.prefix).unwrap_or(&instance.address);
        chain.push(Call { name: label.to_owned(), at: header });
        let prefix = format!("{}.", instance.address);
        let place = self.place_of_deployment(frame, instance, &written.members);
        let (_, reading) =
            self.run_template(Template { name, file, root: &root, place, given, chain: &chain, prefix: &prefix });
        self.take(reading);
    }

    fn linked(&self, frame: &Frame, link: &Node) -> Result<(Node, String, FileId), (String, GapReason)> {
        let absent = |what: String| (what, GapReason::OutOfScope);
        let Some(path) = link.get_any_case("relativePath").and_then(Node::as_str) else {
            let shown = ["uri", "id"].iter().find_map(|m| link.get_any_case(m)).and_then(Node::as_str);
            let shown = shown.map_or_else(|| "it has no address".to_owned(), |t| t.chars().take(200).collect());
            return Err(absent(format!(
                "the linked template is not among the files ({shown}); what it declares is not seen"
            )));
        };
        let name = Tree::join(Tree::parent(&frame.source.name), path).map_err(|e| absent(e.to_string()))?;
        let file = self.tree.read(&name).map_err(|e| absent(e.to_string()))?;
        let root = arm::parse_json(self.tree, file, &mut |m| self.missed(m))
            .map_err(|e| (format!("{name}: {}", e.what), GapReason::Malformed))?;
        Ok((root, name, file))
    }

    /// Where a deployment deploys to: its scope, or the group and subscription that it names.
    fn place_of_deployment(&self, frame: &Rc<Frame>, instance: &Rc<Instance>, members: &Object) -> Place {
        let scope = instance.decl.body.object.get("scope");
        let mut place = match scope.map(|m| self.where_is(frame, &instance.scope, &m.value)) {
            Some(Where::Place(place)) => place,
            _ => frame.place.clone(),
        };
        if let Some(subscription) = members.get("subscriptionId").filter(|n| !n.is_null()) {
            place.level = Level::Subscription;
            place.subscription_known = subscription.as_str().is_some();
            place.subscription = Arc::from(subscription.as_str().map_or_else(
                || crate::iac::Ids::subscription_of(&format!("{} {}", frame.place.subscription, instance.address)),
                ToOwned::to_owned,
            ));
        }
        if let Some(group) = members.get("resourceGroup").filter(|n| !n.is_null()) {
            place.level = Level::ResourceGroup;
            place.group = match group.as_str() {
                Some(name) => Arc::from(name),
                None => Arc::from(format!("(resource group of {})", instance.address)),
            };
        }
        place.name = self.name_of(frame, instance);
        place
    }
}
