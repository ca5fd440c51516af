//! What changed in folders of policies: a cheap look at the files, and the policies whose tests a change concerns.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::SystemTime;

use crate::policy::Sources;
use crate::policy::library::{MAX_FOLDER_DEPTH, is_policy_file};

/// Size and time of change of every policy file below a folder, by path relative to it. Equal stamps mean that nothing was
/// written; files that editors leave beside a policy do not count. What cannot be read is left out.
pub fn stamps(folder: &Path) -> BTreeMap<String, (u64, Option<SystemTime>)> {
    let mut found = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((folder, prefix, depth)) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < MAX_FOLDER_DEPTH {
                open.push((entry.path(), format!("{path}/"), depth + 1));
            } else if kind.is_file()
                && is_policy_file(&path)
                && let Ok(data) = entry.metadata()
            {
                found.insert(path, (data.len(), data.modified().ok()));
            }
        }
    }
    found
}

/// Which tests a change concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// A library or framework changed, on which any policy may rest.
    pub everything: bool,
    /// The ids of policies whose folder changed; one that is gone is not among them.
    pub policies: BTreeSet<String>,
}

/// The difference between two readings of a folder, by text: a file that was only saved again is no change.
pub fn changes(old: &Sources, new: &Sources) -> Changes {
    let (old, new) = (old.files(), new.files());
    let mut changes = Changes::default();
    let written = new.iter().filter(|(path, text)| old.get(*path) != Some(*text)).map(|(path, _)| path);
    for path in written.chain(old.keys().filter(|path| !new.contains_key(*path))) {
        if path.starts_with("lib/") || path.starts_with("frameworks/") {
            changes.everything = true;
        } else if let Some((folder, _)) = path.rsplit_once('/').filter(|_| !path.starts_with("profiles/"))
            && new.contains_key(&format!("{folder}/policy.rego"))
        {
            changes.policies.insert(folder.replace('/', "."));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        Sources::from_files("own", files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
    }

    #[test]
    fn a_change_concerns_its_folder_and_a_library_everything() {
        let old = sources(&[
            ("a/b/policy.rego", "1"),
            ("a/b/pass.json", "1"),
            ("a/c/policy.rego", "1"),
            ("lib/x/x.rego", "1"),
        ]);
        let ids = |new: &[(&str, &str)]| changes(&old, &sources(new));
        let same = [("a/b/policy.rego", "1"), ("a/b/pass.json", "1"), ("a/c/policy.rego", "1"), ("lib/x/x.rego", "1")];
        assert_eq!(ids(&same), Changes::default());
        let mut other = same;
        other[1].1 = "2";
        assert_eq!(ids(&other).policies, BTreeSet::from(["a.b".to_owned()]));
        assert_eq!(ids(&same[1..]).policies, BTreeSet::new(), "a policy that is gone has no tests");
        assert!(!ids(&same[..3]).policies.contains("lib.x") && ids(&same[..3]).everything);
        let with_new = [&same[..], &[("profiles/x.yaml", "1"), ("a/d/policy.rego", "1")]].concat();
        assert_eq!(ids(&with_new), Changes { everything: false, policies: BTreeSet::from(["a.d".to_owned()]) });
    }

    #[test]
    fn files_of_editors_leave_no_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(inner.join("policy.rego"), "x").unwrap();
        let before = stamps(folder.path());
        assert_eq!(before.len(), 1);
        for name in ["policy.rego~", ".policy.rego.swp", "4913", "#policy.rego#", "policy.rego.tmp"] {
            std::fs::write(inner.join(name), "y").unwrap();
        }
        assert_eq!(stamps(folder.path()), before);
        std::fs::write(inner.join("policy.rego"), "longer").unwrap();
        assert_ne!(stamps(folder.path()), before);
    }
}
