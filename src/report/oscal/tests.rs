//! The documents of OSCAL: what holds in all of them, and what each verdict becomes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use crate::report::tests::{ATTACKS, estate, hostile, rendered, sample};

const FORMATS: [&str; 6] = [
    "oscal-catalog",
    "oscal-profile",
    "oscal-component-definition",
    "oscal-assessment-plan",
    "oscal-assessment-results",
    "oscal-poam",
];

fn results(a: &Assessment) -> Value {
    serde_json::from_str::<Value>(&rendered("oscal-assessment-results", a)).unwrap()["assessment-results"]["results"][0]
        .clone()
}

fn poam(a: &Assessment) -> Value {
    serde_json::from_str::<Value>(&rendered("oscal-poam", a)).unwrap()["plan-of-action-and-milestones"].clone()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn props(value: &Value) -> BTreeMap<&str, &str> {
    list(&value["props"]).iter().map(|p| (p["name"].as_str().unwrap(), p["value"].as_str().unwrap())).collect()
}

/// Calls with every object of a document.
fn objects(value: &Value, see: &mut impl FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(entries) => {
            see(entries);
            entries.values().for_each(|v| objects(v, see));
        }
        Value::Array(items) => items.iter().for_each(|v| objects(v, see)),
        _ => {}
    }
}

/// The sample with a person's objective.
fn with_manual() -> Assessment {
    let mut a = sample();
    a.frameworks[0].controls[0].manual = serde_json::from_value(json!([
        {"id": "MAN-1", "title": "A decision", "what": "The minutes.", "evidence": "Minutes.", "reason": "Azure holds none."}
    ]))
    .unwrap();
    a
}

#[test]
fn the_root_of_all_ids_is_the_namespace() {
    assert_eq!(ROOT, Uuid::new_v5(&Uuid::NAMESPACE_URL, NAMESPACE.as_bytes()));
    assert_ne!(uuid("a", &["b", "c"]), uuid("a", &["bc"]));
    assert_eq!(Uuid::parse_str(&uuid("a", &[])).unwrap().get_version_num(), 5);
}

#[test]
fn documents_are_canonical_and_hold_nothing_empty() {
    for a in [sample(), with_manual(), hostile(), estate(3, 5)] {
        for format in FORMATS {
            let text = rendered(format, &a);
            let value: Value = serde_json::from_str(&text).unwrap();
            // Keys of a parsed object are sorted, and all of them are ASCII.
            assert_eq!(value.to_string(), text, "{format}");
            objects(&value, &mut |entries| {
                for (key, value) in entries {
                    assert!(key.is_ascii(), "{key}");
                    assert!(!value.is_null() && *value != json!([]) && *value != json!(""), "{format} {key}");
                }
            });
        }
    }
}

#[test]
fn what_is_referred_to_is_in_the_document_and_ids_are_given_once() {
    for a in [sample(), with_manual(), hostile(), estate(3, 5)] {
        for format in FORMATS {
            let value: Value = serde_json::from_str(&rendered(format, &a)).unwrap();
            let mut defined = BTreeSet::new();
            objects(&value, &mut |entries| {
                if let Some(Value::String(uuid)) = entries.get("uuid") {
                    assert!(defined.insert(uuid.clone()), "{format} {uuid}");
                }
            });
            objects(&value, &mut |entries| {
                for (key, value) in entries {
                    let at = value.as_str().unwrap_or_default();
                    let wanted =
                        if key.ends_with("-uuid") { Some(at) } else { at.strip_prefix('#').filter(|_| key == "href") };
                    assert!(wanted.is_none_or(|uuid| defined.contains(uuid)), "{format} {key} {at}");
                }
            });
        }
    }
}

#[test]
fn every_finding_is_a_subject_with_its_result() {
    for a in [sample(), hostile(), estate(3, 5)] {
        let result = results(&a);
        let mut seen: BTreeMap<String, u64> = BTreeMap::new();
        for observation in list(&result["observations"]) {
            for subject in list(&observation["subjects"]) {
                if let Some(result) = props(subject).get("result") {
                    assert_eq!(props(observation)["result"], *result);
                    *seen.entry((*result).to_owned()).or_default() += 1;
                }
            }
        }
        let seen = |name: &str| seen.get(name).copied().unwrap_or_default();
        assert_eq!(
            (seen("pass"), seen("fail"), seen("error"), seen("not-applicable")),
            (a.summary.pass, a.summary.fail, a.summary.unknown, a.summary.not_applicable)
        );
        assert_eq!(props(&result)["findings-unknown"], a.summary.unknown.to_string());
    }
}

#[test]
fn only_objectives_of_policies_without_fails_and_unknowns_are_satisfied() {
    let mut a = with_manual();
    a.findings.retain(|f| f.policy.as_str() != "azure.pg.tags_set" || f.verdict == crate::model::Verdict::Pass);
    let control = a.frameworks[0].controls[0].id.clone();
    for meta in &mut a.policies {
        meta.controls.insert(control.clone(), "why".to_owned());
    }
    let result = results(&a);
    let states: BTreeMap<&str, (&str, &str)> = list(&result["findings"])
        .iter()
        .map(|f| &f["target"])
        .map(|t| {
            (
                t["target-id"].as_str().unwrap(),
                (t["status"]["state"].as_str().unwrap(), t["status"]["reason"].as_str().unwrap()),
            )
        })
        .collect();
    assert_eq!(states[format!("{control}_obj.azure.pg.tags_set").as_str()], ("satisfied", "pass"));
    assert_eq!(states[format!("{control}_obj.azure.pg.secure_transport_required").as_str()], ("not-satisfied", "fail"));
    assert_eq!(states[format!("{control}_man.MAN-1").as_str()], ("not-satisfied", "other"));
    assert!(list(&result["findings"]).iter().all(|f| f["target"]["type"] == "objective-id"));
    assert!(states.keys().all(|id| id.contains("_obj.") || id.contains("_man.")), "{states:?}");
}

#[test]
fn unknown_alone_is_not_satisfied_and_not_applicable_alone_is_left_out() {
    for (verdict, expected) in [
        (crate::model::Verdict::Unknown, Some(json!({"state": "not-satisfied", "reason": "other"}))),
        (crate::model::Verdict::NotApplicable, None),
    ] {
        let mut a = sample();
        a.findings.retain(|f| f.verdict == verdict);
        let id = a.findings[0].policy.as_str().to_owned();
        let result = results(&a);
        let of_policy: Vec<&Value> =
            list(&result["findings"]).iter().filter(|f| props(f).get("policy") == Some(&id.as_str())).collect();
        match expected {
            Some(status) => assert!(!of_policy.is_empty() && of_policy.iter().all(|f| f["target"]["status"] == status)),
            None => assert!(of_policy.is_empty()),
        }
    }
}

#[test]
fn a_waiver_makes_a_deviation_and_only_an_approver_approves_it() {
    let mut a = sample();
    let risk = |a: &Assessment| -> Value {
        list(&poam(a)["risks"]).iter().find(|r| props(r).get("waiver") == Some(&"W-1")).unwrap().clone()
    };
    let approved = risk(&a);
    assert_eq!(approved["status"], "deviation-approved");
    assert_eq!(approved["deadline"], "2026-12-31T00:00:00Z");
    let entry = &approved["risk-log"]["entries"][0];
    assert_eq!(
        (&entry["start"], &entry["status-change"]),
        (&json!("2026-01-01T00:00:00Z"), &json!("deviation-approved"))
    );
    assert_eq!(list(&poam(&a)["metadata"]["parties"])[0]["name"], "Bob");
    assert_eq!(
        list(&results(&a)["observations"]).iter().filter(|o| props(o).get("waived") == Some(&"true")).count(),
        1
    );

    // A comment in code names nobody who agreed.
    let waiver = a.waivers.iter_mut().find(|w| w.waiver.id == "W-1").unwrap();
    waiver.waiver.source = crate::model::WaiverSource::Comment { file: "a.tf".to_owned(), line: 3 };
    waiver.waiver.approver.clear();
    let requested = risk(&a);
    assert_eq!((&requested["status"], &requested["risk-log"]), (&json!("deviation-requested"), &Value::Null));

    // A waiver that the assessment does not hold excuses nothing.
    a.waivers.retain(|w| w.waiver.id != "W-1");
    assert_eq!(risk(&a)["status"], "open");
}

#[test]
fn all_waivers_and_notices_and_gaps_are_told() {
    let mut a = sample();
    a.notices = serde_json::from_value(json!([{"level": "error", "text": "a policy ran too long"}])).unwrap();
    let text = rendered("oscal-assessment-results", &a);
    let value: Value = serde_json::from_str(&text).unwrap();
    let titles: BTreeSet<&str> = list(&value["assessment-results"]["back-matter"]["resources"])
        .iter()
        .map(|r| r["title"].as_str().unwrap())
        .collect();
    assert!(
        ["Snapshot", "Policies", "Waiver W-1", "Waiver W-2", "Waiver W-3"].iter().all(|t| titles.contains(t)),
        "{titles:?}"
    );
    let result = results(&a);
    assert_eq!(result["assessment-log"]["entries"][0]["description"], "a policy ran too long");
    let gap = list(&result["observations"]).iter().find(|o| props(o).contains_key("gap")).unwrap();
    assert_eq!((&gap["types"][0], props(gap)["gap"]), (&json!("discovery"), "denied"));
    assert_eq!(list(&gap["subjects"]).len(), 1);
}

#[test]
fn a_plan_of_action_lists_what_is_open_and_says_when_nothing_is() {
    let mut a = sample();
    let words: Vec<Value> = list(&poam(&a)["poam-items"]).iter().map(|i| i["title"].clone()).collect();
    for word in ["fail", "unknown", "fail, waived by W-1"] {
        assert!(words.iter().any(|t| t.as_str().unwrap().ends_with(&format!(": {word}"))), "{words:?}");
    }
    a.findings.retain(|f| f.verdict == crate::model::Verdict::Pass);
    let clean = poam(&a);
    assert_eq!((list(&clean["poam-items"]).len(), &clean["poam-items"][0]["title"]), (1, &json!("Nothing to do")));
    assert!(clean["risks"].is_null() && clean["observations"].is_null());
}

#[test]
fn an_assessment_without_frameworks_selects_no_control() {
    let mut a = sample();
    a.frameworks.clear();
    let profile: Value = serde_json::from_str(&rendered("oscal-profile", &a)).unwrap();
    assert_eq!(profile["profile"]["imports"][0]["exclude-controls"][0]["matching"][0]["pattern"], "*");
    let selection = &results(&a)["reviewed-controls"]["control-selections"][0];
    // All of a profile that holds none.
    assert!(selection.get("include-all").is_some() && selection.get("include-controls").is_none());
}

#[test]
fn ids_that_become_equal_stay_apart() {
    let mut a = sample();
    let mut other = a.frameworks[0].controls[0].clone();
    a.frameworks[0].controls[0].id = "A 9(2)".to_owned();
    other.id = "A 9[2]".to_owned();
    a.frameworks[0].controls.push(other);
    let catalog: Value = serde_json::from_str(&rendered("oscal-catalog", &a)).unwrap();
    let mut ids = Vec::new();
    objects(&catalog, &mut |entries| ids.extend(entries.get("id").and_then(Value::as_str).map(str::to_owned)));
    let once: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
    assert!(ids.iter().any(|id| id == "A_9_2_") && ids.iter().any(|id| id == "A_9_2_-2"), "{ids:?}");
}

#[test]
fn tokens_start_with_a_letter_and_hold_no_blank() {
    for (text, expected) in [("DORA-9-2", "DORA-9-2"), ("9 2", "_9_2"), ("", "_"), ("é<b>", "__b_"), ("a\nb", "a_b")] {
        assert_eq!(token(text), expected);
    }
}

#[test]
fn only_addresses_on_the_web_become_links() {
    assert_eq!(web_address("https://example.org/a b?x=\"<").as_deref(), Some("https://example.org/a%20b?x=%22%3C"));
    for text in
        ["javascript:alert(1)", "file:///etc/passwd", "example.org", "", "https://", "https://a/[x](y)|{z}##b#c"]
    {
        let address = web_address(text);
        assert!(address.as_deref().is_none_or(|a| !a.contains(['"', '<', '{', '|', ' '])), "{text} {address:?}");
    }
    assert_eq!(web_address("javascript:alert(1)"), None);
}

#[test]
fn hostile_text_is_inert() {
    let a = hostile();
    for format in FORMATS {
        let text = rendered(format, &a);
        assert!(!text.contains("##") && !text.contains(['\u{202e}', '\u{1b}', '\u{200b}', '\n']), "{format}");
        let value: Value = serde_json::from_str(&text).unwrap();
        objects(&value, &mut |entries| {
            // What is read as Markdown holds no markup of others; code stands in fences.
            for key in ["title", "description", "prose", "statement", "remarks", "text"] {
                let Some(Value::String(said)) = entries.get(key) else { continue };
                if entries.contains_key("lifecycle") {
                    continue;
                }
                let html = pulldown_cmark::Parser::new(said).any(|event| {
                    use pulldown_cmark::Event::{Html, InlineHtml, Start};
                    use pulldown_cmark::Tag::{Emphasis, Heading, Image, Link, List, Strong};
                    matches!(event, Html(_) | InlineHtml(_))
                        || matches!(
                            event,
                            Start(Link { .. } | Image { .. } | Emphasis | Strong | Heading { .. } | List(_))
                        )
                });
                assert!(!html && !said.contains("{{"), "{format} {key} {said}");
            }
            if let (Some(Value::String(name)), Some(Value::String(value))) = (entries.get("name"), entries.get("value"))
            {
                assert_eq!(token(name), *name);
                assert_eq!(value.trim(), value);
            }
        });
    }
    assert!(ATTACKS.iter().any(|attack| attack.contains("script")));
}

#[test]
fn times_are_whole_seconds_in_utc_or_an_error() {
    let mut a = sample();
    a.evaluated_at = "2026-11-20T03:00:00.120+02:00".to_owned();
    assert_eq!(results(&a)["end"], "2026-11-20T01:00:00Z");
    for text in ["2026-11-20T03:00:00", "soon", "1800-01-01T00:00:00Z"] {
        a.evaluated_at = text.to_owned();
        let error = crate::report::render("oscal-poam", &a, &RenderOptions::default(), &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("evaluated_at of the assessment"), "{error}");
    }
}

#[test]
fn an_unknown_time_of_reading_is_said() {
    let mut a = sample();
    a.snapshot.taken = None;
    let result = results(&a);
    assert!(list(&result["observations"]).iter().all(|o| o["remarks"].as_str().unwrap().contains("does not know")));
    a.snapshot.taken = Some("2026-11-20T00:00:00Z".to_owned());
    assert!(list(&results(&a)["observations"]).iter().all(|o| o["remarks"].is_null()));
}

#[test]
fn any_change_of_the_assessment_changes_the_id_of_its_results() {
    let id = |a: &Assessment| -> Value {
        serde_json::from_str::<Value>(&rendered("oscal-assessment-results", a)).unwrap()["assessment-results"]["uuid"]
            .clone()
    };
    let catalog = |a: &Assessment| -> Value {
        serde_json::from_str::<Value>(&rendered("oscal-catalog", a)).unwrap()["catalog"]["uuid"].clone()
    };
    let mut other = sample();
    other.evaluated_at = "2027-01-01T00:00:00Z".to_owned();
    assert_ne!(id(&sample()), id(&other));
    assert_eq!(catalog(&sample()), catalog(&other));
    other.policies[0].title.push('!');
    assert_ne!(catalog(&sample()), catalog(&other));
}
