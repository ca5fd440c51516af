//! Limits on text that parsers take too long over, digests as text, and text of others as people may see it.

use std::collections::HashSet;

/// The deepest nesting of YAML that is parsed. The parser takes time in the square of the depth.
pub const MAX_YAML_DEPTH: usize = 64;

/// How deep a YAML text may be nested at most, without parsing it: brackets, and `-`, `?` and `:` signs that open a
/// level on one line. Signs inside texts and comments count too, so the answer may be too high, never too low.
pub fn yaml_depth(text: &str) -> usize {
    let (mut brackets, mut deepest) = (0usize, 0usize);
    for line in text.lines() {
        let mut signs = 0;
        let mut previous = ' ';
        for c in line.chars() {
            match c {
                '[' | '{' => brackets += 1,
                ']' | '}' => brackets = brackets.saturating_sub(1),
                ' ' | '\t' if matches!(previous, '-' | '?') => signs += 1,
                _ => {}
            }
            deepest = deepest.max(brackets + signs);
            if !matches!(c, '-' | '?' | ' ' | '\t') {
                signs = 0;
            }
            previous = c;
        }
    }
    // Indentation opens levels too: one for each line that starts further in than the one above.
    let mut stack: Vec<usize> = Vec::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() {
            continue;
        }
        while stack.last().is_some_and(|top| *top >= indent) {
            stack.pop();
        }
        stack.push(indent);
        deepest = deepest.max(stack.len());
    }
    deepest
}

/// Bytes as lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        use std::fmt::Write as _;
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Replaces every part of the token in a text, of 16 characters or more, in any case, by a mark.
pub fn without_token(text: &str, token: &str) -> String {
    const PART: usize = 16;
    let token = token.to_ascii_lowercase().into_bytes();
    let lower = text.to_ascii_lowercase().into_bytes();
    let size = PART.min(token.len());
    if size == 0 || lower.len() < size {
        return text.to_owned();
    }
    let parts: HashSet<&[u8]> = token.windows(size).collect();
    let mut hidden = vec![false; lower.len()];
    for (at, part) in lower.windows(size).enumerate() {
        if parts.contains(part) {
            hidden[at..at + size].fill(true);
        }
    }
    let mut clean = String::with_capacity(text.len());
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if !hidden[at] {
            clean.push(c);
        } else if !inside {
            clean.push_str("[token]");
        }
        inside = hidden[at];
    }
    clean
}

/// A text of a server as people may see it: at most so many characters, nothing that moves the cursor or turns the
/// direction of writing, runs of white space as one space.
pub fn printable(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut length = 0;
    let mut blank = false;
    for c in text.trim().chars() {
        let piece = if c.is_whitespace() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}') {
            if std::mem::replace(&mut blank, true) {
                continue;
            }
            " ".to_owned()
        } else {
            blank = false;
            if is_unseen(c) { format!("\\u{{{:x}}}", u32::from(c)) } else { c.to_string() }
        };
        length += piece.chars().count();
        if length > most {
            while shown.chars().count() >= most {
                shown.pop();
            }
            shown.push('…');
            break;
        }
        shown.push_str(&piece);
    }
    shown
}

fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_never_underrated() {
        assert!(yaml_depth("a: 1\nb: [x, {y: 1}]\n") <= 4);
        assert!(yaml_depth(&"[".repeat(100)) >= 100);
        assert!(yaml_depth(&"- ".repeat(100)) >= 100);
        assert!(yaml_depth(&"? ".repeat(100)) >= 100);
        let nested: String = (0..100).map(|i| " ".repeat(i) + "a:\n").collect();
        assert!(yaml_depth(&nested) >= 100);
        let list: String = (0..1000).map(|i| format!("- a: {i}\n  b: [1]\n")).collect();
        assert!(yaml_depth(&list) < 6);
    }
}
