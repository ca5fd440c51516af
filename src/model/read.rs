//! Read paths: the grammar in which a policy names the facts it depends on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is not a read path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The first word is none of the four roots.
    #[error("a read starts with 'resource.', 'children.', 'related.' or 'context.', not {0:?}")]
    Root(String),
    /// A word is missing or a bracket is not closed.
    #[error("the read {0:?} has an empty or unfinished segment")]
    Segment(String),
    /// A child read without collection and name, or a related read without a relation.
    #[error("the read {0:?} is too short: {1}")]
    Short(String, &'static str),
    /// A wildcard in a place where it means nothing.
    #[error("the read {0:?} may hold '*' only in place of a child's name or after a relation to many")]
    Wildcard(String),
}

/// Where a fact comes from, the first word of a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadRoot {
    /// A property of the resource that is judged.
    Resource,
    /// A child of it, or a property of a child.
    Children,
    /// A resource at the other end of a relation.
    Related,
    /// What the firm declares of the resource.
    Context,
}

/// A parsed read such as `children.configurations.require_secure_transport.properties.value`.
///
/// Words are joined by dots; a word with other characters is written `["like this"]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadPath {
    root: ReadRoot,
    segments: Vec<String>,
}

impl ReadPath {
    /// Parses a read.
    ///
    /// # Errors
    /// [`ReadError`] with the text that is wrong.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let mut words = split(text)?;
        if words.is_empty() {
            return Err(ReadError::Root(text.to_owned()));
        }
        let root = match words.remove(0).as_str() {
            "resource" => ReadRoot::Resource,
            "children" => ReadRoot::Children,
            "related" => ReadRoot::Related,
            "context" => ReadRoot::Context,
            other => return Err(ReadError::Root(other.to_owned())),
        };
        match root {
            ReadRoot::Resource if words.is_empty() => {
                return Err(ReadError::Short(text.to_owned(), "name a property, like resource.location"));
            }
            ReadRoot::Children if words.len() < 2 => {
                return Err(ReadError::Short(
                    text.to_owned(),
                    "name a collection and a child, like children.configurations.tls_version or children.databases.*",
                ));
            }
            ReadRoot::Related if words.is_empty() => {
                return Err(ReadError::Short(text.to_owned(), "name a relation, like related.key_vault"));
            }
            ReadRoot::Context if words.len() != 1 => {
                return Err(ReadError::Short(text.to_owned(), "name one field, like context.domain"));
            }
            _ => {}
        }
        let wildcard_at = words.iter().position(|w| w == "*");
        if wildcard_at.is_some_and(|at| !matches!(root, ReadRoot::Children | ReadRoot::Related) || at != 1)
            || words.iter().filter(|w| *w == "*").count() > 1
        {
            return Err(ReadError::Wildcard(text.to_owned()));
        }
        Ok(Self { root, segments: words })
    }

    /// Makes a path of its parts, without checks.
    pub(crate) fn from_parts(root: ReadRoot, segments: Vec<String>) -> Self {
        Self { root, segments }
    }

    /// The root.
    pub fn root(&self) -> ReadRoot {
        self.root
    }

    /// The words after the root.
    pub fn segments(&self) -> &[String] {
        &self.segments
    }

    /// Whether the read takes all children of a collection, or all resources of a relation to many.
    pub fn is_wildcard(&self) -> bool {
        self.segments.get(1).is_some_and(|w| w == "*")
    }

    /// Whether one path is the other or lies above or below it. Words compare without case, `*` matches any.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.root == other.root
            && self.segments.iter().zip(&other.segments).all(|(a, b)| a == "*" || b == "*" || a.eq_ignore_ascii_case(b))
    }
}

fn split(text: &str) -> Result<Vec<String>, ReadError> {
    let broken = || ReadError::Segment(text.to_owned());
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        if let Some(quoted) = rest.strip_prefix("[\"") {
            let end = quoted.find("\"]").ok_or_else(broken)?;
            words.push(quoted[..end].to_owned());
            rest = &quoted[end + 2..];
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            words.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        if words.last().is_none_or(|w| w.is_empty() || w.chars().any(char::is_control)) {
            return Err(broken());
        }
        if rest.is_empty() {
            return Ok(words);
        }
        if let Some(after) = rest.strip_prefix('.') {
            rest = after;
        } else if !rest.starts_with("[\"") {
            return Err(broken());
        }
    }
}

impl fmt::Display for ReadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.root {
            ReadRoot::Resource => "resource",
            ReadRoot::Children => "children",
            ReadRoot::Related => "related",
            ReadRoot::Context => "context",
        })?;
        for word in &self.segments {
            let plain = word == "*" || word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
            if plain { write!(f, ".{word}")? } else { write!(f, "[\"{word}\"]")? }
        }
        Ok(())
    }
}
impl Serialize for ReadPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for ReadPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_parse_and_print() {
        for text in [
            "resource.properties.backup.backupRetentionDays",
            "children.configurations.require_secure_transport.properties.value",
            "children.administrators.*.properties.principalType",
            "related.key_vault.properties.sku.name",
            "related.key_users",
            "related.replicas.*",
            "related.replicas.*.properties.replica.replicationState",
            "context.domain",
            "resource.tags[\"cost.center\"].x",
        ] {
            assert_eq!(ReadPath::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn broken_paths_are_refused() {
        for text in [
            "",
            "input.x",
            "resource",
            "resource.",
            "resource..x",
            "children.configurations",
            "related",
            "context",
            "context.a.b",
            "resource.*",
            "children.*.x",
            "children.a.*.*",
            "related.a.b.*",
            "related.*",
            "resource[\"x",
            "resource.a]b[",
            "resource.a[b]",
        ] {
            assert!(ReadPath::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn overlap_is_ancestor_or_descendant() {
        let p = |t| ReadPath::parse(t).unwrap();
        assert!(p("resource.properties").overlaps(&p("resource.properties.backup")));
        assert!(p("resource.properties.Backup.x").overlaps(&p("resource.properties.backup")));
        assert!(p("children.a.*").overlaps(&p("children.a.b.properties")));
        assert!(!p("resource.properties.a").overlaps(&p("resource.properties.b")));
        assert!(!p("resource.a").overlaps(&p("related.a")));
    }
}
