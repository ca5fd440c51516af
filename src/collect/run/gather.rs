//! What has been found so far: resources, child collections that were read, gaps. Makes the snapshot in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::collect::catalog::Row;
use crate::collect::journal::{Item, Trouble};
use crate::collect::run::SECRET;
use crate::model::{Gap, GapReason, Origin, ReadPath, ReadRoot, Resource, ResourceId, ResourceType};

/// A resource that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) id: ResourceId,
    pub(super) resource_type: ResourceType,
    body: Box<RawValue>,
    origin: Arc<Origin>,
    collections: BTreeSet<String>,
}

impl Found {
    /// A member of the body, as text.
    pub(super) fn member(&self, name: &str) -> Option<String> {
        let body: Value = serde_json::from_str(self.body.get()).ok()?;
        body.get(name)?.as_str().map(str::to_owned)
    }

    /// A member of the body's `properties`, as text.
    pub(super) fn property(&self, name: &str) -> Option<String> {
        let body: Value = serde_json::from_str(self.body.get()).ok()?;
        body.get("properties")?.get(name)?.as_str().map(str::to_owned)
    }
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// By the key of the id.
    pub(super) found: BTreeMap<String, Found>,
    gaps: BTreeSet<Gap>,
}

/// Where an item belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The scope or parent that was asked, for gaps.
    pub(super) about: &'a str,
    /// What is known of the type.
    pub(super) row: &'a Row,
    /// Whether the item is a child of `about`, so that an id that is missing can be made.
    pub(super) child: bool,
}

impl Gathered {
    /// Whether there may be resources that nobody knows of: a scope could not be read as a whole. Lists of one type that
    /// failed are told by their own gaps.
    pub(super) fn is_partial(&self) -> bool {
        let is_scope = |about: &str| {
            let found = ResourceId::parse(about).ok().and_then(|id| self.found.get(id.key()));
            found.is_none_or(|f| f.resource_type.key().starts_with("microsoft.resources/subscriptions"))
        };
        self.gaps.iter().any(|gap| gap.read.is_none() && is_scope(&gap.about))
    }

    /// How many answers were understood in part or not at all.
    pub(super) fn refused(&self) -> usize {
        self.gaps.iter().filter(|g| g.reason == GapReason::Malformed).count()
    }

    /// How many gaps there are.
    pub(super) fn gaps(&self) -> usize {
        self.gaps.len()
    }

    /// Notes a gap.
    pub(super) fn gap(&mut self, about: &str, read: Option<String>, reason: GapReason, detail: String) {
        self.gaps.insert(Gap { about: about.to_owned(), read, reason, detail });
    }

    /// Notes what a call did not give.
    pub(super) fn trouble(&mut self, about: &str, read: Option<String>, trouble: &Trouble) {
        self.gap(about, read, trouble.reason, trouble.text.clone());
    }

    /// Takes an item of an answer of ARM, and gives the key of its id. What is no resource becomes a gap.
    pub(super) fn take(&mut self, origin: &Arc<Origin>, item: &Item, place: Place<'_>) -> Option<String> {
        let row = place.row;
        let body = match serde_json::from_str::<Value>(item.body.get()) {
            Ok(Value::Object(body)) => body,
            Ok(_) => return self.refuse(place, "an item is not a JSON object"),
            Err(error) => return self.refuse(place, &format!("an item cannot be read: {error}")),
        };
        let body = if row.vault { of_vault(body, place.about) } else { body };
        let mut body = body;
        if place.child && body.get("id").and_then(Value::as_str).is_none_or(str::is_empty) {
            let Some(name) = body.get("name").and_then(Value::as_str) else {
                return self.refuse(place, "an item has neither id nor name");
            };
            let id = format!("{}/{}/{}", place.about, row.collection(), name.rsplit('/').next().unwrap_or(name));
            body.insert("id".to_owned(), Value::from(id));
        }
        let id = match body.get("id").and_then(Value::as_str).map(ResourceId::parse) {
            Some(Ok(id)) => id,
            Some(Err(error)) => return self.refuse(place, &format!("the id of an item cannot be read: {error}")),
            None => return self.refuse(place, "an item has no id"),
        };
        if let Some(events) = &row.events {
            let name = body.get("operationName").and_then(|o| o.get("value").unwrap_or(o).as_str());
            if !events.operations.iter().any(|o| name.is_some_and(|name| o.eq_ignore_ascii_case(name))) {
                return None;
            }
        }
        // Azure writes some types otherwise in lists than in their documentation, or not at all. An id that spells another
        // type tells of another thing.
        let of_row = ResourceType::new(&row.resource_type);
        let scopes = row.resource_type.to_lowercase().starts_with("microsoft.resources/");
        let spelled = id.resource_type();
        if spelled.is_none() || scopes || row.events.is_some() || spelled.as_ref() == Some(&of_row) {
            body.insert("type".to_owned(), Value::from(row.resource_type.clone()));
        }
        self.keep(id, body, origin, &item.dropped, row.vault)
    }

    /// Takes a row of Resource Graph, and gives the key of its id. What ARM leaves out, Resource Graph writes as null or as
    /// an empty text.
    pub(super) fn take_row(
        &mut self,
        origin: &Arc<Origin>,
        item: &Item,
        types: &BTreeMap<String, &str>,
        about: &str,
    ) -> Option<(String, Option<String>)> {
        let unreadable = |all: &mut Self, what: &str| {
            all.gap(about, None, GapReason::Malformed, format!("a row of Resource Graph {what}"));
        };
        let Ok(Value::Object(mut body)) = serde_json::from_str::<Value>(item.body.get()) else {
            unreadable(self, "is no JSON object that can be read");
            return None;
        };
        let written = body.get("type").and_then(Value::as_str).and_then(|t| types.get(&t.to_lowercase()));
        let id = body.get("id").and_then(Value::as_str).and_then(|id| ResourceId::parse(id).ok());
        let (Some(written), Some(id)) = (written, id) else {
            unreadable(self, "has no id or type that can be read");
            return None;
        };
        let version = body.remove("apiVersion").and_then(|v| v.as_str().map(str::to_owned));
        for column in ["resourceGroup", "subscriptionId", "tenantId"] {
            body.remove(column);
        }
        body.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
        body.insert("type".to_owned(), Value::from(*written));
        self.keep(id, body, origin, &item.dropped, false).map(|key| (key, version))
    }

    fn keep(
        &mut self,
        id: ResourceId,
        body: serde_json::Map<String, Value>,
        origin: &Arc<Origin>,
        dropped: &[String],
        vault: bool,
    ) -> Option<String> {
        let read = Resource::from_value(&Value::Object(body));
        let resource = match read {
            Ok(resource) => resource,
            Err(error) => {
                self.gap(id.as_str(), None, GapReason::Malformed, format!("the answer is no resource: {error}"));
                return None;
            }
        };
        if resource.parsed().is_ok_and(|b| b.get("properties").is_some_and(|p| !p.is_object() && !p.is_null())) {
            let text = "the answer has properties that are no object".to_owned();
            self.gap(id.as_str(), Some("resource.properties".to_owned()), GapReason::Malformed, text);
        }
        for path in dropped {
            // A vault's answer lies one level further down in the resource.
            let inner = path.strip_prefix("resource.").filter(|rest| vault && !rest.starts_with("tags"));
            let path = inner.map_or_else(|| path.clone(), |rest| format!("resource.properties.{rest}"));
            self.gap(id.as_str(), Some(path), GapReason::Redacted, SECRET.to_owned());
        }
        let key = id.key().to_owned();
        let found = Found {
            resource_type: resource.resource_type().clone(),
            body: RawValue::from_string(resource.body().get().to_owned()).ok()?,
            origin: Arc::clone(origin),
            collections: self.found.remove(&key).map(|before| before.collections).unwrap_or_default(),
            id,
        };
        self.found.insert(key.clone(), found);
        Some(key)
    }

    fn refuse(&mut self, place: Place<'_>, what: &str) -> Option<String> {
        let read = if place.child { collection(place.row) } else { place.row.resource_type.clone() };
        self.gap(place.about, Some(read), GapReason::Malformed, what.to_owned());
        None
    }

    /// Notes that the children of a collection were read: all, or the one of that name, which is not there.
    pub(super) fn has_read(&mut self, parent: &str, collection: String) {
        if let Some(found) = self.found.get_mut(parent) {
            found.collections.insert(collection);
        }
    }

    /// Whether the list of the type in a scope failed, in whole or in part.
    pub(super) fn hides(&self, scope: &str, row: &Row) -> bool {
        let of_type = |gap: &Gap| gap.read.as_deref().is_some_and(|read| read.eq_ignore_ascii_case(&row.resource_type));
        self.gaps.iter().any(|gap| gap.about.eq_ignore_ascii_case(scope) && of_type(gap))
    }

    /// Leaves a resource out that is gone.
    pub(super) fn remove(&mut self, key: &str) {
        self.found.remove(key);
    }

    /// The keys of all resources of a type.
    pub(super) fn of_type(&self, resource_type: &str) -> Vec<String> {
        let kind = ResourceType::new(resource_type);
        self.found.iter().filter(|(_, f)| f.resource_type == kind).map(|(key, _)| key.clone()).collect()
    }

    /// Puts the properties of a child into its parent at a path. `None` when they cannot be put there, or when the child was
    /// answered in an older api-version than the parent: then nobody would know what it lacks.
    pub(super) fn merge(&mut self, parent: &str, child: &str, into: &str) -> Option<()> {
        let path = ReadPath::parse(into).ok().filter(|p| p.root() == ReadRoot::Resource)?;
        let from = self.found.get(child).filter(|c| c.origin.older_than().is_none())?;
        let mut properties = serde_json::from_str::<Value>(from.body.get()).ok()?;
        let Value::Object(members) = properties.get_mut("properties")?.take() else { return None };
        let found = self.found.get_mut(parent)?;
        let mut body = serde_json::from_str::<Value>(found.body.get()).ok()?;
        let mut at = &mut body;
        for word in path.segments() {
            if !at.is_object() {
                *at = Value::Object(serde_json::Map::new());
            }
            let Value::Object(map) = at else { return None };
            let entry = map.keys().find(|key| key.eq_ignore_ascii_case(word)).cloned().unwrap_or_else(|| word.clone());
            at = map.entry(entry).or_insert(Value::Null);
        }
        match at {
            // The child is the newer word on what both say.
            Value::Object(map) => map.extend(members),
            other => *other = Value::Object(members),
        }
        found.body = serde_json::value::to_raw_value(&body).ok()?;
        Some(())
    }

    /// The gaps and resources.
    pub(super) fn into_parts(self) -> (Vec<Resource>, Vec<Gap>) {
        let mut gaps = self.gaps;
        let mut resources = Vec::with_capacity(self.found.len());
        for found in self.found.into_values() {
            let collections: Vec<&String> = found.collections.iter().collect();
            match Resource::from_raw(found.body) {
                Ok(resource) => {
                    resources.push(resource.with_origin(Some(found.origin)).with_collections(&collections));
                }
                Err(error) => {
                    let detail = format!("the answer is no resource: {error}");
                    let about = found.id.as_str().to_owned();
                    gaps.insert(Gap { about, read: None, reason: GapReason::Malformed, detail });
                }
            }
        }
        (resources, gaps.into_iter().collect())
    }
}

/// How a gap names the list of a row's children: as a collection, or for what lies on any resource or beside one as the type.
pub(super) fn collection(row: &Row) -> String {
    let word = row.collection();
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let beside = row.list.as_ref().is_some_and(|path| path.contains("{location}"));
    if beside || row.parents.iter().any(|p| p == "*") {
        row.resource_type.clone()
    } else if plain {
        format!("children.{word}")
    } else {
        format!("children[\"{word}\"]")
    }
}

/// How a gap names one child.
pub(super) fn child(row: &Row, name: &str) -> String {
    ReadPath::from_parts(ReadRoot::Children, vec![row.collection().to_owned(), name.to_owned()]).to_string()
}

/// An item of a vault's data plane in the shape of a resource: all of it under `properties`, with an id below the vault's.
fn of_vault(mut body: serde_json::Map<String, Value>, vault: &str) -> serde_json::Map<String, Value> {
    let Some(url) = body.get("id").and_then(Value::as_str).map(str::to_owned) else { return body };
    let mut words = url.split('/').skip(3);
    let (Some(collection), Some(name)) = (words.next(), words.next()) else { return body };
    let mut shaped = serde_json::Map::new();
    shaped.insert("id".to_owned(), Value::from(format!("{vault}/{collection}/{name}")));
    shaped.insert("name".to_owned(), Value::from(name));
    if let Some(tags) = body.remove("tags").filter(|t| !t.is_null()) {
        shaped.insert("tags".to_owned(), tags);
    }
    shaped.insert("properties".to_owned(), Value::Object(body));
    shaped
}
