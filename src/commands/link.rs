//! Live resources and the code that declares them: by Terraform state, by the tags that a tool wrote into them, or by type and
//! name where nothing else has both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::assess::attach_sources;
use crate::commands::say;
use crate::iac::Code;
use crate::model::{Assessment, Origin, ResourceId, Snapshot};

/// The largest state file that is read, in bytes.
const MAX_STATE: u64 = 256 << 20;

/// The tag that names the file, and the one that names the block, as yor writes them.
const TAGS: (&str, &str) = ("git_file", "yor_name");

#[derive(Deserialize)]
struct State {
    #[serde(default)]
    resources: Vec<Managed>,
}

#[derive(Deserialize)]
struct Managed {
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    name: String,
    #[serde(default)]
    module: Option<String>,
    #[serde(default)]
    instances: Vec<Instance>,
}

#[derive(Deserialize)]
struct Instance {
    #[serde(default)]
    index_key: Option<Value>,
    // Of the attributes, which hold secrets, nothing but the id is kept.
    #[serde(default)]
    attributes: Option<Attributes>,
}

#[derive(Deserialize)]
struct Attributes {
    #[serde(default)]
    id: Option<String>,
}

/// Gives each live resource the place of its declaration, where it is certain.
pub(super) fn link(
    assessment: &mut Assessment,
    live: &Snapshot,
    declared: &Snapshot,
    code: &Code,
    folders: &[PathBuf],
) {
    let mut by_address: BTreeMap<&str, &Arc<Origin>> = BTreeMap::new();
    let mut by_name: BTreeMap<(String, String), Vec<&Arc<Origin>>> = BTreeMap::new();
    for resource in declared.resources() {
        let Some(origin) = resource.origin().filter(|o| matches!(***o, Origin::File { .. })) else { continue };
        if let Some(address) = origin.address() {
            by_address.insert(address, origin);
        }
        by_name.entry(named(resource.resource_type().key(), resource.id())).or_default().push(origin);
    }
    let states = states(folders);
    let by_state: BTreeMap<String, &Arc<Origin>> =
        states.iter().filter_map(|(address, id)| Some((id.clone(), *by_address.get(address.as_str())?))).collect();
    let mut live_names: BTreeMap<(String, String), usize> = BTreeMap::new();
    for resource in live.resources() {
        *live_names.entry(named(resource.resource_type().key(), resource.id())).or_default() += 1;
    }
    let by_file = by_file(declared);
    let mut linked = 0;
    for entry in &mut assessment.resources {
        let name = named(entry.resource_type.key(), &entry.id);
        let alone = live_names.get(&name) == Some(&1);
        let only = by_name.get(&name).filter(|found| alone && found.len() == 1).and_then(|found| found.first());
        let found = by_state.get(entry.id.key()).copied();
        let found = found.or_else(|| by_tags(live, &entry.id, &name.0, &by_file)).or(only.copied());
        if let Some(origin) = found {
            entry.declared = Some(Arc::clone(origin));
            linked += 1;
        }
    }
    say(&format!("{linked} of {} live resources are declared by code below --iac", assessment.resources.len()));
    attach_sources(assessment, |file| code.tree.read(file).ok().map(|id| code.tree.text(id).as_ref().to_owned()));
}

/// Type and name without case; of a child, with the names of its parents.
fn named(kind: &str, id: &ResourceId) -> (String, String) {
    let after = id.key().rsplit_once("/providers/").map_or(id.key(), |(_, rest)| rest);
    let names: Vec<&str> = after.split('/').skip(2).step_by(2).collect();
    let name = if names.is_empty() { id.name().to_lowercase() } else { names.join("/") };
    (kind.to_owned(), name)
}

/// What is declared, by type and by the name of the file without its folder.
type ByFile<'d> = BTreeMap<(&'d str, &'d str), Vec<&'d Arc<Origin>>>;

fn by_file(declared: &Snapshot) -> ByFile<'_> {
    let mut files = ByFile::new();
    for resource in declared.resources() {
        if let Some(origin) = resource.origin()
            && let Origin::File { file, .. } = origin.as_ref()
        {
            files.entry((resource.resource_type().key(), base(file))).or_default().push(origin);
        }
    }
    files
}

fn base(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

fn by_tags<'d>(live: &Snapshot, id: &ResourceId, kind: &str, declared: &ByFile<'d>) -> Option<&'d Arc<Origin>> {
    let body = live.find(id).filter(|r| r.body().get().contains(TAGS.0))?.parsed().ok()?;
    let tag = |name: &str| body.get("tags")?.get(name)?.as_str().map(str::to_owned);
    let (file, block) = (tag(TAGS.0)?, tag(TAGS.1));
    let mut found = declared.get(&(kind, base(&file)))?.iter().copied().filter(|origin| {
        let Origin::File { file: written, address, .. } = origin.as_ref() else { return false };
        let same = written == &file || file.ends_with(&format!("/{written}")) || written.ends_with(&format!("/{file}"));
        let named = |b: &String| address.as_ref().is_some_and(|a| a.rsplit('.').next() == Some(b.as_str()));
        same && block.as_ref().is_none_or(named)
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Address and key of the id of everything that the state files in the folders hold.
fn states(folders: &[PathBuf]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for file in folders.iter().flat_map(|folder| state_files(folder)) {
        let size = std::fs::metadata(&file).map_or(u64::MAX, |m| m.len());
        let read = if size <= MAX_STATE { std::fs::read(&file).ok() } else { None };
        let Some(state) = read.and_then(|bytes| serde_json::from_slice::<State>(&bytes).ok()) else {
            say(&format!("{}: not a state file that can be read; it links nothing", file.display()));
            continue;
        };
        for resource in state.resources.iter().filter(|r| r.mode == "managed") {
            for instance in &resource.instances {
                let Some(id) = instance.attributes.as_ref().and_then(|a| a.id.as_deref()) else { continue };
                let Ok(id) = ResourceId::parse(id) else { continue };
                let module = resource.module.as_ref().map(|m| format!("{m}.")).unwrap_or_default();
                let index = match &instance.index_key {
                    Some(Value::String(key)) => format!("[{}]", Value::from(key.as_str())),
                    Some(Value::Number(n)) => format!("[{n}]"),
                    _ => String::new(),
                };
                pairs.push((format!("{module}{}.{}{index}", resource.kind, resource.name), id.key().to_owned()));
            }
        }
    }
    pairs
}

/// The state files directly in a folder.
fn state_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "tfstate") && path.is_file())
        .collect();
    files.sort();
    files
}
