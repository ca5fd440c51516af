//! `assize policy test --watch`: runs the tests of what changes, until it is told to stop.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use anyhow::anyhow;

use crate::cli::PolicyArgs;
use crate::commands::policy::asked;
use crate::commands::{CommandError, Outcome, say};
use crate::evaluate::mark_worker;
use crate::model::PolicyId;
use crate::policy::{Sources, changes, stamps};

/// How often the folders are looked at. Looking is cheaper than it seems, and works where notices of the system do not
/// reach: network drives, containers, WSL.
const LOOK: Duration = Duration::from_millis(250);

/// How long nothing may change before the tests run, so that a save of several files is one change.
const SETTLE: Duration = Duration::from_millis(100);

/// What is still to be tested.
#[derive(Debug, Default)]
struct Due {
    everything: bool,
    policies: BTreeSet<String>,
}

/// Runs the tests that are asked for, then again what changes. Ends with Ctrl-C and 0.
pub(super) fn watch(filter: &[String], args: &PolicyArgs, mutate: bool, verbose: bool) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        tokio::select! {
            stop = tokio::signal::ctrl_c() => Ok(stop.map(|()| 0)?),
            never = rounds(filter, args, mutate, verbose) => never,
        }
    })
}

async fn rounds(filter: &[String], args: &PolicyArgs, mutate: bool, verbose: bool) -> Outcome {
    // A folder that is not there is a mistake; one that breaks later is not.
    let mut texts = read(args)?;
    let mut seen = look(args);
    let mut due = Due { everything: true, ..Due::default() };
    loop {
        if due.everything || !due.policies.is_empty() {
            let texts: Vec<&str> = due.policies.iter().map(String::as_str).collect();
            let which = if due.everything { filter.join(" ") } else { texts.join(" ") };
            say(&format!("testing {}", if which.is_empty() { "all policies" } else { &which }));
            let chosen: Vec<String> =
                if due.everything { filter.to_vec() } else { due.policies.iter().cloned().collect() };
            // What could not be tested stays due: the policy that broke the rest may be mended by the next change.
            if run(&chosen, args, mutate, verbose).await? {
                due = Due::default();
            }
            say("waiting for changes; Ctrl-C ends");
        }
        while look(args) == seen {
            tokio::time::sleep(LOOK).await;
        }
        loop {
            seen = look(args);
            tokio::time::sleep(SETTLE).await;
            if look(args) == seen {
                break;
            }
        }
        let now = match read(args) {
            Ok(now) => now,
            Err(error) => {
                say(&error.to_string());
                continue;
            }
        };
        for (old, new) in texts.iter().zip(&now) {
            let changes = changes(old, new);
            due.everything |= changes.everything;
            due.policies.extend(changes.policies.into_iter().filter(|id| {
                // A folder whose name is no id is said to be wrong when it is loaded.
                PolicyId::parse(id).map_or(true, |id| asked(filter, &id))
            }));
        }
        texts = now;
        let there = |id: &String| {
            let path = format!("{}/policy.rego", id.replace('.', "/"));
            texts.iter().any(|source| source.files().contains_key(&path))
        };
        due.policies.retain(there);
    }
}

fn read(args: &PolicyArgs) -> Result<Vec<Sources>, CommandError> {
    args.folders.iter().map(|folder| Sources::read(folder).map_err(CommandError::new)).collect()
}

type Stamps = BTreeMap<String, (u64, Option<SystemTime>)>;

fn look(args: &PolicyArgs) -> Vec<Stamps> {
    args.folders.iter().map(|folder| stamps(folder)).collect()
}

/// Runs the tests in a process of its own, which may be lost. False when they could not be run.
async fn run(chosen: &[String], args: &PolicyArgs, mutate: bool, verbose: bool) -> Result<bool, CommandError> {
    let mut command = std::process::Command::new(std::env::current_exe()?);
    command.args(["policy", "test"]);
    for folder in &args.folders {
        command.arg("--policies").arg(folder);
    }
    for (flag, given) in [("--embedded", args.embedded), ("--mutate", mutate), ("--verbose", verbose)] {
        if given {
            command.arg(flag);
        }
    }
    command.arg("--").args(chosen).stdin(Stdio::null());
    mark_worker(&mut command);
    let mut child = tokio::process::Command::from(command)
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| CommandError::new(anyhow!("the tests cannot be started: {e}")))?;
    match child.wait().await?.code() {
        Some(0 | 1) => Ok(true),
        Some(_) => Ok(false),
        None => {
            say("the tests took their process down: memory was exhausted, or recursion had no end");
            Ok(false)
        }
    }
}
