//! What the languages give: declared resources in ARM's shape, parts of resources declared elsewhere, and what was missed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::iac::{Node, Object, Span};
use crate::model::GapReason;

/// A call of a module, on the way from the root to a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// What is called, `module.db` or a Bicep symbolic name.
    pub name: String,
    /// The call's header in the caller's file.
    pub at: Span,
}

/// One resource that the code declares, in ARM's shape.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Its name in the code: `module.db.azurerm_key_vault.main["a"]`, or a symbolic name.
    pub address: String,
    /// Its ARM id, made by [`Ids::claim`].
    pub id: String,
    /// Its ARM type, for example `Microsoft.KeyVault/vaults`.
    pub arm_type: String,
    /// The ARM body without `id` and `type`: `name`, `location`, `tags`, `sku`, `kind`, `identity`, `zones`, `properties`.
    /// Unknown members become gaps.
    pub body: Object,
    /// The whole declaration.
    pub at: Span,
    /// Its header, where findings about missing properties point.
    pub header: Span,
    /// The calls that lead to it, the root's first.
    pub chain: Vec<Call>,
    /// Reads that are not known although nothing in the body says so, with the reason: `resource.properties.x`,
    /// `children.configurations`. The empty read stands for everything.
    pub unread: Vec<(String, String)>,
    /// The api-version that the code asks for, where it does.
    pub api_version: Option<String>,
}

/// A part of a resource that is declared elsewhere: `azurerm_storage_account_customer_managed_key` gives its account a key.
#[derive(Debug, Clone)]
pub struct Fragment {
    /// Its name in the code.
    pub address: String,
    /// The ARM id of the resource that it belongs to; may be unknown.
    pub target: Node,
    /// The ARM type of that resource.
    pub arm_type: String,
    /// The members that it adds or replaces. Objects are merged, lists that [`Fragment::extends`] are joined.
    pub body: Object,
    /// Whether lists are joined to those that are there, instead of replacing them.
    pub extends: bool,
    /// The whole declaration.
    pub at: Span,
    /// Its header.
    pub header: Span,
    /// The calls that lead to it.
    pub chain: Vec<Call>,
}

/// Something that may declare resources and could not be read: a module without source, a file with a syntax error.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// What it is, for people: `module.db (registry.example/db)`, `main.tf`.
    pub what: String,
    /// Where.
    pub at: Option<Span>,
    /// The kind of reason.
    pub reason: GapReason,
    /// The reason for people, with what to do.
    pub detail: String,
}

/// Something worth saying that hides nothing: an unmapped type, an argument that no provider version knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// Where.
    pub at: Option<Span>,
    /// What.
    pub text: String,
}

/// What was read of one or more roots.
#[derive(Debug, Default)]
pub struct Reading {
    /// Whole resources.
    pub resources: Vec<Declaration>,
    /// Parts of resources.
    pub fragments: Vec<Fragment>,
    /// What was missed.
    pub missing: Vec<Missing>,
    /// What else to say.
    pub remarks: Vec<Remark>,
    /// Resource types that no policy can judge because they have no mapping, with how often they are declared.
    pub unmapped: BTreeMap<String, u64>,
}

/// Gives out ARM ids, so that no two declarations share one.
///
/// Names in code repeat: examples, environments, resources that are never applied together. The first declaration that asks
/// for an id gets it; later ones get it with their address, which is stable as long as the code's order is.
#[derive(Debug, Default)]
pub struct Ids {
    taken: BTreeMap<String, Arc<str>>,
    root: String,
}

impl Ids {
    /// The id for a declaration. Asking again for the same address gives the same id.
    pub fn claim(&mut self, wanted: &str, address: &str) -> String {
        let owner: Arc<str> = Arc::from(format!("{}\n{address}", self.root));
        let mut id = wanted.to_owned();
        loop {
            match self.taken.get(&id.to_lowercase()) {
                None => {
                    self.taken.insert(id.to_lowercase(), owner);
                    return id;
                }
                Some(other) if *other == owner => return id,
                Some(_) if id == wanted => id = format!("{wanted}~{}", segment(address)),
                Some(_) => id.push('~'),
            }
        }
    }

    /// Says which root is read now, so that two readings of the same code (with other parameters) share no ids.
    pub fn enter(&mut self, root: &str) {
        root.clone_into(&mut self.root);
    }

    /// The subscription id that stands for the unknown one of the root that is read now.
    pub fn subscription(&self) -> String {
        Self::subscription_of(&self.root)
    }

    /// A name for something whose name is not known: `(azurerm_key_vault.main)`. No resource in Azure can be called so.
    pub fn placeholder(address: &str) -> String {
        format!("({})", segment(address))
    }

    /// A subscription id that stands for the unknown one of a root. Equal roots give equal ids.
    pub fn subscription_of(root: &str) -> String {
        use sha2::Digest;
        let hex = crate::model::hex(&sha2::Sha256::digest(root.as_bytes()));
        // Version 8 of RFC 9562: free form.
        format!("{}-{}-8{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
    }
}

/// Text as one segment of an id.
fn segment(text: &str) -> String {
    text.chars().map(|c| if c == '/' || c.is_control() { '~' } else { c }).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_given_once() {
        let mut ids = Ids::default();
        assert_eq!(ids.claim("/subscriptions/S/x", "a"), "/subscriptions/S/x");
        assert_eq!(ids.claim("/subscriptions/s/X", "b/c"), "/subscriptions/s/X~b~c");
        assert_eq!(ids.claim("/subscriptions/S/x", "a"), "/subscriptions/S/x");
        assert_eq!(ids.claim("/subscriptions/s/X", "b/c"), "/subscriptions/s/X~b~c");
        assert_eq!(ids.claim("/subscriptions/s/X", "b~c"), "/subscriptions/s/X~b~c~");
        ids.enter("b");
        assert_eq!(ids.claim("/subscriptions/S/x", "a"), "/subscriptions/S/x~a");
        assert_eq!(Ids::placeholder("a[\"x/y\"]"), "(a[\"x~y\"])");
    }

    #[test]
    fn subscriptions_of_roots_look_like_subscriptions() {
        let a = Ids::subscription_of("envs/prod");
        assert_eq!(a.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_ne!(a, Ids::subscription_of("envs/dev"));
    }
}
