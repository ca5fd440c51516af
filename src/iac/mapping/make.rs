//! An instance with a mapping → a declaration with its children, or a fragment.

use std::sync::Arc;

use crate::iac::mapping::Instance;
use crate::iac::mapping::convert::text_of;
use crate::iac::mapping::engine::{Made, Walk};
use crate::iac::mapping::export;
use crate::iac::mapping::locate::{clean, locate};
use crate::iac::mapping::path::Path;
use crate::iac::mapping::rule::{Entry, Name, Scope, Table, Type};
use crate::iac::{Declaration, Fragment, Ids, Node, Object, Reading, Remark, Value};

/// Why a property that `ignore_changes` names is not known.
pub(crate) const IGNORED: &str = "lifecycle.ignore_changes: Azure may hold another value";

/// Maps an instance.
pub(crate) fn map(kind: &Type, instance: &Instance, ids: &mut Ids, reading: &mut Reading) {
    let empty = Object::new();
    let arguments = instance.body.as_object().unwrap_or(&empty);
    let mut walk = Walk::new(kind.version(instance.provider, &instance.body));
    walk.resource(kind, arguments);
    let mut body = walk.body();
    let located = locate(kind, instance);
    if !matches!(kind.place.scope, Scope::Joins(_)) {
        let written = matches!(kind.place.name, Name::Argument(_));
        let name = if written { located.name.clone() } else { Node::string(&located.segment) };
        body.entry(Arc::from("name")).or_insert(name);
    }
    for (path, template) in &kind.derived {
        if path.get(&body).is_none() {
            let text = export::text(template, kind, instance, &located, ids);
            path.put(&mut body, text.map_or_else(Node::unknown, Node::string));
        }
    }
    if kind.retired {
        remark(ids, reading, instance, "", format!("Azure has retired what {} declares", instance.tf_type));
    }
    unmapped(&walk.unmapped, &mut body, instance, ids, reading);
    let mut unread = std::mem::take(&mut walk.unread);
    unread.extend(ignored(kind, instance));
    if !unread.is_empty() {
        unread.sort();
        unread.dedup();
    }
    let id = export::id(kind, instance, &located, ids);
    let children = std::mem::take(&mut walk.children);
    if let Scope::Joins(_) = kind.place.scope {
        let target = match &located.lost {
            Some(reason) => Node::new(Value::Unknown(Arc::clone(reason))),
            None => Node::string(&id),
        };
        if !body.is_empty() {
            reading.fragments.push(Fragment {
                address: instance.address.clone(),
                target,
                arm_type: kind.arm_type.clone(),
                body,
                extends: kind.place.extend_lists,
                at: instance.at,
                header: instance.header,
                chain: instance.chain.clone(),
            });
        }
    } else {
        reading.resources.push(Declaration {
            address: instance.address.clone(),
            id: id.clone(),
            arm_type: kind.arm_type.clone(),
            body,
            at: instance.at,
            header: instance.header,
            chain: instance.chain.clone(),
            unread,
            api_version: None,
        });
    }
    let parent = Parent { id: &id, arm_type: &kind.arm_type, address: &instance.address };
    for child in children {
        declare(child, &parent, instance, ids, reading);
    }
}

struct Parent<'a> {
    id: &'a str,
    arm_type: &'a str,
    address: &'a str,
}

fn declare(made: Made<'_>, parent: &Parent<'_>, instance: &Instance, ids: &mut Ids, reading: &mut Reading) {
    let Made { child, label, name, mut body, at, children, unread } = made;
    let address = format!("{}.{label}", parent.address);
    let segment = text_of(&name).map(|t| clean(&t)).filter(|t| !t.is_empty());
    let segment = segment.unwrap_or_else(|| Ids::placeholder(&address));
    let wanted = match below(parent.arm_type, &child.arm_type) {
        Some(word) => format!("{}/{word}/{segment}", parent.id),
        None => format!("{}/providers/{}/{segment}", parent.id, child.arm_type),
    };
    let id = ids.claim(&wanted, &address);
    body.entry(Arc::from("name")).or_insert(name);
    let own = at.is_some();
    let at = at.unwrap_or(instance.at);
    let inner = Parent { id: &id, arm_type: &child.arm_type, address: &address };
    for made in children {
        declare(made, &inner, instance, ids, reading);
    }
    reading.resources.push(Declaration {
        address,
        id,
        arm_type: child.arm_type.clone(),
        body,
        at,
        header: if own { at } else { instance.header },
        chain: instance.chain.clone(),
        unread,
        api_version: None,
    });
}

/// The word that leads from a type to its child type.
fn below<'a>(parent: &str, child: &'a str) -> Option<&'a str> {
    let (head, word) = child.rsplit_once('/')?;
    head.eq_ignore_ascii_case(parent).then_some(word)
}

/// Keeps arguments that no rule knows under `terraform`, and says so once.
fn unmapped(found: &[(String, Node)], body: &mut Object, instance: &Instance, ids: &mut Ids, reading: &mut Reading) {
    for (name, node) in found {
        let text = format!("argument {name} of {} is not mapped", instance.tf_type);
        if ids.claim(&format!("remark:{}/{name}", instance.tf_type), &instance.address)
            == format!("remark:{}/{name}", instance.tf_type)
        {
            reading.remarks.push(Remark { at: node.at.or(Some(instance.header)), text });
        }
        if secret(name) || node.any_sensitive() {
            continue;
        }
        if let Ok(path) = Path::parse(&format!("terraform.{name}")) {
            path.put(body, node.clone());
        }
    }
}

/// Says something once for each type.
fn remark(ids: &mut Ids, reading: &mut Reading, instance: &Instance, about: &str, text: String) {
    let key = format!("remark:{}/{about}", instance.tf_type);
    if ids.claim(&key, &instance.address) == key {
        reading.remarks.push(Remark { at: Some(instance.header), text });
    }
}

/// Whether an argument of that name may hold a secret.
pub(crate) fn secret(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "password",
        "secret",
        "token",
        "connection_string",
        "access_key",
        "sas",
        "private_key",
        "credential",
        "certificate",
    ];
    let name = name.to_ascii_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}

/// The reads that `ignore_changes` makes unknown.
fn ignored(kind: &Type, instance: &Instance) -> Vec<(String, String)> {
    let mut reads = Vec::new();
    for path in &instance.ignore_changes {
        if path == "all" {
            reads.push(String::new());
            continue;
        }
        follow(&kind.table, path, &mut reads);
    }
    reads.into_iter().map(|read| (read, IGNORED.to_owned())).collect()
}

fn follow(table: &Table, path: &str, reads: &mut Vec<String>) {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(entry) = table.entries.get(first) else { return };
    if rest.is_empty() {
        return targets(entry, reads);
    }
    if entry.below.entries.contains_key(rest.split('.').next().unwrap_or(rest)) {
        return follow(&entry.below, rest, reads);
    }
    for rule in &entry.rules {
        // Below an argument that is mapped as a whole, ARM's names are the code's: tags.
        let whole = |path: &Path| {
            if rule.items.is_some() { path.as_str().to_owned() } else { format!("{}.{rest}", path.as_str()) }
        };
        reads.extend(rule.to.iter().map(|path| format!("resource.{}", whole(path))));
        child_read(rule, reads);
    }
}

fn targets(entry: &Entry, reads: &mut Vec<String>) {
    for rule in &entry.rules {
        let parts = rule.key_parts.iter().filter(|_| rule.to.is_empty()).map(|(_, path)| path);
        let constants = rule.present.iter().chain(&rule.absent).map(|(path, _)| path);
        reads.extend(rule.to.iter().chain(parts).chain(constants).map(|path| format!("resource.{}", plain(path))));
        if let Some(transform) = rule.transform {
            reads.extend(transform.targets.iter().map(|target| format!("resource.{target}")));
        }
        child_read(rule, reads);
    }
    for entry in entry.below.entries.values() {
        targets(entry, reads);
    }
}

/// A read names a list as a whole.
fn plain(path: &Path) -> &str {
    path.as_str().split('[').next().unwrap_or(path.as_str())
}

fn child_read(rule: &crate::iac::mapping::rule::Rule, reads: &mut Vec<String>) {
    if let Some((child, _)) = &rule.child {
        reads.push(format!("children.{}", Type::collection(&child.arm_type)));
    }
}
