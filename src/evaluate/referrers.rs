//! Resolves relations to many resources: who names this one, who says the same, what lies on it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::evaluate::index::{Index, all_at_path, at_path};
use crate::evaluate::relations::{says, stem};
use crate::model::{Relation, Resource, ResourceId, ResourceType, Via};

/// The most peers that a resource is shown with: each of them sees all others, so that the cost would grow with the square.
const MAX_PEERS: usize = 256;

/// The resources at the other end.
pub(crate) struct Members<'a> {
    pub(crate) resources: Vec<&'a Resource>,
    /// Why there may be more.
    pub(crate) incomplete: Option<String>,
}

/// What one relation joins.
struct Links {
    relation: &'static Relation,
    /// Key of a resource, or the text that peers share → places in the snapshot.
    by: BTreeMap<String, Vec<usize>>,
    incomplete: Option<String>,
}

/// The relations to many that the policies read.
pub(crate) struct Referrers {
    links: Vec<Links>,
}

impl Referrers {
    /// Joins what the relations ask for. One pass over the snapshot for each relation.
    pub(crate) fn new(index: &Index<'_>, relations: &[&'static Relation]) -> Self {
        let mut by_type: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        if !relations.is_empty() {
            for (at, resource) in index.snapshot().resources().iter().enumerate() {
                by_type.entry(resource.resource_type().key()).or_default().push(at);
            }
        }
        let links = relations.iter().map(|relation| Links::new(index, relation, &by_type)).collect();
        Self { links }
    }

    /// The resources that the relation gives for a resource; `None` when it has nothing to compare.
    pub(crate) fn of<'a>(
        &self,
        relation: &Relation,
        resource: &Resource,
        body: &Value,
        index: &Index<'a>,
    ) -> Option<Members<'a>> {
        let links = self.links.iter().find(|l| std::ptr::eq(l.relation, relation))?;
        let all = index.snapshot().resources();
        let members =
            |key: &str| -> Vec<&'a Resource> { links.by.get(key).into_iter().flatten().map(|at| &all[*at]).collect() };
        let mut incomplete = links.incomplete.clone();
        let resources = match relation.via {
            Via::Peers(path) => {
                let words: Vec<&str> = path.split('.').collect();
                let mut peers = members(&at_path(body, &words)?.as_str()?.to_lowercase());
                if peers.len() > MAX_PEERS {
                    incomplete.get_or_insert_with(|| {
                        format!("{} resources have the same {path}; {MAX_PEERS} of them were looked at", peers.len())
                    });
                    peers.truncate(MAX_PEERS);
                }
                peers
            }
            Via::Extensions(kind) => {
                let collection = kind.rsplit('/').next().unwrap_or(kind);
                if !resource.has_read(collection) {
                    incomplete.get_or_insert_with(|| format!("the {collection} of {} were not read", resource.id()));
                }
                if let Some(gap) = index.gaps_about(resource.id().key()).iter().find(|gap| {
                    index.lists(**gap, &ResourceType::new(kind))
                        || index.gap(**gap).path().is_some_and(|p| {
                            p.root() == crate::model::ReadRoot::Children
                                && p.segments().first().is_some_and(|c| c.eq_ignore_ascii_case(collection))
                        })
                }) {
                    incomplete.get_or_insert_with(|| index.gap(*gap).detail.clone());
                }
                members(resource.id().key())
            }
            _ => {
                let mut named = members(resource.id().key());
                named.retain(|other| other.id() != resource.id());
                named
            }
        };
        Some(Members { resources, incomplete })
    }
}

impl Links {
    fn new(index: &Index<'_>, relation: &'static Relation, by_type: &BTreeMap<&str, Vec<usize>>) -> Self {
        let mut links = Self { relation, by: BTreeMap::new(), incomplete: None };
        // What lies on a resource is listed with it: there the resource says whether the list was read.
        if index.snapshot().manifest().partial && !matches!(relation.via, Via::Extensions(_)) {
            links.incomplete = Some("the snapshot is partial: there may be others that were not read".to_owned());
        }
        let of = |kind: &str| by_type.get(ResourceType::new(kind).key()).map(Vec::as_slice).unwrap_or_default();
        let mut sources: Vec<&str> = Vec::new();
        match relation.via {
            Via::Referrers(places) => {
                for (kind, path) in places {
                    sources.push(kind);
                    of(kind).iter().for_each(|at| links.names(index, *at, path));
                }
            }
            Via::Peers(path) => {
                for kind in relation.from {
                    sources.push(kind);
                    of(kind).iter().for_each(|at| links.says(index, *at, path));
                }
            }
            Via::Extensions(kind) => of(kind).iter().for_each(|at| links.lies_on(index, *at)),
            _ => {}
        }
        sources.sort_unstable();
        sources.dedup();
        links.hidden(index, &sources);
        for places in links.by.values_mut() {
            places.sort_unstable();
            places.dedup();
        }
        links
    }

    fn incomplete(&mut self, why: impl FnOnce() -> String) {
        self.incomplete.get_or_insert_with(why);
    }

    /// Notes what a resource names at the path.
    fn names(&mut self, index: &Index<'_>, at: usize, path: &str) {
        let resource = &index.snapshot().resources()[at];
        let id = resource.id();
        if let Some(gap) = index.gap_on(id, &stem(path)) {
            return self.incomplete(|| format!("{path} of {id} is not known: {}", index.gap(gap).detail));
        }
        let Ok(body) = resource.parsed() else {
            return self.incomplete(|| format!("{id} cannot be read"));
        };
        for value in all_at_path(&body, path).into_iter().filter(|v| says(v)) {
            match value.as_str().and_then(|text| ResourceId::parse(text.trim()).ok()) {
                Some(named) => self.by.entry(named.key().to_owned()).or_default().push(at),
                None => self.incomplete(|| format!("{path} of {id} cannot be read")),
            }
        }
    }

    /// Notes the text that a resource has at the path.
    fn says(&mut self, index: &Index<'_>, at: usize, path: &str) {
        let resource = &index.snapshot().resources()[at];
        let id = resource.id();
        if let Some(gap) = index.gap_on(id, &stem(path)) {
            return self.incomplete(|| format!("{path} of {id} is not known: {}", index.gap(gap).detail));
        }
        let words: Vec<&str> = path.split('.').collect();
        let text = resource.parsed().ok().and_then(|body| Some(at_path(&body, &words)?.as_str()?.to_lowercase()));
        match text {
            Some(text) => self.by.entry(text).or_default().push(at),
            None => self.incomplete(|| format!("{path} of {id} is not there")),
        }
    }

    /// Notes what an extension resource lies on.
    fn lies_on(&mut self, index: &Index<'_>, at: usize) {
        let resource = &index.snapshot().resources()[at];
        let id = resource.id();
        // What lies on a subscription or a group has no parent in its id.
        let on_scope = || id.key().rfind("/providers/").map(|at| &id.key()[..at]).filter(|owner| !owner.is_empty());
        match id.parent_key().or_else(on_scope) {
            None => {}
            // Code that does not say what it lies on has an id with a stand-in for the type.
            Some(key) if key.contains("/providers/(") || key.contains("/providers/microsoft.unknown/") => {
                self.incomplete(|| format!("what {id} lies on is not known"));
            }
            Some(key) => self.by.entry(key.to_owned()).or_default().push(at),
        }
    }

    /// Gaps that may hide a resource of one of the types.
    fn hidden(&mut self, index: &Index<'_>, kinds: &[&str]) {
        let kinds: Vec<ResourceType> = kinds.iter().map(|kind| ResourceType::new(kind)).collect();
        for at in 0..index.snapshot().gaps().len() {
            let hides = index.known(at).is_none() && kinds.iter().any(|kind| index.lists(at, kind));
            // A list of children that failed stands on the parent, by the collection.
            let below = index.known(at).is_some_and(|parent| {
                index.gap(at).path().is_some_and(|path| {
                    path.root() == crate::model::ReadRoot::Children
                        && path.segments().first().is_some_and(|collection| {
                            kinds.iter().any(|kind| *kind == parent.resource_type().child(collection))
                        })
                })
            });
            if hides || below {
                let gap = index.gap(at);
                return self.incomplete(|| format!("{}: {}", gap.about, gap.detail));
            }
        }
        // Children of a parent whose list was never asked for.
        for kind in &kinds {
            let Some((parent, collection)) = kind.as_str().rsplit_once('/').filter(|(p, _)| p.contains('/')) else {
                continue;
            };
            let parent = ResourceType::new(parent);
            let unread =
                index.snapshot().resources().iter().find(|r| *r.resource_type() == parent && !r.has_read(collection));
            if let Some(unread) = unread {
                return self.incomplete(|| format!("the {collection} of {} were not read", unread.id()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Gap, GapReason, Manifest, SNAPSHOT_SCHEMA, Snapshot, Source, Tool};

    const GROUP: &str = "/subscriptions/s/resourceGroups/g/providers";

    fn id(rest: &str) -> String {
        format!("{GROUP}/{rest}")
    }

    fn resource(rest: &str, body: &Value, read: &[&str]) -> Resource {
        let mut whole = body.clone();
        whole["id"] = json!(id(rest));
        let kind = ResourceId::parse(&id(rest)).unwrap().resource_type().unwrap();
        whole["type"] = json!(kind.as_str());
        whole["name"] = json!(rest.rsplit('/').next());
        Resource::from_value(&whole).unwrap().with_collections(read)
    }

    fn estate(resources: Vec<Resource>, gaps: Vec<Gap>, partial: bool) -> Snapshot {
        let manifest = Manifest {
            schema: SNAPSHOT_SCHEMA.to_owned(),
            tool: Tool::this(),
            source: Source::Azure,
            scope: Vec::new(),
            started: None,
            ended: None,
            identity: None,
            partial,
            names: std::collections::BTreeMap::new(),
            population: Vec::new(),
        };
        Snapshot::new(manifest, resources, gaps)
    }

    fn gap(about: &str, read: &str) -> Gap {
        Gap {
            about: about.to_owned(),
            read: Some(read.to_owned()),
            reason: GapReason::Denied,
            detail: "refused".to_owned(),
        }
    }

    /// Names of the members, and whether there may be more.
    fn ask(snapshot: &Snapshot, relation: &str, rest: &str) -> (Vec<String>, bool) {
        let index = Index::new(snapshot);
        let subject = index.by_key(&id(rest).to_lowercase()).unwrap();
        let relation = Relation::find(relation, subject.resource_type().as_str()).unwrap();
        let referrers = Referrers::new(&index, &[relation]);
        let members = referrers.of(relation, subject, &subject.parsed().unwrap(), &index).unwrap();
        let names = members.resources.iter().map(|r| r.id().name().to_owned()).collect();
        (names, members.incomplete.is_some())
    }

    const PRIMARY: &str = "Microsoft.DBforPostgreSQL/flexibleServers/primary";
    const COPY: &str = "Microsoft.DBforPostgreSQL/flexibleServers/copy";

    fn servers() -> Vec<Resource> {
        let of = json!({"properties": {"sourceServerResourceId": id(PRIMARY).to_uppercase()}});
        vec![
            resource(PRIMARY, &of, &[]),
            resource(COPY, &of, &[]),
            resource("Microsoft.DBforPostgreSQL/flexibleServers/other", &json!({"properties": {}}), &[]),
        ]
    }

    #[test]
    fn referrers_compare_ids_without_case_and_leave_the_resource_out() {
        let snapshot = estate(servers(), Vec::new(), false);
        assert_eq!(ask(&snapshot, "replicas", PRIMARY), (vec!["copy".to_owned()], false));
        assert_eq!(ask(&snapshot, "replicas", COPY), (Vec::new(), false));
    }

    #[test]
    fn what_may_hide_a_referrer_makes_the_list_incomplete() {
        let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
        for gaps in [
            vec![gap("/subscriptions/s", kind)],
            vec![gap(
                &id("Microsoft.DBforPostgreSQL/flexibleServers/other"),
                "resource.properties.sourceServerResourceId",
            )],
            vec![Gap { read: None, ..gap(&id("Microsoft.DBforPostgreSQL/flexibleServers/unseen"), "") }],
        ] {
            let snapshot = estate(servers(), gaps.clone(), false);
            assert_eq!(ask(&snapshot, "replicas", PRIMARY), (vec!["copy".to_owned()], true), "{gaps:?}");
        }
        assert!(ask(&estate(servers(), Vec::new(), true), "replicas", PRIMARY).1, "a partial snapshot");
        let other = vec![gap("/subscriptions/s", "Microsoft.KeyVault/vaults")];
        assert!(!ask(&estate(servers(), other, false), "replicas", PRIMARY).1, "a list of another type");
        let mut broken = servers();
        broken.push(resource(
            "Microsoft.DBforMySQL/flexibleServers/odd",
            &json!({"properties": {"sourceServerResourceId": 7}}),
            &[],
        ));
        assert!(ask(&estate(broken, Vec::new(), false), "replicas", PRIMARY).1, "a reference that is no text");
    }

    #[test]
    fn children_that_refer_need_every_parent_to_be_read() {
        const ZONE: &str = "Microsoft.Network/privateDnsZones/privatelink.postgres.database.azure.com";
        let endpoint = |name: &str, read: &[&str]| {
            resource(&format!("Microsoft.Network/privateEndpoints/{name}"), &json!({}), read)
        };
        let group = resource(
            "Microsoft.Network/privateEndpoints/a/privateDnsZoneGroups/default",
            &json!({"properties": {"privateDnsZoneConfigs": [{"properties": {"privateDnsZoneId": id(ZONE)}}]}}),
            &[],
        );
        let zone = resource(ZONE, &json!({}), &[]);
        let all = vec![zone.clone(), group.clone(), endpoint("a", &["privateDnsZoneGroups"])];
        assert_eq!(ask(&estate(all, Vec::new(), false), "zone_groups", ZONE), (vec!["default".to_owned()], false));
        let unread = vec![zone, group, endpoint("a", &["privateDnsZoneGroups"]), endpoint("b", &[])];
        assert!(ask(&estate(unread.clone(), Vec::new(), false), "zone_groups", ZONE).1);
        let refused = vec![gap(&id("Microsoft.Network/privateEndpoints/a"), "children.privateDnsZoneGroups")];
        assert!(ask(&estate(unread[..3].to_vec(), refused, false), "zone_groups", ZONE).1);
    }

    #[test]
    fn extensions_lie_on_their_resource_alone() {
        const SERVER: &str = "Microsoft.DBforPostgreSQL/flexibleServers/primary";
        let setting =
            |on: &str| resource(&format!("{on}/providers/Microsoft.Insights/diagnosticSettings/d"), &json!({}), &[]);
        let server = |read: &[&str]| resource(SERVER, &json!({}), read);
        let all = vec![server(&["diagnosticSettings"]), setting(SERVER), setting(COPY)];
        assert_eq!(
            ask(&estate(all.clone(), Vec::new(), true), "diagnostic_settings", SERVER),
            (vec!["d".to_owned()], false)
        );
        assert!(ask(&estate(vec![server(&[])], Vec::new(), false), "diagnostic_settings", SERVER).1, "never read");
        let refused = vec![gap(&id(SERVER), "Microsoft.Insights/diagnosticSettings")];
        assert!(ask(&estate(all.clone(), refused, false), "diagnostic_settings", SERVER).1, "refused");
        let mut lost = all;
        lost.push(setting("Microsoft.Unknown/things/x"));
        assert!(
            ask(&estate(lost, Vec::new(), false), "diagnostic_settings", SERVER).1,
            "a setting of something unknown"
        );
    }

    #[test]
    fn peers_are_shown_up_to_a_bound() {
        let zone = |at: usize| resource(&format!("Microsoft.Network/privateDnsZones/z{at}"), &json!({}), &[]);
        let mut zones: Vec<Resource> = (0..3).map(zone).collect();
        let twin = json!({
            "id": "/subscriptions/t/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/Z0",
            "type": "Microsoft.Network/privateDnsZones",
            "name": "Z0",
        });
        zones.push(Resource::from_value(&twin).unwrap());
        let (names, more) =
            ask(&estate(zones, Vec::new(), false), "same_name_zones", "Microsoft.Network/privateDnsZones/z0");
        assert_eq!((names.len(), more), (2, false));

        let assignment = |at: usize| {
            resource(
                &format!("Microsoft.Authorization/roleAssignments/{at:04}"),
                &json!({"properties": {"principalId": "P"}}),
                &[],
            )
        };
        let many: Vec<Resource> = (0..MAX_PEERS + 1).map(assignment).collect();
        let (names, more) = ask(
            &estate(many, Vec::new(), false),
            "principal_assignments",
            "Microsoft.Authorization/roleAssignments/0000",
        );
        assert_eq!((names.len(), more), (MAX_PEERS, true));
    }
}
