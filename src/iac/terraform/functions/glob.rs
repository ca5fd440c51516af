//! Patterns for names of files, as `fileset` reads them.

use regex::{Regex, RegexBuilder};

/// The longest pattern that is read, in bytes.
const MAX_PATTERN: usize = 4096;

/// The pattern as an expression over whole relative paths: `*` and `?` stay within a name, `**` spans folders.
pub(super) fn compile(pattern: &str) -> Result<Regex, String> {
    let wrong = || format!("failed to glob pattern {pattern:?}");
    if pattern.len() > MAX_PATTERN {
        return Err(wrong());
    }
    let mut out = String::from("^");
    let mut rest = pattern.strip_prefix("./").unwrap_or(pattern);
    let (mut alternatives, mut start) = (0usize, true);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let mut next = after;
        match c {
            '*' if after.starts_with('*') => {
                next = after.trim_start_matches('*');
                match next.strip_prefix('/') {
                    // Any number of folders, also none.
                    Some(deeper) if start => {
                        out.push_str("(?:[^/]+/)*");
                        rest = deeper;
                        continue;
                    }
                    _ => out.push_str(if start { ".*" } else { "[^/]*" }),
                }
            }
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '{' => {
                alternatives += 1;
                out.push_str("(?:");
            }
            '}' if alternatives > 0 => {
                alternatives -= 1;
                out.push(')');
            }
            ',' if alternatives > 0 => out.push('|'),
            '[' => {
                let (not, body) = match after.strip_prefix(['!', '^']) {
                    Some(body) => (true, body),
                    None => (false, after),
                };
                let end = body.find(']').filter(|end| *end > 0).ok_or_else(wrong)?;
                out.push_str(if not { "[^/" } else { "[" });
                for c in body[..end].chars() {
                    if c.is_ascii_punctuation() && c != '-' {
                        out.push('\\');
                    }
                    out.push(c);
                }
                out.push(']');
                next = &body[end + 1..];
            }
            '\\' => {
                let escaped = after.chars().next().ok_or_else(wrong)?;
                out.push_str(&regex::escape(escaped.encode_utf8(&mut [0; 4])));
                next = &after[escaped.len_utf8()..];
            }
            c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
        start = matches!(c, '/' | '{') || (c == ',' && alternatives > 0);
        rest = next;
    }
    if alternatives > 0 {
        return Err(wrong());
    }
    out.push('$');
    RegexBuilder::new(&out).size_limit(1 << 20).build().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_terraform() {
        for (pattern, yes, no) in [
            ("*.json", "a.json", "b/a.json"),
            ("**/*.json", "a.json", "a.yaml"),
            ("**/*.json", "x/y/a.json", "x/y/a.jsonc"),
            ("**", "x/y/a", ""),
            ("x/**", "x/y/a", "y/x"),
            ("{a,b/c}.txt", "b/c.txt", "c.txt"),
            ("[a-c]?", "bz", "dz"),
            ("[!a]", "b", "a"),
            ("a\\*", "a*", "ab"),
            ("./a.b", "a.b", "acb"),
        ] {
            let regex = compile(pattern).unwrap();
            assert!(regex.is_match(yes), "{pattern} {yes}");
            assert!(!regex.is_match(no) || no.is_empty(), "{pattern} {no}");
        }
        for bad in ["[", "{a", "[]", "a\\"] {
            assert!(compile(bad).is_err(), "{bad}");
        }
    }
}
