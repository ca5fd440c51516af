//! `assize framework …`.

use std::fmt::Write;

use anyhow::anyhow;
use serde_json::json;

use crate::cli::{FrameworkCommand, Listing};
use crate::commands::{CommandError, Outcome, load_policies, print, print_lines};
use crate::model::EvidenceStrength;

pub(super) fn framework(command: FrameworkCommand) -> Outcome {
    let mut text = String::new();
    match command {
        FrameworkCommand::List { policies, output } => {
            let set = load_policies(&policies)?;
            if output == Listing::Json {
                let rows: Vec<_> = set.frameworks.values().map(|f| json!({"id": f.id, "title": f.title, "version": f.version, "source": f.source, "controls": f.controls.len()})).collect();
                return print((serde_json::to_string(&rows)? + "\n").as_bytes());
            } else {
                for framework in set.frameworks.values() {
                    let served = |id: &str| set.policies.values().any(|p| p.meta.controls.contains_key(id));
                    let with = framework.controls.iter().filter(|c| served(&c.id)).count();
                    let _ = writeln!(text, "{:<16} {} ({})", framework.id, framework.title, framework.version);
                    let _ = writeln!(
                        text,
                        "{:<16} {} controls, {with} served by policies; {}",
                        "",
                        framework.controls.len(),
                        framework.source
                    );
                }
            }
        }
        FrameworkCommand::Show { id, policies, output } => {
            let set = load_policies(&policies)?;
            let framework = set.frameworks.get(&id).ok_or_else(|| {
                let ids: Vec<&str> = set.frameworks.keys().map(String::as_str).collect();
                CommandError::new(anyhow!("there is no framework {id:?}"))
                    .hint(format!("frameworks: {}", ids.join(", ")))
            })?;
            let serving = |control: &str| -> Vec<(&str, &str)> {
                let of = set
                    .policies
                    .values()
                    .filter_map(|p| p.meta.controls.get(control).map(|why| (p.meta.id.as_str(), why.as_str())));
                of.collect()
            };
            if output == Listing::Json {
                let controls: Vec<_> = framework
                    .controls
                    .iter()
                    .map(|c| json!({"control": c, "policies": serving(&c.id).into_iter().map(|(id, why)| json!({"id": id, "reason": why})).collect::<Vec<_>>()}))
                    .collect();
                let shown = json!({"id": framework.id, "title": framework.title, "version": framework.version, "source": framework.source, "controls": controls});
                return print((serde_json::to_string(&shown)? + "\n").as_bytes());
            } else {
                let _ = writeln!(text, "{} ({})\n{}\n", framework.title, framework.version, framework.source);
                for control in &framework.controls {
                    let _ = writeln!(text, "{} ({}): {}", control.id, control.cite, control.title);
                    let _ = writeln!(text, "  {}", control.obligation);
                    let _ = writeln!(
                        text,
                        "  evidence from Azure: {}. {}",
                        control.evidence_strength.as_str(),
                        control.evidence_reason
                    );
                    let policies = serving(&control.id);
                    if policies.is_empty() && control.evidence_strength != EvidenceStrength::None {
                        let _ = writeln!(text, "  served by no policy");
                    }
                    for (policy, why) in policies {
                        let _ = writeln!(text, "  {policy}: {why}");
                    }
                    text.push('\n');
                }
            }
        }
    }
    print_lines(&text)
}
