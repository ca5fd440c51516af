//! Deployments within a template: which template they run, where, and with which parameters.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::entries::Entry;
use crate::iac::arm::eval::Cx;
use crate::iac::arm::functions::Scope;
use crate::iac::arm::names::joined;
use crate::iac::arm::reference::stand_in_group;
use crate::iac::arm::run::{Given, MAX_DEPLOYMENTS, Place, Run, Unit, Vars};
use crate::iac::arm::{self, given_values};
use crate::iac::{Call, FileId, Node, Tree, TreeError};
use crate::model::GapReason;

/// A template that a deployment names.
struct Linked {
    template: Node,
    file: FileId,
    name: String,
}

impl Run<'_> {
    /// The unit of the template that a deployment runs; `None` when it cannot be read, which is told once.
    pub(super) fn nested(&self, entry: &Rc<Entry>) -> Option<usize> {
        if let Some(known) = *entry.nested.borrow() {
            return known;
        }
        // Asked for again while it is looked for, it is not there.
        *entry.nested.borrow_mut() = Some(None);
        let found = self.unit(entry.unit).and_then(|unit| self.enter(entry, &unit));
        *entry.nested.borrow_mut() = Some(found);
        found
    }

    fn enter(&self, entry: &Rc<Entry>, parent: &Rc<Unit>) -> Option<usize> {
        let cx = Cx { run: self, unit: parent, locals: &entry.locals };
        let about = |detail: String, reason| self.miss(entry.shown(), Some(entry.at), reason, detail);
        if parent.chain.len() >= MAX_DEPLOYMENTS {
            about(format!("deployments are nested deeper than {MAX_DEPLOYMENTS} levels"), GapReason::Unsupported);
            return None;
        }
        let Some(properties) = entry.node.get_any_case("properties") else {
            about("the deployment has no properties".to_owned(), GapReason::Malformed);
            return None;
        };
        let inline = properties.get_any_case("template").filter(|t| t.as_object().is_some());
        let options = properties.get_any_case("expressionEvaluationOptions").and_then(|o| o.get_any_case("scope"));
        let options = options.map(|s| cx.value(s)).and_then(|s| s.as_str().map(str::to_ascii_lowercase));
        let outer = inline.is_some()
            && match options.as_deref() {
                Some("inner") => false,
                Some("outer") => true,
                _ => !parent.symbolic,
            };
        let (template, file, name) = match inline {
            Some(template) => (template.clone(), parent.file, None),
            None => match self.linked(cx, properties, parent) {
                Ok(linked) => (linked.template, linked.file, Some(linked.name)),
                Err((detail, reason)) => {
                    about(detail, reason);
                    return None;
                }
            },
        };
        let id = self.units.borrow().len();
        let place = self.place(cx, entry, parent, &template);
        let header = arm::header(self.tree, &entry.node, entry.at);
        let mut chain = parent.chain.clone();
        chain.push(Call { name: entry.address.clone(), at: header });
        let mut files = parent.files.clone();
        files.extend(name.clone());
        let (vars, seen_from, locals) = match outer {
            true => (Rc::clone(&parent.vars), parent.seen_from.clone(), entry.locals.clone()),
            false => {
                let (given, unread) = self.parameters(cx, entry, properties, parent);
                let vars = Vars {
                    template: template.clone(),
                    owner: id,
                    given,
                    unread,
                    parameters: RefCell::default(),
                    variables: RefCell::default(),
                };
                (Rc::new(vars), place.clone(), super::run::Locals::default())
            }
        };
        let symbolic = template.get_any_case("resources").is_some_and(|r| r.as_object().is_some());
        let unit = Unit {
            id,
            vars,
            place,
            seen_from,
            locals,
            parent: Some(parent.id),
            chain,
            prefix: format!("{}.", entry.address),
            folder: name.as_deref().map_or_else(|| parent.folder.clone(), |n| Tree::parent(n).to_owned()),
            file,
            symbolic,
            files,
            template,
            entries: RefCell::default(),
        };
        self.units.borrow_mut().push(Rc::new(unit));
        Some(id)
    }

    /// The parameters that a deployment passes on, to be worked out where they are written.
    fn parameters(
        &self,
        cx: Cx<'_>,
        entry: &Entry,
        properties: &Node,
        parent: &Unit,
    ) -> (BTreeMap<String, Given>, Option<String>) {
        let mut given = BTreeMap::new();
        let mut unread = None;
        if let Some(link) = properties.get_any_case("parametersLink") {
            let found = self
                .local(cx, link, parent)
                .and_then(|(name, _)| arm::read_json(self.tree, &name, &mut |m| self.missed(m)).ok());
            match found {
                Some((root, _)) => given.extend(given_values(&root).into_iter().map(|(k, v)| (k, Given::Value(v)))),
                None => unread = Some("the linked parameter file is not among the files".to_owned()),
            }
        }
        let Some(parameters) = properties.get_any_case("parameters") else { return (given, unread) };
        let whole;
        let parameters = match parameters.as_object() {
            Some(_) => parameters,
            None => {
                whole = cx.value(parameters);
                &whole
            }
        };
        match parameters.as_object() {
            Some(members) => {
                for (name, one) in members {
                    let name = match super::expr::inside(name) {
                        Some(_) => cx.value(&Node::string(name)).as_str().unwrap_or(name).to_lowercase(),
                        None => name.to_lowercase(),
                    };
                    let value = match (one.get_any_case("value"), one.get_any_case("reference")) {
                        (Some(value), _) => Given::Later(value.clone(), parent.id, entry.locals.clone()),
                        (None, Some(_)) => Given::Value(arm::from_vault(&name)),
                        (None, None) if one.as_str().is_some() => {
                            // The whole `{"value": …}` is an expression.
                            let one = cx.value(one);
                            Given::Value(
                                match (one.get_any_case("value"), one.get_any_case("reference"), one.reason()) {
                                    (Some(value), _, _) => value.clone(),
                                    (_, Some(_), _) => arm::from_vault(&name),
                                    (_, _, Some(_)) => one.clone(),
                                    _ => Node::unknown(format!("parameter '{name}' has no value")),
                                },
                            )
                        }
                        (None, None) => continue,
                    };
                    given.insert(name, value);
                }
            }
            None => {
                let why = parameters.reason().map_or_else(|| "they are no object".to_owned(), |r| r.to_string());
                unread = Some(format!("the parameters of the deployment are not known: {why}"));
            }
        }
        (given, unread)
    }

    /// Where a deployment deploys to.
    fn place(&self, cx: Cx<'_>, entry: &Entry, parent: &Unit, template: &Node) -> Place {
        let mut place = parent.place.clone();
        let known = |member: &str| entry.node.get_any_case(member).map(|n| (cx.value(n), n));
        place.name = match entry.name().filter(|n| n.known) {
            Some(name) => Node::string(&name.text),
            None => Node::unknown("the name of the deployment is not known"),
        };
        let schema = arm::schema_scope(template);
        let subscription = known("subscriptionId").filter(|(value, _)| !value.is_null());
        if let Some((value, _)) = &subscription {
            place.scope = Scope::Subscription;
            match value.as_str() {
                Some(id) => {
                    place.known |= !parent.place.known && id != &*parent.place.subscription;
                    place.subscription = Arc::from(id);
                }
                None => {
                    place.subscription = Arc::from(crate::iac::Ids::subscription_of(&format!(
                        "{} {}",
                        parent.place.subscription, entry.address
                    )));
                    place.known = false;
                }
            }
        }
        if let Some((value, written)) = known("resourceGroup").filter(|(value, _)| !value.is_null()) {
            place.scope = Scope::ResourceGroup;
            place.group = match value.as_str() {
                Some(name) => Arc::from(name),
                None => Arc::from(stand_in_group(&joined(&cx.segments(written)))),
            };
        } else if let Some((value, _)) = known("scope").filter(|(value, _)| !value.is_null()) {
            let text = value.as_str().unwrap_or_default().to_owned();
            match text.trim_matches('/').split('/').collect::<Vec<_>>().as_slice() {
                [""] if value.as_str().is_some() => place.scope = Scope::Tenant,
                [.., "managementGroups", group] => {
                    place.scope = Scope::ManagementGroup;
                    place.management_group = Node::string(group);
                }
                ["subscriptions", id] => {
                    place.scope = Scope::Subscription;
                    place.subscription = Arc::from(*id);
                }
                _ => {
                    place.scope = schema.unwrap_or(Scope::ManagementGroup);
                    place.management_group = Node::unknown("the scope of the deployment is not known");
                }
            }
        } else if subscription.is_none() && entry.node.get_any_case("location").is_some() {
            // Deployments with a location and without a group run above groups.
            place.scope = match (schema, parent.place.scope) {
                (Some(scope), _) => scope,
                (None, Scope::ResourceGroup) => Scope::Subscription,
                (None, scope) => scope,
            };
        }
        place
    }

    /// A template that is linked to, when it lies among the files.
    fn linked(&self, cx: Cx<'_>, properties: &Node, parent: &Unit) -> Result<Linked, (String, GapReason)> {
        let Some(link) = properties.get_any_case("templateLink") else {
            let why = properties.get_any_case("template").map(|t| cx.value(t));
            let why = why.and_then(|w| w.reason().map(|r| format!(": {r}"))).unwrap_or_default();
            return Err((format!("the template of the deployment is not known{why}"), GapReason::Unresolved));
        };
        let Some((name, sure)) = self.local(cx, link, parent) else {
            let text = ["relativePath", "uri", "id"].iter().find_map(|m| link.get_any_case(m)).and_then(Node::as_str);
            let text = text.map_or_else(|| "it has no address".to_owned(), |t| t.chars().take(200).collect());
            return Err((
                format!("the linked template is not among the files ({text}); what it declares is not seen"),
                GapReason::OutOfScope,
            ));
        };
        if parent.files.iter().any(|f| f.eq_ignore_ascii_case(&name)) {
            return Err((format!("{name} links to itself"), GapReason::Malformed));
        }
        let (template, file) = arm::read_json(self.tree, &name, &mut |m| self.missed(m))?;
        let template = arm::unwrapped(&template).clone();
        if template.get_any_case("resources").is_none() {
            return Err((format!("{name} is no template"), GapReason::Malformed));
        }
        if !sure {
            self.remark(link.at, format!("{name} is taken for the template that is linked to"));
        }
        Ok(Linked { template, file, name })
    }

    /// The file of the tree that a link means, and whether the link says so itself.
    fn local(&self, cx: Cx<'_>, link: &Node, parent: &Unit) -> Option<(String, bool)> {
        if let Some(path) = link.get_any_case("relativePath").map(|p| cx.value(p)) {
            let name = Tree::join(&parent.folder, path.as_str()?).ok()?;
            return self.tree.has_file(&name).then_some((name, true));
        }
        let written = link.get_any_case("uri")?;
        // The host is not known or elsewhere, as for artifacts that are uploaded first: the longest end of the path that
        // names a file beside the template, or in its repository, is taken.
        for text in cx.known_texts(written) {
            let path = text.split(['?', '#']).next().unwrap_or_default();
            if !path.to_ascii_lowercase().ends_with(".json") {
                continue;
            }
            let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, p)| p));
            let words: Vec<&str> = path.split('/').filter(|w| !w.is_empty()).collect();
            for skip in 0..words.len().min(32) {
                let end = words[skip..].join("/");
                for folder in [parent.folder.as_str(), ""] {
                    let Ok(name) = Tree::join(folder, &end) else { continue };
                    if self.tree.has_file(&name) {
                        return Some((name, false));
                    }
                }
            }
        }
        None
    }
}

/// Why a file was not read, as a gap.
pub(super) fn unread(error: &TreeError) -> (String, GapReason) {
    let reason = match error {
        TreeError::Missing(_) | TreeError::Outside(_) => GapReason::OutOfScope,
        _ => GapReason::Malformed,
    };
    (error.to_string(), reason)
}
