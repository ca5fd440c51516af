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

#[test]
fn every_line_of_a_snapshot_keeps_to_its_schema() {
    let schema = schema("snapshot");
    let text = std::fs::read_to_string(path("fixtures/bank/bank.snapshot.jsonl")).expect("the bank");
    for (number, line) in text.lines().enumerate() {
        valid(&schema, &serde_json::from_str(line).expect("JSON"), &format!("line {}", number + 1));
    }
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
