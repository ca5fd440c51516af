//! The RBAC actions that a policy's reads need.

use std::collections::BTreeSet;

use crate::model::{KEY_USES, PolicyMeta, ReadRoot, Relation, SUBNET_USES, Via};

/// The Azure RBAC actions that collecting the policy's reads needs, for example
/// `Microsoft.KeyVault/vaults/keys/read`. For identity users, the resources of every type: `*/read`.
pub fn actions(meta: &PolicyMeta) -> BTreeSet<String> {
    let mut actions = BTreeSet::new();
    let read = |resource: &str| format!("{resource}/read");
    actions.insert(read(meta.resource.as_str()));
    for declared in &meta.reads {
        let Some(first) = declared.path.segments().first() else { continue };
        match declared.path.root() {
            ReadRoot::Children => {
                actions.insert(read(meta.resource.child(first).as_str()));
            }
            ReadRoot::Related => {
                let Some(relation) = Relation::find(first, meta.resource.as_str()) else { continue };
                match relation.via {
                    Via::KeyUsers => actions.extend(KEY_USES.iter().map(|u| read(u.resource))),
                    Via::SubnetUsers => actions.extend(SUBNET_USES.iter().map(|(t, _)| read(t))),
                    Via::IdentityUsers => {
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
