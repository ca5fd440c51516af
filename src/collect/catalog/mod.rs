//! The catalogue: what the collector knows of each Azure resource type. Pure data, read from `catalog.yaml` once.
//!
//! A [`Row`] says where resources of a type are listed, with which api-version, which Resource Graph table carries them, and
//! what lists leave out. It knows nothing of policies (that is the plan) and sends nothing.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::ResourceType;

const TEXT: &str = include_str!("catalog.yaml");

/// Properties that a child of a resource holds in place of the resource itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The child's collection, for example `config`.
    pub collection: String,
    /// The child's name, for example `web`.
    pub name: String,
    /// The read path of the resource that the child's `properties` belong at.
    pub into: String,
}

/// Which events of the activity log are kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// The providers to ask for, one call each: they take the place of `{provider}` in the path.
    pub providers: Vec<String>,
    /// The operations that are kept, to be compared without case.
    pub operations: Vec<String>,
}

/// What is known of one resource type.
///
/// Paths begin with `/` or are empty, and are relative to what the field names. `{name}` stands for a child's name, `{from}`
/// and `{to}` for RFC 3339 times, `{provider}` for one of [`Events::providers`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The type, as Azure's documentation writes it.
    pub resource_type: String,
    /// The api-version whose properties the policies are written against.
    pub api_version: String,
    /// Older versions for clouds that do not have it yet, newest first.
    pub fallbacks: Vec<String>,
    /// The Resource Graph table that carries the type.
    pub graph: Option<String>,
    /// The list for the whole tenant, a path of its own.
    pub tenant: Option<String>,
    /// The list below `/subscriptions/{id}`; empty for the subscription itself. A type that also has `parents` needs both.
    pub subscription: Option<String>,
    /// The list below a management group's id.
    pub management_group: Option<String>,
    /// The types it lies below; `*` stands for any resource.
    pub parents: Vec<String>,
    /// The list below the parent's id.
    pub list: Option<String>,
    /// One child below the parent's id, with `{name}`.
    pub get: Option<String>,
    /// The only names there can be; empty when any name can.
    pub names: Vec<String>,
    /// Names that Azure gives out by POST only, which is never sent: a read of one is a gap, `unsupported`.
    pub forbidden: Vec<String>,
    /// The query of the GET of each resource that gives what lists leave out; empty for a plain GET.
    pub expand: Option<String>,
    /// The read paths that only that GET gives.
    pub expand_for: Vec<String>,
    /// The read paths that the ARM list gives and Resource Graph does not.
    pub graph_lacks: Vec<String>,
    /// The read paths that ARM never gives: a read of one is a gap, `unsupported`.
    pub hidden: Vec<String>,
    /// Properties that come from a child.
    pub merge: Option<Merge>,
    /// Whether paths are below the vault's own address instead of its ARM id, with a token for the data plane.
    pub vault: bool,
    /// Whether Azure has retired the service. That ARM no longer knows the type then means that none exist.
    pub retired: bool,
    /// Set for the activity log, whose items are events and no resources.
    pub events: Option<Events>,
    /// The RBAC action of the reads; for `vault` rows a data action.
    pub action: String,
    /// What the reader must know.
    pub note: Option<String>,
}

impl Row {
    /// Whether the type can be listed anywhere, so that a resource that is not in the list is known not to exist.
    pub fn is_listed(&self) -> bool {
        self.list.is_some() || self.subscription.is_some() || self.tenant.is_some() || self.graph.is_some()
    }

    /// The name as Azure writes it, where only certain names exist.
    pub fn spelled(&self, name: &str) -> Option<&str> {
        self.names.iter().find(|n| n.eq_ignore_ascii_case(name)).map(String::as_str)
    }

    /// The last word of the type: the collection, for a child.
    pub fn collection(&self) -> &str {
        self.resource_type.rsplit('/').next().unwrap_or_default()
    }
}

/// All rows.
#[derive(Debug)]
pub struct Catalog {
    /// Lower-case type → row.
    rows: BTreeMap<String, Row>,
}

impl Catalog {
    /// The row of a type, compared without case.
    pub fn row(&self, resource_type: &str) -> Option<&Row> {
        self.rows.get(ResourceType::new(resource_type).key())
    }

    /// The rows, sorted by type.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.values()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let written: Vec<Written> = yaml_serde::from_str(text).map_err(|e| e.to_string())?;
        let mut rows = BTreeMap::new();
        for row in written.into_iter().map(Written::complete) {
            let key = ResourceType::new(&row.resource_type).key().to_owned();
            if let Some(double) = rows.insert(key, row) {
                return Err(format!("{} has two rows", double.resource_type));
            }
        }
        Ok(Self { rows })
    }
}

/// The catalogue of this build.
pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::parse(TEXT).expect("the catalogue is part of the build, and a test reads it"))
}

/// A path as the file writes it: a text, or `false` for none.
#[derive(Deserialize)]
#[serde(untagged)]
enum Path {
    None(bool),
    Text(String),
}

impl Path {
    /// The path that is meant; the default where nothing is written.
    fn or(written: Option<Self>, default: Option<String>) -> Option<String> {
        match written {
            None | Some(Self::None(true)) => default,
            Some(Self::None(false)) => None,
            Some(Self::Text(text)) => Some(text),
        }
    }
}

/// A row as the file writes it, without what can be derived from the type.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    r#type: String,
    version: String,
    #[serde(default)]
    fallbacks: Vec<String>,
    graph: Option<String>,
    tenant: Option<String>,
    subscription: Option<Path>,
    management_group: Option<String>,
    below: Option<Vec<String>>,
    list: Option<Path>,
    get: Option<Path>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    forbidden: Vec<String>,
    expand: Option<String>,
    #[serde(default)]
    expand_for: Vec<String>,
    #[serde(default)]
    graph_lacks: Vec<String>,
    #[serde(default)]
    hidden: Vec<String>,
    merge: Option<Merge>,
    #[serde(default)]
    vault: bool,
    #[serde(default)]
    retired: bool,
    events: Option<Events>,
    action: Option<String>,
    note: Option<String>,
}

impl Written {
    fn complete(self) -> Row {
        let parent = self.r#type.rsplit_once('/').filter(|(parent, _)| parent.contains('/'));
        let (subscription, parents, list, get) = match parent {
            None => (Some(format!("/providers/{}", self.r#type)), Vec::new(), None, None),
            Some((parent, word)) => {
                (None, vec![parent.to_owned()], Some(format!("/{word}")), Some(format!("/{word}/{{name}}")))
            }
        };
        Row {
            action: self.action.unwrap_or_else(|| format!("{}/read", self.r#type)),
            subscription: Path::or(self.subscription, subscription),
            parents: self.below.unwrap_or(parents),
            list: Path::or(self.list, list),
            get: Path::or(self.get, get),
            resource_type: self.r#type,
            api_version: self.version,
            fallbacks: self.fallbacks,
            graph: self.graph,
            tenant: self.tenant,
            management_group: self.management_group,
            names: self.names,
            forbidden: self.forbidden,
            expand: self.expand,
            expand_for: self.expand_for,
            graph_lacks: self.graph_lacks,
            hidden: self.hidden,
            merge: self.merge,
            vault: self.vault,
            retired: self.retired,
            events: self.events,
            note: self.note,
        }
    }
}

#[cfg(test)]
mod tests;
