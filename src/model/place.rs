//! Where a finding points: the property that is wrong, in the file that writes it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{Finding, Origin, Range, ResourceEntry, ResourceId};

/// Where a property stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FlatPlace", into = "FlatPlace")]
pub struct Place {
    /// The file, when it is another one than the resource's.
    pub file: Option<String>,
    /// The lines.
    pub range: Range,
}

/// [`Place`] as it is written, in one level. Not `flatten`, which lets unknown members through.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatPlace {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl From<FlatPlace> for Place {
    fn from(flat: FlatPlace) -> Self {
        let FlatPlace { file, start_line, start_column, end_line, end_column } = flat;
        Self { file, range: Range { start_line, start_column, end_line, end_column } }
    }
}

impl From<Place> for FlatPlace {
    fn from(place: Place) -> Self {
        let Range { start_line, start_column, end_line, end_column } = place.range;
        Self { file: place.file, start_line, start_column, end_line, end_column }
    }
}

impl From<Range> for Place {
    fn from(range: Range) -> Self {
        Self { file: None, range }
    }
}

/// A call of a module on the way to a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// What is called, `module.db`.
    pub name: String,
    /// The file of the call.
    pub file: String,
    /// The lines of the call.
    pub range: Range,
}

/// Where a finding points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written<'a> {
    /// The resource that is written there: the judged one, or the child of it that the finding is about.
    pub resource: &'a ResourceEntry,
    /// The file.
    pub file: &'a str,
    /// The lines.
    pub range: Range,
    /// The module calls that lead there.
    pub calls: &'a [Call],
    /// Whether the value that was judged is a default that nobody wrote.
    pub by_default: bool,
}

/// Where a finding points, when its resource was written in code. `resources` are sorted by id.
///
/// The property that is wrong or unknown counts first, then the nearest block around it that was written, then the header
/// of the resource, then all of it. A property of a child is looked up in the child; everything about other resources
/// stays on the judged one.
pub fn written_at<'a>(resources: &'a [ResourceEntry], finding: &Finding) -> Option<Written<'a>> {
    let entry = |id: &ResourceId| resources.binary_search_by(|r| r.id.cmp(id)).ok().map(|at| &resources[at]);
    let own = entry(&finding.resource)?;
    let Some(told) = Told::of(finding) else { return in_origin(own, "") };
    let path = told.path;
    if path.starts_with("children.") {
        // A child that is written inside of the resource may have its places there.
        return in_properties(own, path)
            .or_else(|| {
                let (id, rest) = child_of(resources, &finding.resource, told)?;
                in_origin(entry(&id)?, &if rest.is_empty() { rest } else { format!("resource.{rest}") })
            })
            .or_else(|| in_origin(own, ""));
    }
    if path.starts_with("context.") {
        // Context is declared in tags more often than anywhere else in code.
        return in_origin(own, "resource.tags");
    }
    in_origin(own, path)
}

/// The first thing that a finding says of a read.
#[derive(Clone, Copy)]
struct Told<'f> {
    path: &'f str,
    text: &'f str,
    actual: &'f str,
}

impl<'f> Told<'f> {
    fn of(finding: &'f Finding) -> Option<Self> {
        let actual = |value: &'f Option<Value>| value.as_ref().and_then(Value::as_str).unwrap_or_default();
        let mut details = finding.details.iter();
        details
            .find_map(|d| Some(Self { path: d.path.as_deref()?, text: &d.message, actual: actual(&d.actual) }))
            .or_else(|| {
                let mut reasons = finding.reasons.iter();
                reasons.find_map(|r| Some(Self { path: r.read.as_deref()?, text: &r.text, actual: "" }))
            })
    }
}

/// The id of the child that a read names, and the rest of the read. For a read of all children, the child that the
/// finding speaks of.
fn child_of(resources: &[ResourceEntry], parent: &ResourceId, told: Told<'_>) -> Option<(ResourceId, String)> {
    let (collection, rest) = next_word(told.path.strip_prefix("children.")?)?;
    let (name, rest) = next_word(rest)?;
    let above = format!("{}/{}/", parent.key(), collection.to_lowercase());
    if name != "*" {
        return Some((ResourceId::parse(&format!("{above}{name}")).ok()?, rest.to_owned()));
    }
    let from = resources.partition_point(|r| r.id.key() < above.as_str());
    let children = resources[from..].iter().take_while(|r| r.id.key().starts_with(&above));
    let spoken_of = children.filter(|r| {
        let name = &r.id.key()[above.len()..];
        !name.contains('/') && (told.actual.eq_ignore_ascii_case(name) || speaks_of(told.text, name))
    });
    // Of two names that fit, the longer one is meant: `app` is a part of `app db`.
    let child = spoken_of.max_by_key(|r| r.id.key().len())?;
    Some((child.id.clone(), rest.to_owned()))
}

/// Whether the text holds the lower-case name as a word of its own.
fn speaks_of(text: &str, name: &str) -> bool {
    let text = text.to_lowercase();
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let after = &text[at + name.len()..];
            !part(text[..at].chars().next_back()) && (!part(after.chars().next()) || after.trim_end() == ".")
        })
}

/// The first word of a read and what follows it.
fn next_word(path: &str) -> Option<(&str, &str)> {
    let (word, rest) = match path.strip_prefix("[\"") {
        Some(quoted) => quoted.split_once("\"]")?,
        None => path.split_at(path.find(['.', '[']).unwrap_or(path.len())),
    };
    (!word.is_empty()).then(|| (word, rest.strip_prefix('.').unwrap_or(rest)))
}

/// The read of what holds a property.
fn parent(path: &str) -> Option<&str> {
    let cut = if path.ends_with("\"]") {
        path.rfind("[\"")?
    } else if path.ends_with(']') {
        path.rfind('[')?
    } else {
        path.rfind('.')?
    };
    let parent = &path[..cut];
    // What holds everything is no nearer to the fault than the header is.
    (!parent.eq_ignore_ascii_case("resource.properties") && parent.contains('.')).then_some(parent)
}

/// The place of the property or of the nearest block around it that was written.
fn in_properties<'a>(entry: &'a ResourceEntry, path: &str) -> Option<Written<'a>> {
    let Origin::File { file, properties, calls, defaults, .. } = entry.place()? else { return None };
    let mut here = Some(path);
    while let Some(read) = here {
        // ARM does not care about case; code often spells names otherwise than a policy does.
        let place = properties
            .get(read)
            .or_else(|| properties.iter().find(|(name, _)| name.eq_ignore_ascii_case(read)).map(|(_, place)| place));
        if let Some(place) = place {
            let by_default = read != path && defaults.iter().any(|d| d.eq_ignore_ascii_case(path));
            let file = place.file.as_deref().unwrap_or(file);
            return Some(Written { resource: entry, file, range: place.range, calls, by_default });
        }
        here = parent(read);
    }
    None
}

/// Where a property of a resource stands in code: it, the nearest block around it that was written, or the header.
pub fn property_at<'a>(entry: &'a ResourceEntry, path: &str) -> Option<Written<'a>> {
    in_origin(entry, path)
}

fn in_origin<'a>(entry: &'a ResourceEntry, path: &str) -> Option<Written<'a>> {
    if let Some(found) = in_properties(entry, path) {
        return Some(found);
    }
    let Origin::File { file, range, header, calls, defaults, .. } = entry.place()? else { return None };
    let by_default = defaults.iter().any(|d| d.eq_ignore_ascii_case(path));
    Some(Written { resource: entry, file, range: (*header).or(*range)?, calls, by_default })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SERVER: &str = "/subscriptions/s/resourceGroups/g/providers/A.B/servers/pg";

    fn line(at: u32) -> Value {
        json!({"start_line": at, "start_column": 3, "end_line": at, "end_column": 9})
    }

    fn resources() -> Vec<ResourceEntry> {
        let entry = |id: &str, origin: Value| json!({"id": id, "type": "A.B/servers", "policies": 1, "origin": origin});
        let elsewhere = json!({"file": "rules.tf", "start_line": 4, "start_column": 1, "end_line": 4, "end_column": 8});
        serde_json::from_value(json!([
            entry(
                SERVER,
                json!({"file": {
                    "file": "main.tf", "address": "a_server.pg", "range": line(1), "header": line(2),
                    "properties": {
                        "resource.properties": line(3),
                        "resource.properties.network": line(5),
                        "resource.properties.network.Public": line(6),
                        "resource.properties.acls.rules": elsewhere,
                        "resource.tags": line(8),
                        "resource.tags[\"a.b\"]": line(9),
                        "children.rules.inline": line(10)
                    },
                    "calls": [{"name": "module.db", "file": "root.tf", "range": line(70)}],
                    "defaults": ["resource.properties.mode", "resource.properties.network.zone"]
                }})
            ),
            entry(
                &format!("{SERVER}/configurations/tls"),
                json!({"file": {
                    "file": "tls.tf", "header": line(20), "properties": {"resource.properties.value": line(21)}
                }})
            ),
            entry(&format!("{SERVER}/configurations/x.y"), json!({"file": {"file": "x.tf", "range": line(30)}})),
            entry(
                &format!("{SERVER}/databases/d"),
                json!({"request": {
                    "method": "GET", "path": "/x", "api_version": "1", "time": "2026-01-01T00:00:00Z", "digest": "0"
                }})
            ),
            entry(&format!("{SERVER}/firewallRules/r"), json!({"file": {"file": "answer.json"}}))
        ]))
        .unwrap()
    }

    fn finding(resource: &str, path: Option<&str>, verdict: &str) -> Finding {
        let details = if verdict == "fail" { json!([{"message": "m", "path": path}]) } else { json!([]) };
        let reasons =
            if verdict == "fail" { json!([]) } else { json!([{"kind": "policy", "read": path, "text": "t"}]) };
        serde_json::from_value(json!({
            "policy": "a.x", "resource": resource, "verdict": verdict, "facts": {}, "details": details, "reasons": reasons
        }))
        .unwrap()
    }

    #[test]
    fn a_finding_points_to_the_nearest_thing_that_was_written() {
        let resources = resources();
        for (path, file, line) in [
            // The property, however it is spelled.
            ("resource.properties.network", "main.tf", 5),
            ("resource.properties.network.public", "main.tf", 6),
            ("resource.tags[\"a.b\"]", "main.tf", 9),
            // A property that another declaration wrote.
            ("resource.properties.acls.rules[0].action", "rules.tf", 4),
            // The block around it.
            ("resource.properties.network.zone", "main.tf", 5),
            ("resource.tags[\"c.d\"].e", "main.tf", 8),
            // Nothing near: the header, not the block of all properties.
            ("resource.properties.mode", "main.tf", 2),
            ("resource.sku.name", "main.tf", 2),
            ("no path at all", "main.tf", 2),
            // Children.
            ("children.configurations.tls.properties.value", "tls.tf", 21),
            ("children.configurations.TLS.properties.source", "tls.tf", 20),
            ("children.configurations[\"x.y\"].properties.value", "x.tf", 30),
            ("children.rules.inline.properties.value", "main.tf", 10),
            // Children that are not there, not written, or all of them.
            ("children.configurations.other.properties.value", "main.tf", 2),
            ("children.databases.d.name", "main.tf", 2),
            ("children.firewallRules.r.name", "main.tf", 2),
            ("children.databases.*.name", "main.tf", 2),
            ("children.databases", "main.tf", 2),
            // Other resources and context.
            ("related.key_vault.properties.network", "main.tf", 2),
            ("context.owner", "main.tf", 8),
        ] {
            for verdict in ["fail", "unknown"] {
                let finding = finding(SERVER, Some(path), verdict);
                let written = written_at(&resources, &finding).unwrap();
                assert_eq!((written.file, written.range.start_line), (file, line), "{path} {verdict}");
            }
        }
        let written = written_at(&resources, &finding(SERVER, None, "fail")).unwrap();
        assert_eq!((written.file, written.range.start_line), ("main.tf", 2));
    }

    #[test]
    fn of_all_children_the_one_that_is_spoken_of_counts() {
        let mut resources = resources();
        for (at, name) in (40..).zip(["app", "app-db", "Über", "app/nested"]) {
            let origin = json!({"file": {"file": "kids.tf", "header": line(at)}});
            let id = format!("{SERVER}/kids/{name}");
            resources.push(
                serde_json::from_value(json!({"id": id, "type": "A.B/c", "policies": 0, "origin": origin})).unwrap(),
            );
        }
        resources.sort_by(|a, b| a.id.cmp(&b.id));
        for (message, actual, expected) in [
            ("the kid App is wrong", "x", 40),
            ("the kid app-db is wrong", "x", 41),
            ("app and app-db are wrong", "x", 41),
            ("a kid is wrong: über.", "x", 42),
            ("a kid is wrong", "APP", 40),
            // None of them: the resource itself.
            ("happy apps, app_x, app.y", "x", 2),
            ("app/nested", "", 40),
            ("", "", 2),
        ] {
            let mut finding = finding(SERVER, Some("children.Kids.*.properties.x"), "fail");
            finding.details[0].message = message.to_owned();
            finding.details[0].actual = Some(json!(actual));
            assert_eq!(written_at(&resources, &finding).unwrap().range.start_line, expected, "{message} {actual}");
        }
    }

    #[test]
    fn a_child_is_named_with_the_calls_that_lead_to_it() {
        let resources = resources();
        let at = |path: &str| written_at(&resources, &finding(SERVER, Some(path), "fail")).unwrap();
        assert_eq!(at("resource.location").calls[0].name, "module.db");
        let child = at("children.configurations.tls.properties.value");
        assert_eq!((child.resource.id.name(), child.calls.len()), ("tls", 0));
    }

    #[test]
    fn defaults_are_told_from_what_was_written() {
        let resources = resources();
        for (path, expected) in [
            ("resource.properties.mode", true),
            ("resource.properties.network.zone", true),
            ("resource.properties.network.public", false),
            ("resource.sku", false),
        ] {
            let found = written_at(&resources, &finding(SERVER, Some(path), "fail")).unwrap();
            assert_eq!(found.by_default, expected, "{path}");
        }
    }

    #[test]
    fn what_was_not_written_in_code_has_no_place() {
        let resources = resources();
        for resource in ["databases/d", "firewallRules/r", "no/such"] {
            let id = format!("{SERVER}/{resource}");
            assert!(written_at(&resources, &finding(&id, Some("resource.x"), "fail")).is_none(), "{resource}");
        }
    }

    #[test]
    fn odd_reads_do_no_harm() {
        let resources = resources();
        for path in
            ["", ".", "children.", "children..", "children.[\"", "children.a[\"b", "]", "\"]", "[\"\"]", "a]", "é.ü]"]
        {
            assert!(written_at(&resources, &finding(SERVER, Some(path), "fail")).is_some(), "{path}");
        }
    }

    #[test]
    fn a_place_is_one_object_without_unknown_members() {
        let text = r#"{"file":"a.tf","start_line":1,"start_column":2,"end_line":3,"end_column":4}"#;
        let place: Place = serde_json::from_str(text).unwrap();
        assert_eq!((place.file.as_deref(), place.range.end_line), (Some("a.tf"), 3));
        assert_eq!(serde_json::to_string(&place).unwrap(), text);
        let bare = serde_json::to_string(&Place::from(place.range)).unwrap();
        assert!(!bare.contains("file"), "{bare}");
        assert!(serde_json::from_str::<Place>(&text.replace("file", "fil")).is_err());
    }
}
