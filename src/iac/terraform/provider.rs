//! What the code says of the provider: its version, and the subscription it works on.

use std::rc::Rc;

use crate::iac::terraform::ast::{Block, Expr, Kind};
use crate::iac::terraform::engine::{Engine, Inputs, Module, NO_REPETITION};
use crate::iac::terraform::eval::Scope;
use crate::iac::terraform::inputs::uuid;
use crate::iac::terraform::parse;
use crate::iac::terraform::source::{Resource, Source};
use crate::iac::{Ids, Tree, Value};

/// The version that is taken when the code leaves it open.
const USUAL: u8 = 4;
/// The versions that are known, in the order in which they are tried.
const KNOWN: [u8; 5] = [USUAL, 3, 5, 2, 1];

type Version = (u64, u64, u64);

/// The major version of azurerm for a module: of the lock file, else of the constraints in `terraform` and `provider` blocks.
/// `None` when nothing says.
pub(super) fn major(tree: &Tree, source: &Source) -> Option<u8> {
    if let Some(locked) = locked(tree, &source.folder) {
        return Some(locked);
    }
    let mut constraints = Vec::new();
    for block in &source.settings {
        match (&*block.name, block.labels.first().map(AsRef::as_ref)) {
            ("terraform", _) => {
                for required in block.body.blocks("required_providers") {
                    constraints.extend(required.body.attrs.iter().filter_map(|a| requirement(&a.name, &a.value)));
                }
            }
            ("provider", Some("azurerm")) => {
                constraints.extend(block.body.attr("version").and_then(|a| a.value.literal()).map(str::to_owned));
            }
            _ => {}
        }
    }
    (!constraints.is_empty()).then(|| chosen(&constraints.join(",")))
}

/// The constraint of an entry of `required_providers` that means azurerm.
fn requirement(name: &str, value: &Expr) -> Option<String> {
    if let Some(constraint) = value.literal() {
        return (name == "azurerm").then(|| constraint.to_owned());
    }
    let Kind::Object(items) = &value.kind else { return None };
    let member = |name: &str| items.iter().find(|i| i.key.literal() == Some(name)).and_then(|i| i.value.literal());
    let means = member("source").map_or(name == "azurerm", |source| source.to_lowercase().ends_with("/azurerm"));
    if means { member("version").map(str::to_owned) } else { None }
}

fn locked(tree: &Tree, folder: &str) -> Option<u8> {
    let name = Tree::join(folder, ".terraform.lock.hcl").ok()?;
    if !tree.has_file(&name) {
        return None;
    }
    let file = tree.read(&name).ok()?;
    let parsed = parse::file(&tree.text(file), file);
    let means = |b: &&Block| b.labels.first().is_some_and(|l| l.ends_with("/hashicorp/azurerm"));
    let block = parsed.body.blocks("provider").find(means)?;
    let (major, ..) = version(block.body.attr("version")?.value.literal()?)?.0;
    Some(clamped(major))
}

fn clamped(major: u64) -> u8 {
    u8::try_from(major).unwrap_or(5).clamp(1, 5)
}

/// The numbers of a version, and how many are written.
fn version(text: &str) -> Option<(Version, usize)> {
    let text = text.trim().trim_start_matches('v');
    let text = text.split(['-', '+']).next()?;
    let words: Vec<&str> = text.split('.').collect();
    let word = |n: usize| words.get(n).map_or(Some(0), |w| w.parse::<u64>().ok());
    Some(((word(0)?, word(1)?, word(2)?), words.len()))
}

/// The major version that a constraint allows. When it allows several, the usual one; 5 only when the older ones are out.
pub(super) fn chosen(constraints: &str) -> u8 {
    // Versions from the first up to, not including, the second.
    let (mut from, mut to): (Version, Version) = ((0, 0, 0), (u64::MAX, 0, 0));
    for constraint in constraints.split(',') {
        let constraint = constraint.trim();
        let split = constraint.find(|c: char| c.is_ascii_digit() || c == 'v').unwrap_or(constraint.len());
        let (operator, number) = constraint.split_at(split);
        let Some((v @ (major, minor, patch), words)) = version(number) else { continue };
        let next = (major, minor, patch.saturating_add(1));
        let (low, high) = match operator.trim() {
            "" | "=" => (v, next),
            ">" => (next, to),
            ">=" => (v, to),
            "<" => (from, v),
            "<=" => (from, next),
            "~>" if words >= 3 => (v, (major, minor.saturating_add(1), 0)),
            "~>" if words == 2 => (v, (major.saturating_add(1), 0, 0)),
            // With one number it allows every later version.
            "~>" => (v, to),
            _ => continue,
        };
        from = from.max(low);
        to = to.min(high);
    }
    let allowed = |major: u8| {
        let (start, end) = ((u64::from(major), 0, 0), (u64::from(major) + 1, 0, 0));
        from.max(start) < to.min(end)
    };
    KNOWN.into_iter().find(|m| allowed(*m)).unwrap_or_else(|| clamped(from.0))
}

impl Engine<'_> {
    /// The provider's version for a root. A root that says nothing may call modules that do.
    pub(super) fn settle_provider(&self, root: &Source, called: &[Rc<Source>]) {
        let of_calls = || called.iter().find_map(|s| major(self.tree, s));
        self.provider.set(major(self.tree, root).or_else(of_calls).unwrap_or(USUAL));
    }

    /// The subscription of a resource: the one its provider names, else one that stands for the root's.
    pub(super) fn subscription(&self, module: &Rc<Module>, resource: &Resource) -> String {
        let provider = resource.body.attr("provider").and_then(|a| a.value.reference());
        let provider =
            provider.filter(|p| p.split('.').next() == Some("azurerm")).unwrap_or_else(|| "azurerm".to_owned());
        self.named_subscription(module, &provider).unwrap_or_else(|| Ids::subscription_of(&self.root))
    }

    fn named_subscription(&self, module: &Rc<Module>, provider: &str) -> Option<String> {
        if let Some(known) = module.subscriptions.borrow().get(provider) {
            return known.clone();
        }
        module.subscriptions.borrow_mut().insert(provider.to_owned(), None);
        let alias = provider.split_once('.').map(|(_, alias)| alias);
        let (name, alias_of) = ("azurerm", |b: &Block| b.body.attr("alias").and_then(|a| a.value.reference()));
        let own = module.source.settings.iter().find(|b| {
            &*b.name == "provider" && b.labels.first().is_some_and(|l| &**l == name) && alias_of(b).as_deref() == alias
        });
        let found = match (own, &module.inputs) {
            (Some(block), _) => block.body.attr("subscription_id").and_then(|attr| {
                let scope = Scope { module: Some(module), repetition: &NO_REPETITION, bindings: None };
                let node = self.eval(&attr.value, &scope).ok()?;
                uuid(&node).map(str::to_lowercase)
            }),
            (None, Inputs::Call { caller, call, .. }) => {
                let passed = caller.source.calls[*call].body.attr("providers").and_then(|a| passed(&a.value, provider));
                match (passed, alias) {
                    (Some(passed), _) => self.named_subscription(caller, &passed),
                    (None, None) => self.named_subscription(caller, provider),
                    (None, Some(_)) => None,
                }
            }
            (None, Inputs::Given(_)) => None,
        };
        module.subscriptions.borrow_mut().insert(provider.to_owned(), found.clone());
        found
    }
}

/// The provider that a call's `providers` passes under a name.
fn passed(value: &Expr, name: &str) -> Option<String> {
    let Kind::Object(items) = &value.kind else { return None };
    let key = |e: &Expr| match &e.kind {
        Kind::Literal(Value::String(text)) => Some(text.as_ref().to_owned()),
        _ => e.reference(),
    };
    items.iter().find(|i| key(&i.key).as_deref() == Some(name)).and_then(|i| i.value.reference())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_choose_a_version() {
        for (constraint, want) in [
            ("~> 3.0", 3),
            ("~>2.0", 2),
            ("=2.46.0", 2),
            ("~> 1.44", 1),
            (">= 1.0, < 3", 2),
            ("0.9", 1),
            ("3.117.1", 3),
            (">= 3.50, < 4.0", 3),
            (">= 3.50, < 5.0.0", 4),
            ("=4.1.0", 4),
            ("~> 4", 4),
            (">= 3.0", 4),
            (">= 2", 4),
            ("~> 3", 4),
            ("< 4", 3),
            ("<= 4.0.0", 4),
            ("~> 5.0", 5),
            (">= 5", 5),
            ("> 4.99, < 6", 4),
            ("~> 3.117.0", 3),
            ("!= 4.2.0, >= 4", 4),
            ("4.0.0-beta", 4),
            ("9.1", 5),
            ("nonsense", 4),
            ("", 4),
        ] {
            assert_eq!(chosen(constraint), want, "{constraint}");
        }
    }
}
