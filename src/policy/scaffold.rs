//! A new policy's folder, which passes its own tests until it is filled with meaning.

use crate::model::{PolicyId, ReadPath, ReadRoot, ResourceType};

/// What `policy new` asks for.
#[derive(Debug, Clone)]
pub struct NewPolicy {
    /// The id.
    pub id: PolicyId,
    /// The type that is judged.
    pub resource: ResourceType,
    /// The property that decides, under `resource.`.
    pub read: ReadPath,
    /// The control it serves.
    pub control: String,
}

/// Why no folder can be written.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// The read is not a property of the resource.
    #[error("the read {0} must start with resource.: children and relations are added by hand")]
    Root(ReadPath),
}

/// The files of a new policy: name and text. The policy holds when the property is `Enabled`.
///
/// # Errors
/// [`ScaffoldError`] when the read is not a property of the resource.
pub fn scaffold(new: &NewPolicy) -> Result<Vec<(&'static str, String)>, ScaffoldError> {
    if new.read.root() != ReadRoot::Resource {
        return Err(ScaffoldError::Root(new.read.clone()));
    }
    let id = new.id.as_str();
    let short = id.rsplit('.').next().unwrap_or(id);
    let title = {
        let words = short.replace('_', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + letters.as_str())
    };
    let (read, resource, control) = (&new.read, &new.resource, &new.control);
    let policy = format!(
        r#"# METADATA
# title: {title}
# description: |
#   Say here what can happen when this does not hold, and what the reader must know before changing it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/
# custom:
#   check: OWN-001
#   severity: medium
#   resource: {resource}
#   reads:
#     - {{path: {read}, type: string}}
#   controls:
#     {control}: say why this one setting serves this paragraph
#   remediation:
#     portal: say where to change it
package {id}

_value := input.{read}

deny contains finding if {{
	lower(_value) == "disabled"
	finding := {{
		"message": sprintf("it is %q", [_value]),
		"path": "{read}",
		"actual": _value,
		"expected": "Enabled",
	}}
}}

unknown contains reason if {{
	not lower(_value) in {{"enabled", "disabled"}}
	reason := "the value is neither Enabled nor Disabled"
}}
"#
    );
    let input = |value: &str| {
        let mut text = value.to_owned();
        for word in read.segments().iter().rev() {
            text = format!("{{{word:?}: {text}}}");
        }
        text
    };
    let tests = format!(
        r#"package {id}_test

import data.{id}

test_denies_disabled if {{
	some finding in {short}.deny with input as {{"resource": {disabled}}}
	finding.path == "{read}"
	finding.actual == "disabled"
	finding.expected == "Enabled"
}}

test_passes_enabled if {{
	count({short}.deny) == 0 with input as {{"resource": {enabled}}}
	count({short}.unknown) == 0 with input as {{"resource": {enabled}}}
}}

test_does_not_know_another_value if {{
	some reason in {short}.unknown with input as {{"resource": {other}}}
	reason == "the value is neither Enabled nor Disabled"
}}

test_disabled_is_known if count({short}.unknown) == 0 with input as {{"resource": {disabled}}}
"#,
        disabled = input("\"disabled\""),
        enabled = input("\"ENABLED\""),
        other = input("\"Sometimes\""),
    );
    let case = |value: &str| {
        let mut name =
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-example/providers/".to_owned();
        let mut words = resource.as_str().split('/');
        name.push_str(words.next().unwrap_or(""));
        for word in words {
            name.push_str(&format!("/{word}/example"));
        }
        let mut tree: serde_json::Value = value.into();
        for word in read.segments().iter().rev() {
            tree = serde_json::json!({ word: tree });
        }
        let mut body = serde_json::json!({"id": name, "name": "example", "type": resource.as_str()});
        if let (Some(body), serde_json::Value::Object(tree)) = (body.as_object_mut(), tree) {
            body.extend(tree);
        }
        let text = serde_json::to_string_pretty(&serde_json::json!({"resources": [body]})).unwrap_or_default();
        text + "\n"
    };
    Ok(vec![
        ("policy.rego", policy),
        ("policy_test.rego", tests),
        ("pass.json", case("Enabled")),
        ("fail.json", case("Disabled")),
    ])
}
