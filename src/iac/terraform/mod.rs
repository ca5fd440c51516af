//! Terraform and OpenTofu code → instances of resources, for the mapping. Files of the tree in, no provider, no network.
//!
//! The language is evaluated as Terraform does before it asks a provider. What only a provider, a state or a person can say is
//! unknown, with the reason.

mod ast;
mod engine;
mod eval;
mod functions;
mod inputs;
mod instance;
mod lower;
mod modules;
mod ops;
mod parse;
mod plan;
mod provider;
mod refs;
mod source;
mod split;
pub(crate) mod template;
#[cfg(test)]
mod tests;
mod tfjson;
mod types;

use std::rc::Rc;

pub(crate) use modules::local_module_calls;
pub(crate) use plan::{looks_like_plan, read_plan};

use crate::iac::mapping::{self, Instance};
use crate::iac::terraform::engine::{Engine, Inputs, Module};
use crate::iac::{Ids, Reading, Tree};

/// What is given to a root module from outside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// Files with values, by their names in the tree; later ones replace values of earlier ones.
    pub(crate) var_files: Vec<String>,
    /// Values by name, as `-var` takes them; they replace those of files.
    pub(crate) vars: Vec<(String, String)>,
}

/// Evaluates the root module in a folder and adds what it declares to the reading.
pub(crate) fn read_module(tree: &Tree, folder: &str, options: &Options, ids: &mut Ids, reading: &mut Reading) {
    each_instance(tree, folder, options, ids, reading, &mut |engine, instance| {
        mapping::map(instance, &mut engine.ids.borrow_mut(), &mut engine.reading.borrow_mut());
    });
}

/// Evaluates the root module in a folder and hands over each instance of a resource that is of interest.
fn each_instance(
    tree: &Tree,
    folder: &str,
    options: &Options,
    ids: &mut Ids,
    reading: &mut Reading,
    sink: &mut dyn FnMut(&Engine<'_>, &Instance),
) {
    let engine = Engine::new(tree, folder, ids, reading);
    let source = engine.source(folder);
    let mut seen = Vec::new();
    engine.preload(&source, "", 0, &mut seen);
    let called: Vec<_> = seen.iter().skip(1).map(|folder| engine.source(folder)).collect();
    engine.settle_provider(&source, &called);
    for block in source.settings.iter().filter(|b| &*b.name == "import") {
        let to = block.body.attr("to").and_then(|a| a.value.reference()).unwrap_or_else(|| "a resource".to_owned());
        engine.remark(Some(block.header), format!("{to} exists already and is imported"));
    }
    let inputs = Inputs::Given(engine.given(folder, options));
    let root = Rc::new(Module::new(source, String::new(), String::new(), Vec::new(), inputs));
    engine.emit(&root, &mut |engine, instance| sink(engine, instance));
    root.forget();
}
