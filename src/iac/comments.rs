//! `assize:ignore[policy] reason until=YYYY-MM-DD` in comments of code.

use std::sync::LazyLock;

use regex::Regex;

/// A comment that asks to set findings aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The file, relative to the root.
    pub file: String,
    /// The line of the comment, from 1.
    pub line: u32,
    /// The first line after it that is neither empty nor a comment.
    pub next_line: u32,
    /// Policies: ids, aliases, names of checks or patterns.
    pub policies: Vec<String>,
    /// The reason, without the date.
    pub reason: String,
    /// What stands after `until=`.
    pub until: Option<String>,
}

/// The longest reason that is kept, in characters.
const REASON: usize = 500;

static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(#|//|/\*)\s*assize:ignore\b").ok());

/// All such comments of a file. A mark within a text literal does not count.
pub(crate) fn comments(file: &str, text: &str) -> Vec<Comment> {
    if !text.contains("assize:ignore") {
        return Vec::new();
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let quote = if file.ends_with(".bicep") { '\'' } else { '"' };
        let marks = MARK.iter().flat_map(|m| m.find_iter(line));
        let Some(mark) = marks.into_iter().find(|m| !in_literal(&line[..m.start()], quote)) else { continue };
        let (policies, reason, until) = asked(&line[mark.end()..]);
        let next = lines[at + 1..].iter().position(|l| {
            let l = l.trim_start();
            !l.is_empty() && !l.starts_with('#') && !l.starts_with("//") && !l.starts_with("/*") && !l.starts_with('*')
        });
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        out.push(Comment {
            file: file.to_owned(),
            line: number(at + 1),
            next_line: next.map_or(0, |n| number(at + n + 2)),
            policies,
            reason,
            until,
        });
    }
    out
}

/// `[POLICY, …] REASON until=DATE`. What is missing stays empty: whoever wrote it wants to hear that it does not count.
fn asked(rest: &str) -> (Vec<String>, String, Option<String>) {
    let (list, rest) = rest.trim_start().strip_prefix('[').and_then(|r| r.split_once(']')).unwrap_or(("", rest));
    let policies = list.split(',').map(str::trim).filter(|p| !p.is_empty()).map(ToOwned::to_owned).collect();
    let (mut until, mut reason) = (None, Vec::new());
    for word in rest.trim().trim_end_matches("*/").split_whitespace() {
        match word.strip_prefix("until=") {
            Some(date) => until = Some(date.trim_end_matches([',', '.', ';']).to_owned()),
            None => reason.push(word),
        }
    }
    (policies, reason.join(" ").chars().take(REASON).collect(), until)
}

/// Whether the end of the text stands inside a literal: an odd number of quotes.
fn in_literal(before: &str, quote: char) -> bool {
    let (mut inside, mut escaped) = (false, false);
    for c in before.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => inside = !inside,
            _ => {}
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_all_languages() {
        let text = "# assize:ignore[PG-TLS-001, azure.postgresql.*] legacy client until=2026-12-31\n\n# more\nresource \"a\" \"b\" {\n  x = 1 // assize:ignore[x] why\n  y = \"# assize:ignore[z] no\" /* assize:ignore[w] until=2027-01-01 late */\n}\n";
        let found = comments("main.tf", text);
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].line, found[0].next_line), (1, 4));
        assert_eq!(found[0].policies, ["PG-TLS-001", "azure.postgresql.*"]);
        assert_eq!((found[0].reason.as_str(), found[0].until.as_deref()), ("legacy client", Some("2026-12-31")));
        assert_eq!((found[1].line, found[1].reason.as_str(), found[1].until.as_deref()), (5, "why", None));
        assert_eq!((found[2].policies[0].as_str(), found[2].reason.as_str()), ("w", "late"));
    }
}
