//! Finds the code: Terraform folders, Bicep files, templates and plans, with what was passed over and why.

use std::collections::BTreeSet;
use std::path::Path;

use crate::iac::{Tree, TreeError};
use crate::model::matches_pattern;

/// A file that was looked at and not read as code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The file or folder, relative to the root.
    pub name: String,
    /// Why.
    pub why: String,
}

/// What lies in the selected part of a tree.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Folders with Terraform files.
    pub(crate) terraform: BTreeSet<String>,
    /// Bicep files.
    pub(crate) bicep: BTreeSet<String>,
    /// Bicep parameter files.
    pub(crate) bicep_parameters: BTreeSet<String>,
    /// JSON files that may be templates, parameters or plans.
    pub(crate) json: BTreeSet<String>,
    /// What was passed over.
    pub(crate) skipped: Vec<Skipped>,
    /// What could not be looked at and may hold code: unlike what was passed over, nobody chose to leave it out.
    pub(crate) unread: Vec<Skipped>,
}

/// Folders that hold copies, dependencies or caches and never the code itself.
const NEVER: [&str; 5] = [".git", ".terraform", "node_modules", ".terragrunt-cache", ".venv"];

/// The most files that are looked at.
const MAX_FILES: usize = 500_000;

/// What may be code below the selected names (files or folders, relative to the root), `.gitignore` honoured. A file that is
/// selected by its own name is always taken.
pub(crate) fn discover(tree: &Tree, selected: &[String], exclude: &[String]) -> Found {
    let mut found = Found::default();
    for name in selected {
        if tree.has_file(name) {
            found.take(name, true);
        } else if let Some(root) = tree.disk() {
            walk(tree, root, name, exclude, &mut found);
        } else {
            below(tree, name, exclude, &mut found, 0);
        }
    }
    found.skipped.sort();
    found.skipped.dedup();
    found
}

fn excluded(name: &str, exclude: &[String]) -> bool {
    exclude.iter().any(|pattern| matches_pattern(pattern.trim_end_matches('/'), name))
}

fn walk(tree: &Tree, root: &Path, folder: &str, exclude: &[String], found: &mut Found) {
    let start = if folder.is_empty() { root.to_owned() } else { root.join(folder) };
    let walker = ignore::WalkBuilder::new(start)
        .follow_links(false)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(|e| !e.file_type().is_some_and(|t| t.is_dir()) || !NEVER.iter().any(|n| e.file_name() == *n))
        .build();
    for (count, entry) in walker.enumerate() {
        if count > MAX_FILES {
            let why = format!("more than {MAX_FILES} files; name a folder below it");
            found.unread.push(Skipped { name: folder.to_owned(), why });
            return;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.unread.push(Skipped { name: folder.to_owned(), why: error.to_string() });
                continue;
            }
        };
        let Ok(relative) = entry.path().strip_prefix(root) else { continue };
        let Some(name) = relative.to_str().map(|n| n.replace('\\', "/")) else {
            let name = relative.to_string_lossy().into_owned();
            found.unread.push(Skipped { name, why: "its name is not UTF-8".to_owned() });
            continue;
        };
        let is_file = entry.file_type().is_some_and(|t| t.is_file());
        if entry.path_is_symlink() {
            if kind(&name).is_some() && !tree.has_file(&name) {
                let why = "it is a link that leads nowhere or out of the root".to_owned();
                found.unread.push(Skipped { name, why });
            } else if kind(&name).is_some() {
                let why = "it is a link; what it points to is read where it lies".to_owned();
                found.skipped.push(Skipped { name, why });
            }
        } else if is_file {
            match excluded(&name, exclude) {
                false => found.take(&name, false),
                // A folder of Terraform is one module: it is read whole or not at all.
                true if kind(&name).is_some_and(|k| k != Kind::Terraform) => {
                    found.skipped.push(Skipped { name, why: "the settings exclude it".to_owned() });
                }
                true => {}
            }
        }
    }
}

fn below(tree: &Tree, folder: &str, exclude: &[String], found: &mut Found, depth: usize) {
    for name in tree.files_in(folder) {
        if !excluded(&name, exclude) {
            found.take(&name, false);
        }
    }
    for name in tree.folders_in(folder) {
        let last = name.rsplit('/').next().unwrap_or_default();
        if depth < 64 && !NEVER.contains(&last) {
            below(tree, &name, exclude, found, depth + 1);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Terraform,
    Bicep,
    BicepParameters,
    Json,
}

/// Whether a file of that name, in lower case, is Terraform code.
pub(crate) fn is_terraform(name: &str) -> bool {
    [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|end| name.ends_with(end))
}

fn kind(name: &str) -> Option<Kind> {
    let lower = name.to_lowercase();
    let last = lower.rsplit('/').next().unwrap_or_default();
    match last {
        _ if is_terraform(last) => Some(Kind::Terraform),
        _ if last.ends_with(".bicep") => Some(Kind::Bicep),
        _ if last.ends_with(".bicepparam") => Some(Kind::BicepParameters),
        "package.json" | "package-lock.json" | "tsconfig.json" | "bicepconfig.json" | "composer.json" => None,
        _ if last.ends_with(".tfvars.json") => None,
        _ if last.ends_with(".json") || last.ends_with(".jsonc") => Some(Kind::Json),
        _ => None,
    }
}

impl Found {
    fn take(&mut self, name: &str, named: bool) {
        let owned = name.to_owned();
        match kind(name) {
            Some(Kind::Terraform) => drop(self.terraform.insert(Tree::parent(name).to_owned())),
            Some(Kind::Bicep) => drop(self.bicep.insert(owned)),
            Some(Kind::BicepParameters) => drop(self.bicep_parameters.insert(owned)),
            Some(Kind::Json) => drop(self.json.insert(owned)),
            // A plan may have any name.
            None if named => drop(self.json.insert(owned)),
            None => {}
        }
    }

    /// Whether there is nothing that could be code.
    pub(crate) fn is_empty(&self) -> bool {
        self.terraform.is_empty() && self.bicep.is_empty() && self.bicep_parameters.is_empty() && self.json.is_empty()
    }
}

/// Whether a JSON text can be a template, a parameter file or a plan, told by words that each of them must hold. Cheap, so
/// that other JSON is not parsed.
pub(crate) fn may_be_code(text: &str) -> bool {
    let has = |word: &str| text.contains(word);
    // Azure takes single quotes as well.
    let member = |name: &str| has(&format!("\"{name}\"")) || has(&format!("'{name}'"));
    has("eploymentTemplate.json")
        || has("eploymentParameters.json")
        || (member("resources") && member("apiVersion"))
        || is_plan_text(text)
}

fn is_plan_text(text: &str) -> bool {
    text.contains("\"format_version\"")
        && ["\"planned_values\"", "\"resource_changes\"", "\"values\""].iter().any(|w| text.contains(w))
}

/// Why a file could not be read, as something that was passed over.
pub(crate) fn unreadable(error: &TreeError, name: &str) -> Skipped {
    Skipped { name: name.to_owned(), why: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_trees_are_walked() {
        let files = [
            "a/main.tf",
            "a/x.tfvars.json",
            "b.bicep",
            "c/p.bicepparam",
            "d/t.json",
            "package.json",
            ".terraform/m/x.tf",
            "no/n.tf",
        ];
        let tree = Tree::memory(files.iter().map(|n| ((*n).to_owned(), Vec::new())));
        let found = discover(&tree, &[String::new()], &["no/*".to_owned()]);
        assert_eq!(found.terraform.iter().collect::<Vec<_>>(), ["a"]);
        assert_eq!(found.bicep.iter().collect::<Vec<_>>(), ["b.bicep"]);
        assert_eq!(found.bicep_parameters.iter().collect::<Vec<_>>(), ["c/p.bicepparam"]);
        assert_eq!(found.json.iter().collect::<Vec<_>>(), ["d/t.json"]);
    }

    #[test]
    fn disks_are_walked_as_git_sees_them() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(".gitignore", "build/\n");
        for name in ["main.tf", "build/x.tf", "mods/a/a.tf", ".terraform/y.tf", "skip/z.bicep"] {
            write(name, "");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("..", root.path().join("mods/loop")).unwrap();
            std::os::unix::fs::symlink("/dev/null", root.path().join("mods/a/out.tf")).unwrap();
        }
        let tree = Tree::open(root.path()).unwrap();
        let found = discover(&tree, &[String::new()], &["skip/*".to_owned()]);
        assert_eq!(found.terraform.iter().collect::<Vec<_>>(), ["", "mods/a"]);
        assert_eq!(found.skipped, [Skipped { name: "skip/z.bicep".into(), why: "the settings exclude it".into() }]);
        #[cfg(unix)]
        assert_eq!(found.unread.iter().map(|u| u.name.as_str()).collect::<Vec<_>>(), ["mods/a/out.tf"]);
        let named = discover(&tree, &["build/x.tf".to_owned()], &[]);
        assert_eq!(named.terraform.iter().collect::<Vec<_>>(), ["build"]);
    }

    #[test]
    fn other_json_is_not_parsed() {
        assert!(may_be_code(
            r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"}"#
        ));
        assert!(may_be_code(r#"{"format_version":"1.2","planned_values":{}}"#));
        assert!(!may_be_code(r#"{"resources": 3}"#));
    }
}
