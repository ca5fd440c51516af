//! `assize policy explain`: how a policy comes to its verdict on one resource.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::anyhow;
use chrono::Utc;
use serde_json::{Value, json};

use crate::cli::{ExplainArgs, Listing};
use crate::commands::collect::time;
use crate::commands::scan::{refuse_unsafe, settings};
use crate::commands::{CommandError, Outcome, load_policies, print, print_lines, profile, source};
use crate::evaluate::{Explanation, Options, PlaceOrigin, ReadState, ReadTold, Sandbox, explain as explain_one};
use crate::model::{ParameterSettings, Policy, PolicyMeta, Profile, ResourceId, Snapshot};
use crate::policy::{Layer, Told, layered_parameters, told};

/// `assize policy explain`.
pub(super) fn explain(args: &ExplainArgs) -> Outcome {
    let now = args.at.as_deref().map_or_else(|| Ok(Utc::now()), time)?;
    let (mut settings, folder) = settings(args.config.as_deref())?;
    let mut policies = load_policies(&args.policies)?;
    let library = profile::library(&args.policies)?;
    let library = library.as_ref().unwrap_or(&policies);
    let mut profile = profile::chosen(args.profile.as_deref(), &settings, &folder, &policies, library)?;
    profile::keep_loaded(&mut settings, profile.as_mut(), &policies, library);
    let none = ParameterSettings::new();
    let below = profile.as_ref().map_or(&none, |p| &p.parameters);
    let parameters = layered_parameters(&policies, below, &settings.parameters)
        .map_err(|e| CommandError::new(anyhow!(e.join("\n"))))?;
    let policy = policies.find(&args.policy).cloned().ok_or_else(|| {
        CommandError::new(anyhow!("there is no policy {:?}", args.policy))
            .hint("`assize policy list` shows those there are")
    })?;
    policies.retain(|p| p.meta.id == policy.meta.id);
    refuse_unsafe(&policies)?;
    let (snapshot, _) = source::read(&args.paths, &args.code, &settings.code, &folder, &policies, &BTreeMap::new())?;
    let options = Options {
        context: settings.context.clone(),
        sandbox: Sandbox::this_program(),
        ..Options::new(parameters, now)
    };
    let ask = |id: &ResourceId| explain_one(&snapshot, &policies, &options, &policy.meta.id, id);
    let candidates = fitting(&args.resource, &snapshot);
    let mut found = None;
    for id in &candidates {
        match (ask(id)?, &found) {
            (Some(explanation), None) => found = Some(explanation),
            (Some(_), Some(_)) => return Err(ambiguous(&args.resource, &candidates)),
            (None, _) => {}
        }
    }
    let explanation = found.ok_or_else(|| nothing(&args.resource, &candidates, &snapshot, &policy.meta))?;
    let sources = sources(&explanation, below, &settings.parameters);
    let shown = Shown { policy: &policy, profile: profile.as_ref(), explanation: &explanation, sources: &sources };
    match args.output {
        Listing::Json => print((shown.json()?.to_string() + "\n").as_bytes()),
        Listing::Table => print_lines(&shown.text()),
    }
}

/// The most candidates that are tried and named.
const MAX_CANDIDATES: usize = 20;

/// The resources that the text may mean: the one of that id; else those of that name, whose id ends so, or of that name in
/// code. Resources that only a gap names count too.
fn fitting(text: &str, snapshot: &Snapshot) -> Vec<ResourceId> {
    let gaps = snapshot.gaps().iter().filter_map(|gap| ResourceId::parse(&gap.about).ok());
    let all = || snapshot.resources().iter().map(|r| r.id().clone());
    let mut every: Vec<ResourceId> = all().chain(gaps).collect();
    every.sort();
    every.dedup();
    if let Ok(id) = ResourceId::parse(text)
        && let Some(exact) = every.iter().find(|other| **other == id)
    {
        return vec![exact.clone()];
    }
    let end = format!("/{}", text.trim_start_matches('/').to_lowercase());
    let address = |id: &ResourceId| {
        let origin = snapshot.find(id).and_then(|r| r.origin());
        origin.and_then(|o| o.address()).is_some_and(|address| address == text)
    };
    every.retain(|id| id.key().ends_with(&end) || address(id));
    every.truncate(MAX_CANDIDATES);
    every
}

fn ambiguous(text: &str, candidates: &[ResourceId]) -> CommandError {
    let ids: Vec<String> = candidates.iter().map(ToString::to_string).collect();
    CommandError::new(anyhow!("{text:?} fits several resources:\n{}", ids.join("\n"))).hint("give the whole id of one")
}

fn nothing(text: &str, candidates: &[ResourceId], snapshot: &Snapshot, meta: &PolicyMeta) -> CommandError {
    let Some(id) = candidates.first() else {
        return CommandError::new(anyhow!("no resource of the input fits {text:?}"))
            .hint("give its id, its name, or the end of its id");
    };
    let kind = snapshot.find(id).map_or_else(|| "not in the input".to_owned(), |r| format!("a {}", r.resource_type()));
    CommandError::new(anyhow!("{} says nothing of {id}, which is {kind}", meta.id))
        .hint(format!("`assize policy show {}` names the type that it judges", meta.id))
}

/// Where the values of parameters come from.
fn sources(
    explanation: &Explanation,
    profile: &ParameterSettings,
    settings: &ParameterSettings,
) -> BTreeMap<String, Told> {
    let word = |field: &str| explanation.context.get(field).and_then(|c| c.value.as_deref());
    let (class, criticality) = (word("data_class"), word("criticality"));
    let one = |name: &String| (name.clone(), told(name, profile, settings, class, criticality));
    explanation.parameters.keys().map(one).collect()
}

struct Shown<'a> {
    policy: &'a Policy,
    profile: Option<&'a Profile>,
    explanation: &'a Explanation,
    sources: &'a BTreeMap<String, Told>,
}

impl Shown<'_> {
    fn layer(&self, layer: Layer) -> String {
        match (layer, self.profile) {
            (Layer::Default, _) => "default of the policy".to_owned(),
            (Layer::Profile, profile) => format!("profile {}", profile.map_or("", |p| p.id.as_str())),
            (Layer::Settings, _) => "settings".to_owned(),
        }
    }

    fn json(&self) -> Result<Value, CommandError> {
        let mut value = serde_json::to_value(self.explanation)?;
        for (name, told) in self.sources {
            let layer = match told.layer {
                Layer::Default => "default",
                Layer::Profile => "profile",
                Layer::Settings => "settings",
            };
            let only_for = told.only_for.as_ref().map(|(field, word)| json!({*field: word}));
            let number = value["parameters"][name].take();
            value["parameters"][name] = json!({"value": number, "from": layer, "only_for": only_for});
        }
        value["policy"] = serde_json::to_value(&self.policy.meta)?;
        value["profile"] = serde_json::to_value(self.profile.map(Profile::reference))?;
        if value["rules"].is_object() {
            let lines: Vec<&str> = self.policy.rego.text.lines().collect();
            value["rules"]["text"] = json!(lines);
        }
        Ok(value)
    }

    fn text(&self) -> String {
        let Explanation { finding, reads, context, rules, .. } = self.explanation;
        let meta = &self.policy.meta;
        let mut text = format!(
            "{}: {}\n{} ({}, {})\n{}\n",
            finding.verdict.as_str(),
            meta.title,
            meta.id,
            meta.check,
            meta.severity,
            finding.resource
        );
        for detail in &finding.details {
            let path = detail.path.as_ref().map(|p| format!(" ({p})")).unwrap_or_default();
            let _ = writeln!(text, "  because {}{path}", detail.message);
        }
        for reason in &finding.reasons {
            let _ = writeln!(text, "  because {}", reason.text);
        }
        if !reads.is_empty() {
            let _ = writeln!(text, "\nreads");
        }
        for read in reads {
            text.push_str(&told_read(read));
        }
        if !meta.parameters.is_empty() {
            let _ = writeln!(text, "\nparameters");
        }
        for (name, parameter) in &meta.parameters {
            match (self.explanation.parameters.get(name), self.sources.get(name)) {
                (Some(value), Some(told)) => {
                    let only_for = told.only_for.as_ref().map(|(field, word)| format!(", for {field} {word}"));
                    let from = self.layer(told.layer);
                    let _ = writeln!(text, "  {name} = {value}\n      {from}{}", only_for.unwrap_or_default());
                }
                _ => {
                    let _ = writeln!(text, "  {name} is not known: {}", parameter.meaning);
                }
            }
        }
        if !context.is_empty() {
            let _ = writeln!(text, "\ncontext (* the verdict depends on it)");
        }
        for (field, told) in context {
            let mark = if told.used { '*' } else { ' ' };
            let value = told.value.as_ref().map_or_else(|| "not known".to_owned(), |v| format!("{v:?}"));
            let source = told.source.as_deref().unwrap_or("an unknown place");
            let _ = writeln!(text, "{mark} {field} = {value}, by {source}");
        }
        let Some(rules) = rules else {
            let _ = writeln!(text, "\nrules\n  no rule ran: what is not known decided before");
            return text;
        };
        let _ = writeln!(text, "\nrules");
        if let Some(error) = &rules.error {
            let _ = writeln!(text, "  {error}");
        }
        let denied: Vec<&str> = rules.deny.iter().map(|d| d.message.as_str()).collect();
        let texts = |list: &[String]| list.iter().map(|t| format!("\n      {t}")).collect::<String>();
        let denied = denied.iter().map(|t| format!("\n      {t}")).collect::<String>();
        let _ = writeln!(text, "  deny: {}{denied}", rules.deny.len());
        let _ = writeln!(text, "  not_applicable: {}{}", rules.not_applicable.len(), texts(&rules.not_applicable));
        let _ = writeln!(text, "  unknown: {}{}", rules.unknown.len(), texts(&rules.unknown));
        let _ = writeln!(text, "\n{} (+ evaluated, - not evaluated)", rules.path);
        let code = self.policy.rego.text.lines().enumerate().skip_while(|(_, line)| !line.starts_with("package "));
        for (at, line) in code {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let mark = match (rules.evaluated.contains(&number), rules.not_evaluated.contains(&number)) {
                (true, _) => '+',
                (_, true) => '-',
                _ => ' ',
            };
            let _ = writeln!(text, "{number:>4} {mark} {}", line.replace('\t', "    "));
        }
        text
    }
}

/// The longest value that is printed in one line, in characters.
const MAX_VALUE: usize = 400;

fn told_read(read: &ReadTold) -> String {
    let mut text = format!("  {}", read.path);
    let value = read.value.as_ref().map(Value::to_string).unwrap_or_default();
    let cut: String = value.chars().take(MAX_VALUE).collect();
    let more = if cut.len() < value.len() { "…" } else { "" };
    match (read.state, &read.gap) {
        (ReadState::Present, _) => {
            let _ = write!(text, " = {cut}{more}");
            if read.holes {
                text.push_str("\n      not there for all");
            }
        }
        (ReadState::Absent, _) => text.push_str(" is not there"),
        (ReadState::Gap, gap) => {
            let _ = write!(text, " is not known");
            if let Some(gap) = gap {
                let _ = write!(text, "\n      {}", gap.text);
            }
        }
    }
    if let (true, Some(absent)) = (read.state == ReadState::Absent || read.holes, &read.absent) {
        let _ = write!(text, "\n      absence means: {absent}");
    }
    if let Some(why) = &read.incomplete {
        let _ = write!(text, "\n      incomplete: {why}");
    }
    for place in &read.places {
        let from = match &place.origin {
            Some(PlaceOrigin::Request { method, path, api_version, time }) => {
                format!("{method} {path}\n      api-version {api_version}, at {time}")
            }
            Some(PlaceOrigin::File { file, address, line, by_default }) => {
                let line = line.map(|l| format!(":{l}")).unwrap_or_default();
                let address = address.as_ref().map(|a| format!(", {a}")).unwrap_or_default();
                let default = if *by_default { ", where nobody wrote it: a default" } else { "" };
                format!("{file}{line}{address}{default}")
            }
            None => format!("{}, whose origin is not recorded", place.resource),
        };
        let _ = write!(text, "\n      {from}");
    }
    text.push('\n');
    text
}
