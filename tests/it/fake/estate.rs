//! What there is: resources by id, subscriptions, management groups, principals.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use serde_json::{Value, json};

/// The types that are known, so that a list of them is empty and not a 404.
const KNOWN: &str = include_str!("known_types.txt");

/// The tenant, unless the estate says another.
const TENANT: &str = "5c1fffff-7e4a-4000-8000-000000000001";

/// What there is. Made once, then served without changes.
#[derive(Debug, Clone)]
pub(crate) struct Estate {
    pub(super) tenant: String,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) groups: Vec<Group>,
    /// Sorted by lower-case id once [`Estate::seal`] has run.
    entries: Vec<Entry>,
    templates: Vec<Vec<Piece>>,
    types: Vec<String>,
    known: BTreeSet<String>,
    /// Subscription and type, lower case → entries.
    lists: HashMap<(String, u32), Vec<u32>>,
    pub(super) events: Vec<(String, Value)>,
    pub(super) principals: BTreeMap<String, (String, String)>,
}

/// A subscription.
#[derive(Debug, Clone)]
pub(super) struct Subscription {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) state: String,
    /// The name of the management group above.
    pub(super) group: String,
}

/// A management group.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) display: String,
    /// The name of the one above; none above the root.
    pub(super) above: Option<String>,
}

/// A resource.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: Box<str>,
    /// The id in lower case: looking things up is most of what the fake does.
    key: Box<str>,
    /// Index of its lower-case type.
    kind: u32,
    /// Whether ARM tracks it: it has a location, and is no child that is not listed on its own.
    pub(super) tracked: bool,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Text(Box<str>),
    /// A template, and the number that stands for `{n}`.
    Template(u32, u32),
}

/// A part of a template.
#[derive(Debug, Clone)]
enum Piece {
    Text(Box<str>),
    Id,
    Name,
    Subscription,
    Number,
}

/// Takes a template apart at `{id}`, `{name}`, `{subscription}` and `{n}`.
fn pieces(text: &str) -> Vec<Piece> {
    let holes =
        [("{id}", Piece::Id), ("{name}", Piece::Name), ("{subscription}", Piece::Subscription), ("{n}", Piece::Number)];
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((at, hole, piece)) =
        holes.iter().filter_map(|(hole, piece)| rest.find(hole).map(|at| (at, hole, piece))).min_by_key(|found| found.0)
    {
        pieces.push(Piece::Text(rest[..at].into()));
        pieces.push(piece.clone());
        rest = &rest[at + hole.len()..];
    }
    pieces.push(Piece::Text(rest.into()));
    pieces
}

/// Children that ARM tracks like resources of the first level.
const TRACKED_CHILDREN: [&str; 12] = [
    "microsoft.cdn/profiles/endpoints",
    "microsoft.sql/servers/databases",
    "microsoft.sql/servers/elasticpools",
    "microsoft.sql/managedinstances/databases",
    "microsoft.network/privatednszones/virtualnetworklinks",
    "microsoft.network/dnsresolvers/inboundendpoints",
    "microsoft.network/dnsresolvers/outboundendpoints",
    "microsoft.network/networkwatchers/flowlogs",
    "microsoft.web/sites/slots",
    "microsoft.containerregistry/registries/replications",
    "microsoft.compute/virtualmachines/extensions",
    "microsoft.netapp/netappaccounts/capacitypools/volumes",
];

impl Estate {
    /// Nothing but a tenant with its root management group.
    pub(crate) fn empty() -> Self {
        Self {
            tenant: TENANT.to_owned(),
            subscriptions: Vec::new(),
            groups: vec![Group { name: TENANT.to_owned(), display: "Tenant Root Group".to_owned(), above: None }],
            entries: Vec::new(),
            templates: Vec::new(),
            types: Vec::new(),
            known: KNOWN.lines().map(str::to_ascii_lowercase).collect(),
            lists: HashMap::new(),
            events: Vec::new(),
            principals: BTreeMap::new(),
        }
    }

    /// The resources of a snapshot file. Its gaps are no part of it: [`super::Behaviour::with_gaps_of`] makes them faults.
    ///
    /// The subscriptions are those of the scope and of the ids, all below the management group `mg-bank`.
    pub(crate) fn from_snapshot(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let mut estate = Self::empty();
        estate.management_group("mg-bank", "Quillmark Bank", None);
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).expect("a line of a snapshot is JSON");
            for scope in line["manifest"]["scope"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                if let Some(id) = scope.strip_prefix("/subscriptions/") {
                    estate.subscription(id, "Enabled", "mg-bank");
                }
            }
            if line["resource"].is_object() {
                estate.add(&line["resource"]);
                estate.add_configuration(&line["resource"]);
            }
        }
        estate.seal();
        estate
    }

    /// Adds a management group below another, or below the root.
    pub(crate) fn management_group(&mut self, name: &str, display: &str, above: Option<&str>) {
        let above = above.unwrap_or(&self.tenant).to_owned();
        self.groups.push(Group { name: name.to_owned(), display: display.to_owned(), above: Some(above) });
    }

    /// Adds a subscription, or changes its state (`Enabled`, `Disabled`, `Warned`) and management group.
    pub(crate) fn subscription(&mut self, id: &str, state: &str, group: &str) {
        self.subscriptions.retain(|s| !s.id.eq_ignore_ascii_case(id));
        let name = format!("sub-{}", id.rsplit('-').next().unwrap_or(id).trim_start_matches('0'));
        let (id, state, group) = (id.to_owned(), state.to_owned(), group.to_owned());
        self.subscriptions.push(Subscription { id, name, state, group });
        self.subscriptions.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Adds a resource, or puts it in the place of the one with the same id. [`Estate::seal`] must follow.
    pub(crate) fn add(&mut self, body: &Value) {
        let id = body["id"].as_str().expect("a resource has an id");
        let has_location = body["location"].as_str().is_some_and(|l| !l.is_empty());
        let resource_type = body["type"].as_str().expect("a resource has a type").to_owned();
        self.learn(body);
        self.push(id, &resource_type, has_location, Body::Text(body.to_string().into()));
    }

    /// Adds the configuration of a site or slot as Azure gives it: a resource of its own.
    fn add_configuration(&mut self, site: &Value) {
        let (id, kind) = (site["id"].as_str().unwrap_or_default(), site["type"].as_str().unwrap_or_default());
        let configuration = &site["properties"]["siteConfig"];
        if kind.to_lowercase().starts_with("microsoft.web/sites") && configuration.is_object() {
            self.add(&json!({ "id": format!("{id}/config/web"), "type": format!("{kind}/config"), "name": "web",
                "properties": configuration }));
        }
    }

    /// Takes a resource away. [`Estate::seal`] must follow.
    pub(crate) fn remove(&mut self, id: &str) {
        self.entries.retain(|e| !e.id.eq_ignore_ascii_case(id));
    }

    /// Adds an event to the activity log of a subscription.
    pub(crate) fn event(&mut self, subscription: &str, event: Value) {
        self.events.push((subscription.to_ascii_lowercase(), event));
    }

    /// Makes a type known, so that a list of it is empty and not a 404.
    pub(crate) fn know(&mut self, resource_type: &str) {
        self.known.insert(resource_type.to_ascii_lowercase());
    }

    pub(super) fn template(&mut self, text: &str) -> u32 {
        self.templates.push(pieces(text));
        u32::try_from(self.templates.len() - 1).expect("few templates")
    }

    pub(super) fn add_template(&mut self, id: &str, resource_type: &str, located: bool, template: u32, number: u32) {
        self.push(id, resource_type, located, Body::Template(template, number));
    }

    fn push(&mut self, id: &str, resource_type: &str, has_location: bool, body: Body) {
        let lower = resource_type.to_ascii_lowercase();
        let depth = lower.matches('/').count();
        let tracked = has_location && (depth == 1 || TRACKED_CHILDREN.contains(&lower.as_str()));
        let kind = self.types.iter().position(|t| *t == lower).unwrap_or_else(|| {
            self.known.insert(lower.clone());
            self.types.push(lower);
            self.types.len() - 1
        });
        let kind = u32::try_from(kind).expect("few types");
        let key = id.to_ascii_lowercase().into();
        self.entries.push(Entry { id: id.into(), key, kind, tracked, body });
    }

    /// Learns who the principals are that a body names.
    fn learn(&mut self, body: &Value) {
        let properties = &body["properties"];
        let mut know = |id: &Value, kind: &str, name: &str| {
            if let Some(id) = id.as_str() {
                self.principals.entry(id.to_ascii_lowercase()).or_insert_with(|| (kind.to_owned(), name.to_owned()));
            }
        };
        let name = body["name"].as_str().unwrap_or_default();
        match body["type"].as_str().unwrap_or_default().to_ascii_lowercase().as_str() {
            "microsoft.managedidentity/userassignedidentities" => {
                know(&properties["principalId"], "ServicePrincipal", name);
            }
            "microsoft.authorization/roleassignments" => {
                let kind = properties["principalType"].as_str().unwrap_or("User");
                let id = properties["principalId"].as_str().unwrap_or_default();
                know(&properties["principalId"], kind, &format!("principal-{}", id.get(..13).unwrap_or(id)));
            }
            "microsoft.dbforpostgresql/flexibleservers/administrators" => {
                let kind = properties["principalType"].as_str().unwrap_or("User");
                know(&properties["objectId"], kind, properties["principalName"].as_str().unwrap_or(name));
            }
            _ => {}
        }
    }

    /// Puts all in order; needed after the last change, before the estate is served.
    pub(crate) fn seal(&mut self) {
        self.entries.sort_by(|a, b| a.key.cmp(&b.key));
        // The sort keeps the order of what was added: the last one stays.
        self.entries.dedup_by(|later, kept| {
            let same = later.key == kept.key;
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        self.lists.clear();
        let known: BTreeSet<String> = self.subscriptions.iter().map(|s| s.id.to_ascii_lowercase()).collect();
        let mut missing = BTreeSet::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let Some(subscription) = subscription_of(&entry.id) else { continue };
            let subscription = subscription.to_ascii_lowercase();
            if !known.contains(&subscription) {
                missing.insert(subscription.clone());
            }
            let at = u32::try_from(at).expect("few resources");
            self.lists.entry((subscription, entry.kind)).or_default().push(at);
        }
        let group = self.groups.last().map(|g| g.name.clone()).unwrap_or_default();
        for id in missing {
            self.subscription(&id, "Enabled", &group);
        }
    }

    /// How many resources there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The ids of all resources of a type, in order.
    pub(crate) fn ids(&self, resource_type: &str) -> Vec<String> {
        self.entries
            .iter()
            .filter(|e| self.type_of(e).eq_ignore_ascii_case(resource_type))
            .map(|e| e.id.to_string())
            .collect()
    }

    /// All resources, by lower-case id.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The lower-case type.
    pub(super) fn type_of(&self, entry: &Entry) -> &str {
        &self.types[entry.kind as usize]
    }

    /// The body as JSON text.
    pub(super) fn body(&self, entry: &Entry) -> String {
        match &entry.body {
            Body::Text(text) => text.to_string(),
            Body::Template(template, number) => {
                let name = entry.id.rsplit('/').next().unwrap_or_default();
                let mut text = String::with_capacity(1024);
                for piece in &self.templates[*template as usize] {
                    match piece {
                        Piece::Text(part) => text.push_str(part),
                        Piece::Id => text.push_str(&entry.id),
                        Piece::Name => text.push_str(name),
                        Piece::Subscription => text.push_str(subscription_of(&entry.id).unwrap_or_default()),
                        Piece::Number => text.push_str(&format!("{number:06}")),
                    }
                }
                text
            }
        }
    }

    /// The body as JSON.
    pub(super) fn value(&self, entry: &Entry) -> Value {
        serde_json::from_str(&self.body(entry)).unwrap_or_else(|e| json!({"id": entry.id, "broken": e.to_string()}))
    }

    /// The resource of an id.
    pub(super) fn find(&self, id: &str) -> Option<&Entry> {
        let key = id.to_ascii_lowercase();
        self.entries.binary_search_by(|e| (*e.key).cmp(&key)).ok().map(|at| &self.entries[at])
    }

    /// Everything whose id lies below a scope, the scope left out.
    pub(super) fn below(&self, scope: &str) -> &[Entry] {
        let low = format!("{}/", scope.trim_end_matches('/').to_ascii_lowercase());
        // `0` is the character after `/`.
        let high = format!("{}0", scope.trim_end_matches('/').to_ascii_lowercase());
        let first = self.entries.partition_point(|e| *e.key < *low);
        let last = self.entries.partition_point(|e| *e.key < *high);
        &self.entries[first..last]
    }

    /// The resources of a type in a subscription.
    pub(super) fn of_type(&self, subscription: &str, resource_type: &str) -> Vec<&Entry> {
        let Some(kind) = self.types.iter().position(|t| t.eq_ignore_ascii_case(resource_type)) else {
            return Vec::new();
        };
        let key = (subscription.to_ascii_lowercase(), u32::try_from(kind).expect("few types"));
        self.lists.get(&key).into_iter().flatten().map(|at| &self.entries[*at as usize]).collect()
    }

    /// Whether the type is known.
    pub(super) fn knows(&self, resource_type: &str) -> bool {
        self.known.contains(&resource_type.to_ascii_lowercase())
    }

    /// Whether a type of the namespace is known.
    pub(super) fn knows_namespace(&self, namespace: &str) -> bool {
        let start = format!("{}/", namespace.to_ascii_lowercase());
        self.known.range(start.clone()..).next().is_some_and(|t| t.starts_with(&start))
    }

    /// The namespaces of all known types.
    pub(super) fn namespaces(&self) -> BTreeSet<String> {
        KNOWN.lines().filter_map(|t| t.split('/').next()).map(str::to_owned).collect()
    }

    /// The subscription of an id.
    pub(super) fn find_subscription(&self, id: &str) -> Option<&Subscription> {
        self.subscriptions.iter().find(|s| s.id.eq_ignore_ascii_case(id))
    }

    /// The management groups above a subscription or a management group, the nearest first, itself left out.
    pub(super) fn above<'a>(&'a self, scope: &str) -> Vec<&'a Group> {
        let segments: Vec<&str> = scope.split('/').collect();
        let mut next = match segments.as_slice() {
            ["", s, id, ..] if s.eq_ignore_ascii_case("subscriptions") => {
                self.find_subscription(id).map(|s| s.group.clone())
            }
            ["", p, _, m, name, ..]
                if p.eq_ignore_ascii_case("providers") && m.eq_ignore_ascii_case("managementGroups") =>
            {
                self.find_group(name).and_then(|g| g.above.clone())
            }
            _ => None,
        };
        let mut above = Vec::new();
        while let Some(group) = next.and_then(|name| self.find_group(&name)) {
            above.push(group);
            next = group.above.clone();
        }
        above
    }

    /// The management group of a name.
    pub(super) fn find_group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.name.eq_ignore_ascii_case(name))
    }

    /// The resource groups of a subscription: the name in lower case → the name and a location.
    pub(super) fn resource_groups(&self, subscription: &str) -> BTreeMap<String, (String, String)> {
        let mut groups: BTreeMap<String, (String, String)> = BTreeMap::new();
        for entry in self.below(&format!("/subscriptions/{subscription}")) {
            let Some(name) = group_of(&entry.id) else { continue };
            groups.entry(name.to_ascii_lowercase()).or_insert_with(|| {
                let region = if name.ends_with("neu") { "northeurope" } else { "westeurope" };
                (name.to_owned(), region.to_owned())
            });
        }
        groups
    }
}

/// The subscription in an id.
pub(super) fn subscription_of(id: &str) -> Option<&str> {
    let mut segments = id.split('/').skip(1);
    segments.next().filter(|s| s.eq_ignore_ascii_case("subscriptions"))?;
    segments.next()
}

/// The resource group in an id.
pub(super) fn group_of(id: &str) -> Option<&str> {
    let mut segments = id.split('/').skip(3);
    segments.next().filter(|s| s.eq_ignore_ascii_case("resourceGroups"))?;
    segments.next()
}
