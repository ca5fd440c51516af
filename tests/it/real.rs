//! Real input: Microsoft's examples and recorded answers. Everything in them is listed or named as a gap.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{assize, path, stderr, stdout};

fn files(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &std::path::Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()) {
            if entry.is_dir() {
                walk(&entry, found);
            } else if entry.extension().is_some_and(|e| e == "json") {
                found.push(entry);
            }
        }
    }
    let mut found = Vec::new();
    walk(&path(folder), &mut found);
    found.sort();
    found
}

/// The ARM ids of the resources in a document, found by a reading of the shapes that shares nothing with the program's.
fn ids(document: &Value) -> BTreeSet<String> {
    let mut bodies: Vec<Value> = Vec::new();
    if let Some(responses) = document.get("responses").and_then(Value::as_object) {
        bodies.extend(responses.values().filter_map(|r| r.get("body")).cloned());
    }
    for exchange in document.get("interactions").and_then(Value::as_array).into_iter().flatten() {
        let body = &exchange["response"]["body"];
        bodies.extend(body.get("data").cloned());
        bodies.extend(body.get("string").and_then(Value::as_str).and_then(|t| serde_json::from_str(t).ok()));
    }
    let mut ids = BTreeSet::new();
    for body in bodies {
        let list = ["value", "data"]
            .iter()
            .find_map(|k| body.get(*k).and_then(Value::as_array))
            .filter(|_| body.get("id").is_none());
        let items = list.cloned().unwrap_or_else(|| vec![body.clone()]);
        ids.extend(
            items
                .iter()
                .filter_map(|i| i.get("id"))
                .filter_map(Value::as_str)
                .filter(|i| !i.is_empty())
                .map(str::to_lowercase),
        );
    }
    ids
}

fn scan(file: &std::path::Path) -> Value {
    let output = assize(&["scan", &file.to_string_lossy(), "-o", "json", "--threads", "1"]);
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1 | 3)), "{}: {code:?} {}", file.display(), stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

/// Every resource of every file is listed, or a gap names its place.
fn nothing_is_lost(folder: &str, at_least: usize) {
    let files = files(folder);
    assert!(files.len() >= at_least, "{folder} has {} files", files.len());
    let mut listed_resources = 0;
    for file in &files {
        let document: Value = serde_json::from_str(&std::fs::read_to_string(file).expect("text")).expect("JSON");
        let assessment = scan(file);
        let listed: BTreeSet<String> = assessment["resources"]
            .as_array()
            .expect("resources")
            .iter()
            .map(|r| r["id"].as_str().expect("an id").to_lowercase())
            .collect();
        listed_resources += listed.len();
        let gaps = assessment["gaps"].as_array().expect("gaps");
        for id in ids(&document) {
            // What has no type anywhere, and ids that are no ids, stay as gaps.
            let gapped = gaps.iter().any(|g| {
                let detail = g["detail"].as_str().expect("text");
                detail.contains("no type") || detail.contains("no resource id")
            });
            assert!(listed.contains(&id) || gapped, "{}: {id} is neither listed nor a gap", file.display());
        }
        assert_eq!(assessment["snapshot"]["partial"], true);
        let passes = assessment["findings"].as_array().expect("findings").iter().filter(|f| f["verdict"] == "pass");
        for pass in passes {
            // A pass rests on facts that were in the file.
            assert!(!pass["facts"].as_object().expect("facts").is_empty(), "{}: {pass}", file.display());
        }
    }
    assert!(listed_resources > files.len(), "{listed_resources} resources in {} files", files.len());
}

#[test]
fn nothing_of_microsofts_examples_is_lost() {
    nothing_is_lost("fixtures/azure/examples", 289);
}

#[test]
fn nothing_of_recorded_answers_is_lost() {
    nothing_is_lost("fixtures/azure/recorded", 25);
}

#[test]
fn unread_children_are_gaps_and_the_run_is_incomplete() {
    let file = path(
        "fixtures/azure/examples/specification/postgresql/resource-manager/Microsoft.DBforPostgreSQL/stable/2025-08-01/examples/ServersListBySubscription.json",
    );
    let assessment = scan(&file);
    let of = |policy: &str| -> Vec<Value> {
        assessment["findings"].as_array().expect("findings").iter().filter(|f| f["policy"] == policy).cloned().collect()
    };
    let transport = of("azure.postgresql.secure_transport_required");
    assert!(!transport.is_empty());
    for finding in transport {
        assert_eq!(finding["verdict"], "unknown");
        let text = finding["reasons"][0]["text"].as_str().expect("text");
        assert!(text.contains("configurations/require_secure_transport") && text.contains("was not read"), "{text}");
    }
    // What the list does carry is judged.
    assert!(
        of("azure.postgresql.password_authentication_disabled")
            .iter()
            .any(|f| f["verdict"] == "fail" || f["verdict"] == "pass")
    );
    // A reverse relation of a partial snapshot proves no pass.
    assert!(of("azure.postgresql.subnet_serves_one_domain").iter().all(|f| f["verdict"] != "pass"));
    assert_ne!(assessment["gate"]["outcome"], "passed");
}

/// The children of a server may come in a file of their own.
#[test]
fn files_add_up_to_one_snapshot() {
    let folder = "fixtures/azure/examples/specification/postgresql/resource-manager/Microsoft.DBforPostgreSQL/stable/2022-12-01/examples";
    let all = scan(&path(folder));
    let single: usize = files(folder).iter().map(|f| scan(f)["resources"].as_array().expect("resources").len()).sum();
    let together = all["resources"].as_array().expect("resources").len();
    assert!(together > 1 && together <= single);
}

/// An answer that lists nothing is no estate without faults.
#[test]
fn nothing_judged_is_incomplete() {
    let folder = tempfile::tempdir().expect("a folder");
    for text in [r#"{"value":[]}"#, r#"[{"id":"/subscriptions/s/providers/A.B/c/d"}]"#] {
        let file = folder.path().join("a.json");
        std::fs::write(&file, text).expect("a file");
        let output = assize(&["scan", &file.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(3), "{text}: {}", stdout(&output));
        assert!(stdout(&output).contains("nothing was judged"), "{}", stdout(&output));
    }
}
