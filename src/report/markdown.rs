//! A summary in Markdown for the page of a build or a pull request: what to repair first, then what nobody can say. It is
//! never longer than [`MOST`] bytes; what is left out is counted. Of more than 1 MiB GitHub shows nothing at all.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use crate::model::{
    Assessment, Change, Control, Finding, Framework, GateOutcome, NoticeLevel, PolicyMeta, Severity, Summary, Verdict,
    WaiverStatus,
};
use crate::report::place::{address, resource_name};
use crate::report::sheet::{Block, Law, Line, Span, code, markdown, words};
use crate::report::text::{cause, gate_reason, line, paragraph};
use crate::report::{RenderOptions, ReportError};

/// The most bytes of the whole summary.
const MOST: usize = 900 * 1024;
/// The shares of it. Their sum and what has no share of its own stay below [`MOST`].
const FAILS: usize = 500 * 1024;
const UNKNOWN: usize = 150 * 1024;
const LIST: usize = 50 * 1024;
/// The longest part of a line that can come from outside, in characters.
const NAME: usize = 200;
const SENTENCE: usize = 300;
/// How many resources a policy lists, and how many lines its repair may have.
const RESOURCES: usize = 20;
const REPAIR: usize = 20;

/// Writes the summary.
pub(super) fn render(assessment: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    let text = summary(assessment);
    debug_assert!(text.len() <= MOST, "the shares are too large");
    let mut out = BufWriter::new(out);
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|source| ReportError::Write { format: "markdown", source })
}

fn summary(assessment: &Assessment) -> String {
    let mut page = Page { text: String::new() };
    head(assessment, &mut page);
    fails(assessment, &mut page);
    unknown(assessment, &mut page);
    waivers(assessment, &mut page);
    controls(assessment, &mut page);
    run(assessment, &mut page);
    page.text
}

/// The text so far.
struct Page {
    text: String,
}

impl Page {
    fn push(&mut self, block: Block) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text += &markdown(&[block]);
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.push(Block::Heading(level, vec![words(text)]));
    }

    fn say(&mut self, text: &str) {
        self.push(Block::Text(vec![said(text, SENTENCE * 2)]));
    }

    /// A table of as many rows as fit into `share` bytes; gives how many are left out.
    fn table(&mut self, head: &[&'static str], rows: impl Iterator<Item = Vec<Line>>, share: usize) -> usize {
        let (mut kept, mut left, mut spent) = (Vec::new(), 0, 0);
        for row in rows {
            if left == 0 {
                // What a row costs is what it is written as, without the two lines of the head.
                let bare = Block::Table(head.to_vec(), Vec::new());
                let alone = Block::Table(head.to_vec(), vec![row.clone()]);
                spent += markdown(&[alone]).len() - markdown(&[bare]).len();
                if spent <= share {
                    kept.push(row);
                    continue;
                }
            }
            left += 1;
        }
        if !kept.is_empty() {
            self.push(Block::Table(head.to_vec(), kept));
        }
        left
    }

    fn more(&mut self, left: usize, what: &str) {
        if left > 0 {
            self.say(&format!("{left} more {what}; the json, csv and xlsx reports list them all."));
        }
    }
}

/// A sentence. Where a server would take a part of it for the name of a person, an issue or a commit, it is shown as code.
fn said(text: &str, most: usize) -> Span {
    let text = paragraph(text, most);
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let called = bytes.iter().enumerate().any(|(at, b)| matches!(b, b'@' | b'#') && next(at));
    let number = text.to_ascii_lowercase().contains("gh-");
    let commit = text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        (7..=64).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_hexdigit())
            && word.bytes().any(|b| b.is_ascii_digit())
    });
    if called || number || commit { code(text) } else { words(text) }
}

fn name(text: &str) -> Line {
    vec![code(line(text, NAME))]
}

fn number(n: u64) -> Line {
    vec![words(n.to_string())]
}

fn head(a: &Assessment, page: &mut Page) {
    let gate = match a.gate.outcome {
        GateOutcome::Passed => "the gate passed",
        GateOutcome::Failed => "the gate failed",
        GateOutcome::Incomplete => "the gate is incomplete",
    };
    page.heading(2, &format!("Compliance of Azure: {gate}"));
    page.say(&format!("{}.", gate_reason(&a.gate)));
    let s = a.summary;
    let row = [s.fail - s.waived.min(s.fail), s.waived, s.unknown, s.not_applicable, s.pass, s.listed].map(number);
    page.table(
        &["open fails", "waived fails", "unknown", "not applicable", "pass", "all findings"],
        std::iter::once(row.to_vec()),
        LIST,
    );
    if let Some(b) = &a.baseline {
        page.say(&format!(
            "Against the assessment of {}: {} new, {} unchanged, {} fixed, {} newly unknown, {} gone without an answer.",
            line(&b.evaluated_at, NAME),
            b.new,
            b.unchanged,
            b.fixed,
            b.newly_unknown,
            b.gone.len()
        ));
    }
    if a.snapshot.partial {
        page.say("The snapshot is partial: less was read than the scope holds.");
    }
    let mut notices: Vec<_> = a.notices.iter().filter(|n| n.level != NoticeLevel::Note).collect();
    notices.sort();
    let rows = notices.iter().map(|notice| {
        let level = if notice.level == NoticeLevel::Error { "error" } else { "warning" };
        vec![vec![words(level)], vec![said(&notice.text, SENTENCE)]]
    });
    let left = page.table(&["", "notice"], rows, LIST);
    page.more(left, "notices");
}

/// The open fails of a policy.
struct Failing<'a> {
    severity: Severity,
    meta: Option<&'a PolicyMeta>,
    findings: Vec<&'a Finding>,
}

fn fails(a: &Assessment, page: &mut Page) {
    let mut policies: Vec<Failing<'_>> = a
        .findings
        .chunk_by(|x, y| x.policy == y.policy)
        .filter_map(|findings| {
            let meta = a.policy(&findings.first()?.policy);
            let mut open: Vec<&Finding> = findings.iter().filter(|f| f.is_open_fail()).collect();
            // What is new comes first.
            open.sort_by_key(|f| f.change != Some(Change::New));
            let severity = meta.map_or(Severity::Medium, |m| m.severity);
            (!open.is_empty()).then_some(Failing { severity, meta, findings: open })
        })
        .collect();
    policies.sort_by(|x, y| y.severity.cmp(&x.severity).then(y.findings.len().cmp(&x.findings.len())));
    if policies.is_empty() {
        page.say(if a.summary.fail > 0 { "Every fail is waived." } else { "Nothing fails." });
        return;
    }
    page.heading(3, "Open fails");
    let law = Law::of(&a.frameworks);
    let from = page.text.len();
    let (mut left, mut left_policies) = (0, 0);
    for policy in &policies {
        if page.text.len() - from >= FAILS - LIST {
            left += policy.findings.len();
            left_policies += 1;
            continue;
        }
        one(a, &law, policy, page);
    }
    if left > 0 {
        page.more(left, &format!("open fails of {left_policies} policies"));
    }
}

/// A policy that fails. It takes a share of its own, so that no policy can push out all others.
fn one(a: &Assessment, law: &Law<'_>, policy: &Failing<'_>, page: &mut Page) {
    let Some(first) = policy.findings.first() else { return };
    let title = policy.meta.map_or_else(|| first.policy.as_str(), |m| m.title.as_str());
    let count = policy.findings.len();
    page.push(Block::Heading(
        4,
        vec![words(format!("{}: ", policy.severity)), said(title, SENTENCE), words(format!(" ({count})"))],
    ));
    let mut about = vec![code(line(first.policy.as_str(), NAME))];
    if let Some(meta) = policy.meta {
        about.extend([words(", check "), code(line(&meta.check, NAME))]);
        let cited: Vec<String> =
            meta.controls.keys().filter_map(|id| law.control(id)).map(|(f, c)| cite(f, c)).take(RESOURCES).collect();
        if !cited.is_empty() {
            about.push(words(", for "));
            about.push(said(&cited.join("; "), SENTENCE * 2));
        }
    }
    page.push(Block::Text(about));
    let compared = a.baseline.is_some();
    let head: &[&'static str] =
        if compared { &["resource", "where", "found", "change"] } else { &["resource", "where", "found"] };
    let rows = policy.findings.iter().take(RESOURCES).map(|finding| {
        let more = finding.details.len().saturating_sub(1);
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        let found = vec![said(finding.summary(), SENTENCE), words(more)];
        let mut row = vec![name(&called(a, finding)), place(a, finding), found];
        if compared {
            row.push(vec![words(finding.change.map_or("", Change::as_str))]);
        }
        row
    });
    let cut = page.table(head, rows, LIST / 2);
    page.more(cut + count.saturating_sub(RESOURCES), "resources");
    if let Some(az) = policy.meta.and_then(|m| m.remediation.az.as_deref()) {
        let lines: Vec<String> = az.trim_end().lines().map(|l| line(l, SENTENCE)).collect();
        // In a log of GitHub such a line would be a command to the runner; none of the shell begins so.
        let commands_runner = lines.iter().any(|l| l.trim_start().starts_with("::"));
        if lines.len() <= REPAIR && !commands_runner {
            page.push(Block::Code("sh", lines.join("\n")));
        }
    }
    if let Some(note) = policy.meta.and_then(|m| m.remediation.note.as_deref()) {
        page.say(note);
    }
}

fn cite(framework: &Framework, control: &Control) -> String {
    format!("{} {}", framework.id.to_uppercase(), control.cite)
}

/// The name of a finding's resource in code, else in Azure.
fn called(a: &Assessment, finding: &Finding) -> String {
    address(a, &finding.resource).map_or_else(|| resource_name(&finding.resource), str::to_owned)
}

/// The file and line, else the resource group.
fn place(a: &Assessment, finding: &Finding) -> Line {
    match a.written_at(finding) {
        Some(written) => name(&format!("{}:{}", line(written.file, NAME - 12), written.range.start_line.max(1))),
        None => match finding.resource.resource_group() {
            Some(group) => vec![words("resource group "), code(line(group, NAME))],
            None => finding.resource.subscription().map_or_else(|| vec![words("the tenant")], name),
        },
    }
}

fn unknown(a: &Assessment, page: &mut Page) {
    let mut causes: BTreeMap<(&str, String), Vec<&Finding>> = BTreeMap::new();
    for finding in a.findings.iter().filter(|f| f.verdict == Verdict::Unknown) {
        let why = finding.reasons.first().map_or_else(|| "no reason is given".to_owned(), |r| cause(finding, r));
        causes.entry((finding.policy.as_str(), why)).or_default().push(finding);
    }
    if causes.is_empty() {
        page.say("Nothing is unknown.");
        return;
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.len()));
    page.heading(3, "Unknown");
    page.say("Nobody can say whether these hold. They are neither passes nor fails.");
    let mut rest = 0;
    let mut shown = 0;
    let rows = causes.iter().map(|((policy, why), findings)| {
        let first = findings.first().map(|f| name(&called(a, f))).unwrap_or_default();
        vec![name(policy), vec![said(why, SENTENCE)], number(findings.len() as u64), first]
    });
    let left = page.table(&["policy", "because", "resources", "for example"], rows, UNKNOWN);
    for (_, findings) in &causes {
        shown += 1;
        if shown > causes.len() - left {
            rest += findings.len();
        }
    }
    page.more(rest, "unknown findings");
    if a.gate.beyond_code > 0 {
        page.say(&format!(
            "No change to the code would make {} more known; the gate does not count them.",
            a.gate.beyond_code
        ));
    }
}

fn waivers(a: &Assessment, page: &mut Page) {
    if a.waivers.is_empty() {
        return;
    }
    page.heading(3, "Waivers");
    let mut entries: Vec<_> = a.waivers.iter().collect();
    // Those that need a decision come first.
    entries.sort_by_key(|e| (e.status == WaiverStatus::Applied, e.waiver.expires_on, e.waiver.id.as_str()));
    let rows = entries.iter().map(|entry| {
        let w = &entry.waiver;
        let approver = if w.approver.is_empty() { vec![words("nobody")] } else { vec![said(&w.approver, NAME)] };
        let status = match (&entry.refused, entry.status) {
            (Some(why), _) => vec![words("refused: "), said(why, SENTENCE)],
            (None, status) => vec![words(status.as_str().replace('_', " "))],
        };
        let fails = number(entry.findings);
        vec![
            name(&w.id),
            name(&w.policy),
            status,
            fails,
            vec![words(w.expires_on.to_string())],
            approver,
            vec![said(&w.reason, SENTENCE)],
        ]
    });
    let left = page.table(&["waiver", "policy", "status", "fails", "until", "approved by", "reason"], rows, LIST);
    page.more(left, "waivers");
}

fn controls(a: &Assessment, page: &mut Page) {
    if a.controls.is_empty() {
        return;
    }
    page.heading(3, "Controls");
    page.say("What policies found, by paragraph. None of it claims that the law is kept.");
    let law = Law::of(&a.frameworks);
    let rows = a.controls.iter().map(|coverage| {
        let known = law.control(&coverage.control);
        let Summary { pass, fail, unknown, waived, .. } = coverage.summary;
        vec![
            vec![said(&known.map_or_else(|| coverage.control.clone(), |(f, c)| cite(f, c)), NAME)],
            vec![said(known.map_or("", |(_, c)| c.title.as_str()), NAME)],
            vec![words(coverage.status.as_str().replace('_', " "))],
            number(fail - waived.min(fail)),
            number(waived),
            number(unknown),
            number(pass),
            vec![words(coverage.evidence_strength.as_str())],
        ]
    });
    let head = &["paragraph", "title", "status", "open fails", "waived", "unknown", "pass", "what Azure can show"];
    let left = page.table(head, rows, LIST);
    page.more(left, "controls");
}

fn run(a: &Assessment, page: &mut Page) {
    page.heading(3, "This run");
    let unjudged = a.resources.iter().filter(|r| r.policies == 0).count();
    let taken = a.snapshot.taken.as_deref().unwrap_or("a time that is not known");
    let mut scope: Vec<String> = a.snapshot.scope.iter().take(10).map(|s| line(s, NAME)).collect();
    if a.snapshot.scope.len() > 10 {
        scope.push(format!("and {} more", a.snapshot.scope.len() - 10));
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    a.gaps.iter().for_each(|gap| *reasons.entry(gap.reason.as_str()).or_default() += 1);
    let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    let gaps = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
    page.push(Block::Items(vec![
        vec![words(format!("{} resources, {unjudged} of them judged by no policy", a.resources.len()))],
        vec![words(format!("{} gaps{gaps}: what should be known and is not", a.gaps.len()))],
        vec![words("read at "), code(line(taken, NAME)), words(", judged at "), code(line(&a.evaluated_at, NAME))],
        vec![words("scope "), code(scope.join(", "))],
        vec![words("snapshot, SHA-256 "), code(line(&a.snapshot.sha256, NAME))],
        vec![words(format!("{} policies, SHA-256 ", a.policy_set.policies)), code(line(&a.policy_set.sha256, NAME))],
        vec![code(line(&format!("{} {}", a.tool.name, a.tool.version), NAME))],
    ]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sheet::tests::acts;
    use crate::report::tests::{coded, estate, hostile, rendered, sample};

    #[test]
    fn what_to_repair_comes_first_and_worst_first() {
        let mut assessment = sample();
        coded(&mut assessment);
        let text = rendered("markdown", &assessment);
        let headings = acts(&text).headings;
        assert_eq!(
            headings,
            [
                "Compliance of Azure: the gate failed",
                "Open fails",
                "critical: PostgreSQL refuses unencrypted sessions (1)",
                "medium: PostgreSQL is closed to public networks (1)",
                "info: PostgreSQL carries its tags (1)",
                "Unknown",
                "Waivers",
                "Controls",
                "This run"
            ]
        );
        assert!(text.contains("| 3 | 1 | 1 | 1 | 2 | 8 |"), "{text}");
        assert!(
            text.contains("| `pg-a` | resource group `rg-pay` | require_secure_transport is \"off\" | new |"),
            "{text}"
        );
        assert!(
            text.contains("| `module.db.pg_server.e` | `infra/data base.tf:12` | the network is open | unchanged |")
        );
        assert!(text.contains("```sh\naz postgres flexible-server"), "{text}");
        assert!(text.contains("DORA Art. 9(2)"), "{text}");
        assert!(!text.contains("`pg-b`"), "a waived fail is no open fail");
    }

    #[test]
    fn unknown_is_visible_by_its_cause() {
        let text = rendered("markdown", &sample());
        assert!(text.contains("| children.configurations of this resource is denied: 403 | 1 | `pg-d` |"), "{text}");
        let mut none = sample();
        none.findings.retain(|f| f.verdict == Verdict::Pass);
        none.summary = Summary::default();
        let text = rendered("markdown", &none);
        assert!(text.contains("Nothing fails.") && text.contains("Nothing is unknown."), "{text}");
    }

    #[test]
    fn text_of_others_is_inert() {
        let mut assessment = hostile();
        for waiver in &mut assessment.waivers {
            waiver.waiver.reason = "ask @octocat about #12, GH-7 and 0123abc".to_owned();
        }
        let text = rendered("markdown", &assessment);
        // A bar in the code of a table needs an element of its own; what it holds is escaped like words.
        let found = acts(&text.replace("<code>", "").replace("</code>", ""));
        assert!(found.is_inert(), "{found:?}");
        assert!(found.links.is_empty(), "{:?}", found.links);
        assert!(text.contains("`ask @octocat about #12, GH-7 and 0123abc`"));
        assert!(!text.contains("##vso"));
        for c in text.chars().filter(|c| *c != '\n') {
            assert!(!c.is_control() && !"\u{202e}\u{2066}\u{200b}\u{feff}".contains(c), "{c:?}");
        }
        assert!(!text.lines().any(|l| l.trim_start().starts_with("::")));
    }

    #[test]
    fn it_never_grows_beyond_what_a_job_summary_takes() {
        let mut assessment = estate(40, 500);
        // A policy for each, with names as long as they can be, so that nothing is grouped.
        let long = "|<&".repeat(400);
        let (model, reasons) = (assessment.policies[1].clone(), sample());
        let reason = reasons.findings.iter().find(|f| !f.reasons.is_empty()).unwrap().reasons[0].clone();
        assessment.policies.clear();
        let mut findings = std::mem::take(&mut assessment.findings);
        for (n, finding) in findings.iter_mut().enumerate() {
            let mut meta = model.clone();
            meta.id = serde_json::from_value(serde_json::json!(format!("azure.pg.p{:05}", n / 30))).unwrap();
            meta.title.clone_from(&long);
            meta.remediation.note = Some(long.clone());
            finding.policy = meta.id.clone();
            if n % 2 == 0 {
                finding.verdict = Verdict::Unknown;
                finding.details.clear();
                finding.reasons = vec![reason.clone()];
                finding.reasons[0].text = format!("{n} {long}");
            }
            finding.details.iter_mut().for_each(|d| d.message.clone_from(&long));
            assessment.policies.push(meta);
        }
        assessment.policies.dedup_by(|a, b| a.id == b.id);
        let entry = assessment.waivers[1].clone();
        for n in 0..3000 {
            assessment.notices.push(crate::model::Notice { level: NoticeLevel::Error, text: format!("{n} {long}") });
            let mut entry = entry.clone();
            entry.waiver.reason = format!("{n} {long}");
            assessment.waivers.push(entry);
            assessment.controls.push(assessment.controls[0].clone());
        }
        assessment.findings = findings;
        let text = summary(&assessment);
        assert!(text.len() > 500 * 1024 && text.len() <= MOST, "{}", text.len());
        for what in ["more open fails of", "more unknown findings", "more notices", "more waivers", "more controls"] {
            assert!(text.contains(what), "{what}");
        }
        // Nothing is lost: what is shown and what is counted as more is all there is.
        let number = |before: &str| -> usize {
            let at = text.find(before).unwrap();
            text[..at].rsplit(['\n', ' ']).find(|w| !w.is_empty()).unwrap().parse().unwrap()
        };
        let shown = text.lines().filter(|l| l.contains(" | resource group ")).count();
        let more: usize = text
            .lines()
            .filter_map(|l| l.split_once(" more resources;"))
            .map(|(n, _)| n.parse::<usize>().unwrap())
            .sum();
        let open = assessment.findings.iter().filter(|f| f.is_open_fail()).count();
        assert_eq!(shown + more + number(" more open fails of"), open);
    }
}
