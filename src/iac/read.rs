//! Paths → the snapshot of what the code below them declares.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::iac::assemble::{Wanted, assemble, missing_gaps};
use crate::iac::bicep::{Compiled, Target};
use crate::iac::comments::{Comment, comments};
use crate::iac::discover::{Found, discover, is_terraform, may_be_code, unreadable};
use crate::iac::{
    FileId, Ids, Missing, Node, Reading, Skipped, Tree, TreeError, arm, bicep, mapping, normal, terraform,
};
use crate::model::{Gap, GapReason, Manifest, Origin, SNAPSHOT_SCHEMA, Snapshot, Source, Tool};

/// What to read, and what is given from outside of the code.
#[derive(Debug, Clone, Default)]
pub struct CodeOptions {
    /// The folder above which nothing is read. Without it: the Git repository that a path lies in, else the path itself.
    pub root: Option<PathBuf>,
    /// Variable files of Terraform, relative to the root, in order.
    pub var_files: Vec<String>,
    /// Variables of Terraform, name and value, counting last.
    pub vars: Vec<(String, String)>,
    /// Parameter files of templates and Bicep, relative to the root. Without any, those beside each template are taken.
    pub parameter_files: Vec<String>,
    /// Patterns of files that are passed over, relative to the root.
    pub exclude: Vec<String>,
    /// Texts that lie over files, by name: what a reading would find after an edit.
    pub texts: BTreeMap<String, String>,
    /// Whether the code is the whole estate, so that what it does not declare does not exist.
    pub whole_estate: bool,
    /// What the official Bicep compiler made of the files that [`to_compile`] names.
    pub compiled: Compiled,
}

/// One entry point that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// `Terraform`, `Terraform plan`, `Bicep` or `ARM template`.
    pub language: &'static str,
    /// The folder or file, relative to the tree's root; with its parameter file, where it has one.
    pub name: String,
    /// How many resources it declares.
    pub resources: usize,
}

/// What was read of code.
#[derive(Debug)]
pub struct Code {
    /// The entry points.
    pub roots: Vec<Root>,
    /// What was passed over, and why.
    pub skipped: Vec<Skipped>,
    /// What else the reader should know: place and text.
    pub remarks: Vec<String>,
    /// Terraform types of Azure without mapping, with how often they are declared.
    pub unmapped: BTreeMap<String, u64>,
    /// Comments that set findings aside.
    pub comments: Vec<Comment>,
    /// How many files were read.
    pub files: usize,
    /// The files, for reports that show lines of them.
    pub tree: Tree,
}

/// Finds the code below the paths and reads all of it. `None` when there is none.
///
/// # Errors
/// [`TreeError`] when a path is not there, or lies outside the root.
pub fn read_code(
    paths: &[PathBuf],
    options: &CodeOptions,
    wanted: &Wanted,
) -> Result<Option<(Snapshot, Code)>, TreeError> {
    let root = match &options.root {
        Some(root) => root.clone(),
        None => root_of(paths)?,
    };
    let mut tree = Tree::open(&root)?;
    for (name, text) in &options.texts {
        tree.overlay(name, text.clone());
    }
    let selected = paths.iter().map(|p| relative(&root, p)).collect::<Result<Vec<_>, _>>()?;
    Ok(read_tree(tree, &selected, options, wanted))
}

/// Reads the code in the selected part of a tree. `None` when there is none.
pub fn read_tree(tree: Tree, selected: &[String], options: &CodeOptions, wanted: &Wanted) -> Option<(Snapshot, Code)> {
    let found = discover(&tree, selected, &options.exclude);
    if found.is_empty() {
        return None;
    }
    let mut reader = Reader {
        tree: &tree,
        options,
        wanted,
        ids: Ids::default(),
        resources: Vec::new(),
        gaps: Vec::new(),
        roots: Vec::new(),
        skipped: found.skipped.clone(),
        remarks: BTreeSet::new(),
        unmapped: BTreeMap::new(),
        named: selected.iter().filter(|name| tree.has_file(name)).cloned().collect(),
        unread: found.unread.iter().map(|u| unread_gap(&u.name, &u.why)).collect(),
        folders: selected.iter().filter(|name| !name.is_empty() && !tree.has_file(name)).cloned().collect(),
    };
    reader.terraform(&found);
    let used = reader.bicep(&found);
    reader.json(&found, &used);
    let Reader { resources, mut gaps, roots, skipped, remarks, unmapped, unread, .. } = reader;
    // A parameter file is code, even if nothing that it is for could be read.
    if roots.is_empty() && gaps.is_empty() && found.bicep_parameters.is_empty() {
        return None;
    }
    gaps.extend(unread);
    let manifest = Manifest {
        schema: SNAPSHOT_SCHEMA.to_owned(),
        tool: Tool::this(),
        source: Source::Code,
        scope: selected.iter().map(|s| if s.is_empty() { ".".to_owned() } else { s.clone() }).collect(),
        started: None,
        ended: None,
        identity: None,
        // One file of a module is never the whole of anything.
        partial: !options.whole_estate || selected.iter().any(|n| tree.has_file(n) && is_terraform(&n.to_lowercase())),
        names: BTreeMap::new(),
        population: Vec::new(),
    };
    let files: BTreeSet<&str> = resources
        .iter()
        .filter_map(|r| match r.origin().map(AsRef::as_ref) {
            Some(Origin::File { file, .. }) => Some(file.as_str()),
            _ => None,
        })
        .collect();
    let comments = files
        .into_iter()
        .filter_map(|name| Some((name, tree.text(tree.read(name).ok()?))))
        .flat_map(|(name, text)| comments(name, &text))
        .collect();
    let snapshot = Snapshot::new(manifest, resources, gaps);
    let code = Code {
        roots,
        skipped,
        remarks: remarks.into_iter().collect(),
        unmapped,
        comments,
        files: tree.files_read(),
        tree,
    };
    Some((snapshot, code))
}

/// The root that [`read_code`] takes by itself: the nearest folder above all paths that holds `.git`; without one, the paths' common folder.
///
/// # Errors
/// [`TreeError`] when a path is not there.
pub fn root_of(paths: &[PathBuf]) -> Result<PathBuf, TreeError> {
    let mut common: Option<PathBuf> = None;
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        let real = path.canonicalize().map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => TreeError::Missing(name.clone()),
            _ => TreeError::Io(name.clone(), e.to_string()),
        })?;
        let folder = if real.is_dir() { real } else { real.parent().map(Path::to_owned).unwrap_or_default() };
        common = Some(match common {
            None => folder,
            Some(so_far) => so_far.ancestors().find(|a| folder.starts_with(a)).map(Path::to_owned).unwrap_or(folder),
        });
    }
    let common = common.unwrap_or_else(|| PathBuf::from("."));
    let git = common.ancestors().find(|a| a.join(".git").exists()).map(Path::to_owned);
    Ok(git.unwrap_or(common))
}

/// A path as a name relative to a root.
///
/// # Errors
/// [`TreeError`] when it is not there, or lies outside the root.
pub fn relative(root: &Path, path: &Path) -> Result<String, TreeError> {
    let name = path.to_string_lossy().into_owned();
    let io = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => TreeError::Missing(name.clone()),
        _ => TreeError::Io(name.clone(), e.to_string()),
    };
    let (root, real) = (root.canonicalize().map_err(io)?, path.canonicalize().map_err(io)?);
    match real.strip_prefix(&root) {
        Ok(inside) => Ok(inside.to_string_lossy().replace('\\', "/")),
        Err(_) => Err(TreeError::Outside(name)),
    }
}

struct Reader<'a> {
    tree: &'a Tree,
    options: &'a CodeOptions,
    wanted: &'a Wanted,
    ids: Ids,
    resources: Vec<crate::model::Resource>,
    gaps: Vec<Gap>,
    roots: Vec<Root>,
    skipped: Vec<Skipped>,
    remarks: BTreeSet<String>,
    unmapped: BTreeMap<String, u64>,
    /// Files that were asked for by their own name.
    named: BTreeSet<String>,
    /// What could not be read and may be code: gaps, if there is any code.
    unread: Vec<Gap>,
    /// Folders that were asked for by their own name.
    folders: BTreeSet<String>,
}

impl Reader<'_> {
    fn take(&mut self, language: &'static str, name: String, reading: Reading) {
        self.take_named(language, name, reading, &BTreeSet::new());
    }

    /// Takes what the named files declare; all, if none is named. The other files of a module still say what its resources are,
    /// so they are dropped last.
    fn take_named(&mut self, language: &'static str, name: String, mut reading: Reading, named: &BTreeSet<String>) {
        mapping::settle(&mut reading);
        normal::normalize(&mut reading, self.tree, &mut self.ids);
        let mut assembled = assemble(&mut reading, self.tree, self.wanted);
        if !named.is_empty() {
            assembled.keep(&named.iter().map(String::as_str).collect());
            let is_named = |at: crate::iac::Span| named.contains(self.tree.name(at.file).as_ref());
            reading.missing.retain(|m| m.at.is_none_or(is_named));
            reading.remarks.retain(|m| m.at.is_none_or(is_named));
        }
        assembled.gaps.extend(missing_gaps(&reading, self.tree));
        self.roots.push(Root { language, name, resources: assembled.resources.len() });
        self.resources.extend(assembled.resources);
        self.gaps.extend(assembled.gaps);
        for remark in reading.remarks {
            self.remarks.insert(match remark.at {
                Some(at) => format!("{}:{}: {}", self.tree.name(at.file), self.tree.range(at).start_line, remark.text),
                None => remark.text,
            });
        }
        for (kind, count) in reading.unmapped {
            *self.unmapped.entry(kind).or_default() += count;
        }
    }

    fn terraform(&mut self, found: &Found) {
        let calls: BTreeMap<&String, Vec<String>> =
            found.terraform.iter().map(|folder| (folder, terraform::local_module_calls(self.tree, folder))).collect();
        let called: BTreeSet<&String> =
            calls.iter().flat_map(|(folder, calls)| calls.iter().filter(move |c| c != folder)).collect();
        let mut due: Vec<&String> = found.terraform.iter().filter(|f| !called.contains(f)).collect();
        // A folder that is asked for by name, or holds a file that is, is a root whoever calls it.
        due.extend(
            self.named.iter().filter_map(|n| found.terraform.get(Tree::parent(n))).filter(|f| called.contains(f)),
        );
        due.extend(self.folders.iter().filter_map(|f| found.terraform.get(f)));
        let mut reached: BTreeSet<&String> = BTreeSet::new();
        loop {
            due.sort();
            due.dedup();
            for folder in std::mem::take(&mut due) {
                reach(folder, &calls, &mut reached);
                self.terraform_root(folder);
            }
            // Modules that only call one another are still code.
            match found.terraform.iter().find(|f| !reached.contains(f)) {
                Some(left) => due.push(left),
                None => return,
            }
        }
    }

    fn terraform_root(&mut self, folder: &str) {
        let options = terraform::Options { var_files: self.options.var_files.clone(), vars: self.options.vars.clone() };
        self.ids.enter(folder);
        let mut reading = Reading::default();
        terraform::read_module(self.tree, folder, &options, &mut self.ids, &mut reading);
        let named: BTreeSet<String> = self
            .named
            .iter()
            .filter(|n| Tree::parent(n) == folder && is_terraform(&n.to_lowercase()))
            .cloned()
            .collect();
        let name = if folder.is_empty() { ".".to_owned() } else { folder.to_owned() };
        self.take_named("Terraform", name, reading, &named);
    }

    /// Gives what the files of Bicep say of JSON files.
    fn bicep(&mut self, found: &Found) -> Used {
        let Entries { files, templates, without, missing } = bicep_entries(self.tree, found, &self.named);
        for name in without {
            self.skipped.push(Skipped { name, why: "it is for no template by itself".to_owned() });
        }
        for one in missing {
            self.skipped.push(Skipped { name: one.what.clone(), why: one.detail.clone() });
            self.missing(one);
        }
        let mut used = Used { parameters: BTreeSet::new(), templates };
        for (name, mut sets) in files {
            sets.extend(self.parameter_files(&name, found, &mut used.parameters));
            self.each_set(&name, &sets, |reader, files, reading| {
                let options = bicep::Options { parameter_files: files };
                bicep::read_compiled(reader.tree, &name, &options, &reader.options.compiled, &mut reader.ids, reading);
                "Bicep"
            });
        }
        used
    }

    fn missing(&mut self, missing: Missing) {
        let reading = Reading { missing: vec![missing], ..Reading::default() };
        self.gaps.extend(missing_gaps(&reading, self.tree));
    }

    /// Reads an entry point once for each of its parameter files, or once without.
    fn each_set(
        &mut self,
        name: &str,
        sets: &[String],
        mut read: impl FnMut(&mut Self, Vec<String>, &mut Reading) -> &'static str,
    ) {
        let sets: Vec<Vec<String>> = match (self.options.parameter_files.is_empty(), sets) {
            (false, _) => vec![self.options.parameter_files.clone()],
            (true, []) => vec![Vec::new()],
            (true, sets) => sets.iter().map(|s| vec![s.clone()]).collect(),
        };
        for files in sets {
            let label = match files.first() {
                Some(file) => format!("{name} with {file}"),
                None => name.to_owned(),
            };
            self.ids.enter(&label);
            let mut reading = Reading::default();
            let language = read(self, files, &mut reading);
            self.take(language, label, reading);
        }
    }

    /// The JSON parameter files beside a template, by their names.
    fn parameter_files(&self, template: &str, found: &Found, claimed: &mut BTreeSet<String>) -> Vec<String> {
        let stem = template.rsplit_once('.').map_or(template, |(stem, _)| stem).to_lowercase();
        let fits = |name: &&String| {
            let lower = name.to_lowercase();
            lower.strip_prefix(&stem).is_some_and(|rest| {
                (rest.starts_with(".parameters.") || rest.starts_with(".param.") || rest.starts_with("-parameters."))
                    && rest.ends_with(".json")
            })
        };
        let files: Vec<String> = found.json.iter().filter(fits).cloned().collect();
        claimed.extend(files.iter().cloned());
        files
    }

    fn json(&mut self, found: &Found, used: &Used) {
        let mut templates: Vec<(String, Node, FileId)> = Vec::new();
        let names = found.json.iter().filter(|n| !used.parameters.contains(*n));
        for name in names.chain(used.templates.keys()).collect::<BTreeSet<_>>() {
            match self.json_file(name) {
                Json::Template(root, file) => templates.push((name.clone(), root, file)),
                Json::Broken => {}
                Json::Other => self.not_a_template(name, used),
            }
        }
        let links = templates.iter().map(|(name, root, _)| (name, linked(name, root))).collect();
        let alone = roots(&links);
        let mut parameters = BTreeSet::new();
        for (name, root, file) in &templates {
            let given = used.templates.get(name);
            if !self.named.contains(name) && given.is_none() {
                let bicep = format!("{}.bicep", name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem));
                if found.bicep.contains(&bicep) && is_compiled_bicep(root) {
                    self.skipped.push(Skipped { name: name.clone(), why: format!("it is compiled from {bicep}") });
                    continue;
                }
                if !alone.contains(name) {
                    continue;
                }
            }
            let mut sets = given.cloned().unwrap_or_default();
            sets.extend(self.parameter_files(name, found, &mut parameters));
            self.each_set(name, &sets, |reader, mut files, reading| {
                let given = bicep::parameters(reader.tree, name, &files, &mut reader.ids, reading);
                files.retain(|f| !bicep::is_bicepparam(f));
                let options = arm::Options { parameter_files: files, given };
                arm::read_template(reader.tree, name, root, *file, &options, &mut reader.ids, reading);
                "ARM template"
            });
        }
    }

    /// Reads a file of JSON, if it is a plan; says what it is.
    fn json_file(&mut self, name: &String) -> Json {
        let file = match self.tree.read(name) {
            Ok(file) => file,
            Err(error) => {
                self.unread(name, &error);
                return Json::Broken;
            }
        };
        let text = self.tree.text(file);
        let named = self.named.contains(name);
        if !may_be_code(&text) {
            if text.contains("\"/subscriptions/") {
                let why = "it looks like an answer of Azure, which is no code; scan it by itself".to_owned();
                self.skipped.push(Skipped { name: name.clone(), why });
            } else if named {
                self.skipped.push(Skipped { name: name.clone(), why: "it is no template and no plan".to_owned() });
            }
            return Json::Other;
        }
        let mut missing = Vec::new();
        let root = match arm::parse_json(self.tree, file, &mut |m| missing.push(m)) {
            Ok(root) => root,
            Err(error) => {
                let line = self.tree.range(error.at).start_line;
                self.gaps.push(Gap {
                    about: format!("{name}:{line}"),
                    read: None,
                    reason: GapReason::Malformed,
                    detail: format!("it is no JSON: {}", error.what),
                });
                return Json::Broken;
            }
        };
        let plan = terraform::looks_like_plan(&root);
        let kind = if plan { None } else { arm::looks_like_template(&root) };
        if plan || kind.is_some() {
            missing.into_iter().for_each(|m| self.missing(m));
        }
        match kind {
            _ if plan => {
                self.ids.enter(name);
                let mut reading = Reading::default();
                terraform::read_plan(self.tree, file, &root, &mut self.ids, &mut reading);
                self.take("Terraform plan", name.clone(), reading);
            }
            Some(arm::Kind::Template(_)) => return Json::Template(root, file),
            Some(arm::Kind::Parameters) => {}
            None if named => {
                self.skipped.push(Skipped { name: name.clone(), why: "it is no template and no plan".to_owned() });
            }
            None => {}
        }
        Json::Other
    }

    /// Says of the parameter files that are for a file that it is no template.
    fn not_a_template(&mut self, name: &str, used: &Used) {
        for file in used.templates.get(name).into_iter().flatten() {
            let detail = format!("it is for {name}, which is no ARM template");
            self.missing(Missing { what: file.clone(), at: None, reason: GapReason::Malformed, detail });
        }
    }

    fn unread(&mut self, name: &str, error: &TreeError) {
        self.skipped.push(unreadable(error, name));
        // A file that cannot be read may hold resources; one that is no text does not.
        if let TreeError::TooLarge(..) | TreeError::Io(..) = error {
            self.unread.push(unread_gap(name, &error.to_string()));
        }
    }
}

/// What a file of JSON is.
enum Json {
    /// An ARM template.
    Template(Node, FileId),
    /// Something that could not be read, and was told as such.
    Broken,
    /// A plan, parameters, or no code.
    Other,
}

/// What Bicep says of files of JSON.
struct Used {
    /// Those that give parameters to Bicep files.
    parameters: BTreeSet<String>,
    /// ARM templates → the `.bicepparam` files that are for them.
    templates: BTreeMap<String, Vec<String>>,
}

/// What is read by itself because of a file of Bicep.
struct Entries {
    /// Bicep file → its `.bicepparam` files.
    files: BTreeMap<String, Vec<String>>,
    /// ARM template → its `.bicepparam` files.
    templates: BTreeMap<String, Vec<String>>,
    /// Parameter files that are for nothing by themselves.
    without: Vec<String>,
    /// What parameter files are for and is not there.
    missing: Vec<Missing>,
}

fn bicep_entries(tree: &Tree, found: &Found, named: &BTreeSet<String>) -> Entries {
    let calls = found.bicep.iter().map(|name| (name, bicep::local_modules(tree, name))).collect();
    let alone = roots(&calls);
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut templates: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut without, mut missing) = (Vec::new(), Vec::new());
    for name in &found.bicep_parameters {
        match bicep::target(tree, name) {
            Target::Bicep(file) => files.entry(file).or_default().push(name.clone()),
            Target::Template(file) => templates.entry(file).or_default().push(name.clone()),
            Target::Nothing => without.push(name.clone()),
            Target::Missing(one) => missing.push(one),
        }
    }
    for name in found.bicep.iter().filter(|n| alone.contains(*n) || named.contains(*n)) {
        files.entry(name.clone()).or_default();
    }
    Entries { files, templates, without, missing }
}

/// The root, and the files below the paths that the Bicep compiler is asked for: `.bicep` with `build`, `.bicepparam` with
/// `build-params`. Names are relative to the root.
///
/// # Errors
/// [`TreeError`] when a path is not there, or lies outside the root.
pub fn to_compile(paths: &[PathBuf], options: &CodeOptions) -> Result<(PathBuf, Vec<String>), TreeError> {
    let root = match &options.root {
        Some(root) => root.clone(),
        None => root_of(paths)?,
    };
    let tree = Tree::open(&root)?;
    let selected = paths.iter().map(|p| relative(&root, p)).collect::<Result<Vec<_>, _>>()?;
    let found = discover(&tree, &selected, &options.exclude);
    let named = selected.iter().filter(|name| tree.has_file(name)).cloned().collect();
    let mut names = Vec::new();
    for (template, parameters) in bicep_entries(&tree, &found, &named).files {
        names.push(template);
        names.extend(parameters);
    }
    Ok((root, names))
}

/// A file or folder that may hold resources and could not be read.
fn unread_gap(name: &str, why: &str) -> Gap {
    Gap { about: name.to_owned(), read: None, reason: GapReason::Malformed, detail: why.to_owned() }
}

fn reach<'a>(folder: &'a String, calls: &'a BTreeMap<&String, Vec<String>>, reached: &mut BTreeSet<&'a String>) {
    let mut due = vec![folder];
    while let Some(folder) = due.pop() {
        if reached.insert(folder) {
            due.extend(calls.get(folder).into_iter().flatten());
        }
    }
}

/// What nothing else calls; of those that only call one another, the first.
fn roots(calls: &BTreeMap<&String, Vec<String>>) -> BTreeSet<String> {
    let called: BTreeSet<&String> =
        calls.iter().flat_map(|(name, calls)| calls.iter().filter(move |c| c != name)).collect();
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut reached: BTreeSet<&String> = BTreeSet::new();
    for alone in [true, false] {
        for name in calls.keys().copied().filter(|n| called.contains(n) != alone) {
            if !reached.contains(name) {
                found.insert(name.clone());
                reach(name, calls, &mut reached);
            }
        }
    }
    found
}

/// The templates that a template links to by relative path.
fn linked(name: &str, root: &Node) -> Vec<String> {
    let mut found = Vec::new();
    let mut due = vec![root];
    while let Some(node) = due.pop() {
        if let Some(path) = node.get("templateLink").and_then(|l| l.get_any_case("relativePath")).and_then(Node::as_str)
        {
            found.extend(Tree::join(Tree::parent(name), path));
        }
        due.extend(node.as_object().into_iter().flat_map(|o| o.values()));
        due.extend(node.as_array().into_iter().flatten());
    }
    found
}

/// Whether the Bicep compiler wrote the template.
fn is_compiled_bicep(root: &Node) -> bool {
    let generator = root.get("metadata").and_then(|m| m.get("_generator")).and_then(|g| g.get("name"));
    generator.and_then(Node::as_str) == Some("bicep")
}

#[cfg(test)]
mod tests;
