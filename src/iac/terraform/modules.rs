//! Module calls → instances of modules: where sources are found, and what is reported when they are not.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::iac::mapping;
use crate::iac::terraform::engine::{Children, Engine, Expansion, Inputs, Module};
use crate::iac::terraform::source::{self, ModuleCall, Source};
use crate::iac::{Call, Node, Tree, TreeError, json};
use crate::model::GapReason;

/// How deep modules may call modules.
const MAX_CALLS: usize = 32;

/// A source that was not found: the kind of reason, and the reason with what to do.
type NotFound = (GapReason, String);

impl Engine<'_> {
    /// The instances of a called module. Without modules when its source was not found, which is reported.
    pub(super) fn children(&self, module: &Rc<Module>, call: usize) -> Rc<Children> {
        if let Some(known) = module.children.borrow().get(&call) {
            return Rc::clone(known);
        }
        let declared = &module.source.calls[call];
        let name = || format!("{}module.{}", module.prefix, declared.name);
        let Some(expansion) = self.expand(module, (true, call), &declared.body, declared.header, &name) else {
            self.cycles.set(self.cycles.get() + 1);
            let expansion = Rc::new(Expansion::One);
            return Rc::new(Children { expansion, modules: Vec::new() });
        };
        let path = match module.path.as_str() {
            "" => declared.name.as_ref().to_owned(),
            path => format!("{path}.{}", declared.name),
        };
        let modules = match self.called(module, declared, &path) {
            Ok(source) => (0..expansion.len())
                .map(|n| {
                    let suffix = expansion.suffix(n);
                    let mut chain = module.chain.clone();
                    chain.push(Call { name: format!("module.{}{suffix}", declared.name), at: declared.header });
                    let repetition = expansion.repetition(n);
                    let inputs = Inputs::Call { caller: Rc::clone(module), call, repetition };
                    let prefix = format!("{}{suffix}{}.", name(), declared.again);
                    Rc::new(Module::new(Rc::clone(&source), prefix, path.clone(), chain, inputs))
                })
                .collect(),
            Err(_) if expansion.len() == 0 => Vec::new(),
            Err((reason, detail)) => {
                let source = declared.source.as_deref().unwrap_or("its source is no plain text");
                self.miss(format!("{} ({source})", name()), Some(declared.header), reason, detail);
                Vec::new()
            }
        };
        let children = Rc::new(Children { expansion, modules });
        module.children.borrow_mut().insert(call, Rc::clone(&children));
        children
    }

    fn called(&self, module: &Module, call: &ModuleCall, path: &str) -> Result<Rc<Source>, NotFound> {
        let folder = self.folder(&module.source.folder, call, path)?;
        let mut ancestors = vec![module.source.folder.clone()];
        let mut inputs = &module.inputs;
        while let Inputs::Call { caller, .. } = inputs {
            ancestors.push(caller.source.folder.clone());
            inputs = &caller.inputs;
        }
        if ancestors.contains(&folder) {
            return Err((GapReason::Malformed, "the module calls itself".to_owned()));
        }
        if ancestors.len() > MAX_CALLS {
            return Err((GapReason::Unsupported, format!("modules are nested deeper than {MAX_CALLS} levels")));
        }
        Ok(self.source(&folder))
    }

    /// The folder that a call means.
    fn folder(&self, caller: &str, call: &ModuleCall, path: &str) -> Result<String, NotFound> {
        let Some(source) = call.source.as_deref() else {
            let detail = "the source of the module is not written as a plain text, so its resources are not known; scan a \
                          plan, `terraform show -json`";
            return Err((GapReason::Unresolved, detail.to_owned()));
        };
        let folder = if is_local(source) {
            let outside = |e: TreeError| (GapReason::OutOfScope, format!("the module was not read: {e}"));
            Tree::join(caller, source.split("?").next().unwrap_or(source)).map_err(outside)?
        } else {
            let installed = self.installed();
            let Some(folder) = installed.get(path).filter(|f| !self.tree.files_in(f).is_empty()) else {
                let detail = "the module's source is not among the files, so its resources are not known; run `terraform \
                              init` in the root module before the scan, or scan a plan, `terraform show -json`";
                return Err((GapReason::OutOfScope, detail.to_owned()));
            };
            folder.clone()
        };
        if looks_like_module(self.tree, &folder) {
            Ok(folder)
        } else {
            Err((
                GapReason::OutOfScope,
                format!("there are no Terraform files in {folder:?}, so its resources are not known"),
            ))
        }
    }

    /// The folders of installed modules by the names of their calls, from `.terraform/modules/modules.json`.
    fn installed(&self) -> Rc<BTreeMap<String, String>> {
        if let Some(known) = &*self.installed.borrow() {
            return Rc::clone(known);
        }
        let known = Rc::new(self.read_installed().unwrap_or_default());
        *self.installed.borrow_mut() = Some(Rc::clone(&known));
        known
    }

    fn read_installed(&self) -> Option<BTreeMap<String, String>> {
        let name = Tree::join(&self.root, ".terraform/modules/modules.json").ok()?;
        let file = self.tree.read(&name).ok()?;
        let root = json::parse(&self.tree.text(file), file).ok()?;
        let entry = |node: &Node| {
            let key = node.get("Key")?.as_str()?.to_owned();
            let folder = Tree::join(&self.root, node.get("Dir")?.as_str()?).ok()?;
            Some((key, folder))
        };
        Some(root.get("Modules")?.as_array()?.iter().filter_map(entry).collect())
    }

    /// Hands over every instance of every resource, the module's own first.
    pub(super) fn emit(&self, module: &Rc<Module>, sink: &mut dyn FnMut(&Self, &mapping::Instance)) {
        for (n, resource) in module.source.resources.iter().enumerate() {
            let tf_type = &resource.tf_type;
            if resource.data || !(mapping::knows(tf_type) || mapping::concerns_azure(tf_type)) {
                continue;
            }
            let count = self.expansion(module, n).map_or(0, |e| e.len());
            for instance in 0..count {
                let instance = self.instance(module, n, instance);
                sink(self, &instance);
            }
        }
        for call in 0..module.source.calls.len() {
            for child in &self.children(module, call).modules {
                self.emit(child, sink);
            }
        }
    }

    /// Reads all sources that calls lead to, so that the names in them are known before anything is evaluated.
    pub(super) fn preload(&self, source: &Rc<Source>, path: &str, depth: usize, seen: &mut Vec<String>) {
        if depth > MAX_CALLS || seen.contains(&source.folder) {
            return;
        }
        seen.push(source.folder.clone());
        for call in &source.calls {
            let path = if path.is_empty() { call.name.as_ref().to_owned() } else { format!("{path}.{}", call.name) };
            if let Ok(folder) = self.folder(&source.folder, call, &path) {
                let called = self.source(&folder);
                self.preload(&called, &path, depth + 1, seen);
            }
        }
    }
}

/// Whether the source of a call names a folder.
fn is_local(source: &str) -> bool {
    let source = source.replace('\\', "/");
    source == "." || source == ".." || source.starts_with("./") || source.starts_with("../") || source.starts_with('/')
}

/// Whether a folder has Terraform files.
pub(crate) fn looks_like_module(tree: &Tree, folder: &str) -> bool {
    tree.files_in(folder).iter().any(|name| source::is_terraform(name))
}

/// The folders that the module in a folder calls, sorted. Cheap: only lines that begin with `source` are looked at.
pub(crate) fn local_module_calls(tree: &Tree, folder: &str) -> Vec<String> {
    let mut folders = std::collections::BTreeSet::new();
    for name in tree.files_in(folder).iter().filter(|name| source::is_terraform(name)) {
        let Ok(file) = tree.read(name) else { continue };
        let text = tree.text(file);
        // In JSON a member may stand anywhere in a line.
        let lines = text.lines().flat_map(|line| {
            if name.ends_with(".json") { line.split_inclusive(',') } else { line.split_inclusive('\0') }
        });
        for line in lines {
            let line = line.trim().trim_start_matches(['{', '[', ' ', '"']);
            // A block on one line has its source after the brace.
            let line = line.rsplit_once('{').map_or(line, |(_, rest)| rest).trim().trim_start_matches('"');
            let Some(rest) = line.strip_prefix("source") else { continue };
            let rest = rest.trim_start_matches('"').trim_start();
            let Some(rest) = rest.strip_prefix(['=', ':']) else { continue };
            let Some(source) = rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next()) else { continue };
            if is_local(source)
                && let Ok(called) = Tree::join(folder, source)
            {
                folders.insert(called);
            }
        }
    }
    folders.into_iter().collect()
}
