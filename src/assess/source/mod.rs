//! Puts the lines of code that findings point to into the assessment. Takes the texts of files, gives findings with
//! [`SourceLines`]; secrets are masked on the way. Opens no file itself.

mod hash;
mod mask;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Assessment, SourceLines, Verdict};

/// How many lines a snippet has at most.
const LINES: usize = 10;
/// How many lines stand around it on each side.
const AROUND: usize = 2;
/// How many characters a snippet has at most, and a snippet with the lines around it.
const CHARACTERS: usize = 2000;

/// Gives fails and unknowns the lines of code that they point to.
///
/// `read` gives the text of a file that an origin names, as it stands on disk with any byte-order mark, or `None`. It is
/// asked once for each file. It must give nothing but files that this run has read as code: origins of a stored snapshot
/// may name any file of the machine.
pub fn attach_sources(assessment: &mut Assessment, mut read: impl FnMut(&str) -> Option<String>) {
    let mut by_file: BTreeMap<String, Vec<(usize, u32, u32)>> = BTreeMap::new();
    for (at, finding) in assessment.findings.iter().enumerate() {
        if !matches!(finding.verdict, Verdict::Fail | Verdict::Unknown) {
            continue;
        }
        if let Some(written) = assessment.written_at(finding) {
            let (first, last) = (written.range.start_line, written.range.end_line);
            by_file.entry(written.file.to_owned()).or_default().push((at, first, last.max(first)));
        }
    }
    for (file, wanted) in by_file {
        let Some(text) = read(&file) else { continue };
        let lines: BTreeSet<u32> = wanted.iter().map(|(_, first, _)| *first).collect();
        let hashes = hash::line_hashes(&text, &lines);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let masked = mask::masked(text, &shown(&wanted));
        for (at, first, last) in wanted {
            let Some(hash) = hashes.get(&first) else { continue };
            let last = last.min(first.saturating_add(LINES as u32 - 1));
            let context_start = first.saturating_sub(AROUND as u32).max(1);
            assessment.findings[at].source = Some(SourceLines {
                hash: hash.clone(),
                snippet: cut(&masked, first, last),
                context_start,
                context: cut(&masked, context_start, last.saturating_add(AROUND as u32)),
            });
        }
    }
}

/// The numbers of all lines that are shown.
fn shown(wanted: &[(usize, u32, u32)]) -> BTreeSet<u32> {
    let lines = |first: u32, last: u32| {
        let last = last.min(first.saturating_add(LINES as u32 - 1)).saturating_add(AROUND as u32);
        first.saturating_sub(AROUND as u32)..=last
    };
    wanted.iter().flat_map(|(_, first, last)| lines(*first, *last)).collect()
}

/// The lines, joined and cut at a bounded length.
fn cut(lines: &BTreeMap<u32, String>, first: u32, last: u32) -> String {
    let text = lines.range(first..=last).map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n");
    match text.char_indices().nth(CHARACTERS - 1) {
        Some((at, c)) if at + c.len_utf8() < text.len() => format!("{}…", &text[..at]),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::assess::tests::{assessed, finding};
    use crate::model::Finding;

    const ID: &str = "/subscriptions/s/resourceGroups/g/providers/A.B/c/d";

    fn assessment(verdict: Verdict, properties: Value, path: &str) -> Assessment {
        let entry = json!({"id": ID, "type": "A.B/c", "policies": 1, "origin": {"file": {
            "file": "main.tf", "header": {"start_line": 1, "start_column": 1, "end_line": 1, "end_column": 9},
            "properties": properties
        }}});
        let mut fail: Finding = finding("a.x", ID, verdict);
        fail.details = serde_json::from_value(json!([{"message": "m", "path": path}])).unwrap();
        assessed(vec![fail], serde_json::from_value(json!([entry])).unwrap(), vec![], true)
    }

    fn attached(assessment: &mut Assessment, text: &str) -> Option<SourceLines> {
        let mut asked = Vec::new();
        attach_sources(assessment, |file| {
            asked.push(file.to_owned());
            Some(text.to_owned())
        });
        assert!(asked.len() < 2, "{asked:?}");
        assessment.findings[0].source.clone()
    }

    fn range(first: u32, last: u32) -> Value {
        json!({"start_line": first, "start_column": 1, "end_line": last, "end_column": 2})
    }

    #[test]
    fn the_lines_come_with_their_hash_and_what_stands_around_them() {
        let text: String = (1..=9).map(|n| format!("line {n}\r\n")).collect();
        let mut assessment =
            assessment(Verdict::Fail, json!({"resource.properties.x": range(5, 5)}), "resource.properties.x");
        let source = attached(&mut assessment, &text).unwrap();
        assert_eq!((source.snippet.as_str(), source.context_start), ("line 5", 3));
        assert_eq!(source.context, "line 3\nline 4\nline 5\nline 6\nline 7");
        assert_eq!(source.hash, hash::line_hashes(&text, &BTreeSet::from([5]))[&5]);
        // A byte-order mark is no part of the text, and one of what GitHub hashes.
        let mut first = assessment.clone();
        first.findings[0].details[0].path = None;
        let marked = attached(&mut first, &format!("\u{feff}{text}")).unwrap();
        let bare = attached(&mut first, &text).unwrap();
        assert_eq!((marked.snippet.as_str(), marked.context_start), ("line 1", 1));
        assert_eq!(marked.snippet, bare.snippet);
        assert_ne!(marked.hash, bare.hash);
    }

    #[test]
    fn long_regions_and_lines_are_cut() {
        let mut tall = assessment(Verdict::Unknown, json!({"resource.x.y": range(4, 400)}), "resource.x.y");
        let text: String = (1..=500).map(|n| format!("line {n}\n")).collect();
        let source = attached(&mut tall, &text).unwrap();
        assert_eq!((source.snippet.lines().count(), source.context.lines().count()), (10, 14));
        let mut wide = assessment(Verdict::Fail, json!({}), "resource.x");
        let source = attached(&mut wide, &"漢".repeat(5000)).unwrap();
        assert!(source.snippet.chars().count() == CHARACTERS && source.snippet.ends_with('…'));
        let exact = attached(&mut wide, &"漢".repeat(CHARACTERS)).unwrap();
        assert!(exact.snippet.chars().count() == CHARACTERS && !exact.snippet.ends_with('…'));
    }

    #[test]
    fn passes_missing_files_and_lines_past_the_end_have_no_source() {
        assert_eq!(attached(&mut assessment(Verdict::Pass, json!({}), "resource.x"), "a\n"), None);
        let mut past = assessment(Verdict::Fail, json!({"resource.x": range(9, 12)}), "resource.x");
        assert_eq!(attached(&mut past, "a\nb\n"), None);
        let mut backwards = assessment(Verdict::Fail, json!({"resource.x": range(0, 0)}), "resource.x");
        assert_eq!(attached(&mut backwards, "a\nb\n"), None);
        let mut none = assessment(Verdict::Fail, json!({}), "resource.x");
        attach_sources(&mut none, |_| None);
        assert!(none.findings[0].source.is_none());
    }

    #[test]
    fn secrets_do_not_leave_the_file() {
        let text = "resource \"x\" \"y\" {\n  admin_password = \"hunter2\"\n  mode = \"open\"\n}\n";
        let mut assessment = assessment(Verdict::Fail, json!({"resource.mode": range(3, 3)}), "resource.mode");
        let source = attached(&mut assessment, text).unwrap();
        assert_eq!(source.snippet, "  mode = \"open\"");
        assert!(source.context.contains("admin_password = \"***\""), "{}", source.context);
        assert!(!serde_json::to_string(&assessment).unwrap().contains("hunter2"));
    }
}
