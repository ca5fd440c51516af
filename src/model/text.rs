//! Limits on text that parsers take too long over, and digests as text.

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
