//! A bundle on disk: the archive, or the folder that it was unpacked to. Reads; follows no link.

use std::fs::File;
use std::path::Path;

use crate::evidence::archive::Budget;
use crate::evidence::{Bundle, EvidenceError, Limits};

/// How deep folders are read: a bundle has five levels.
const MAX_DEPTH: usize = 16;

/// Opens a bundle: a `.tar.gz`, or the folder that it was unpacked to.
///
/// # Errors
/// [`EvidenceError`] when it cannot be read, or holds what no bundle holds, such as a link.
pub fn open(path: &Path, limits: Limits) -> Result<Bundle, EvidenceError> {
    let failed = |source| EvidenceError::Io { what: format!("{} cannot be read", path.display()), source };
    if !path.is_dir() {
        return Bundle::read_archive(File::open(path).map_err(failed)?, limits);
    }
    let name = path.canonicalize().map_err(failed)?;
    let name = name.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
    // The folder may have been renamed; its name carries nothing.
    let mut bundle = Bundle::new(&name).or_else(|_| Bundle::new("evidence"))?;
    walk(path, "", 0, &mut Budget::new(limits), &mut bundle)?;
    Ok(bundle)
}

fn walk(
    folder: &Path,
    prefix: &str,
    depth: usize,
    budget: &mut Budget,
    bundle: &mut Bundle,
) -> Result<(), EvidenceError> {
    let failed = |source| EvidenceError::Io { what: format!("{} cannot be read", folder.display()), source };
    if depth > MAX_DEPTH {
        return Err(EvidenceError::Read(format!("{} lies too deep", folder.display())));
    }
    let mut entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(failed)?;
        let part = entry.file_name();
        let Some(part) = part.to_str() else {
            return Err(EvidenceError::Read(format!("{} has a name that is not text", entry.path().display())));
        };
        let name = format!("{prefix}{part}");
        if kind.is_dir() {
            walk(&entry.path(), &format!("{name}/"), depth + 1, budget, bundle)?;
        } else if kind.is_file() {
            let length = entry.metadata().map_err(failed)?.len();
            budget.take(length)?;
            bundle.insert(&name, &std::fs::read(entry.path()).map_err(failed)?)?;
        } else {
            return Err(EvidenceError::Read(format!("{name:?} is neither a file nor a folder; links are refused")));
        }
    }
    Ok(())
}
