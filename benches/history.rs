//! What a year of nightly runs over 5,000 findings costs: `cargo bench --bench history`, or with the URL of an empty
//! PostgreSQL database `cargo bench --bench history -- URL`.
//!
//! Each night one finding in a hundred fails anew, a fifth of the fails is mended, a few become unknown or go.

#![allow(clippy::print_stdout, reason = "a tool that prints")]

use std::time::{Duration, Instant};

use assize::history::{Filter, Group, History, RunInfo, Schedule};
use assize::model::Assessment;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

const RUNS: i64 = 365;
const POLICIES: usize = 25;
const RESOURCES: usize = 200;
const CONTROLS: usize = 40;

fn day(number: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_767_232_800, 0).expect("a time") + TimeDelta::days(number)
}

/// A small generator, so that every run of the bench judges the same estate.
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed >> 11
}

fn document(at: i64, states: &[u8]) -> Value {
    let id = |n: usize| {
        format!(
            "/subscriptions/5c1f0000-0000-4000-8000-000000000001/resourceGroups/rg-{:02}/providers/Microsoft.Storage/storageAccounts/st{n:04}",
            n % 20
        )
    };
    let severity = |n: usize| ["critical", "high", "medium", "low"][n % 4];
    let policies: Vec<Value> = (0..POLICIES)
        .map(|n| {
            json!({
                "id": format!("azure.storage.p{n:02}"), "check": format!("ST-{n:03}"), "title": "t", "description": "d",
                "severity": severity(n), "resource": "Microsoft.Storage/storageAccounts",
                "reads": [], "controls": {}, "remediation": {"note": "n"}
            })
        })
        .collect();
    let mut resources: Vec<Value> = (0..RESOURCES)
        .map(|n| json!({"id": id(n), "type": "Microsoft.Storage/storageAccounts", "policies": POLICIES, "context": {"domain": format!("domain-{}", n % 12)}}))
        .collect();
    resources.sort_by_key(|r| r["id"].as_str().expect("an id").to_lowercase());
    let mut findings = Vec::with_capacity(states.len());
    let mut failing = [false; POLICIES];
    for (n, state) in states.iter().enumerate() {
        let (policy, resource) = (n / RESOURCES, n % RESOURCES);
        let verdict = match state {
            0 => "pass",
            1 => "fail",
            2 => "unknown",
            _ => continue,
        };
        failing[policy] |= verdict == "fail";
        findings.push(json!({"policy": format!("azure.storage.p{policy:02}"), "resource": id(resource), "verdict": verdict, "facts": {}}));
    }
    let controls: Vec<Value> = (0..CONTROLS)
        .map(|n| {
            let (a, b) = (n % POLICIES, (n * 7 + 3) % POLICIES);
            let status = if failing[a] || failing[b] { "findings" } else { "no_findings" };
            json!({
                "control": format!("C-{n}"), "framework": "f", "evidence_strength": "partial", "status": status,
                "policies": [format!("azure.storage.p{a:02}"), format!("azure.storage.p{b:02}")],
                "summary": {"listed": 400, "pass": 400, "fail": 0, "unknown": 0, "not_applicable": 0, "waived": 0}
            })
        })
        .collect();
    json!({
        "schema": "assize.assessment/1", "tool": {"name": "assize", "version": "0.1.0"}, "evaluated_at": day(at),
        "snapshot": {"sha256": "0".repeat(64), "source": "azure", "scope": ["/"], "taken": day(at), "partial": false},
        "policy_set": {"sha256": "1".repeat(64), "policies": POLICIES}, "parameters": {},
        "summary": {"listed": 0, "pass": 0, "fail": 0, "unknown": 0, "not_applicable": 0, "waived": 0},
        "gate": {"fail_on": "high", "allow_unknown": 0, "new_only": false, "failing": 0, "unknown": 0, "outcome": "failed"},
        "notices": [], "policies": policies, "frameworks": [], "controls": controls, "waivers": [],
        "resources": resources, "gaps": [], "findings": findings
    })
}

fn churn(states: &mut [u8], seed: &mut u64) {
    for state in states.iter_mut() {
        let dice = next(seed) % 1000;
        *state = match *state {
            0 if dice < 10 => 1,
            0 if dice < 12 => 2,
            0 if dice < 13 => 3,
            1 if dice < 200 => 0,
            1 if dice < 205 => 2,
            2 if dice < 500 => 0,
            3 if dice < 100 => 0,
            same => same,
        };
    }
}

fn timed<T>(what: &str, times: u32, mut work: impl FnMut() -> T) -> T {
    let start = Instant::now();
    let mut last = work();
    for _ in 1..times {
        last = work();
    }
    println!("{what:<52} {:>8.2} ms", start.elapsed().as_secs_f64() * 1000.0 / f64::from(times));
    last
}

fn main() {
    let url = std::env::args().skip(1).find(|a| a != "--bench");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("history.db").to_string_lossy().into_owned();
    let mut history = History::open(url.as_deref().unwrap_or(&file), None, true).expect("a store");
    let mut states = vec![0u8; POLICIES * RESOURCES];
    let mut seed = 0x2545_f491_4f6c_dd1d;
    let mut times: Vec<Duration> = Vec::new();
    for at in 0..RUNS {
        churn(&mut states, &mut seed);
        let assessment: Assessment = serde_json::from_str(&document(at, &states).to_string()).expect("an assessment");
        let start = Instant::now();
        let info = RunInfo { series: "nightly", recorded: day(at), label: "bench" };
        history.record(&assessment, &info).expect("a recorded run");
        times.push(start.elapsed());
    }
    let first = times.remove(0);
    times.sort_unstable();
    println!("{RUNS} runs, {} findings", states.len());
    println!(
        "record: first {first:.1?}, median {:.1?}, slowest {:.1?}",
        times[times.len() / 2],
        times[times.len() - 1]
    );
    if url.is_none() {
        println!("file: {} bytes", std::fs::metadata(&file).expect("the file").len());
    }
    let all = Filter::default();
    let daily = Schedule::parse("0 2 * * *", None).expect("a schedule");
    let (from, to) = (day(0), day(RUNS));
    let rows =
        timed("findings: first seen, last seen, reopened, age", 5, || history.findings("nightly", &all).expect("rows"));
    let open = Filter { open: true, control: Some("C-3".to_owned()), ..Filter::default() };
    timed("findings: open, of one control", 5, || history.findings("nightly", &open).expect("rows"));
    timed("times to fix, by control", 5, || history.fix_times("nightly", Group::Control, &all, None).expect("rows"));
    timed("times to fix, by domain", 5, || history.fix_times("nightly", Group::Domain, &all, None).expect("rows"));
    let held = timed("held: one control, a quarter", 5, || {
        history.held("nightly", "C-3", day(10), day(100), &daily).expect("an answer")
    });
    timed("held: one control, the year", 5, || history.held("nightly", "C-3", from, to, &daily).expect("an answer"));
    timed("runs: expected against present, the year", 5, || {
        history.presence("nightly", from, to, &daily).expect("runs")
    });
    let trend = timed("trend: the year", 5, || history.trend("nightly", from, to, Some(&daily)).expect("a trend"));
    println!("{} rows, {} points, {} obstacles", rows.len(), trend.points.len(), held.obstacles.len());
    timed("prune: half a year", 1, || history.prune("nightly", day(RUNS / 2), "bench", to).expect("pruned"));
}
