//! Assessment → bytes. One file or folder for each format, one table of formats. A renderer reads no file, clock, network
//! or environment: the same assessment and options give the same bytes.

mod code_quality;
mod column;
mod csv;
mod hdf;
mod html;
mod json;
mod junit;
mod markdown;
mod node;
pub mod notify;
mod ocsf;
mod oscal;
mod place;
mod sarif;
pub mod sheet;
mod table;
mod text;
mod xlsx;

use std::io::{self, Write};

use crate::model::{Assessment, Population, Trend};

/// How a report is laid out. Only the table looks at it, but for the pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderOptions {
    /// Columns of the terminal; less than 40 counts as 40.
    pub width: usize,
    /// Whether ANSI colours are written.
    pub colour: bool,
    /// Whether passes and what does not apply are listed too, and nothing is left out for length.
    pub verbose: bool,
    /// How many resources are listed for each policy and reason; 0 lists all.
    pub max_rows: usize,
    /// The pipeline of Azure DevOps that the program runs in; only `sarif-ghazdo` looks at it.
    pub pipeline: Option<Pipeline>,
    /// What lies beside the assessment; only `html` looks at it.
    pub beside: Beside,
}

/// What a report can show and an assessment does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Earlier runs. Without them, the report says that there is no history.
    pub trend: Option<Trend>,
    /// How many resources were found and listed, from the manifest of the snapshot. Empty when it is not known.
    pub population: Vec<Population>,
    /// The identity that read, from the manifest of the snapshot.
    pub identity: Option<String>,
}

/// A run of a pipeline of Azure DevOps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    /// The organisation, the first word of the path of `SYSTEM_COLLECTIONURI`.
    pub organisation: String,
    /// `SYSTEM_TEAMPROJECT`.
    pub project: String,
    /// `SYSTEM_DEFINITIONID`.
    pub definition_id: String,
    /// `BUILD_DEFINITIONNAME`.
    pub definition_name: String,
    /// `SYSTEM_PHASEID`.
    pub phase_id: String,
    /// `SYSTEM_PHASENAME`.
    pub phase_name: String,
    /// `BUILD_SOURCEBRANCH`.
    pub branch: String,
    /// `BUILD_BUILDID`.
    pub build_id: String,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { width: 80, colour: false, verbose: false, max_rows: 5, pipeline: None, beside: Beside::default() }
    }
}

/// Why a report cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// There is no format of that name.
    #[error("there is no format {name:?}; there are {known}")]
    UnknownFormat {
        /// The name that was asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// What was written to refused it.
    #[error("the {format} report cannot be written: {source}")]
    Write {
        /// The format.
        format: &'static str,
        /// What happened.
        source: io::Error,
    },
}

/// A form that an assessment can be written in.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// What a file of it is called, without the dot.
    pub extension: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// Writes it.
    pub render: fn(&Assessment, &RenderOptions, &mut dyn Write) -> Result<(), ReportError>,
}

/// All formats.
pub const FORMATS: &[Format] = &[
    Format { name: "table", extension: "txt", about: "for people at a terminal, worst first", render: table::render },
    Format { name: "json", extension: "json", about: "the whole assessment, to be read back", render: json::render },
    Format {
        name: "sarif",
        extension: "sarif",
        about: "SARIF 2.1.0 with every finding, passes included, for archives and viewers",
        render: sarif::full,
    },
    Format {
        name: "sarif-github",
        extension: "sarif",
        about: "SARIF 2.1.0 for GitHub code scanning: open fails only, within its limits",
        render: sarif::github,
    },
    Format {
        name: "sarif-ghazdo",
        extension: "sarif",
        about: "SARIF 2.1.0 for GitHub Advanced Security for Azure DevOps: open fails only",
        render: sarif::ghazdo,
    },
    Format {
        name: "markdown",
        extension: "md",
        about: "a job summary: open fails worst first, what is unknown, waivers, controls; at most 900 KiB",
        render: markdown::render,
    },
    Format { name: "csv", extension: "csv", about: "every finding as a row", render: csv::render },
    Format { name: "xlsx", extension: "xlsx", about: "a workbook for Excel, with filters", render: xlsx::render },
    Format {
        name: "junit",
        extension: "xml",
        about: "a suite for each policy, a case for each resource",
        render: junit::render,
    },
    Format {
        name: "code-quality",
        extension: "json",
        about: "GitLab's code quality report: open fails, and unknowns by policy",
        render: code_quality::render,
    },
    Format {
        name: "html",
        extension: "html",
        about: "one file for auditors: controls by domain, isolation, recovery, changes, every finding with its facts",
        render: html::render,
    },
    Format {
        name: "oscal-catalog",
        extension: "json",
        about: "OSCAL catalogue: every paragraph with what policies and people answer of it",
        render: oscal::catalog,
    },
    Format {
        name: "oscal-profile",
        extension: "json",
        about: "OSCAL profile: the paragraphs under assessment",
        render: oscal::profile,
    },
    Format {
        name: "oscal-component-definition",
        extension: "json",
        about: "OSCAL component definition: policies as rules, and the paragraphs they serve",
        render: oscal::component,
    },
    Format {
        name: "oscal-assessment-plan",
        extension: "json",
        about: "OSCAL assessment plan: what was to be judged, and by what",
        render: oscal::plan,
    },
    Format {
        name: "oscal-assessment-results",
        extension: "json",
        about: "OSCAL assessment results: population, observations, risks, findings",
        render: oscal::results,
    },
    Format {
        name: "oscal-poam",
        extension: "json",
        about: "OSCAL plan of action and milestones: open fails, unknowns, waivers",
        render: oscal::poam,
    },
    Format {
        name: "hdf",
        extension: "json",
        about: "HDF for MITRE's Heimdall, as InSpec's exec-json",
        render: hdf::render,
    },
    Format {
        name: "ocsf",
        extension: "jsonl",
        about: "OCSF Compliance Findings for SIEM systems, one event on each line",
        render: ocsf::render,
    },
];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}

/// The longest text that [`sanitise`] gives, in characters.
const MAX_TEXT: usize = 10_000;

/// A text from outside, made fit for a terminal: everything that could steer it, reorder it or hide in it is shown as an
/// escape, on one line and cut at a bounded length.
pub fn sanitise(text: &str) -> String {
    text::line(text, MAX_TEXT)
}

/// Writes the assessment in the format of that name.
///
/// # Errors
/// [`ReportError`] when there is no such format, or `out` refuses the bytes.
pub fn render(
    name: &str,
    assessment: &Assessment,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> Result<(), ReportError> {
    let format = format(name).ok_or_else(|| ReportError::UnknownFormat {
        name: name.to_owned(),
        known: FORMATS.iter().map(|f| f.name).collect::<Vec<_>>().join(", "),
    })?;
    (format.render)(assessment, options, out)
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::model::{Finding, Summary, Verdict};

    pub(crate) const SUBSCRIPTION: &str = "11111111-2222-3333-4444-555555555555";

    pub(crate) fn id(group: &str, name: &str) -> String {
        format!(
            "/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}"
        )
    }

    fn policy(id: &str, check: &str, title: &str, severity: &str) -> Value {
        json!({
            "id": id, "check": check, "title": title, "severity": severity,
            "description": "With the parameter off, a client may connect in clear text,\nand anyone on the path reads the data.\n",
            "resource": "Microsoft.DBforPostgreSQL/flexibleServers",
            "reads": [{"path": "children.configurations.require_secure_transport.properties.value"}],
            "controls": {"DORA-9-2": "data in transit is protected", "GDPR-32-1-a": "personal data is encrypted in transit"},
            "remediation": {
                "az": "az postgres flexible-server parameter set --name require_secure_transport --value on",
                "terraform": "resource \"x\" \"y\" {\n  value = \"on\"\n}\n",
                "note": "Clients without TLS lose their connection."
            },
            "links": ["https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-connect-tls-ssl"]
        })
    }

    fn waiver(id: &str, status: &str, findings: u64) -> Value {
        json!({
            "waiver": {
                "id": id, "policy": "azure.pg.secure_transport_required", "scope": format!("/subscriptions/{SUBSCRIPTION}/*"),
                "reason": "the old client is replaced in March", "compensating_control": "private network", "requester": "Ann",
                "approver": "Bob", "ticket": "T-1", "approved_on": "2026-01-01", "expires_on": "2026-12-31"
            },
            "status": status, "findings": findings
        })
    }

    /// An assessment with one finding of each verdict and kind of origin, a baseline, a waiver of each status and gaps.
    pub(crate) fn sample() -> Assessment {
        let tls = "azure.pg.secure_transport_required";
        let live = json!({"request": {
            "method": "GET", "path": "/x", "api_version": "2025-01-01", "time": "2026-11-20T01:02:03Z", "digest": "00"
        }});
        let file = json!({"file": {
            "file": "infra/data base.tf",
            "range": {"start_line": 10, "start_column": 1, "end_line": 30, "end_column": 2},
            "properties": {"resource.properties.network": {"start_line": 12, "start_column": 3, "end_line": 12, "end_column": 40}}
        }});
        let answer = json!({"file": {"file": "answers/list.json"}});
        let off = json!([{
            "message": "require_secure_transport is \"off\"", "path": "children.configurations.require_secure_transport.properties.value",
            "actual": "off", "expected": "on"
        }]);
        let entry = |group: &str, name: &str, origin: &Value| json!({"id": id(group, name), "type": "Microsoft.DBforPostgreSQL/flexibleServers", "policies": 3, "origin": origin});
        let denied = json!([{
            "kind": {"gap": "denied"}, "read": "children.configurations.require_secure_transport.properties.value",
            "text": format!("children.configurations of {} is denied: 403", id("rg-pay", "pg-d"))
        }]);
        let mut assessment: Assessment = serde_json::from_value(json!({
            "schema": "assize.assessment/1",
            "tool": {"name": "assize", "version": "0.1.0"},
            "evaluated_at": "2026-11-20T02:00:00Z",
            "snapshot": {
                "sha256": "ab".repeat(32), "source": "azure", "scope": [format!("/subscriptions/{SUBSCRIPTION}")],
                "taken": "2026-11-20T01:02:04Z", "partial": true
            },
            "policy_set": {"sha256": "cd".repeat(32), "policies": 3},
            "parameters": {},
            "summary": {"listed": 0, "pass": 0, "fail": 0, "unknown": 0, "not_applicable": 0, "waived": 0},
            "gate": {"fail_on": "high", "allow_unknown": 0, "new_only": false, "failing": 2, "unknown": 1, "outcome": "failed"},
            "baseline": {
                "snapshot_sha256": "ef".repeat(32), "evaluated_at": "2026-11-19T02:00:00Z", "new": 1, "unchanged": 1,
                "fixed": 1, "newly_unknown": 1, "gone": [{"policy": tls, "resource": id("rg-pay", "pg-gone"), "was": "fail"}]
            },
            "notices": [{"level": "note", "text": "the snapshot is partial"}],
            "policies": [
                policy("azure.pg.network_closed", "PG-NET-001", "PostgreSQL is closed to public networks", "medium"),
                policy(tls, "PG-TLS-001", "PostgreSQL refuses unencrypted sessions", "critical"),
                policy("azure.pg.tags_set", "PG-TAG-001", "PostgreSQL carries its tags", "info")
            ],
            "frameworks": [
                {"id": "dora", "title": "Regulation (EU) 2022/2554 (DORA)", "version": "2022/2554",
                 "source": "https://eur-lex.europa.eu/eli/reg/2022/2554/oj", "controls": [{
                    "id": "DORA-9-2", "cite": "Art. 9(2)", "title": "Protection and prevention", "obligation": "Protect data.",
                    "evidence_strength": "partial", "evidence_reason": "r"
                }]},
                {"id": "gdpr", "title": "Regulation (EU) 2016/679 (GDPR)", "version": "2016/679",
                 "source": "https://eur-lex.europa.eu/eli/reg/2016/679/oj", "controls": [{
                    "id": "GDPR-32-1-a", "cite": "Art. 32(1)(a)", "title": "Security of processing", "obligation": "Encrypt.",
                    "evidence_strength": "partial", "evidence_reason": "r"
                }]}
            ],
            "controls": [
                {"control": "DORA-9-2", "framework": "dora", "evidence_strength": "partial", "policies": [tls], "status": "findings",
                 "summary": {"listed": 8, "pass": 2, "fail": 4, "unknown": 1, "not_applicable": 1, "waived": 1}},
                {"control": "GDPR-32-1-a", "framework": "gdpr", "evidence_strength": "partial", "policies": [tls], "status": "incomplete",
                 "summary": {"listed": 2, "pass": 1, "fail": 0, "unknown": 1, "not_applicable": 0, "waived": 0}}
            ],
            "waivers": [waiver("W-1", "applied", 1), waiver("W-2", "expired", 3), waiver("W-3", "unused", 0)],
            "resources": [
                entry("rg-code", "pg-e", &file), entry("rg-code", "pg-f", &answer), entry("rg-pay", "pg-a", &live),
                entry("rg-pay", "pg-b", &live), entry("rg-pay", "pg-c", &live), entry("rg-pay", "pg-d", &live)
            ],
            "gaps": [{"about": id("rg-pay", "pg-d"), "read": "children.configurations", "reason": "denied", "detail": "403"}],
            "findings": [
                {"policy": "azure.pg.network_closed", "resource": id("rg-code", "pg-e"), "verdict": "fail", "change": "unchanged", "facts": {},
                 "details": [{"message": "the network is open", "path": "resource.properties.network.public"}]},
                {"policy": "azure.pg.network_closed", "resource": id("rg-code", "pg-f"), "verdict": "not_applicable", "facts": {},
                 "reasons": [{"kind": "policy", "text": "the server stands in a subnet"}]},
                {"policy": tls, "resource": id("rg-pay", "pg-a"), "verdict": "fail", "details": off, "change": "new",
                 "facts": {"children.configurations.require_secure_transport.properties.value": "off"}},
                {"policy": tls, "resource": id("rg-pay", "pg-b"), "verdict": "fail", "details": off, "waiver": "W-1", "facts": {}},
                {"policy": tls, "resource": id("rg-pay", "pg-c"), "verdict": "pass", "change": "fixed", "facts": {}},
                {"policy": tls, "resource": id("rg-pay", "pg-d"), "verdict": "unknown", "reasons": denied, "change": "newly_unknown", "facts": {}},
                {"policy": "azure.pg.tags_set", "resource": id("rg-pay", "pg-a"), "verdict": "fail", "facts": {},
                 "details": [{"message": "the tag owner is missing"}], "change": "unchanged"},
                {"policy": "azure.pg.tags_set", "resource": id("rg-pay", "pg-c"), "verdict": "pass", "facts": {}}
            ]
        }))
        .unwrap();
        count(&mut assessment);
        assessment
    }

    /// Gives the first resource of the sample, `pg-e`, all that is known of code, and its finding the lines and a fix.
    pub(crate) fn coded(assessment: &mut Assessment) {
        let line = |at: u32| json!({"start_line": at, "start_column": 3, "end_line": at, "end_column": 40});
        let origin = json!({"file": {
            "file": "infra/data base.tf", "address": "module.db.pg_server.e",
            "range": {"start_line": 10, "start_column": 1, "end_line": 30, "end_column": 2}, "header": line(10),
            "properties": {"resource.properties.network": line(12)},
            "calls": [
                {"name": "module.app", "file": "main.tf", "range": line(3)},
                {"name": "module.db[\"x](9\"]", "file": "infra/app/main.tf", "range": line(4)},
                {"name": "module.out", "file": "/outside.tf", "range": line(5)}
            ],
            "defaults": ["resource.properties.network.public"]
        }});
        assessment.resources[0].origin = serde_json::from_value(origin).unwrap();
        let finding = &mut assessment.findings[0];
        assert_eq!((finding.resource.name(), assessment.resources[0].id.name()), ("pg-e", "pg-e"));
        finding.source = serde_json::from_value(json!({
            "hash": "a7f2ff13bc495cf2:2", "snippet": "\tpublic = \"\u{202e}x\"", "context_start": 10,
            "context": "a\nb\n\tpublic = \"\u{202e}x\"\nc\nd"
        }))
        .unwrap();
        finding.fix = serde_json::from_value(json!({
            "description": "Close [the](1) network",
            "changes": [
                {"file": "infra/data base.tf", "range": {"start_line": 13, "start_column": 1, "end_line": 13, "end_column": 1}, "insert": "  public = false\n"},
                {"file": "infra/other.tf", "range": line(2), "insert": "x"},
                {"file": "infra/data base.tf", "range": line(12), "insert": ""}
            ]
        }))
        .unwrap();
    }

    fn count(assessment: &mut Assessment) {
        assessment.summary = Summary::default();
        for finding in &assessment.findings {
            assessment.summary.count(finding);
        }
    }

    /// Texts that attack terminals, build logs, Markdown, HTML, SARIF links and placeholders.
    pub(crate) const ATTACKS: [&str; 8] = [
        "\u{1b}[31mred\u{7}\u{9b}2J",
        "x\n::set-output name=a::b\r\n##vso[task.setvariable variable=a]b",
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
        "```\n# heading\n`code` **bold** [link](https://evil.example) ![i](x) | a | b |",
        "a\u{202e}gpj.exe\u{2066}\u{200f}\u{61c}\u{200b}\u{feff}\u{2028}\u{2029}z",
        "[x](1) {0} {1} \\[ \\](2)",
        "=cmd|'/c calc'!A0",
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
    ];

    /// The sample with an attack in every text that the estate or a policy gives.
    pub(crate) fn hostile() -> Assessment {
        let mut assessment = sample();
        let all = ATTACKS.join(" ");
        let name: String = all.chars().filter(|c| !c.is_control() && *c != '/').take(500).collect();
        let mut resource = assessment.resources[0].clone();
        for (n, attack) in ATTACKS.iter().enumerate() {
            let attack: String = attack.chars().filter(|c| !c.is_control()).collect();
            let text = id(&format!("rg {attack}"), &format!("{n} {attack} {name}"));
            resource.id = serde_json::from_value(json!(text)).unwrap();
            assessment.resources.push(resource.clone());
            let finding = |verdict: &str| -> Finding {
                serde_json::from_value(json!({
                    "policy": "azure.pg.secure_transport_required", "resource": text, "verdict": verdict, "facts": {"x": attack},
                    "details": if verdict == "fail" { json!([{"message": ATTACKS[n], "path": ATTACKS[n], "actual": ATTACKS[n]}]) } else { json!([]) },
                    "reasons": if verdict == "fail" { json!([]) } else { json!([{"kind": "error", "text": ATTACKS[n]}]) },
                }))
                .unwrap()
            };
            assessment.findings.push(finding(if n % 2 == 0 { "fail" } else { "unknown" }));
            assessment.gaps.push(
                serde_json::from_value(json!({"about": ATTACKS[n], "reason": "malformed", "detail": ATTACKS[n]}))
                    .unwrap(),
            );
            assessment.notices.push(serde_json::from_value(json!({"level": "error", "text": ATTACKS[n]})).unwrap());
        }
        assessment.snapshot.scope.push(all.clone());
        assessment.tool.version.clone_from(&all);
        for policy in &mut assessment.policies {
            policy.title.clone_from(&all);
            policy.description = all.repeat(5);
            policy.check.clone_from(&all);
            policy.remediation.az = Some(all.clone());
            policy.remediation.note = Some(all.clone());
            policy.links.push(all.clone());
            policy.controls.insert(all.clone(), all.clone());
            policy.controls.values_mut().for_each(|why| why.push_str(&all));
        }
        for waiver in &mut assessment.waivers {
            waiver.waiver.reason.clone_from(&all);
            waiver.waiver.approver.clone_from(&all);
        }
        for framework in &mut assessment.frameworks {
            framework.title.clone_from(&all);
            framework.source.clone_from(&all);
            framework.controls[0].cite.clone_from(&all);
        }
        assessment.resources.sort_by(|a, b| a.id.cmp(&b.id));
        assessment.findings.sort_by(|a, b| a.identity().cmp(&b.identity()));
        count(&mut assessment);
        assessment
    }

    /// The sample with `groups` × `each` more fails, all of one policy.
    pub(crate) fn estate(groups: usize, each: usize) -> Assessment {
        let mut assessment = sample();
        let model =
            assessment.findings.iter().find(|f| f.is_open_fail() && f.resource.name() == "pg-a").unwrap().clone();
        for group in 0..groups {
            for n in 0..each {
                let mut finding = model.clone();
                finding.resource =
                    serde_json::from_value(json!(id(&format!("rg-{group:04}"), &format!("pg-{n:05}")))).unwrap();
                assessment.findings.push(finding);
            }
        }
        assessment.findings.sort_by(|a, b| a.identity().cmp(&b.identity()));
        count(&mut assessment);
        assessment
    }

    pub(crate) fn rendered_bytes(name: &str, assessment: &Assessment, options: &RenderOptions) -> Vec<u8> {
        let mut out = Vec::new();
        render(name, assessment, options, &mut out).unwrap();
        out
    }

    pub(crate) fn rendered_with(name: &str, assessment: &Assessment, options: &RenderOptions) -> String {
        String::from_utf8(rendered_bytes(name, assessment, options)).unwrap()
    }

    pub(crate) fn rendered(name: &str, assessment: &Assessment) -> String {
        rendered_with(name, assessment, &RenderOptions::default())
    }

    #[test]
    fn every_format_has_its_own_name_and_gives_the_same_bytes_twice() {
        let mut names: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
        for assessment in [sample(), hostile()] {
            for format in FORMATS {
                let bytes = rendered_bytes(format.name, &assessment, &RenderOptions::default());
                // A canonical document ends with its bracket, so that its digest is that of the file.
                let bare = format.name == "xlsx" || format.name.starts_with("oscal-");
                assert_eq!(bytes.ends_with(b"\n"), !bare, "{}", format.name);
                assert_eq!(
                    bytes,
                    rendered_bytes(format.name, &assessment, &RenderOptions::default()),
                    "{}",
                    format.name
                );
            }
        }
    }

    #[test]
    fn the_sample_holds_every_verdict() {
        for verdict in [Verdict::Pass, Verdict::Fail, Verdict::Unknown, Verdict::NotApplicable] {
            assert!(sample().findings.iter().any(|f| f.verdict == verdict), "{verdict:?}");
        }
    }

    #[test]
    fn an_unknown_format_and_a_refused_write_say_so() {
        let error = render("xml", &sample(), &RenderOptions::default(), &mut Vec::new()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no format \"xml\"; there are table, json, sarif, sarif-github, sarif-ghazdo, markdown, csv, xlsx, \
             junit, code-quality, html, oscal-catalog, oscal-profile, oscal-component-definition, oscal-assessment-plan, \
             oscal-assessment-results, oscal-poam, hdf, ocsf"
        );
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::BrokenPipe))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for name in FORMATS.iter().map(|f| f.name) {
            match render(name, &sample(), &RenderOptions::default(), &mut Full).unwrap_err() {
                ReportError::Write { format, source } => {
                    assert_eq!((format, source.kind()), (name, io::ErrorKind::BrokenPipe));
                }
                other @ ReportError::UnknownFormat { .. } => panic!("{other}"),
            }
        }
    }
}
