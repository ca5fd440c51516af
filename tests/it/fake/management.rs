//! Management groups.

use serde_json::{Value, json};

use super::answer::Answer;
use super::ask::Ask;
use super::errors;
use super::estate::{Estate, Group};
use super::lists::page;
use super::route::World;

const KIND: &str = "Microsoft.Management/managementGroups";

fn id_of(name: &str) -> String {
    format!("/providers/{KIND}/{name}")
}

/// All management groups that the caller has.
pub(super) fn all(world: &World, ask: &Ask) -> Answer {
    let groups = &world.estate.groups;
    page(world, ask, groups.len(), &|at| {
        let group = &groups[at];
        json!({"id": id_of(&group.name), "type": KIND, "name": group.name,
            "properties": {"tenantId": world.estate.tenant, "displayName": group.display}})
        .to_string()
    })
}

/// One management group; with `$expand=children`, what is right below, with `$recurse=true` all that is.
pub(super) fn one(world: &World, ask: &Ask, name: &str) -> Answer {
    let Some(group) = world.estate.find_group(name) else { return missing(name) };
    let mut body = json!({
        "id": id_of(&group.name), "type": KIND, "name": group.name,
        "properties": {
            "tenantId": world.estate.tenant, "displayName": group.display,
            "details": {"version": 1, "updatedTime": "2025-02-03T08:31:44.2012345Z", "updatedBy": errors::CALLER}
        }
    });
    if let Some(above) = group.above.as_ref().and_then(|name| world.estate.find_group(name)) {
        body["properties"]["details"]["parent"] =
            json!({"id": id_of(&above.name), "name": above.name, "displayName": above.display});
    }
    if ask.parameter("$expand").is_some_and(|e| e.contains("children")) {
        let recurse = ask.parameter("$recurse").is_some_and(|r| r.eq_ignore_ascii_case("true"));
        body["properties"]["children"] = children(world, group, recurse);
    }
    Answer::json(200, &body)
}

fn children(world: &World, group: &Group, recurse: bool) -> Value {
    let mut all = Vec::new();
    for child in groups_below(&world.estate, group) {
        let mut entry =
            json!({"id": id_of(&child.name), "type": KIND, "name": child.name, "displayName": child.display});
        if recurse {
            entry["children"] = children(world, child, true);
        }
        all.push(entry);
    }
    for subscription in world.estate.subscriptions.iter().filter(|s| s.group == group.name && world.sees(&s.id)) {
        all.push(json!({"id": format!("/subscriptions/{}", subscription.id), "type": "/subscriptions",
            "name": subscription.id, "displayName": subscription.name}));
    }
    Value::Array(all)
}

fn groups_below<'a>(estate: &'a Estate, group: &Group) -> Vec<&'a Group> {
    estate.groups.iter().filter(|g| g.above.as_deref() == Some(&group.name)).collect()
}

/// All that is below a management group, in one list.
pub(super) fn descendants(world: &World, ask: &Ask, name: &str) -> Answer {
    let Some(group) = world.estate.find_group(name) else { return missing(name) };
    let mut all: Vec<Value> = Vec::new();
    let mut next = vec![group];
    while let Some(group) = next.pop() {
        let parent = json!({"id": id_of(&group.name)});
        for child in groups_below(&world.estate, group) {
            all.push(json!({"id": id_of(&child.name), "type": KIND, "name": child.name,
                "properties": {"displayName": child.display, "parent": parent}}));
            next.push(child);
        }
        for subscription in world.estate.subscriptions.iter().filter(|s| s.group == group.name && world.sees(&s.id)) {
            all.push(json!({"id": format!("/subscriptions/{}", subscription.id), "type": "/subscriptions",
                "name": subscription.id, "properties": {"displayName": subscription.name, "parent": parent}}));
        }
    }
    page(world, ask, all.len(), &|at| all[at].to_string())
}

fn missing(name: &str) -> Answer {
    errors::error(404, "NotFound", &format!("Management group '{name}' was not found or you do not have access to it."))
}

/// The subscriptions below a management group, for Resource Graph.
pub(super) fn subscriptions_below(estate: &Estate, name: &str) -> Vec<String> {
    estate
        .subscriptions
        .iter()
        .filter(|s| estate.above(&format!("/subscriptions/{}", s.id)).iter().any(|g| g.name.eq_ignore_ascii_case(name)))
        .map(|s| s.id.clone())
        .collect()
}
