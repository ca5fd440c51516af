//! Lines of code with their secrets masked. Takes the text of a file in any of the languages, knows strings, heredocs,
//! comments and brackets, and nothing else of them. In doubt it masks: what is shown leaves the machine.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::assess::source::names::{ends_in_secret, looks_secret, names_secret};

/// What stands in place of a secret.
const MASK: &str = "***";
/// Members that hold the name of what another member of the same object holds.
const NAMING: [&str; 4] = ["name", "key", "type", "kind"];

/// The lines that are wanted, by number from 1, with secrets masked and without line ends.
pub(super) fn masked(text: &str, wanted: &BTreeSet<u32>) -> BTreeMap<u32, String> {
    let Some(last) = wanted.last() else { return BTreeMap::new() };
    let mut scanner = Scanner::new(text, wanted);
    while scanner.at < text.len() && scanner.line <= *last {
        scanner.token();
    }
    let hidden = scanner.hidden;
    let mut out = BTreeMap::new();
    let mut start = 0;
    for (line, content) in (1u32..=*last).zip(text.split('\n')) {
        if wanted.contains(&line) {
            let mut shown = String::new();
            let mut from = start;
            for range in hidden.get(&line).into_iter().flatten() {
                shown.push_str(text.get(from..range.start).unwrap_or_default());
                shown.push_str(MASK);
                from = range.end;
            }
            shown.push_str(text.get(from..start + content.len()).unwrap_or_default());
            out.insert(line, shown.trim_end_matches('\r').to_owned());
        }
        start += content.len() + 1;
    }
    // What follows the last line end is no line.
    if text.ends_with('\n') {
        let end = u32::try_from(text.matches('\n').take(*last as usize).count()).unwrap_or(u32::MAX);
        out.remove(&end.saturating_add(1));
    }
    out
}

/// An open bracket.
struct Frame {
    /// Whether it holds items instead of members.
    list: bool,
    /// Whether all texts in it are secret.
    secret: bool,
    /// The state of the statement around it.
    hot: bool,
    value: bool,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    wanted: &'a BTreeSet<u32>,
    at: usize,
    line: u32,
    frames: Vec<Frame>,
    /// Whether the statement names something secret.
    hot: bool,
    /// Whether its value has begun.
    value: bool,
    /// Whether `=` or `:` came last.
    pending: bool,
    /// Whether the line is a decorator of the next one.
    decorator: bool,
    /// The last name.
    key: &'a str,
    hidden: BTreeMap<u32, Vec<Range<usize>>>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, wanted: &'a BTreeSet<u32>) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            wanted,
            at: 0,
            line: 1,
            frames: Vec::new(),
            hot: false,
            value: false,
            pending: false,
            decorator: false,
            key: "",
            hidden: BTreeMap::new(),
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn hide(&mut self, range: Range<usize>) {
        if !range.is_empty() && self.wanted.contains(&self.line) {
            self.hidden.entry(self.line).or_default().push(range);
        }
    }

    fn token(&mut self) {
        match (self.peek(0), self.peek(1)) {
            (b'\n', _) => {
                self.at += 1;
                self.line += 1;
                if !self.frames.last().is_some_and(|f| f.list) && !self.pending && !self.decorator {
                    (self.hot, self.value) = (false, false);
                }
                self.decorator = false;
                return;
            }
            (b' ' | b'\t' | b'\r', _) => {
                self.at += 1;
                return;
            }
            (b'#', _) | (b'/', b'/') => {
                let end = self.line_end();
                self.prose(end);
                return;
            }
            (b'/', b'*') => {
                self.until("*/", false);
                return;
            }
            (b'<', b'<') if self.heredoc() => {}
            (b'\'', b'\'') if self.peek(2) == b'\'' => {
                self.at += 3;
                self.until("'''", self.is_secret());
            }
            (quote @ (b'"' | b'\''), _) => self.string(quote),
            (b'=', b'=') | (b'!' | b'<' | b'>', b'=') | (b':', b':') => self.at += 2,
            (b'=' | b':', next) => {
                self.at += if next == b'>' { 2 } else { 1 };
                (self.value, self.pending) = (true, true);
                return;
            }
            (open @ (b'{' | b'[' | b'('), _) => {
                self.at += 1;
                let secret = self.is_secret();
                self.frames.push(Frame { list: open != b'{', secret, hot: self.hot, value: self.value });
                (self.hot, self.value) = (false, false);
            }
            (b'}' | b']' | b')', _) => {
                self.at += 1;
                if let Some(frame) = self.frames.pop() {
                    (self.hot, self.value) = (frame.hot, frame.value);
                }
            }
            (b',' | b';', _) => {
                self.at += 1;
                (self.hot, self.value) = (false, false);
            }
            (b'@', _) => {
                self.at += 1;
                self.decorator |= self.frames.is_empty() && !self.value;
            }
            (byte, _) if byte.is_ascii_alphanumeric() || byte == b'_' => self.word(),
            _ => {
                self.at += 1;
                while !self.text.is_char_boundary(self.at) {
                    self.at += 1;
                }
            }
        }
        self.pending = false;
    }

    fn is_secret(&self) -> bool {
        self.hot || self.frames.last().is_some_and(|f| f.secret)
    }

    fn line_end(&self) -> usize {
        self.bytes[self.at..].iter().position(|b| *b == b'\n').map_or(self.bytes.len(), |n| self.at + n)
    }

    /// A name, a reference or a number.
    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_ascii_alphanumeric() || matches!(self.peek(0), b'_' | b'-' | b'.') {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        if self.decorator {
            self.hot |= word == "secure" || word == "sys.secure";
        } else if !self.value {
            self.name(word);
        } else if word.starts_with(|c: char| c.is_ascii_digit()) && self.hot && ends_in_secret(self.key) {
            self.hide(start..self.at);
        }
    }

    fn name(&mut self, name: &'a str) {
        self.key = name;
        self.hot |= names_secret(name);
    }

    fn string(&mut self, quote: u8) {
        let start = self.at + 1;
        let end = string_end(self.bytes, start, quote);
        self.at = if self.bytes.get(end) == Some(&quote) { end + 1 } else { end };
        let content = &self.text[start..end];
        if !self.value && !self.frames.last().is_some_and(|f| f.list) {
            self.name(content);
        } else if self.is_secret() || looks_secret(content) {
            self.hide(start..end);
        } else if NAMING.iter().any(|n| self.key.eq_ignore_ascii_case(n))
            && names_secret(content)
            && let Some(frame) = self.frames.last_mut()
        {
            frame.secret = true;
        }
    }

    /// A text of several lines, up to what ends it.
    fn until(&mut self, end: &str, secret: bool) {
        let stop = self.text[self.at..].find(end).map_or(self.text.len(), |n| self.at + n);
        loop {
            let line_end = self.line_end().min(stop);
            if secret {
                self.hide_line(line_end);
            } else {
                self.prose(line_end);
            }
            if line_end == stop {
                break;
            }
            self.at = line_end + 1;
            self.line += 1;
        }
        self.at = (stop + end.len()).min(self.text.len());
    }

    /// Hides what stands between here and the end, without the blanks around it.
    fn hide_line(&mut self, end: usize) {
        let part = &self.text[self.at..end];
        let start = self.at + part.len() - part.trim_start().len();
        self.hide(start..start + part.trim().len());
        self.at = end;
    }

    /// A line of a comment or of another text: what follows the name of a secret is hidden.
    fn prose(&mut self, end: usize) {
        let part = &self.text[self.at..end];
        let named = part.match_indices(['=', ':']).find_map(|(at, _)| {
            let before = part[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
            let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            let name = before.rsplit(|c| !word(c)).next().unwrap_or_default();
            names_secret(name).then_some((before.len() - name.len(), at + 1))
        });
        match named {
            Some((name, value)) if !looks_secret(&part[..name]) => {
                self.at += value;
                self.hide_line(end);
            }
            None if !looks_secret(part) => self.at = end,
            _ => self.hide_line(end),
        }
    }

    /// Whether a heredoc begins here; if so, reads it.
    fn heredoc(&mut self) -> bool {
        let rest = &self.text[self.at + 2..];
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let word = rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').next().unwrap_or_default();
        if word.is_empty() || !rest[word.len()..].trim_start_matches([' ', '\t', '\r']).starts_with('\n') {
            return false;
        }
        let secret = self.is_secret();
        let mut key = false;
        self.at = self.line_end();
        while self.at < self.bytes.len() {
            self.at += 1;
            self.line += 1;
            let end = self.line_end();
            let line = self.text[self.at..end].trim();
            if line == word {
                self.at = end;
                return true;
            }
            key |= line.contains("-----BEGIN");
            if secret || key {
                self.hide_line(end);
            } else {
                self.prose(end);
            }
            key &= !line.contains("-----END");
        }
        true
    }
}

/// Where a text that begins at `start` ends: at its quote or at the end of the line. Quotes within `${…}` do not end it.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    /// Deeper than this nobody writes.
    const DEEP: usize = 100;
    let mut open = vec![quote];
    let mut at = start;
    while let (Some(byte), Some(top)) = (bytes.get(at), open.last().copied()) {
        match *byte {
            b'\n' => break,
            b'\\' if top != b'{' && bytes.get(at + 1).is_some_and(|b| *b != b'\n') => at += 1,
            b'$' | b'%' if top != b'{' && bytes.get(at + 1) == Some(&b'{') => {
                open.push(b'{');
                at += 1;
            }
            b'{' if top == b'{' => open.push(b'{'),
            b'}' if top == b'{' => drop(open.pop()),
            b if b == top => {
                open.pop();
                if open.is_empty() {
                    return at;
                }
            }
            b if b == quote && top == b'{' => open.push(quote),
            _ => {}
        }
        if open.len() > DEEP {
            break;
        }
        at += 1;
    }
    // No such nesting: the first quote ends it.
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\n' => break,
            b'\\' if bytes.get(at + 1).is_some_and(|b| *b != b'\n') => at += 1,
            b if b == quote => break,
            _ => {}
        }
        at += 1;
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        let lines = masked(text, &(1..=200).collect());
        lines.into_values().collect::<Vec<_>>().join("\n")
    }

    /// `S3cr3t` is the secret in all of them: nothing of it may be seen, and all the rest must be.
    #[test]
    fn secrets_are_masked_and_nothing_else() {
        for (text, expected) in [
            // Terraform.
            ("administrator_password = \"S3cr3t\"", "administrator_password = \"***\""),
            ("  password   = \"S3\\\"cr3t\" # S", "  password   = \"***\" # S"),
            ("password = 53473", "password = ***"),
            ("password = var.admin_password", "password = var.admin_password"),
            ("password = \"a${f(\"S3cr3t\", { x = \"S3cr3t\" })}b\"", "password = \"***\""),
            (
                "token = var.x ? \"S3cr3t\" : base64encode(\"S3cr3t\")",
                "token = var.x ? \"***\" : base64encode(\"***\")",
            ),
            ("primary_access_key = \"S3cr3t\"", "primary_access_key = \"***\""),
            (
                "secrets = [\n  \"S3cr3t\", \"S3cr3t\",\n]\nmode = \"open\"",
                "secrets = [\n  \"***\", \"***\",\n]\nmode = \"open\"",
            ),
            (
                "client_secret {\n  value = \"S3cr3t\"\n}\nvalue = \"open\"",
                "client_secret {\n  value = \"***\"\n}\nvalue = \"open\"",
            ),
            (
                "variable \"db_password\" {\n  default = \"S3cr3t\"\n}\nvariable \"mode\" {\n  default = \"open\"\n}",
                "variable \"db_password\" {\n  default = \"***\"\n}\nvariable \"mode\" {\n  default = \"open\"\n}",
            ),
            (
                "resource \"azurerm_key_vault_secret\" \"x\" {\n  value = \"S3cr3t\"\n}",
                "resource \"azurerm_key_vault_secret\" \"x\" {\n  value = \"***\"\n}",
            ),
            (
                "env = { \"DB_PASSWORD\" = \"S3cr3t\", mode = \"open\" }",
                "env = { \"DB_PASSWORD\" = \"***\", mode = \"open\" }",
            ),
            (
                "set {\n  name = \"redis.password\"\n  value = \"S3cr3t\"\n}",
                "set {\n  name = \"redis.password\"\n  value = \"***\"\n}",
            ),
            (
                "custom_data = <<-EOT\n  S3cr3t\n\n  EOT\nmode = \"open\"",
                "custom_data = <<-EOT\n  ***\n\n  EOT\nmode = \"open\"",
            ),
            (
                "script = <<EOT\nmode=open\nexport PASSWORD=S3cr3t\n\"token\": \"S3cr3t\"\nEOT\n",
                "script = <<EOT\nmode=open\nexport PASSWORD=***\n\"token\": ***\nEOT",
            ),
            (
                "data = <<EOT\n-----BEGIN PRIVATE KEY-----\nS3cr3t\n-----END PRIVATE KEY-----\nopen\nEOT",
                "data = <<EOT\n***\n***\n***\nopen\nEOT",
            ),
            ("value = \"Server=x;Password=S3cr3t\"", "value = \"***\""),
            ("uri = \"amqp://user:S3cr3t@host/x\"", "uri = \"***\""),
            ("# x?sig=S3cr3t password: S3cr3t", "***"),
            ("# password: S3cr3t", "# password: ***"),
            ("/* mode\n   token = S3cr3t */ mode = \"open\"", "/* mode\n   token = *** */ mode = \"open\""),
            // JSON.
            ("{\"adminPassword\": \"S3cr3t\", \"mode\": \"open\"}", "{\"adminPassword\": \"***\", \"mode\": \"open\"}"),
            (
                "{\"adminPassword\":\n  {\"value\": \"S3cr3t\"},\n\"mode\": {\"value\": \"open\"}}",
                "{\"adminPassword\":\n  {\"value\": \"***\"},\n\"mode\": {\"value\": \"open\"}}",
            ),
            ("{\"password\":\n\"S3cr3t\"}", "{\"password\":\n\"***\"}"),
            (
                "{\"p\": {\"type\": \"secureString\", \"defaultValue\": \"S3cr3t\"}}",
                "{\"p\": {\"type\": \"secureString\", \"defaultValue\": \"***\"}}",
            ),
            (
                "[{\"name\": \"DB_PASSWORD\", \"value\": \"S3cr3t\"}, {\"name\": \"MODE\", \"value\": \"open\"}]",
                "[{\"name\": \"DB_PASSWORD\", \"value\": \"***\"}, {\"name\": \"MODE\", \"value\": \"open\"}]",
            ),
            ("{\"a\": \"x${\", \"password\": \"S3cr3t\"}", "{\"a\": \"x${\", \"password\": \"***\"}"),
            // Bicep.
            ("param adminPassword string = 'S3cr3t'", "param adminPassword string = '***'"),
            (
                "@secure()\n@minLength(8)\nparam x string = 'S3cr3t'\nparam y string = 'open'",
                "@secure()\n@minLength(8)\nparam x string = '***'\nparam y string = 'open'",
            ),
            (
                "resource s 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {\n  properties: { value: 'S3cr3t' }\n}\nvar m = 'open'",
                "resource s 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {\n  properties: { value: '***' }\n}\nvar m = 'open'",
            ),
            ("var token = '''\nS3cr3t\n'''\nvar m = 'open'", "var token = '''\n***\n'''\nvar m = 'open'"),
            ("x = \"a\\\npassword = \"S3cr3t\"", "x = \"a\\\npassword = \"***\""),
            // Nothing to mask.
            ("// don't = 'x'\nvar m = 'it\\'s ${a['b']} open'", "// don't = 'x'\nvar m = 'it\\'s ${a['b']} open'"),
            (
                "secret_permissions = [\"Get\"]\ntoken_lifetime_minutes = 60",
                "secret_permissions = [\"Get\"]\ntoken_lifetime_minutes = 60",
            ),
            ("disaster = \"open\"\nprimaryKeyURI: 'https://kv'", "disaster = \"open\"\nprimaryKeyURI: 'https://kv'"),
            (
                "# assize:ignore[azure.kv.secret_expiry_set] open until=2026-01-01",
                "# assize:ignore[azure.kv.secret_expiry_set] open until=2026-01-01",
            ),
            (
                "x = a == \"b\" ? [for k, v in m : k => v] : y::z(\"open\")",
                "x = a == \"b\" ? [for k, v in m : k => v] : y::z(\"open\")",
            ),
        ] {
            let shown = all(text);
            assert_eq!(shown, expected);
            assert!(!shown.contains("S3"), "{text}");
        }
    }

    #[test]
    fn only_wanted_lines_come_and_as_they_are() {
        let text = "a\r\n\tb\r\n\r\nlast";
        assert_eq!(
            masked(text, &BTreeSet::from([2, 4, 9])),
            BTreeMap::from([(2, "\tb".to_owned()), (4, "last".to_owned())])
        );
        assert_eq!(masked("a\n", &BTreeSet::from([1, 2, 3])), BTreeMap::from([(1, "a".to_owned())]));
        assert!(masked("", &BTreeSet::new()).is_empty());
    }

    #[test]
    fn odd_text_ends_and_keeps_its_lines() {
        for text in [
            "\"",
            "'",
            "'''",
            "<<",
            "<<EOT",
            "<<EOT\n",
            "<<-EOT\nx",
            "/*",
            "/*\n",
            "\"\\",
            "\"${",
            "\"${\"${\"${",
            "a\\\n\"b\\\n\"",
            "}}}]])",
            "@",
            "@secure(\n",
            "é = \"ü\" ☃\n☃",
            "password = \"ü${\"é\n\"}",
            "\u{0}\u{1}",
            "=",
            "=>",
            "::",
            "<=",
        ] {
            for before in ["", "password = ", "x = [", "/* ", "\""] {
                let text = format!("{before}{text}");
                let expected = if text.ends_with('\n') { text.matches('\n').count() } else { text.split('\n').count() };
                assert_eq!(masked(&text, &(1..=50).collect()).len(), expected, "{text:?}");
            }
        }
        let deep = format!("x = {}", "[".repeat(200_000));
        assert_eq!(all(&deep), deep);
        let nested = format!("x = {}\nmode = \"open\"", "\"${".repeat(100_000));
        assert!(all(&nested).ends_with("mode = \"open\""));
    }
}
