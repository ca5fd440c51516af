//! The requests of a run as a table. Takes the journal of the collection, or where there is none the origins of the
//! resources; gives CSV without any body.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::csv_text::Csv;
use crate::evidence::raw::RawEntry;
use crate::model::Origin;

const COLUMNS: [&str; 12] = [
    "call",
    "method",
    "path",
    "api_version",
    "time",
    "request_id",
    "answer_sha256",
    "items",
    "refused",
    "status",
    "code",
    "text",
];

#[derive(Deserialize)]
struct Line {
    call: String,
    record: Record,
}

#[derive(Deserialize)]
struct Record {
    pages: Vec<Page>,
    #[serde(default)]
    trouble: Option<Trouble>,
}

#[derive(Deserialize)]
struct Page {
    origin: Origin,
    items: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Trouble {
    reason: crate::model::GapReason,
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    code: Option<String>,
    text: String,
}

fn answered(csv: &mut Csv, call: &str, origin: &Origin, items: usize) {
    match origin {
        Origin::Request { method, path, api_version, time, request_id, digest, .. } => csv.row(&[
            call,
            method,
            path,
            api_version,
            time,
            request_id.as_deref().unwrap_or_default(),
            digest,
            &items.to_string(),
            "",
            "",
            "",
            "",
        ]),
        Origin::File { file, .. } => {
            csv.row(&[call, "file", file, "", "", "", "", &items.to_string(), "", "", "", ""]);
        }
    }
}

/// The table of a journal: every answer, and every call that was refused.
///
/// # Errors
/// What is wrong with the journal, with the line.
pub(super) fn of_journal(journal: &[u8]) -> Result<Vec<u8>, String> {
    let text = std::str::from_utf8(journal).map_err(|_| "the journal is not UTF-8 text".to_owned())?;
    // A call that was made again stands twice; the later answer counts.
    let mut calls: BTreeMap<String, Record> = BTreeMap::new();
    // A last line that is not whole was cut off when the collection was stopped.
    for (number, line) in text.split_inclusive('\n').enumerate().skip(1).filter(|(_, l)| l.ends_with('\n')) {
        let line: Line = serde_json::from_str(line).map_err(|e| format!("line {} of the journal: {e}", number + 1))?;
        calls.insert(line.call, line.record);
    }
    let mut csv = Csv::new(&COLUMNS);
    for (call, record) in &calls {
        for page in &record.pages {
            answered(&mut csv, call, &page.origin, page.items.len());
        }
        if let Some(Trouble { reason, status, code, text }) = &record.trouble {
            let status = status.map(|s| s.to_string()).unwrap_or_default();
            let code = code.as_deref().unwrap_or_default();
            csv.row(&[call.as_str(), "", "", "", "", "", "", "0", reason.as_str(), &status, code, text]);
        }
    }
    Ok(csv.into_bytes())
}

/// The table of the resources' origins: every request or file that gave at least one resource.
pub(super) fn of_origins(resources: &[RawEntry]) -> Vec<u8> {
    let mut seen: BTreeMap<[&str; 5], (&Origin, usize)> = BTreeMap::new();
    for origin in resources.iter().filter_map(|r| r.origin.as_ref()) {
        let key = match origin {
            Origin::Request { method, path, time, request_id, digest, .. } => {
                [time.as_str(), path, method, request_id.as_deref().unwrap_or_default(), digest]
            }
            Origin::File { file, .. } => ["", file.as_str(), "", "", ""],
        };
        seen.entry(key).or_insert((origin, 0)).1 += 1;
    }
    let mut csv = Csv::new(&COLUMNS);
    for (origin, items) in seen.values() {
        answered(&mut csv, "", origin, *items);
    }
    csv.into_bytes()
}
