//! Snapshot ⇄ disk. Takes bytes and gives snapshots, or the line that is wrong. Knows no Azure, no policies.
//!
//! The native form is JSON Lines: a manifest, resources sorted by id, gaps, a footer with counts and a digest. What
//! people already have on disk (answers of Azure in JSON) is read as a partial snapshot.

mod answers;
mod native;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use crate::model::Snapshot;

pub use answers::{Answers, MAX_ANSWER_BYTES, read_answers};
pub use native::{MAX_LINE_BYTES, read_native, write_native};

/// Why a file is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The file cannot be opened or read.
    #[error("cannot read {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A line is not what it should be.
    #[error("{path}:{line}: {what}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong, and what to do.
        what: String,
    },
    /// The file as a whole is not what it should be.
    #[error("{path}: {what}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        what: String,
    },
}

/// Reads the files: one native snapshot, or any number of answers of Azure, which become one partial snapshot.
///
/// A directory stands for the `.json` files below it. Compression is recognised by its first bytes.
///
/// # Errors
/// [`SnapshotError`] with the file and line concerned.
pub fn read(paths: &[PathBuf]) -> Result<Snapshot, SnapshotError> {
    let mut files = Vec::new();
    for path in paths {
        list(path, &mut files, 0)?;
    }
    files.sort();
    files.dedup();
    if files.is_empty() {
        let path = paths.first().cloned().unwrap_or_default();
        return Err(SnapshotError::File {
            path,
            what: "holds no .json file; name a snapshot (.jsonl, .zst) itself".to_owned(),
        });
    }
    let mut answers = Answers::default();
    for path in &files {
        let mut input = open(path)?;
        if native::looks_native(path, &mut input)? {
            if files.len() > 1 {
                return Err(SnapshotError::File {
                    path: path.clone(),
                    what: "is a snapshot; give it alone, because two snapshots are two times and cannot be one"
                        .to_owned(),
                });
            }
            return read_native(path, input);
        }
        answers.read(path, input)?;
    }
    Ok(answers.into_snapshot())
}

/// How deep folders are followed.
const MAX_FOLDER_DEPTH: usize = 32;

fn list(path: &Path, files: &mut Vec<PathBuf>, depth: usize) -> Result<(), SnapshotError> {
    let io = |source| SnapshotError::Io { path: path.to_owned(), source };
    if !std::fs::metadata(path).map_err(io)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    if depth > MAX_FOLDER_DEPTH {
        return Err(SnapshotError::File {
            path: path.to_owned(),
            what: format!("lies more than {MAX_FOLDER_DEPTH} folders deep; is a link pointing back?"),
        });
    }
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(path).map_err(io)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>().map_err(io)?;
    entries.sort();
    for entry in entries {
        let is_dir =
            std::fs::metadata(&entry).map_err(|source| SnapshotError::Io { path: entry.clone(), source })?.is_dir();
        if is_dir || entry.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
            list(&entry, files, depth + 1)?;
        }
    }
    Ok(())
}

/// The first bytes of a zstd frame (RFC 8878, 3.1.1).
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

fn open(path: &Path) -> Result<Box<dyn BufRead>, SnapshotError> {
    let io = |source| SnapshotError::Io { path: path.to_owned(), source };
    let mut file = BufReader::new(std::fs::File::open(path).map_err(io)?);
    let compressed = file.fill_buf().map_err(io)?.starts_with(&ZSTD_MAGIC);
    if !compressed {
        return Ok(Box::new(file));
    }
    let mut decoder = zstd::stream::read::Decoder::with_buffer(file).map_err(io)?;
    // 128 MiB of window is what `zstd --long` needs at most without a flag of its own; more is a bomb.
    decoder.window_log_max(27).map_err(io)?;
    Ok(Box::new(BufReader::with_capacity(1 << 17, decoder)))
}

/// Reads the file's bytes up to a limit.
fn read_all(path: &Path, input: impl Read, limit: u64) -> Result<Vec<u8>, SnapshotError> {
    let mut bytes = Vec::new();
    input
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| SnapshotError::Io { path: path.to_owned(), source })?;
    if bytes.len() as u64 > limit {
        return Err(SnapshotError::File {
            path: path.to_owned(),
            what: format!("is larger than {limit} bytes; split it"),
        });
    }
    Ok(bytes)
}

/// Writes a native snapshot, compressed when the name ends in `.zst`. The file appears whole or not at all.
///
/// # Errors
/// [`SnapshotError::Io`] when the file cannot be written.
pub fn write(path: &Path, snapshot: &Snapshot) -> Result<String, SnapshotError> {
    let io = |source| SnapshotError::Io { path: path.to_owned(), source };
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let file = std::fs::File::create(&partial).map_err(io)?;
    let digest = if path.extension().is_some_and(|e| e == "zst") {
        let mut encoder = zstd::stream::write::Encoder::new(file, 3).map_err(io)?;
        let digest = write_native(&mut encoder, snapshot).map_err(io)?;
        encoder.finish().map_err(io)?.sync_all().map_err(io)?;
        digest
    } else {
        let mut out = std::io::BufWriter::new(file);
        let digest = write_native(&mut out, snapshot).map_err(io)?;
        out.flush().map_err(io)?;
        out.get_ref().sync_all().map_err(io)?;
        digest
    };
    std::fs::rename(&partial, path).map_err(io)?;
    Ok(digest)
}
