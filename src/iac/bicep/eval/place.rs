//! What a file is deployed to.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use crate::iac::Node;
use crate::iac::arm::functions::{Deployment, RESOURCE_GROUP, Scope};

/// Texts that stand for names that are not known, of one reading.
pub(super) type Placeholders = Rc<RefCell<BTreeSet<String>>>;

/// What a file is deployed to.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) level: Scope,
    pub(super) subscription: Arc<str>,
    pub(super) subscription_known: bool,
    pub(super) group: Arc<str>,
    pub(super) management: Node,
    pub(super) location: Node,
    pub(super) name: Node,
    pub(super) placeholders: Placeholders,
}

impl Place {
    /// The place of an entry point, of which nothing is known.
    pub(super) fn entry(subscription: String) -> Self {
        Self {
            level: Scope::ResourceGroup,
            subscription: Arc::from(subscription),
            subscription_known: false,
            group: Arc::from(RESOURCE_GROUP),
            management: Node::unknown("managementGroup() is known when it is deployed"),
            location: Node::unknown("the location of the deployment is known when it is deployed"),
            name: Node::unknown("deployment().name is known when it is deployed"),
            placeholders: Placeholders::default(),
        }
    }

    /// The level that `targetScope` names.
    pub(super) fn level_of(text: &str) -> Option<Scope> {
        Some(match text.to_ascii_lowercase().as_str() {
            "resourcegroup" => Scope::ResourceGroup,
            "subscription" => Scope::Subscription,
            "managementgroup" => Scope::ManagementGroup,
            "tenant" => Scope::Tenant,
            _ => return None,
        })
    }

    /// The id of what is deployed to, without a slash at its end.
    pub(super) fn id(&self) -> String {
        match self.level {
            Scope::ResourceGroup => format!("/subscriptions/{}/resourceGroups/{}", self.subscription, self.group),
            Scope::Subscription => format!("/subscriptions/{}", self.subscription),
            Scope::ManagementGroup => {
                let group = self.management.as_str().unwrap_or("(management group)");
                format!("/providers/Microsoft.Management/managementGroups/{group}")
            }
            Scope::Tenant => String::new(),
        }
    }
}

impl Deployment for Place {
    fn scope(&self) -> Scope {
        self.level
    }

    fn subscription(&self) -> Arc<str> {
        Arc::clone(&self.subscription)
    }

    fn subscription_is_known(&self) -> bool {
        self.subscription_known
    }

    fn resource_group(&self) -> Arc<str> {
        Arc::clone(&self.group)
    }

    fn management_group(&self) -> Node {
        self.management.clone()
    }

    fn location(&self) -> Node {
        self.location.clone()
    }

    fn name(&self) -> Node {
        self.name.clone()
    }

    fn stands_in(&self, text: &str) -> bool {
        if text.contains(RESOURCE_GROUP.trim_end_matches(')')) {
            return true;
        }
        if !self.subscription_known && text.contains(&*self.subscription) {
            return true;
        }
        let Some(open) = text.find('(') else { return false };
        let placeholders = self.placeholders.borrow();
        !placeholders.is_empty()
            && text[open..].match_indices('(').take(8).any(|(at, _)| {
                let rest = &text[open + at..];
                rest.match_indices(')').take(8).any(|(end, _)| placeholders.contains(&rest[..=end]))
            })
    }
}
