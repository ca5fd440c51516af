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

/// The context of a resource. A field that it does not declare itself comes from its parent.
pub(crate) fn context_of(resource: &Resource, rules: &ContextRules, index: &Index<'_>) -> Context {
    let mut context = Context::new();
    let mut at = Some(resource);
    for _ in 0..MAX_PARENTS {
        let Some(current) = at else { break };
        let mut found = own_context(current, rules, index);
        for field in CONTEXT_FIELDS {
            if let Some(declared) = found.remove(field) {
                context.entry(field).or_insert(declared);
            }
        }
        at = current.id().parent_key().and_then(|key| index.by_key(key));
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
    let tags = serde_json::from_str::<Tags>(resource.body().get()).ok().and_then(|t| t.tags);
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
