//! JUnit XML: a suite for each policy, a case for each resource it judged. Unknown is an error; a waived fail and what does
//! not apply are skipped, and say so. The first suite has no cases: it tells of the run.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use chrono::{DateTime, Utc};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::model::{Assessment, Finding, NoticeLevel, Summary, Verdict, Waiver};
use crate::report::column::reason;
use crate::report::place::{address, resource_name};
use crate::report::text::{gate_reason, line, paragraph};
use crate::report::{RenderOptions, ReportError};

/// How long a sentence may be, and how many details or notices are told.
const SENTENCE: usize = 1000;
const TOLD: usize = 20;

/// Writes the suites.
pub(super) fn render(assessment: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    let mut report = Report {
        assessment,
        waivers: assessment.waivers.iter().map(|entry| (entry.waiver.id.as_str(), &entry.waiver)).collect(),
        xml: Writer::new(BufWriter::new(out)),
        time: time(&assessment.evaluated_at),
    };
    report.write().map_err(|source| ReportError::Write { format: "junit", source })
}

/// A time as JUnit wants it, in UTC and without a zone. A text that is no time becomes the first second of 1970.
fn time(text: &str) -> String {
    let time = DateTime::parse_from_rfc3339(text).map(|t| t.with_timezone(&Utc)).unwrap_or_default();
    time.format("%Y-%m-%dT%H:%M:%S").to_string()
}

struct Report<'a, W: Write> {
    assessment: &'a Assessment,
    waivers: BTreeMap<&'a str, &'a Waiver>,
    xml: Writer<W>,
    time: String,
}

impl<W: Write> Report<'_, W> {
    fn write(&mut self) -> io::Result<()> {
        self.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.line_break()?;
        self.start("testsuites", &[])?;
        self.line_break()?;
        self.run()?;
        let assessment = self.assessment;
        // Findings are sorted by policy, so those of one policy stand together.
        for (at, findings) in assessment.findings.chunk_by(|a, b| a.policy == b.policy).enumerate() {
            self.suite(at + 1, findings)?;
        }
        self.end("testsuites")?;
        self.line_break()?;
        self.xml.get_mut().flush()
    }

    /// The suite that tells of the run. It has no cases, so it counts for nothing.
    fn run(&mut self) -> io::Result<()> {
        let a = self.assessment;
        self.open_suite("assize", 0, &Summary::default())?;
        let number = |n: u64| n.to_string();
        self.properties(&[
            ("tool", line(&format!("{} {}", a.tool.name, a.tool.version), 200)),
            ("evaluated_at", line(&a.evaluated_at, 200)),
            ("gate", a.gate.outcome.as_str().to_owned()),
            ("gate_reason", gate_reason(&a.gate)),
            ("listed", number(a.summary.listed)),
            ("pass", number(a.summary.pass)),
            ("fail", number(a.summary.fail)),
            ("waived", number(a.summary.waived)),
            ("unknown", number(a.summary.unknown)),
            ("not_applicable", number(a.summary.not_applicable)),
            ("gaps", a.gaps.len().to_string()),
            ("snapshot_sha256", line(&a.snapshot.sha256, 200)),
            ("snapshot_partial", a.snapshot.partial.to_string()),
            ("policies_sha256", line(&a.policy_set.sha256, 200)),
        ])?;
        let mut notices: Vec<_> = a.notices.iter().collect();
        notices.sort();
        let mut told: Vec<String> = notices
            .iter()
            .take(TOLD)
            .map(|notice| {
                let level = match notice.level {
                    NoticeLevel::Error => "error",
                    NoticeLevel::Warning => "warning",
                    NoticeLevel::Note => "note",
                };
                format!("{level}: {}", paragraph(&notice.text, SENTENCE))
            })
            .collect();
        if notices.len() > TOLD {
            told.push(format!("{} more notices stand in the json report", notices.len() - TOLD));
        }
        self.close_suite(&told.join("\n"))
    }

    fn suite(&mut self, id: usize, findings: &[Finding]) -> io::Result<()> {
        let Some(first) = findings.first() else { return Ok(()) };
        let mut summary = Summary::default();
        findings.iter().for_each(|finding| summary.count(finding));
        let policy = first.policy.as_str();
        self.open_suite(policy, id, &summary)?;
        match self.assessment.policy(&first.policy) {
            Some(meta) => {
                let controls: Vec<&str> = meta.controls.keys().map(String::as_str).collect();
                self.properties(&[
                    ("check", line(&meta.check, 200)),
                    ("title", paragraph(&meta.title, SENTENCE)),
                    ("severity", meta.severity.as_str().to_owned()),
                    ("controls", line(&controls.join(", "), SENTENCE)),
                    ("waived", summary.waived.to_string()),
                    ("not_applicable", summary.not_applicable.to_string()),
                ])?;
            }
            None => self.properties(&[])?,
        }
        for finding in findings {
            self.case(policy, finding)?;
        }
        self.close_suite("")
    }

    fn open_suite(&mut self, name: &str, id: usize, summary: &Summary) -> io::Result<()> {
        let number = |n: u64| n.to_string();
        let time = self.time.clone();
        self.start(
            "testsuite",
            &[
                ("name", name),
                ("package", name),
                ("id", &id.to_string()),
                // Not the name of a machine: the same assessment gives the same bytes everywhere.
                ("hostname", "localhost"),
                ("timestamp", &time),
                ("time", "0"),
                ("tests", &number(summary.listed)),
                ("failures", &number(summary.fail - summary.waived.min(summary.fail))),
                ("errors", &number(summary.unknown)),
                ("skipped", &number(summary.waived + summary.not_applicable)),
            ],
        )?;
        self.line_break()
    }

    fn close_suite(&mut self, told: &str) -> io::Result<()> {
        self.text("system-out", &[], told)?;
        self.text("system-err", &[], "")?;
        self.end("testsuite")?;
        self.line_break()
    }

    fn properties(&mut self, properties: &[(&str, String)]) -> io::Result<()> {
        self.start("properties", &[])?;
        for (name, value) in properties {
            let property = BytesStart::new("property").with_attributes([("name", *name), ("value", value.as_str())]);
            self.xml.write_event(Event::Empty(property))?;
        }
        self.end("properties")?;
        self.line_break()
    }

    fn case(&mut self, policy: &str, finding: &Finding) -> io::Result<()> {
        let id = &finding.resource;
        let short = address(self.assessment, id).map_or_else(|| resource_name(id), str::to_owned);
        // The id makes the case unique, so that servers follow it from run to run.
        let name = format!("{} ({})", line(&short, 200), line(id.as_str(), 2000));
        self.start("testcase", &[("classname", policy), ("name", &name), ("time", "0")])?;
        let said = paragraph(finding.summary(), SENTENCE);
        let meta = self.assessment.policy(&finding.policy);
        match finding.verdict {
            Verdict::Pass => {}
            Verdict::Fail => match &finding.waiver {
                Some(waiver) => {
                    let message = self.waived(waiver);
                    self.text("skipped", &[("message", &message)], &self.told(finding))?;
                }
                None => {
                    let severity = meta.map_or("fail", |m| m.severity.as_str());
                    let message = if said.is_empty() { "the policy fails".to_owned() } else { said };
                    self.text("failure", &[("type", severity), ("message", &message)], &self.told(finding))?;
                }
            },
            Verdict::Unknown => {
                let message = if said.is_empty() { "no reason is given".to_owned() } else { said };
                let message = format!("nobody can say: {message}");
                let kind = finding.reasons.first().map_or("unknown", |one| reason(one.kind));
                self.text("error", &[("type", kind), ("message", &message)], &self.told(finding))?;
            }
            Verdict::NotApplicable => {
                let message = format!("not applicable: {said}");
                self.text("skipped", &[("message", message.trim_end_matches(": "))], "")?;
            }
        }
        self.end("testcase")?;
        self.line_break()
    }

    fn waived(&self, id: &str) -> String {
        let text = match self.waivers.get(id) {
            Some(w) => {
                let approver = if w.approver.is_empty() { "nobody" } else { &w.approver };
                format!("fails, waived by {id} until {}, approved by {approver}: {}", w.expires_on, w.reason)
            }
            None => format!("fails, waived by {id}, which the assessment does not list"),
        };
        paragraph(&text, SENTENCE)
    }

    /// The finding in several lines: what was found, where, and how to repair it.
    fn told(&self, finding: &Finding) -> String {
        let mut lines: Vec<String> = Vec::new();
        for detail in finding.details.iter().take(TOLD) {
            // No line begins with a text of others: in a log it could be a command to the build agent.
            lines.push(format!("- {}", paragraph(&detail.message, SENTENCE)));
            let value = |value: &serde_json::Value| line(&value.to_string(), SENTENCE);
            lines.extend(detail.path.iter().map(|path| format!("  read: {}", line(path, SENTENCE))));
            lines.extend(detail.actual.iter().map(|actual| format!("  actual: {}", value(actual))));
            lines.extend(detail.expected.iter().map(|expected| format!("  expected: {}", value(expected))));
        }
        lines
            .extend(finding.reasons.iter().take(TOLD).map(|reason| format!("- {}", paragraph(&reason.text, SENTENCE))));
        let more = finding.details.len().max(finding.reasons.len()).saturating_sub(TOLD);
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        if let Some(written) = self.assessment.written_at(finding) {
            lines.push(format!("at: {}:{}", line(written.file, SENTENCE), written.range.start_line.max(1)));
        }
        if finding.verdict == Verdict::Fail
            && let Some(az) = self.assessment.policy(&finding.policy).and_then(|m| m.remediation.az.as_deref())
        {
            lines.push(format!("repair: {}", paragraph(az, SENTENCE)));
        }
        lines.join("\n")
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Start(start))
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.start(name, attributes)?;
        self.xml.write_event(Event::Text(BytesText::new(text)))?;
        self.end(name)
    }

    fn line_break(&mut self) -> io::Result<()> {
        self.xml.get_mut().write_all(b"\n")
    }
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;

    use super::*;
    use crate::report::tests::{coded, estate, hostile, rendered, sample};

    /// Elements by name with their attributes, in their order.
    fn elements(text: &str) -> Vec<(String, Vec<(String, String)>)> {
        let mut reader = Reader::from_str(text);
        let mut out = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) | Event::Empty(e) => {
                    let attribute = |a: quick_xml::events::attributes::Attribute<'_>| {
                        let value = quick_xml::escape::unescape(&a.value).unwrap().into_owned();
                        (a.key.as_ref().to_owned(), value)
                    };
                    let name = e.name().as_ref().to_owned();
                    out.push((name, e.attributes().map(|a| attribute(a.unwrap())).collect()));
                }
                Event::Eof => return out,
                _ => {}
            }
        }
    }

    fn get<'a>(attributes: &'a [(String, String)], name: &str) -> &'a str {
        attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    #[test]
    fn every_finding_is_a_case_of_its_policy() {
        for assessment in [sample(), hostile()] {
            let all = elements(&rendered("junit", &assessment));
            let cases: Vec<_> = all.iter().filter(|(name, _)| name == "testcase").collect();
            assert_eq!(cases.len(), assessment.findings.len());
            for ((_, case), finding) in cases.iter().zip(&assessment.findings) {
                assert_eq!(get(case, "classname"), finding.policy.as_str());
            }
            let count = |what: &str| all.iter().filter(|(name, _)| name == what).count() as u64;
            let s = assessment.summary;
            assert_eq!((count("failure"), count("error")), (s.fail - s.waived, s.unknown));
            assert_eq!(count("skipped"), s.waived + s.not_applicable);
            let sum = |what: &str| -> u64 {
                all.iter().filter(|(n, _)| n == "testsuite").map(|(_, a)| get(a, what).parse::<u64>().unwrap()).sum()
            };
            assert_eq!((sum("tests"), sum("failures"), sum("errors")), (s.listed, s.fail - s.waived, s.unknown));
        }
    }

    #[test]
    fn unknown_is_an_error_and_waived_is_skipped_with_its_waiver() {
        let all = elements(&rendered("junit", &sample()));
        let of = |name: &str| all.iter().find(|(n, _)| n == name).map(|(_, a)| a.clone()).unwrap();
        assert_eq!(get(&of("error"), "type"), "denied");
        assert!(get(&of("error"), "message").starts_with("nobody can say: children.configurations of "));
        let skipped: Vec<_> = all.iter().filter(|(n, _)| n == "skipped").map(|(_, a)| get(a, "message")).collect();
        assert_eq!(
            skipped,
            [
                "not applicable: the server stands in a subnet",
                "fails, waived by W-1 until 2026-12-31, approved by Bob: the old client is replaced in March"
            ]
        );
    }

    #[test]
    fn a_failure_tells_what_where_and_how_to_repair_it() {
        let mut assessment = sample();
        coded(&mut assessment);
        let text = rendered("junit", &assessment);
        assert!(text.contains("  actual: &quot;off&quot;\n  expected: &quot;on&quot;"), "{text}");
        assert!(text.contains("\nat: infra/data base.tf:12\nrepair: az postgres"), "{text}");
        assert!(text.contains("classname=\"azure.pg.network_closed\" name=\"module.db.pg_server.e (/subscriptions/"));
    }

    #[test]
    fn the_suite_of_the_run_counts_for_nothing_and_holds_the_gate() {
        let all = elements(&rendered("junit", &sample()));
        let (_, run) = all.iter().find(|(name, _)| name == "testsuite").unwrap();
        assert_eq!(
            (get(run, "name"), get(run, "tests"), get(run, "timestamp")),
            ("assize", "0", "2026-11-20T02:00:00")
        );
        let property = |name: &str| {
            all.iter().find(|(n, a)| n == "property" && get(a, "name") == name).map(|(_, a)| get(a, "value")).unwrap()
        };
        assert_eq!((property("gate"), property("unknown"), property("listed")), ("failed", "1", "8"));
        assert_eq!(time("2026-11-20T03:00:00+01:00"), "2026-11-20T02:00:00");
        assert_eq!(time("\u{202e}"), "1970-01-01T00:00:00");
    }

    #[test]
    fn text_of_others_is_inert() {
        let mut assessment = hostile();
        let commands = |f: &mut Finding| {
            f.details.iter_mut().for_each(|d| d.message = "::set-output name=a::b".to_owned());
            f.reasons.iter_mut().for_each(|r| r.text = "::set-output name=a::b".to_owned());
        };
        assessment.findings.iter_mut().for_each(commands);
        let text = rendered("junit", &assessment);
        assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("##"));
        assert!(!text.lines().any(|l| l.trim_start().starts_with("::")), "no line is a command of a build agent");
        for c in text.chars().filter(|c| *c != '\n') {
            assert!(!c.is_control() && !"\u{202e}\u{2066}\u{200b}\u{feff}".contains(c), "{c:?}");
        }
        let cases = elements(&rendered("junit", &estate(2, 30)));
        let names: std::collections::BTreeSet<_> =
            cases.iter().filter(|(n, _)| n == "testcase").map(|(_, a)| (get(a, "classname"), get(a, "name"))).collect();
        assert_eq!(names.len(), 68);
    }
}
