//! Tests over all mapping files.

use std::collections::{BTreeMap, BTreeSet};

use crate::iac::mapping::rule::{Entry, Table, Type};
use crate::iac::mapping::{FILES, TYPES};

fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    TYPES.iter().map(|(name, (text, _))| (*name, *text))
}

#[test]
fn every_file_compiles() {
    let wrong: Vec<String> =
        texts().filter_map(|(name, text)| Type::parse(text).err().map(|e| format!("{name}: {e}"))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), TYPES.len(), wrong.join("\n"));
    assert!(!TYPES.is_empty());
}

/// JSON keeps the last of two members with one name; YAML's own types refuse them.
#[test]
fn no_file_says_anything_twice() {
    let wrong: Vec<String> = texts()
        .filter_map(|(name, text)| {
            yaml_serde::from_str::<yaml_serde::Value>(text).err().map(|e| format!("{name}: {e}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The tables of what is in an argument.
fn inside<'a>(entry: &'a Entry, all: &mut Vec<&'a Table>) {
    all.push(&entry.below);
    for rule in &entry.rules {
        all.extend(rule.items.iter().map(|items| &items.table));
        all.extend(rule.child.iter().map(|(child, _)| &child.table));
    }
}

/// Whether the table knows an argument. The facts name blocks by their last word only: `trigger.days` stands for
/// `lifetime_action.trigger.days`.
fn known(table: &Table, argument: &str) -> bool {
    /// An argument that is ignored or mapped as a whole needs no row for what is in it.
    fn whole(entry: &Entry) -> bool {
        let parts = entry.rules.iter().any(|r| r.items.is_some() || r.child.is_some());
        entry.ignored || (entry.below.entries.is_empty() && !parts)
    }
    if table.find(argument).is_some() {
        return true;
    }
    let (block, rest) = argument.split_once('.').unwrap_or(("", argument));
    table.entries.iter().any(|(name, entry)| {
        let mut tables = Vec::new();
        inside(entry, &mut tables);
        (name.as_ref() == block && (whole(entry) || tables.iter().any(|t| known(t, rest))))
            || tables.iter().any(|t| known(t, argument))
    })
}

/// Whether a block of that name has rows anywhere.
fn named(table: &Table, block: &str) -> bool {
    table.entries.iter().any(|(name, entry)| {
        let mut tables = Vec::new();
        inside(entry, &mut tables);
        (name.as_ref() == block && !entry.ignored && tables.iter().any(|t| !t.entries.is_empty()))
            || (!entry.ignored && tables.iter().any(|t| named(t, block)))
    })
}

#[test]
fn every_argument_of_the_provider_is_known() {
    let facts = FILES.get_file("arguments.tsv").unwrap().contents_utf8().unwrap();
    let mut wrong: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut checked = 0;
    let kinds: BTreeMap<&str, Type> =
        texts().filter_map(|(name, text)| Some((name, Type::parse(text).ok()?))).collect();
    let lines: BTreeSet<(&str, &str)> = facts.lines().map(|line| line.split_once('\t').unwrap()).collect();
    for &(resource, argument) in &lines {
        let Some(kind) = kinds.get(resource) else { continue };
        checked += 1;
        // A block inside a block that is left out as a whole cannot be told by its name.
        let block = argument.split_once('.').map(|(block, _)| block);
        let nested = block.is_some_and(|b| !lines.contains(&(resource, b)) && !named(&kind.table, b));
        if !nested && !known(&kind.table, argument) {
            wrong.entry(resource).or_default().push(argument);
        }
    }
    let list: Vec<String> = wrong.iter().map(|(name, arguments)| format!("{name}: {}", arguments.join(" "))).collect();
    assert!(list.is_empty(), "{}", list.join("\n"));
    assert!(checked > 100);
}
