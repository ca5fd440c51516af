//! Names of things: ARM resource ids, resource types, policy ids. Text in, typed names out.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The longest resource id that is accepted, in bytes. ARM itself allows far less.
pub const MAX_ID_BYTES: usize = 4096;

/// Why a text is not a resource id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text is empty.
    #[error("the id is empty")]
    Empty,
    /// The text is longer than [`MAX_ID_BYTES`].
    #[error("the id is {0} bytes long, more than {MAX_ID_BYTES}")]
    TooLong(usize),
    /// The text holds a control character.
    #[error("the id holds a control character at byte {0}")]
    Control(usize),
    /// The text is neither a path nor an https URI.
    #[error("the id starts neither with '/', 'subscriptions/' or 'providers/', nor with 'https://'")]
    Form,
    /// A policy id with characters outside `a-z`, `0-9`, `_` and `.`.
    #[error("a policy id is made of lower-case words joined by dots, like azure.postgresql.secure_transport_required")]
    Policy,
}

/// The level of Azure's hierarchy that an id stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeKind {
    /// `/` or a provider resource of the tenant.
    Tenant,
    /// A management group or something below one.
    ManagementGroup,
    /// A subscription or something directly below one.
    Subscription,
    /// A resource group or something in one.
    ResourceGroup,
    /// An `https://` id of a data plane, for example a Key Vault certificate.
    DataPlane,
}

/// The id of a resource or scope, compared without case as ARM does, with the original text kept for people.
///
/// Accepts ARM paths (`/subscriptions/…`, also without the leading slash, as some answers write them) and
/// data-plane URIs (`https://…`).
#[derive(Clone)]
pub struct ResourceId {
    text: Arc<str>,
    key: Arc<str>,
}

impl ResourceId {
    /// Parses an id.
    ///
    /// # Errors
    /// [`IdError`] when the text is empty, too long, holds control characters or has another form.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        if text.len() > MAX_ID_BYTES {
            return Err(IdError::TooLong(text.len()));
        }
        if let Some((at, _)) = text.char_indices().find(|(_, c)| c.is_control()) {
            return Err(IdError::Control(at));
        }
        let lower = text.to_lowercase();
        let key = if lower.starts_with('/') || lower.starts_with("https://") {
            lower
        } else if lower.starts_with("subscriptions/") || lower.starts_with("providers/") {
            format!("/{lower}")
        } else {
            return Err(IdError::Form);
        };
        let key = if key.len() > 1 { key.trim_end_matches('/') } else { key.as_str() };
        let text: Arc<str> = Arc::from(text);
        let key = if *text == *key { Arc::clone(&text) } else { Arc::from(key) };
        Ok(Self { text, key })
    }

    /// The text as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text that comparisons use: lower case, with a leading slash and without a trailing one.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The last name in the id.
    pub fn name(&self) -> &str {
        let path = self.text.trim_end_matches('/');
        path.rsplit('/').next().unwrap_or(path)
    }

    /// The part after the last `/providers/`, that is `Namespace/type/name[/type/name]…`, and where it starts.
    fn provider(&self) -> Option<(usize, &str)> {
        let text = self.text.trim_end_matches('/');
        let lower = text.to_lowercase();
        // Lower-casing can change lengths outside ASCII; ids that do are rare and take the slow way.
        let at = if lower.len() == text.len() { lower.rfind("/providers/")? } else { text.rfind("/providers/")? };
        let start = at + "/providers/".len();
        Some((at, text.get(start..)?))
    }

    /// The ARM type that the id spells, for example `Microsoft.KeyVault/vaults/keys`.
    ///
    /// `None` for data-plane ids and for scopes, save `Microsoft.Resources/subscriptions` and
    /// `Microsoft.Resources/subscriptions/resourceGroups`.
    pub fn resource_type(&self) -> Option<ResourceType> {
        if self.key.starts_with("https://") {
            return None;
        }
        if let Some((_, rest)) = self.provider() {
            let segments: Vec<&str> = rest.split('/').collect();
            let (namespace, pairs) = segments.split_first()?;
            let types: Vec<&str> = pairs.iter().step_by(2).copied().collect();
            if types.is_empty() {
                return None;
            }
            return Some(ResourceType::new(&format!("{namespace}/{}", types.join("/"))));
        }
        let segments: Vec<&str> = self.key.trim_start_matches('/').split('/').collect();
        match segments.as_slice() {
            ["subscriptions", _] => Some(ResourceType::new("Microsoft.Resources/subscriptions")),
            ["subscriptions", _, "resourcegroups", _] => {
                Some(ResourceType::new("Microsoft.Resources/subscriptions/resourceGroups"))
            }
            _ => None,
        }
    }

    /// The resource that a nested resource belongs to, as a key: `…/vaults/v/keys/k` gives `…/vaults/v`.
    /// For an extension resource, the resource it extends. `None` for top-level resources and scopes.
    pub fn parent_key(&self) -> Option<&str> {
        if self.key.starts_with("https://") {
            return None;
        }
        let at = self.key.rfind("/providers/")?;
        let rest = &self.key[at + "/providers/".len()..];
        if rest.split('/').count() > 3 {
            let cut = self.key.rfind('/').and_then(|name| self.key[..name].rfind('/'))?;
            return Some(&self.key[..cut]);
        }
        let owner = &self.key[..at];
        owner.contains("/providers/").then_some(owner)
    }

    /// The subscription's id (a GUID in Azure), as written.
    pub fn subscription(&self) -> Option<&str> {
        self.segment_after("subscriptions")
    }

    /// The resource group's name, as written.
    pub fn resource_group(&self) -> Option<&str> {
        self.segment_after("resourcegroups")
    }

    fn segment_after(&self, word: &str) -> Option<&str> {
        let mut segments = self.text.split('/');
        while let Some(segment) = segments.next() {
            if segment.eq_ignore_ascii_case(word) {
                return segments.next().filter(|s| !s.is_empty());
            }
            if segment.eq_ignore_ascii_case("providers") && word == "resourcegroups" {
                return None;
            }
        }
        None
    }

    /// The level of the hierarchy that the id stands on.
    pub fn scope_kind(&self) -> ScopeKind {
        if self.key.starts_with("https://") {
            ScopeKind::DataPlane
        } else if self.key.starts_with("/subscriptions/") {
            if self.resource_group().is_some() { ScopeKind::ResourceGroup } else { ScopeKind::Subscription }
        } else if self.key.starts_with("/providers/microsoft.management/managementgroups/") {
            ScopeKind::ManagementGroup
        } else {
            ScopeKind::Tenant
        }
    }

    /// Whether this id is `scope` or lies below it.
    pub fn is_within(&self, scope: &Self) -> bool {
        scope.key() == "/"
            || self.key.strip_prefix(scope.key()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl PartialEq for ResourceId {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for ResourceId {}
impl PartialOrd for ResourceId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for ResourceId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}
impl Hash for ResourceId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}
impl fmt::Debug for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourceId({})", self.text)
    }
}
impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl Serialize for ResourceId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
impl<'de> Deserialize<'de> for ResourceId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// An ARM resource type such as `Microsoft.KeyVault/vaults/keys`, compared without case.
#[derive(Clone)]
pub struct ResourceType {
    text: Arc<str>,
    key: Arc<str>,
}

impl ResourceType {
    /// Makes a type of its text.
    pub fn new(text: &str) -> Self {
        let lower = text.to_lowercase();
        let text: Arc<str> = Arc::from(text);
        let key = if *text == *lower { Arc::clone(&text) } else { Arc::from(lower) };
        Self { text, key }
    }

    /// The text as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The lower-case text that comparisons use.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The type of a child collection of this type.
    #[must_use]
    pub fn child(&self, collection: &str) -> Self {
        Self::new(&format!("{}/{collection}", self.text))
    }
}

impl PartialEq for ResourceType {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
impl Eq for ResourceType {}
impl PartialOrd for ResourceType {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for ResourceType {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}
impl Hash for ResourceType {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}
impl fmt::Debug for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourceType({})", self.text)
    }
}
impl fmt::Display for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl Serialize for ResourceType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
impl<'de> Deserialize<'de> for ResourceType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(&String::deserialize(deserializer)?))
    }
}

/// The id of a policy: its Rego package, for example `azure.postgresql.secure_transport_required`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PolicyId(Arc<str>);

impl PolicyId {
    /// Parses an id.
    ///
    /// # Errors
    /// [`IdError::Policy`] when the text is not lower-case words joined by dots.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let word = |w: &str| {
            w.starts_with(|c: char| c.is_ascii_lowercase())
                && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        let words: Vec<&str> = text.split('.').collect();
        if words.len() >= 2 && words.iter().all(|w| word(w)) && text.len() <= 200 {
            Ok(Self(Arc::from(text)))
        } else {
            Err(IdError::Policy)
        }
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PolicyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for PolicyId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ResourceId {
        ResourceId::parse(text).unwrap()
    }

    #[test]
    fn ids_ignore_case_and_keep_the_original() {
        let a = id("/subscriptions/S/resourceGroups/RG/providers/Microsoft.KeyVault/vaults/KV");
        let b = id("/SUBSCRIPTIONS/s/resourcegroups/rg/providers/microsoft.keyvault/vaults/kv/");
        assert_eq!(a, b);
        assert_eq!(a.as_str(), "/subscriptions/S/resourceGroups/RG/providers/Microsoft.KeyVault/vaults/KV");
        assert_eq!(a.name(), "KV");
        assert_eq!(b.name(), "kv");
        assert_eq!((a.subscription(), a.resource_group()), (Some("S"), Some("RG")));
    }

    #[test]
    fn nested_types_and_parents() {
        let key = id("/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/keys/k");
        assert_eq!(key.resource_type().unwrap().as_str(), "Microsoft.KeyVault/vaults/keys");
        assert_eq!(key.parent_key(), Some("/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/vaults/v"));
        let vault = id("/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v");
        assert_eq!(vault.parent_key(), None);
        let setting = id(
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/providers/Microsoft.Insights/diagnosticSettings/d",
        );
        assert_eq!(setting.resource_type().unwrap().as_str(), "Microsoft.Insights/diagnosticSettings");
        assert_eq!(setting.parent_key(), Some(vault.key()));
    }

    #[test]
    fn every_scope_is_told_apart() {
        for (text, kind) in [
            ("/", ScopeKind::Tenant),
            ("/providers/Microsoft.Authorization/roleDefinitions/r", ScopeKind::Tenant),
            ("/providers/Microsoft.Management/managementGroups/mg", ScopeKind::ManagementGroup),
            ("/subscriptions/s", ScopeKind::Subscription),
            ("/subscriptions/s/providers/Microsoft.Authorization/locks/l", ScopeKind::Subscription),
            ("/subscriptions/s/resourceGroups/g", ScopeKind::ResourceGroup),
            ("subscriptions/s/resourceGroups/g/providers/A.B/c/d", ScopeKind::ResourceGroup),
            ("https://kv.vault.azure.net/keys/k", ScopeKind::DataPlane),
        ] {
            assert_eq!(id(text).scope_kind(), kind, "{text}");
        }
        assert_eq!(id("/subscriptions/s").resource_type().unwrap().as_str(), "Microsoft.Resources/subscriptions");
        assert!(id("/subscriptions/s").parent_key().is_none());
        assert!(id("/subscriptions/s/resourceGroups/g").is_within(&id("/subscriptions/S")));
        assert!(!id("/subscriptions/s2").is_within(&id("/subscriptions/s")));
    }

    #[test]
    fn hostile_ids_are_refused_or_harmless() {
        assert_eq!(ResourceId::parse("").unwrap_err(), IdError::Empty);
        assert_eq!(ResourceId::parse("hello").unwrap_err(), IdError::Form);
        assert_eq!(ResourceId::parse("/a\u{1b}[31m").unwrap_err(), IdError::Control(2));
        assert!(matches!(ResourceId::parse(&"/".repeat(5000)).unwrap_err(), IdError::TooLong(5000)));
        for text in ["/providers/", "/providers//", "///", "/subscriptions/", "/İ/providers/İ/İ/İ", "/a/providers/b"]
        {
            let id = id(text);
            let _ = (id.name(), id.resource_type(), id.parent_key(), id.subscription(), id.scope_kind());
        }
    }

    #[test]
    fn policy_ids_are_words_and_dots() {
        assert!(PolicyId::parse("azure.postgresql.secure_transport_required").is_ok());
        for bad in ["", "azure", "Azure.x", "azure..x", "azure.x-y", "azure.1x", "azure.x\n"] {
            assert!(PolicyId::parse(bad).is_err(), "{bad}");
        }
    }
}
