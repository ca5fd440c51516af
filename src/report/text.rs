//! Text that others wrote, made safe to show. Takes names, messages and reasons from the estate and from policies; gives
//! text in which nothing acts on a terminal, a build log or a viewer. Knows no format.

use std::io::{self, Write};

use crate::model::{Finding, Gate, GateOutcome, Reason};

/// Makes one line of the text, at most `most` characters long.
///
/// Characters that cannot be seen or that reorder what follows are written as `\u{202e}`; so is the second of two `#`,
/// because build agents read `##vso[…]` and `##[…]` anywhere in a line as commands.
pub(super) fn line(text: &str, most: usize) -> String {
    // Most texts are plain and short.
    if text.len() <= most && text.bytes().all(|b| matches!(b, b' '..=b'~')) && !text.contains("##") {
        return text.to_owned();
    }
    let mut out = String::new();
    let (mut count, mut keep, mut before) = (0, 0, ' ');
    for c in text.chars() {
        let escaped = match c {
            '\n' => Some("\\n".to_owned()),
            '\r' => Some("\\r".to_owned()),
            '\t' => Some("\\t".to_owned()),
            '#' if before == '#' => Some(c.escape_unicode().to_string()),
            c if acts_unseen(c) => Some(c.escape_unicode().to_string()),
            _ => None,
        };
        before = c;
        count += escaped.as_ref().map_or(1, String::len);
        if count > most {
            out.truncate(keep);
            out.push('…');
            return out;
        }
        match escaped {
            Some(escaped) => out.push_str(&escaped),
            None => out.push(c),
        }
        if count < most {
            keep = out.len();
        }
    }
    out
}

/// Makes the text's lines safe one by one, for text that policies write in several lines.
pub(super) fn lines(text: &str, most: usize) -> Vec<String> {
    text.trim_end().lines().map(|l| line(&l.trim_end().replace('\t', "    "), most)).collect()
}

/// Makes one line of a text that was broken into lines to be read in its source.
pub(super) fn paragraph(text: &str, most: usize) -> String {
    let plain = text.bytes().all(|b| matches!(b, b' '..=b'~')) && !text.contains("  ");
    if plain && text.trim_ascii().len() == text.len() {
        return line(text, most);
    }
    line(&text.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

/// Whether a character is not seen, or changes how others are seen: control characters, bidirectional controls,
/// separators of lines, fillers, selectors, tags, and code points that are no characters.
fn acts_unseen(c: char) -> bool {
    c.is_control()
        || (u32::from(c) & 0xfffe) == 0xfffe
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// JSON in which everything that [`line`] makes visible is an escape of JSON, so that it stays the same document.
pub(super) fn json(text: &str) -> String {
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) && !text.contains("##") {
        return text.to_owned();
    }
    let (mut out, mut before) = (String::with_capacity(text.len()), ' ');
    for c in text.chars() {
        match c {
            // Outside of texts these are blanks; inside of texts JSON has none.
            '\n' | '\r' | '\t' => out.push(' '),
            c if acts_unseen(c) || (c == '#' && before == '#') => {
                c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out += &format!("\\u{unit:04x}"));
            }
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// A reason's text without the id of the finding's own resource, so that one cause is one text for all resources.
pub(super) fn cause(finding: &Finding, reason: &Reason) -> String {
    let own = [finding.resource.as_str(), finding.resource.key()];
    own.iter().fold(reason.text.clone(), |text, id| text.replace(id, "this resource"))
}

/// Why the gate says what it says, in one sentence without a full stop.
pub(super) fn gate_reason(gate: &Gate) -> String {
    let threshold = match gate.fail_on {
        Some(least) => format!("{} or above", least.as_str()),
        None => "no severity".to_owned(),
    };
    let new = if gate.new_only { "new " } else { "" };
    let mut unknown = format!("{} unknown, {} allowed", gate.unknown, gate.allow_unknown);
    if gate.beyond_code > 0 {
        unknown += &format!(", {} more that code cannot answer", gate.beyond_code);
    }
    match gate.outcome {
        GateOutcome::Failed => {
            format!("{} {new}open fails count at the threshold {threshold}; {unknown}", gate.failing)
        }
        GateOutcome::Incomplete => {
            format!("too much is unknown: {unknown}; no {new}open fail counts at the threshold {threshold}")
        }
        GateOutcome::Passed => format!("no {new}open fail counts at the threshold {threshold}; {unknown}"),
    }
}

/// JSON on its way out, with the second of two `#` escaped. In JSON a `#` stands only inside of texts, and a build agent
/// that logs the document would read `##vso[…]` in it as a command.
pub(super) struct JsonOut<W> {
    out: W,
    after_hash: bool,
}

impl<W: Write> JsonOut<W> {
    /// Wraps what is written to.
    pub(super) fn new(out: W) -> Self {
        Self { out, after_hash: false }
    }
}

impl<W: Write> Write for JsonOut<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.after_hash && !bytes.contains(&b'#') {
            self.out.write_all(bytes)?;
            return Ok(bytes.len());
        }
        let mut from = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'#' && self.after_hash {
                self.out.write_all(&bytes[from..at])?;
                self.out.write_all(b"\\u0023")?;
                from = at + 1;
            }
            self.after_hash = *byte == b'#';
        }
        self.out.write_all(&bytes[from..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::sample;

    #[test]
    fn a_cause_does_not_name_the_resource_it_is_found_on() {
        let assessment = sample();
        let mut finding = assessment.findings.iter().find(|f| !f.reasons.is_empty()).unwrap().clone();
        for id in [finding.resource.as_str().to_owned(), finding.resource.key().to_owned()] {
            finding.reasons[0].text = format!("keys of {id} are not read");
            assert_eq!(cause(&finding, &finding.reasons[0]), "keys of this resource are not read");
        }
    }

    #[test]
    fn nothing_unseen_is_left() {
        for (text, expected) in [
            ("plain \"text\" – é 漢", "plain \"text\" – é 漢"),
            ("a\u{1b}[31mred", "a\\u{1b}[31mred"),
            ("x\n::set-output name=a::b", "x\\n::set-output name=a::b"),
            ("a\r\n\tb\0\u{7f}\u{9b}", "a\\r\\n\\tb\\u{0}\\u{7f}\\u{9b}"),
            ("\u{202e}gpj\u{2066}\u{200f}\u{61c}", "\\u{202e}gpj\\u{2066}\\u{200f}\\u{61c}"),
            ("a\u{200b}b\u{feff}\u{2028}\u{e0041}", "a\\u{200b}b\\u{feff}\\u{2028}\\u{e0041}"),
            ("##vso[task.setvariable]###[x", "#\\u{23}vso[task.setvariable]#\\u{23}\\u{23}[x"),
        ] {
            assert_eq!(line(text, 200), expected);
        }
    }

    #[test]
    fn json_stays_the_same_document_when_the_unseen_is_escaped() {
        for text in
            ["{\"a\": \"x\\u0007\", \"##\": [1, null]}", "{\n\t\"a\": \"\u{202e}\u{e0041}é漢\u{200b}\"}", "\"###\""]
        {
            let out = json(text);
            assert!(!out.chars().any(acts_unseen) && !out.contains("##"), "{out}");
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(value(&out), value(text));
        }
        assert_eq!(json("\"\\ud800\""), "\"\\ud800\"");
    }

    #[test]
    fn long_text_is_cut_by_characters_and_never_inside_an_escape() {
        assert_eq!(line("äöüß", 4), "äöüß");
        assert_eq!(line("äöüßx", 4), "äöü…");
        assert_eq!(line("ab\u{202e}cd", 9), "ab…");
        assert_eq!(line("ab\u{202e}", 10), "ab\\u{202e}");
        for most in 1..40 {
            let cut = line(&"a\u{202e}漢\n".repeat(50), most);
            assert!(cut.chars().count() <= most && cut.ends_with('…'), "{most}: {cut}");
        }
    }

    #[test]
    fn json_keeps_its_meaning_when_hashes_are_escaped() {
        let value = serde_json::json!({"a": "##vso[x]", "b": "###", "##": "#"});
        for size in [1, 2, 3, 100] {
            let mut out = Vec::new();
            let mut json = JsonOut::new(&mut out);
            for piece in value.to_string().as_bytes().chunks(size) {
                json.write_all(piece).unwrap();
            }
            let text = String::from_utf8(out).unwrap();
            assert!(!text.contains("##"), "{text}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        }
    }
}
