//! Microsoft Graph: who principals are.

use serde_json::{Value, json};

use super::answer::Answer;
use super::ask::Ask;
use super::errors;
use super::route::World;

/// `POST /v1.0/directoryObjects/getByIds`: the principals of the ids that there are; unknown ones are left out.
pub(super) fn by_ids(world: &World, ask: &Ask) -> Answer {
    if ask.method != "POST" {
        return errors::error(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        );
    }
    if !world.may("microsoft.graph/directoryObjects/read") {
        return errors::forbidden(&ask.path, "", "");
    }
    let body: Value = serde_json::from_slice(&ask.body).unwrap_or(Value::Null);
    let Some(ids) = body["ids"].as_array() else {
        return errors::error(400, "Request_BadRequest", "Required parameter 'ids' is missing.");
    };
    if ids.len() > 1000 {
        return errors::error(400, "Request_BadRequest", "The number of ids is more than the maximum of 1000.");
    }
    let types: Vec<String> =
        body["types"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_ascii_lowercase).collect();
    let mut found = Vec::new();
    for id in ids.iter().filter_map(Value::as_str) {
        let Some((kind, name)) = world.estate.principals.get(&id.to_ascii_lowercase()) else { continue };
        let kind = if kind == "ServicePrincipal" { "servicePrincipal".to_owned() } else { kind.to_ascii_lowercase() };
        if !types.is_empty() && !types.contains(&kind.to_ascii_lowercase()) {
            continue;
        }
        let mut principal = json!({"@odata.type": format!("#microsoft.graph.{kind}"), "id": id, "displayName": name});
        match kind.as_str() {
            "servicePrincipal" => principal["servicePrincipalType"] = json!("ManagedIdentity"),
            "user" => principal["userPrincipalName"] = json!(format!("{name}@quillmark.example")),
            _ => principal["securityEnabled"] = json!(true),
        }
        found.push(principal);
    }
    let context = format!("{}/v1.0/$metadata#directoryObjects", world.origin);
    Answer::json(200, &json!({"@odata.context": context, "value": found}))
}
