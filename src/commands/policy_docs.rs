//! `assize policy docs`: a page for each policy.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::anyhow;

use crate::cli::PolicyArgs;
use crate::collect::plan::Plan;
use crate::collect::role::{Grant, custom_role, grants};
use crate::commands::{CommandError, Outcome, load_policies, say};
use crate::iac::is_runtime;
use crate::model::{Policy, PolicyMeta, PolicySet, ReadPath, ReadRoot, Relation, ResourceType};
use crate::policy::examples;
use crate::report::sheet::{
    BY_CONTROL, BY_FAMILY, CONTENTS, Law, MARK, Reach, Subject, by_control, by_family, contents, page, page_path,
};

/// What collecting and reading code can say of the policy's facts.
pub(super) fn reach(policy: &Policy) -> Reach {
    let mut one = PolicySet::default();
    one.policies.insert(policy.meta.id.clone(), policy.clone());
    let plan = Plan::of(&one);
    // What is collected whatever the policies is no need of this one.
    let own = plan.planned.values().filter(|p| !p.policies.is_empty() && !p.row.vault);
    let optional = |grant: &Grant| if grant.optional { " (optional)" } else { "" };
    let mut besides: Vec<String> = grants(&plan)
        .iter()
        // For a whole estate the retired services are a remainder; for a policy that judges one they are all there is.
        .filter(|grant| !(grant.optional && plan.withheld().iter().any(|action| grant.why.contains(action))))
        .map(|grant| format!("{}: {}{}: {}", grant.plane, grant.permission, optional(grant), grant.why))
        .collect();
    if !plan.withheld().is_empty() {
        besides.push(
            "The built-in role Reader: the service is retired, and a custom role cannot name its reads".to_owned(),
        );
    }
    Reach {
        actions: own.map(|p| p.row.action.clone()).collect(),
        besides,
        uncollected: plan.uncatalogued.iter().map(|u| u.resource_type.clone()).collect(),
        only_running: only_running(&policy.meta),
    }
}

/// The reads that code has no value for.
fn only_running(meta: &PolicyMeta) -> Vec<String> {
    let of_type = |read: &ReadPath, judged: &ResourceType| match (read.root(), read.segments()) {
        (ReadRoot::Resource, words) => is_runtime(judged.as_str(), &words.join(".")),
        (ReadRoot::Children, [collection, _, words @ ..]) => {
            is_runtime(judged.child(collection).as_str(), &words.join("."))
        }
        (ReadRoot::Related, [name, words @ ..]) => {
            let words = words.strip_prefix(&["*".to_owned()]).unwrap_or(words).join(".");
            let relation = Relation::find(name, judged.as_str());
            relation.is_some_and(|relation| relation.ends().iter().any(|to| is_runtime(to, &words)))
        }
        _ => false,
    };
    let runtime = |read: &&ReadPath| meta.resources.iter().any(|judged| of_type(read, judged));
    meta.reads.iter().map(|read| &read.path).filter(runtime).map(ToString::to_string).collect()
}

/// `assize policy docs`.
pub(super) fn docs(args: &PolicyArgs, output: &Path) -> Outcome {
    let set = load_policies(args)?;
    let pages = pages(&set)?;
    replace(output, &pages)?;
    say(&format!("wrote {} pages to {}", pages.len(), output.display()));
    Ok(0)
}

/// All pages: the path below the folder, with forward slashes, and the text.
fn pages(set: &PolicySet) -> Result<BTreeMap<String, String>, CommandError> {
    let law = Law::of(set.frameworks.values());
    let mut pages = BTreeMap::new();
    for policy in set.policies.values() {
        let (pass, fail) = examples(policy).map_err(|p| CommandError::new(anyhow!(p.to_string())))?;
        let reach = reach(policy);
        let subject =
            Subject { meta: &policy.meta, law: &law, reach: &reach, pass: pass.as_ref(), fail: fail.as_ref() };
        let path = page_path(&policy.meta.id);
        if pages.insert(path.clone(), page(&subject)).is_some() {
            return Err(CommandError::new(anyhow!("{}: another policy has the page {path} too", policy.meta.id))
                .hint("rename one of them: `azure` at the start of an id is not part of the page's path"));
        }
    }
    let metas: Vec<&PolicyMeta> = set.policies.values().map(|p| &p.meta).collect();
    let base: Vec<String> = custom_role(&BTreeSet::new(), "", &[]).actions.into_iter().collect();
    pages.insert(CONTENTS.to_owned(), contents(&metas, &base));
    pages.insert(BY_FAMILY.to_owned(), by_family(&metas));
    pages.insert(BY_CONTROL.to_owned(), by_control(&metas, set.frameworks.values()));
    Ok(pages)
}

/// Puts the pages in the place of those that an earlier run wrote: all of them, or nothing changes. Pages of policies that
/// are not there any more go.
fn replace(output: &Path, pages: &BTreeMap<String, String>) -> Result<(), CommandError> {
    let there = there(output)?;
    let beside = |suffix: &str| {
        let name = output.file_name().filter(|name| *name != "..");
        let name =
            name.ok_or_else(|| CommandError::new(anyhow!("--output {}: give the folder a name", output.display())))?;
        let mut name = name.to_owned();
        name.push(suffix);
        Ok::<PathBuf, CommandError>(output.with_file_name(name))
    };
    let (fresh, old) = (beside(".partial")?, beside(".old")?);
    for path in [&fresh, &old] {
        if path.symlink_metadata().is_ok() {
            return Err(CommandError::new(anyhow!("{} is there already", path.display()))
                .hint("an earlier run was cut off, or another is at work; remove it"));
        }
    }
    let written = write(&fresh, pages).and_then(|()| {
        let io = |e: std::io::Error| CommandError::new(anyhow!("cannot put {} in place: {e}", output.display()));
        if !there {
            return std::fs::rename(&fresh, output).map_err(io);
        }
        std::fs::rename(output, &old).map_err(io)?;
        std::fs::rename(&fresh, output).map_err(|e| {
            let _ = std::fs::rename(&old, output);
            io(e)
        })
    });
    if let Err(error) = written {
        let _ = std::fs::remove_dir_all(&fresh);
        return Err(error);
    }
    if there {
        std::fs::remove_dir_all(&old)
            .map_err(|e| CommandError::new(anyhow!("cannot remove {}: {e}", old.display())))?;
    }
    Ok(())
}

/// Whether the folder is there. Anything in it that is no page of ours is an error: it would be lost.
fn there(output: &Path) -> Result<bool, CommandError> {
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |e: std::io::Error| CommandError::new(anyhow!("cannot read {path}: {e}"))
    };
    let foreign = |path: &Path| {
        CommandError::new(anyhow!("{} is no page that `assize policy docs` wrote", path.display()))
            .hint("choose a folder of its own for the pages")
    };
    let is_folder = match output.symlink_metadata() {
        Ok(data) => data.is_dir(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(io(output)(e)),
    };
    if !is_folder {
        return Err(foreign(output));
    }
    let mut folders = vec![output.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(io(&folder))? {
            let path = entry.map_err(io(&folder))?.path();
            let kind = path.symlink_metadata().map_err(io(&path))?;
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            let mut start = Vec::new();
            if kind.is_file() {
                let file = std::fs::File::open(&path).map_err(io(&path))?;
                file.take(MARK.len() as u64).read_to_end(&mut start).map_err(io(&path))?;
            }
            if start != MARK.as_bytes() {
                return Err(foreign(&path));
            }
        }
    }
    Ok(true)
}

fn write(folder: &Path, pages: &BTreeMap<String, String>) -> Result<(), CommandError> {
    for (path, text) in pages {
        let path = path.split('/').fold(folder.to_owned(), |path, word| path.join(word));
        let io = |e: std::io::Error| CommandError::new(anyhow!("cannot write {}: {e}", path.display()));
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(io)?;
        std::fs::write(&path, text).map_err(io)?;
    }
    Ok(())
}
