//! What to fetch: the rows of the catalogue that the selected policies need, and how each is fetched.
//!
//! Takes a policy set, gives a plan. It follows reads to children, to what they lie below and to the ends of relations.
//! It sends nothing and knows nothing of scopes: the same policies give the same plan and the same digest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::collect::catalog::{Row, catalog};
use crate::model::{
    GapReason, KEY_USES, KeyUse, PolicyMeta, PolicySet, ReadPath, ReadRoot, Relation, ResourceType, SUBNET_USES, Via,
    hex,
};

/// How many children a single GET each is worth: above, the list of the collection is cheaper.
const FEW: usize = 2;

/// The top-level members that Resource Graph gives of a resource. `systemData` and `etag` are not among them.
const GRAPH_COLUMNS: &[&str] = &[
    "id",
    "name",
    "type",
    "kind",
    "location",
    "tags",
    "sku",
    "plan",
    "identity",
    "zones",
    "managedBy",
    "extendedLocation",
    "properties",
];

/// What is collected whatever the policies read: they say what a tag or a name inherits from.
const ALWAYS: &[&str] = &["Microsoft.Resources/subscriptions", "Microsoft.Resources/subscriptions/resourceGroups"];

/// Which resources of a type, or children of a collection, to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    /// All that a list shows.
    All,
    /// These, by one GET each. A 404 says nothing of the others, so the collection does not count as read.
    Only(BTreeSet<String>),
}

/// Where the bodies come from, the cheapest place that has all that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bodies {
    /// The rows of Resource Graph.
    Graph,
    /// The lists of ARM (or of the vault).
    List,
    /// One GET of each resource, with the row's `expand` query where it has one; a list only gives the ids.
    Get,
}

impl Bodies {
    fn as_str(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::List => "list",
            Self::Get => "get",
        }
    }
}

/// One type of the plan.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What is known of the type.
    pub row: &'static Row,
    /// Which ones.
    pub names: Names,
    /// The policies that need it, by id; a gap of this type is a gap for these.
    pub policies: BTreeSet<String>,
    /// Where the bodies come from.
    pub bodies: Bodies,
    /// The lower-case types to look below: of the row's parents those that this plan needs. `*` is everything collected.
    pub parents: BTreeSet<String>,
    /// Whether the row's `merge` is needed.
    pub merge: bool,
    /// Whether only what other resources refer to is needed, by id or by key URI.
    pub referred_only: bool,
    /// Names that were asked for and are not fetched, lower case, with the reason: a gap on each parent.
    pub refused: BTreeMap<String, String>,
    /// Read paths that the bodies lack by design, with the reason of the gap that each resource needs on them.
    pub unread: BTreeMap<String, GapReason>,
}

/// A type or collection that policies need and the catalogue does not know: each is a gap, `unsupported`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uncatalogued {
    /// The type; for a child, that of the parent with the collection.
    pub resource_type: String,
    /// The policies, by id.
    pub policies: BTreeSet<String>,
}

/// What to fetch.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Lower-case type → what to fetch of it.
    pub planned: BTreeMap<String, Planned>,
    /// What nobody knows how to fetch, sorted.
    pub uncatalogued: Vec<Uncatalogued>,
    /// The policies that ask who shares an identity; empty when none does. They need, of resources of any type that have
    /// user-assigned identities, at least id, type, location, tags and identity: one query of Resource Graph over the
    /// table `resources`. Such a resource of a type that is not planned needs a gap (`out_of_scope`) on
    /// `resource.properties`, `resource.sku`, `resource.kind` and `resource.zones`, or a later evaluation would take
    /// what was not read for absent.
    pub identity_users: BTreeSet<String>,
    /// The policies that ask who lives in a subscription. They need the same of every resource.
    pub residents: BTreeSet<String>,
}

/// What is wanted of a type, while the policies are gone through.
#[derive(Default)]
struct Want {
    policies: BTreeSet<String>,
    all: bool,
    names: BTreeSet<String>,
    /// Wanted for itself and not only as the end of a forward relation.
    own: bool,
    reads: BTreeSet<ReadPath>,
    /// Every property is read.
    whole: bool,
    /// Types that it is wanted on, in lower case, where it may lie on any.
    below: BTreeSet<String>,
}

#[derive(Default)]
struct Wants(BTreeMap<String, (String, Want)>);

impl Wants {
    fn of(&mut self, resource_type: &str, policies: &BTreeSet<String>) -> &mut Want {
        let key = ResourceType::new(resource_type).key().to_owned();
        let (_, want) = self.0.entry(key).or_insert_with(|| (resource_type.to_owned(), Want::default()));
        want.policies.extend(policies.iter().cloned());
        want
    }
}

impl Want {
    fn read(&mut self, words: &[String]) {
        match words {
            [] => self.whole = true,
            words => {
                self.reads.insert(ReadPath::from_parts(ReadRoot::Resource, words.to_vec()));
            }
        }
    }

    /// A dotted path of the model, of which what follows a `*` is cut.
    fn path(&mut self, path: &str) {
        let words: Vec<String> = path.split('.').take_while(|w| *w != "*").map(str::to_owned).collect();
        self.read(&words);
    }

    fn touches(&self, paths: &[String]) -> bool {
        let read = |path: &String| {
            self.whole || ReadPath::parse(path).is_ok_and(|path| self.reads.iter().any(|read| read.overlaps(&path)))
        };
        paths.iter().any(read)
    }

    /// Whether Resource Graph has a column for every member that is read.
    fn in_columns(&self) -> bool {
        let known = |word: &String| GRAPH_COLUMNS.iter().any(|c| c.eq_ignore_ascii_case(word));
        self.reads.iter().all(|r| r.segments().first().is_none_or(known))
    }
}

impl Plan {
    /// What the policies of the set need.
    pub fn of(policies: &PolicySet) -> Self {
        let mut wants = Wants::default();
        let mut plan = Self::default();
        for policy in policies.policies.values() {
            plan.follow(&policy.meta, &mut wants);
        }
        for base in ALWAYS {
            let want = wants.of(base, &BTreeSet::new());
            (want.all, want.own) = (true, true);
        }
        close(&mut wants);
        let present: BTreeSet<String> = wants.0.keys().cloned().collect();
        for (key, (resource_type, want)) in wants.0 {
            match catalog().row(&resource_type) {
                Some(row) => drop(plan.planned.insert(key, decide(row, &want, &present))),
                None => plan.uncatalogued.push(Uncatalogued { resource_type, policies: want.policies }),
            }
        }
        plan.uncatalogued.sort();
        plan
    }

    /// Everything that the catalogue knows.
    pub fn everything() -> Self {
        let want = Want { all: true, own: true, whole: true, ..Want::default() };
        let planned = |row: &'static Row| {
            let key = ResourceType::new(&row.resource_type).key().to_owned();
            let mut planned = decide(row, &want, &BTreeSet::new());
            planned.parents = row.parents.iter().map(|p| p.to_lowercase()).collect();
            (key, planned)
        };
        let everyone = BTreeSet::from(["*".to_owned()]);
        let planned = catalog().rows().map(planned).collect();
        Self { planned, uncatalogued: Vec::new(), identity_users: everyone.clone(), residents: everyone }
    }

    /// The planned types, parents before what lies below them.
    pub fn in_order(&self) -> Vec<&Planned> {
        let mut order: Vec<&Planned> = Vec::with_capacity(self.planned.len());
        let mut done: BTreeSet<&str> = BTreeSet::new();
        let is_last = |p: &Planned| p.parents.contains("*");
        for last in [false, true] {
            // Parents lie at most as deep as there are types; the catalogue's test refuses unknown ones.
            for _ in 0..=self.planned.len() {
                let before = order.len();
                for (key, planned) in self.planned.iter().filter(|(_, p)| is_last(p) == last) {
                    let ready = |p: &String| done.contains(p.as_str()) || !self.planned.contains_key(p) || p == key;
                    if !done.contains(key.as_str()) && planned.parents.iter().all(ready) {
                        done.insert(key);
                        order.push(planned);
                    }
                }
                if order.len() == before {
                    break;
                }
            }
        }
        order
    }

    /// The RBAC actions that the plan needs and a custom role can hold: reads only, without the data plane of vaults and
    /// without those of [`Plan::withheld`].
    pub fn actions(&self) -> BTreeSet<String> {
        let grantable = self.planned.values().map(|p| p.row).filter(|r| !r.vault && !r.retired);
        grantable.map(|r| r.action.clone()).collect()
    }

    /// The actions that the plan needs and a custom role cannot hold, because the provider of a retired service registers
    /// them no more: Azure refuses a role that names them. The built-in role Reader covers them.
    pub fn withheld(&self) -> BTreeSet<String> {
        self.planned.values().filter(|p| p.row.retired).map(|p| p.row.action.clone()).collect()
    }

    /// SHA-256 of the plan in canonical text, hex: a collection may only be resumed with the plan that began it.
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.canonical().as_bytes()))
    }

    fn canonical(&self) -> String {
        let mut text = String::from("assize.plan/1\n");
        let joined = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        let path = |path: &Option<String>| path.clone().unwrap_or_else(|| "-".to_owned());
        for (key, planned) in &self.planned {
            let names = match &planned.names {
                Names::All => "*".to_owned(),
                Names::Only(names) => joined(names),
            };
            let unread: Vec<&str> = planned.unread.keys().map(String::as_str).collect();
            let refused: Vec<&str> = planned.refused.keys().map(String::as_str).collect();
            let row = planned.row;
            let paths =
                [&row.graph, &row.tenant, &row.subscription, &row.management_group, &row.list, &row.get, &row.expand];
            let _ = writeln!(
                text,
                "{key}|{}|{}|{}|{names}|{}|below {}|merge {}|referred {}|refused {}|unread {}|{}",
                row.api_version,
                row.fallbacks.join(","),
                paths.map(path).join(" "),
                planned.bodies.as_str(),
                joined(&planned.parents),
                planned.merge,
                planned.referred_only,
                refused.join(","),
                unread.join(","),
                joined(&planned.policies),
            );
        }
        for unknown in &self.uncatalogued {
            let _ = writeln!(text, "unknown {}|{}", unknown.resource_type.to_lowercase(), joined(&unknown.policies));
        }
        let _ = writeln!(text, "identities {}", joined(&self.identity_users));
        let _ = writeln!(text, "residents {}", joined(&self.residents));
        text
    }

    /// Goes through the reads of one policy.
    fn follow(&mut self, meta: &PolicyMeta, wants: &mut Wants) {
        let policy = BTreeSet::from([meta.id.as_str().to_owned()]);
        for judged in &meta.resources {
            self.follow_type(meta, judged.as_str(), &policy, wants);
        }
    }

    /// Goes through the reads of one policy on one of its types.
    fn follow_type(&mut self, meta: &PolicyMeta, judged: &str, policy: &BTreeSet<String>, wants: &mut Wants) {
        let want = wants.of(judged, policy);
        (want.all, want.own) = (true, true);
        for read in &meta.reads {
            let words = read.path.segments();
            match read.path.root() {
                ReadRoot::Resource => wants.of(judged, policy).read(words),
                ReadRoot::Children => {
                    let Some((collection, rest)) = words.split_first() else { continue };
                    let want = wants.of(&format!("{judged}/{collection}"), policy);
                    want.own = true;
                    match rest.split_first() {
                        Some((name, rest)) if name != "*" => {
                            want.names.insert(name.clone());
                            want.read(rest);
                        }
                        // A wildcard without a property asks who is there, and reads nothing of them.
                        Some((_, rest)) if !rest.is_empty() => {
                            want.all = true;
                            want.read(rest);
                        }
                        _ => want.all = true,
                    }
                }
                ReadRoot::Related => {
                    let Some((name, rest)) = words.split_first() else { continue };
                    if let Some(relation) = Relation::find(name, judged) {
                        self.relate(relation, judged, rest, policy, wants);
                    }
                }
                ReadRoot::Context => {}
            }
        }
    }

    /// Wants what is at the other end of a relation.
    fn relate(
        &mut self,
        relation: &Relation,
        judged: &str,
        rest: &[String],
        policy: &BTreeSet<String>,
        wants: &mut Wants,
    ) {
        let mut user = |resource_type: &str, path: &str| {
            let want = wants.of(resource_type, policy);
            (want.all, want.own) = (true, true);
            want.path(path);
        };
        match relation.via {
            Via::KeyUsers | Via::VaultUsers => KEY_USES.iter().for_each(|place| user(place.resource, place.path)),
            Via::SubnetUsers | Via::NetworkUsers => {
                SUBNET_USES.iter().for_each(|(resource, path)| user(resource, path));
            }
            Via::IdentityUsers => {
                self.identity_users.extend(policy.iter().cloned());
                user(judged, "identity");
            }
            Via::SubscriptionUsers => self.residents.extend(policy.iter().cloned()),
            Via::Id(paths) => paths.iter().for_each(|path| wants.of(judged, policy).path(path)),
            Via::Key(at) | Via::KeyVault(at) => {
                if let Some(place) = KeyUse::of(judged).nth(at) {
                    wants.of(judged, policy).path(place.path);
                }
            }
            Via::Parent => {
                if let Some((parent, _)) = judged.rsplit_once('/') {
                    let want = wants.of(parent, policy);
                    want.all = true;
                    want.read(rest);
                }
            }
            Via::Referrers(places) => {
                for (kind, path) in places {
                    let want = wants.of(kind, policy);
                    (want.all, want.own) = (true, true);
                    want.path(path);
                    if let Some(rest) = rest.get(1..).filter(|rest| !rest.is_empty()) {
                        want.read(rest);
                    }
                }
            }
            Via::Peers(path) => {
                let want = wants.of(judged, policy);
                want.path(path);
                if let Some(rest) = rest.get(1..).filter(|rest| !rest.is_empty()) {
                    want.read(rest);
                }
            }
            Via::Extensions(kind) => {
                let want = wants.of(kind, policy);
                (want.all, want.own) = (true, true);
                want.below.insert(ResourceType::new(judged).key().to_owned());
                if let Some(rest) = rest.get(1..).filter(|rest| !rest.is_empty()) {
                    want.read(rest);
                }
            }
        }
        for end in relation.to {
            let want = wants.of(end, policy);
            want.all = true;
            if !rest.is_empty() {
                want.read(rest);
            }
        }
    }
}

/// Adds what the wanted types lie below, and the children whose properties belong into them.
fn close(wants: &mut Wants) {
    let mut open: Vec<String> = wants.0.values().map(|(resource_type, _)| resource_type.clone()).collect();
    while let Some(resource_type) = open.pop() {
        let key = ResourceType::new(&resource_type).key().to_owned();
        let (Some(row), Some((_, want))) = (catalog().row(&resource_type), wants.0.get(&key)) else { continue };
        let (policies, referred) = (want.policies.clone(), !want.own);
        let merged = row.merge.as_ref().filter(|m| want.touches(std::slice::from_ref(&m.into)));
        let child = merged.map(|m| (format!("{}/{}", row.resource_type, m.collection), Some(m.name.clone())));
        let parents = row.parents.iter().filter(|p| *p != "*").map(|p| (p.clone(), None));
        for (next, name) in parents.chain(child) {
            let next_key = ResourceType::new(&next).key().to_owned();
            let before = wants.0.get(&next_key).map(|(_, w)| (w.policies.len(), w.all, w.own, w.names.len()));
            let want = wants.of(&next, &policies);
            match name {
                Some(name) => {
                    want.names.insert(name);
                    want.read(&["properties".to_owned()]);
                    want.own = true;
                }
                None => {
                    want.all = true;
                    want.own |= !referred;
                }
            }
            if before != Some((want.policies.len(), want.all, want.own, want.names.len())) {
                open.push(next);
            }
        }
    }
}

/// Decides how a type is fetched. `present` holds the lower-case types of the plan.
fn decide(row: &'static Row, want: &Want, present: &BTreeSet<String>) -> Planned {
    let mut refused = BTreeMap::new();
    let names = names_of(row, want, &mut refused);
    let merge = row.merge.as_ref().is_some_and(|m| want.touches(std::slice::from_ref(&m.into)));
    let bodies = match &names {
        Names::Only(_) => Bodies::Get,
        Names::All if row.expand.is_some() && (row.expand_for.is_empty() || want.touches(&row.expand_for)) => {
            Bodies::Get
        }
        Names::All if row.graph.is_some() && want.in_columns() && !want.touches(&row.graph_lacks) => Bodies::Graph,
        Names::All => Bodies::List,
    };
    let mut unread = BTreeMap::new();
    if bodies != Bodies::Get {
        unread.extend(row.expand_for.iter().map(|p| (p.clone(), GapReason::OutOfScope)));
    }
    if bodies == Bodies::Graph {
        unread.extend(row.graph_lacks.iter().map(|p| (p.clone(), GapReason::OutOfScope)));
    }
    if !merge {
        unread.extend(row.merge.iter().map(|m| (m.into.clone(), GapReason::OutOfScope)));
    }
    unread.extend(row.hidden.iter().map(|p| (p.clone(), GapReason::Unsupported)));
    let mut parents: BTreeSet<String> =
        row.parents.iter().map(|p| p.to_lowercase()).filter(|p| present.contains(p)).collect();
    if row.parents.is_empty() || row.parents.iter().any(|p| p == "*") {
        parents.extend(want.below.iter().filter(|p| present.contains(*p)).cloned());
    }
    let referred_only = !want.own;
    Planned { row, names, policies: want.policies.clone(), bodies, parents, merge, referred_only, refused, unread }
}

fn names_of(row: &Row, want: &Want, refused: &mut BTreeMap<String, String>) -> Names {
    for name in &want.names {
        if row.forbidden.iter().any(|f| f.eq_ignore_ascii_case(name)) {
            let why = format!("Azure gives {}/{name} out by POST only, which is never sent", row.collection());
            refused.insert(name.to_lowercase(), why);
        } else if !row.is_listed() && row.spelled(name).is_none() {
            let why = format!("the catalogue knows no {}/{name}", row.collection());
            refused.insert(name.to_lowercase(), why);
        }
    }
    if !row.is_listed() {
        // Only single names can be asked for: all that are known, or those that are wanted.
        let wanted = |name: &&String| want.all || want.names.iter().any(|w| w.eq_ignore_ascii_case(name));
        return Names::Only(row.names.iter().filter(wanted).cloned().collect());
    }
    let unknown = |name: &String| !row.names.is_empty() && row.spelled(name).is_none();
    // A list says, for as many calls as one name takes, that the others are not there.
    let whole = !row.names.is_empty() && row.names.len() > 1 && want.names.len() == row.names.len();
    if want.all
        || row.get.is_none()
        || row.graph.is_some()
        || want.names.len() > FEW
        || whole
        || want.names.iter().any(unknown)
    {
        return Names::All;
    }
    Names::Only(want.names.iter().map(|n| row.spelled(n).unwrap_or(n).to_owned()).collect())
}

#[cfg(test)]
mod tests;
