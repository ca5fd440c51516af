//! The texts of a bundle for people: what it holds, how it is verified, what that proves and what not.

use std::fmt::Write as _;

use crate::evidence::csv_text::acts_unseen;
use crate::evidence::pack::BundleFile;
use crate::evidence::{Layer, NAMESPACE};

/// The script for Unix.
pub(super) const VERIFY_SH: &str = include_str!("text/verify.sh");

/// The script for Windows.
pub(super) const VERIFY_PS1: &str = include_str!("text/verify.ps1");

const BODY: &str = include_str!("text/README.md");

/// A text of others as code in Markdown: nothing in it acts.
fn code(text: &str) -> String {
    let mut out = String::from("`");
    for c in text.chars().take(300) {
        if acts_unseen(c) || c == '`' || c == '|' { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out.push('`');
    out
}

/// `README.md`.
pub(super) fn readme(file: &BundleFile) -> String {
    let period = &file.period;
    let mut facts = String::new();
    let mut line = |what: &str, value: String| {
        let _ = writeln!(facts, "- {what}: {value}");
    };
    line("Scope", code(&file.scope));
    line("Period", format!("{} to {} (UTC)", period.from, period.to));
    line("Schedule", period.schedule.as_deref().map_or_else(|| "none was given".to_owned(), code));
    let runs = file.runs.len();
    line(
        "Runs",
        if period.expected.is_empty() {
            format!("{runs}; whether any is missing is not known without a schedule")
        } else {
            format!(
                "{runs}; of {} expected, {} present, {} missing",
                period.expected.len(),
                period.present,
                period.missing
            )
        },
    );
    line("Longest time without a run", format!("{} hours", period.longest_gap_seconds / 3600));
    if let Some(last) = file.runs.last() {
        let s = last.summary;
        line(
            "Last run",
            format!(
                "{}: {} resources; {} verdicts: {} pass, {} fail ({} of them waived), {} unknown, {} not applicable",
                last.id, last.resources, s.listed, s.pass, s.fail, s.waived, s.unknown, s.not_applicable
            ),
        );
        line("Gaps of the last run", format!("{} facts that could not be read", last.gaps));
    }
    let partial = file.runs.iter().filter(|r| r.partial).count();
    line("Runs that read less than their scope", partial.to_string());
    let absent = file.policies.iter().filter(|p| p.folder.is_none()).count();
    line("Policy sets", format!("{}; {absent} of them without their files", file.policies.len()));
    let kept = if file.ledger.kept { "kept with the runs" } else { "made with this bundle" };
    line("Ledger", format!("{} lines, {kept}, head `{}`", file.ledger.entries, file.ledger.head));
    line("Packed by", format!("{} {}", code(&file.collector.tool.name), code(&file.collector.tool.version)));
    for (name, value) in &file.collector.claims {
        let _ = writeln!(facts, "  - {}: {}", code(name), code(value));
    }
    let mut layers = String::from("| layer | proves | does not prove |\n| --- | --- | --- |\n");
    for layer in Layer::ALL {
        let _ = writeln!(layers, "| {} | {} | {} |", layer.as_str(), layer.proves(), layer.does_not_prove());
    }
    BODY.replace("@FACTS@", facts.trim_end()).replace("@LAYERS@", layers.trim_end()).replace("@NAMESPACE@", NAMESPACE)
}
