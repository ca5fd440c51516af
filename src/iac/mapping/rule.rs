//! The mapping of one Terraform type.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::iac::Node;
use crate::iac::mapping::convert::Convert;
use crate::iac::mapping::locate::argument;
use crate::iac::mapping::path::Path;
use crate::iac::mapping::template::Template;
use crate::iac::mapping::transform::Transform;

/// Values for the provider's major versions 1 to 5.
pub(crate) type Defaults = [Option<Node>; 5];

/// A mapping.
#[derive(Debug)]
pub(crate) struct Type {
    /// The ARM type.
    pub(crate) arm_type: String,
    /// How the id is made.
    pub(crate) place: Place,
    /// Whether Azure has retired it.
    pub(crate) retired: bool,
    /// Properties that every resource of the type has.
    pub(crate) constants: Vec<(Path, Node)>,
    /// Properties that follow from names.
    pub(crate) derived: Vec<(Path, Template)>,
    /// What each argument means.
    pub(crate) table: Table,
    /// Children that stand for arguments of the resource itself.
    pub(crate) also: Vec<Arc<Child>>,
    /// Attributes that code may refer to.
    pub(crate) exports: BTreeMap<String, Template>,
    /// Attributes that only Azure knows.
    pub(crate) apply_only: BTreeSet<String>,
    /// Arguments that Azure fills in when the code leaves them out.
    pub(crate) computed: BTreeSet<String>,
    /// The last version of the provider that knows an argument.
    pub(crate) until: Vec<(String, u8)>,
}

/// How an ARM id is made.
#[derive(Debug)]
pub(crate) struct Place {
    /// Below what.
    pub(crate) scope: Scope,
    /// The arguments that may hold the name, tried in order, or a constant.
    pub(crate) name: Name,
    /// The argument with the resource group's name.
    pub(crate) group: String,
    /// For fragments: whether lists are joined.
    pub(crate) extend_lists: bool,
}

/// Below what a resource stands.
#[derive(Debug)]
pub(crate) enum Scope {
    /// A resource group.
    Group,
    /// The subscription.
    Subscription,
    /// The tenant.
    Tenant,
    /// Another resource, by type words.
    Parent(Vec<Origin>),
    /// Any scope, as an extension.
    Extends(Vec<Origin>),
    /// It is a part of that resource.
    Joins(Vec<Origin>),
}

/// Where the id of a parent comes from.
#[derive(Debug)]
pub(crate) enum Origin {
    /// An ARM id in an argument, and segments to add to it.
    Id { argument: String, add: String },
    /// Names, and the argument with the resource group's name.
    Names { names: Vec<Name>, group: String, arm_type: Option<String>, add: String },
    /// The subscription.
    Subscription,
}

/// A name.
#[derive(Debug)]
pub(crate) enum Name {
    /// In one of these arguments.
    Argument(Vec<String>),
    /// Always the same.
    Value(String),
    /// Made of arguments.
    Template(Template),
}

/// What each argument at one level means.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// By argument.
    pub(crate) entries: BTreeMap<Arc<str>, Entry>,
}

/// What one argument means.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    /// What to write.
    pub(crate) rules: Vec<Rule>,
    /// The arguments inside it, when it is a block.
    pub(crate) below: Table,
    /// Whether its value is never kept.
    pub(crate) dropped: bool,
    /// Whether what it holds needs no row.
    pub(crate) ignored: bool,
    /// The object that stands for the block.
    pub(crate) block: Option<Path>,
}

/// What to write for an argument.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// Where.
    pub(crate) to: Vec<Path>,
    /// What an argument that is left out means, by the provider's major version: as in Terraform.
    pub(crate) default: Defaults,
    /// Whether the default holds also when the block around it is left out.
    pub(crate) always: bool,
    /// How the value is converted.
    pub(crate) convert: Convert,
    /// The value as a text of several arguments.
    pub(crate) template: Option<Template>,
    /// Whether its list is added to what other arguments gave.
    pub(crate) append: bool,
    /// Constants when it is there.
    pub(crate) present: Vec<(Path, Node)>,
    /// Constants when it is not there.
    pub(crate) absent: Vec<(Path, Node)>,
    /// Other arguments that must have one of these values.
    pub(crate) when: Vec<(String, Vec<String>)>,
    /// A list of objects for a repeated block.
    pub(crate) items: Option<Arc<Items>>,
    /// A child resource, or one for each block.
    pub(crate) child: Option<(Arc<Child>, bool)>,
    /// The parts of a key's id.
    pub(crate) key_parts: Vec<(KeyPart, Path)>,
    /// A function for what data cannot say.
    pub(crate) transform: Option<&'static Transform>,
}

/// A part of a key's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyPart {
    /// The URI of the vault.
    Vault,
    /// The name of the key.
    Name,
    /// The version, empty when the id has none.
    Version,
}

/// The objects of a repeated block.
#[derive(Debug)]
pub(crate) struct Items {
    /// The arguments of an item.
    pub(crate) table: Table,
    /// Constants of each.
    pub(crate) constants: Vec<(Path, Node)>,
}

/// A child resource that the code writes inside its parent.
#[derive(Debug)]
pub(crate) struct Child {
    /// Its ARM type.
    pub(crate) arm_type: String,
    /// Its name.
    pub(crate) name: Name,
    /// Whether it is there when the block is left out.
    pub(crate) always: bool,
    /// Its arguments.
    pub(crate) table: Table,
    /// Its constants.
    pub(crate) constants: Vec<(Path, Node)>,
}

impl Type {
    /// The last word of the ARM type.
    pub(crate) fn collection(arm_type: &str) -> &str {
        arm_type.rsplit('/').next().unwrap_or(arm_type)
    }

    /// Where the defaults stand that hold for an instance. Code that says no version, or says it wrong, can only be applied
    /// with a version that knows all its arguments.
    pub(crate) fn version(&self, provider: u8, body: &Node) -> usize {
        let known = self.until.iter().filter(|(name, _)| argument(body, name).is_some()).map(|(_, last)| *last);
        usize::from(known.fold(provider, u8::min).clamp(1, 5) - 1)
    }
}

impl Place {
    /// The arguments that it needs.
    pub(crate) fn arguments(&self) -> Vec<&str> {
        fn of<'a>(name: &'a Name, all: &mut Vec<&'a str>) {
            match name {
                Name::Argument(names) => all.extend(names.iter().map(String::as_str)),
                Name::Template(template) => all.extend(template.arguments()),
                Name::Value(_) => {}
            }
        }
        let mut all = vec![self.group.as_str()];
        of(&self.name, &mut all);
        let (Scope::Parent(origins) | Scope::Extends(origins) | Scope::Joins(origins)) = &self.scope else {
            return all;
        };
        for origin in origins {
            match origin {
                Origin::Id { argument, .. } => all.push(argument),
                Origin::Names { names, group, .. } => {
                    all.push(group);
                    names.iter().for_each(|name| of(name, &mut all));
                }
                Origin::Subscription => {}
            }
        }
        all
    }
}

impl Table {
    /// The entry at a dotted path, made when it is not there.
    pub(crate) fn entry(&mut self, path: &str) -> &mut Entry {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        // The single dot means the value itself.
        let (first, rest) = if path == "." { (".", "") } else { (first, rest) };
        let entry = self.entries.entry(Arc::from(first)).or_default();
        if rest.is_empty() { entry } else { entry.below.entry(rest) }
    }

    /// The entry at a dotted path.
    pub(crate) fn find(&self, path: &str) -> Option<&Entry> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let entry = self.entries.get(first)?;
        if rest.is_empty() { Some(entry) } else { entry.below.find(rest) }
    }

    /// Finds the object that stands for each block: what its properties have in common.
    pub(crate) fn locate(&mut self) {
        for entry in self.entries.values_mut() {
            entry.below.locate();
            let mut paths = Vec::new();
            entry.below.targets(&mut paths);
            let Some(first) = paths.first().and_then(Path::parent) else { continue };
            let common = paths.iter().try_fold(first, |common, path| common.common(path));
            entry.block = common.filter(|path| path.len() > 1);
        }
    }

    fn targets(&self, all: &mut Vec<Path>) {
        for entry in self.entries.values() {
            for rule in &entry.rules {
                all.extend(rule.to.iter().cloned());
            }
            entry.below.targets(all);
        }
    }
}
