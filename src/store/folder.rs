//! A store in a local folder. A file is written under a name that no list shows, brought to the disk, and then linked to its own
//! name, which fails when that is taken: so no reader sees a part of it, and no writer replaces it.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::store::{Entry, MAX_BYTES, MAX_LISTED, Name, StoreError};

/// What files begin with that are not whole yet. No [`Name`] begins with a dot.
const PARTIAL: &str = ".partial-";
/// What the file is called that holds a name while it is being given, where there are no hard links.
const CLAIM: &str = ".claim-";

#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
}

fn io(path: &Path, action: &'static str) -> impl FnOnce(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { path, action, source }
}

impl Folder {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Writes a file that is not there; false when one is.
    pub(super) fn put(&self, name: &Name, bytes: &[u8]) -> Result<bool, StoreError> {
        self.put_by(name, bytes, |from, to| fs::hard_link(from, to))
    }

    fn put_by(
        &self,
        name: &Name,
        bytes: &[u8],
        link: impl Fn(&Path, &Path) -> std::io::Result<()>,
    ) -> Result<bool, StoreError> {
        fs::create_dir_all(&self.root).map_err(io(&self.root, "make the folder"))?;
        let path = self.within(name, true)?;
        if self.is_there(&path)? {
            return Ok(false);
        }
        let folder = path.parent().unwrap_or(&self.root);
        let partial = folder.join(format!("{PARTIAL}{}", Uuid::new_v4()));
        let written = write(&partial, bytes).and_then(|()| publish(&partial, &path, link));
        // It is of no use any more, whether it has another name by now or not.
        let removed = fs::remove_file(&partial);
        let new = written?;
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(io(&partial, "remove")(error)),
            _ => {
                sync_folder(folder)?;
                Ok(new)
            }
        }
    }

    /// Reads a file.
    pub(super) fn get(&self, name: &Name) -> Result<Vec<u8>, StoreError> {
        let missing = || StoreError::Missing { place: self.root.display().to_string(), name: name.clone() };
        let path = self.within(name, false)?;
        if !self.is_there(&path)? {
            return Err(missing());
        }
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(io(&path, "open"))?;
        file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(io(&path, "read"))?;
        if bytes.len() > MAX_BYTES {
            let place = self.root.display().to_string();
            return Err(StoreError::TooLarge { place, what: name.to_string(), most: MAX_BYTES });
        }
        Ok(bytes)
    }

    /// All files below a prefix.
    pub(super) fn list(&self, prefix: Option<&Name>) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        let start = match prefix {
            None => self.root.clone(),
            Some(prefix) => self.within(prefix, false)?,
        };
        let prefix = prefix.map(|p| format!("{p}/")).unwrap_or_default();
        match fs::symlink_metadata(&start) {
            Ok(metadata) if metadata.is_dir() || prefix.is_empty() => self.walk(&start, &prefix, &mut entries)?,
            // Nothing lies below a file.
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Err(StoreError::Link { path: start }),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(io(&start, "read")(error)),
        }
        Ok(entries)
    }

    fn walk(&self, folder: &Path, prefix: &str, entries: &mut Vec<Entry>) -> Result<(), StoreError> {
        for entry in fs::read_dir(folder).map_err(io(folder, "list"))? {
            let entry = entry.map_err(io(folder, "list"))?;
            let (path, file) = (entry.path(), entry.file_name());
            let text = file.to_string_lossy();
            if text.starts_with(PARTIAL) || text.starts_with(CLAIM) {
                continue;
            }
            let kind = entry.file_type().map_err(io(&path, "read"))?;
            let name = Name::new(&format!("{prefix}{text}"))?;
            if kind.is_dir() {
                self.walk(&path, &format!("{name}/"), entries)?;
            } else if kind.is_file() {
                let bytes = entry.metadata().map_err(io(&path, "read"))?.len();
                entries.push(Entry { name, bytes });
            } else {
                return Err(StoreError::Link { path });
            }
            if entries.len() > MAX_LISTED {
                let place = self.root.display().to_string();
                return Err(StoreError::TooLarge { place, what: "the list of names".to_owned(), most: MAX_LISTED });
            }
        }
        Ok(())
    }

    /// The path of a name, of which no part is a link; with `make`, its folders are made.
    fn within(&self, name: &Name, make: bool) -> Result<PathBuf, StoreError> {
        let mut path = self.root.clone();
        let mut parts = name.as_str().split('/').peekable();
        while let Some(part) = parts.next() {
            path.push(part);
            if parts.peek().is_none() {
                break;
            }
            if make {
                match fs::create_dir(&path) {
                    Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                        return Err(io(&path, "make the folder")(error));
                    }
                    _ => {}
                }
            }
            match fs::symlink_metadata(&path) {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(_) => return Err(StoreError::Link { path }),
                Err(error) if error.kind() == ErrorKind::NotFound && !make => {}
                Err(error) => return Err(io(&path, "read")(error)),
            }
        }
        Ok(path)
    }

    fn is_there(&self, path: &Path) -> Result<bool, StoreError> {
        match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => Ok(true),
            Ok(_) => Err(StoreError::Link { path: path.to_owned() }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(io(path, "read")(error)),
        }
    }
}

/// Writes a new file and waits until the disk has it.
fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(io(path, "make"))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io(path, "write"))
}

/// Gives a whole file its name; false when the name is taken.
fn publish(
    partial: &Path,
    path: &Path,
    link: impl Fn(&Path, &Path) -> std::io::Result<()>,
) -> Result<bool, StoreError> {
    match link(partial, path) {
        Ok(()) => return Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        // Some file systems, Azure Files among them, have no hard links.
        Err(_) => {}
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let claim = path.with_file_name(format!("{CLAIM}{name}"));
    OpenOptions::new().write(true).create_new(true).open(&claim).map_err(io(
        &claim,
        "claim the name, which another writer holds, or one that was stopped (then remove this file):",
    ))?;
    let named = match fs::symlink_metadata(path) {
        Ok(_) => Ok(false),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::rename(partial, path).map(|()| true).map_err(io(path, "name"))
        }
        Err(error) => Err(io(path, "read")(error)),
    };
    fs::remove_file(&claim).map_err(io(&claim, "remove"))?;
    named
}

/// Waits until the disk has the names of a folder.
fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Windows opens no folders as files, and writes names without being asked.
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(io(folder, "write"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::new(text).unwrap()
    }

    fn files(folder: &Path) -> Vec<String> {
        let mut found: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        found.sort();
        found
    }

    #[test]
    fn without_hard_links_a_name_is_still_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Folder::new(folder.path());
        let none = |_: &Path, _: &Path| Err(std::io::Error::from(ErrorKind::Unsupported));
        assert!(store.put_by(&name("a"), b"one", none).unwrap());
        assert!(!store.put_by(&name("a"), b"two", none).unwrap());
        assert_eq!(store.get(&name("a")).unwrap(), b"one");
        assert_eq!(files(folder.path()), ["a"]);
        fs::write(folder.path().join(".claim-b"), "").unwrap();
        let error = store.put_by(&name("b"), b"three", none).unwrap_err().to_string();
        assert!(error.contains(".claim-b") && error.contains("another writer"), "{error}");
        assert_eq!(files(folder.path()), [".claim-b", "a"]);
        assert_eq!(store.list(None).unwrap().len(), 1);
    }

    #[test]
    fn a_writer_that_comes_second_while_the_first_still_writes_loses() {
        let folder = tempfile::tempdir().unwrap();
        let store = Folder::new(folder.path());
        let late = |from: &Path, to: &Path| {
            // Between the look and the link, another writer is done.
            fs::write(to, "first").unwrap();
            fs::hard_link(from, to)
        };
        assert!(!store.put_by(&name("a/b"), b"second", late).unwrap());
        assert_eq!(store.get(&name("a/b")).unwrap(), b"first");
        assert_eq!(files(&folder.path().join("a")), ["b"]);
    }

    #[test]
    fn what_was_not_finished_is_not_seen() {
        let folder = tempfile::tempdir().unwrap();
        let store = Folder::new(folder.path());
        fs::write(folder.path().join(format!("{PARTIAL}x")), "half").unwrap();
        assert!(store.list(None).unwrap().is_empty());
        let broken = |_: &Path, to: &Path| {
            assert!(!to.exists());
            Err(std::io::Error::from(ErrorKind::Unsupported))
        };
        assert!(store.put_by(&name("a"), b"whole", broken).unwrap());
        assert_eq!(store.list(None).unwrap(), [Entry { name: name("a"), bytes: 5 }]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (outside, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("secret"), "s").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("a")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret"), folder.path().join("b")).unwrap();
        let store = Folder::new(folder.path());
        for found in [
            store.put(&name("a/x"), b"1").unwrap_err(),
            store.get(&name("a/secret")).unwrap_err(),
            store.put(&name("b"), b"1").unwrap_err(),
            store.get(&name("b")).unwrap_err(),
            store.list(None).unwrap_err(),
        ] {
            assert!(matches!(found, StoreError::Link { .. }), "{found}");
        }
        assert_eq!(files(outside.path()), ["secret"]);
    }
}
