//! One resource as ARM returns it, and where it was read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::model::{Call, IdError, Place, ReadPath, ResourceId, ResourceType};

/// Where a resource was read: the request for live Azure, the file for everything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// A request to Azure.
    Request {
        /// The HTTP method.
        method: String,
        /// Path and query, without host.
        path: String,
        /// The api-version that was asked for.
        api_version: String,
        /// When the answer came, RFC 3339.
        time: String,
        /// `x-ms-request-id` of the answer, where it had one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request_id: Option<String>,
        /// SHA-256 of the answer's body, hex.
        digest: String,
        /// The api-version that policies are written against, where an older one answered: what the answer lacks may only be
        /// unknown to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        older_than: Option<String>,
    },
    /// A file, with the lines of the resource and of each property that was written in it.
    File {
        /// The path as it was given, with forward slashes.
        file: String,
        /// The name in code, for example `module.db.azurerm_key_vault.main`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        /// Where the whole resource stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        range: Option<Range>,
        /// Where it begins: findings about properties that nobody wrote point there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header: Option<Range>,
        /// Where each property stands, by read path such as `resource.properties.network.public`.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        properties: BTreeMap<String, Place>,
        /// The module calls that lead to it, the root's first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<Call>,
        /// The read paths whose value nobody wrote: a default of the provider or the platform.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        defaults: Vec<String>,
    },
}

impl Origin {
    /// A file in which nothing is known to have lines.
    pub fn of_file(file: &str) -> Self {
        Self::File {
            file: file.to_owned(),
            address: None,
            range: None,
            header: None,
            properties: BTreeMap::new(),
            calls: Vec::new(),
            defaults: Vec::new(),
        }
    }

    /// The api-version that the answer is older than, and its own, when what it lacks is not known to be absent.
    pub fn older_than(&self) -> Option<(&str, &str)> {
        match self {
            Self::Request { older_than: Some(newer), api_version, .. } => Some((newer, api_version)),
            _ => None,
        }
    }

    /// The name in code, where there is one.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::File { address, .. } => address.as_deref(),
            Self::Request { .. } => None,
        }
    }
}

/// Lines and columns, both from 1; the end column is one past the last character, as in SARIF (§3.30).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// First line.
    pub start_line: u32,
    /// Column in the first line, in UTF-16 code units.
    pub start_column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}

/// The deepest nesting of a body. serde_json reads trees of up to 127 levels.
pub const MAX_DEPTH: usize = 100;

/// Why a body is not a resource.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResourceError {
    /// The body is not a JSON object.
    #[error("it is not a JSON object")]
    NotAnObject,
    /// There is no `id`, or it is not a text.
    #[error("it has no id")]
    NoId,
    /// The id cannot be read.
    #[error("its id is no resource id: {0}")]
    Id(#[from] IdError),
    /// Neither a `type` nor an id that spells one.
    #[error("it has no type, and its id spells none")]
    NoType,
    /// Brackets are nested deeper than [`MAX_DEPTH`].
    #[error("it is nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
}

/// A resource: the ARM body as bytes, with id and type read out of it.
///
/// Bodies stay text until they are needed: a parsed tree takes eight times the memory.
#[derive(Debug, Clone)]
pub struct Resource {
    id: ResourceId,
    resource_type: ResourceType,
    body: Box<RawValue>,
    origin: Option<Arc<Origin>>,
    collections: Vec<Box<str>>,
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    id: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    resource_type: Option<std::borrow::Cow<'a, str>>,
}

impl Resource {
    /// Takes an ARM body as JSON text.
    ///
    /// # Errors
    /// [`ResourceError`] when it is no object, or has no usable id or type.
    pub fn from_raw(body: Box<RawValue>) -> Result<Self, ResourceError> {
        if depth(body.get()) > MAX_DEPTH {
            return Err(ResourceError::TooDeep);
        }
        let (id, resource_type) = match serde_json::from_str::<Head<'_>>(body.get()) {
            Ok(head) => {
                let id = ResourceId::parse(&head.id.ok_or(ResourceError::NoId)?)?;
                let declared = head.resource_type.filter(|t| !t.is_empty()).map(|t| ResourceType::new(&t));
                (id, declared)
            }
            Err(_) if body.get().trim_start().starts_with('{') => return Err(ResourceError::NoId),
            Err(_) => return Err(ResourceError::NotAnObject),
        };
        let resource_type = match (resource_type, id.resource_type()) {
            (Some(declared), _) => declared,
            (None, Some(spelled)) => spelled,
            (None, None) => return Err(ResourceError::NoType),
        };
        Ok(Self { id, resource_type, body, origin: None, collections: Vec::new() })
    }

    /// Takes an ARM body as a JSON value and writes it with sorted keys.
    ///
    /// # Errors
    /// [`ResourceError`] as for [`Resource::from_raw`].
    pub fn from_value(body: &Value) -> Result<Self, ResourceError> {
        let raw = serde_json::value::to_raw_value(body).map_err(|_| ResourceError::NotAnObject)?;
        Self::from_raw(raw)
    }

    /// Adds where the resource was read.
    #[must_use]
    pub fn with_origin(mut self, origin: Option<Arc<Origin>>) -> Self {
        self.origin = origin;
        self
    }

    /// Adds the child collections that were read completely, for example `configurations`, and the single children that were
    /// asked for and are not there, for example `configurations/tls_version`.
    #[must_use]
    pub fn with_collections<S: AsRef<str>>(mut self, collections: &[S]) -> Self {
        self.collections = collections.iter().map(|c| Box::from(c.as_ref())).collect();
        self.collections.sort_unstable();
        self.collections.dedup();
        self
    }

    /// The id.
    pub fn id(&self) -> &ResourceId {
        &self.id
    }

    /// The type: the one that the body declares, else the one that the id spells.
    pub fn resource_type(&self) -> &ResourceType {
        &self.resource_type
    }

    /// The ARM body.
    pub fn body(&self) -> &RawValue {
        &self.body
    }

    /// The ARM body as a tree.
    ///
    /// # Errors
    /// When a number is out of range, for example `1e999`: JSON allows it, a tree cannot hold it.
    pub fn parsed(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(self.body.get())
    }

    /// Where it was read.
    pub fn origin(&self) -> Option<&Arc<Origin>> {
        self.origin.as_ref()
    }

    /// The child collections that were read completely, sorted.
    pub fn collections(&self) -> &[Box<str>] {
        &self.collections
    }

    /// Whether the children of the collection were read completely; `*` stands for all collections.
    pub fn has_read(&self, collection: &str) -> bool {
        self.collections.iter().any(|c| **c == *"*" || c.eq_ignore_ascii_case(collection))
    }
}

/// How deep the brackets of a valid JSON text are nested.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0usize, 0, false, false);
    for byte in json.bytes() {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => in_text = true,
                b'[' | b'{' => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    deepest
}

/// Something that should be known and is not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The resource or scope that it is about; for an item without an id, the place in the file.
    pub about: String,
    /// The read that is missing: a read path of that resource, or for a scope the resource type that could
    /// not be listed. Without it, everything about the resource or scope is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// Why.
    pub reason: GapReason,
    /// What was seen, for people.
    pub detail: String,
}

/// Why something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapReason {
    /// Azure refused the read.
    Denied,
    /// Azure throttled the read until the budget was spent.
    Throttled,
    /// The read took too long.
    Timeout,
    /// The value is only known when the code is applied.
    Unresolved,
    /// The read was not made, or leads out of the snapshot.
    OutOfScope,
    /// The provider or the api-version does not answer this read.
    Unsupported,
    /// The value is a secret and was dropped.
    Redacted,
    /// The answer could not be understood.
    Malformed,
    /// Only running Azure has the value, and the snapshot was made of code.
    Runtime,
}

impl GapReason {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Throttled => "throttled",
            Self::Timeout => "timeout",
            Self::Unresolved => "unresolved",
            Self::OutOfScope => "out_of_scope",
            Self::Unsupported => "unsupported",
            Self::Redacted => "redacted",
            Self::Malformed => "malformed",
            Self::Runtime => "runtime",
        }
    }
}

impl Gap {
    /// The read as a path, where it is one.
    pub fn path(&self) -> Option<ReadPath> {
        self.read.as_deref().and_then(|r| ReadPath::parse_prefix(r).ok())
    }
}

impl ReadPath {
    /// Parses a read or the beginning of one, such as `children.configurations`, as gaps name them.
    ///
    /// # Errors
    /// [`crate::model::ReadError`] when the text is not the beginning of a read.
    pub fn parse_prefix(text: &str) -> Result<Self, crate::model::ReadError> {
        Self::parse(text).or_else(|error| match text.strip_prefix("children.") {
            Some(collection) if !collection.is_empty() && !collection.contains(['.', '[', '*']) => {
                Ok(Self::from_parts(crate::model::ReadRoot::Children, vec![collection.to_owned()]))
            }
            _ => Err(error),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(text: &str) -> Result<Resource, ResourceError> {
        Resource::from_raw(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn the_type_comes_from_the_body_or_the_id() {
        let a = resource(r#"{"id":"/subscriptions/s/providers/A.B/c/d","type":"a.b/C"}"#).unwrap();
        assert_eq!(a.resource_type().as_str(), "a.b/C");
        let b = resource(r#"{"id":"/subscriptions/s/providers/A.B/c/d"}"#).unwrap();
        assert_eq!(b.resource_type().as_str(), "A.B/c");
    }

    #[test]
    fn what_is_no_resource_says_why() {
        assert_eq!(resource("[1]").unwrap_err(), ResourceError::NotAnObject);
        assert_eq!(resource("{}").unwrap_err(), ResourceError::NoId);
        assert_eq!(resource(r#"{"id":5}"#).unwrap_err(), ResourceError::NoId);
        assert_eq!(resource(r#"{"id":"x"}"#).unwrap_err(), ResourceError::Id(IdError::Form));
        assert_eq!(resource(r#"{"id":"https://x/y"}"#).unwrap_err(), ResourceError::NoType);
        let deep = format!(r#"{{"id":"/subscriptions/s","x":{}{}}}"#, "[".repeat(100), "]".repeat(100));
        let raw = RawValue::from_string(deep).unwrap();
        assert_eq!(Resource::from_raw(raw).unwrap_err(), ResourceError::TooDeep);
        assert_eq!(depth(r#"{"a":"[[[\"[["}"#), 1);
    }

    #[test]
    fn escaped_ids_are_read() {
        let a = resource(r#"{"id":"\/subscriptions\/s\/providers\/A.B\/c\/\u0064"}"#).unwrap();
        assert_eq!(a.id().as_str(), "/subscriptions/s/providers/A.B/c/d");
    }
}
