//! The files below one root, read once, within bounds. Nothing outside the root is ever read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::iac::{FileId, Span};
use crate::model::Range;

/// The largest file of code that is read, in bytes. Real code stays far below; a larger file is reported and left out.
pub const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// The largest JSON file that is read, in bytes: plans of large estates are long.
pub const MAX_JSON_BYTES: u64 = 64 * 1024 * 1024;

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// It leads out of the root, by `..`, by an absolute path or by a link.
    #[error("{0} lies outside the root, and nothing outside it is read; name a root above it with --root")]
    Outside(String),
    /// It is not there.
    #[error("{0} does not exist")]
    Missing(String),
    /// It is larger than [`MAX_FILE_BYTES`], or [`MAX_JSON_BYTES`] for JSON.
    #[error("{0} has {1} bytes, more than are read of such a file")]
    TooLarge(String, u64),
    /// It is not text.
    #[error("{0} is not UTF-8 text")]
    NotText(String),
    /// The system refused.
    #[error("{0} cannot be read: {1}")]
    Io(String, String),
}

#[derive(Debug)]
enum Store {
    Disk { root: PathBuf, real: PathBuf },
    Memory(BTreeMap<String, Vec<u8>>),
}

#[derive(Debug)]
struct File {
    name: Arc<str>,
    text: Arc<str>,
    /// Byte offsets at which lines start.
    lines: Vec<u32>,
    /// UTF-16 code units before each block of [`BLOCK`] bytes; empty when the text is ASCII, where bytes are units.
    units: Vec<u32>,
}

/// How many bytes lie between two counts of UTF-16 code units, so that a place in a long line costs no walk along it.
const BLOCK: usize = 1024;

impl File {
    fn new(name: &str, text: String) -> Self {
        let lines = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at as u32 + 1))
            .collect();
        let mut units = Vec::new();
        if !text.is_ascii() {
            let mut count = 0u32;
            for (at, c) in text.char_indices() {
                // A block counts from the first character that starts in it.
                while units.len() * BLOCK <= at {
                    units.push(count);
                }
                count += c.len_utf16() as u32;
            }
        }
        Self { name: Arc::from(name), text: Arc::from(text), lines, units }
    }

    /// The UTF-16 code units before a byte, which must start a character.
    fn units_before(&self, at: usize) -> usize {
        let Some(block) = (at / BLOCK).checked_sub(usize::from(at / BLOCK >= self.units.len())) else { return at };
        let Some(count) = self.units.get(block) else { return at };
        let mut start = block * BLOCK;
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        *count as usize + self.text.get(start..at).map_or(0, |t| t.encode_utf16().count())
    }
}

#[derive(Debug, Default)]
struct Cache {
    files: Vec<File>,
    known: BTreeMap<String, Result<FileId, TreeError>>,
}

/// A folder whose files can be read by names relative to it, with forward slashes. The empty name is the folder itself.
#[derive(Debug)]
pub struct Tree {
    store: Store,
    overlay: BTreeMap<String, String>,
    cache: RefCell<Cache>,
}

impl Tree {
    /// The tree below a folder.
    ///
    /// # Errors
    /// [`TreeError`] when it is not there or not a folder.
    pub fn open(root: &Path) -> Result<Self, TreeError> {
        let name = root.to_string_lossy().into_owned();
        let real = root.canonicalize().map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => TreeError::Missing(name.clone()),
            _ => TreeError::Io(name.clone(), e.to_string()),
        })?;
        if !real.is_dir() {
            return Err(TreeError::Io(name, "it is not a folder".to_owned()));
        }
        Ok(Self {
            store: Store::Disk { root: root.to_owned(), real },
            overlay: BTreeMap::new(),
            cache: RefCell::default(),
        })
    }

    /// A tree in memory: names with forward slashes, and bytes.
    pub fn memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self { store: Store::Memory(files.into_iter().collect()), overlay: BTreeMap::new(), cache: RefCell::default() }
    }

    /// The folder on disk, for trees that are on disk.
    pub(crate) fn disk(&self) -> Option<&Path> {
        match &self.store {
            Store::Disk { root, .. } => Some(root),
            Store::Memory(_) => None,
        }
    }

    /// A name relative to a folder of the tree, without `.` and `..`.
    ///
    /// # Errors
    /// [`TreeError::Outside`] when it climbs above the root or is absolute.
    pub fn join(folder: &str, path: &str) -> Result<String, TreeError> {
        let path = path.replace('\\', "/");
        if path.starts_with('/') || path.get(1..3) == Some(":/") {
            return Err(TreeError::Outside(path));
        }
        let mut words: Vec<&str> = folder.split('/').filter(|w| !w.is_empty() && *w != ".").collect();
        for word in path.split('/') {
            match word {
                "" | "." => {}
                ".." => {
                    if words.pop().is_none() {
                        return Err(TreeError::Outside(path));
                    }
                }
                word => words.push(word),
            }
        }
        Ok(words.join("/"))
    }

    /// The folder that a file lies in, by name.
    pub fn parent(name: &str) -> &str {
        name.rfind('/').map_or("", |at| &name[..at])
    }

    /// Reads a file as text, without a byte-order mark. Each file is read once.
    ///
    /// # Errors
    /// [`TreeError`], the same at each call.
    pub fn read(&self, name: &str) -> Result<FileId, TreeError> {
        if let Some(known) = self.cache.borrow().known.get(name) {
            return known.clone();
        }
        let result = self.bytes(name).and_then(|bytes| {
            let text = decode(&bytes).ok_or_else(|| TreeError::NotText(name.to_owned()))?;
            let mut cache = self.cache.borrow_mut();
            let id = FileId(u32::try_from(cache.files.len()).unwrap_or(u32::MAX));
            cache.files.push(File::new(name, text));
            Ok(id)
        });
        self.cache.borrow_mut().known.insert(name.to_owned(), result.clone());
        result
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, TreeError> {
        if let Some(text) = self.overlay.get(name) {
            return Ok(text.clone().into_bytes());
        }
        let Store::Disk { real, root } = &self.store else {
            let Store::Memory(files) = &self.store else { unreachable!() };
            let bytes = files.get(name).ok_or_else(|| TreeError::Missing(name.to_owned()))?;
            if bytes.len() as u64 > limit(name) {
                return Err(TreeError::TooLarge(name.to_owned(), bytes.len() as u64));
            }
            return Ok(bytes.clone());
        };
        let io = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::NotFound => TreeError::Missing(name.to_owned()),
            _ => TreeError::Io(name.to_owned(), e.to_string()),
        };
        let path = root.join(name).canonicalize().map_err(io)?;
        if !path.starts_with(real) {
            return Err(TreeError::Outside(name.to_owned()));
        }
        let about = std::fs::metadata(&path).map_err(io)?;
        if !about.is_file() {
            return Err(TreeError::Io(name.to_owned(), "it is not a file".to_owned()));
        }
        if about.len() > limit(name) {
            return Err(TreeError::TooLarge(name.to_owned(), about.len()));
        }
        std::fs::read(&path).map_err(io)
    }

    /// The names of the files that lie directly in a folder, sorted; links that lead out of the root are left out.
    /// A folder that is not there has none.
    pub fn files_in(&self, folder: &str) -> Vec<String> {
        self.entries(folder, false)
    }

    /// The names of the folders that lie directly in a folder, sorted.
    pub fn folders_in(&self, folder: &str) -> Vec<String> {
        self.entries(folder, true)
    }

    fn entries(&self, folder: &str, folders: bool) -> Vec<String> {
        let full = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let mut names: Vec<String> = match &self.store {
            Store::Memory(files) => {
                let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                let below = files.range(prefix.clone()..).take_while(|(n, _)| n.starts_with(&prefix));
                below
                    .filter_map(|(name, _)| {
                        let rest = &name[prefix.len()..];
                        match (rest.split_once('/'), folders) {
                            (Some((first, _)), true) => Some(full(first)),
                            (None, false) => Some(name.clone()),
                            _ => None,
                        }
                    })
                    .collect()
            }
            Store::Disk { root, real } => {
                let path = root.join(folder);
                if !path.canonicalize().is_ok_and(|p| p.starts_with(real)) {
                    return Vec::new();
                }
                let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
                entries
                    .filter_map(Result::ok)
                    .filter(|e| {
                        let inside = || e.path().canonicalize().is_ok_and(|p| p.starts_with(real));
                        match e.file_type() {
                            Ok(kind) if kind.is_symlink() => e.path().is_dir() == folders && inside(),
                            Ok(kind) => kind.is_dir() == folders,
                            Err(_) => false,
                        }
                    })
                    .filter_map(|e| e.file_name().to_str().map(full))
                    .collect()
            }
        };
        names.sort();
        names.dedup();
        names
    }

    /// Whether a file of that name lies in the tree.
    pub fn has_file(&self, name: &str) -> bool {
        match &self.store {
            Store::Memory(files) => files.contains_key(name),
            Store::Disk { root, real } => {
                root.join(name).canonicalize().is_ok_and(|p| p.starts_with(real) && p.is_file())
            }
        }
    }

    /// Whether a folder of that name lies in the tree.
    pub fn has_folder(&self, name: &str) -> bool {
        match &self.store {
            Store::Memory(files) => {
                name.is_empty()
                    || files.range(format!("{name}/")..).next().is_some_and(|(n, _)| n.starts_with(&format!("{name}/")))
            }
            Store::Disk { root, real } => {
                root.join(name).canonicalize().is_ok_and(|p| p.starts_with(real) && p.is_dir())
            }
        }
    }

    /// The name of a file that was read.
    pub fn name(&self, file: FileId) -> Arc<str> {
        Arc::clone(&self.cache.borrow().files[file.0 as usize].name)
    }

    /// The text of a file that was read.
    pub fn text(&self, file: FileId) -> Arc<str> {
        Arc::clone(&self.cache.borrow().files[file.0 as usize].text)
    }

    /// How many files were read.
    pub fn files_read(&self) -> usize {
        self.cache.borrow().files.len()
    }

    /// The span of lines and columns; `None` when the file is shorter.
    pub(crate) fn span(&self, file: FileId, range: Range) -> Option<Span> {
        let cache = self.cache.borrow();
        let it = &cache.files[file.0 as usize];
        let offset = |line: u32, column: u32| {
            let start = *it.lines.get(line.checked_sub(1)? as usize)? as usize;
            let mut units = column.checked_sub(1)? as usize;
            let mut at = start;
            for c in it.text.get(start..)?.chars() {
                if units == 0 {
                    break;
                }
                units = units.saturating_sub(c.len_utf16());
                at += c.len_utf8();
            }
            (units == 0).then_some(at)
        };
        Some(Span::new(file, offset(range.start_line, range.start_column)?..offset(range.end_line, range.end_column)?))
    }

    /// Lays a text over a file that has not been read yet: what a reading would find after an edit.
    pub fn overlay(&mut self, name: &str, text: String) {
        self.overlay.insert(name.to_owned(), text);
    }

    /// Lines and columns of a span. Columns count UTF-16 code units.
    pub fn range(&self, span: Span) -> Range {
        let cache = self.cache.borrow();
        let file = &cache.files[span.file.0 as usize];
        let place = |at: u32| {
            let line = file.lines.partition_point(|start| *start <= at).max(1);
            let start = file.lines[line - 1] as usize;
            let mut end = (at as usize).min(file.text.len());
            while !file.text.is_char_boundary(end) {
                end -= 1;
            }
            let column = file.units_before(end).saturating_sub(file.units_before(start));
            (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column + 1).unwrap_or(u32::MAX))
        };
        let (start_line, start_column) = place(span.start);
        let (end_line, end_column) = place(span.end.max(span.start));
        Range { start_line, start_column, end_line, end_column }
    }
}

/// The most bytes that are read of a file of that name.
fn limit(name: &str) -> u64 {
    if name.to_lowercase().ends_with(".json") { MAX_JSON_BYTES } else { MAX_FILE_BYTES }
}

/// UTF-8, or UTF-16 with a byte-order mark as Windows editors write it.
fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|c| order([c[0], c[1]])).collect();
        rest.len().is_multiple_of(2).then(|| String::from_utf16(&units).ok()).flatten()
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        bytes => String::from_utf8(bytes.to_vec()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        Tree::memory(files.iter().map(|(n, t)| ((*n).to_owned(), t.as_bytes().to_vec())))
    }

    #[test]
    fn places_count_lines_and_utf16_columns() {
        let tree = tree(&[("a.tf", "x = 1\nä😀 = 2\n")]);
        let file = tree.read("a.tf").unwrap();
        let at = tree.range(Span::new(file, 6..12));
        assert_eq!((at.start_line, at.start_column, at.end_line, at.end_column), (2, 1, 2, 4));
        assert_eq!(tree.span(file, at), Some(Span::new(file, 6..12)));
        assert_eq!(tree.span(file, crate::model::Range { start_line: 9, ..at }), None);
        let end = tree.range(Span::new(file, 17..900));
        assert_eq!((end.start_line, end.end_line), (3, 3));
    }

    #[test]
    fn places_in_long_lines_cost_no_walk() {
        for piece in ["abcdefg", "aä😀", "ä", "😀"] {
            let text = format!("x\n{}", piece.repeat(3000));
            let tree = tree(&[("a.tf", &text)]);
            let file = tree.read("a.tf").unwrap();
            for (at, _) in text.char_indices().filter(|(at, _)| *at > 1) {
                let wanted = text[2..at].encode_utf16().count() + 1;
                assert_eq!(tree.range(Span::new(file, at..at)).start_column as usize, wanted, "{piece} {at}");
            }
        }
    }

    #[test]
    fn nothing_climbs_out() {
        assert_eq!(Tree::join("a/b", "../c/./d").unwrap(), "a/c/d");
        assert_eq!(Tree::join("a", "..").unwrap(), "");
        for (folder, path) in [("a", "../../x"), ("", ".."), ("a", "/etc/passwd"), ("a", "C:\\x"), ("", "b/../../x")] {
            assert!(matches!(Tree::join(folder, path), Err(TreeError::Outside(_))), "{folder} {path}");
        }
    }

    #[test]
    fn files_and_folders_are_listed_in_order() {
        let tree = tree(&[("b.tf", ""), ("a.tf", ""), ("m/x.tf", ""), ("m/n/y.tf", "")]);
        assert_eq!(tree.files_in(""), ["a.tf", "b.tf"]);
        assert_eq!(tree.folders_in(""), ["m"]);
        assert_eq!(tree.files_in("m"), ["m/x.tf"]);
        assert_eq!(tree.folders_in("m"), ["m/n"]);
        assert!(tree.has_file("m/x.tf") && tree.has_folder("m/n") && !tree.has_folder("m/x.tf"));
    }

    #[test]
    fn marks_and_other_encodings() {
        assert_eq!(decode(b"\xef\xbb\xbfx").unwrap(), "x");
        assert_eq!(decode(&[0xff, 0xfe, b'x', 0]).unwrap(), "x");
        assert_eq!(decode(&[0xff, 0xfe, b'x']), None);
        assert_eq!(decode(&[0xff]), None);
    }

    #[test]
    fn disk_links_out_of_the_root_are_refused() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.tf"), "x").unwrap();
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("in")).unwrap();
        std::fs::write(root.path().join("in/a.tf"), "x").unwrap();
        let tree = Tree::open(root.path()).unwrap();
        assert!(tree.read("in/a.tf").is_ok());
        assert!(matches!(tree.read("in/b.tf"), Err(TreeError::Missing(_))));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path(), root.path().join("out")).unwrap();
            std::os::unix::fs::symlink(outside.path().join("secret.tf"), root.path().join("in/link.tf")).unwrap();
            assert!(matches!(tree.read("out/secret.tf"), Err(TreeError::Outside(_))));
            assert!(matches!(tree.read("in/link.tf"), Err(TreeError::Outside(_))));
            assert_eq!(tree.files_in("in"), ["in/a.tf"]);
            assert!(tree.files_in("out").is_empty());
        }
    }
}
