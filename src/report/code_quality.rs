//! GitLab's code quality report: a list of issues with a file, a line and a fingerprint. Open fails are issues; what nobody
//! can say is one issue of the severity `info` for each policy, because the report has no other place for it. Passes, waived
//! fails and what does not apply have none.

use std::io::{BufWriter, Write};

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::model::{Assessment, Finding, PolicyMeta, Severity, Verdict};
use crate::report::place::{address, resource_name};
use crate::report::sarif::{relative, sha256, virtual_path};
use crate::report::text::{JsonOut, cause, line, paragraph};
use crate::report::{RenderOptions, ReportError};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Writes the list and a newline.
pub(super) fn render(assessment: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut out = JsonOut::new(BufWriter::new(out));
    let failed = |source| ReportError::Write { format: "code-quality", source };
    let mut json = serde_json::Serializer::new(&mut out);
    issues(assessment, &mut json).map_err(|e| failed(e.into()))?;
    out.write_all(b"\n").and_then(|()| out.flush()).map_err(failed)
}

/// Findings are sorted by policy, so those of one policy stand together.
fn issues<S: Serializer>(assessment: &Assessment, out: S) -> Result<S::Ok, S::Error> {
    let mut list = out.serialize_seq(None)?;
    for findings in assessment.findings.chunk_by(|a, b| a.policy == b.policy) {
        let Some(first) = findings.first() else { continue };
        let meta = assessment.policy(&first.policy);
        for finding in findings.iter().filter(|f| f.is_open_fail()) {
            list.serialize_element(&fail(assessment, meta, finding))?;
        }
        let mut unknown = findings.iter().filter(|f| f.verdict == Verdict::Unknown);
        if let Some(first) = unknown.next() {
            list.serialize_element(&not_known(assessment, meta, first, unknown.count()))?;
        }
    }
    list.end()
}

fn fail(assessment: &Assessment, meta: Option<&PolicyMeta>, finding: &Finding) -> Issue {
    let said = if finding.summary().is_empty() { "the policy fails" } else { finding.summary() };
    let more = match finding.details.len() {
        0 | 1 => String::new(),
        all => format!(" (and {} more)", all - 1),
    };
    let default = assessment.written_at(finding).is_some_and(|written| written.by_default);
    let default = if default { " The code does not say so: it is the default." } else { "" };
    Issue {
        description: format!(
            "{}: {}{more}.{default}",
            name(assessment, finding),
            paragraph(said, 500).trim_end_matches('.')
        ),
        check_name: finding.policy.as_str().to_owned(),
        fingerprint: sha256(&format!("{}\n{}", finding.policy, finding.resource.key())),
        severity: match meta.map(|m| m.severity) {
            Some(Severity::Critical) => "blocker",
            Some(Severity::High) => "critical",
            Some(Severity::Medium) | None => "major",
            Some(Severity::Low) => "minor",
            Some(Severity::Info) => "info",
        },
        location: location(assessment, finding),
    }
}

/// One issue for all findings of a policy that nobody can judge; `others` counts those besides the first.
fn not_known(assessment: &Assessment, meta: Option<&PolicyMeta>, first: &Finding, others: usize) -> Issue {
    let why = first.reasons.first().map_or_else(|| "no reason is given".to_owned(), |reason| cause(first, reason));
    let others = match others {
        0 => String::new(),
        n => format!(" So it is with {n} more."),
    };
    let title = meta.map(|m| format!(" whether {}", paragraph(&m.title, 200))).unwrap_or_default();
    Issue {
        description: format!(
            "Unknown, neither a pass nor a fail: nobody can say of {}{title}, because {}.{others}",
            name(assessment, first),
            paragraph(&why, 500).trim_end_matches('.'),
        ),
        check_name: first.policy.as_str().to_owned(),
        fingerprint: sha256(&format!("{}\nunknown", first.policy)),
        severity: "info",
        location: location(assessment, first),
    }
}

/// The name of a finding's resource in code, else in Azure.
fn name(assessment: &Assessment, finding: &Finding) -> String {
    let name = address(assessment, &finding.resource).map_or_else(|| resource_name(&finding.resource), str::to_owned);
    line(&name, 200)
}

/// The line of code, else line 1 of the path that stands for the resource.
fn location(assessment: &Assessment, finding: &Finding) -> Location {
    let written = assessment.written_at(finding).filter(|w| relative(w.file).is_some());
    match written {
        Some(written) => {
            let words: Vec<&str> = written.file.split('/').filter(|s| !s.is_empty() && *s != ".").collect();
            Location { path: line(&words.join("/"), 4000), lines: Lines { begin: written.range.start_line.max(1) } }
        }
        None => Location { path: virtual_path(&finding.resource), lines: Lines { begin: 1 } },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::report::tests::{coded, estate, hostile, rendered, sample};

    fn issues(assessment: &Assessment) -> Vec<Value> {
        serde_json::from_str(&rendered("code-quality", assessment)).unwrap()
    }

    #[test]
    fn open_fails_are_issues_and_unknown_is_visible() {
        let list = issues(&sample());
        let severities: Vec<&str> = list.iter().map(|i| i["severity"].as_str().unwrap()).collect();
        let checks: Vec<&str> = list.iter().map(|i| i["check_name"].as_str().unwrap()).collect();
        let tls = "azure.pg.secure_transport_required";
        assert_eq!(checks, ["azure.pg.network_closed", tls, tls, "azure.pg.tags_set"]);
        assert_eq!(severities, ["major", "blocker", "info", "info"]);
        assert_eq!(
            list[2]["description"],
            "Unknown, neither a pass nor a fail: nobody can say of pg-d whether PostgreSQL refuses unencrypted sessions, \
             because children.configurations of this resource is denied: 403."
        );
        assert!(list.iter().all(|i| !i["description"].as_str().unwrap().contains("pg-b")), "a waived fail is no issue");
    }

    #[test]
    fn code_has_its_line_and_everything_else_its_virtual_path() {
        let mut assessment = sample();
        coded(&mut assessment);
        let list = issues(&assessment);
        assert_eq!(list[0]["location"], serde_json::json!({"path": "infra/data base.tf", "lines": {"begin": 12}}));
        assert_eq!(
            list[0]["description"],
            "module.db.pg_server.e: the network is open. The code does not say so: it is the default."
        );
        assert!(list[1]["location"]["path"].as_str().unwrap().starts_with("azure/sub-"));
        assert_eq!(list[1]["location"]["lines"]["begin"], 1);
    }

    #[test]
    fn fingerprints_are_unique_and_do_not_depend_on_the_line() {
        let prints = |a: &Assessment| -> Vec<String> {
            issues(a).iter().map(|i| i["fingerprint"].as_str().unwrap().to_owned()).collect()
        };
        let many = prints(&estate(3, 50));
        assert_eq!(many.iter().collect::<BTreeSet<_>>().len(), many.len());
        assert_eq!(many.len(), 154);
        let mut moved = sample();
        coded(&mut moved);
        assert_eq!(prints(&moved), prints(&sample()));
    }

    #[test]
    fn text_of_others_is_inert() {
        let text = rendered("code-quality", &hostile());
        assert!(text.matches('\n').count() == 1 && !text.contains("##"));
        for issue in issues(&hostile()) {
            for text in [&issue["description"], &issue["location"]["path"]] {
                let text = text.as_str().unwrap();
                assert!(!text.chars().any(|c| c.is_control() || "\u{202e}\u{200b}\u{feff}".contains(c)), "{text:?}");
            }
        }
    }
}
