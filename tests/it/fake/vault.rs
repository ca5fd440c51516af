//! The data plane of Key Vault: what ARM does not say of keys, and certificates. Read by the Host header: a request to
//! `NAME.vault.azure.net`, or any other host that is no address, is one to the vault NAME.

use serde_json::{Value, json};

use super::answer::Answer;
use super::ask::Ask;
use super::errors;
use super::estate::Entry;
use super::lists::page;
use super::route::World;

/// The vault that a host names.
pub(super) fn of_host(host: &str) -> Option<&str> {
    let name = host.split(':').next().unwrap_or_default();
    let (vault, rest) = name.split_once('.')?;
    (rest.starts_with("vault.") || rest.starts_with("managedhsm.")).then_some(vault)
}

/// The challenge to who comes without a token.
pub(super) fn challenge(host: &str) -> Answer {
    let audience =
        if host.contains(".managedhsm.") { "https://managedhsm.azure.net" } else { "https://vault.azure.net" };
    let tenant = "5c1fffff-7e4a-4000-8000-000000000001";
    errors::error(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.").with(
        "www-authenticate",
        &format!("Bearer authorization=\"https://login.microsoftonline.com/{tenant}\", resource=\"{audience}\""),
    )
}

/// An answer of the vault.
pub(super) fn answer(world: &World, ask: &Ask, name: &str) -> Answer {
    if ask.method != "GET" {
        return errors::error(405, "BadParameter", "Method not allowed");
    }
    let Some(vault) = find(world, name) else { return errors::error(404, "VaultNotFound", "Vault not found.") };
    let segments: Vec<&str> = ask.segments.iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    let origin = format!("https://{}", ask.host.split(':').next().unwrap_or_default());
    match segments.as_slice() {
        [kind @ ("keys" | "certificates")] => {
            let all = children(world, &vault, kind);
            let link_world = World {
                estate: std::sync::Arc::clone(&world.estate),
                behaviour: world.behaviour.clone(),
                origin: format!("http://{}", ask.host),
            };
            page(&link_world, ask, all.len(), &|at| item(&origin, kind, &world.estate.value(all[at])).to_string())
        }
        [kind @ ("keys" | "certificates"), name, rest @ ..] => {
            let Some(entry) = world.estate.find(&format!("{vault}/{kind}/{name}")) else {
                return errors::error(404, "KeyNotFound", &format!("A {kind} with (name/id) {name} was not found."));
            };
            let body = world.estate.value(entry);
            match (*kind, rest) {
                ("keys", ["rotationpolicy"]) => Answer::json(200, &rotation(&origin, &body)),
                ("keys", []) => Answer::json(200, &key(&origin, &body)),
                ("certificates", []) => Answer::json(200, &certificate(&origin, &body)),
                _ => errors::error(404, "NotFound", "Not found"),
            }
        }
        _ => errors::error(404, "NotFound", "Not found"),
    }
}

fn find(world: &World, name: &str) -> Option<String> {
    ["Microsoft.KeyVault/vaults", "Microsoft.KeyVault/managedHSMs"]
        .iter()
        .find_map(|kind| {
            let end = format!("/{}/{}", kind.to_ascii_lowercase(), name.to_ascii_lowercase());
            world.estate.subscriptions.iter().find_map(|s| {
                world.estate.of_type(&s.id, kind).into_iter().find(|e| e.id.to_ascii_lowercase().ends_with(&end))
            })
        })
        .map(|entry| entry.id.to_string())
}

fn children<'a>(world: &'a World, vault: &str, kind: &str) -> Vec<&'a Entry> {
    let below = format!("{vault}/{kind}");
    let depth = below.matches('/').count() + 1;
    world.estate.below(&below).iter().filter(|e| e.id.matches('/').count() == depth).collect()
}

fn item(origin: &str, kind: &str, body: &Value) -> Value {
    let id = format!("{origin}/{kind}/{}", body["name"].as_str().unwrap_or_default());
    let mut item = json!({"attributes": body["properties"]["attributes"], "tags": body["tags"]});
    item[if kind == "keys" { "kid" } else { "id" }] = json!(id);
    if kind == "certificates" {
        item["x5t"] = body["properties"]["x5t"].clone();
    }
    item
}

fn key(origin: &str, body: &Value) -> Value {
    let properties = &body["properties"];
    let version = properties["keyUriWithVersion"].as_str().and_then(|u| u.rsplit('/').next()).unwrap_or("0");
    let kid = format!("{origin}/keys/{}/{version}", body["name"].as_str().unwrap_or_default());
    json!({"key": {"kid": kid, "kty": properties["kty"], "key_ops": properties["keyOps"], "n": "AQAB", "e": "AQAB"},
        "attributes": properties["attributes"], "tags": body["tags"]})
}

/// The rotation policy, in the spelling of the data plane.
fn rotation(origin: &str, body: &Value) -> Value {
    let policy = &body["properties"]["rotationPolicy"];
    let actions: Vec<Value> = policy["lifetimeActions"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|a| json!({"trigger": a["trigger"], "action": a["action"]}))
        .collect();
    json!({"id": format!("{origin}/keys/{}/rotationpolicy", body["name"].as_str().unwrap_or_default()),
        "lifetimeActions": actions, "attributes": policy["attributes"]})
}

fn certificate(origin: &str, body: &Value) -> Value {
    let mut shown = body["properties"].clone();
    shown["id"] = json!(format!("{origin}/certificates/{}", body["name"].as_str().unwrap_or_default()));
    shown["tags"] = body["tags"].clone();
    shown["cer"] = json!("MIIB");
    shown
}
