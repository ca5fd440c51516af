//! `assize profile …`, and the profile that other commands are given.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::{Listing, PolicyArgs, ProfileCommand};
use crate::commands::{CommandError, Outcome, load_policies, print, print_lines, read_text};
use crate::config::Settings;
use crate::model::{ParameterSetting, PolicySet, Profile, RegoFile};
use crate::policy::{MAX_PROFILE_BYTES, PolicyError, find_profile, load, resolve_profile};

pub(super) fn profile(command: ProfileCommand) -> Outcome {
    match command {
        ProfileCommand::List { policies, output } => list(&policies, output),
        ProfileCommand::Show { profile, policies, output } => show(&profile, &policies, output),
    }
}

/// The embedded library, when folders take its place; profiles and settings are written for all policies.
pub(super) fn library(args: &PolicyArgs) -> Result<Option<PolicySet>, CommandError> {
    Ok(if args.folders.is_empty() { None } else { Some(load(&[], true)?) })
}

/// The profile that the flag names, else the one that the settings name. A path in the settings is relative to their folder.
pub(super) fn chosen(
    flag: Option<&str>,
    settings: &Settings,
    folder: &Path,
    set: &PolicySet,
    library: &PolicySet,
) -> Result<Option<Profile>, CommandError> {
    let (name, folder) = match (flag, &settings.profile) {
        (Some(name), _) => (name, Path::new("")),
        (None, Some(name)) => (name.as_str(), folder),
        (None, None) => return Ok(None),
    };
    Ok(Some(resolve_profile(&file(name, folder, set)?, set, library)?))
}

/// A file where the name looks like one, else the profile of that id.
fn file(name: &str, folder: &Path, set: &PolicySet) -> Result<RegoFile, CommandError> {
    if !name.ends_with(".yaml") && !name.ends_with(".yml") && !name.contains(['/', '\\']) {
        return Ok(find_profile(name, set)?.clone());
    }
    let path: PathBuf = folder.join(name);
    let text = read_text(&path, MAX_PROFILE_BYTES as u64)?;
    Ok(RegoFile { path: path.to_string_lossy().replace('\\', "/"), text: text.into() })
}

/// Drops settings of parameters that the library declares and no loaded policy does: they are no mistake, and count for nothing.
pub(super) fn keep_loaded(
    settings: &mut Settings,
    profile: Option<&mut Profile>,
    set: &PolicySet,
    library: &PolicySet,
) {
    let (here, there) = (set.parameters(), library.parameters());
    let keep = |name: &str| here.contains_key(name) || !there.contains_key(name);
    settings.parameters.retain(|name, _| keep(name));
    if let Some(profile) = profile {
        profile.parameters.retain(|name, _| keep(name));
    }
}

/// Reads all profiles that there are.
///
/// # Errors
/// Everything that is wrong with any of them.
pub(super) fn check(set: &PolicySet, library: &PolicySet) -> Result<Vec<Profile>, CommandError> {
    let mut problems = Vec::new();
    let mut profiles = Vec::new();
    for file in set.profiles.values() {
        match resolve_profile(file, set, library) {
            Ok(profile) => profiles.push(profile),
            Err(PolicyError::Problems(found)) => problems.extend(found),
            Err(error) => return Err(CommandError::new(error)),
        }
    }
    problems.sort();
    problems.dedup();
    if problems.is_empty() { Ok(profiles) } else { Err(CommandError::new(PolicyError::Problems(problems))) }
}

/// A setting in one line: the value, and where it differs.
pub(super) fn shown(setting: &ParameterSetting) -> String {
    let mut text = if setting.default.is_null() { "(default)".to_owned() } else { setting.default.to_string() };
    for (field, values) in [("criticality", &setting.by_criticality), ("data_class", &setting.by_data_class)] {
        for (word, value) in values {
            let _ = write!(text, "; {field} {word}: {value}");
        }
    }
    text
}

fn list(args: &PolicyArgs, output: Listing) -> Outcome {
    let set = load_policies(args)?;
    let library = library(args)?;
    let profiles = check(&set, library.as_ref().unwrap_or(&set))?;
    if output == Listing::Json {
        let rows: Vec<_> = profiles.iter().map(|p| json!({"id": p.id, "title": p.title, "extends": p.extends, "parameters": p.parameters.len(), "sha256": p.sha256})).collect();
        return print((serde_json::to_string(&rows)? + "\n").as_bytes());
    }
    let mut text = String::new();
    for profile in &profiles {
        let left_out = set.policies.keys().filter(|id| !profile.keeps(id)).count();
        let _ = writeln!(text, "{:<22} {}", profile.id, profile.title);
        let _ =
            writeln!(text, "{:<22} sets {} parameters, leaves out {left_out} policies", "", profile.parameters.len());
    }
    print_lines(&text)
}

fn show(name: &str, args: &PolicyArgs, output: Listing) -> Outcome {
    let set = load_policies(args)?;
    let library = library(args)?;
    let library = library.as_ref().unwrap_or(&set);
    let profile = resolve_profile(&file(name, Path::new(""), &set)?, &set, library)?;
    let left_out: Vec<&str> = set.policies.keys().filter(|id| !profile.keeps(id)).map(|id| id.as_str()).collect();
    let fail_on = profile.gate.fail_on.map(|s| s.map_or("never", |s| s.as_str()));
    if output == Listing::Json {
        let shown = json!({
            "id": profile.id, "title": profile.title, "description": profile.description, "extends": profile.extends,
            "sha256": profile.sha256, "parameters": profile.parameters,
            "policies": {"include": profile.include, "exclude": profile.exclude, "left_out": left_out},
            "gate": {"fail_on": fail_on, "allow_unknown": profile.gate.allow_unknown}, "reasons": profile.reasons,
        });
        return print((serde_json::to_string(&shown)? + "\n").as_bytes());
    }
    let why = |name: &str| profile.reasons.get(name).map(String::as_str).unwrap_or_default();
    let mut text = format!("{}\n{}", profile.title, profile.id);
    if !profile.extends.is_empty() {
        let _ = write!(text, ", over {}", profile.extends.join(", "));
    }
    let _ = writeln!(text, "\nsha256 {}\n\n{}", profile.sha256, profile.description.trim_end());
    if !profile.parameters.is_empty() {
        let _ = writeln!(text, "\nparameters:");
    }
    let (here, there) = (set.parameters(), library.parameters());
    for (name, setting) in &profile.parameters {
        let default = here.get(name.as_str()).or_else(|| there.get(name.as_str())).map(|p| p.default_value());
        let default = default.map(|d| d.to_string()).unwrap_or_default();
        let _ = writeln!(text, "  {name} = {} (default {default})\n    {}", shown(setting), why(name));
    }
    for (word, patterns) in [("only", &profile.include), ("left out", &profile.exclude)] {
        if !patterns.is_empty() {
            let _ = writeln!(text, "\npolicies, {word}:");
        }
        for pattern in patterns {
            let _ = writeln!(text, "  {pattern}\n    {}", why(pattern));
        }
    }
    if fail_on.is_some() || profile.gate.allow_unknown.is_some() {
        let _ = writeln!(text, "\ngate:");
        let _ = fail_on.map(|word| writeln!(text, "  fail_on = {word}"));
        let _ = profile.gate.allow_unknown.map(|number| writeln!(text, "  allow_unknown = {number}"));
        let _ = writeln!(text, "    {}", why("gate"));
    }
    print_lines(&text)
}
