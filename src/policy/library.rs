//! Loads policy folders, embedded in the program or on disk.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::model::{EvidenceStrength, Policy, PolicyId, PolicyMeta, PolicySet, RegoFile, Trust, hex, matches_pattern};
use crate::policy::framework::{CROSSWALKS, FrameworkFile, cross, map_policies, read_crosswalk, read_framework};
use crate::policy::metadata::prepared_metadata;
use crate::policy::{PolicyError, Problem, parse_metadata};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/policies");

/// How messages name the embedded library.
pub const EMBEDDED_NAME: &str = "policies";

/// The `# METADATA` blocks of the embedded policies, and the frameworks, as JSON, by path: `build.rs` makes it, because
/// reading YAML takes most of the time of a short run.
static PREPARED: &str = include_str!(concat!(env!("OUT_DIR"), "/metadata.json"));

/// The largest file in a policies folder, in bytes; regorus reads Rego files of up to 1 MiB.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// The most files in a policies folder.
const MAX_FILES: usize = 20_000;

/// How deep folders may lie in a policies folder.
pub(crate) const MAX_FOLDER_DEPTH: usize = 16;

/// Policy files: path relative to the policies folder, with forward slashes → text.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// What messages put before a path.
    name: String,
    /// Whether the name is that of the one file.
    single: bool,
    files: BTreeMap<String, Cow<'static, str>>,
}

impl Sources {
    /// The embedded library.
    pub fn embedded() -> Self {
        fn walk(dir: &Dir<'static>, files: &mut BTreeMap<String, Cow<'static, str>>) {
            for file in dir.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if let Some(text) = file.contents_utf8().filter(|_| is_policy_file(&path)) {
                    files.insert(path, Cow::Borrowed(text));
                }
            }
            for inner in dir.dirs() {
                walk(inner, files);
            }
        }
        let mut files = BTreeMap::new();
        walk(&EMBEDDED, &mut files);
        Self { name: EMBEDDED_NAME.to_owned(), single: false, files }
    }

    /// A framework file on disk, `NAME.yaml` with the framework of the id `NAME`.
    ///
    /// # Errors
    /// [`PolicyError`] when it cannot be read, is too large, no UTF-8 or not so named.
    pub fn framework(file: &Path) -> Result<Self, PolicyError> {
        use std::io::Read;
        let shown = file.to_string_lossy().replace('\\', "/");
        let wrong = |line: usize, what: String| PolicyError::Problems(vec![Problem::new(&shown, line, what)]);
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.ends_with(".yaml") {
            return Err(wrong(1, "a framework file is named ID.yaml, after the id of its framework".to_owned()));
        }
        let io = |source| PolicyError::Io { path: file.to_owned(), source };
        let mut bytes = Vec::new();
        std::fs::File::open(file).map_err(io)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(wrong(1, format!("is larger than {MAX_FILE_BYTES} bytes")));
        }
        let text =
            String::from_utf8(bytes).map_err(|e| not_utf8(&shown, &e)).map_err(|p| PolicyError::Problems(vec![p]))?;
        let files = BTreeMap::from([(format!("frameworks/{name}"), Cow::Owned(text))]);
        Ok(Self { name: shown, single: true, files })
    }

    /// A folder on disk.
    ///
    /// # Errors
    /// [`PolicyError`] when it cannot be read, or a file is too large or no UTF-8.
    pub fn read(folder: &Path) -> Result<Self, PolicyError> {
        let mut sources =
            Self { name: folder.to_string_lossy().replace('\\', "/"), single: false, files: BTreeMap::new() };
        let mut problems = Vec::new();
        sources.walk(folder, "", 0, &mut problems)?;
        if sources.files.is_empty() && problems.is_empty() {
            problems.push(Problem::new(
                &sources.name,
                1,
                "holds no policy.rego, no lib/, no frameworks/ and no profiles/",
            ));
        }
        if problems.is_empty() { Ok(sources) } else { Err(PolicyError::Problems(problems)) }
    }

    fn walk(
        &mut self,
        folder: &Path,
        prefix: &str,
        depth: usize,
        problems: &mut Vec<Problem>,
    ) -> Result<(), PolicyError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| PolicyError::Io { path, source }
        };
        for entry in std::fs::read_dir(folder).map_err(io(folder))? {
            let entry = entry.map_err(io(folder))?;
            let path = entry.path();
            let relative = format!("{prefix}{}", entry.file_name().to_string_lossy());
            // Links are not followed: a policy folder is read as it is, and a link may point back.
            let kind = entry.file_type().map_err(io(&path))?;
            if kind.is_dir() && depth < MAX_FOLDER_DEPTH {
                self.walk(&path, &format!("{relative}/"), depth + 1, problems)?;
            } else if kind.is_file() && is_policy_file(&relative) {
                let shown = format!("{}/{relative}", self.name);
                if entry.metadata().map_err(io(&path))?.len() > MAX_FILE_BYTES {
                    problems.push(Problem::new(&shown, 1, format!("is larger than {MAX_FILE_BYTES} bytes")));
                    continue;
                }
                match String::from_utf8(std::fs::read(&path).map_err(io(&path))?) {
                    Ok(text) => {
                        self.files.insert(relative, Cow::Owned(text));
                    }
                    Err(error) => problems.push(not_utf8(&shown, &error)),
                }
                if self.files.len() > MAX_FILES {
                    problems.push(Problem::new(&self.name, 1, format!("holds more than {MAX_FILES} files")));
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Sources held in memory, for tests and fuzzing.
    pub fn from_files<I: IntoIterator<Item = (String, String)>>(name: &str, files: I) -> Self {
        let files = files.into_iter().map(|(path, text)| (path, Cow::Owned(text))).collect();
        Self { name: name.to_owned(), single: false, files }
    }

    /// The files.
    pub fn files(&self) -> &BTreeMap<String, Cow<'static, str>> {
        &self.files
    }

    fn shown(&self, path: &str) -> String {
        if self.single { self.name.clone() } else { format!("{}/{path}", self.name) }
    }
}

/// The problem of a text that is no UTF-8, at the line where it stops being it.
fn not_utf8(shown: &str, error: &std::string::FromUtf8Error) -> Problem {
    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    Problem::new(shown, good.iter().filter(|b| **b == b'\n').count() + 1, "the text is not UTF-8")
}

/// Whether a path relative to a policies folder is that of a file which is read.
pub(crate) fn is_policy_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "policy.rego" | "policy_test.rego" | "pass.json" | "fail.json")
        || (path.starts_with("lib/") && (name.ends_with(".rego") || name == "data.json"))
        || (["frameworks/", "profiles/"].iter().any(|folder| path.starts_with(folder)) && name.ends_with(".yaml"))
}

/// The files of a set, by path: what they are called in messages, and their text.
struct Files {
    /// Libraries, frameworks, profiles.
    support: BTreeMap<String, (String, Cow<'static, str>)>,
    /// Policies, with their tests and cases.
    policies: BTreeMap<String, (String, Cow<'static, str>, Trust)>,
    /// Whether a folder changed an embedded library.
    libraries_changed: bool,
}

impl Files {
    /// What the digest of the set is over, in its order. A profile is recorded by a digest of its own, so that one that was
    /// not chosen changes nothing.
    fn judged(&self) -> impl Iterator<Item = (&String, &Cow<'static, str>)> {
        let support = self.support.iter().filter(|(path, _)| !path.starts_with("profiles/"));
        support.map(|(p, (_, t))| (p, t)).chain(self.policies.iter().map(|(p, (_, t, _))| (p, t)))
    }
}

fn arranged(folders: &[Sources], with_embedded: bool, embedded: &Sources, problems: &mut Vec<Problem>) -> Files {
    let mut support: BTreeMap<String, (String, Cow<'static, str>)> = BTreeMap::new();
    let mut policies: BTreeMap<String, (String, Cow<'static, str>, Trust)> = BTreeMap::new();
    let is_support = |path: &str| ["lib/", "frameworks/", "profiles/"].iter().any(|folder| path.starts_with(folder));
    for (path, text) in &embedded.files {
        if is_support(path) {
            support.insert(path.clone(), (embedded.shown(path), text.clone()));
        } else if with_embedded {
            policies.insert(path.clone(), (embedded.shown(path), text.clone(), Trust::Embedded));
        }
    }
    // What the folders change in the libraries, they change for the policies that import them.
    let mut libraries_changed = false;
    for source in folders {
        for (path, text) in &source.files {
            let shown = source.shown(path);
            if is_support(path) {
                let before = support.get(path);
                let same = before.is_some_and(|(_, old)| old == text);
                if let Some((other, _)) = before.filter(|_| source.single && !same) {
                    problems.push(Problem::new(&shown, 1, format!("there is another framework of that name: {other}")));
                    continue;
                }
                if with_embedded && !same && embedded.files.contains_key(path) {
                    problems.push(Problem::new(&shown, 1, "differs from the embedded file of that name, on which embedded policies rest; choose another name"));
                }
                libraries_changed |= !same && path.starts_with("lib/") && embedded.files.contains_key(path);
                support.insert(path.clone(), (shown, text.clone()));
            } else if let Some((other, old, _)) = policies.get(path) {
                if path.ends_with("/policy.rego") && old != text {
                    problems.push(Problem::new(&shown, 1, format!("the policy is already there: {other}")));
                }
            } else {
                let trust = if embedded.files.get(path) == Some(text) { Trust::Embedded } else { Trust::Loaded };
                policies.insert(path.clone(), (shown, text.clone(), trust));
            }
        }
    }
    Files { support, policies, libraries_changed }
}

/// The files that a set of [`load`] consists of, path and text, in the order in which its digest takes them.
///
/// # Errors
/// [`PolicyError`] when the folders do not fit together.
pub fn texts(folders: &[Sources], with_embedded: bool) -> Result<Vec<(String, String)>, PolicyError> {
    let mut problems = Vec::new();
    let files = arranged(folders, with_embedded, &Sources::embedded(), &mut problems);
    if !problems.is_empty() {
        return Err(PolicyError::Problems(problems));
    }
    Ok(files.judged().map(|(path, text)| (path.clone(), text.clone().into_owned())).collect())
}

/// Loads policies. Libraries and frameworks of the embedded library are always there; a folder's own take their
/// place. With `with_embedded`, the embedded policies are there too, and a folder may then not change what they rest on.
///
/// # Errors
/// Everything that is wrong in any file, with file and line.
pub fn load(folders: &[Sources], with_embedded: bool) -> Result<PolicySet, PolicyError> {
    let embedded = Sources::embedded();
    let mut problems = Vec::new();
    let files = arranged(folders, with_embedded, &embedded, &mut problems);
    let digest = digest(&files);
    let Files { support, policies, libraries_changed } = files;
    let mut set = PolicySet { digest, ..PolicySet::default() };
    set.data = Value::Object(serde_json::Map::new());
    let mut frameworks = Vec::new();
    for (path, (shown, text)) in &support {
        let prepared = || prepared(path).filter(|_| embedded.files.get(path) == Some(text));
        if let Some(id) = path.strip_prefix("profiles/").and_then(|name| name.strip_suffix(".yaml")) {
            set.profiles.insert(id.to_owned(), RegoFile { path: shown.clone(), text: text.clone() });
        } else if path.starts_with(CROSSWALKS) {
            if let Some(crosswalk) = read_crosswalk(path, shown, text, prepared(), &mut problems) {
                set.crosswalks.insert(crosswalk.id.clone(), crosswalk);
            }
        } else if path.starts_with("frameworks/") {
            if let Some((framework, file)) = read_framework(path, shown, text, prepared(), &mut problems) {
                set.frameworks.insert(framework.id.clone(), framework);
                frameworks.push(file);
            }
        } else if path.ends_with("/data.json") {
            match serde_json::from_str::<Value>(text) {
                Ok(value) => merge(&mut set.data, path.trim_end_matches("/data.json").split('/'), value),
                Err(error) => problems.push(Problem::new(shown, error.line(), format!("not JSON: {error}"))),
            }
        } else {
            let file = RegoFile { path: shown.clone(), text: text.clone() };
            if path.ends_with("_test.rego") { set.library_tests.push(file) } else { set.libraries.push(file) }
        }
    }
    for (path, (shown, text, trust)) in &policies {
        let Some(folder) = path.strip_suffix("/policy.rego") else { continue };
        let id = match PolicyId::parse(&folder.replace('/', ".")) {
            Ok(id) => id,
            Err(error) => {
                problems.push(Problem::new(shown, 1, format!("the folder {folder:?} is no policy id: {error}")));
                continue;
            }
        };
        let prepared = if *trust == Trust::Embedded { embedded_metadata(path, &id) } else { None };
        let meta = match prepared.map_or_else(|| parse_metadata(shown, text, &id), Ok) {
            Ok(meta) => meta,
            Err(found) => {
                problems.extend(found);
                continue;
            }
        };
        let beside = |name: &str| {
            policies
                .get(&format!("{folder}/{name}"))
                .map(|(path, text, _)| RegoFile { path: path.clone(), text: text.clone() })
        };
        let policy = Policy {
            meta,
            rego: RegoFile { path: shown.clone(), text: text.clone() },
            tests: beside("policy_test.rego"),
            pass: beside("pass.json"),
            fail: beside("fail.json"),
            trust: if libraries_changed { Trust::Loaded } else { *trust },
        };
        set.policies.insert(id, policy);
    }
    cross_checks(&set, &frameworks, &mut problems);
    map_policies(&frameworks, &mut set, |name| goes_by_embedded(&embedded, name), &mut problems);
    cross(&mut set);
    problems.sort();
    problems.dedup();
    if problems.is_empty() { Ok(set) } else { Err(PolicyError::Problems(problems)) }
}

/// What `build.rs` made of an embedded file.
fn prepared(path: &str) -> Option<&'static str> {
    static BLOCKS: LazyLock<BTreeMap<&'static str, &'static RawValue>> =
        LazyLock::new(|| serde_json::from_str(PREPARED).unwrap_or_default());
    Some(BLOCKS.get(path)?.get())
}

/// The metadata of an embedded policy. Without an answer the text itself is read, which says what is wrong.
fn embedded_metadata(path: &str, id: &PolicyId) -> Option<PolicyMeta> {
    prepared_metadata(prepared(path)?, id)
}

/// Whether a name or pattern fits the id, a former id or the check of an embedded policy.
fn goes_by_embedded(embedded: &Sources, name: &str) -> bool {
    let mut ids = embedded
        .files
        .keys()
        .filter_map(|path| Some((path, PolicyId::parse(&path.strip_suffix("/policy.rego")?.replace('/', ".")).ok()?)));
    ids.any(|(path, id)| {
        matches_pattern(name, id.as_str())
            || embedded_metadata(path, &id).is_some_and(|meta| {
                matches_pattern(name, &meta.check) || meta.aliases.iter().any(|a| matches_pattern(name, a.as_str()))
            })
    })
}

/// The line of the first place where a text stands.
pub(crate) fn line_of(text: &str, needle: &str) -> usize {
    text.lines().position(|l| l.contains(needle)).map_or(1, |at| at + 1)
}

fn cross_checks(set: &PolicySet, frameworks: &[FrameworkFile], problems: &mut Vec<Problem>) {
    let mut owner: BTreeMap<&str, (&str, EvidenceStrength)> = BTreeMap::new();
    for file in frameworks {
        for control in set.frameworks.get(&file.id).into_iter().flat_map(|f| &f.controls) {
            let before = owner.insert(&control.id, (&file.id, control.evidence_strength));
            if let Some((other, _)) = before.filter(|(other, _)| *other != file.id) {
                problems.push(Problem::new(
                    &file.shown,
                    file.line_of(&control.id),
                    format!("the control {} is also in {other}", control.id),
                ));
            }
        }
    }
    let mut declared: BTreeMap<&str, (&Policy, &crate::model::Parameter)> = BTreeMap::new();
    let mut names: BTreeMap<&str, &Policy> = set.policies.iter().map(|(id, p)| (id.as_str(), p)).collect();
    for policy in set.policies.values() {
        let file = &policy.rego;
        for control in policy.meta.controls.keys() {
            let what = match owner.get(control.as_str()) {
                None => format!("there is no control {control} in any framework; `assize framework show` lists them"),
                Some((_, EvidenceStrength::None)) => format!(
                    "the control {control} has the evidence strength none: the state of Azure says nothing of it, and no policy can serve it"
                ),
                Some(_) => continue,
            };
            problems.push(Problem::new(&file.path, line_of(&file.text, &format!("{control}:")), what));
        }
        for (name, parameter) in &policy.meta.parameters {
            match declared.get(name.as_str()) {
                Some((other, theirs)) if *theirs != parameter => {
                    problems.push(Problem::new(
                        &file.path,
                        line_of(&file.text, name),
                        format!("the parameter {name} is declared differently in {}", other.rego.path),
                    ));
                }
                Some(_) => {}
                None => {
                    declared.insert(name, (policy, parameter));
                }
            }
        }
        for alias in &policy.meta.aliases {
            if let Some(other) = names.insert(alias.as_str(), policy) {
                problems.push(Problem::new(
                    &file.path,
                    line_of(&file.text, alias.as_str()),
                    format!("the alias {alias} is also an id of {}", other.rego.path),
                ));
            }
        }
    }
}

/// Puts a value into a tree under a path, objects into objects.
pub fn merge<'a>(tree: &mut Value, mut path: impl Iterator<Item = &'a str>, value: Value) {
    if !tree.is_object() {
        *tree = Value::Object(serde_json::Map::new());
    }
    let Value::Object(map) = tree else { return };
    match path.next() {
        Some(word) => merge(map.entry(word).or_insert(Value::Null), path, value),
        None => {
            if let Value::Object(new) = value {
                map.extend(new);
            }
        }
    }
}

fn digest(files: &Files) -> String {
    let mut hash = Sha256::new();
    for (path, text) in files.judged() {
        hash.update((path.len() as u64).to_le_bytes());
        hash.update(path);
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{NewPolicy, scaffold};

    fn folder(change: impl Fn(String) -> String) -> Sources {
        let new = NewPolicy {
            id: PolicyId::parse("own.test.thing_enabled").unwrap(),
            resource: crate::model::ResourceType::new("Microsoft.KeyVault/vaults"),
            read: crate::model::ReadPath::parse("resource.properties.thing").unwrap(),
            control: "DORA-9-2".to_owned(),
        };
        let files = scaffold(&new).unwrap();
        Sources::from_files(
            "own",
            files.into_iter().map(|(name, text)| (format!("own/test/thing_enabled/{name}"), change(text))),
        )
    }

    fn problem(change: impl Fn(String) -> String) -> String {
        load(&[folder(change)], false).map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn what_was_prepared_says_the_same_as_the_text() {
        let mut seen = 0;
        for (path, text) in Sources::embedded().files().iter().filter(|(path, _)| path.ends_with("/policy.rego")) {
            let id = PolicyId::parse(&path.trim_end_matches("/policy.rego").replace('/', ".")).unwrap();
            let written = parse_metadata(path, text, &id).unwrap();
            let prepared = embedded_metadata(path, &id).unwrap_or_else(|| panic!("{path} was not prepared"));
            assert_eq!(serde_json::to_value(&prepared).unwrap(), serde_json::to_value(&written).unwrap(), "{path}");
            seen += 1;
        }
        assert!(seen > 400, "{seen}");
    }

    #[test]
    fn a_scaffold_loads_alone_and_beside_the_library() {
        let alone = load(&[folder(|t| t)], false).unwrap();
        assert_eq!(alone.policies.len(), 1);
        assert_eq!(alone.policies.values().next().unwrap().trust, Trust::Loaded);
        let both = load(&[folder(|t| t)], true).unwrap();
        assert_eq!(both.policies.len(), load(&[], true).unwrap().policies.len() + 1);
        assert_ne!(alone.digest, both.digest);
    }

    #[test]
    fn wrong_metadata_is_refused_with_file_and_line() {
        let first = "own/own/test/thing_enabled/policy.rego:";
        for (from, to, line, word) in [
            ("#   check: OWN-001", "#   check: OWN-001\n#   checks: 2", 9, "unknown field `checks`"),
            ("severity: medium", "severity: worst", 9, "unknown variant `worst`"),
            ("DORA-9-2", "DORA-99-9", 14, "no control DORA-99-9"),
            (
                "{path: resource.properties.thing, type: string}\n#   controls",
                "thing\n#   controls",
                12,
                "a read starts with",
            ),
            (
                "{path: resource.properties.thing, type: string}\n#   controls",
                "related.key\n#   controls",
                12,
                "no relation \"key\"",
            ),
            (
                "{path: resource.properties.thing, type: string}\n#   controls",
                "context.color\n#   controls",
                12,
                "no context field",
            ),
            ("package own.test.thing_enabled\n", "package own.test.other\n", 17, "the folder says"),
            (
                "#   controls:",
                "#   parameters:\n#     days: {type: integer, default: 7, meaning: days}\n#   controls:",
                14,
                "needs min and max",
            ),
            (
                "#   controls:",
                "#   parameters:\n#     days: {type: integer, default: 7, min: 8, max: 9, meaning: days}\n#   controls:",
                14,
                "7 is not between 8 and 9",
            ),
            (
                "#   controls:",
                "#   parameters:\n#     names: {type: list, default: [], meaning: names}\n#   controls:",
                14,
                "either allowed or pattern",
            ),
            ("say why this one setting serves this paragraph", "yes", 14, "needs a reason"),
            ("# METADATA", "# METADATE", 17, "no # METADATA block"),
            (
                "- {path: resource.properties.thing, type: string}\n",
                "- {path: resource.properties.thing, type: string}\n#     - resource.properties\n",
                12,
                "overlaps",
            ),
        ] {
            let error = problem(|t| t.replacen(from, to, 1));
            assert!(error.starts_with(first) && error.contains(word), "{word}: {error}");
            let at: u32 = error[first.len()..].split(':').next().unwrap().parse().unwrap();
            assert_eq!(at, line, "{error}");
        }
    }

    #[test]
    fn a_folder_may_not_change_what_embedded_policies_rest_on() {
        let changed = Sources::from_files("own", [("lib/arm/arm.rego".to_owned(), "package lib.arm\n".to_owned())]);
        assert!(load(std::slice::from_ref(&changed), true).is_err());
        assert!(load(&[changed], false).is_ok());
    }

    #[test]
    fn the_embedded_library_loads() {
        let set = load(&[], true).unwrap();
        assert!(set.frameworks.len() >= 3);
        assert!(set.data.pointer("/lib/azure_regions/regions/westeurope/pair").is_some());
        for policy in set.policies.values() {
            assert_eq!(policy.trust, Trust::Embedded);
            assert!(policy.pass.is_some() && policy.fail.is_some() && policy.tests.is_some(), "{}", policy.meta.id);
        }
    }
}
