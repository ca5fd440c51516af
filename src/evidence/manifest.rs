//! `MANIFEST.sha256`: the digest of every file, in the form that `sha256sum -c` reads.

use std::collections::BTreeMap;

use crate::evidence::files::check_name;
use crate::evidence::{Bundle, is_sha256};

/// The name of the manifest. Files whose name begins with `MANIFEST.` are not in it: they are the manifest and what is said
/// of it.
pub const MANIFEST: &str = "MANIFEST.sha256";

/// Whether the file is the manifest, or a signature or time stamp of it.
pub(super) fn is_about_manifest(name: &str) -> bool {
    name.starts_with("MANIFEST.")
}

/// The manifest of the bundle's files: sorted by the bytes of the name, one line each.
pub(super) fn write(bundle: &Bundle) -> String {
    let mut text = String::new();
    for name in bundle.names().filter(|n| !is_about_manifest(n)) {
        text.push_str(bundle.sha256(name).unwrap_or_default());
        text.push_str("  ");
        text.push_str(name);
        text.push('\n');
    }
    text
}

/// Reads a manifest: name → digest.
///
/// # Errors
/// What is wrong, with the line. Lines that `sha256sum` would skip, names that are not safe and names that are not in
/// order are wrong.
pub(super) fn read(text: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let text = std::str::from_utf8(text).map_err(|_| "the manifest is not text".to_owned())?;
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    if !text.ends_with('\n') {
        return Err("the manifest does not end with a line feed".to_owned());
    }
    for (number, line) in text.split_terminator('\n').enumerate() {
        let wrong = |what: &str| Err(format!("line {} of the manifest {what}", number + 1));
        let Some((digest, name)) = line.split_once("  ") else { return wrong("is not a digest and a name") };
        if !is_sha256(digest) {
            return wrong("does not begin with a SHA-256");
        }
        if let Err(error) = check_name(name) {
            return wrong(&format!("has a name that is refused: {error}"));
        }
        if is_about_manifest(name) {
            return wrong("names a file about the manifest itself");
        }
        if files.last_key_value().is_some_and(|(last, _)| last.as_str() >= name) {
            return wrong("is not in order, or names a file twice");
        }
        files.insert(name.to_owned(), digest.to_owned());
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_form_is_read() {
        let digest = "0".repeat(64);
        let of = |text: String| read(text.as_bytes());
        assert_eq!(of(format!("{digest}  a\n{digest}  b/c\n")).unwrap().len(), 2);
        for text in [
            format!("{digest}  a"),
            format!("{digest} *a\n"),
            format!("{digest}  b\n{digest}  a\n"),
            format!("{digest}  a\n{digest}  a\n"),
            format!("{digest}  ../a\n"),
            format!("\\{digest}  a\n"),
            format!("{}  a\n", "A".repeat(64)),
            format!("{digest}  MANIFEST.sha256\n"),
            format!("# hello\n{digest}  a\n"),
        ] {
            assert!(of(text.clone()).is_err(), "{text}");
        }
    }
}
