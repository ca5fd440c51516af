//! Conversions that the mapping language cannot say.

use std::sync::Arc;

use crate::iac::{Node, Value};

/// Properties and their values.
pub(crate) type Values = Vec<(&'static str, Value)>;

/// A named conversion of one argument to several properties.
#[derive(Debug)]
pub(crate) struct Transform {
    /// Its name in the files.
    pub(crate) name: &'static str,
    /// All properties that it may write; they are not known when the argument is not.
    pub(crate) targets: &'static [&'static str],
    /// The conversion of a text; `None` when the text is not understood.
    pub(crate) run: fn(&str) -> Option<Values>,
}

/// All conversions.
const TRANSFORMS: &[Transform] = &[
    Transform { name: "flexible_sku", targets: &["sku.name", "sku.tier"], run: flexible_sku },
    Transform {
        name: "single_server_sku",
        targets: &["sku.name", "sku.tier", "sku.family", "sku.capacity"],
        run: single_server_sku,
    },
];

/// The conversion of that name.
pub(crate) fn named(name: &str) -> Option<&'static Transform> {
    TRANSFORMS.iter().find(|t| t.name == name)
}

fn text(value: &str) -> Value {
    Value::String(Arc::from(value))
}

fn tier(prefix: &str) -> Option<&'static str> {
    Some(match prefix.to_ascii_uppercase().as_str() {
        "B" => "Burstable",
        "GP" => "GeneralPurpose",
        "MO" => "MemoryOptimized",
        _ => return None,
    })
}

/// `GP_Standard_D2ds_v5` of PostgreSQL and MySQL flexible servers.
fn flexible_sku(sku: &str) -> Option<Values> {
    let (prefix, name) = sku.split_once('_')?;
    Some(vec![("sku.name", text(name)), ("sku.tier", text(tier(prefix)?))])
}

/// `GP_Gen5_4` of the retired single servers.
fn single_server_sku(sku: &str) -> Option<Values> {
    let (prefix, rest) = sku.split_once('_')?;
    let (family, cores) = rest.split_once('_')?;
    let tier = if prefix.eq_ignore_ascii_case("B") { "Basic" } else { tier(prefix)? };
    let cores = cores.parse::<i64>().ok()?;
    Some(vec![
        ("sku.name", text(sku)),
        ("sku.tier", text(tier)),
        ("sku.family", text(family)),
        ("sku.capacity", Value::Int(cores)),
    ])
}

/// What the conversion gives for a value; everything unknown when it is not understood.
pub(crate) fn run(transform: &Transform, node: &Node, argument: &str) -> Vec<(&'static str, Node)> {
    let all = |value: Value| {
        let make =
            |target: &&'static str| (*target, Node { value: value.clone(), at: node.at, sensitive: node.sensitive });
        transform.targets.iter().map(make).collect()
    };
    match &node.value {
        Value::Unknown(reason) => all(Value::Unknown(Arc::clone(reason))),
        Value::Null => Vec::new(),
        Value::String(given) => match (transform.run)(given) {
            Some(values) => values
                .into_iter()
                .map(|(target, value)| (target, Node { value, at: node.at, sensitive: node.sensitive }))
                .collect(),
            None if node.sensitive => all(Value::unknown(format!("{argument} is not understood"))),
            None => all(Value::unknown(format!("{argument} is {given:?}, which is not understood"))),
        },
        other => all(Value::unknown(format!("{argument} is a {}, which is not understood", other.kind()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skus_are_taken_apart() {
        let sku = |name: &str, given: &str| {
            run(named(name).unwrap(), &Node::string(given), "sku_name")
                .into_iter()
                .map(|(target, node)| (target, node.to_json().map_err(|e| e.to_string())))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            sku("flexible_sku", "GP_Standard_D2ds_v5"),
            [("sku.name", Ok("Standard_D2ds_v5".into())), ("sku.tier", Ok("GeneralPurpose".into()))]
        );
        assert_eq!(sku("single_server_sku", "B_Gen5_2")[3], ("sku.capacity", Ok(2.into())));
        assert_eq!(sku("single_server_sku", "B_Gen5_2")[1], ("sku.tier", Ok("Basic".into())));
        assert!(sku("flexible_sku", "Standard").iter().all(|(_, v)| v.is_err()));
    }

    #[test]
    fn names_are_unique_and_results_are_announced() {
        for (at, transform) in TRANSFORMS.iter().enumerate() {
            assert!(TRANSFORMS[at + 1..].iter().all(|t| t.name != transform.name));
            let unknown = run(transform, &Node::unknown("var.x"), "a");
            assert_eq!(unknown.len(), transform.targets.len());
            assert!(unknown.iter().all(|(_, node)| node.reason().is_some()));
        }
    }
}
