//! Tables as CSV (RFC 4180) that a spreadsheet opens without harm. Takes rows of cells; gives UTF-8 bytes.
//!
//! Names and messages come from the estate. A cell that a spreadsheet would take for a formula begins with `'`; characters
//! that are not seen, or that reorder text, stand as escapes; long cells are cut.

/// The most characters of a cell: spreadsheets take 32,767.
const MAX_CELL: usize = 8_000;

/// A table that is being written.
#[derive(Debug)]
pub(super) struct Csv {
    out: csv::Writer<Vec<u8>>,
}

impl Csv {
    /// A table with these column names.
    pub(super) fn new(columns: &[&str]) -> Self {
        let out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let mut csv = Self { out };
        csv.row(columns);
        csv
    }

    /// Adds a row, which has as many cells as there are columns.
    pub(super) fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        self.out
            .write_record(cells.iter().map(|text| cell(text.as_ref())))
            .expect("memory takes everything, and every row of a table is written at one place with all its cells");
    }

    /// The file.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.out.into_inner().expect("memory takes everything")
    }
}

/// The text as it stands in a cell.
pub(super) fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
        || text.starts_with(['\t', '\r', '\n'])
    {
        out.push('\'');
    }
    let mut before = ' ';
    for (count, c) in text.chars().enumerate() {
        if count == MAX_CELL {
            out.push('…');
            break;
        }
        if acts_unseen(c) || (c == '#' && before == '#') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

/// Whether a character is not seen, or changes how others are seen.
pub(super) fn acts_unseen(c: char) -> bool {
    c.is_control()
        || (u32::from(c) & 0xfffe) == 0xfffe
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_inert() {
        assert_eq!(cell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(cell("  +1"), "'  +1");
        assert_eq!(cell("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
        assert_eq!(cell("x\n::set-output"), "x\\u{a}::set-output");
        assert_eq!(cell("##vso[task]"), "#\\u{23}vso[task]");
        assert_eq!(cell(&"a".repeat(65536)).chars().count(), MAX_CELL + 1);
        let mut csv = Csv::new(&["a", "b"]);
        csv.row(&["x,\"y\"", "</script>"]);
        assert_eq!(String::from_utf8(csv.into_bytes()).unwrap(), "a,b\r\n\"x,\"\"y\"\"\",</script>\r\n");
    }
}
