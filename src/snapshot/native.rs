//! The native form, read and written line by line.

use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::model::{Footer, Gap, Manifest, Origin, Resource, SNAPSHOT_SCHEMA, Snapshot, hex};
use crate::snapshot::SnapshotError;

/// The longest line that is read, in bytes. ARM bodies are far smaller.
pub const MAX_LINE_BYTES: usize = 64 << 20;

/// How a native snapshot begins.
const START: &[u8] = b"{\"manifest\":";

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    Manifest(Manifest),
    Gap(Gap),
    Footer(Footer),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceLine {
    resource: Box<RawValue>,
    #[serde(default)]
    origin: Option<Arc<Origin>>,
    #[serde(default)]
    collections: Vec<String>,
}

#[derive(Serialize)]
struct ResourceOut<'a> {
    resource: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a Arc<Origin>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    collections: &'a [Box<str>],
}

/// Whether the input starts like a native snapshot.
pub(super) fn looks_native(path: &Path, input: &mut impl BufRead) -> Result<bool, SnapshotError> {
    let bytes = input.fill_buf().map_err(|source| SnapshotError::Io { path: path.to_owned(), source })?;
    Ok(bytes.starts_with(START))
}

/// Reads a native snapshot and refuses a truncated, reordered, duplicated or edited one.
///
/// # Errors
/// [`SnapshotError::Line`] with the line that is wrong.
pub fn read_native(path: &Path, mut input: impl BufRead) -> Result<Snapshot, SnapshotError> {
    let mut reader = Reader { path, line: 0, hash: Sha256::new() };
    let mut buffer = Vec::new();

    if !reader.next(&mut input, &mut buffer)? {
        return Err(reader.wrong("the file is empty"));
    }
    let Line::Manifest(manifest) = reader.parse(&buffer)? else {
        return Err(reader.wrong("the first line must be the manifest"));
    };
    if manifest.schema != SNAPSHOT_SCHEMA {
        return Err(reader.wrong(&format!(
            "the schema is {:?}, and this version reads {SNAPSHOT_SCHEMA:?}; use the assize that wrote it",
            manifest.schema
        )));
    }
    reader.hash(&buffer);

    let mut resources: Vec<Resource> = Vec::new();
    let mut gaps: Vec<Gap> = Vec::new();
    let footer = loop {
        if !reader.next(&mut input, &mut buffer)? {
            return Err(reader.wrong("the file ends before the footer: it was cut off, collect again or copy it whole"));
        }
        if buffer.starts_with(b"{\"resource\":") {
            let line: ResourceLine = reader.parse(&buffer)?;
            let resource = Resource::from_raw(line.resource)
                .map_err(|e| reader.wrong(&format!("the resource cannot be used: {e}")))?
                .with_origin(line.origin)
                .with_collections(&line.collections);
            if !gaps.is_empty() {
                return Err(reader.wrong("a resource stands after a gap; resources come first"));
            }
            if let Some(last) = resources.last() {
                if last.id() == resource.id() {
                    return Err(reader.wrong(&format!("the resource {} appears twice", resource.id())));
                }
                if last.id() > resource.id() {
                    return Err(reader.wrong(&format!("the resource {} is out of order", resource.id())));
                }
            }
            resources.push(resource);
        } else {
            match reader.parse(&buffer)? {
                Line::Gap(gap) => {
                    if gaps.last().is_some_and(|last| *last >= gap) {
                        return Err(reader.wrong("the gap is out of order or appears twice"));
                    }
                    gaps.push(gap);
                }
                Line::Footer(footer) => break footer,
                Line::Manifest(_) => return Err(reader.wrong("a second manifest: two snapshots were joined")),
            }
        }
        reader.hash(&buffer);
    };
    let digest = hex(&reader.hash.clone().finalize());
    if footer.resources != resources.len() as u64 || footer.gaps != gaps.len() as u64 {
        return Err(reader.wrong(&format!(
            "the footer counts {} resources and {} gaps, the file has {} and {}: lines were removed or added",
            footer.resources,
            footer.gaps,
            resources.len(),
            gaps.len()
        )));
    }
    if footer.sha256 != digest {
        return Err(reader.wrong("the digest in the footer does not fit the lines: the file was edited or damaged"));
    }
    if reader.next(&mut input, &mut buffer)? {
        return Err(reader.wrong("there is text after the footer"));
    }
    Ok(Snapshot::from_ordered(manifest, resources, gaps, digest))
}

struct Reader<'a> {
    path: &'a Path,
    line: u64,
    hash: Sha256,
}

impl Reader<'_> {
    fn wrong(&self, what: &str) -> SnapshotError {
        SnapshotError::Line { path: self.path.to_owned(), line: self.line.max(1), what: what.to_owned() }
    }

    /// Reads a line with its end into the buffer; false at the end of the file.
    fn next(&mut self, input: &mut impl BufRead, buffer: &mut Vec<u8>) -> Result<bool, SnapshotError> {
        buffer.clear();
        self.line += 1;
        loop {
            let available = input.fill_buf().map_err(|source| match source.kind() {
                // zstd reports a cut-off or damaged frame as an error of reading.
                std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::Other => {
                    self.wrong(&format!("the compressed data is cut off or damaged ({source}); copy the file whole"))
                }
                _ => SnapshotError::Io { path: self.path.to_owned(), source },
            })?;
            if available.is_empty() {
                if buffer.is_empty() {
                    return Ok(false);
                }
                return Err(self.wrong("the last line has no end: the file was cut off"));
            }
            let (take, done) = match available.iter().position(|b| *b == b'\n') {
                Some(at) => (at + 1, true),
                None => (available.len(), false),
            };
            if buffer.len() + take > MAX_LINE_BYTES {
                return Err(self.wrong(&format!("the line is longer than {} MiB", MAX_LINE_BYTES >> 20)));
            }
            buffer.extend_from_slice(&available[..take]);
            input.consume(take);
            if done {
                return Ok(true);
            }
        }
    }

    fn hash(&mut self, buffer: &[u8]) {
        self.hash.update(buffer);
    }

    fn parse<'de, T: Deserialize<'de>>(&self, buffer: &'de [u8]) -> Result<T, SnapshotError> {
        let text = std::str::from_utf8(buffer)
            .map_err(|e| self.wrong(&format!("byte {} of the line is not UTF-8", e.valid_up_to() + 1)))?;
        serde_json::from_str(text).map_err(|e| self.wrong(&format!("not a line of a snapshot: {e}")))
    }
}

/// Writes a native snapshot and gives its digest: SHA-256 over all lines before the footer, hex.
///
/// # Errors
/// What the writer says.
pub fn write_native(out: &mut impl Write, snapshot: &Snapshot) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut line = Vec::new();
    let mut emit = |line: &mut Vec<u8>, out: &mut dyn Write| {
        line.push(b'\n');
        hash.update(&*line);
        let written = out.write_all(line);
        line.clear();
        written
    };
    serde_json::to_writer(&mut line, &serde_json::json!({ "manifest": snapshot.manifest() }))?;
    emit(&mut line, out)?;
    for resource in snapshot.resources() {
        // Through a tree, so that keys are sorted.
        let body = resource.parsed()?;
        let row = ResourceOut { resource: body, origin: resource.origin(), collections: resource.collections() };
        serde_json::to_writer(&mut line, &row)?;
        emit(&mut line, out)?;
    }
    for gap in snapshot.gaps() {
        serde_json::to_writer(&mut line, &serde_json::json!({ "gap": gap }))?;
        emit(&mut line, out)?;
    }
    let digest = hex(&hash.finalize());
    let footer = Footer {
        resources: snapshot.resources().len() as u64,
        gaps: snapshot.gaps().len() as u64,
        sha256: digest.clone(),
    };
    serde_json::to_writer(&mut *out, &serde_json::json!({ "footer": footer }))?;
    out.write_all(b"\n")?;
    Ok(digest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GapReason, Source, Tool};

    fn sample() -> Snapshot {
        let manifest = Manifest {
            schema: SNAPSHOT_SCHEMA.to_owned(),
            tool: Tool::this(),
            source: Source::Azure,
            scope: vec!["/subscriptions/s".to_owned()],
            started: Some("2026-11-01T00:00:00Z".to_owned()),
            ended: Some("2026-11-01T00:01:00Z".to_owned()),
            identity: None,
            partial: false,
            names: std::collections::BTreeMap::new(),
            population: Vec::new(),
        };
        let resource = |name: &str| {
            Resource::from_value(
                &serde_json::json!({"id": format!("/subscriptions/s/providers/A.B/c/{name}"), "z": 1, "a": 2}),
            )
            .unwrap()
            .with_collections(&["children"])
        };
        let gap = |about: &str| Gap {
            about: about.to_owned(),
            read: None,
            reason: GapReason::Denied,
            detail: "403".to_owned(),
        };
        Snapshot::new(manifest, vec![resource("y"), resource("x"), resource("z")], vec![gap("/b"), gap("/a")])
    }

    fn text(snapshot: &Snapshot) -> String {
        let mut out = Vec::new();
        write_native(&mut out, snapshot).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn read(text: &str) -> Result<Snapshot, SnapshotError> {
        read_native(Path::new("s.jsonl"), text.as_bytes())
    }

    #[test]
    fn what_is_written_is_read_and_written_the_same() {
        let first = text(&sample());
        let again = read(&first).unwrap();
        assert_eq!(again.resources().len(), 3);
        assert_eq!(again.resources()[0].id().name(), "x");
        assert!(again.resources()[0].has_read("Children"));
        assert_eq!(again.gaps()[0].about, "/a");
        assert_eq!(text(&again), first);
        assert!(first.contains(r#"{"a":2,"id":"#), "keys are sorted: {first}");
    }

    #[test]
    fn every_damaged_form_is_refused_with_its_line() {
        let good = text(&sample());
        let lines: Vec<&str> = good.lines().collect();
        assert_eq!(lines.len(), 7);
        let join = |picked: &[usize]| picked.iter().fold(String::new(), |t, i| t + lines[*i] + "\n");
        for (damaged, line, word) in [
            (String::new(), 1, "empty"),
            (join(&[0, 1, 2, 3, 4, 5]), 7, "before the footer"),
            (join(&[0, 1, 2]), 4, "before the footer"),
            (join(&[0, 2, 1, 3, 4, 5, 6]), 3, "out of order"),
            (join(&[0, 1, 1, 2, 3, 4, 5, 6]), 3, "twice"),
            (join(&[0, 1, 3, 4, 5, 6]), 6, "removed or added"),
            (join(&[0, 1, 2, 3, 5, 4, 6]), 6, "out of order"),
            (join(&[0, 1, 4, 2, 3, 5, 6]), 4, "resources come first"),
            (join(&[1, 2, 3, 4, 5, 6]), 1, "not a line"),
            (join(&[0, 0, 1, 2, 3, 4, 5, 6]), 2, "second manifest"),
            (join(&[0, 1, 2, 3, 4, 5, 6, 6]), 8, "after the footer"),
            (good.replace("\"z\":1", "\"z\":2"), 7, "edited"),
            (good.replace("403", "404"), 7, "edited"),
            (good.replace("\"partial\":false", "\"partial\":true"), 7, "edited"),
            (good.replace("assize.snapshot/1", "assize.snapshot/9"), 1, "schema"),
            (good.trim_end().to_owned(), 7, "no end"),
            (good.replace("\"detail\"", "\"extra\":1,\"detail\""), 5, "unknown field"),
        ] {
            let error = read(&damaged).expect_err(word).to_string();
            assert!(error.starts_with(&format!("s.jsonl:{line}: ")) && error.contains(word), "{word}: {error}");
        }
    }

    /// Found by fuzzing: a number that was read less exactly than it is written changed the bytes at every reading.
    #[test]
    fn numbers_keep_their_value() {
        let body = r#"{"id":"/subscriptions/s/providers/A.B/c/n","n":1.333333333333333333333333333333333333333333333,"m":18446744073709551615,"z":-0.0,"e":1e-7}"#;
        let resource = Resource::from_raw(serde_json::from_str(body).unwrap()).unwrap();
        let first = text(&Snapshot::new(sample().manifest().clone(), vec![resource], vec![]));
        assert_eq!(text(&read(&first).unwrap()), first);
        assert!(first.contains("1.3333333333333333") && first.contains("18446744073709551615"), "{first}");
    }

    #[test]
    fn invalid_utf8_names_line_and_byte() {
        let mut bytes = text(&sample()).into_bytes();
        let at = bytes.iter().position(|b| *b == b'\n').unwrap() + 20;
        bytes[at] = 0xff;
        let error = read_native(Path::new("s.jsonl"), bytes.as_slice()).unwrap_err().to_string();
        assert!(error.contains("s.jsonl:2: byte 20 of the line is not UTF-8"), "{error}");
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = format!("{{\"manifest\":{}1{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(&deep).is_err());
        let good = text(&sample());
        let bomb = good.replace("\"z\":1", &format!("\"z\":{}1{}", "[".repeat(5000), "]".repeat(5000)));
        assert!(
            read(&bomb)
                .unwrap_err()
                .to_string()
                .contains("s.jsonl:2: the resource cannot be used: it is nested deeper")
        );
    }
}
