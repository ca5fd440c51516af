//! The files of a bundle in memory. Takes names and bytes; gives them back in the order of their names. Refuses every name
//! that means something else on another system.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::{EvidenceError, sha256};

/// The longest name of a file below the bundle's folder, in bytes: it must fit the two fields of a ustar header.
const MAX_NAME: usize = 160;

/// The longest part of a name between two slashes, in bytes.
const MAX_PART: usize = 96;

/// Below this many bytes compression costs more than it saves.
const WORTH_COMPRESSING: usize = 256;

/// A file as it is held.
#[derive(Debug, Clone)]
struct Held {
    sha256: String,
    length: u64,
    bytes: Box<[u8]>,
    compressed: bool,
}

/// A bundle: its name and its files, sorted by name. The files are held compressed, because the runs of a quarter say
/// nearly the same ninety times.
#[derive(Debug, Clone)]
pub struct Bundle {
    name: String,
    files: BTreeMap<String, Held>,
    /// Names of files and folders in lower case: some systems know no difference. The flag is true for a file.
    taken: BTreeMap<String, bool>,
    folders: BTreeSet<String>,
}

impl Bundle {
    /// An empty bundle. `name` is the folder that the archive unpacks to.
    ///
    /// # Errors
    /// [`EvidenceError::Name`] when the name cannot be a folder everywhere.
    pub(super) fn new(name: &str) -> Result<Self, EvidenceError> {
        check_part(name, name)?;
        Ok(Self { name: name.to_owned(), files: BTreeMap::new(), taken: BTreeMap::new(), folders: BTreeSet::new() })
    }

    /// The folder that the archive unpacks to.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of all files, sorted by their bytes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The bytes of a file.
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        self.files.get(name).map(|held| {
            if held.compressed {
                // The bytes were compressed by `insert`, and nothing changes them.
                zstd::bulk::decompress(&held.bytes, usize::try_from(held.length).unwrap_or(usize::MAX))
                    .expect("what was compressed here is read back")
            } else {
                held.bytes.to_vec()
            }
        })
    }

    /// SHA-256 of a file, hex.
    pub fn sha256(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|held| held.sha256.as_str())
    }

    /// The length of a file, in bytes.
    pub(super) fn length(&self, name: &str) -> Option<u64> {
        self.files.get(name).map(|held| held.length)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// [`EvidenceError::Name`] when the name is unsafe, or taken by a file or folder.
    pub(super) fn insert(&mut self, name: &str, bytes: &[u8]) -> Result<(), EvidenceError> {
        let refuse = |what| Err(EvidenceError::Name { name: name.to_owned(), what });
        check_name(name)?;
        let lower = name.to_ascii_lowercase();
        if self.taken.contains_key(&lower) {
            return refuse("another file or folder has it, in capital or small letters");
        }
        for (at, _) in name.match_indices('/') {
            let folder = &name[..at];
            if self.folders.contains(folder) {
                continue;
            }
            if self.taken.contains_key(&lower[..at]) {
                return refuse("a part of it is a file, or a folder in other letters");
            }
            self.folders.insert(folder.to_owned());
            self.taken.insert(lower[..at].to_owned(), false);
        }
        self.taken.insert(lower, true);
        self.files.insert(name.to_owned(), Held::new(bytes));
        Ok(())
    }

    /// Adds a file, or puts other bytes into it.
    pub(super) fn set(&mut self, name: &str, bytes: &[u8]) -> Result<(), EvidenceError> {
        if let Some(held) = self.files.get_mut(name) {
            *held = Held::new(bytes);
            return Ok(());
        }
        self.insert(name, bytes)
    }
}

impl Held {
    fn new(bytes: &[u8]) -> Self {
        let packed = (bytes.len() >= WORTH_COMPRESSING).then(|| zstd::bulk::compress(bytes, 1).ok()).flatten();
        let packed = packed.filter(|p| p.len() < bytes.len());
        Self {
            sha256: sha256(bytes),
            length: bytes.len() as u64,
            compressed: packed.is_some(),
            bytes: packed.unwrap_or_else(|| bytes.to_vec()).into_boxed_slice(),
        }
    }
}

/// Whether a path below the bundle's folder is safe everywhere: relative, without `..`, of plain letters, digits and `._-`.
pub(super) fn check_name(name: &str) -> Result<(), EvidenceError> {
    if name.len() > MAX_NAME {
        return Err(EvidenceError::Name { name: shown(name), what: "it is too long" });
    }
    name.split('/').try_for_each(|part| check_part(name, part))
}

fn check_part(name: &str, part: &str) -> Result<(), EvidenceError> {
    // Names that are devices on Windows, whatever ending they have.
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let refuse = |what| Err(EvidenceError::Name { name: shown(name), what });
    if part.is_empty() {
        return refuse("a part of it is empty");
    }
    if part.len() > MAX_PART {
        return refuse("a part of it is too long");
    }
    if !part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-')) {
        return refuse("only letters, digits, full stops, hyphens and underscores are allowed");
    }
    if part.starts_with('.') || part.ends_with('.') {
        return refuse("a part of it begins or ends with a full stop");
    }
    if part.starts_with('-') {
        return refuse("a part of it begins with a hyphen, as options do");
    }
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let port = stem.len() == 4
        && (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.ends_with(|c: char| c.is_ascii_digit());
    if port || DEVICES.contains(&stem.as_str()) {
        return refuse("a part of it is a device on Windows");
    }
    Ok(())
}

fn shown(name: &str) -> String {
    name.chars().take(MAX_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_or_hide_are_refused() {
        let mut bundle = Bundle::new("evidence").unwrap();
        for name in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            ".hidden",
            "a/.b",
            "a\\b",
            "C:x",
            "a:stream",
            "nul",
            "a/CON.txt",
            "lpt1",
            "x ",
            "x.",
            "ü",
            "a\nb",
            "-rf",
            "a\u{202e}b",
            "a\0b",
        ] {
            assert!(bundle.insert(name, b"x").is_err(), "{name:?}");
        }
        assert!(bundle.insert(&"a/".repeat(90), b"x").is_err());
        assert!(bundle.insert(&"a".repeat(97), b"x").is_err());
        assert!(bundle.is_empty());
    }

    #[test]
    fn names_that_are_the_same_somewhere_are_refused() {
        let mut bundle = Bundle::new("evidence").unwrap();
        bundle.insert("a/b", b"x").unwrap();
        for name in ["a/b", "A/b", "a/B", "a", "A", "a/b/c", "A/c"] {
            assert!(bundle.insert(name, b"y").is_err(), "{name:?}");
        }
        bundle.insert("a/c", b"y").unwrap();
        assert_eq!(bundle.names().collect::<Vec<_>>(), ["a/b", "a/c"]);
    }

    #[test]
    fn bytes_come_back_compressed_or_not() {
        let mut bundle = Bundle::new("evidence").unwrap();
        let long = b"abc".repeat(1000);
        bundle.insert("long", &long).unwrap();
        bundle.insert("short", b"abc").unwrap();
        bundle.insert("empty", b"").unwrap();
        assert_eq!(bundle.get("long").unwrap(), long);
        assert_eq!(bundle.get("short").unwrap(), b"abc");
        assert_eq!(bundle.get("empty").unwrap(), b"");
        assert_eq!(bundle.get("none"), None);
    }
}
