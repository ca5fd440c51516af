//! Resources: lists by subscription, by resource group and below a parent, and single ones; and the pages of all lists.

use serde_json::{Value, json};

use super::answer::{Answer, hash};
use super::ask::Ask;
use super::errors;
use super::estate::{Entry, group_of};
use super::extensions;
use super::route::World;

/// Children that only the data plane of a vault has.
const DATA_PLANE: [&str; 2] = ["microsoft.keyvault/vaults/certificates", "microsoft.keyvault/vaults/issuers"];

/// Names that stand for a resource which is always there below its parent.
const SINGLETONS: [&str; 5] = ["default", "current", "web", "azure", "management"];

/// A list of resources, or one.
pub(super) fn answer(world: &World, ask: &Ask) -> Answer {
    let Some(provider) = ask.segments.iter().rposition(|s| s.eq_ignore_ascii_case("providers")) else {
        let path = ask.decoded();
        return errors::error(
            404,
            "NotFound",
            &format!("No HTTP resource was found that matches the request '{path}'."),
        );
    };
    let scope = if provider == 0 { String::new() } else { format!("/{}", ask.segments[..provider].join("/")) };
    let rest = &ask.segments[provider + 1..];
    let [namespace, path @ ..] = rest else { return errors::no_namespace("") };
    if path.is_empty() {
        return errors::no_namespace(namespace);
    }
    let kind = path.iter().step_by(2).map(String::as_str).collect::<Vec<_>>().join("/");
    let full = format!("{namespace}/{kind}");
    let version = ask.parameter("api-version").unwrap_or_default();
    if !world.estate.knows_namespace(namespace) {
        return errors::no_namespace(namespace);
    }
    if !world.estate.knows(&full) || DATA_PLANE.contains(&full.to_ascii_lowercase().as_str()) {
        return errors::no_type(namespace, &kind, version);
    }
    if let Some(supported) = world.behaviour.api_versions.get(&full.to_ascii_lowercase())
        && !supported.iter().any(|v| v == version)
    {
        return errors::no_api_version(&kind, version, supported);
    }
    if let Some(subscription) = ask.subscription()
        && !world.is_registered(&subscription, namespace)
    {
        return errors::unregistered(namespace);
    }
    if let Some(missing) = missing_scope(world, &scope) {
        return missing;
    }
    if path.len().is_multiple_of(2) { one(world, ask) } else { list(world, ask, &scope, namespace, path, &full) }
}

/// The 404 of a scope that is not there: a resource group, or a resource that is extended.
fn missing_scope(world: &World, scope: &str) -> Option<Answer> {
    let segments: Vec<&str> = scope.split('/').skip(1).collect();
    match segments.as_slice() {
        ["" | "providers", ..] | [_, _] | [] => None,
        [_, subscription, _, name] => {
            let group = format!("/subscriptions/{subscription}/resourceGroups/{name}");
            world.estate.below(&group).is_empty().then(|| errors::no_group(name))
        }
        _ => world.estate.find(scope).is_none().then(|| no_resource(scope)),
    }
}

fn no_resource(id: &str) -> Answer {
    let below = id.rsplit_once("/providers/").map_or(id, |(_, below)| below);
    let segments: Vec<&str> = below.split('/').collect();
    let (types, names): (Vec<_>, Vec<_>) = segments.iter().skip(1).enumerate().partition(|(at, _)| at % 2 == 0);
    let join = |all: &[(usize, &&str)]| all.iter().map(|(_, s)| **s).collect::<Vec<_>>().join("/");
    let path = format!("{}/{}/{}", segments.first().unwrap_or(&""), join(&types), join(&names));
    errors::no_resource(&path, group_of(id))
}

fn one(world: &World, ask: &Ask) -> Answer {
    let id = ask.decoded();
    match world.estate.find(&id) {
        Some(entry) => Answer::text(200, &shown(world, ask, entry, false)),
        None => match group_of(&id) {
            Some(name) => missing_scope(world, &format!("/subscriptions/{}/resourceGroups/{name}", ask.segments[1]))
                .unwrap_or_else(|| no_resource(&id)),
            None => no_resource(&id),
        },
    }
}

fn list(world: &World, ask: &Ask, scope: &str, namespace: &str, path: &[String], full: &str) -> Answer {
    if full.eq_ignore_ascii_case("Microsoft.Insights/eventtypes/values") {
        return events(world, ask);
    }
    let entries: Vec<&Entry> = if path.len() == 1 {
        match extensions::list(world, ask, scope, full) {
            Some(entries) => entries,
            None => by_scope(world, scope, full),
        }
    } else {
        let parent = format!("{scope}/providers/{namespace}/{}", path[..path.len() - 1].join("/"));
        if !is_there(world, &parent) {
            return errors::no_parent(&full[namespace.len() + 1..], &parent);
        }
        if full.eq_ignore_ascii_case("Microsoft.DBforPostgreSQL/flexibleServers/replicas") {
            replicas(world, ask, &parent)
        } else {
            let below = format!("{parent}/{}", path[path.len() - 1]);
            let depth = below.matches('/').count() + 1;
            world.estate.below(&below).iter().filter(|e| e.id.matches('/').count() == depth).collect()
        }
    };
    page(world, ask, entries.len(), &|at| shown(world, ask, entries[at], true))
}

/// Whether a parent is there: it is in the estate, or it is one that always is.
fn is_there(world: &World, id: &str) -> bool {
    if world.estate.find(id).is_some() {
        return true;
    }
    let Some((above, name)) = id.rsplit_once('/') else { return false };
    let Some((grandparent, kind)) = above.rsplit_once('/') else { return false };
    if kind.eq_ignore_ascii_case("locations") || kind.eq_ignore_ascii_case("eventtypes") {
        return true;
    }
    SINGLETONS.iter().any(|s| s.eq_ignore_ascii_case(name)) && is_there(world, grandparent)
}

fn by_scope<'a>(world: &'a World, scope: &str, full: &str) -> Vec<&'a Entry> {
    let mut segments = scope.split('/').skip(2);
    let subscription = segments.next().unwrap_or_default();
    let group = segments.nth(1);
    let mut entries = world.estate.of_type(subscription, full);
    if let Some(group) = group {
        entries.retain(|e| group_of(&e.id).is_some_and(|g| g.eq_ignore_ascii_case(group)));
    }
    entries
}

/// The servers that copy a server: the list of a child type that gives servers.
fn replicas<'a>(world: &'a World, ask: &Ask, parent: &str) -> Vec<&'a Entry> {
    let subscription = ask.subscription().unwrap_or_default();
    let mut servers = world.estate.of_type(&subscription, "Microsoft.DBforPostgreSQL/flexibleServers");
    servers.retain(|e| {
        world.estate.value(e)["properties"]["sourceServerResourceId"]
            .as_str()
            .is_some_and(|source| source.eq_ignore_ascii_case(parent))
    });
    servers
}

fn events(world: &World, ask: &Ask) -> Answer {
    if ask.parameter("$filter").is_none() {
        return errors::error(400, "BadRequest", "The $filter query parameter with an eventTimestamp is required.");
    }
    let subscription = ask.subscription().unwrap_or_default();
    let events: Vec<&Value> = world.estate.events.iter().filter(|(s, _)| *s == subscription).map(|(_, e)| e).collect();
    page(world, ask, events.len(), &|at| events[at].to_string())
}

/// A body as a list or a GET gives it; they differ for some types.
pub(super) fn shown(world: &World, ask: &Ask, entry: &Entry, in_list: bool) -> String {
    let expands = |what: &str| ask.parameter("$expand").is_some_and(|e| e.to_ascii_lowercase().contains(what));
    let mut change: Vec<fn(&mut Value)> = Vec::new();
    match world.estate.type_of(entry) {
        "microsoft.keyvault/vaults/keys" | "microsoft.keyvault/managedhsms/keys" => {
            // The data plane alone says which hardware a key is in.
            change.push(|body| drop_from(&mut body["properties"]["attributes"], &["hsmPlatform"]));
            if in_list {
                change.push(|body| keep_in(&mut body["properties"], &["attributes", "keyUri"]));
            }
        }
        "microsoft.web/sites" if in_list => {
            change.push(|body| {
                if let Some(properties) = body["properties"].as_object_mut() {
                    properties.insert("siteConfig".to_owned(), Value::Null);
                }
            });
        }
        "microsoft.sql/servers" | "microsoft.sql/managedinstances" if !expands("administrators") => {
            change.push(|body| drop_from(&mut body["properties"], &["administrators"]));
        }
        "microsoft.storage/storageaccounts" if in_list || !expands("georeplicationstats") => {
            change.push(|body| drop_from(&mut body["properties"], &["geoReplicationStats"]));
        }
        _ => {}
    }
    if change.is_empty() {
        return world.estate.body(entry);
    }
    let mut body = world.estate.value(entry);
    for change in change {
        change(&mut body);
    }
    body.to_string()
}

fn drop_from(object: &mut Value, names: &[&str]) {
    if let Some(object) = object.as_object_mut() {
        object.retain(|name, _| !names.contains(&name.as_str()));
    }
}

fn keep_in(object: &mut Value, names: &[&str]) {
    if let Some(object) = object.as_object_mut() {
        object.retain(|name, _| names.contains(&name.as_str()));
    }
}

/// How many items a page of this list has.
pub(super) fn page_size(world: &World, ask: &Ask) -> usize {
    let shape = ask.shape();
    let own = world.behaviour.page_sizes.iter().find(|(part, _)| shape.contains(part.as_str())).map(|(_, size)| *size);
    let large =
        ["/subscriptions", "/resources", "/descendants", "/resourceGroups"].iter().any(|end| shape.ends_with(end));
    let usual = if large && world.behaviour.page_size >= 100 { 1000 } else { world.behaviour.page_size };
    own.unwrap_or(usual).max(1)
}

/// One page of a list of `total` items.
///
/// The token of a page holds for the path and the rest of the query as they were: a `nextLink` that was changed is 400.
pub(super) fn page(world: &World, ask: &Ask, total: usize, render: &dyn Fn(usize) -> String) -> Answer {
    let rest: Vec<&str> = ask
        .raw_query
        .split('&')
        .filter(|part| !part.is_empty() && !part.to_ascii_lowercase().starts_with("%24skiptoken="))
        .collect();
    let rest = rest.join("&");
    let check = &hash(&[ask.path.to_ascii_lowercase().as_bytes(), rest.as_bytes()])[..12];
    let (from, is_empty) = match ask.parameter("$skiptoken") {
        None => (0, false),
        Some(token) => match read_token(token, check).filter(|(from, _)| *from <= total) {
            Some(place) => place,
            None => return errors::error(400, "InvalidSkipToken", "The $skiptoken is not of this list."),
        },
    };
    let draw = usize::from(hash(&[check.as_bytes()]).as_bytes()[0]);
    let first_is_empty =
        world.behaviour.untidy_pages && from == 0 && ask.parameter("$skiptoken").is_none() && draw % 4 == 0;
    let to = if is_empty || first_is_empty { from } else { (from + page_size(world, ask)).min(total) };
    let mut body = String::from("{\"value\":[");
    for at in from..to {
        if at > from {
            body.push(',');
        }
        body.push_str(&render(at));
    }
    body.push(']');
    if to < total || first_is_empty {
        // After the first full page comes an empty one, at times.
        let empty_next = world.behaviour.untidy_pages && from == 0 && to > 0 && draw % 3 != 0;
        let token = format!("{}.{}.{check}", if empty_next { "e" } else { "p" }, to);
        let token: String = token.bytes().map(|b| format!("{b:02x}")).collect();
        let origin = if world.behaviour.relative_links { "" } else { &world.origin };
        let link = format!("{origin}{}?{rest}&%24skiptoken={token}", ask.path);
        body.push_str(&format!(",\"nextLink\":{}", json!(link)));
    } else if world.behaviour.untidy_pages {
        body.push_str(["", ",\"nextLink\":null", ",\"nextLink\":\"\""][draw % 3]);
    }
    body.push('}');
    Answer::text(200, &body)
}

/// The offset, and whether the page is an empty one.
fn read_token(token: &str, check: &str) -> Option<(usize, bool)> {
    let bytes: Option<Vec<u8>> =
        (0..token.len()).step_by(2).map(|at| u8::from_str_radix(token.get(at..at + 2)?, 16).ok()).collect();
    let text = String::from_utf8(bytes?).ok()?;
    let mut parts = text.split('.');
    let is_empty = parts.next()? == "e";
    let from = parts.next()?.parse().ok()?;
    (parts.next()? == check).then_some((from, is_empty))
}
