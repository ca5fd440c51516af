//! Raw facts by their content. Takes a snapshot file apart into the bodies, each kept once over the whole period, and an
//! index that says where each stood; puts it together again, byte for byte.

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::evidence::{is_sha256, sha256};
use crate::model::{Footer, Manifest, Origin, SNAPSHOT_SCHEMA, hex};

const RESOURCE: &str = "{\"resource\":";
const RAW: &str = "{\"raw\":\"";

/// A resource of a snapshot and the file that holds its body.
#[derive(Debug, Clone)]
pub(super) struct RawEntry {
    /// The id as it is written.
    pub(super) id: String,
    /// The type as it is written.
    pub(super) kind: String,
    /// SHA-256 of the body.
    pub(super) sha256: String,
    /// Where it was read.
    pub(super) origin: Option<Origin>,
}

/// A snapshot that was taken apart.
#[derive(Debug)]
pub(super) struct Split {
    /// The index: the snapshot's lines with digests instead of bodies.
    pub(super) index: Vec<u8>,
    /// The first line.
    pub(super) manifest: Manifest,
    /// The resources in their order.
    pub(super) resources: Vec<RawEntry>,
    /// SHA-256 over the lines before the footer, found to be what the footer says.
    pub(super) digest: String,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    resource: &'a RawValue,
    #[serde(default)]
    origin: Option<Origin>,
}

#[derive(Deserialize)]
struct Body {
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct FirstLine {
    manifest: Manifest,
}

#[derive(Deserialize)]
struct LastLine {
    footer: Footer,
}

/// The file that holds a body.
pub(super) fn raw_name(sha256: &str) -> String {
    format!("raw/sha256/{}/{sha256}.json", &sha256[..2])
}

/// Takes a snapshot file apart. `put` is given each body with its digest; a body may come more than once.
///
/// # Errors
/// What is wrong with the snapshot, with the line.
pub(super) fn split<E: From<String>>(
    snapshot: &[u8],
    mut put: impl FnMut(&str, &[u8]) -> Result<(), E>,
) -> Result<Split, E> {
    let text = std::str::from_utf8(snapshot).map_err(|_| "the snapshot is not UTF-8 text".to_owned())?;
    let mut hash = Sha256::new();
    let mut index = String::with_capacity(text.len() / 4);
    let (mut manifest, mut footer, mut resources, mut gaps) = (None, None::<Footer>, Vec::new(), 0u64);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let wrong = |what: &dyn std::fmt::Display| format!("line {} of the snapshot: {what}", number + 1);
        if footer.is_some() {
            return Err(wrong(&"there is text after the footer").into());
        }
        let content = line.strip_suffix('\n').ok_or_else(|| wrong(&"it is cut off"))?;
        if manifest.is_none() {
            let first: FirstLine = serde_json::from_str(content).map_err(|e| wrong(&e))?;
            if first.manifest.schema != SNAPSHOT_SCHEMA {
                return Err(wrong(&format!("its format is not {SNAPSHOT_SCHEMA}")).into());
            }
            manifest = Some(first.manifest);
        } else if let Some(rest) = content.strip_prefix(RESOURCE) {
            let parsed: Line<'_> = serde_json::from_str(content).map_err(|e| wrong(&e))?;
            let body = parsed.resource.get();
            let tail = rest.strip_prefix(body).ok_or_else(|| wrong(&"the body does not stand first"))?;
            let Body { id, kind } = serde_json::from_str(body).map_err(|e| wrong(&e))?;
            let digest = sha256(body.as_bytes());
            put(&digest, body.as_bytes())?;
            index.push_str(RAW);
            index.push_str(&digest);
            index.push('"');
            index.push_str(tail);
            index.push('\n');
            resources.push(RawEntry { id, kind, sha256: digest, origin: parsed.origin });
            hash.update(line);
            continue;
        } else if content.starts_with("{\"gap\":") {
            gaps += 1;
        } else if content.starts_with("{\"footer\":") {
            let last: LastLine = serde_json::from_str(content).map_err(|e| wrong(&e))?;
            footer = Some(last.footer);
            index.push_str(line);
            continue;
        } else {
            return Err(wrong(&"it is neither a resource nor a gap nor the footer").into());
        }
        index.push_str(line);
        hash.update(line);
    }
    let manifest = manifest.ok_or_else(|| "the snapshot is empty".to_owned())?;
    let footer = footer.ok_or_else(|| "the snapshot ends before its footer: it is cut off".to_owned())?;
    let digest = hex(&hash.finalize());
    if footer.sha256 != digest || footer.resources != resources.len() as u64 || footer.gaps != gaps {
        return Err("the footer does not fit the lines of the snapshot: it was edited or damaged".to_owned().into());
    }
    Ok(Split { index: index.into_bytes(), manifest, resources, digest })
}

/// Puts a snapshot together again. `get` gives the body of a digest.
///
/// # Errors
/// What is wrong with the index, or which body is missing.
pub(super) fn join(index: &[u8], mut get: impl FnMut(&str) -> Option<Vec<u8>>) -> Result<Vec<u8>, String> {
    let text = std::str::from_utf8(index).map_err(|_| "the index is not UTF-8 text".to_owned())?;
    let mut snapshot = Vec::with_capacity(text.len() * 4);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        match line.strip_prefix(RAW) {
            Some(rest) => {
                let (digest, tail) = rest
                    .split_once('"')
                    .filter(|(digest, _)| is_sha256(digest))
                    .ok_or_else(|| format!("line {} of the index has no digest", number + 1))?;
                let body = get(digest).ok_or_else(|| format!("{} is missing", raw_name(digest)))?;
                snapshot.extend_from_slice(RESOURCE.as_bytes());
                snapshot.extend_from_slice(&body);
                snapshot.extend_from_slice(tail.as_bytes());
            }
            None => snapshot.extend_from_slice(line.as_bytes()),
        }
    }
    Ok(snapshot)
}
