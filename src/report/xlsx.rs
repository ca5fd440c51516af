//! A workbook for Excel: a sheet of findings with filters, and what an auditor asks for next to it. No cell is a formula. The
//! same assessment gives the same bytes: the workbook was made when the assessment was.

use std::collections::BTreeMap;
use std::io::Write;

use chrono::{DateTime, Datelike, Timelike, Utc};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::model::{
    Assessment, Finding, GateOutcome, NoticeLevel, ParameterSetting, Source, Summary, Verdict, WaiverSource,
};
use crate::report::column::{Cell, Column, Counted, FINDINGS, Judged, RESOURCES, Table};
use crate::report::text::{gate_reason, json, paragraph};
use crate::report::{RenderOptions, ReportError};

/// What a sheet can hold.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Rows, the header included.
    rows: usize,
    /// UTF-16 code units of a cell.
    text: usize,
    /// Findings of all verdicts; a workbook is built in memory, 100,000 findings in less than 1 GB.
    findings: usize,
}

/// Columns of findings that the workbook leaves to the CSV: long JSON that nobody filters by, and what stands in `about`.
const LEFT_OUT: [&str; 3] = ["facts", "evaluated_at", "snapshot_sha256"];

const EXCEL: Limits = Limits { rows: 1_048_576, text: 32_767, findings: 100_000 };

/// Writes the workbook.
pub(super) fn render(assessment: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    let failed = |source| ReportError::Write { format: "xlsx", source };
    let bytes = workbook(assessment, EXCEL).map_err(|error| match error {
        XlsxError::IoError(error) => failed(error),
        other => failed(std::io::Error::other(other)),
    })?;
    out.write_all(&bytes).and_then(|()| out.flush()).map_err(failed)
}

fn workbook(assessment: &Assessment, limits: Limits) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book { workbook: Workbook::new(), looks: Looks::new(), limits, notices: Vec::new() };
    book.workbook.set_properties(&properties(assessment)?);
    let all = assessment.findings.len() <= limits.findings;
    let shown = |finding: &&Finding| all || matches!(finding.verdict, Verdict::Fail | Verdict::Unknown);
    book.sheet("findings", FINDINGS, assessment.findings.iter().filter(shown).map(|f| Judged::of(assessment, f)))?;
    if !all {
        let left = assessment.findings.iter().filter(|f| !shown(f)).count();
        let most = limits.findings;
        book.notices.push(format!(
            "{left} findings that pass or do not apply are left out of the sheet findings: it holds them up to {most} findings. The sheet resources counts them; the csv and json reports have them all"
        ));
    }
    let mut counts: BTreeMap<&str, Summary> = BTreeMap::new();
    assessment.findings.iter().for_each(|f| counts.entry(f.resource.key()).or_default().count(f));
    let resources = assessment.resources.iter().map(|entry| Counted {
        assessment,
        entry,
        summary: counts.get(entry.id.key()).copied().unwrap_or_default(),
    });
    book.sheet("resources", RESOURCES, resources)?;
    book.sheet("controls", CONTROLS, controls(assessment).into_iter())?;
    book.sheet("waivers", WAIVERS, waivers(assessment).into_iter())?;
    book.sheet("gaps", GAPS, gaps(assessment).into_iter())?;
    book.sheet("parameters", PARAMETERS, parameters(assessment).into_iter())?;
    let about = about(assessment, &book.notices);
    book.sheet("about", ABOUT, about.into_iter())?;
    book.workbook.save_to_buffer()
}

fn properties(assessment: &Assessment) -> Result<DocProperties, XlsxError> {
    // A text that is no time, or one that Excel has no date for, becomes the first day of Unix.
    let time =
        DateTime::parse_from_rfc3339(&assessment.evaluated_at).map(|t| t.with_timezone(&Utc)).unwrap_or_default();
    let time = if (1900..=9999).contains(&time.year()) { time } else { DateTime::default() };
    let small = |n: u32| u8::try_from(n).unwrap_or(1);
    let date =
        ExcelDateTime::from_ymd(u16::try_from(time.year()).unwrap_or(1970), small(time.month()), small(time.day()))?
            .and_hms(u16::try_from(time.hour()).unwrap_or(0), small(time.minute()), time.second())?;
    Ok(DocProperties::new().set_title("Assessment").set_author("assize").set_creation_datetime(&date))
}

/// How cells look.
struct Looks {
    head: Format,
    text: Format,
    /// A text that would become a formula when someone edits it, without this mark.
    quoted: Format,
}

impl Looks {
    fn new() -> Self {
        let text = Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_background_color(Color::RGB(0xE7_ECF2)),
            quoted: text.clone().set_quote_prefix(),
            text,
        }
    }
}

struct Book {
    workbook: Workbook,
    looks: Looks,
    limits: Limits,
    /// What did not fit.
    notices: Vec<String>,
}

impl Book {
    /// Adds a sheet with a frozen header, filters and as many rows as a sheet can hold.
    fn sheet<'a, T: Table>(
        &mut self,
        name: &'static str,
        columns: &[Column<T>],
        rows: impl Iterator<Item = T::Row<'a>>,
    ) -> Result<(), XlsxError> {
        let (mut last, mut left, mut cut) = (0, 0_u64, 0_u64);
        let columns: Vec<&Column<T>> = columns.iter().filter(|column| !LEFT_OUT.contains(&column.name)).collect();
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?;
        for (column, at) in columns.iter().zip(0_u16..) {
            sheet.set_column_width(at, f64::from(column.width))?;
            sheet.write_string_with_format(0, at, column.name, &self.looks.head)?;
        }
        for (row, at) in rows.zip(1_usize..) {
            if at >= self.limits.rows {
                left += 1;
                continue;
            }
            last = u32::try_from(at).unwrap_or(u32::MAX);
            for (column, at) in columns.iter().zip(0_u16..) {
                cut += u64::from(write(sheet, last, at, (column.cell)(&row), self.limits, &self.looks)?);
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        if let Some(end) = columns.len().checked_sub(1).and_then(|end| u16::try_from(end).ok()) {
            sheet.autofilter(0, 0, last, end)?;
        }
        if left > 0 {
            let held = self.limits.rows - 1;
            self.notices.push(format!("{left} rows of the sheet {name} are left out: a sheet holds {held}. The csv and json reports have them all"));
        }
        if cut > 0 {
            let most = self.limits.text;
            self.notices.push(format!(
                "{cut} texts of the sheet {name} are cut and end with …: a cell holds {most} characters. The csv and json reports have them whole"
            ));
        }
        Ok(())
    }
}

/// Writes a cell; gives whether its text was cut. An empty text leaves the cell empty.
fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: Cell,
    limits: Limits,
    looks: &Looks,
) -> Result<bool, XlsxError> {
    match cell {
        // Excel's numbers are exact below 2^53; counts and lines are.
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, number as f64, &looks.text)?;
            Ok(false)
        }
        Cell::Text(text) if text.is_empty() => Ok(false),
        Cell::Text(text) | Cell::Json(text) => {
            let (text, cut) = fitted(text, limits.text);
            let look = if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
                &looks.quoted
            } else {
                &looks.text
            };
            sheet.write_string_with_format(row, column, text, look)?;
            Ok(cut)
        }
    }
}

/// The text with at most `most` UTF-16 code units, and whether it was cut.
fn fitted(text: String, most: usize) -> (String, bool) {
    if text.len() <= most || text.chars().map(char::len_utf16).sum::<usize>() <= most {
        return (text, false);
    }
    let mut units = 0;
    let kept = |c: &char| {
        units += c.len_utf16();
        units < most
    };
    (text.chars().take_while(kept).chain(['…']).collect(), true)
}

/// A row that was put together before it is written.
type Row = Vec<Cell>;

/// A table of such rows.
struct Made;

impl Table for Made {
    type Row<'a> = Row;
}

/// The cell of a row, by its place.
macro_rules! at {
    ($place:literal) => {
        |row: &Row| row.get($place).cloned().unwrap_or_else(Cell::empty)
    };
}

const CONTROLS: &[Column<Made>] = &[
    Column { name: "framework", width: 14, cell: at!(0) },
    Column { name: "control", width: 20, cell: at!(1) },
    Column { name: "cite", width: 24, cell: at!(2) },
    Column { name: "title", width: 40, cell: at!(3) },
    Column { name: "status", width: 16, cell: at!(4) },
    Column { name: "policies", width: 10, cell: at!(5) },
    Column { name: "findings", width: 10, cell: at!(6) },
    Column { name: "pass", width: 8, cell: at!(7) },
    Column { name: "fail", width: 8, cell: at!(8) },
    Column { name: "waived", width: 8, cell: at!(9) },
    Column { name: "unknown", width: 10, cell: at!(10) },
    Column { name: "not_applicable", width: 14, cell: at!(11) },
    Column { name: "evidence_strength", width: 18, cell: at!(12) },
    Column { name: "evidence_reason", width: 60, cell: at!(13) },
    Column { name: "manual_items", width: 14, cell: at!(14) },
    Column { name: "obligation", width: 80, cell: at!(15) },
];

/// All controls of all frameworks, so that it shows which ones nothing was judged for.
fn controls(a: &Assessment) -> Vec<Row> {
    let covered: BTreeMap<(&str, &str), _> =
        a.controls.iter().map(|c| ((c.framework.as_str(), c.control.as_str()), c)).collect();
    let rows =
        a.frameworks.iter().flat_map(|framework| framework.controls.iter().map(move |control| (framework, control)));
    rows.map(|(framework, control)| {
        let coverage = covered.get(&(framework.id.as_str(), control.id.as_str()));
        let s = coverage.map(|c| c.summary).unwrap_or_default();
        vec![
            Cell::text(&framework.id),
            Cell::text(&control.id),
            Cell::text(&control.cite),
            Cell::text(&control.title),
            Cell::text(coverage.map_or("no_policy", |c| c.status.as_str())),
            Cell::Number(coverage.map_or(0, |c| c.policies.len() as u64)),
            Cell::Number(s.listed),
            Cell::Number(s.pass),
            Cell::Number(s.fail),
            Cell::Number(s.waived),
            Cell::Number(s.unknown),
            Cell::Number(s.not_applicable),
            Cell::text(control.evidence_strength.as_str()),
            Cell::text(&control.evidence_reason),
            Cell::Number(control.manual.len() as u64),
            Cell::text(&control.obligation),
        ]
    })
    .collect()
}

const WAIVERS: &[Column<Made>] = &[
    Column { name: "waiver", width: 16, cell: at!(0) },
    Column { name: "status", width: 14, cell: at!(1) },
    Column { name: "fails", width: 8, cell: at!(2) },
    Column { name: "policy", width: 44, cell: at!(3) },
    Column { name: "scope", width: 60, cell: at!(4) },
    Column { name: "reason", width: 48, cell: at!(5) },
    Column { name: "compensating_control", width: 36, cell: at!(6) },
    Column { name: "requester", width: 20, cell: at!(7) },
    Column { name: "approver", width: 20, cell: at!(8) },
    Column { name: "ticket", width: 16, cell: at!(9) },
    Column { name: "approved_on", width: 14, cell: at!(10) },
    Column { name: "expires_on", width: 14, cell: at!(11) },
    Column { name: "source", width: 24, cell: at!(12) },
    Column { name: "refused", width: 48, cell: at!(13) },
];

fn waivers(a: &Assessment) -> Vec<Row> {
    a.waivers
        .iter()
        .map(|entry| {
            let w = &entry.waiver;
            let source = match &w.source {
                WaiverSource::Register => "waivers file".to_owned(),
                WaiverSource::Comment { file, line } => format!("{file}:{line}"),
            };
            vec![
                Cell::text(&w.id),
                Cell::text(entry.status.as_str()),
                Cell::Number(entry.findings),
                Cell::text(&w.policy),
                Cell::text(&w.scope),
                Cell::text(&w.reason),
                Cell::text(&w.compensating_control),
                Cell::text(&w.requester),
                Cell::text(&w.approver),
                Cell::text(&w.ticket),
                Cell::text(&w.approved_on.map(|day| day.to_string()).unwrap_or_default()),
                Cell::text(&w.expires_on.to_string()),
                Cell::text(&source),
                Cell::text(entry.refused.as_deref().unwrap_or_default()),
            ]
        })
        .collect()
}

const GAPS: &[Column<Made>] = &[
    Column { name: "reason", width: 14, cell: at!(0) },
    Column { name: "about", width: 80, cell: at!(1) },
    Column { name: "read", width: 48, cell: at!(2) },
    Column { name: "detail", width: 80, cell: at!(3) },
];

fn gaps(a: &Assessment) -> Vec<Row> {
    let row = |gap: &crate::model::Gap| {
        let read = gap.read.as_deref().unwrap_or_default();
        vec![Cell::text(gap.reason.as_str()), Cell::text(&gap.about), Cell::text(read), Cell::text(&gap.detail)]
    };
    a.gaps.iter().map(row).collect()
}

const PARAMETERS: &[Column<Made>] = &[
    Column { name: "parameter", width: 40, cell: at!(0) },
    Column { name: "for", width: 28, cell: at!(1) },
    Column { name: "value", width: 32, cell: at!(2) },
    Column { name: "meaning", width: 80, cell: at!(3) },
];

fn parameters(a: &Assessment) -> Vec<Row> {
    let mut meanings: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, parameter) in a.policies.iter().flat_map(|p| &p.parameters) {
        meanings.entry(name).or_insert(&parameter.meaning);
    }
    let mut rows = Vec::new();
    for (name, ParameterSetting { default, by_data_class, by_criticality }) in &a.parameters {
        let meaning = meanings.get(name.as_str()).copied().unwrap_or_default();
        let mut row = |applies: String, value: &serde_json::Value| {
            let value = value.as_str().map_or_else(|| Cell::Text(json(&value.to_string())), Cell::text);
            rows.push(vec![Cell::text(name), Cell::text(&applies), value, Cell::Text(paragraph(meaning, usize::MAX))]);
        };
        row(
            if by_data_class.is_empty() && by_criticality.is_empty() { "everything" } else { "everything else" }
                .to_owned(),
            default,
        );
        by_criticality.iter().for_each(|(class, value)| row(format!("criticality {class}"), value));
        by_data_class.iter().for_each(|(class, value)| row(format!("data class {class}"), value));
    }
    rows
}

const ABOUT: &[Column<Made>] =
    &[Column { name: "what", width: 28, cell: at!(0) }, Column { name: "value", width: 120, cell: at!(1) }];

fn about(a: &Assessment, notices: &[String]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut say = |what: &str, value: &str| rows.push(vec![Cell::text(what), Cell::text(value)]);
    for notice in notices {
        say("left out", notice);
    }
    say("tool", &format!("{} {}", a.tool.name, a.tool.version));
    say("evaluated at", &a.evaluated_at);
    say(
        "source",
        match a.snapshot.source {
            Source::Azure => "live Azure",
            Source::Files => "files of answers",
            Source::Code => "code",
        },
    );
    a.snapshot.scope.iter().for_each(|scope| say("scope", scope));
    say("snapshot taken", a.snapshot.taken.as_deref().unwrap_or("at a time that is not known"));
    say("snapshot SHA-256", &a.snapshot.sha256);
    say("snapshot is partial", if a.snapshot.partial { "yes: less was read than the scope holds" } else { "no" });
    say("policies SHA-256", &a.policy_set.sha256);
    a.policy_set.loaded.iter().for_each(|policy| say("policy that is not part of assize", policy.as_str()));
    if let Some(profile) = &a.profile {
        say("profile", &format!("{}, SHA-256 {}", profile.id, profile.sha256));
    }
    say(
        "gate",
        match a.gate.outcome {
            GateOutcome::Passed => "passed",
            GateOutcome::Failed => "failed",
            GateOutcome::Incomplete => "incomplete",
        },
    );
    say("gate, why", &gate_reason(&a.gate));
    for framework in &a.frameworks {
        let text = format!("{}, {}, {}", framework.title, framework.version, framework.source);
        say(&format!("framework {}", framework.id), &text);
    }
    if let Some(b) = &a.baseline {
        say("baseline", &format!("of {}, snapshot SHA-256 {}", b.evaluated_at, b.snapshot_sha256));
        b.gone.iter().for_each(|g| {
            say("gone since the baseline", &format!("{} of {}, was {}", g.policy, g.resource, g.was.as_str()));
        });
    }
    for notice in &a.notices {
        let level = match notice.level {
            NoticeLevel::Error => "error",
            NoticeLevel::Warning => "warning",
            NoticeLevel::Note => "note",
        };
        say(level, &notice.text);
    }
    say("verdict pass", "the good state holds, on facts that were read");
    say("verdict fail", "it does not hold; with a waiver, people accept that for a time");
    say("verdict unknown", "a fact is missing, so nobody can say: neither a pass nor a fail");
    say("verdict not_applicable", "the policy does not concern the resource");
    say("status of a control", "what policies found; none claims that the law is kept. no_policy: no policy serves it");
    let s = a.summary;
    let counts = [
        ("policies", a.policy_set.policies),
        ("resources", a.resources.len() as u64),
        ("resources that no policy judges", a.resources.iter().filter(|r| r.policies == 0).count() as u64),
        ("gaps", a.gaps.len() as u64),
        ("findings", s.listed),
        ("pass", s.pass),
        ("fail", s.fail),
        ("of them waived", s.waived),
        ("unknown", s.unknown),
        ("unknown beyond code", a.gate.beyond_code),
        ("not applicable", s.not_applicable),
    ];
    rows.extend(counts.map(|(what, count)| vec![Cell::text(what), Cell::Number(count)]));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{hostile, rendered_bytes, sample};

    #[test]
    fn the_same_assessment_gives_the_same_bytes_and_its_own_time() {
        let options = RenderOptions::default();
        let one = rendered_bytes("xlsx", &sample(), &options);
        assert_eq!(one, rendered_bytes("xlsx", &sample(), &options));
        assert!(one.starts_with(b"PK"));
        let mut later = sample();
        later.evaluated_at = "2026-11-21T02:00:00Z".to_owned();
        assert_ne!(one, rendered_bytes("xlsx", &later, &options));
        for odd in ["", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"] {
            later.evaluated_at = odd.to_owned();
            assert!(!rendered_bytes("xlsx", &later, &options).is_empty());
        }
        assert!(!rendered_bytes("xlsx", &hostile(), &options).is_empty());
    }

    #[test]
    fn long_texts_are_cut_by_what_excel_counts() {
        let whole = |text: &str, most| assert_eq!(fitted(text.to_owned(), most), (text.to_owned(), false));
        whole("abc", 3);
        whole("äöü", 3);
        whole("😀", 2);
        assert_eq!(fitted("abcd".to_owned(), 3), ("ab…".to_owned(), true));
        assert_eq!(fitted("a😀b".to_owned(), 3), ("a…".to_owned(), true));
    }

    /// Also writes what the reader of workbooks is run on, `target/tmp/report/*.xlsx`.
    #[test]
    fn what_does_not_fit_is_told() {
        let small = Limits { rows: 4, text: 20, findings: 100_000 };
        let mut book = Book { workbook: Workbook::new(), looks: Looks::new(), limits: small, notices: Vec::new() };
        let a = sample();
        book.sheet("findings", FINDINGS, a.findings.iter().map(|f| Judged::of(&a, f))).unwrap();
        assert!(
            book.notices[0].starts_with("5 rows of the sheet findings are left out: a sheet holds 3."),
            "{:?}",
            book.notices
        );
        assert!(book.notices[1].contains("texts of the sheet findings are cut"), "{:?}", book.notices);
        let program = std::env::current_exe().unwrap();
        let folder = program.ancestors().nth(3).unwrap().join("tmp").join("report");
        std::fs::create_dir_all(&folder).unwrap();
        let mut long = hostile();
        long.findings[0].details =
            vec![serde_json::from_value(serde_json::json!({"message": "=😀".repeat(40_000)})).unwrap()];
        let many = Limits { findings: 7, ..EXCEL };
        let cases = [("sample", &a, EXCEL), ("hostile", &long, EXCEL), ("small", &a, small), ("many", &a, many)];
        for (case, assessment, limits) in cases {
            let bytes = workbook(assessment, limits).unwrap();
            std::fs::write(folder.join(format!("{case}.xlsx")), bytes).unwrap();
        }
    }
}
