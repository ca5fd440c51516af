//! Framework and crosswalk files: text → frameworks, and the policies that frameworks map to their controls.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::model::{
    Control, Crosswalk, EvidenceStrength, Framework, MAX_YAML_DEPTH, ManualItem, PolicyMeta, PolicySet,
    matches_pattern, yaml_depth,
};
use crate::policy::Problem;

/// Where crosswalks lie in a policies folder.
pub(super) const CROSSWALKS: &str = "frameworks/crosswalks/";

/// The longest id of a framework, a control, a manual item or of another catalogue, in characters.
const MAX_ID: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFramework {
    id: String,
    title: String,
    version: String,
    source: String,
    controls: Vec<RawControl>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawControl {
    id: String,
    cite: String,
    title: String,
    obligation: String,
    evidence_strength: EvidenceStrength,
    evidence_reason: String,
    #[serde(default)]
    manual: Vec<RawManual>,
    #[serde(default)]
    policies: Reasons,
}

/// Policy or pattern → why it serves the control. A key that stands twice is an error.
#[derive(Default)]
struct Reasons(BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Reasons {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Reasons;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object: policy, check or pattern → why it serves the control")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Reasons, A::Error> {
                let mut reasons = BTreeMap::new();
                while let Some((name, reason)) = map.next_entry::<String, String>()? {
                    if reasons.insert(name.clone(), reason).is_some() {
                        return Err(de::Error::custom(format!("{name} stands twice")));
                    }
                }
                Ok(Reasons(reasons))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// A manual item, or the id of one that is written under another control of the same file.
enum RawManual {
    Named(String),
    Written(ManualItem),
}

impl<'de> Deserialize<'de> for RawManual {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Item;
        impl<'de> Visitor<'de> for Item {
            type Value = RawManual;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a manual item {id, title, what, evidence, reason}, or the id of one of this file")
            }
            fn visit_str<E: de::Error>(self, id: &str) -> Result<RawManual, E> {
                Ok(RawManual::Named(id.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawManual, A::Error> {
                ManualItem::deserialize(MapAccessDeserializer::new(map)).map(RawManual::Written)
            }
        }
        deserializer.deserialize_any(Item)
    }
}

/// What a framework file holds besides its framework.
pub(super) struct FrameworkFile {
    /// How messages name the file.
    pub(super) shown: String,
    /// Its framework.
    pub(super) id: String,
    text: String,
    /// Control → policy or pattern → why.
    mapping: BTreeMap<String, BTreeMap<String, String>>,
}

impl FrameworkFile {
    /// The line on which a control begins.
    pub(super) fn line_of(&self, control: &str) -> usize {
        line_of_id(&self.text, control)
    }

    /// The line on which a text stands, at or after the control.
    fn line_within(&self, control: &str, needle: &str) -> usize {
        let first = self.line_of(control);
        let later = self.text.lines().skip(first - 1).position(|l| l.contains(needle));
        first + later.unwrap_or(0)
    }
}

/// The line of `id: ID`, as an entry of a list or on a line of its own; else the first that holds the text; else 1.
fn line_of_id(text: &str, id: &str) -> usize {
    let names = |line: &str| {
        let line = line.trim_start().trim_start_matches("- ").trim_start().trim_start_matches('{').trim_start();
        let value = line.strip_prefix("id:").or_else(|| line.strip_prefix("\"id\":"));
        value.is_some_and(|v| {
            let v = v.split(['#', ',']).next().unwrap_or(v).trim().trim_matches(['"', '\'']);
            v == id
        })
    };
    let at = text.lines().position(names).or_else(|| text.lines().position(|l| l.contains(id)));
    at.map_or(1, |at| at + 1)
}

/// Ids go into reports of many formats, so they are made of few characters.
fn is_id(text: &str) -> bool {
    text.len() <= MAX_ID
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-:()".contains(c))
}

/// Whether a reason is a sentence, or at least says more than yes.
fn is_reason(text: &str) -> bool {
    text.split_whitespace().count() >= 3
}

/// Text, or what was made of it when the program was built, as a value.
fn parse<T: DeserializeOwned>(
    shown: &str,
    text: &str,
    prepared: Option<&str>,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    if let Some(value) = prepared.and_then(|json| serde_json::from_str(json).ok()) {
        return Some(value);
    }
    if yaml_depth(text) > MAX_YAML_DEPTH {
        problems.push(Problem::new(shown, 1, format!("is nested deeper than {MAX_YAML_DEPTH} levels")));
        return None;
    }
    // A short file of aliases can repeat a long text more often than memory holds.
    if let Some(at) = text.lines().position(has_anchor) {
        problems.push(Problem::new(shown, at + 1, "holds an anchor (&…), which is not read here: write the text out"));
        return None;
    }
    yaml_serde::from_str(text)
        .map_err(|e| problems.push(Problem::new(shown, e.location().map_or(1, |l| l.line()), e.to_string())))
        .ok()
}

/// Whether a line may define an anchor of YAML: `&` where a value can begin, with a name after it.
fn has_anchor(line: &str) -> bool {
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let begins = before.is_whitespace() || "[{,:-?".contains(before);
        if c == '&' && begins && rest.peek().is_some_and(|next| !next.is_whitespace()) {
            return true;
        }
        before = c;
    }
    false
}

/// Reads a framework. `path` is the path in the policies folder, `shown` what messages call it, `prepared` its JSON.
pub(super) fn read_framework(
    path: &str,
    shown: &str,
    text: &str,
    prepared: Option<&str>,
    problems: &mut Vec<Problem>,
) -> Option<(Framework, FrameworkFile)> {
    let raw: RawFramework = parse(shown, text, prepared, problems)?;
    let mut say = |id: &str, what: String| problems.push(Problem::new(shown, line_of_id(text, id), what));
    let stem = path.trim_start_matches("frameworks/").trim_end_matches(".yaml");
    if raw.id != stem {
        say(&raw.id, format!("the id is {:?}, the file is named {stem:?}", raw.id));
    }
    if !is_id(&raw.id) {
        say(&raw.id, format!("the id {:?} must be made of letters, digits and ._-:(), {MAX_ID} at most", raw.id));
    }
    let written = manual_items(&raw.controls, &mut say);
    let mut framework = Framework {
        id: raw.id.clone(),
        title: raw.title,
        version: raw.version,
        source: raw.source,
        controls: Vec::new(),
    };
    let mut mapping = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for control in raw.controls {
        let id = control.id;
        if !is_id(&id) {
            say(&id, format!("the id {id:?} must be made of letters, digits and ._-:(), {MAX_ID} at most"));
        }
        if !seen.insert(id.clone()) {
            say(&id, format!("the control {id} appears twice"));
        }
        if !is_reason(&control.evidence_reason) {
            say(&id, format!("the control {id} needs an evidence_reason: what of it Azure cannot show, or why it can"));
        }
        let mut manual: Vec<ManualItem> = Vec::new();
        for item in control.manual {
            let item = match item {
                RawManual::Written(item) => item,
                RawManual::Named(name) => match written.get(&name) {
                    Some(item) => item.clone(),
                    None => {
                        say(
                            &id,
                            format!(
                                "the control {id} names the manual item {name:?}, which no control of this file writes out"
                            ),
                        );
                        continue;
                    }
                },
            };
            if manual.iter().any(|m| m.id == item.id) {
                say(&id, format!("the control {id} has the manual item {} twice", item.id));
            } else {
                manual.push(item);
            }
        }
        if control.evidence_strength == EvidenceStrength::None {
            if manual.is_empty() {
                say(
                    &id,
                    format!(
                        "the control {id} has the evidence strength none: it needs a manual item, or nobody answers it"
                    ),
                );
            }
            if !control.policies.0.is_empty() {
                say(&id, format!("the control {id} has the evidence strength none: no policy can serve it"));
            }
        }
        mapping.insert(id.clone(), control.policies.0);
        framework.controls.push(Control {
            id,
            cite: control.cite,
            title: control.title,
            obligation: control.obligation,
            evidence_strength: control.evidence_strength,
            evidence_reason: control.evidence_reason,
            manual,
        });
    }
    let file = FrameworkFile { shown: shown.to_owned(), id: raw.id, text: text.to_owned(), mapping };
    Some((framework, file))
}

/// The manual items that a file writes out, by id.
fn manual_items(controls: &[RawControl], say: &mut impl FnMut(&str, String)) -> BTreeMap<String, ManualItem> {
    let mut written: BTreeMap<String, ManualItem> = BTreeMap::new();
    for item in controls.iter().flat_map(|c| &c.manual) {
        let RawManual::Written(item) = item else { continue };
        if !is_id(&item.id) {
            say(&item.id, format!("the id {:?} must be made of letters, digits and ._-:(), {MAX_ID} at most", item.id));
        }
        for (name, value) in
            [("title", &item.title), ("what", &item.what), ("evidence", &item.evidence), ("reason", &item.reason)]
        {
            if value.trim().is_empty() {
                say(&item.id, format!("the manual item {} has an empty {name}", item.id));
            }
        }
        if written.insert(item.id.clone(), item.clone()).is_some() {
            say(
                &item.id,
                format!("the manual item {} is written out twice; the second control can name its id", item.id),
            );
        }
    }
    written
}

/// Reads a crosswalk.
pub(super) fn read_crosswalk(
    path: &str,
    shown: &str,
    text: &str,
    prepared: Option<&str>,
    problems: &mut Vec<Problem>,
) -> Option<Crosswalk> {
    let crosswalk: Crosswalk = parse(shown, text, prepared, problems)?;
    let mut say = |near: &str, what: String| {
        let line = text.lines().position(|l| l.contains(near)).map_or(1, |at| at + 1);
        problems.push(Problem::new(shown, line, what));
    };
    let stem = path.trim_start_matches(CROSSWALKS).trim_end_matches(".yaml");
    if crosswalk.id != stem || !is_id(stem) {
        say("id:", format!("the id is {:?}, the file is named {stem:?}", crosswalk.id));
    }
    let mut known = BTreeSet::new();
    for entry in &crosswalk.entries {
        let near = entry.checks.first().map_or("entries:", String::as_str);
        if entry.checks.is_empty() || entry.ids.is_empty() || entry.source.trim().is_empty() {
            say(near, "an entry needs checks, ids and a source".to_owned());
        }
        known.extend(&entry.ids);
    }
    known.extend(&crosswalk.default);
    for id in &known {
        if !is_id(id) {
            say(id, format!("the id {id:?} must be made of letters, digits and ._-:(), {MAX_ID} at most"));
        }
    }
    for id in crosswalk.names.keys().filter(|id| !known.contains(id)) {
        say(id, format!("{id} has a name, and no entry leads to it"));
    }
    Some(crosswalk)
}

/// Adds to policies the controls that frameworks map to them. A policy's own reason counts before a framework's; a name
/// counts before a pattern, and a longer pattern before a shorter one. `elsewhere` says whether a name that fits no loaded
/// policy fits one of the embedded library.
pub(super) fn map_policies(
    files: &[FrameworkFile],
    set: &mut PolicySet,
    elsewhere: impl Fn(&str) -> bool,
    problems: &mut Vec<Problem>,
) {
    for file in files {
        for (control, policies) in &file.mapping {
            let mut names: Vec<(&String, &String)> = policies.iter().collect();
            names.sort_by_key(|(name, _)| (name.contains('*'), std::cmp::Reverse(name.len()), *name));
            for (name, reason) in names {
                let mut say =
                    |what: String| problems.push(Problem::new(&file.shown, file.line_within(control, name), what));
                if !is_reason(reason) {
                    say(format!("{name} under the control {control} needs a reason, a sentence of its own"));
                }
                let mut found = false;
                for policy in set.policies.values_mut().filter(|p| goes_by(&p.meta, name)) {
                    found = true;
                    policy.meta.controls.entry(control.clone()).or_insert_with(|| reason.clone());
                }
                if !found && !elsewhere(name) {
                    say(format!("no policy and no check matches {name:?}; `assize policy list` shows those there are"));
                }
            }
        }
    }
}

/// Whether a name or pattern fits a policy's id, a former id or its check.
fn goes_by(meta: &PolicyMeta, name: &str) -> bool {
    let fits = |text: &str| matches_pattern(name, text);
    fits(meta.id.as_str()) || fits(&meta.check) || meta.aliases.iter().any(|a| fits(a.as_str()))
}

/// Writes into every policy what the crosswalks say of it.
pub(super) fn cross(set: &mut PolicySet) {
    for crosswalk in set.crosswalks.values() {
        let pairs = set.policies.values().map(|p| (p.meta.check.as_str(), p.meta.id.as_str()));
        let found = crosswalk.lookup(pairs);
        for (policy, ids) in set.policies.values_mut().zip(found).filter(|(_, ids)| !ids.is_empty()) {
            policy.meta.crosswalks.insert(crosswalk.id.clone(), ids);
        }
    }
}
