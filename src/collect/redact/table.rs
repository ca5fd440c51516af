//! Which properties of which types are secret: `secret-properties.tsv`, in a form that a walk follows word by word. Gives
//! the table for a type; knows nothing of names and patterns.
//!
//! The rows called `readable` and `write-only` are those whose specification marks them as secret, in the newest stable
//! version of their type; `sensitive` ones are not marked and hold secrets all the same. A row counts for every
//! api-version. In a path `[]` stands for the items of an array and `*` for any member; `<name=x>.` in front limits the
//! row to the resource of that name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<BTreeMap<String, Step>> = LazyLock::new(|| {
    let mut table: BTreeMap<String, Step> = BTreeMap::new();
    for (kind, path) in rows() {
        let (guard, path) = match path.strip_prefix("<name=").and_then(|rest| rest.split_once(">.")) {
            Some((name, path)) => (Some(name), path),
            None => (None, path),
        };
        table.entry(kind.to_ascii_lowercase()).or_default().add(&words(path), guard);
    }
    table
});

/// The rows of the table: type and path.
pub(super) fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("secret-properties.tsv").lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?))
    })
}

/// The words of a path: `a[].b` is `a`, `[]`, `b`.
pub(super) fn words(path: &str) -> Vec<&str> {
    path.split('.').flat_map(|word| word.strip_suffix("[]").map_or(vec![word], |word| vec![word, "[]"])).collect()
}

/// A place on the way to secret properties.
#[derive(Debug, Default)]
pub(super) struct Step {
    next: Vec<(String, Self)>,
    /// The value here is secret.
    end: bool,
    /// It is in the resources of these names.
    only: Vec<String>,
}

impl Step {
    /// The table of a type, where it has one. Case does not count.
    pub(super) fn of(resource_type: &str) -> Option<&'static Self> {
        TABLE.get(&resource_type.to_ascii_lowercase())
    }

    fn add(&mut self, words: &[&str], guard: Option<&str>) {
        let Some((first, rest)) = words.split_first() else {
            match guard {
                Some(name) => self.only.push(name.to_owned()),
                None => self.end = true,
            }
            return;
        };
        let at = self.next.iter().position(|(word, _)| word.eq_ignore_ascii_case(first)).unwrap_or_else(|| {
            self.next.push(((*first).to_owned(), Self::default()));
            self.next.len() - 1
        });
        if let Some((_, step)) = self.next.get_mut(at) {
            step.add(rest, guard);
        }
    }

    /// Whether the value here is secret in the resource of the name.
    pub(super) fn is_secret(&self, resource_name: &str) -> bool {
        self.end || self.only.iter().any(|name| name.eq_ignore_ascii_case(resource_name))
    }
}

/// The places that a member leads to, or with `[]` the items.
pub(super) fn follow<'t>(steps: &[&'t Step], word: &str) -> Vec<&'t Step> {
    let fits = |known: &str| known.eq_ignore_ascii_case(word) || (known == "*" && word != "[]");
    steps.iter().flat_map(|step| &step.next).filter(|(known, _)| fits(known)).map(|(_, step)| step).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn is_secret(kind: &str, path: &str, name: &str) -> bool {
        let mut steps: Vec<&Step> = Step::of(kind).into_iter().collect();
        for word in words(path) {
            steps = follow(&steps, word);
        }
        steps.iter().any(|step| step.is_secret(name))
    }

    #[test]
    fn every_row_is_read_and_stands_once() {
        let lines = include_str!("secret-properties.tsv").lines();
        let mut seen = BTreeSet::new();
        for line in lines.skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [kind, path, why] = columns[..] else { panic!("{line}") };
            assert!(kind.split('/').count() >= 2 && ["readable", "write-only", "sensitive"].contains(&why), "{line}");
            assert!(seen.insert((kind.to_lowercase(), path.to_lowercase())), "{line} stands twice");
            let (name, bare) =
                path.strip_prefix("<name=").and_then(|p| p.split_once(">.")).map_or(("", path), |found| found);
            assert!(words(bare).iter().all(|w| !w.is_empty() && !w.contains(['<', '>', '{', ' '])), "{line}");
            assert!(is_secret(&kind.to_uppercase(), &bare.to_uppercase(), name), "{line}");
        }
        assert!(seen.len() > 200);
    }

    #[test]
    fn lists_maps_and_names_are_followed() {
        let config = "Microsoft.Web/sites/config";
        assert!(is_secret(config, "properties.ANY", "appsettings"));
        assert!(!is_secret(config, "properties.minTlsVersion", "web"));
        assert!(is_secret(config, "properties.azureStorageAccounts.share.accessKey", "web"));
        let app = "Microsoft.App/containerApps";
        assert!(is_secret(app, "properties.configuration.secrets[].value", ""));
        assert!(!is_secret(app, "properties.configuration.secrets.value", ""));
        assert!(!is_secret("Unknown/type", "properties.value", ""));
    }
}
