//! The RBAC actions that a policy's reads need.

use std::collections::BTreeSet;

use crate::model::{KEY_USES, PolicyMeta, ReadRoot, Relation, SUBNET_USES, Via};

/// The Azure RBAC actions that collecting the policy's reads needs, for example
/// `Microsoft.KeyVault/vaults/keys/read`. For those who use an identity or live in a subscription, the resources of every type: `*/read`.
pub fn actions(meta: &PolicyMeta) -> BTreeSet<String> {
    let mut actions = BTreeSet::new();
    let read = |resource: &str| format!("{resource}/read");
    for (resource, declared) in meta.resources.iter().flat_map(|kind| meta.reads.iter().map(move |r| (kind, r))) {
        actions.insert(read(resource.as_str()));
        let Some(first) = declared.path.segments().first() else { continue };
        match declared.path.root() {
            ReadRoot::Children => {
                actions.insert(read(resource.child(first).as_str()));
            }
            ReadRoot::Related => {
                let Some(relation) = Relation::find(first, resource.as_str()) else { continue };
                match relation.via {
                    Via::KeyUsers | Via::VaultUsers => actions.extend(KEY_USES.iter().map(|u| read(u.resource))),
                    Via::SubnetUsers | Via::NetworkUsers => actions.extend(SUBNET_USES.iter().map(|(t, _)| read(t))),
                    Via::Referrers(places) => actions.extend(places.iter().map(|(kind, _)| read(kind))),
                    Via::Extensions(kind) => drop(actions.insert(read(kind))),
                    Via::Peers(_) => {}
                    Via::Parent => {
                        if let Some((parent, _)) = resource.as_str().rsplit_once('/') {
                            actions.insert(read(parent));
                        }
                    }
                    Via::IdentityUsers | Via::SubscriptionUsers => {
                        actions.insert("*/read".to_owned());
                    }
                    _ => actions.extend(relation.to.iter().map(|t| read(t))),
                }
            }
            ReadRoot::Resource | ReadRoot::Context => {}
        }
    }
    actions
}
