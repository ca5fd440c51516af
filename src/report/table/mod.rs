//! The assessment for people at a terminal: worst findings first, then what nobody can judge, coverage, and the gate as
//! the last line. Lists are cut and say so; counts never are.

pub(super) mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::model::{
    Assessment, Change, ControlStatus, EvidenceStrength, Finding, GateOutcome, NoticeLevel, PolicyMeta, ReasonKind,
    Severity, Source, Verdict, WaiverEntry, WaiverStatus,
};
use crate::report::place::resource_name;
use crate::report::text::{cause, gate_reason, line, lines};
use crate::report::{RenderOptions, ReportError};
use page::{Page, Paint, Row};

/// How many characters are shown of a name, and of a sentence.
const NAME: usize = 80;
const SENTENCE: usize = 300;
/// How many reasons, notices and waivers are shown unless all are asked for.
const GROUPS: usize = 20;
const HINT: &str = "all with --verbose, or --output json";

/// Writes the table.
pub(super) fn render(assessment: &Assessment, options: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    let all = options.verbose || options.max_rows == 0;
    let mut report = Report {
        assessment,
        page: Page::new(options, out),
        rows: if all { usize::MAX } else { options.max_rows },
        groups: if all { usize::MAX } else { GROUPS },
    };
    report.write(options.verbose).map_err(|source| ReportError::Write { format: "table", source })
}

struct Report<'a, 'w> {
    assessment: &'a Assessment,
    page: Page<'w>,
    rows: usize,
    groups: usize,
}

/// The findings of a policy, by what they are.
#[derive(Default)]
struct Block<'a> {
    meta: Option<&'a PolicyMeta>,
    open: Vec<&'a Finding>,
    waived: Vec<&'a Finding>,
    unknown: usize,
}

impl<'a> Report<'a, '_> {
    fn write(&mut self, verbose: bool) -> io::Result<()> {
        self.header()?;
        self.fails(verbose)?;
        self.unknown()?;
        self.changes()?;
        if verbose {
            self.held()?;
        }
        self.coverage(verbose)?;
        self.notices()?;
        self.waivers()?;
        self.totals()?;
        self.page.flush()
    }

    fn header(&mut self) -> io::Result<()> {
        let a = self.assessment;
        let source = match a.snapshot.source {
            Source::Azure => "live Azure",
            Source::Files => "files",
            Source::Code => "code",
        };
        let taken = match &a.snapshot.taken {
            Some(taken) => format!("taken {}", line(taken, NAME)),
            None => "taken at a time that is not known".to_owned(),
        };
        let partial = if a.snapshot.partial { ", PARTIAL: less was read than the scope holds" } else { "" };
        let short = |sha: &str| line(sha.get(..12).unwrap_or(sha), NAME);
        let mut scope: Vec<String> = a.snapshot.scope.iter().take(3).map(|s| line(s, NAME)).collect();
        if a.snapshot.scope.len() > 3 {
            scope.push(format!("{} more", a.snapshot.scope.len() - 3));
        }
        let unjudged = a.resources.iter().filter(|r| r.policies == 0).count();
        let mut pairs = vec![
            ("snapshot", format!("{source}, {taken}, sha256 {}{partial}", short(&a.snapshot.sha256))),
            ("scope", scope.join(", ")),
            ("policies", format!("{}, sha256 {}", a.policy_set.policies, short(&a.policy_set.sha256))),
            (
                "profile",
                a.profile
                    .as_ref()
                    .map(|p| format!("{}, sha256 {}", line(&p.id, NAME), short(&p.sha256)))
                    .unwrap_or_default(),
            ),
            ("resources", format!("{}, {unjudged} of them judged by no policy", a.resources.len())),
        ];
        pairs.retain(|(name, text)| *name != "profile" || !text.is_empty());
        if !a.gaps.is_empty() {
            let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
            a.gaps.iter().for_each(|gap| *reasons.entry(gap.reason.as_str()).or_default() += 1);
            let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
            pairs.push(("gaps", format!("{}: {}", a.gaps.len(), reasons.join(", "))));
        }
        if let Some(b) = &a.baseline {
            pairs.push((
                "baseline",
                format!(
                    "of {}: {} new, {} unchanged, {} fixed, {} newly unknown, {} gone",
                    line(&b.evaluated_at, NAME),
                    b.new,
                    b.unchanged,
                    b.fixed,
                    b.newly_unknown,
                    b.gone.len()
                ),
            ));
        }
        pairs.push((
            "evaluated",
            format!("{} by {} {}", line(&a.evaluated_at, NAME), line(&a.tool.name, NAME), line(&a.tool.version, NAME)),
        ));
        self.page.pairs(pairs)
    }

    fn fails(&mut self, verbose: bool) -> io::Result<()> {
        let mut blocks: BTreeMap<&str, Block<'_>> = BTreeMap::new();
        for finding in &self.assessment.findings {
            let block = blocks.entry(finding.policy.as_str()).or_default();
            match finding.verdict {
                Verdict::Fail if finding.waiver.is_some() => block.waived.push(finding),
                Verdict::Fail => block.open.push(finding),
                Verdict::Unknown => block.unknown += 1,
                Verdict::Pass | Verdict::NotApplicable => {}
            }
        }
        blocks.retain(|_, block| !block.open.is_empty() || !block.waived.is_empty());
        if blocks.is_empty() {
            return self.page.heading("no policy fails", Paint::Bold);
        }
        for block in blocks.values_mut() {
            let policy = block.open.first().or(block.waived.first()).map(|f| &f.policy);
            block.meta = policy.and_then(|id| self.assessment.policy(id));
            block.open.sort_by_key(|f| f.change != Some(Change::New));
        }
        // A policy whose metadata is not there comes first: nobody can say that it matters less.
        for severity in std::iter::once(None).chain(Severity::ALL.map(Some)) {
            let mut here: Vec<_> =
                blocks.iter().filter(|(_, block)| block.meta.map(|meta| meta.severity) == severity).collect();
            here.sort_by_key(|(id, block)| (block.open.is_empty(), **id));
            let open: usize = here.iter().map(|(_, block)| block.open.len()).sum();
            let Some(_) = here.first() else { continue };
            let (word, paint) = match severity {
                None => ("SEVERITY NOT KNOWN".to_owned(), Paint::Red),
                Some(s @ (Severity::Critical | Severity::High)) => (s.as_str().to_uppercase(), Paint::Red),
                Some(s @ Severity::Medium) => (s.as_str().to_uppercase(), Paint::Yellow),
                Some(s) => (s.as_str().to_uppercase(), Paint::Bold),
            };
            self.page.heading(&format!("{word}  {} of {}", count(open, "open fail"), policies(here.len())), paint)?;
            for (id, block) in here {
                self.block(id, block, verbose)?;
            }
        }
        self.page.text(0, "How to repair: assize policy show <policy>", Paint::Dim)
    }

    fn block(&mut self, id: &str, block: &Block<'_>, verbose: bool) -> io::Result<()> {
        let new = block.open.iter().filter(|f| f.change == Some(Change::New)).count();
        let parts = [(new, "of them new"), (block.unknown, "unknown"), (block.waived.len(), "waived")];
        let parts: String = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}")).collect();
        self.page.text(2, &format!("{id}  {} fail{parts}", block.open.len()), Paint::Bold)?;
        if let Some(meta) = block.meta {
            let check = line(&meta.check, NAME);
            self.page.text(2, &format!("expected: {} ({check})", line(&meta.title, SENTENCE)), Paint::Plain)?;
        }
        let rows = block.open.iter().chain(&block.waived).take(self.rows).map(|f| self.row(f, self.found(f, verbose)));
        let rows: Vec<Row> = rows.collect();
        self.list(rows, block.open.len() + block.waived.len(), "resource")?;
        if let Some(az) = block.meta.filter(|_| verbose).and_then(|m| m.remediation.az.as_deref()) {
            for command in lines(az, SENTENCE) {
                self.page.text(4, &format!("$ {command}"), Paint::Dim)?;
            }
        }
        Ok(())
    }

    /// What was found, and the waiver that lies over it.
    fn found(&self, finding: &Finding, verbose: bool) -> String {
        let mut text = if verbose {
            finding.details.iter().map(|d| line(&d.message, SENTENCE)).collect::<Vec<_>>().join("; ")
        } else {
            let more = finding.details.len().saturating_sub(1);
            let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
            format!("{}{more}", line(finding.summary(), SENTENCE))
        };
        if self.assessment.written_at(finding).is_some_and(|written| written.by_default) {
            text.push_str(" (by default)");
        }
        if let Some(id) = &finding.waiver {
            let entry = self.assessment.waivers.iter().find(|w| w.waiver.id == *id);
            let until = entry.map(|w| format!(" until {}", w.waiver.expires_on)).unwrap_or_default();
            let until = match entry.is_some_and(|w| !w.waiver.source.is_register()) {
                true => format!("{until}, which nobody approved"),
                false => until,
            };
            text.push_str(&format!(" [waiver {}{until}]", line(id, NAME)));
        }
        text
    }

    fn row(&self, finding: &Finding, text: String) -> Row {
        let mark = match (finding.waiver.is_some(), finding.change) {
            (true, _) => "waived",
            (false, Some(Change::New | Change::NewlyUnknown)) => "NEW",
            (false, Some(Change::Fixed)) => "FIXED",
            (false, _) => "",
        };
        let place = match self.assessment.written_at(finding) {
            Some(written) => format!("{}:{}", line(written.file, NAME), written.range.start_line),
            None => line(finding.resource.resource_group().unwrap_or(""), NAME),
        };
        Row { mark, name: line(&resource_name(&finding.resource), NAME), place, text }
    }

    /// Rows, and how many more there are.
    fn list(&mut self, rows: Vec<Row>, total: usize, what: &str) -> io::Result<()> {
        let left = total.saturating_sub(rows.len());
        self.page.rows(4, rows)?;
        if left > 0 {
            self.page.text(4, &format!("… {}; {HINT}", count(left, &format!("more {what}"))), Paint::Dim)?;
        }
        Ok(())
    }

    fn unknown(&mut self) -> io::Result<()> {
        let mut total = 0;
        let mut groups: BTreeMap<(String, String), Vec<&'a Finding>> = BTreeMap::new();
        for finding in self.assessment.findings.iter().filter(|f| f.verdict == Verdict::Unknown) {
            total += 1;
            let mut reasons: BTreeSet<(String, String)> =
                finding.reasons.iter().map(|r| (kind(r.kind).to_owned(), line(&cause(finding, r), SENTENCE))).collect();
            if reasons.is_empty() {
                reasons.insert(("no reason".to_owned(), "the finding gives none".to_owned()));
            }
            for reason in reasons {
                groups.entry(reason).or_default().push(finding);
            }
        }
        if total == 0 {
            return Ok(());
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by(|(a, x), (b, y)| y.len().cmp(&x.len()).then_with(|| a.cmp(b)));
        let head = format!(
            "UNKNOWN  {} that nobody can judge, for {}",
            count(total, "finding"),
            count(groups.len(), "reason")
        );
        self.page.heading(&head, Paint::Yellow)?;
        for ((kind, text), findings) in groups.iter().take(self.groups) {
            self.page.text(2, &format!("{} × {kind}: {text}", findings.len()), Paint::Bold)?;
            let rows = findings.iter().take(self.rows).map(|f| self.row(f, f.policy.to_string())).collect();
            self.list(rows, findings.len(), "finding")?;
        }
        let left = groups.iter().skip(self.groups).map(|(_, findings)| findings.len()).sum::<usize>();
        if left > 0 {
            let reasons = count(groups.len() - self.groups, "more reason");
            self.page.text(2, &format!("… {reasons}, for {}; {HINT}", count(left, "finding")), Paint::Dim)?;
        }
        Ok(())
    }

    /// What is not there any more since the baseline: fixed, or gone without being fixed.
    fn changes(&mut self) -> io::Result<()> {
        let Some(baseline) = &self.assessment.baseline else { return Ok(()) };
        let fixed: Vec<&Finding> =
            self.assessment.findings.iter().filter(|f| f.change == Some(Change::Fixed)).collect();
        if !fixed.is_empty() {
            self.page.heading(&format!("FIXED  {} since the baseline", count(fixed.len(), "fail")), Paint::Green)?;
            let rows = fixed.iter().take(self.rows).map(|f| self.row(f, f.policy.to_string())).collect();
            self.list(rows, fixed.len(), "fail")?;
        }
        if !baseline.gone.is_empty() {
            let head =
                format!("GONE  {} of the baseline: neither fixed nor known", count(baseline.gone.len(), "finding"));
            self.page.heading(&head, Paint::Yellow)?;
            let rows = baseline.gone.iter().take(self.rows).map(|gone| Row {
                mark: "",
                name: line(&resource_name(&gone.resource), NAME),
                place: line(gone.resource.resource_group().unwrap_or(""), NAME),
                text: format!("{} was {}", gone.policy, gone.was.as_str()),
            });
            let rows = rows.collect();
            self.list(rows, baseline.gone.len(), "finding")?;
        }
        Ok(())
    }

    /// What passes and what does not apply, for those who ask.
    fn held(&mut self) -> io::Result<()> {
        for (verdict, head) in [(Verdict::Pass, "PASS"), (Verdict::NotApplicable, "NOT APPLICABLE")] {
            let mut by_policy: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
            for finding in self.assessment.findings.iter().filter(|f| f.verdict == verdict) {
                by_policy.entry(finding.policy.as_str()).or_default().push(finding);
            }
            if by_policy.is_empty() {
                continue;
            }
            self.page.heading(&format!("{head}  {}", policies(by_policy.len())), Paint::Bold)?;
            for (id, findings) in by_policy {
                self.page.text(2, &format!("{id}  {}", findings.len()), Paint::Bold)?;
                let rows = findings.iter().map(|f| self.row(f, line(f.summary(), SENTENCE))).collect();
                self.list(rows, findings.len(), "finding")?;
            }
        }
        Ok(())
    }

    fn coverage(&mut self, verbose: bool) -> io::Result<()> {
        let mut frameworks: BTreeMap<&str, BTreeMap<ControlStatus, usize>> = BTreeMap::new();
        for control in &self.assessment.controls {
            *frameworks.entry(&control.framework).or_default().entry(control.status).or_default() += 1;
        }
        if frameworks.is_empty() {
            return Ok(());
        }
        self.page.heading("CONTROLS that a policy serves; none of this says that the law is kept", Paint::Bold)?;
        let statuses = [
            (ControlStatus::Findings, "with findings"),
            (ControlStatus::Incomplete, "incomplete"),
            (ControlStatus::NoFindings, "no findings"),
            (ControlStatus::NotAssessed, "not assessed"),
        ];
        let number = |by: &BTreeMap<ControlStatus, usize>, status| by.get(&status).copied().unwrap_or(0);
        if self.page.is_narrow() {
            for (id, by) in &frameworks {
                let parts: Vec<String> =
                    statuses.iter().map(|(status, word)| format!("{} {word}", number(by, *status))).collect();
                self.page.text(2, &format!("{}: {}", line(id, NAME), parts.join(", ")), Paint::Plain)?;
            }
        } else {
            let head = std::iter::once("").chain(statuses.map(|(_, word)| word)).map(str::to_owned).collect();
            let mut table: Vec<Vec<String>> = vec![head];
            table.extend(frameworks.iter().map(|(id, by)| {
                let numbers = statuses.iter().map(|(status, _)| number(by, *status).to_string());
                std::iter::once(line(id, NAME)).chain(numbers).collect()
            }));
            self.page.table(2, table, Paint::Plain)?;
        }
        if verbose {
            let rows = self.assessment.controls.iter().map(|c| Row {
                mark: "",
                name: line(&c.control, NAME),
                place: c.status.as_str().replace('_', " "),
                text: format!(
                    "{} pass, {} fail ({} waived), {} unknown; evidence: {}",
                    c.summary.pass,
                    c.summary.fail,
                    c.summary.waived,
                    c.summary.unknown,
                    match c.evidence_strength {
                        EvidenceStrength::None => "none, do not claim it",
                        other => other.as_str(),
                    }
                ),
            });
            let rows = rows.collect();
            self.page.rows(4, rows)?;
        }
        Ok(())
    }

    fn notices(&mut self) -> io::Result<()> {
        if self.assessment.notices.is_empty() {
            return Ok(());
        }
        self.page.heading("NOTICES", Paint::Bold)?;
        let mut notices: Vec<_> = self.assessment.notices.iter().collect();
        notices.sort();
        let rows = notices.iter().take(self.groups).map(|notice| {
            let level = match notice.level {
                NoticeLevel::Error => "error",
                NoticeLevel::Warning => "warning",
                NoticeLevel::Note => "note",
            };
            vec![level.to_owned(), line(&notice.text, SENTENCE)]
        });
        let rows = rows.collect();
        self.page.table(2, rows, Paint::Plain)?;
        self.left(notices.len(), "notice")
    }

    /// Waivers that do not do what their author meant.
    fn waivers(&mut self) -> io::Result<()> {
        let idle: Vec<&WaiverEntry> =
            self.assessment.waivers.iter().filter(|w| w.status != WaiverStatus::Applied).collect();
        if idle.is_empty() {
            return Ok(());
        }
        self.page.heading("WAIVERS that are not applied", Paint::Bold)?;
        let rows = idle.iter().take(self.groups).map(|entry| {
            let waiver = &entry.waiver;
            let what = match entry.status {
                WaiverStatus::Expired => {
                    format!("expired on {}; {} again", waiver.expires_on, counting(entry.findings))
                }
                WaiverStatus::NotYetValid => match waiver.approved_on {
                    Some(day) => format!("not valid before {day}"),
                    None => "not valid yet".to_owned(),
                },
                WaiverStatus::Refused => {
                    let why = line(entry.refused.as_deref().unwrap_or("the rules do not allow it"), SENTENCE);
                    format!("refused, and {} all the same: {why}", counting(entry.findings))
                }
                WaiverStatus::Unused | WaiverStatus::Applied => "in force, and matches no fail".to_owned(),
            };
            vec![line(&waiver.id, NAME), format!("{}: {what}", line(&waiver.policy, NAME))]
        });
        let rows = rows.collect();
        self.page.table(2, rows, Paint::Plain)?;
        self.left(idle.len(), "waiver")
    }

    fn left(&mut self, total: usize, what: &str) -> io::Result<()> {
        match total.checked_sub(self.groups) {
            Some(left) if left > 0 => {
                self.page.text(2, &format!("… {}; {HINT}", count(left, &format!("more {what}"))), Paint::Dim)
            }
            _ => Ok(()),
        }
    }

    fn totals(&mut self) -> io::Result<()> {
        let s = &self.assessment.summary;
        let sum = format!(
            "{} listed = {} pass + {} fail ({} of them waived) + {} unknown + {} not applicable",
            s.listed, s.pass, s.fail, s.waived, s.unknown, s.not_applicable
        );
        self.page.heading(&sum, Paint::Plain)?;
        let gate = &self.assessment.gate;
        let paint = match gate.outcome {
            GateOutcome::Passed => Paint::Green,
            GateOutcome::Failed => Paint::Red,
            GateOutcome::Incomplete => Paint::Yellow,
        };
        let outcome = gate.outcome.as_str().to_uppercase();
        self.page.text(
            0,
            &format!("gate {outcome}, exit code {}: {}", gate.outcome.exit_code(), gate_reason(gate)),
            paint,
        )
    }
}

fn kind(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::Gap(reason) => reason.as_str(),
        ReasonKind::Absent => "absent",
        ReasonKind::Incomplete => "incomplete",
        ReasonKind::Policy => "policy",
        ReasonKind::Error => "error",
    }
}

/// The fails that a waiver does not take out of the count.
fn counting(fails: u64) -> String {
    format!("{} {}", count(fails, "fail"), if fails == 1 { "counts" } else { "count" })
}

fn count(n: impl TryInto<u64>, what: &str) -> String {
    let n = n.try_into().unwrap_or(u64::MAX);
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn policies(n: usize) -> String {
    if n == 1 { "1 policy".to_owned() } else { format!("{n} policies") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{coded, estate, hostile, rendered, rendered_with, sample};

    fn at(assessment: &Assessment, width: usize) -> String {
        rendered_with("table", assessment, &RenderOptions { width, ..RenderOptions::default() })
    }

    /// Columns that a text takes: the test data is ASCII, Latin and Han.
    fn columns(text: &str) -> usize {
        text.chars().map(|c| if ('\u{2e80}'..='\u{ffef}').contains(&c) { 2 } else { 1 }).sum()
    }

    #[test]
    fn every_width_fits() {
        for assessment in [sample(), hostile(), estate(3, 40)] {
            for width in (40..90).chain([120, 200]) {
                for verbose in [false, true] {
                    let options = RenderOptions { width, verbose, ..RenderOptions::default() };
                    let text = rendered_with("table", &assessment, &options);
                    for l in text.lines() {
                        assert!(columns(l) <= width, "{width} {}: {l}", columns(l));
                    }
                }
            }
        }
        assert_eq!(at(&sample(), 0), at(&sample(), 40));
    }

    #[test]
    fn the_worst_comes_first_and_the_gate_last() {
        let text = at(&sample(), 120);
        let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is not in\n{text}"));
        let order = [
            "PARTIAL",
            "CRITICAL  1 open fail of 1 policy",
            "NEW     pg-a",
            "waived  pg-b",
            "MEDIUM",
            "INFO",
            "UNKNOWN",
            "FIXED",
            "GONE",
            "CONTROLS",
            "NOTICES",
            "WAIVERS",
            "8 listed",
            "gate FAILED",
        ];
        assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{text}");
        for expected in [
            "azure.pg.secure_transport_required  1 fail, 1 of them new, 1 unknown, 1 waived",
            "expected: PostgreSQL refuses unencrypted sessions (PG-TLS-001)",
            "require_secure_transport is \"off\" [waiver W-1 until 2026-12-31]",
            "infra/data base.tf:12",
            "1 × denied: children.configurations of this resource is denied: 403",
            "W-2  azure.pg.secure_transport_required: expired on 2026-12-31; 3 fails count again",
            "W-3  azure.pg.secure_transport_required: in force, and matches no fail",
            "8 listed = 2 pass + 4 fail (1 of them waived) + 1 unknown + 1 not applicable",
        ] {
            place(expected);
        }
        let last = text.lines().last().unwrap();
        assert_eq!(
            last,
            "gate FAILED, exit code 1: 2 open fails count at the threshold high or above; 1 unknown, 0 allowed"
        );
        assert!(!text.contains("PASS"));
        let verbose = rendered_with("table", &sample(), &RenderOptions { verbose: true, ..RenderOptions::default() });
        assert!(
            verbose.contains("PASS  2 policies")
                && verbose.contains("NOT APPLICABLE")
                && verbose.contains("$ az postgres")
        );
    }

    #[test]
    fn code_is_shown_by_line_and_comments_as_what_they_are() {
        let mut assessment = sample();
        coded(&mut assessment);
        let comment = |id: &str, status: &str, refused: Option<&str>| -> WaiverEntry {
            serde_json::from_value(serde_json::json!({
                "waiver": {
                    "id": id, "policy": "azure.pg.network_closed", "scope": assessment.resources[0].id, "reason": "r",
                    "expires_on": "2026-12-31", "source": {"comment": {"file": "main.tf", "line": 7}}
                },
                "status": status, "findings": 1, "refused": refused
            }))
            .unwrap()
        };
        assessment.waivers.push(comment("comment:main.tf:7", "applied", None));
        assessment.waivers.push(comment("comment:main.tf:9", "refused", Some("the settings say so")));
        assessment.findings[0].waiver = Some("comment:main.tf:7".to_owned());
        let text = at(&assessment, 200);
        for expected in [
            "infra/data base.tf:12",
            "the network is open (by default) [waiver comment:main.tf:7 until 2026-12-31, which nobody approved]",
            "comment:main.tf:9  azure.pg.network_closed: refused, and 1 fail counts all the same: the settings say so",
            "[waiver W-1 until 2026-12-31]",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
    }

    #[test]
    fn a_cut_list_says_how_many_more_there_are() {
        let assessment = estate(10, 1000);
        let text = rendered("table", &assessment);
        assert!(text.lines().count() < 80, "{text}");
        assert!(text.contains("… 9997 more resources; all with --verbose, or --output json"), "{text}");
        assert!(text.contains("azure.pg.secure_transport_required  10001 fail"));
        let all = rendered_with("table", &assessment, &RenderOptions { max_rows: 0, ..RenderOptions::default() });
        assert!(all.lines().count() > 10_000 && !all.contains("… "));
    }

    #[test]
    fn many_reasons_are_cut_and_counted() {
        let mut assessment = sample();
        let model = assessment.findings.iter().find(|f| f.verdict == Verdict::Unknown).unwrap().clone();
        for n in 0..500 {
            let mut finding = model.clone();
            finding.reasons[0].text = format!("reason {n:03}");
            assessment.findings.push(finding);
        }
        let text = rendered("table", &assessment);
        assert!(text.contains("UNKNOWN  501 findings that nobody can judge, for 501 reasons"), "{text}");
        assert!(text.contains("… 481 more reasons, for 481 findings; all with --verbose, or --output json"), "{text}");
    }

    #[test]
    fn what_others_wrote_does_nothing_to_the_terminal_or_the_log() {
        for width in 40..130 {
            let text = at(&hostile(), width);
            for l in text.lines() {
                assert!(!l.trim_start().starts_with("::") && !l.contains("##"), "{l}");
                assert!(
                    !l.chars().any(
                        |c| c.is_control() || "\u{200b}\u{200f}\u{2028}\u{202e}\u{2066}\u{61c}\u{feff}".contains(c)
                    ),
                    "{l:?}"
                );
            }
        }
        let wide = at(&hostile(), 200);
        assert!(wide.contains("\\u{1b}[31mred") && wide.contains("\\u{202e}gpj"), "{wide}");
    }

    #[test]
    fn colour_comes_only_when_asked_for() {
        assert!(!rendered("table", &sample()).contains('\u{1b}'));
        let coloured = rendered_with("table", &sample(), &RenderOptions { colour: true, ..RenderOptions::default() });
        assert!(coloured.contains("\u{1b}[1;31mCRITICAL"));
        let mut plain = coloured;
        for code in ["1", "2", "1;31", "33", "32", "0"] {
            plain = plain.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert_eq!(plain, rendered("table", &sample()));
    }

    #[test]
    fn a_fail_without_metadata_and_an_unknown_without_reason_are_shown() {
        let mut assessment = sample();
        assessment.policies.clear();
        assessment.findings.iter_mut().for_each(|f| f.reasons.clear());
        let text = rendered("table", &assessment);
        assert!(text.contains("SEVERITY NOT KNOWN  3 open fails of 3 policies"), "{text}");
        assert!(text.contains("1 × no reason: the finding gives none"), "{text}");
    }

    #[test]
    fn an_estate_without_fails_says_so() {
        let mut assessment = sample();
        assessment.findings.retain(|f| f.verdict == Verdict::Pass);
        assessment.baseline = None;
        let text = rendered("table", &assessment);
        assert!(text.contains("no policy fails") && !text.contains("UNKNOWN"), "{text}");
    }
}
