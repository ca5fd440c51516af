//! The bundle as one file: ustar in gzip, which every system opens. Takes a bundle and gives the same bytes for the same
//! files; takes an archive of whoever, and gives a bundle or refuses it.

use std::io::{BufRead, BufReader, Read, Write};

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};
use tar::{Archive, EntryType, Header};

use crate::evidence::{Bundle, EvidenceError};

/// The byte of a gzip header that says nothing of the system that wrote it.
const NO_SYSTEM: u8 = 255;

/// How much a bundle may hold when it is read. What is larger is refused, so that no file fills memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most files.
    pub files: usize,
    /// The most bytes of one file.
    pub file_bytes: u64,
    /// The most bytes of all files together.
    pub total_bytes: u64,
}

impl Default for Limits {
    /// A million files, 1 GiB each, 16 GiB together.
    fn default() -> Self {
        Self { files: 1_000_000, file_bytes: 1 << 30, total_bytes: 16 << 30 }
    }
}

/// Counts what is read against the limits.
pub(super) struct Budget {
    limits: Limits,
    files: usize,
    bytes: u64,
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, files: 0, bytes: 0 }
    }

    /// Takes one file of that many bytes.
    pub(super) fn take(&mut self, length: u64) -> Result<(), EvidenceError> {
        self.files += 1;
        self.bytes = self.bytes.saturating_add(length);
        let Limits { files, file_bytes, total_bytes } = self.limits;
        if self.files > files {
            return Err(EvidenceError::Read(format!("it has more than {files} files")));
        }
        if length > file_bytes {
            return Err(EvidenceError::Read(format!("a file has {length} bytes, and {file_bytes} are read at most")));
        }
        if self.bytes > total_bytes {
            return Err(EvidenceError::Read(format!("its files have more than {total_bytes} bytes together")));
        }
        Ok(())
    }
}

impl Bundle {
    /// Writes the bundle as a `.tar.gz`: files sorted by name, no times, no owners.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_archive(&self, out: impl Write) -> Result<(), EvidenceError> {
        let failed = |source| EvidenceError::Io { what: "the archive cannot be written".to_owned(), source };
        let gzip = GzBuilder::new().mtime(0).operating_system(NO_SYSTEM).write(out, Compression::default());
        let mut tar = tar::Builder::new(gzip);
        for name in self.names() {
            let bytes = self.get(name).unwrap_or_default();
            let mut header = Header::new_ustar();
            header.set_path(format!("{}/{name}", self.name())).map_err(failed)?;
            header.set_entry_type(EntryType::Regular);
            header.set_mode(if name.ends_with(".sh") { 0o755 } else { 0o644 });
            header.set_size(bytes.len() as u64);
            header.set_mtime(0);
            header.set_uid(0);
            header.set_gid(0);
            header.set_cksum();
            tar.append(&header, bytes.as_slice()).map_err(failed)?;
        }
        tar.into_inner().and_then(flate2::write::GzEncoder::finish).and_then(|mut out| out.flush()).map_err(failed)
    }

    /// Reads a `.tar.gz`. Everything but plain files below one folder is refused: links, devices, folders, long names in
    /// extensions, names that leave the folder, names twice, and anything after the end.
    ///
    /// # Errors
    /// [`EvidenceError`] with what is refused.
    pub fn read_archive(input: impl Read, limits: Limits) -> Result<Self, EvidenceError> {
        let unreadable = |e: std::io::Error| EvidenceError::Read(format!("the archive is damaged or no .tar.gz: {e}"));
        let mut budget = Budget::new(limits);
        let mut bundle: Option<Self> = None;
        let mut archive = Archive::new(GzDecoder::new(BufReader::new(input)));
        for entry in archive.entries().map_err(unreadable)?.raw(true) {
            let mut entry = entry.map_err(unreadable)?;
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if entry.header().entry_type() != EntryType::Regular || entry.header().as_ustar().is_none() {
                return Err(EvidenceError::Read(format!(
                    "{path:?} is no plain file: links, folders and extensions are refused"
                )));
            }
            let length = entry.header().entry_size().map_err(unreadable)?;
            budget.take(length)?;
            let Some((folder, name)) = path.split_once('/') else {
                return Err(EvidenceError::Read(format!("{path:?} lies outside of the bundle's folder")));
            };
            let bundle = match &mut bundle {
                Some(bundle) if bundle.name() == folder => bundle,
                Some(_) => return Err(EvidenceError::Read(format!("{path:?} lies outside of the bundle's folder"))),
                none => none.insert(Self::new(folder)?),
            };
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(unreadable)?;
            if bytes.len() as u64 != length {
                return Err(EvidenceError::Read(format!("{path:?} is cut off")));
            }
            bundle.insert(name, &bytes)?;
        }
        // What follows the end of the tar or of the gzip member is shown by some tools and not by others.
        let mut rest = archive.into_inner();
        let mut block = [0u8; 4096];
        let mut padding = 0u64;
        loop {
            let read = rest.read(&mut block).map_err(unreadable)?;
            padding += read as u64;
            if read == 0 {
                break;
            }
            if block[..read].iter().any(|b| *b != 0) || padding > limits.file_bytes {
                return Err(EvidenceError::Read("there is something after the end of the archive".to_owned()));
            }
        }
        if !rest.into_inner().fill_buf().map_err(unreadable)?.is_empty() {
            return Err(EvidenceError::Read("there is something after the end of the compressed data".to_owned()));
        }
        bundle.ok_or_else(|| EvidenceError::Read("it is empty".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Bundle {
        let mut bundle = Bundle::new("evidence_x").unwrap();
        bundle.insert("a/b.json", b"{}").unwrap();
        bundle.insert("c.sh", &[7u8; 5000]).unwrap();
        bundle
    }

    fn bytes_of(bundle: &Bundle) -> Vec<u8> {
        let mut bytes = Vec::new();
        bundle.write_archive(&mut bytes).unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Bundle, EvidenceError> {
        Bundle::read_archive(bytes, Limits::default())
    }

    /// Path as raw bytes, type, content.
    type Entry<'a> = (&'a [u8], EntryType, &'a [u8]);

    /// An archive with these entries.
    fn hostile(entries: &[Entry<'_>]) -> Vec<u8> {
        let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::fast()));
        for (path, kind, content) in entries {
            let mut header = Header::new_ustar();
            header.as_mut_bytes()[..path.len()].copy_from_slice(path);
            header.set_entry_type(*kind);
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            tar.append(&header, *content).unwrap();
        }
        tar.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn the_same_files_give_the_same_bytes_and_come_back() {
        let bytes = bytes_of(&bundle());
        assert_eq!(bytes, bytes_of(&bundle()));
        // No time, and no system.
        assert_eq!(&bytes[..10], &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
        let back = read(&bytes).unwrap();
        assert_eq!(back.name(), "evidence_x");
        assert_eq!(back.get("a/b.json").unwrap(), b"{}");
        assert_eq!(bytes_of(&back), bytes);
    }

    #[test]
    fn hostile_entries_are_refused() {
        use EntryType as T;
        let plain: Entry<'_> = (b"x/a", T::Regular, b"1");
        assert!(read(&hostile(&[plain])).is_ok());
        let cases: &[(&str, Vec<Entry<'_>>)] = &[
            ("outside", vec![(b"a", T::Regular, b"1")]),
            ("two folders", vec![plain, (b"y/a", T::Regular, b"1")]),
            ("up", vec![(b"x/../a", T::Regular, b"1")]),
            ("up at once", vec![(b"../a", T::Regular, b"1")]),
            ("absolute", vec![(b"/etc/a", T::Regular, b"1")]),
            ("backslash", vec![(b"x/..\\a", T::Regular, b"1")]),
            ("newline", vec![(b"x/a\nb", T::Regular, b"1")]),
            ("not text", vec![(b"x/\xff", T::Regular, b"1")]),
            ("twice", vec![plain, plain]),
            ("twice in capitals", vec![plain, (b"x/A", T::Regular, b"1")]),
            ("file and folder", vec![plain, (b"x/a/b", T::Regular, b"1")]),
            ("symbolic link", vec![(b"x/a", T::Symlink, b"")]),
            ("hard link", vec![(b"x/a", T::Link, b"")]),
            ("folder", vec![(b"x/a", T::Directory, b"")]),
            ("device", vec![(b"x/a", T::Char, b"")]),
            ("pipe", vec![(b"x/a", T::Fifo, b"")]),
            ("pax", vec![(b"x/p", T::XHeader, b"19 path=/etc/passwd\n"), plain]),
            ("pax for all", vec![(b"x/p", T::XGlobalHeader, b"19 path=/etc/passwd\n"), plain]),
            ("long name", vec![(b"././@LongLink", T::GNULongName, b"/etc/passwd\0"), plain]),
            ("sparse", vec![(b"x/a", T::GNUSparse, b"")]),
        ];
        for (what, entries) in cases {
            assert!(read(&hostile(entries)).is_err(), "{what}");
        }
    }

    #[test]
    fn what_follows_the_end_is_refused() {
        let bytes = bytes_of(&bundle());
        let mut twice = bytes.clone();
        twice.extend_from_slice(&bytes);
        assert!(read(&twice).unwrap_err().to_string().contains("after the end"));
        let mut tail = bytes.clone();
        tail.push(0);
        assert!(read(&tail).is_err());
        assert!(read(&bytes[..bytes.len() - 9]).is_err());
        assert!(read(&bytes[..bytes.len() / 2]).is_err());
        assert!(read(b"").is_err());
        assert!(read(b"PK\x03\x04").is_err());
        // A second archive inside of the same member.
        let mut inner = Vec::new();
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut inner).unwrap();
        let again = inner.clone();
        inner.extend_from_slice(&again);
        let mut gzip = GzBuilder::new().write(Vec::new(), Compression::fast());
        gzip.write_all(&inner).unwrap();
        assert!(read(&gzip.finish().unwrap()).unwrap_err().to_string().contains("after the end"));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let bytes = bytes_of(&bundle());
        let limits = Limits { files: 2, file_bytes: 5000, total_bytes: 5002 };
        assert!(Bundle::read_archive(bytes.as_slice(), limits).is_ok());
        for limits in [
            Limits { files: 1, ..limits },
            Limits { file_bytes: 4999, ..limits },
            Limits { total_bytes: 5001, ..limits },
        ] {
            assert!(Bundle::read_archive(bytes.as_slice(), limits).is_err(), "{limits:?}");
        }
        // A header that promises more than there is.
        let mut tar = vec![0u8; 512];
        let mut header = Header::new_ustar();
        header.set_path("x/a").unwrap();
        header.set_entry_type(EntryType::Regular);
        header.set_size(900 << 20);
        header.set_cksum();
        tar[..512].copy_from_slice(header.as_bytes());
        let mut gzip = GzBuilder::new().write(Vec::new(), Compression::fast());
        gzip.write_all(&tar).unwrap();
        assert!(read(&gzip.finish().unwrap()).is_err());
    }
}
