//! Profile files → [`Profile`]: read, laid over what they extend, held against the parameters and policies that there are.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::model::{
    GateSettings, MAX_YAML_DEPTH, ParameterSettings, PolicySet, Profile, RegoFile, hex, matches_pattern, parse_fail_on,
    parse_setting, yaml_depth,
};
use crate::policy::library::line_of;
use crate::policy::parameters::setting_problems;
use crate::policy::{PolicyError, Problem};

/// The largest profile file, in bytes.
pub const MAX_PROFILE_BYTES: usize = 256 << 10;

/// How many profiles may lie under one.
const MAX_EXTENDS: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    title: String,
    description: String,
    extends: Option<String>,
    #[serde(default)]
    parameters: BTreeMap<String, Value>,
    #[serde(default)]
    policies: RawSelection,
    #[serde(default)]
    gate: RawGate,
    #[serde(default)]
    reasons: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawSelection {
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawGate {
    fail_on: Option<String>,
    allow_unknown: Option<u64>,
}

/// The file of a profile by its id.
///
/// # Errors
/// [`PolicyError`] with the ids that there are.
pub fn find_profile<'a>(id: &str, set: &'a PolicySet) -> Result<&'a RegoFile, PolicyError> {
    set.profiles.get(id).ok_or_else(|| {
        let ids: Vec<&str> = set.profiles.keys().map(String::as_str).collect();
        let what = format!(
            "there is no such profile; there are {}; a file is named with its folder, like ./{id}.yaml",
            ids.join(", ")
        );
        PolicyError::Problems(vec![Problem::new(&format!("profile {id:?}"), 1, what)])
    })
}

/// Reads a profile and everything that it extends.
///
/// Profiles are written for all policies: what either `set` or `library` declares is known, so that a profile holds its
/// meaning when only a folder of policies is loaded.
///
/// # Errors
/// [`PolicyError`] with file and line: an unknown key or parameter, a value out of bounds, a pattern that matches no policy,
/// a setting without a reason, a reason without a setting, an `extends` that leads nowhere or in a circle.
pub fn resolve_profile(file: &RegoFile, set: &PolicySet, library: &PolicySet) -> Result<Profile, PolicyError> {
    let mut problems = Vec::new();
    // The profile itself first, what lies deepest last.
    let mut chain: Vec<(&RegoFile, Raw)> = Vec::new();
    let mut next = Some(file);
    while let Some(file) = next {
        let raw = parse(file).map_err(|problem| PolicyError::Problems(vec![problem]))?;
        problems.extend(check(file, &raw, set, library));
        next = match &raw.extends {
            Some(below) => {
                let wrong = |what: &str| {
                    let what = format!("extends: {below:?} {what}");
                    PolicyError::Problems(vec![Problem::new(&file.path, line_of(&file.text, "extends"), what)])
                };
                if chain.iter().map(|(_, r)| &r.id).chain([&raw.id]).any(|id| id == below) {
                    return Err(wrong("leads back to itself"));
                }
                if chain.len() >= MAX_EXTENDS {
                    return Err(wrong("is one profile too deep"));
                }
                Some(
                    set.profiles
                        .get(below)
                        .ok_or_else(|| wrong("is no profile; `assize profile list` shows those there are"))?,
                )
            }
            None => None,
        };
        chain.push((file, raw));
    }
    if !problems.is_empty() {
        problems.sort();
        problems.dedup();
        return Err(PolicyError::Problems(problems));
    }
    let mut hash = Sha256::new();
    let ids: Vec<String> = chain.iter().map(|(_, raw)| raw.id.clone()).collect();
    let mut profile: Option<Profile> = None;
    for (file, raw) in chain.into_iter().rev() {
        hash.update((file.text.len() as u64).to_le_bytes());
        hash.update(file.text.as_bytes());
        profile = Some(lay(profile, raw));
    }
    let sha256 = hex(&hash.finalize());
    // The chain begins with the file itself, so there is one.
    let profile = profile.ok_or_else(|| PolicyError::Problems(Vec::new()))?;
    Ok(Profile { extends: ids[1..].to_vec(), sha256, ..profile })
}

fn parse(file: &RegoFile) -> Result<Raw, Problem> {
    let wrong = |line: usize, what: String| Problem::new(&file.path, line, what);
    if file.text.len() > MAX_PROFILE_BYTES {
        return Err(wrong(1, format!("is larger than {MAX_PROFILE_BYTES} bytes")));
    }
    if yaml_depth(&file.text) > MAX_YAML_DEPTH {
        return Err(wrong(1, format!("is nested deeper than {MAX_YAML_DEPTH} levels")));
    }
    yaml_serde::from_str(&file.text).map_err(|e| wrong(e.location().map_or(1, |l| l.line()), e.to_string()))
}

/// What is wrong with one file.
fn check(file: &RegoFile, raw: &Raw, set: &PolicySet, library: &PolicySet) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut wrong = |at: &str, what: String| problems.push(Problem::new(&file.path, line_of(&file.text, at), what));
    let stem = file.path.rsplit('/').next().unwrap_or(&file.path).trim_end_matches(".yaml").trim_end_matches(".yml");
    let word = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if raw.id != stem || !word(&raw.id) {
        wrong(
            "id:",
            format!("the id is {:?}, the file is named {stem:?}; both are the same word of a-z, 0-9 and _", raw.id),
        );
    }
    for (key, text) in [("title", &raw.title), ("description", &raw.description)] {
        if text.trim().is_empty() {
            wrong(key, format!("{key} is empty"));
        }
    }
    let (here, there) = (set.parameters(), library.parameters());
    for (name, value) in &raw.parameters {
        let at = format!("{name}:");
        let Some(parameter) = here.get(name.as_str()).or_else(|| there.get(name.as_str())) else {
            wrong(
                &at,
                format!(
                    "parameters.{name}: no policy declares this parameter; `assize policy list --parameters` shows those there are"
                ),
            );
            continue;
        };
        match parse_setting(value.clone()) {
            Ok(setting) => setting_problems(name, parameter, &setting).into_iter().for_each(|what| wrong(&at, what)),
            Err(what) => wrong(&at, format!("parameters.{name}{what}")),
        }
    }
    let ids = || set.policies.keys().chain(library.policies.keys());
    let patterns: Vec<&String> = raw.policies.include.iter().chain(&raw.policies.exclude).collect();
    for pattern in &patterns {
        if !ids().any(|id| matches_pattern(pattern, id.as_str())) {
            wrong(
                pattern,
                format!("policies: no policy matches {pattern:?}; `assize policy list` shows those there are"),
            );
        }
    }
    if let Some(Err(what)) = raw.gate.fail_on.as_deref().map(parse_fail_on) {
        wrong("fail_on", format!("gate.fail_on: {what}"));
    }
    let gate = raw.gate.fail_on.is_some() || raw.gate.allow_unknown.is_some();
    let set_here: BTreeSet<&str> =
        raw.parameters.keys().chain(patterns).map(String::as_str).chain(gate.then_some("gate")).collect();
    for name in set_here.iter().filter(|name| raw.reasons.get(**name).is_none_or(|why| why.trim().is_empty())) {
        wrong(name, format!("reasons: {name} is set here and has no reason"));
    }
    for name in raw.reasons.keys().filter(|name| !set_here.contains(name.as_str())) {
        wrong(name, format!("reasons: {name} is no parameter or pattern that this profile sets"));
    }
    problems
}

/// Lays a profile, which was found to be in order, over the one that it extends.
fn lay(below: Option<Profile>, raw: Raw) -> Profile {
    let gate = GateSettings {
        fail_on: raw.gate.fail_on.as_deref().and_then(|word| parse_fail_on(word).ok()),
        allow_unknown: raw.gate.allow_unknown,
        new_only: None,
    };
    let own: ParameterSettings =
        raw.parameters.into_iter().filter_map(|(name, value)| Some((name, parse_setting(value).ok()?))).collect();
    let Some(below) = below else {
        return Profile {
            id: raw.id,
            title: raw.title,
            description: raw.description,
            extends: Vec::new(),
            parameters: own,
            include: raw.policies.include,
            exclude: raw.policies.exclude,
            gate,
            reasons: raw.reasons,
            sha256: String::new(),
        };
    };
    let mut parameters = below.parameters;
    for (name, mut setting) in own {
        if let (true, Some(old)) = (setting.default.is_null(), parameters.get(&name)) {
            setting.default = old.default.clone();
        }
        parameters.insert(name, setting);
    }
    let mut exclude = below.exclude;
    exclude.extend(raw.policies.exclude);
    exclude.sort();
    exclude.dedup();
    let mut reasons = below.reasons;
    reasons.extend(raw.reasons);
    Profile {
        id: raw.id,
        title: raw.title,
        description: raw.description,
        extends: Vec::new(),
        parameters,
        include: if raw.policies.include.is_empty() { below.include } else { raw.policies.include },
        exclude,
        gate: GateSettings {
            fail_on: gate.fail_on.or(below.gate.fail_on),
            allow_unknown: gate.allow_unknown.or(below.gate.allow_unknown),
            new_only: None,
        },
        reasons,
        sha256: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use crate::policy::{Sources, load};

    fn file(text: &str) -> RegoFile {
        RegoFile { path: "own/profiles/own.yaml".to_owned(), text: text.to_owned().into() }
    }

    const HEAD: &str = "id: own\ntitle: t\ndescription: d\n";

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let set = load(&[], true).unwrap();
        for (text, line, word) in [
            ("extend: baseline\n", 4, "unknown field `extend`"),
            ("extends: nowhere\n", 4, "\"nowhere\" is no profile"),
            ("extends: own\n", 4, "leads back to itself"),
            (
                "parameters: {no_such_threshold: 1}\nreasons: {no_such_threshold: x}\n",
                4,
                "no policy declares this parameter",
            ),
            (
                "parameters: {backup_retention_days_min: 36}\nreasons: {backup_retention_days_min: x}\n",
                4,
                "36 is not between 1 and 35",
            ),
            (
                "parameters:\n  backup_retention_days_min: {default: 7, by_criticality: {critical: 0}}\nreasons: {backup_retention_days_min: x}\n",
                5,
                "by_criticality.critical: 0 is not between",
            ),
            (
                "parameters: {backup_retention_days_min: {value: 7}}\nreasons: {backup_retention_days_min: x}\n",
                4,
                "unknown field `value`",
            ),
            ("parameters: {backup_retention_days_min: }\nreasons: {backup_retention_days_min: x}\n", 4, "has no value"),
            ("parameters: {backup_retention_days_min: 7}\n", 4, "has no reason"),
            (
                "parameters: {backup_retention_days_min: 7}\nreasons: {backup_retention_days_min: ' '}\n",
                4,
                "has no reason",
            ),
            ("reasons: {backup_retention_days_min: x}\n", 4, "is no parameter or pattern that this profile sets"),
            ("policies: {exclude: [azure.nowhere.*]}\nreasons: {azure.nowhere.*: x}\n", 4, "no policy matches"),
            ("policies: {include: [azure.nowhere.*]}\nreasons: {azure.nowhere.*: x}\n", 4, "no policy matches"),
            ("gate: {fail_on: worst}\nreasons: {gate: x}\n", 4, "\"worst\" is none of"),
            ("gate: {fail_on: low}\n", 4, "gate is set here and has no reason"),
            ("gate: {new_only: true}\n", 4, "unknown field `new_only`"),
        ] {
            let error = resolve_profile(&file(&format!("{HEAD}{text}")), &set, &set).unwrap_err().to_string();
            assert!(error.starts_with(&format!("own/profiles/own.yaml:{line}: ")), "{text}: {error}");
            assert!(error.contains(word), "{text}: {error}");
        }
        let other = resolve_profile(&file("id: other\ntitle: t\ndescription: d\n"), &set, &set).unwrap_err();
        assert!(other.to_string().contains("the file is named \"own\""), "{other}");
        assert!(find_profile("nowhere", &set).is_err());
    }

    #[test]
    fn a_profile_lies_over_what_it_extends() {
        let below = "id: below\ntitle: b\ndescription: d\nparameters: {backup_retention_days_min: {default: 20, by_criticality: {critical: 30}}, rsa_key_bits_min: 4096}\npolicies: {exclude: [azure.aks.*]}\ngate: {fail_on: medium, allow_unknown: 5}\nreasons: {backup_retention_days_min: a, rsa_key_bits_min: a, azure.aks.*: a, gate: a}\n";
        let own = format!(
            "{HEAD}extends: below\nparameters: {{backup_retention_days_min: {{by_data_class: {{secret: 35}}}}}}\npolicies: {{exclude: [azure.dns.*]}}\ngate: {{fail_on: low}}\nreasons: {{backup_retention_days_min: b, azure.dns.*: b, gate: b}}\n"
        );
        let sources = Sources::from_files(
            "own",
            [("profiles/below.yaml".to_owned(), below.to_owned()), ("profiles/own.yaml".to_owned(), own)],
        );
        let set = load(&[sources], true).unwrap();
        let profile = resolve_profile(find_profile("own", &set).unwrap(), &set, &set).unwrap();
        assert_eq!(profile.extends, ["below"]);
        let days = &profile.parameters["backup_retention_days_min"];
        assert_eq!(days.default, 20);
        assert!(days.by_criticality.is_empty(), "a setting takes the place of the one below it");
        assert_eq!(days.by_data_class["secret"], 35);
        assert_eq!(profile.parameters["rsa_key_bits_min"].default, 4096);
        assert_eq!(profile.exclude, ["azure.aks.*", "azure.dns.*"]);
        assert_eq!((profile.gate.fail_on, profile.gate.allow_unknown), (Some(Some(Severity::Low)), Some(5)));
        assert_eq!((profile.reasons["gate"].as_str(), profile.reasons["rsa_key_bits_min"].as_str()), ("b", "a"));
        let below = resolve_profile(find_profile("below", &set).unwrap(), &set, &set).unwrap();
        assert_ne!(below.sha256, profile.sha256);
        assert!(load(&[], true).unwrap().digest == set.digest, "profiles have a digest of their own");
    }
}
