//! The data plane of Key Vault: what ARM does not say of keys, and certificates. Read by the Host header: a request to
//! `NAME.vault.azure.net`, or any other host that is no address, is one to the vault NAME.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

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
    if ask.method != "GET" && !(ask.method == "POST" && ask.path.ends_with("/sign")) {
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
                ("keys", ["rotationpolicy"]) if ask.method == "GET" => Answer::json(200, &rotation(&origin, &body)),
                ("keys", ["sign" | "rotationpolicy", ..]) => errors::error(404, "NotFound", "Not found"),
                ("keys", [] | [_] | [_, "sign"]) => {
                    let known = key(&origin, &body);
                    let kid = known["key"]["kid"].as_str().unwrap_or_default().to_owned();
                    let asked = rest.first();
                    if (rest.len() == 2) != (ask.method == "POST") {
                        errors::error(405, "BadParameter", "Method not allowed")
                    } else if asked.is_some_and(|version| !kid.ends_with(&format!("/{version}"))) {
                        errors::error(404, "KeyNotFound", "A key with this version was not found.")
                    } else if rest.len() == 2 {
                        sign(&kid, &known, ask)
                    } else {
                        Answer::json(200, &known)
                    }
                }
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
    let mut key = json!({"kid": kid, "kty": properties["kty"], "key_ops": properties["keyOps"]});
    if properties["kty"].as_str().is_some_and(|kty| kty.starts_with("EC")) {
        let point = signing_key(&kid).verifying_key().to_encoded_point(false);
        key["crv"] = properties["curveName"].clone();
        for (name, part) in [("x", point.x()), ("y", point.y())] {
            key[name] = json!(URL_SAFE_NO_PAD.encode(part.expect("the point is not compressed")));
        }
    } else {
        key["n"] = json!("AQAB");
        key["e"] = json!("AQAB");
    }
    json!({"key": key, "attributes": properties["attributes"], "tags": body["tags"]})
}

/// The private part of a key on P-256: the same for the same name and version.
fn signing_key(kid: &str) -> SigningKey {
    SigningKey::from_slice(&Sha256::digest(kid))
        .expect("a digest is below the order of the curve, but for a chance of 2^-32")
}

/// The signature of a message by a key of the fake, as the vault writes it.
pub(crate) fn sign_with(kid: &str, message: &[u8]) -> String {
    signature(kid, &Sha256::digest(message))
}

fn signature(kid: &str, digest: &[u8]) -> String {
    let signature: Signature = signing_key(kid).sign_prehash(digest).expect("a digest of 32 bytes");
    URL_SAFE_NO_PAD.encode(signature.to_bytes())
}

/// The operation `sign`.
fn sign(kid: &str, known: &Value, ask: &Ask) -> Answer {
    let key = &known["key"];
    let allowed = |list: &Value| list.as_array().is_some_and(|all| all.iter().any(|op| op == "sign"));
    if !allowed(&key["key_ops"]) || known["attributes"]["enabled"] == false {
        return errors::error(403, "Forbidden", "Operation sign is not permitted on this key.");
    }
    let body: Value = serde_json::from_slice(&ask.body).unwrap_or(Value::Null);
    let digest = body["value"].as_str().and_then(|v| URL_SAFE_NO_PAD.decode(v).ok()).filter(|d| d.len() == 32);
    match digest {
        Some(digest) if body["alg"] == "ES256" && key["crv"] == "P-256" => {
            Answer::json(200, &json!({"kid": kid, "value": signature(kid, &digest)}))
        }
        _ => errors::error(
            400,
            "BadParameter",
            "Key and signing algorithm are incompatible, or the digest has another length.",
        ),
    }
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
