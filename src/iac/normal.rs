//! What ARM writes in two ways, told in one: parts that are written as children of their own join their owner, and lists that
//! are written inside their owner become children too, as Azure lists them. For all languages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::iac::facts::{Found, find};
use crate::iac::{Declaration, Fragment, Ids, Node, Object, Reading, Span, Tree, Value};

/// Something that is written inside a resource, and that Azure lists as children.
struct Inline {
    owner: &'static str,
    path: &'static [&'static str],
    collection: &'static str,
    shape: Shape,
}

/// How it is written.
enum Shape {
    /// A list of children as they are: name and properties.
    Children,
    /// A list of children whose properties stand beside the name.
    Flat,
    /// One property of the only child of that name, with another that follows from it.
    Only(&'static str, &'static str, Option<(&'static str, &'static str)>),
}

const fn children(owner: &'static str, path: &'static [&'static str], collection: &'static str) -> Inline {
    Inline { owner, path, collection, shape: Shape::Children }
}

const fn only(
    owner: &'static str,
    path: &'static [&'static str],
    collection: &'static str,
    shape: (&'static str, &'static str, Option<(&'static str, &'static str)>),
) -> Inline {
    Inline { owner, path, collection, shape: Shape::Only(shape.0, shape.1, shape.2) }
}

const ENTRA_ONLY: (&str, &str, Option<(&str, &str)>) = ("Default", "azureADOnlyAuthentication", None);
const OWN_KEY: (&str, &str, Option<(&str, &str)>) = ("current", "uri", Some(("serverKeyType", "AzureKeyVault")));

const INLINE: [Inline; 17] = [
    children("microsoft.network/virtualnetworks", &["properties", "subnets"], "subnets"),
    children("microsoft.network/virtualnetworks", &["properties", "virtualNetworkPeerings"], "virtualNetworkPeerings"),
    children("microsoft.network/networksecuritygroups", &["properties", "securityRules"], "securityRules"),
    children("microsoft.network/routetables", &["properties", "routes"], "routes"),
    children("microsoft.network/routefilters", &["properties", "rules"], "routeFilterRules"),
    children("microsoft.network/loadbalancers", &["properties", "inboundNatRules"], "inboundNatRules"),
    children("microsoft.network/loadbalancers", &["properties", "backendAddressPools"], "backendAddressPools"),
    children("microsoft.network/expressroutecircuits", &["properties", "peerings"], "peerings"),
    children("microsoft.network/expressroutecircuits", &["properties", "authorizations"], "authorizations"),
    children(
        "microsoft.network/serviceendpointpolicies",
        &["properties", "serviceEndpointPolicyDefinitions"],
        "serviceEndpointPolicyDefinitions",
    ),
    children(
        "microsoft.compute/virtualmachinescalesets",
        &["properties", "virtualMachineProfile", "extensionProfile", "extensions"],
        "extensions",
    ),
    children("microsoft.cdn/profiles/endpoints", &["properties", "origins"], "origins"),
    Inline {
        owner: "microsoft.containerservice/managedclusters",
        path: &["properties", "agentPoolProfiles"],
        collection: "agentPools",
        shape: Shape::Flat,
    },
    only(
        "microsoft.sql/servers",
        &["properties", "administrators", "azureADOnlyAuthentication"],
        "azureADOnlyAuthentications",
        ENTRA_ONLY,
    ),
    only(
        "microsoft.sql/managedinstances",
        &["properties", "administrators", "azureADOnlyAuthentication"],
        "azureADOnlyAuthentications",
        ENTRA_ONLY,
    ),
    only("microsoft.sql/servers", &["properties", "keyId"], "encryptionProtector", OWN_KEY),
    only("microsoft.sql/managedinstances", &["properties", "keyId"], "encryptionProtector", OWN_KEY),
];

/// Members of an inline child that Azure gives and the code only repeats.
const NOT_OF_THE_CHILD: [&str; 4] = ["id", "type", "etag", "name"];

/// Brings the declarations of one root into the shape in which Azure shows them. To be called once, before they are assembled.
pub(crate) fn normalize(reading: &mut Reading, tree: &Tree, ids: &mut Ids) {
    fragments(reading);
    inline(reading, tree, ids);
    let bodies = reading.resources.iter_mut().map(|d| &mut d.body);
    for body in bodies.chain(reading.fragments.iter_mut().map(|f| &mut f.body)) {
        for node in body.values_mut().filter(|n| null_in_list(n, false, 0)) {
            without_null(node, false, 0);
        }
    }
}

/// The deepest value that is looked at; deeper ones are cut where they are made.
const MAX_DEPTH: usize = 256;

/// Whether an item of a list holds a member that is null.
fn null_in_list(node: &Node, inside: bool, depth: usize) -> bool {
    depth < MAX_DEPTH
        && match &node.value {
            Value::Array(items) => items.iter().any(|i| null_in_list(i, true, depth + 1)),
            Value::Object(members) => {
                members.values().any(|m| (inside && m.is_null()) || null_in_list(m, inside, depth + 1))
            }
            _ => false,
        }
}

/// Leaves out members that are null in items of lists, as Azure does it. Outside of lists they say where nothing is.
fn without_null(node: &mut Node, inside: bool, depth: usize) {
    if depth >= MAX_DEPTH {
        return;
    }
    match &mut node.value {
        Value::Array(items) => {
            Arc::make_mut(items).iter_mut().for_each(|i| without_null(i, true, depth + 1));
        }
        Value::Object(members) => {
            let members = Arc::make_mut(members);
            members.retain(|_, m| !inside || !m.is_null());
            members.values_mut().for_each(|m| without_null(m, inside, depth + 1));
        }
        _ => {}
    }
}

/// Children that change their owner.
fn fragments(reading: &mut Reading) {
    let concerned = |d: &Declaration| part_of(d).is_some();
    if !reading.resources.iter().any(concerned) {
        return;
    }
    let known: BTreeSet<String> = reading.resources.iter().map(|d| d.id.to_lowercase()).collect();
    let mut kept = Vec::with_capacity(reading.resources.len());
    for declaration in std::mem::take(&mut reading.resources) {
        let Some(part) = part_of(&declaration) else {
            kept.push(declaration);
            continue;
        };
        let owner = declaration.id.rsplitn(3, '/').nth(2).unwrap_or_default();
        let owner_type = declaration.arm_type.rsplit_once('/').map_or("", |(owner, _)| owner).to_owned();
        // Under a stand-in for its name, only a declared owner can be meant.
        let lost =
            owner.rsplit('/').next().is_some_and(|n| n.starts_with('(')) && !known.contains(&owner.to_lowercase());
        let target = match lost {
            true => Node::unknown(format!("the resource that {} belongs to is not known", declaration.address)),
            false => Node::string(owner),
        };
        reading.fragments.push(Fragment {
            address: declaration.address.clone(),
            target,
            arm_type: owner_type,
            body: part.body,
            extends: part.extends,
            at: declaration.at,
            header: declaration.header,
            chain: declaration.chain.clone(),
        });
        if part.stays {
            kept.push(declaration);
        }
    }
    reading.resources = kept;
}

/// What a child says of its owner.
struct Part {
    body: Object,
    extends: bool,
    /// Whether Azure has it as a child too.
    stays: bool,
}

fn part_of(child: &Declaration) -> Option<Part> {
    // Types that are none of these must cost nothing: there are many.
    let word = child.arm_type.rsplit('/').next().unwrap_or_default();
    if !["accesspolicies", "config", "administrators", "azureadonlyauthentications"]
        .iter()
        .any(|w| w.eq_ignore_ascii_case(word))
    {
        return None;
    }
    let kind = child.arm_type.to_lowercase();
    let last = child.id.rsplit('/').next().unwrap_or_default();
    // After a tilde stands what makes the id differ from an equal one.
    let name = last.split('~').next().unwrap_or_default().to_lowercase();
    let properties = child.body.get("properties").filter(|p| !p.is_null());
    let below = |words: &[&str], value: &Node| {
        let mut node = value.clone();
        for word in words.iter().rev() {
            node = Node::object(Object::from([(Arc::from(*word), node)]));
        }
        node.as_object().cloned().unwrap_or_default()
    };
    match kind.as_str() {
        "microsoft.keyvault/vaults/accesspolicies" => {
            let list = match (name.as_str(), properties) {
                ("add" | "replace", Some(p)) => match &p.value {
                    Value::Unknown(_) => p.clone(),
                    _ => p.get_any_case("accessPolicies").cloned().unwrap_or_else(|| Node::array(Vec::new())),
                },
                ("add" | "replace", None) => Node::array(Vec::new()),
                ("remove", _) => Node::unknown(format!("{} takes policies away when it is deployed", child.address)),
                _ => Node::unknown(format!("it is not known whether {} adds policies or replaces them", child.address)),
            };
            Some(Part { body: below(&["properties", "accessPolicies"], &list), extends: name == "add", stays: false })
        }
        "microsoft.web/sites/config" | "microsoft.web/sites/slots/config" if name == "web" => {
            let body = below(&["properties", "siteConfig"], properties?);
            Some(Part { body, extends: false, stays: true })
        }
        "microsoft.sql/servers/administrators" | "microsoft.sql/managedinstances/administrators"
            if name == "activedirectory" =>
        {
            Some(Part { body: below(&["properties", "administrators"], properties?), extends: false, stays: true })
        }
        "microsoft.sql/servers/azureadonlyauthentications"
        | "microsoft.sql/managedinstances/azureadonlyauthentications" => {
            let properties = properties?;
            let value = match &properties.value {
                Value::Unknown(_) => properties,
                _ => properties.get_any_case("azureADOnlyAuthentication").filter(|v| !v.is_null())?,
            };
            let body = below(&["properties", "administrators", "azureADOnlyAuthentication"], value);
            Some(Part { body, extends: false, stays: true })
        }
        _ => None,
    }
}

/// Makes children of what stands inside.
fn inline(reading: &mut Reading, tree: &Tree, ids: &mut Ids) {
    let rules: BTreeMap<&str, Vec<&Inline>> = INLINE.iter().fold(BTreeMap::new(), |mut map, rule| {
        map.entry(rule.owner).or_insert_with(Vec::new).push(rule);
        map
    });
    let mut made = Vec::new();
    let mut taken: Option<BTreeSet<String>> = None;
    for at in 0..reading.resources.len() {
        let Some(rules) = rules.get(reading.resources[at].arm_type.to_lowercase().as_str()) else { continue };
        let taken =
            taken.get_or_insert_with(|| reading.resources.iter().map(|d| d.id.to_lowercase()).collect::<BTreeSet<_>>());
        let owner = &mut reading.resources[at];
        for rule in rules {
            rule.children(owner, tree, ids, taken, &mut made);
        }
    }
    reading.resources.extend(made);
}

impl Inline {
    fn children(
        &self,
        owner: &mut Declaration,
        tree: &Tree,
        ids: &mut Ids,
        taken: &mut BTreeSet<String>,
        made: &mut Vec<Declaration>,
    ) {
        let read = format!("resource.{}", self.path.join("."));
        let mut doubt = owner.unread.iter().find(|(path, _)| *path == read).map(|(_, why)| why.clone());
        if let Found::Value(node) = find(&owner.body, self.path) {
            match (&self.shape, &node.value) {
                (_, Value::Unknown(reason)) if !matches!(self.shape, Shape::Only(..)) => {
                    doubt = Some(reason.as_ref().to_owned());
                }
                (Shape::Children | Shape::Flat, Value::Array(items)) => {
                    for (at, item) in items.iter().enumerate() {
                        match (item.as_object(), item.reason()) {
                            (Some(members), _) => made.extend(self.item(owner, item, members, at, tree, ids, taken)),
                            (None, Some(reason)) => doubt = Some(reason.as_ref().to_owned()),
                            (None, None) => {}
                        }
                    }
                }
                (Shape::Only(name, property, also), _) if !node.as_str().is_some_and(str::is_empty) => {
                    let also = also.map(|(k, v)| (Arc::from(k), Node::string(v)));
                    let value = Node { at: node.at, ..node.clone() };
                    let properties = std::iter::once((Arc::from(*property), value)).chain(also).collect();
                    let body = Object::from([
                        (Arc::from("name"), Node::string(name)),
                        (Arc::from("properties"), Node::object(properties)),
                    ]);
                    let place = node.at.filter(|at| owner.at.contains(at));
                    let id = format!("{}/{}/{name}", owner.id, self.collection);
                    made.extend(self.declare(owner, id, self.collection.to_owned(), body, place, ids, taken));
                }
                _ => {}
            }
        }
        let read = format!("children.{}", self.collection);
        if let Some(why) = doubt.filter(|_| owner.unread.iter().all(|(known, _)| *known != read)) {
            owner.unread.push((read, why));
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn item(
        &self,
        owner: &Declaration,
        item: &Node,
        members: &Object,
        number: usize,
        tree: &Tree,
        ids: &mut Ids,
        taken: &mut BTreeSet<String>,
    ) -> Option<Declaration> {
        let label = format!("{}[{number}]", self.path.last().unwrap_or(&self.collection));
        let name = item.get_any_case("name").filter(|n| !n.is_null()).cloned();
        let name = name.unwrap_or_else(|| Node::unknown("the name is not written"));
        let segment = match name.as_str().map(|n| n.rsplit('/').next().unwrap_or(n)).filter(|n| !n.is_empty()) {
            Some(text) => text.to_owned(),
            None => Ids::placeholder(&format!("{}.{label}", owner.address)),
        };
        let place = item.at.filter(|at| owner.at.contains(at));
        let header = place.map(|place| match name.at.filter(|at| place.contains(at)) {
            Some(at) => at,
            None => first_line(tree, place),
        });
        let others = members
            .iter()
            .filter(|(k, _)| !NOT_OF_THE_CHILD.iter().any(|n| k.eq_ignore_ascii_case(n)))
            .map(|(k, v)| (Arc::clone(k), v.clone()));
        let mut body: Object = match self.shape {
            Shape::Flat => {
                let properties = Node { at: None, ..Node::object(others.collect()) };
                Object::from([(Arc::from("properties"), properties)])
            }
            _ => others.collect(),
        };
        let id = format!("{}/{}/{segment}", owner.id, self.collection);
        body.insert(Arc::from("name"), name);
        let mut made = self.declare(owner, id, label, body, place, ids, taken)?;
        made.header = header.unwrap_or(made.header);
        Some(made)
    }

    /// The child; none when it is declared on its own, which is deployed later and counts.
    #[allow(clippy::too_many_arguments)]
    fn declare(
        &self,
        owner: &Declaration,
        id: String,
        label: String,
        body: Object,
        place: Option<Span>,
        ids: &mut Ids,
        taken: &mut BTreeSet<String>,
    ) -> Option<Declaration> {
        if taken.contains(&id.to_lowercase()) {
            return None;
        }
        let arm_type = format!("{}/{}", owner.arm_type, self.collection);
        // Addresses in templates end with the type.
        let address = match owner.address.split_once(" (") {
            Some((start, _)) => format!("{start}.{label} ({arm_type})"),
            None => format!("{}.{label}", owner.address),
        };
        let id = ids.claim(&id, &address);
        taken.insert(id.to_lowercase());
        Some(Declaration {
            address,
            id,
            arm_type,
            body,
            at: place.unwrap_or(owner.at),
            header: place.unwrap_or(owner.header),
            chain: owner.chain.clone(),
            unread: Vec::new(),
            api_version: owner.api_version.clone(),
        })
    }
}

fn first_line(tree: &Tree, at: Span) -> Span {
    let text = tree.text(at.file);
    let line = text.get(at.start as usize..at.end as usize).map_or(0, |t| t.find('\n').unwrap_or(t.len()));
    Span { end: at.start.saturating_add(u32::try_from(line).unwrap_or(u32::MAX)), ..at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::{arm, json};

    /// The reading of a template's resources, normalized, with its tree.
    fn read(resources: &str) -> (Tree, Reading) {
        let text = format!(
            "{{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n\
             \"parameters\": {{\"open\": {{\"type\": \"array\"}}, \"n\": {{\"type\": \"string\"}}}},\n\
             \"resources\": [{resources}]}}"
        );
        let tree = Tree::memory([("a.json".to_owned(), text.clone().into_bytes())]);
        let file = tree.read("a.json").unwrap();
        let root = json::parse(&text, file).unwrap();
        let (mut ids, mut reading) = (Ids::default(), Reading::default());
        arm::read_template(&tree, "a.json", &root, file, &arm::Options::default(), &mut ids, &mut reading);
        assert!(reading.missing.is_empty(), "{:?}", reading.missing);
        normalize(&mut reading, &tree, &mut ids);
        (tree, reading)
    }

    fn resource(kind: &str, name: &str, properties: &str) -> String {
        format!("{{\"type\": \"{kind}\", \"apiVersion\": \"1\", \"name\": \"{name}\",\n \"properties\": {properties}}}")
    }

    fn tail(id: &str) -> &str {
        id.split_once("/providers/").map_or(id, |(_, rest)| rest)
    }

    fn quote(tree: &Tree, at: Span) -> String {
        tree.text(at.file)[at.start as usize..at.end as usize].to_owned()
    }

    #[test]
    fn inline_lists_become_children_with_their_places() {
        let cases = [
            ("Microsoft.Network/virtualNetworks", "{\"subnets\": [ITEM]}", "subnets"),
            ("Microsoft.Network/networkSecurityGroups", "{\"securityRules\": [ITEM]}", "securityRules"),
            ("Microsoft.Network/routeTables", "{\"routes\": [ITEM]}", "routes"),
        ];
        for (kind, properties, collection) in cases {
            let item = "{\"name\": \"one\", \"id\": \"x\", \"properties\": {\"p\": \"v\"}}";
            let (tree, reading) = read(&resource(kind, "o", &properties.replace("ITEM", item)));
            let [owner, child] = reading.resources.as_slice() else { panic!("{kind}: {}", reading.resources.len()) };
            assert!(owner.unread.is_empty());
            assert_eq!(tail(&child.id), format!("{kind}/o/{collection}/one"));
            assert_eq!(child.arm_type, format!("{kind}/{collection}"));
            assert_eq!(child.body["properties"].get("p").unwrap().as_str(), Some("v"));
            assert!(!child.body.contains_key("id"));
            assert_eq!(quote(&tree, child.at), item);
            assert_eq!(quote(&tree, child.header), "\"name\": \"one\"");
            assert_eq!(quote(&tree, child.body["properties"].get("p").unwrap().at.unwrap()), "\"p\": \"v\"");
            assert_eq!(child.address, format!("resources[0].{collection}[0] ({kind}/{collection})"));
        }
    }

    #[test]
    fn null_stays_as_a_place_and_leaves_lists() {
        let (tree, reading) = read(&resource(
            "Microsoft.Test/things",
            "t",
            "{\"a\": null, \"l\": [{\"b\": null, \"c\": {\"d\": null}, \"e\": 1}]}",
        ));
        let properties = &reading.resources[0].body["properties"];
        let a = properties.get("a").unwrap();
        assert!(a.is_null());
        assert_eq!(quote(&tree, a.at.unwrap()), "\"a\": null");
        let list = properties.get("l").unwrap().to_json().unwrap();
        assert_eq!(list, serde_json::json!([{"c": {}, "e": 1}]));
    }

    #[test]
    fn flat_items_get_properties() {
        let (_, reading) = read(&resource(
            "Microsoft.ContainerService/managedClusters",
            "k",
            "{\"agentPoolProfiles\": [{\"name\": \"np\", \"count\": 3}]}",
        ));
        let pool = &reading.resources[1];
        assert_eq!(tail(&pool.id), "Microsoft.ContainerService/managedClusters/k/agentPools/np");
        assert_eq!(pool.body["properties"].get("count").unwrap().value, Value::Int(3));
    }

    #[test]
    fn a_child_that_is_declared_on_its_own_counts() {
        let inside = "{\"subnets\": [{\"name\": \"s\", \"properties\": {\"p\": 1}}]}";
        let (_, reading) = read(&format!(
            "{},{}",
            resource("Microsoft.Network/virtualNetworks", "v", inside),
            resource("Microsoft.Network/virtualNetworks/subnets", "v/S", "{\"p\": 2}")
        ));
        assert_eq!(reading.resources.len(), 2);
        assert_eq!(reading.resources[1].body["properties"].get("p").unwrap().value, Value::Int(2));
    }

    #[test]
    fn lists_that_are_not_known_leave_a_doubt_and_unknown_names_a_stand_in() {
        for properties in
            ["{\"subnets\": \"[parameters('open')]\"}", "{\"subnets\": [\"[first(parameters('open'))]\"]}"]
        {
            let (_, reading) = read(&resource("Microsoft.Network/virtualNetworks", "v", properties));
            assert_eq!(reading.resources.len(), 1, "{properties}");
            let (read, why) = &reading.resources[0].unread[0];
            assert_eq!(read, "children.subnets");
            assert!(why.contains("open"), "{why}");
        }
        let (_, reading) = read(&resource(
            "Microsoft.Network/virtualNetworks",
            "v",
            "{\"subnets\": [{\"name\": \"[parameters('n')]\", \"properties\": {\"p\": 1}}]}",
        ));
        let child = &reading.resources[1];
        assert!(tail(&child.id).starts_with("Microsoft.Network/virtualNetworks/v/subnets/("), "{}", child.id);
        assert!(child.body["name"].reason().is_some());
    }

    #[test]
    fn children_that_change_their_owner_join_it() {
        let policy = "{\"accessPolicies\": [{\"objectId\": \"x\"}]}";
        for (name, extends, known) in [
            ("add", true, true),
            ("replace", false, true),
            ("remove", false, false),
            ("[parameters('n')]", false, false),
        ] {
            let name = match name.strip_prefix('[') {
                Some(_) => "[concat('v/', parameters('n'))]".to_owned(),
                None => format!("v/{name}"),
            };
            let (_, reading) = read(&resource("Microsoft.KeyVault/vaults/accessPolicies", &name, policy));
            assert!(reading.resources.is_empty(), "{name}");
            let fragment = &reading.fragments[0];
            assert_eq!(tail(fragment.target.as_str().unwrap()), "Microsoft.KeyVault/vaults/v");
            assert_eq!((fragment.arm_type.as_str(), fragment.extends), ("Microsoft.KeyVault/vaults", extends));
            let list = fragment.body["properties"].get("accessPolicies").unwrap();
            assert_eq!(list.as_array().is_some_and(|l| l.len() == 1), known, "{name}");
            assert_eq!(list.reason().is_none(), known, "{name}");
        }
        let (_, reading) =
            read(&resource("Microsoft.KeyVault/vaults/accessPolicies", "[concat(parameters('n'), '/add')]", policy));
        assert!(reading.fragments[0].target.reason().is_some());
    }

    #[test]
    fn the_web_config_is_the_sites_and_stays() {
        let (tree, reading) = read(&format!(
            "{},{}",
            resource("Microsoft.Web/sites/config", "s/web", "{\"minTlsVersion\": \"1.0\"}"),
            resource("Microsoft.Web/sites/config", "s/appsettings", "{\"a\": \"b\"}")
        ));
        assert_eq!(reading.resources.len(), 2);
        let [fragment] = reading.fragments.as_slice() else { panic!("{}", reading.fragments.len()) };
        assert_eq!(tail(fragment.target.as_str().unwrap()), "Microsoft.Web/sites/s");
        let tls = fragment.body["properties"].get("siteConfig").and_then(|c| c.get("minTlsVersion")).unwrap();
        assert_eq!(quote(&tree, tls.at.unwrap()), "\"minTlsVersion\": \"1.0\"");
    }

    #[test]
    fn administrators_of_sql_servers_are_one_fact() {
        let (_, reading) = read(&resource(
            "Microsoft.Sql/servers",
            "s",
            "{\"administrators\": {\"azureADOnlyAuthentication\": true}, \"keyId\": \"https://v/keys/k/1\"}",
        ));
        let child = |n: usize| (tail(&reading.resources[n].id), reading.resources[n].body["properties"].clone());
        let (id, properties) = child(1);
        assert_eq!(id, "Microsoft.Sql/servers/s/azureADOnlyAuthentications/Default");
        assert_eq!(properties.get("azureADOnlyAuthentication").unwrap().as_bool(), Some(true));
        let (id, properties) = child(2);
        assert_eq!(id, "Microsoft.Sql/servers/s/encryptionProtector/current");
        assert_eq!(properties.get("serverKeyType").unwrap().as_str(), Some("AzureKeyVault"));
        let (_, reading) = read(&resource(
            "Microsoft.Sql/servers/azureADOnlyAuthentications",
            "s/Default",
            "{\"azureADOnlyAuthentication\": false}",
        ));
        let admins = reading.fragments[0].body["properties"].get("administrators").unwrap();
        assert_eq!(admins.get("azureADOnlyAuthentication").unwrap().as_bool(), Some(false));
        assert_eq!(reading.resources.len(), 1);
    }
}
