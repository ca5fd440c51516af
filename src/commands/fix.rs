//! `assize fix`: edits of code that make findings pass, shown as a diff or made.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::Path;

use anyhow::anyhow;
use chrono::Utc;
use sha2::{Digest, Sha256};

use crate::cli::FixArgs;
use crate::commands::output::{printable, write_file};
use crate::commands::scan::{Judge, Judged};
use crate::commands::{CommandError, Outcome, print, say};
use crate::iac::Code;
use crate::model::{Edit, Finding, Range, hex};

/// How often the code is judged again after edits: each round may open the way for the next one.
const MAX_ROUNDS: usize = 10;

/// What a finding is told apart by.
type Key = (String, String);

/// `assize fix`.
pub(super) fn fix(args: &FixArgs) -> Outcome {
    let judge = Judge::new(&args.judge, &args.code)?;
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut first: Option<Judged> = None;
    let mut tried: BTreeSet<Key> = BTreeSet::new();
    let mut open: BTreeSet<Key> = BTreeSet::new();
    for _ in 0..MAX_ROUNDS {
        let judged = judge.run(&args.paths, &texts)?;
        let Some(code) = &judged.code else {
            return Err(CommandError::new(anyhow!("there is no code to repair"))
                .hint("fix reads Terraform, Bicep and templates; live Azure is repaired by hand"));
        };
        open = fails(&judged).map(key).collect();
        let edits = edits(&judged, &mut tried);
        if edits.is_empty() {
            first = first.or(Some(judged));
            break;
        }
        for (file, edits) in edits {
            let text = texts.get(&file).cloned().unwrap_or_else(|| text_of(code, &file));
            texts.insert(file.clone(), apply(&text, edits));
        }
        first = first.or(Some(judged));
    }
    let Some(Judged { code: Some(before), assessment, .. }) = first else { return Ok(0) };
    let mut diffs = String::new();
    for (file, text) in &texts {
        if args.write {
            replace(&judge.root(&args.paths)?.join(file), text)?;
        } else {
            let old = text_of(&before, file);
            let diff = similar::TextDiff::from_lines(&old, text);
            diffs += &diff.unified_diff().header(&format!("a/{file}"), &format!("b/{file}")).to_string();
        }
    }
    show(&diffs)?;
    let was: BTreeSet<Key> = assessment.findings.iter().filter(|f| f.is_open_fail()).map(key).collect();
    let mended = was.difference(&open).count();
    let word = if args.write { "changed" } else { "would change" };
    say(&format!("{word} {} files: {mended} of {} fails are repaired", texts.len(), was.len()));
    for (policy, resource) in tried.intersection(&open) {
        say(&format!("  {policy} still fails on {resource}, although its property was set"));
    }
    Ok(0)
}

/// Puts the text into the file at once: the file is the old or the new one, never half of it. Its permissions stay.
fn replace(path: &Path, text: &str) -> Result<(), CommandError> {
    let wrong = |e: std::io::Error| CommandError::new(anyhow!("{}: {e}", path.display()));
    // A link stays a link: what it leads to is replaced.
    let path = path.canonicalize().map_err(wrong)?;
    let permissions = std::fs::metadata(&path).map_err(wrong)?.permissions();
    let bytes = encoded(text, &std::fs::read(&path).map_err(wrong)?);
    write_file(&path, |out| out.write_all(&bytes).map_err(wrong))?;
    std::fs::set_permissions(&path, permissions).map_err(wrong)
}

/// The text in the encoding of the old bytes, which their byte-order mark tells.
fn encoded(text: &str, old: &[u8]) -> Vec<u8> {
    let wide = |mark: [u8; 2], order: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(order)).collect()
    };
    match old {
        [0xff, 0xfe, ..] => wide([0xff, 0xfe], u16::to_le_bytes),
        [0xfe, 0xff, ..] => wide([0xfe, 0xff], u16::to_be_bytes),
        [0xef, 0xbb, 0xbf, ..] => [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        _ => text.as_bytes().to_vec(),
    }
}

/// Prints the diffs, which hold code that anyone may have written. On a terminal nothing in them steers it, and in the log
/// of a workflow nothing in them is a command; a file or another program gets them as they are, to be applied.
fn show(diffs: &str) -> Outcome {
    if diffs.is_empty() {
        return Ok(0);
    }
    if std::io::stdout().is_terminal() {
        let lines: String = diffs.lines().map(|line| printable(line) + "\n").collect();
        return print(lines.as_bytes());
    }
    if std::env::var_os("GITHUB_ACTIONS").is_some() {
        // Lines before the first header and after the last hunk do not disturb `git apply`.
        let seed = format!("{}{}", Utc::now().timestamp_nanos_opt().unwrap_or_default(), std::process::id());
        let word = &hex(&Sha256::digest(format!("{seed}{diffs}")))[..32];
        return print(format!("::stop-commands::{word}\n{diffs}::{word}::\n").as_bytes());
    }
    print(diffs.as_bytes())
}

fn key(finding: &Finding) -> Key {
    (finding.policy.as_str().to_owned(), finding.resource.as_str().to_owned())
}

fn fails(judged: &Judged) -> impl Iterator<Item = &Finding> {
    judged.assessment.findings.iter().filter(|f| f.is_open_fail())
}

/// The edits of one round by file: one for each fail that was not tried yet, and none that touch one another.
fn edits(judged: &Judged, tried: &mut BTreeSet<Key>) -> BTreeMap<String, Vec<Edit>> {
    let mut by_file: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
    for finding in fails(judged) {
        let Some(fix) = &finding.fix else { continue };
        for edit in &fix.changes {
            let known = by_file.entry(edit.file.clone()).or_default();
            if known.contains(edit) {
                tried.insert(key(finding));
            } else if !tried.contains(&key(finding)) && !known.iter().any(|k| touch(k.range, edit.range)) {
                known.push(edit.clone());
                tried.insert(key(finding));
            }
        }
    }
    by_file.retain(|_, edits| !edits.is_empty());
    by_file
}

fn touch(a: Range, b: Range) -> bool {
    let (start, end) = (|r: Range| (r.start_line, r.start_column), |r: Range| (r.end_line, r.end_column));
    start(a) <= end(b) && start(b) <= end(a)
}

fn text_of(code: &Code, file: &str) -> String {
    code.tree.read(file).map(|id| code.tree.text(id).as_ref().to_owned()).unwrap_or_default()
}

/// The text after the edits, which do not touch one another.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|e| std::cmp::Reverse((e.range.start_line, e.range.start_column)));
    let mut text = text.to_owned();
    for edit in edits {
        let place = |line: u32, column: u32| {
            let start = match line {
                0 | 1 => 0,
                n => text.match_indices('\n').nth(n as usize - 2).map_or(text.len(), |(at, _)| at + 1),
            };
            let mut units = column.saturating_sub(1) as usize;
            let more: usize = text[start..]
                .chars()
                .take_while(|c| {
                    let more = units > 0;
                    units = units.saturating_sub(c.len_utf16());
                    more
                })
                .map(char::len_utf8)
                .sum();
            start + more
        };
        let range =
            place(edit.range.start_line, edit.range.start_column)..place(edit.range.end_line, edit.range.end_column);
        text.replace_range(range, &edit.insert);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_applied_from_the_end() {
        let range =
            |l: u32, from: u32, to: u32| Range { start_line: l, start_column: from, end_line: l, end_column: to };
        let edit = |range, insert: &str| Edit { file: "a".into(), range, insert: insert.into() };
        let text = "ä😀 = 1\nb = 2\n";
        let edits = vec![edit(range(1, 7, 8), "10"), edit(range(2, 1, 1), "a = 0\n"), edit(range(3, 1, 1), "c\n")];
        assert_eq!(apply(text, edits), "ä😀 = 10\na = 0\nb = 2\nc\n");
    }

    #[test]
    fn a_file_keeps_its_encoding() {
        assert_eq!(encoded("a", b"b"), b"a");
        assert_eq!(encoded("a", b"\xef\xbb\xbfb"), b"\xef\xbb\xbfa");
        assert_eq!(encoded("a", b"\xff\xfeb\0"), b"\xff\xfea\0");
        assert_eq!(encoded("a", b"\xfe\xff\0b"), b"\xfe\xff\0a");
    }

    #[test]
    fn edits_that_touch_are_told() {
        let range = |a: u32, b: u32| Range { start_line: 1, start_column: a, end_line: 1, end_column: b };
        assert!(touch(range(1, 3), range(3, 5)) && touch(range(1, 9), range(3, 5)) && !touch(range(1, 3), range(4, 5)));
    }
}
