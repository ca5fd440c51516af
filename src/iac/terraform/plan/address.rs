//! Addresses and references as Terraform writes them: `module.a["x.y"].azurerm_key_vault.b[0].id`.

use crate::iac::{Node, Value};

/// A name, with the key of an instance behind it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) name: String,
    /// `0` or `"x"`, as it is written.
    pub(super) key: Option<String>,
}

/// The steps of an address. What cannot be understood ends it.
pub(super) fn steps(text: &str) -> Vec<Step> {
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() {
            return out;
        }
        let mut step = Step { name: name.to_owned(), key: None };
        rest = after;
        if rest.starts_with('[') {
            let Some(end) = closing(rest) else { return out };
            step.key = Some(rest[1..end].to_owned());
            rest = &rest[end + 1..];
        }
        out.push(step);
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None => return out,
        }
    }
}

/// Where the bracket that opens a text is closed.
fn closing(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b']' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// The key of an instance as addresses write it.
pub(super) fn key_text(index: &Node) -> Option<String> {
    match &index.value {
        Value::Int(n) => Some(n.to_string()),
        Value::String(text) => Some(serde_json::Value::from(&**text).to_string()),
        _ => None,
    }
}

/// The address of modules, `module.a["x"].module.b`.
pub(super) fn module_text(modules: &[Step]) -> String {
    let word = |step: &Step| match &step.key {
        Some(key) => format!("module.{}[{key}]", step.name),
        None => format!("module.{}", step.name),
    };
    modules.iter().map(word).collect::<Vec<_>>().join(".")
}

/// The names of modules without keys, as the configuration has them.
pub(super) fn path(modules: &[Step]) -> String {
    modules.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_may_hold_anything() {
        let text = r#"module.a["x.y]\""].module.b[0].azurerm_x.c["k"].id"#;
        let all = steps(text);
        let names: Vec<&str> = all.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["module", "a", "module", "b", "azurerm_x", "c", "id"]);
        assert_eq!(all[1].key.as_deref(), Some(r#""x.y]\"""#));
        assert_eq!(all[3].key.as_deref(), Some("0"));
        assert_eq!(module_text(&[all[1].clone(), all[3].clone()]), r#"module.a["x.y]\""].module.b[0]"#);
        assert_eq!(steps("a["), []);
        assert_eq!(steps("a.b.").len(), 2);
    }
}
