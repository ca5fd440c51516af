//! Names of what is stored. Takes a text and gives a [`Name`] that means the same in a folder of every system and in a
//! container, and leads out of neither.

use std::fmt;

use crate::store::StoreError;

/// The longest name, in bytes. A container allows 1,024 with its prefix.
pub const MAX_NAME: usize = 512;
/// The longest part between two slashes, in bytes.
const MAX_PART: usize = 120;
/// The most parts.
const MAX_PARTS: usize = 16;
/// Names that Windows gives to devices, whatever follows behind a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// A name in a store: parts joined by slashes, for example `2026/11/01/assessment.json`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Name(String);

impl Name {
    /// Takes a text.
    ///
    /// # Errors
    /// [`StoreError::Name`] for an empty or long text, an empty part, a part that begins or ends with a dot, other signs than
    /// ASCII letters, digits, `-`, `_`, `.` and `=`, and names of devices.
    pub fn new(text: &str) -> Result<Self, StoreError> {
        let wrong = |why: &'static str| StoreError::Name { name: crate::model::printable(text, 100), why };
        if text.is_empty() || text.len() > MAX_NAME || text.split('/').count() > MAX_PARTS {
            return Err(wrong("it must have 1 to 512 bytes and at most 16 parts"));
        }
        for part in text.split('/') {
            if part.is_empty() || part.len() > MAX_PART {
                return Err(wrong("each part between slashes must have 1 to 120 bytes"));
            }
            if part.starts_with('.') || part.ends_with('.') {
                return Err(wrong("no part may begin or end with a dot"));
            }
            if !part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'=')) {
                return Err(wrong("only ASCII letters, digits, '-', '_', '.', '=' and '/' are allowed"));
            }
            let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
            if DEVICES.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit())) && stem.len() <= 4 {
                return Err(wrong("Windows keeps this name for a device"));
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_names_are_taken_as_they_are() {
        for name in
            ["a", "2026/11/01/run-1.jsonl.zst", "bundles/Q4_2026=x/MANIFEST.sha256", "console/aux-1", &"a".repeat(120)]
        {
            assert_eq!(Name::new(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn names_that_lead_elsewhere_or_mean_something_else_are_refused() {
        for name in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            "..",
            "a/../b",
            ".",
            "./a",
            ".hidden",
            "a/.b",
            "a.",
            "a./b",
            "a\\b",
            "C:a",
            "a b",
            "a\0b",
            "a\nb",
            "a\u{202e}b",
            "é",
            "a%2fb",
            "a?b",
            "a#b",
            "a*b",
            "CON",
            "a/nul.txt",
            "com1",
            "LPT9.json",
            "a+b",
            "~a",
            &"a".repeat(121),
            &"a/".repeat(17),
            &vec!["a".repeat(100); 6].join("/"),
        ] {
            assert!(matches!(Name::new(name), Err(StoreError::Name { .. })), "{name:?}");
        }
    }
}
