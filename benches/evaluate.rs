//! What each stage costs on ten copies of the fixture bank: `cargo bench --bench evaluate`.
//!
//! With arguments it is the tool of `benches/scale.py`: `write COPIES FILE` writes an estate, `parse FILE` parses one with
//! serde_json alone and prints the seconds, `stages FILE` prints the seconds that reading and evaluating take, `cost COPIES`
//! prints for each type of an estate what judging one resource costs, with the policies that concern the type and with the
//! whole library.

#![allow(clippy::print_stdout, reason = "with arguments, a tool that prints")]

#[path = "../tests/it/estate.rs"]
mod estate;
#[path = "../fixtures/bank/generator.rs"]
mod generator;

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;
use std::time::Instant;

use assize::evaluate::{Options, evaluate};
use assize::model::{ParameterSetting, PolicySet, Snapshot};
use assize::policy::{effective_parameters, load};
use assize::snapshot::{read_native, write_native};
use chrono::{DateTime, Utc};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", copies, file] => {
            let snapshot = estate::snapshot(&generator::estate(copies.parse().expect("a number")));
            assize::snapshot::write(Path::new(file), &snapshot).expect("a file");
            println!("{} resources", snapshot.resources().len());
        }
        ["parse", file] => {
            let text = std::fs::read(file).expect("a file");
            let start = Instant::now();
            let mut keys = 0;
            for line in text.lines() {
                let value: serde_json::Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
                keys += value.as_object().map_or(0, serde_json::Map::len);
            }
            println!("{:.3} s, {keys} keys", start.elapsed().as_secs_f64());
        }
        ["stages", file] => {
            let start = Instant::now();
            let snapshot = assize::snapshot::read(&[file.into()]).expect("a snapshot");
            let read = start.elapsed().as_secs_f64();
            let (set, parameters) = library();
            let at: DateTime<Utc> = DateTime::UNIX_EPOCH;
            let options = Options { threads: 2, ..Options::new(parameters, at) };
            let start = Instant::now();
            let findings = evaluate(&snapshot, &set, &options).expect("an evaluation").findings.len();
            println!("{read:.3} {:.3} {findings}", start.elapsed().as_secs_f64());
        }
        ["cost", copies] => cost(copies.parse().expect("a number")),
        _ => divan::main(),
    }
}

/// The fastest of several runs, compilation left out: of each pair of runs one judges half of the estate.
fn seconds(
    snapshot: &Snapshot,
    half: &Snapshot,
    set: &PolicySet,
    parameters: &BTreeMap<String, ParameterSetting>,
) -> f64 {
    let at: DateTime<Utc> = DateTime::UNIX_EPOCH;
    let options = Options { threads: 1, ..Options::new(parameters.clone(), at) };
    let run = |snapshot: &Snapshot| {
        let times = (0..7).map(|_| {
            let start = Instant::now();
            evaluate(snapshot, set, &options).expect("an evaluation");
            start.elapsed().as_secs_f64()
        });
        times.fold(f64::INFINITY, f64::min)
    };
    (run(snapshot) - run(half)).max(0.0)
}

/// Prints what one resource costs, by type.
fn cost(copies: usize) {
    let (all, parameters) = library();
    let whole = estate::snapshot(&generator::estate(copies));
    let half = estate::snapshot(&generator::estate(copies / 2));
    let kinds: std::collections::BTreeSet<String> =
        whole.resources().iter().map(|r| r.resource_type().as_str().to_owned()).collect();
    println!("type, resources, policies, microseconds a resource: own policies, whole library");
    for kind in kinds {
        let judged = |policy: &&assize::model::Policy| {
            policy.meta.resources.iter().any(|t| t.as_str().eq_ignore_ascii_case(&kind))
        };
        let own = all.policies.values().filter(judged).count();
        // The type and what lies below it.
        let below = format!("{}/", kind.to_lowercase());
        let of_type = |snapshot: &Snapshot| {
            let here = |key: &str| key == kind.to_lowercase() || key.starts_with(&below);
            let kept = snapshot.resources().iter().filter(|r| here(r.resource_type().key())).cloned().collect();
            Snapshot::new(snapshot.manifest().clone(), kept, Vec::new())
        };
        let (many, few) = (of_type(&whole), of_type(&half));
        let count =
            |s: &Snapshot| s.resources().iter().filter(|r| r.resource_type().key() == kind.to_lowercase()).count();
        let judged_here = count(&many) - count(&few);
        if own == 0 || judged_here < 40 {
            continue;
        }
        let mut alone = all.clone();
        let types: std::collections::BTreeSet<&str> =
            many.resources().iter().map(|r| r.resource_type().key()).collect();
        alone.policies.retain(|_, p| p.meta.resources.iter().any(|t| types.contains(t.key())));
        let each = |set: &PolicySet| seconds(&many, &few, set, &parameters) * 1e6 / judged_here as f64;
        println!("{kind}, {judged_here}, {own}, {:.1}, {:.1}", each(&alone), each(&all));
    }
}

const COPIES: usize = 10;

fn text() -> Vec<u8> {
    let mut bytes = Vec::new();
    write_native(&mut bytes, &estate::snapshot(&generator::estate(COPIES))).expect("memory");
    bytes
}

fn library() -> (PolicySet, BTreeMap<String, ParameterSetting>) {
    let set = load(&[], true).expect("the library");
    let parameters = effective_parameters(&set, &BTreeMap::new()).expect("defaults");
    (set, parameters)
}

fn judged(bencher: divan::Bencher<'_, '_>, threads: usize) {
    let snapshot: Snapshot = estate::snapshot(&generator::estate(COPIES));
    let (set, parameters) = library();
    let at: DateTime<Utc> = DateTime::UNIX_EPOCH;
    let options = Options { threads, ..Options::new(parameters, at) };
    bencher
        .counter(divan::counter::ItemsCount::new(snapshot.resources().len()))
        .bench(|| evaluate(&snapshot, &set, &options).expect("an evaluation").findings.len());
}

#[divan::bench(sample_count = 10)]
fn parse_with_serde_json_only(bencher: divan::Bencher<'_, '_>) {
    let text = text();
    bencher.bench(|| {
        let lines = text.split(|b| *b == b'\n').filter(|l| !l.is_empty());
        lines.map(|l| serde_json::from_slice::<serde_json::Value>(l).expect("JSON")).filter(|v| v.is_object()).count()
    });
}

#[divan::bench(sample_count = 10)]
fn read_a_snapshot(bencher: divan::Bencher<'_, '_>) {
    let text = text();
    bencher.bench(|| read_native(Path::new("bank"), text.as_slice()).expect("a snapshot").resources().len());
}

#[divan::bench(sample_count = 10)]
fn evaluate_on_one_thread(bencher: divan::Bencher<'_, '_>) {
    judged(bencher, 1);
}

#[divan::bench(sample_count = 10)]
fn evaluate_on_two_threads(bencher: divan::Bencher<'_, '_>) {
    judged(bencher, 2);
}

#[divan::bench(sample_count = 10)]
fn load_the_library(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| load(&[], true).expect("the library").policies.len());
}
