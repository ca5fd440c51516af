//! What GitHub tells the lines of a file apart by: the rolling hash of its upload action, to the bit. An alert whose hash
//! stays is the same alert, wherever its line has moved.

use std::collections::{BTreeMap, BTreeSet};

/// How many characters from the start of a line its hash covers.
const WINDOW: usize = 100;
const FACTOR: u64 = 37;
/// A code unit that is no character stands for the end of the file.
const END: u16 = 0xffff;

/// The hashes of the lines that are wanted, by number from 1, as `hash:occurrence`. Lines that are not there have none.
///
/// Blanks and tabs do not count, and all line ends are equal.
pub(super) fn line_hashes(text: &str, wanted: &BTreeSet<u32>) -> BTreeMap<u32, String> {
    let Some(last) = wanted.last() else { return BTreeMap::new() };
    let mut rolling = Rolling::new(*last as usize);
    for unit in text.encode_utf16() {
        rolling.take(unit);
        if rolling.is_done() {
            break;
        }
    }
    rolling.finish();
    let hashes = rolling.hashes;
    let hash = |line: &u32| hashes.get((*line as usize).checked_sub(1)?).copied();
    let mut seen: BTreeMap<u64, u32> = wanted.iter().filter_map(hash).map(|h| (h, 0)).collect();
    let mut out = BTreeMap::new();
    for (line, hash) in (1u32..).zip(&hashes) {
        let Some(times) = seen.get_mut(hash) else { continue };
        *times += 1;
        if wanted.contains(&line) {
            out.insert(line, format!("{hash:x}:{times}"));
        }
    }
    out
}

struct Rolling {
    /// The last characters.
    window: [u16; WINDOW],
    /// Whether a line begins at that place of the window.
    begins: [bool; WINDOW],
    at: usize,
    hash: u64,
    /// What the character that leaves the window is multiplied by.
    first: u64,
    line_start: bool,
    after_return: bool,
    /// The hashes of the lines so far, in order.
    hashes: Vec<u64>,
    /// How many are needed.
    most: usize,
}

impl Rolling {
    fn new(most: usize) -> Self {
        let first = (0..WINDOW).fold(1u64, |product, _| product.wrapping_mul(FACTOR));
        Self {
            window: [0; WINDOW],
            begins: [false; WINDOW],
            at: 0,
            hash: 0,
            first,
            line_start: true,
            after_return: false,
            hashes: Vec::new(),
            most,
        }
    }

    fn is_done(&self) -> bool {
        self.hashes.len() >= self.most
    }

    fn take(&mut self, unit: u16) {
        const NEWLINE: u16 = b'\n' as u16;
        const RETURN: u16 = b'\r' as u16;
        if unit == u16::from(b' ') || unit == u16::from(b'\t') || (self.after_return && unit == NEWLINE) {
            self.after_return = false;
            return;
        }
        self.after_return = unit == RETURN;
        let unit = if unit == RETURN { NEWLINE } else { unit };
        self.leave();
        if self.line_start {
            self.line_start = false;
            self.begins[self.at] = true;
        }
        self.line_start = unit == NEWLINE;
        self.push(unit);
    }

    /// A line whose first character leaves the window is covered as far as its hash goes.
    fn leave(&mut self) {
        if std::mem::take(&mut self.begins[self.at]) {
            self.hashes.push(self.hash);
        }
    }

    fn push(&mut self, unit: u16) {
        let leaves = u64::from(std::mem::replace(&mut self.window[self.at], unit));
        let hash = self.hash.wrapping_mul(FACTOR).wrapping_add(u64::from(unit));
        self.hash = hash.wrapping_sub(self.first.wrapping_mul(leaves));
        self.at = (self.at + 1) % WINDOW;
    }

    fn finish(&mut self) {
        self.take(END);
        for _ in 0..WINDOW {
            self.leave();
            self.push(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let every: BTreeSet<u32> = (1..=100).collect();
        line_hashes(text, &every).into_values().collect()
    }

    /// The expected values are those of github/codeql-action's own tests.
    #[test]
    fn hashes_are_those_of_the_upload_action() {
        assert_eq!(all(""), ["c129715d7a2bc9a3:1"]);
        let expected = ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"];
        for text in [" a\nb\n  \t\tc\n d", " a\r\nb\r\n  \t\tc\r\n d", " a\rb\r  \t\tc\r d"] {
            assert_eq!(all(text), expected, "{text:?}");
        }
        let mut expected: Vec<String> = (1..=6).map(|n| format!("a7f2ff13bc495cf2:{n}")).collect();
        for hash in ["a7f2ff1481e87703", "a9cf91f7bbf1862b", "55ec222b86bcae53", "cc97dc7b1d7d8f7b", "c129715d7a2bc9a3"]
        {
            expected.push(format!("{hash}:1"));
        }
        assert_eq!(all(&"Lorem ipsum dolor sit amet.\n".repeat(10)), expected);
    }

    #[test]
    fn one_line_has_the_same_hash_whatever_else_is_wanted() {
        let text = format!("{}tail 😀\n{}", "x\n".repeat(300), "y\n".repeat(50));
        let every: BTreeSet<u32> = (1..=400).collect();
        let full = line_hashes(&text, &every);
        assert_eq!(full.len(), 352);
        for line in [1, 2, 150, 299, 301, 351, 352] {
            assert_eq!(line_hashes(&text, &BTreeSet::from([line])), BTreeMap::from([(line, full[&line].clone())]));
        }
        assert!(line_hashes(&text, &BTreeSet::from([0, 353, u32::MAX])).is_empty());
        assert!(line_hashes(&text, &BTreeSet::new()).is_empty());
    }
}
