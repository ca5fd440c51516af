//! What several tests need: the tree, the bank, the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use assize::model::{Gap, Manifest, Resource, SNAPSHOT_SCHEMA, Snapshot, Source, Tool};

use crate::generator::{Bank, BankGap};

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A path below the root.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// A bank as the snapshot that the collector would write.
pub(crate) fn snapshot(bank: &Bank) -> Snapshot {
    let manifest = Manifest {
        schema: SNAPSHOT_SCHEMA.to_owned(),
        tool: Tool { name: "assize".to_owned(), version: "0.1.0".to_owned() },
        source: Source::Azure,
        scope: bank
            .subscriptions
            .iter()
            .map(|s| format!("/subscriptions/{}", s.trim_start_matches("/subscriptions/")))
            .collect(),
        started: Some("2026-11-01T01:48:00Z".to_owned()),
        ended: Some("2026-11-01T02:00:00Z".to_owned()),
        identity: Some("assize-reader (service principal)".to_owned()),
        partial: false,
    };
    let resources = bank
        .resources
        .iter()
        .map(|r| {
            Resource::from_value(&r.body).unwrap_or_else(|e| panic!("{}: {e}", r.body)).with_collections(&r.collections)
        })
        .collect();
    let gaps = bank.gaps.iter().map(gap).collect();
    Snapshot::new(manifest, resources, gaps)
}

fn gap(gap: &BankGap) -> Gap {
    let reason = serde_json::from_value(serde_json::json!(gap.reason)).expect("a reason of the snapshot format");
    Gap { about: gap.about.clone(), read: gap.read.clone(), reason, detail: gap.detail.clone() }
}

/// Runs the program in the root of the project.
pub(crate) fn assize(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the program starts")
}

/// The program, to be run in the root of the project, without the environment's colours.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assize"));
    command.current_dir(root()).env_remove("NO_COLOR").env("CI", "true");
    command
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Whether files that tests keep are to be written again.
pub(crate) fn bless() -> bool {
    std::env::var_os("ASSIZE_BLESS").is_some_and(|v| v == "1")
}

/// Compares a file with what it should be, or writes it when asked to.
pub(crate) fn same_file(relative: &str, expected: &[u8]) {
    let file = path(relative);
    if bless() {
        std::fs::write(&file, expected).expect("the file can be written");
        return;
    }
    let found = std::fs::read(&file).unwrap_or_default();
    assert!(
        found == expected,
        "{relative} is not what it should be; run ASSIZE_BLESS=1 cargo test --test it and read the difference"
    );
}
