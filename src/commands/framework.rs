//! `assize framework …`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use serde_json::{Value, json};

use crate::cli::{FrameworkCommand, Listing, PolicyArgs};
use crate::commands::scan::settings;
use crate::commands::{CommandError, Outcome, load_policies_with, print, print_lines};
use crate::model::{EvidenceStrength, Framework, PolicySet};
use crate::policy::{Answer, answers, totals};

pub(super) fn framework(command: FrameworkCommand) -> Outcome {
    match command {
        FrameworkCommand::List { policies, config, output } => list(&load(&policies, config.as_deref())?, output),
        FrameworkCommand::Show { id, policies, config, output } => {
            show(&load(&policies, config.as_deref())?, &id, output)
        }
        FrameworkCommand::Coverage { ids, policies, config, output } => {
            coverage(&load(&policies, config.as_deref())?, &ids, output)
        }
    }
}

/// The policies and frameworks of the arguments and of the settings.
fn load(args: &PolicyArgs, config: Option<&Path>) -> Result<PolicySet, CommandError> {
    let (settings, folder) = settings(config)?;
    let more: Vec<PathBuf> = settings.frameworks.iter().map(|file| folder.join(file)).collect();
    load_policies_with(args, &more)
}

fn find<'a>(set: &'a PolicySet, id: &str) -> Result<&'a Framework, CommandError> {
    set.frameworks.get(id).ok_or_else(|| {
        let ids: Vec<&str> = set.frameworks.keys().map(String::as_str).collect();
        CommandError::new(anyhow!("there is no framework {id:?}")).hint(format!("frameworks: {}", ids.join(", ")))
    })
}

fn list(set: &PolicySet, output: Listing) -> Outcome {
    if output == Listing::Json {
        let rows: Vec<_> = set.frameworks.values().map(|f| json!({"id": f.id, "title": f.title, "version": f.version, "source": f.source, "controls": f.controls.len()})).collect();
        return print((serde_json::to_string(&rows)? + "\n").as_bytes());
    }
    let mut text = String::new();
    for framework in set.frameworks.values() {
        let answers = answers(set, framework);
        let served = answers.iter().filter(|a| !a.policies.is_empty()).count();
        let manual = answers.iter().filter(|a| !a.control.manual.is_empty()).count();
        let _ = writeln!(text, "{:<16} {} ({})", framework.id, framework.title, framework.version);
        let _ = writeln!(
            text,
            "{:<16} {}, {served} served by policies, {manual} with manual items; {}",
            "",
            match framework.controls.len() {
                1 => "1 control".to_owned(),
                many => format!("{many} controls"),
            },
            framework.source
        );
    }
    print_lines(&text)
}

fn show(set: &PolicySet, id: &str, output: Listing) -> Outcome {
    let framework = find(set, id)?;
    let answers = answers(set, framework);
    if output == Listing::Json {
        let controls: Vec<_> = answers
            .iter()
            .map(|a| json!({"control": a.control, "policies": a.policies.iter().map(|(id, why)| json!({"id": id, "reason": why})).collect::<Vec<_>>()}))
            .collect();
        let shown = json!({"id": framework.id, "title": framework.title, "version": framework.version, "source": framework.source, "controls": controls});
        return print((serde_json::to_string(&shown)? + "\n").as_bytes());
    }
    let mut text = String::new();
    let _ = writeln!(text, "{} ({})\n{}\n", framework.title, framework.version, framework.source);
    for answered in &answers {
        let control = answered.control;
        let _ = writeln!(text, "{} ({}): {}", control.id, control.cite, control.title);
        let _ = writeln!(text, "  {}", control.obligation);
        let _ = writeln!(
            text,
            "  evidence from Azure: {}. {}",
            control.evidence_strength.as_str(),
            control.evidence_reason
        );
        if answered.policies.is_empty() && control.evidence_strength != EvidenceStrength::None {
            let _ = writeln!(text, "  served by no policy");
        }
        for (policy, why) in &answered.policies {
            let _ = writeln!(text, "  {policy}: {why}");
        }
        for item in &control.manual {
            let _ = writeln!(text, "  manual, {}: {}", item.id, item.title);
            let _ = writeln!(text, "    show: {}", item.what);
            let _ = writeln!(text, "    from: {}", item.evidence);
            let _ = writeln!(text, "    because: {}", item.reason);
        }
        text.push('\n');
    }
    print_lines(&text)
}

fn coverage(set: &PolicySet, ids: &[String], output: Listing) -> Outcome {
    let chosen: Vec<&Framework> = if ids.is_empty() {
        set.frameworks.values().collect()
    } else {
        ids.iter().map(|id| find(set, id)).collect::<Result<_, _>>()?
    };
    if output == Listing::Json {
        let frameworks: Vec<Value> = chosen.into_iter().map(|f| coverage_json(set, f)).collect();
        return print((serde_json::to_string(&frameworks)? + "\n").as_bytes());
    }
    let mut text = String::new();
    for framework in chosen {
        let answers = answers(set, framework);
        let _ = writeln!(text, "{}: {} ({})", framework.id, framework.title, framework.version);
        for answered in &answers {
            let control = answered.control;
            let _ = writeln!(
                text,
                "  {:<18} {:<10} {:<19} policies: {}, manual items: {}",
                control.id,
                control.evidence_strength.as_str(),
                answered.answer().as_str(),
                answered.policies.len(),
                control.manual.len()
            );
        }
        let _ = writeln!(text, "  controls by evidence strength and by who answers them:");
        for (strength, row) in totals(&answers).iter().rev() {
            let all: usize = row.values().sum();
            let parts: Vec<String> =
                Answer::ALL.iter().map(|a| format!("{} {}", row.get(a).unwrap_or(&0), a.as_str())).collect();
            let _ = writeln!(text, "  {:<10} {all:>3}: {}", strength.as_str(), parts.join(", "));
        }
        text.push('\n');
    }
    print_lines(&text)
}

/// A framework's coverage for programs.
fn coverage_json(set: &PolicySet, framework: &Framework) -> Value {
    let answers = answers(set, framework);
    let controls: Vec<Value> = answers
        .iter()
        .map(|a| {
            json!({
                "id": a.control.id,
                "cite": a.control.cite,
                "title": a.control.title,
                "evidence_strength": a.control.evidence_strength,
                "policies": a.policies.len(),
                "manual": a.control.manual.len(),
                "answer": a.answer().as_str(),
            })
        })
        .collect();
    let totals: serde_json::Map<String, Value> = totals(&answers)
        .into_iter()
        .map(|(strength, row)| {
            let row: serde_json::Map<String, Value> =
                row.into_iter().map(|(a, n)| (a.as_str().to_owned(), n.into())).collect();
            (strength.as_str().to_owned(), Value::Object(row))
        })
        .collect();
    json!({"id": framework.id, "title": framework.title, "version": framework.version, "totals": totals, "controls": controls})
}
