//! What the firm declares of a resource: read from the register, its tags, its parent, its resource group.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::evaluate::index::Index;
use crate::model::{CONTEXT_FIELDS, ContextRules, Resource, matches_pattern};

/// A declared field, or why it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Declared {
    /// The value.
    Known(String),
    /// The place that would carry it is a gap, by its place in the snapshot's list.
    Gap(usize),
}

/// The declared fields of a resource; a field that nobody declares is not there.
pub(crate) type Context = BTreeMap<&'static str, Declared>;

/// How far up parents are asked.
const MAX_PARENTS: usize = 6;

#[derive(Deserialize)]
struct Tags {
    #[serde(default)]
    tags: Option<Value>,
}

/// Contexts that are asked for again: those of parents, by key.
pub(crate) type Known = BTreeMap<String, Context>;

/// The context of a resource. A field that it does not declare itself comes from its parent.
pub(crate) fn context_of(resource: &Resource, rules: &ContextRules, index: &Index<'_>, known: &mut Known) -> Context {
    inherited(resource, rules, index, known, MAX_PARENTS)
}

fn inherited(
    resource: &Resource,
    rules: &ContextRules,
    index: &Index<'_>,
    known: &mut Known,
    levels: usize,
) -> Context {
    let mut context = own_context(resource, rules, index);
    let parent = resource.id().parent_key().filter(|_| levels > 0).and_then(|key| index.by_key(key));
    let Some(parent) = parent else { return context };
    let key = parent.id().key();
    if !known.contains_key(key) {
        let above = inherited(parent, rules, index, known, levels - 1);
        known.insert(key.to_owned(), above);
    }
    for (field, declared) in known.get(key).into_iter().flatten() {
        context.entry(field).or_insert_with(|| declared.clone());
    }
    context
}

fn own_context(resource: &Resource, rules: &ContextRules, index: &Index<'_>) -> Context {
    let mut context = Context::new();
    for (pattern, fields) in &rules.register {
        if matches_pattern(pattern, resource.id().as_str()) {
            declare(&mut context, fields);
        }
    }
    // Most resources have no tags: do not parse them.
    let text = resource.body().get();
    let tagged = text.contains("ags\"") || text.contains('\\');
    let tags = if tagged { serde_json::from_str::<Tags>(text).ok().and_then(|t| t.tags) } else { None };
    for field in CONTEXT_FIELDS {
        if context.contains_key(field) {
            continue;
        }
        for tag in rules.tags.get(field).into_iter().flatten() {
            if let Some(gap) = index.gap_on(resource.id(), &["tags", tag]) {
                context.insert(field, Declared::Gap(gap));
                break;
            }
            if let Some(value) = tags.as_ref().and_then(|t| tag_value(t, tag)) {
                context.insert(field, Declared::Known(value));
                break;
            }
        }
    }
    if let Some(group) = resource.id().resource_group() {
        for (pattern, fields) in &rules.resource_groups {
            if matches_pattern(pattern, group) {
                declare(&mut context, fields);
            }
        }
    }
    context
}

/// Where a declared field of a resource stands, for people: the first place in the order in which places count.
pub(crate) fn declared_in(resource: &Resource, rules: &ContextRules, index: &Index<'_>, field: &str) -> Option<String> {
    let mut at = Some(resource);
    for _ in 0..=MAX_PARENTS {
        let here = at?;
        let of = if here.id() == resource.id() { String::new() } else { format!(" of {}", here.id()) };
        let register = rules
            .register
            .iter()
            .find(|(pattern, fields)| fields.contains_key(field) && matches_pattern(pattern, here.id().as_str()));
        if let Some((pattern, _)) = register {
            return Some(format!("the register entry {pattern:?}{of}"));
        }
        let tags = serde_json::from_str::<Tags>(here.body().get()).ok().and_then(|t| t.tags);
        let tagged = rules.tags.get(field).into_iter().flatten().find(|tag| {
            index.gap_on(here.id(), &["tags", tag]).is_some()
                || tags.as_ref().and_then(|tags| tag_value(tags, tag)).is_some()
        });
        if let Some(tag) = tagged {
            return Some(format!("the tag {tag:?}{of}"));
        }
        let group = here.id().resource_group().and_then(|group| {
            rules
                .resource_groups
                .iter()
                .find(|(pattern, fields)| fields.contains_key(field) && matches_pattern(pattern, group))
        });
        if let Some((pattern, _)) = group {
            return Some(format!("the resource group pattern {pattern:?}{of}"));
        }
        at = here.id().parent_key().and_then(|key| index.by_key(key));
    }
    None
}

fn declare(context: &mut Context, fields: &BTreeMap<String, String>) {
    for field in CONTEXT_FIELDS {
        if let Some(value) = fields.get(field) {
            context.entry(field).or_insert_with(|| Declared::Known(value.clone()));
        }
    }
}

/// Tag names ignore case (Azure Resource Manager, "Use tags to organize your Azure resources").
fn tag_value(tags: &Value, name: &str) -> Option<String> {
    let (_, value) = tags.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    match value {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}
