//! Findings as CSV (RFC 4180): one row each, every verdict, columns that stay. UTF-8 without a byte order mark.

use std::io::{BufWriter, Write};

use csv::{Terminator, WriterBuilder};

use crate::model::Assessment;
use crate::report::column::{Cell, FINDINGS, Judged};
use crate::report::{RenderOptions, ReportError};

/// Writes the header and a row for each finding.
pub(super) fn render(assessment: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(assessment, out).map_err(|source| ReportError::Write { format: "csv", source })
}

fn write(assessment: &Assessment, out: &mut dyn Write) -> std::io::Result<()> {
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BufWriter::new(out));
    let refused = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    };
    csv.write_record(FINDINGS.iter().map(|column| column.name)).map_err(refused)?;
    for finding in &assessment.findings {
        let row = Judged::of(assessment, finding);
        for column in FINDINGS {
            match (column.cell)(&row) {
                Cell::Text(text) => csv.write_field(inert(&text)),
                // It begins with a brace, and stays the same document.
                Cell::Json(text) => csv.write_field(semicolons(&text, "\\u003b")),
                Cell::Number(number) => csv.write_field(number.to_string()),
            }
            .map_err(refused)?;
        }
        csv.write_record(None::<&[u8]>).map_err(refused)?;
    }
    csv.flush()
}

/// The text, with an apostrophe wherever a spreadsheet could begin a formula: at the start, and after a semicolon, which
/// many countries' spreadsheets take for the end of a cell.
fn inert(text: &str) -> String {
    let start = if begins(text) { "'" } else { "" };
    start.to_owned() + &semicolons(text, ";'")
}

/// The text, with `mark` for every semicolon after which a formula could begin.
fn semicolons(text: &str, mark: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        if c == ';' && begins(&text[at + 1..]) {
            out.push_str(mark);
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a cell of this text could be read as a formula. Blanks and quotes before it do not count.
fn begins(text: &str) -> bool {
    text.trim_start_matches([' ', '"', '\u{a0}', '\u{3000}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{hostile, rendered, sample};

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(text.as_bytes());
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn the_header_is_stable() {
        let text = rendered("csv", &sample());
        assert_eq!(
            text.split("\r\n").next().unwrap(),
            "verdict,severity,policy,check,title,resource_name,resource_type,resource_group,subscription,\
             subscription_name,message,messages,read,actual,expected,reason,waiver,change,address,file,line,controls,\
             domain,owner,data_class,criticality,environment,rto_minutes,rpo_minutes,resource_id,facts,evaluated_at,\
             snapshot_sha256"
        );
    }

    #[test]
    fn every_finding_of_every_verdict_is_a_row() {
        for assessment in [sample(), hostile()] {
            let rows = rows(&rendered("csv", &assessment));
            assert_eq!(rows.len(), assessment.findings.len() + 1);
            for (row, finding) in rows[1..].iter().zip(&assessment.findings) {
                assert_eq!(row[0], finding.verdict.as_str());
                assert_eq!(row[2], finding.policy.as_str());
                assert_eq!(row[16], finding.waiver.clone().unwrap_or_default());
            }
        }
        let rows = rows(&rendered("csv", &sample()));
        let fail = rows.iter().find(|r| r[0] == "fail" && r[5] == "pg-a" && r[1] == "critical").unwrap();
        assert_eq!(
            fail[10..18],
            [
                "require_secure_transport is \"\"off\"\"".replace("\"\"", "\"").as_str(),
                "1",
                "children.configurations.require_secure_transport.properties.value",
                "off",
                "on",
                "",
                "",
                "new"
            ]
        );
        let unknown = rows.iter().find(|r| r[0] == "unknown").unwrap();
        assert_eq!(unknown[15], "denied");
        let code = rows.iter().find(|r| r[5] == "pg-e").unwrap();
        assert_eq!((code[19].as_str(), code[20].as_str()), ("infra/data base.tf", "12"));
    }

    #[test]
    fn lines_end_as_the_standard_says_and_hold_no_other_breaks() {
        for assessment in [sample(), hostile()] {
            let text = rendered("csv", &assessment);
            assert_eq!(text.matches("\r\n").count(), assessment.findings.len() + 1);
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
            assert_eq!(text.matches('\r').count(), text.matches("\r\n").count());
            assert!(!text.starts_with('\u{feff}'));
        }
    }

    #[test]
    fn no_cell_is_a_formula_whatever_separates_cells() {
        for (text, expected) in [
            ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("a;=1; \"=2\";b", "a;'=1;' \"=2\";b"),
            ("a=1, b-c", "a=1, b-c"),
            ("", ""),
        ] {
            assert_eq!(inert(text), expected);
        }
        let mut facts = sample();
        facts.findings[0].facts =
            serde_json::value::RawValue::from_string(r#"{"a;=1":"x; \"=2","b":";"}"#.to_owned()).unwrap().into();
        let cell = &rows(&rendered("csv", &facts))[1][30];
        assert_eq!(cell, r#"{"a\u003b=1":"x; \"=2","b":";"}"#);
        for separator in [b',', b';'] {
            let text = rendered("csv", &hostile());
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(separator)
                .from_reader(text.as_bytes());
            for record in reader.records() {
                for cell in &record.unwrap() {
                    assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                }
            }
        }
    }
}
