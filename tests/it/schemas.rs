//! The public formats: what is written is what the schemas in `docs/schemas` say, and nothing that they do not know.

use serde_json::{Value, json};

use crate::support::{assize, path, stderr, stdout};

fn schema(name: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(path(&format!("docs/schemas/{name}.schema.json"))).expect("a schema");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn valid(schema: &jsonschema::Validator, value: &Value, what: &str) {
    let errors: Vec<String> =
        schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn assessment(arguments: &[&str]) -> Value {
    let output = assize(&[arguments, &["--at", "2026-11-01T06:00:00Z", "-o", "json"]].concat());
    serde_json::from_str(&stdout(&output)).unwrap_or_else(|e| panic!("{e}: {}", stderr(&output)))
}

const BANK: &[&str] = &["scan", "fixtures/bank/bank.snapshot.jsonl", "--config", "fixtures/bank/assize.yaml"];

#[test]
fn assessments_keep_to_their_schema() {
    let schema = schema("assessment");
    let bank = assessment(BANK);
    valid(&schema, &bank, "the bank");
    valid(&schema, &assessment(&["scan", "fixtures/azure/examples"]), "the examples");
    valid(&schema, &assessment(&["scan", "fixtures/azure/recorded"]), "the recorded answers");
    // With a baseline, every finding carries its change.
    let folder = tempfile::tempdir().expect("a folder");
    let earlier = folder.path().join("earlier.json");
    let defaults = assessment(&["scan", "fixtures/bank/bank.snapshot.jsonl"]);
    std::fs::write(&earlier, defaults.to_string()).expect("a file");
    let earlier = earlier.to_string_lossy().into_owned();
    let compared = assessment(&[BANK, &["--baseline", &earlier]].concat());
    assert!(compared["baseline"]["new"].as_u64().expect("a number") > 0);
    valid(&schema, &compared, "with a baseline");
    let mut coded = bank.clone();
    code(&mut coded);
    coded["policy_set"]["loaded"] = json!(["own.a.b"]);
    valid(&schema, &coded, "code");
    let read: assize::model::Assessment = serde_json::from_value(coded.clone()).expect("an assessment");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), coded, "the model keeps what the schema knows");
    for (place, value) in [
        ("/findings/0/source/hash", json!("ABC")),
        ("/policy_set/loaded", json!(["Own.a"])),
        ("/findings/0/fix/extra", json!(1)),
        ("/resources/0/origin/file/properties/resource.x/fil", json!("a.tf")),
        ("/resources/0/origin/file/calls/0/extra", json!(1)),
        ("/waivers/0/waiver/approver", json!("Bob")),
        ("/waivers/0/waiver/source", json!("register")),
    ] {
        let mut broken = coded.clone();
        let (parent, key) = place.rsplit_once('/').expect("a place");
        broken.pointer_mut(parent).expect("there").as_object_mut().expect("an object").insert(key.to_owned(), value);
        assert!(!schema.is_valid(&broken), "{place} is accepted");
    }
    // The schema is no open door.
    for (place, value) in [
        ("/summary/extra", json!(1)),
        ("/findings/0/verdict", json!("maybe")),
        ("/schema", json!("assize.assessment/9")),
    ] {
        let mut broken = bank.clone();
        let (parent, key) = place.rsplit_once('/').expect("a place");
        broken.pointer_mut(parent).expect("there").as_object_mut().expect("an object").insert(key.to_owned(), value);
        assert!(!schema.is_valid(&broken), "{place} is accepted");
    }
}

fn origin_in_code() -> Value {
    let range = json!({"start_line": 1, "start_column": 1, "end_line": 9, "end_column": 2});
    let elsewhere = json!({"file": "b.tf", "start_line": 1, "start_column": 1, "end_line": 9, "end_column": 2});
    json!({"file": {
        "file": "a.tf", "address": "module.db.x.y", "range": range, "header": range,
        "properties": {"resource.x": range, "resource.y": elsewhere},
        "calls": [{"name": "module.db", "file": "main.tf", "range": range}],
        "defaults": ["resource.z"]
    }})
}

/// Puts everything that is known of code into an assessment.
fn code(assessment: &mut Value) {
    let range = json!({"start_line": 1, "start_column": 1, "end_line": 1, "end_column": 1});
    assessment["resources"][0]["origin"] = origin_in_code();
    assessment["findings"][0]["source"] =
        json!({"hash": "c129715d7a2bc9a3:1", "snippet": "a", "context_start": 1, "context": "a\nb"});
    assessment["findings"][0]["fix"] =
        json!({"description": "d", "changes": [{"file": "a.tf", "range": range, "insert": "x"}]});
    let comment = json!({
        "id": "comment:a.tf:7", "policy": "azure.*", "scope": "/subscriptions/s", "reason": "r",
        "expires_on": "2026-12-31", "source": {"comment": {"file": "a.tf", "line": 7}}
    });
    let refused = json!({"waiver": comment, "status": "refused", "findings": 1, "refused": "the settings say so"});
    let unused = json!({"waiver": comment, "status": "unused", "findings": 0});
    let waivers = assessment["waivers"].as_array_mut().expect("waivers");
    waivers.splice(0..0, [refused, unused]);
}

#[test]
fn every_line_of_a_snapshot_keeps_to_its_schema() {
    let schema = schema("snapshot");
    let text = std::fs::read_to_string(path("fixtures/bank/bank.snapshot.jsonl")).expect("the bank");
    for (number, line) in text.lines().enumerate() {
        valid(&schema, &serde_json::from_str(line).expect("JSON"), &format!("line {}", number + 1));
    }
    let coded = json!({"resource": {"id": "/subscriptions/s"}, "origin": origin_in_code()});
    valid(&schema, &coded, "code");
    assert!(!schema.is_valid(&json!({"resource": {"id": "/subscriptions/s"}, "extra": 1})));
    assert!(!schema.is_valid(&json!({"gap": {"about": "/subscriptions/s", "reason": "tired", "detail": ""}})));
}

#[test]
fn settings_and_waivers_keep_to_their_schemas() {
    let yaml = |file: &str| -> Value {
        yaml_serde::from_str(&std::fs::read_to_string(path(file)).expect("text")).expect("YAML")
    };
    let config = schema("config");
    valid(&config, &yaml("fixtures/bank/assize.yaml"), "assize.yaml");
    assert!(!config.is_valid(&json!({"version": 1, "gates": {}})));
    for (waivers, expected) in [
        (json!("w.yaml"), true),
        (json!({"file": "w.yaml", "in_source": "refuse"}), true),
        (json!({"in_source": "accept"}), true),
        (json!({"in_source": "maybe"}), false),
        (json!({"extra": 1}), false),
    ] {
        let settings = json!({"version": 1, "waivers": waivers});
        assert_eq!(config.is_valid(&settings), expected, "{settings}");
        let read = assize::config::parse_config("a.yaml", &settings.to_string());
        assert_eq!(read.is_ok(), expected, "{settings}");
    }
    let waivers = schema("waivers");
    valid(&waivers, &yaml("fixtures/bank/waivers.yaml"), "waivers.yaml");
    assert!(!waivers.is_valid(&json!({"version": 1, "waivers": [{"id": "W-1"}]})));
}

/// A report made from the stored assessment is the report of the scan.
#[test]
fn reports_from_a_stored_assessment_are_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let stored = folder.path().join("a.json");
    let stored = stored.to_string_lossy().into_owned();
    let evaluate = assize(&[
        "evaluate",
        "fixtures/bank/bank.snapshot.jsonl",
        "--config",
        "fixtures/bank/assize.yaml",
        "--at",
        "2026-11-01T06:00:00Z",
        "-o",
        &stored,
    ]);
    assert_eq!(evaluate.status.code(), Some(1), "{}", stderr(&evaluate));
    for format in ["table", "json", "sarif", "sarif-github"] {
        let direct = assize(&[BANK, &["--at", "2026-11-01T06:00:00Z", "-o", format]].concat());
        let report = assize(&["report", &stored, "-o", format]);
        assert_eq!(report.status.code(), Some(0), "{}", stderr(&report));
        assert!(direct.stdout == report.stdout, "{format}");
    }
}
