//! The fixture bank: the committed snapshot is the generated one, and its findings are the planted faults and no others.

use std::collections::BTreeSet;

use assize::snapshot::{read, write_native};
use serde::Deserialize;

use crate::code_bank::LANGUAGES;
use crate::estate::snapshot;
use crate::generator::{bank, estate};
use crate::support::{assize, path, same_file, stderr, stdout};

const SNAPSHOT: &str = "fixtures/bank/bank.snapshot.jsonl";

/// A finding that the list names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) policy: String,
    pub(crate) resource: String,
    pub(crate) verdict: String,
    what: String,
    /// The sources that show it.
    pub(crate) shown_by: Vec<String>,
    /// What it comes to in code that does not show it.
    pub(crate) otherwise: Option<String>,
    why: Option<String>,
}

/// The lists of faults: `faults.yaml` and those beside it for parts of the bank, `faults-*.yaml`.
pub(crate) fn faults() -> Vec<Fault> {
    let files = std::fs::read_dir(path("fixtures/bank")).expect("the folder").map(|f| f.expect("an entry").path());
    let list = |name: &str| name.starts_with("faults") && name.ends_with(".yaml");
    let mut files: Vec<_> = files.filter(|f| f.file_name().is_some_and(|n| list(&n.to_string_lossy()))).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| -> Vec<Fault> {
        let text = std::fs::read_to_string(file).expect("the list");
        yaml_serde::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
    };
    files.iter().flat_map(read).collect()
}

#[test]
fn the_committed_snapshot_is_the_generated_one() {
    let mut bytes = Vec::new();
    write_native(&mut bytes, &snapshot(&bank())).expect("memory");
    same_file(SNAPSHOT, &bytes);
    assert_eq!(read(&[path(SNAPSHOT)]).expect("a snapshot").resources().len(), bank().resources.len());
}

/// The arguments that judge the bank, at a time at which its waivers are in force.
const JUDGE: &[&str] = &["scan", SNAPSHOT, "--config", "fixtures/bank/assize.yaml", "--at", "2026-11-01T06:00:00Z"];

fn assessment() -> serde_json::Value {
    let output = assize(&[JUDGE, &["--output", "json"]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

#[test]
fn the_findings_are_the_planted_faults_and_no_others() {
    let faults = faults();
    let planted: BTreeSet<(String, String, String)> = faults
        .iter()
        .map(|f| {
            assert!(!f.what.trim().is_empty());
            assert!(f.shown_by.contains(&"live".to_owned()), "{}: the list holds what live Azure shows", f.what);
            let everywhere = f.shown_by.len() == LANGUAGES.len() + 1;
            assert_eq!(everywhere, f.otherwise.is_none() && f.why.is_none(), "{} {}", f.policy, f.resource);
            (f.policy.clone(), f.resource.to_lowercase(), f.verdict.clone())
        })
        .collect();
    assert_eq!(planted.len(), faults.len(), "a fault stands twice in the list");
    let assessment = assessment();
    let found: BTreeSet<(String, String, String)> = assessment["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|f| ["fail", "unknown"].contains(&f["verdict"].as_str().expect("a verdict")))
        .map(|f| {
            let text = |key: &str| f[key].as_str().expect("text").to_owned();
            (text("policy"), text("resource").to_lowercase(), text("verdict"))
        })
        .collect();
    let missed: Vec<_> = planted.difference(&found).collect();
    let invented: Vec<_> = found.difference(&planted).collect();
    assert!(missed.is_empty() && invented.is_empty(), "missed: {missed:#?}\ninvented: {invented:#?}");
}

#[test]
fn every_policy_fails_somewhere_in_the_bank_and_passes_somewhere() {
    let assessment = assessment();
    let with = |verdict: &str| -> BTreeSet<String> {
        let findings = assessment["findings"].as_array().expect("findings").iter();
        findings.filter(|f| f["verdict"] == verdict).map(|f| f["policy"].as_str().expect("text").to_owned()).collect()
    };
    let (failing, passing) = (with("fail"), with("pass"));
    for policy in assessment["policies"].as_array().expect("policies") {
        let id = policy["id"].as_str().expect("an id");
        assert!(failing.contains(id), "{id} fails nowhere");
        assert!(passing.contains(id), "{id} passes nowhere");
    }
    let by_id =
        |name: &str| assessment["waivers"].as_array().expect("waivers").iter().filter(|w| w["status"] == name).count();
    assert!(by_id("applied") > 0 && by_id("expired") > 0 && by_id("unused") > 0);
}

#[test]
fn every_resource_of_the_bank_is_listed() {
    let assessment = assessment();
    let listed: BTreeSet<String> = assessment["resources"]
        .as_array()
        .expect("resources")
        .iter()
        .map(|r| r["id"].as_str().expect("an id").to_lowercase())
        .collect();
    for resource in bank().resources {
        let id = resource.body["id"].as_str().expect("an id").to_lowercase();
        assert!(listed.contains(&id), "{id} is not listed");
    }
    let summary = &assessment["summary"];
    let count = |key: &str| summary[key].as_u64().expect("a number");
    assert_eq!(count("listed"), count("pass") + count("fail") + count("unknown") + count("not_applicable"));
    assert_eq!(count("listed") as usize, assessment["findings"].as_array().expect("findings").len());
}

/// Copies of the bank have the same faults, each its own: relations stay within a copy.
#[test]
fn copies_of_the_bank_have_copies_of_its_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = |copies: usize| {
        let file = folder.path().join(format!("{copies}.jsonl"));
        let mut bytes = Vec::new();
        write_native(&mut bytes, &snapshot(&estate(copies))).expect("memory");
        std::fs::write(&file, bytes).expect("a file");
        let output = assize(&[
            "scan",
            &file.to_string_lossy(),
            "--config",
            "fixtures/bank/assize.yaml",
            "--at",
            "2026-11-01T06:00:00Z",
            "-o",
            "json",
        ]);
        let assessment: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assessment["summary"].clone()
    };
    let (one, three) = (count(1), count(3));
    for key in ["listed", "pass", "fail", "unknown", "not_applicable"] {
        assert_eq!(one[key].as_u64().expect("a number") * 3, three[key].as_u64().expect("a number"), "{key}");
    }
}
