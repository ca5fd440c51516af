//! What the official compiler made of an entry point → declarations, with places in the Bicep files that it was made of.
//!
//! The compiled template says what there is; the native reading says where each part of it is written.

mod symbols;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::iac::arm::{self, Place};
use crate::iac::bicep::compiled::symbols::{Home, Symbols};
use crate::iac::bicep::{Options, is_bicepparam, read_bicep};
use crate::iac::{FileId, Ids, Missing, Node, Reading, Span, Tree, Value};
use crate::model::GapReason;

/// What the compiler gave for files, by their names in the tree: the text on its standard output, or why it failed. That of a
/// `.bicep` file is the output of `bicep build --stdout`, that of a `.bicepparam` file of `bicep build-params --stdout`.
pub type Compiled = BTreeMap<String, Result<String, String>>;

/// Reads an entry point as the compiler understood it; without its output, natively.
pub(crate) fn read_compiled(
    tree: &Tree,
    name: &str,
    options: &Options,
    compiled: &Compiled,
    ids: &mut Ids,
    reading: &mut Reading,
) {
    let key = options.parameter_files.iter().find(|f| is_bicepparam(f)).map_or(name, String::as_str);
    let Some(answer) = compiled.get(key) else { return read_bicep(tree, name, options, ids, reading) };
    let output = answer.as_ref().map_err(Clone::clone).and_then(|text| Output::parse(text));
    let file = tree.read(name).map_err(|e| e.to_string());
    match output.and_then(|output| Ok((output, file?))) {
        Ok((output, file)) => evaluate(tree, name, file, output, options, ids, reading),
        Err(why) => {
            let why: String = why.trim().chars().take(1000).collect();
            reading.missing.push(Missing {
                what: key.to_owned(),
                at: None,
                reason: GapReason::Unsupported,
                detail: format!("the Bicep compiler gave no template, so it is read without it: {why}"),
            });
            read_bicep(tree, name, options, ids, reading);
        }
    }
}

/// A template, and the values that a parameter file gives.
struct Output {
    template: Node,
    parameters: Option<Node>,
}

impl Output {
    fn parse(text: &str) -> Result<Self, String> {
        // Places in the output would say nothing to anyone.
        let json = |text: &str| -> Result<Node, String> {
            let value: serde_json::Value =
                serde_json::from_str(text).map_err(|e| format!("its output is no JSON: {e}"))?;
            Ok(Node::from_json(&value))
        };
        let root = json(text.trim_start_matches('\u{feff}'))?;
        if root.get("resources").is_some() {
            return Ok(Self { template: root, parameters: None });
        }
        let inner = |name: &str| root.get(name).and_then(Node::as_str).map(json).transpose();
        match inner("templateJson")? {
            Some(template) if template.get("resources").is_some() => {
                Ok(Self { template, parameters: inner("parametersJson")? })
            }
            _ => Err("its output holds no template".to_owned()),
        }
    }
}

fn evaluate(
    tree: &Tree,
    name: &str,
    file: FileId,
    output: Output,
    options: &Options,
    ids: &mut Ids,
    reading: &mut Reading,
) {
    let mut read = Reading::default();
    let mut given = BTreeMap::new();
    match &output.parameters {
        Some(parameters) => given.extend(arm::given_values(parameters)),
        None => {
            let files = options.parameter_files.iter().filter(|f| !is_bicepparam(f)).cloned().collect();
            given.extend(arm::given_by_files(
                tree,
                name,
                &arm::Options { parameter_files: files, given: None },
                &mut read,
            ));
        }
    }
    let scope = arm::template_scope(&output.template);
    let deploy = arm::Deploy {
        tree,
        name,
        template: &output.template,
        file,
        place: Place::unknown(scope, name),
        given,
        chain: &[],
        prefix: "",
    };
    // Ids are given out for good once the addresses are those of the Bicep files.
    arm::deploy(deploy, &mut Ids::default(), &mut read);
    let mut native = Reading::default();
    read_bicep(tree, name, options, &mut Ids::default(), &mut native);
    let places: BTreeMap<&str, usize> =
        native.resources.iter().enumerate().map(|(at, d)| (d.address.as_str(), at)).collect();
    let start = first_line(tree, file);
    let mut symbols = Symbols::new(tree, name, &output.template);
    for mut declaration in std::mem::take(&mut read.resources) {
        let address = declaration.address.split(" (").next().unwrap_or_default();
        let home = symbols.home(address);
        if home.is_module {
            continue;
        }
        let written = home.address.as_deref().and_then(|address| find(&places, address));
        let written =
            written.map(|at| &native.resources[at]).filter(|w| w.arm_type.eq_ignore_ascii_case(&declaration.arm_type));
        match written {
            Some(written) => {
                declaration.at = written.at;
                declaration.header = written.header;
                declaration.chain = written.chain.clone();
                for (key, value) in &mut declaration.body {
                    if let Some((_, there)) = written.body.iter().find(|(k, _)| k.eq_ignore_ascii_case(key)) {
                        place(value, there);
                    }
                }
            }
            None => {
                let Home { place, chain, .. } = &home;
                (declaration.at, declaration.header) = place.unwrap_or((start, start));
                declaration.chain = chain.clone();
            }
        }
        if let Some(address) = home.address {
            declaration.address = address;
        }
        declaration.id = ids.claim(&declaration.id, &format!("{name}:{}", declaration.address));
        reading.resources.push(declaration);
    }
    for mut missing in read.missing {
        let address = missing.what.split(" (").next().unwrap_or_default();
        let home = symbols.home(address);
        missing.at = Some(home.place.map_or(start, |(_, header)| header));
        missing.what = home.address.unwrap_or(missing.what);
        reading.missing.push(missing);
    }
    // The native reading says the same with places; only what it could not know, the compiler's word replaces.
    reading.remarks.extend(native.remarks);
    for (kind, count) in native.unmapped {
        *reading.unmapped.entry(kind).or_default() += count;
    }
}

/// The native declaration of an address; of a loop whose list only the compiler's template knows, the one that stands for all.
fn find(places: &BTreeMap<&str, usize>, address: &str) -> Option<usize> {
    if let Some(at) = places.get(address) {
        return Some(*at);
    }
    if !address.contains('[') {
        return None;
    }
    // The last index first: `m[0].r[2]` may be `m[0].r[?]`.
    let cuts: Vec<(usize, usize)> =
        address.match_indices('[').filter_map(|(at, _)| Some((at, at + address[at..].find(']')? + 1))).collect();
    let mut text = address.to_owned();
    for (start, end) in cuts.into_iter().rev() {
        text.replace_range(start..end, "[?]");
        if let Some(at) = places.get(text.as_str()) {
            return Some(*at);
        }
    }
    None
}

/// Gives a value the places of the same value as it is written.
fn place(node: &mut Node, written: &Node) {
    node.at = written.at;
    match (&mut node.value, &written.value) {
        (Value::Object(members), Value::Object(there)) => {
            for (key, value) in Arc::make_mut(members) {
                let other = there
                    .get(key)
                    .or_else(|| there.iter().find(|(k, _)| k.eq_ignore_ascii_case(key)).map(|(_, other)| other));
                if let Some(other) = other {
                    place(value, other);
                }
            }
        }
        (Value::Array(items), Value::Array(there)) if items.len() == there.len() => {
            for (item, other) in Arc::make_mut(items).iter_mut().zip(there.iter()) {
                place(item, other);
            }
        }
        _ => {}
    }
}

fn first_line(tree: &Tree, file: FileId) -> Span {
    let text = tree.text(file);
    Span::new(file, 0..text.find('\n').unwrap_or(text.len()))
}

#[cfg(test)]
mod tests;
