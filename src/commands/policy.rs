//! `assize policy …`.

use std::fmt::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::anyhow;
use serde_json::json;

use crate::cli::{Listing, PolicyArgs, PolicyCommand};
use crate::commands::output::{self, printable};
use crate::commands::policy_docs::{docs, reach};
use crate::commands::{CommandError, Outcome, explain, load_policies, print, print_lines, profile, watch};
use crate::config::Settings;
use crate::evaluate::{RegoProblem, Score, TestResult, Trial, inspect, mutate, try_libraries, try_policy};
use crate::iac::{CodeOptions, Wanted, read_code};
use crate::model::{Policy, PolicyId, PolicySet, ReadPath, RegoFile, ResourceType, Trust};
use crate::policy::{NewPolicy, examples, layered_parameters, parse_cases, scaffold};
use crate::report::sheet::{Law, Subject, sheet};

pub(super) fn policy(command: PolicyCommand) -> Outcome {
    match command {
        PolicyCommand::List { policies, parameters, profile, output } => {
            list(&policies, parameters, profile.as_deref(), output)
        }
        PolicyCommand::Show { id, policies, output } => show(&id, &policies, output),
        PolicyCommand::Docs { policies, output } => docs(&policies, &output),
        PolicyCommand::Check { policies, mapping } if mapping.is_empty() => check(&policies),
        PolicyCommand::Check { mapping, .. } => check_mapping(&mapping),
        PolicyCommand::Explain(args) => explain::explain(&args),
        PolicyCommand::Test { filter, policies, mutate, watch: true, verbose } => {
            watch::watch(&filter, &policies, mutate, verbose)
        }
        PolicyCommand::Test { filter, policies, mutate, verbose, .. } => test(&filter, &policies, mutate, verbose),
        PolicyCommand::New { id, resource, read, control, folder } => new(&id, &resource, &read, control, &folder),
    }
}

fn list(args: &PolicyArgs, parameters: bool, profile: Option<&str>, output: Listing) -> Outcome {
    let mut set = load_policies(args)?;
    let mut text = String::new();
    let library = profile::library(args)?;
    let library = library.as_ref().unwrap_or(&set);
    let mut settings = Settings::default();
    let mut profile = profile::chosen(profile, &settings, Path::new(""), &set, library)?;
    if parameters {
        profile::keep_loaded(&mut settings, profile.as_mut(), &set, library);
        let below = profile.map(|p| p.parameters).unwrap_or_default();
        let values = layered_parameters(&set, &below, &settings.parameters)
            .map_err(|e| CommandError::new(anyhow!(e.join("\n"))))?;
        if output == Listing::Json {
            let mut rows = serde_json::to_value(set.parameters())?;
            for (name, _) in below {
                rows[&name]["value"] = serde_json::to_value(&values[&name])?;
            }
            return print((rows.to_string() + "\n").as_bytes());
        } else {
            for (name, parameter) in set.parameters() {
                let value = profile::shown(&values[name]);
                let _ = writeln!(text, "{name:<36} {value:<12} {}", parameter.meaning);
            }
        }
        return print_lines(&text);
    }
    if let Some(profile) = profile {
        set.retain(|policy| profile.keeps(&policy.meta.id));
    }
    if output == Listing::Json {
        let rows: Vec<_> = set.policies.values().map(|p| &p.meta).collect();
        return print((serde_json::to_string(&rows)? + "\n").as_bytes());
    } else {
        for policy in set.policies.values() {
            let meta = &policy.meta;
            let controls: Vec<&str> = meta.controls.keys().map(String::as_str).collect();
            let _ = writeln!(text, "{:<9} {}: {}", meta.severity.as_str(), meta.id, meta.title);
            let _ = writeln!(text, "{:<9} {} {}, {}", "", meta.check, meta.resource_text(), controls.join(" "));
        }
        let _ = writeln!(text, "{} policies", set.policies.len());
    }
    print_lines(&text)
}

fn show(id: &str, args: &PolicyArgs, form: Listing) -> Outcome {
    let set = load_policies(args)?;
    let policy = set.find(id).ok_or_else(|| {
        CommandError::new(anyhow!("there is no policy {id:?}")).hint("`assize policy list` shows those there are")
    })?;
    let meta = &policy.meta;
    let reach = reach(policy);
    if form == Listing::Json {
        let shown = json!({"policy": meta, "permissions": reach.actions, "besides": reach.besides});
        return print((serde_json::to_string(&shown)? + "\n").as_bytes());
    }
    let law = Law::of(set.frameworks.values());
    let (pass, fail) = examples(policy).map_err(|p| CommandError::new(anyhow!(p.to_string())))?;
    let subject = Subject { meta, law: &law, reach: &reach, pass: pass.as_ref(), fail: fail.as_ref() };
    let mut text = Vec::new();
    sheet(&subject, &output::options(false), &mut text)?;
    for (crosswalk, ids) in &meta.crosswalks {
        let found = set.crosswalks.get(crosswalk);
        let title = found.map_or(crosswalk.as_str(), |c| c.title.as_str());
        text.extend(format!("\nThe same idea in {}:\n", printable(title)).bytes());
        for id in ids {
            let name = found.and_then(|c| c.names.get(id)).map(|name| format!(": {name}")).unwrap_or_default();
            text.extend(format!("  {}\n", printable(&format!("{id}{name}"))).bytes());
        }
    }
    print(&text)
}

fn check(args: &PolicyArgs) -> Outcome {
    let set = load_policies(args)?;
    refuse(&inspect(&set))?;
    // What the checks accept must compile.
    let options = crate::evaluate::Options::new(Default::default(), chrono::DateTime::UNIX_EPOCH);
    crate::evaluate::compile(&set, &options)?;
    let library = profile::library(args)?;
    profile::check(&set, library.as_ref().unwrap_or(&set))?;
    print(
        format!(
            "{} policies, {} libraries, {} frameworks, {} crosswalks: no problem\n",
            set.policies.len(),
            set.libraries.len(),
            set.frameworks.len(),
            set.crosswalks.len()
        )
        .as_bytes(),
    )
}

/// What the mapping of azurerm does not know in code. Exit code 1 when there is something.
fn check_mapping(paths: &[PathBuf]) -> Outcome {
    let (_, code) = read_code(paths, &CodeOptions::default(), &Wanted::default())
        .map_err(|e| CommandError::new(anyhow!("{e}")))?
        .ok_or_else(|| CommandError::new(anyhow!("there is no code below these paths")))?;
    let mut lines: Vec<String> = code
        .unmapped
        .iter()
        .map(|(kind, count)| format!("{kind} has no mapping; it is declared {count} times"))
        .chain(code.remarks.iter().filter(|r| r.contains(" is not mapped")).cloned())
        .collect();
    let found = !lines.is_empty();
    if !found {
        lines.push(format!("every argument of the Azure resources in {} files is known", code.files));
    }
    print((lines.iter().map(|l| printable(l) + "\n").collect::<String>()).as_bytes())?;
    Ok(u8::from(found))
}

/// Problems as an error.
fn refuse(problems: &[RegoProblem]) -> Result<(), CommandError> {
    if problems.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let hint = format!("{} problems; docs/writing-policies.md describes the rules", lines.len());
    Err(CommandError::new(anyhow!(lines.join("\n"))).hint(hint))
}

/// Runs the same command in a process with a limit on memory, and passes on what it prints and its exit code.
fn again_as_worker() -> Outcome {
    let program = std::env::current_exe()?;
    let mut command = std::process::Command::new(program);
    command.args(std::env::args_os().skip(1));
    let status = crate::evaluate::mark_worker(&mut command).status()?;
    match status.code().and_then(|code| u8::try_from(code).ok()) {
        Some(code) => Ok(code),
        None => Err(CommandError::new(anyhow!(
            "the tests took their process down: memory was exhausted, or recursion had no end"
        ))
        .hint("test one policy at a time to see which: assize policy test ID --policies DIR")),
    }
}

fn trials(set: &PolicySet, policy: &Policy, file: Option<&RegoFile>) -> Result<Vec<Trial>, CommandError> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let cases = parse_cases(file).map_err(|p| CommandError::new(anyhow!(p.to_string())))?;
    cases
        .into_iter()
        .map(|case| {
            for (name, value) in &case.parameters {
                let parameters = set.parameters();
                let parameter = parameters.get(name.as_str()).filter(|_| policy.meta.parameters.contains_key(name));
                let parameter = parameter.ok_or_else(|| {
                    CommandError::new(anyhow!("{}: the policy declares no parameter {name}", case.place))
                })?;
                crate::policy::check_value(parameter, value)
                    .map_err(|e| CommandError::new(anyhow!("{}: {name}: {e}", case.place)))?;
            }
            Ok(Trial { place: case.place, subject: case.subject, snapshot: case.snapshot, parameters: case.parameters })
        })
        .collect()
}

/// What the tests of one policy gave, and what became of its mutants.
type Tried = Result<(Vec<TestResult>, Score), CommandError>;

/// Tries policies on all processors, and gives what came of each in their order.
fn try_all(set: &PolicySet, chosen: &[&Policy], with_mutants: bool) -> Vec<Tried> {
    let one = |policy: &Policy| -> Tried {
        let (pass, fail) = (trials(set, policy, policy.pass.as_ref())?, trials(set, policy, policy.fail.as_ref())?);
        let results = try_policy(policy, set, &pass, &fail)?;
        let score = if with_mutants { mutate(policy, set, &pass, &fail)? } else { Score::default() };
        Ok((results, score))
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, policy)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, chosen.get(at)?)))
        {
            done.push((at, one(policy)));
        }
        done
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(chosen.len());
    let mut tried: Vec<(usize, Tried)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let joined = workers.into_iter().map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.flatten().collect()
    });
    tried.sort_by_key(|(at, _)| *at);
    tried.into_iter().map(|(_, tried)| tried).collect()
}

fn test(filter: &[String], args: &PolicyArgs, with_mutants: bool, verbose: bool) -> Outcome {
    let set = load_policies(args)?;
    if set.policies.values().any(|p| p.trust == Trust::Loaded) {
        refuse(&inspect(&set))?;
        // Tests run the policies in this process, so this process is one that may be lost.
        if !crate::evaluate::is_worker() {
            return again_as_worker();
        }
    }
    let mut text = String::new();
    let (mut passed, mut failed) = (0usize, 0usize);
    let mut note = |owner: &str, results: Vec<TestResult>, text: &mut String| {
        for result in results {
            match result.failure {
                None => {
                    passed += 1;
                    if verbose {
                        let _ = writeln!(text, "ok    {owner}: {}", result.name);
                    }
                }
                Some(failure) => {
                    failed += 1;
                    let _ = writeln!(text, "FAIL  {owner}: {}: {failure}", result.name);
                }
            }
        }
    };
    if filter.is_empty() {
        note("libraries", try_libraries(&set)?, &mut text);
    }
    let chosen: Vec<&Policy> = set.policies.values().filter(|p| asked(filter, &p.meta.id)).collect();
    if chosen.is_empty() {
        return Err(CommandError::new(anyhow!("no policy matches {:?}", filter.join(" "))));
    }
    let (mut mutants, mut killed) = (0, 0);
    for (policy, tried) in chosen.iter().zip(try_all(&set, &chosen, with_mutants)) {
        let (results, score) = tried?;
        note(policy.meta.id.as_str(), results, &mut text);
        mutants += score.mutants;
        killed += score.killed;
        for survivor in score.survivors {
            let _ = writeln!(text, "ALIVE {}:{}: {}", policy.rego.path, survivor.line, survivor.what);
        }
    }
    let _ = writeln!(text, "{} policies: {passed} tests passed, {failed} failed", chosen.len());
    if with_mutants {
        let _ = writeln!(text, "mutants: {killed} of {mutants} killed");
    }
    print(text.as_bytes())?;
    Ok(u8::from(failed > 0 || killed < mutants))
}

/// Whether the tests of the policy are asked for: its id holds one of the texts, or there is none.
pub(super) fn asked(filter: &[String], id: &PolicyId) -> bool {
    filter.is_empty() || filter.iter().any(|text| id.as_str().contains(text.as_str()))
}

fn new(id: &str, resource: &str, read: &str, control: String, folder: &Path) -> Outcome {
    let id = PolicyId::parse(id).map_err(|e| CommandError::new(anyhow!("{id:?}: {e}")))?;
    let known = load_policies(&PolicyArgs::default())?;
    if !known.frameworks.values().any(|f| f.controls.iter().any(|c| c.id == control)) {
        return Err(
            CommandError::new(anyhow!("there is no control {control}")).hint("`assize framework show dora` lists them")
        );
    }
    let new =
        NewPolicy { id: id.clone(), resource: ResourceType::new(resource), read: ReadPath::parse(read)?, control };
    let files = scaffold(&new)?;
    let target = id.as_str().split('.').fold(folder.to_owned(), |path, word| path.join(word));
    if target.exists() {
        return Err(CommandError::new(anyhow!("{} is already there", target.display())));
    }
    std::fs::create_dir_all(&target)
        .map_err(|e| CommandError::new(anyhow!("cannot make {}: {e}", target.display())))?;
    for (name, text) in files {
        super::output::write_file(&target.join(name), |out| Ok(out.write_all(text.as_bytes())?))?;
    }
    let text = format!("wrote {}\nnext: assize policy test {id} --policies {}\n", target.display(), folder.display());
    print(text.as_bytes())
}
