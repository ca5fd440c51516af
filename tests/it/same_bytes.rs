//! The same snapshot, policies and time give the same bytes: again, on many threads, in any order, in both engines.

use std::collections::BTreeMap;

use assize::evaluate::{Backend, Evaluation, Options, evaluate};
use assize::model::{ContextRules, ParameterSetting, PolicySet, Snapshot};
use assize::policy::{effective_parameters, load};
use chrono::{DateTime, Utc};

use crate::estate::snapshot;
use crate::generator::bank;
use crate::support::{assize, path, stderr, stdout};

const JUDGE: &[&str] = &[
    "scan",
    "fixtures/bank/bank.snapshot.jsonl",
    "--config",
    "fixtures/bank/assize.yaml",
    "--at",
    "2026-11-01T06:00:00Z",
];

fn run(more: &[&str]) -> String {
    let output = assize(&[JUDGE, more].concat());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn runs_and_threads_cannot_be_told_apart() {
    for format in ["json", "sarif", "sarif-github", "table"] {
        let first = run(&["-o", format, "--threads", "1"]);
        assert!(!first.is_empty());
        assert_eq!(first, run(&["-o", format, "--threads", "1"]), "{format}: a second run");
        for threads in ["2", "7", "64"] {
            assert!(first == run(&["-o", format, "--threads", threads]), "{format}: {threads} threads");
        }
    }
}

/// The order in which a file lists its resources, and the order of files, cannot be seen.
#[test]
fn shuffled_input_cannot_be_told_apart() {
    let mut bodies: Vec<serde_json::Value> = bank().resources.into_iter().map(|r| r.body).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let mut runs = Vec::new();
    for round in 0..3usize {
        // A fixed shuffle: no chance in tests.
        let count = bodies.len();
        for at in 0..count {
            bodies.swap(at, (at * 7919 + round * 104_729) % count);
        }
        let file = folder.path().join("answer.json");
        std::fs::write(&file, serde_json::to_vec(&serde_json::json!({ "value": bodies })).expect("JSON"))
            .expect("a file");
        let output = assize(&["scan", &file.to_string_lossy(), "--at", "2026-11-01T06:00:00Z", "-o", "json"]);
        let mut assessment: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        // The digest is one of the file's bytes, and those differ.
        assert_ne!(assessment["snapshot"]["sha256"].take(), "");
        runs.push(assessment.to_string());
    }
    assert!(runs[0] == runs[1] && runs[1] == runs[2]);
}

fn policies() -> (PolicySet, BTreeMap<String, ParameterSetting>, ContextRules) {
    let set = load(&[], true).expect("the library");
    let text = std::fs::read_to_string(path("fixtures/bank/assize.yaml")).expect("settings");
    let settings = assize::config::parse_config("assize.yaml", &text).expect("settings");
    let parameters = effective_parameters(&set, &settings.parameters).expect("parameters");
    (set, parameters, settings.context)
}

fn judged(snapshot: &Snapshot, backend: Backend) -> Evaluation {
    let (set, parameters, context) = policies();
    let at: DateTime<Utc> = DateTime::UNIX_EPOCH;
    let options = Options { backend, context, threads: 2, ..Options::new(parameters, at) };
    evaluate(snapshot, &set, &options).expect("an evaluation")
}

/// Both engines over the whole bank, and over every real answer.
#[test]
fn both_engines_agree_on_every_fixture() {
    let mut snapshots = vec![snapshot(&bank())];
    for folder in ["fixtures/azure/examples", "fixtures/azure/recorded"] {
        snapshots.push(assize::snapshot::read(&[path(folder)]).expect("answers"));
    }
    for snapshot in snapshots {
        let (machine, interpreter) = (judged(&snapshot, Backend::Machine), judged(&snapshot, Backend::Interpreter));
        assert!(!machine.findings.is_empty());
        assert_eq!(machine.findings.len(), interpreter.findings.len());
        for (a, b) in machine.findings.iter().zip(&interpreter.findings) {
            let text = |f| serde_json::to_string(f).expect("JSON");
            assert_eq!(text(a), text(b));
        }
        assert_eq!(machine.notices, interpreter.notices);
    }
}
