//! What Azure itself adds to code: the values it takes for what is left out, the facts that only running Azure has, and the
//! properties that hold secrets. Data, by ARM type, in `facts/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::iac::{Node, Object, Value};

/// The defaults of one ARM type.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Defaults {
    /// Children that exist without being declared: collection → name → path → value.
    #[serde(default)]
    pub(crate) children: BTreeMap<String, BTreeMap<String, BTreeMap<String, serde_json::Value>>>,
    /// Path → rule.
    #[serde(flatten)]
    paths: BTreeMap<String, Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Rule {
    Conditional(Conditional),
    Constant(serde_json::Value),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditional {
    #[serde(default)]
    value: Option<serde_json::Value>,
    #[serde(default)]
    unless: Option<String>,
    #[serde(default)]
    with: Option<String>,
    #[serde(default)]
    copy: Option<String>,
    #[serde(default)]
    values: BTreeMap<String, serde_json::Value>,
    /// A text in which `{name}` stands for the resource's name.
    #[serde(default)]
    text: Option<String>,
}

static DEFAULTS: LazyLock<BTreeMap<String, Defaults>> = LazyLock::new(|| parse_defaults().unwrap_or_default());
static RUNTIME: LazyLock<BTreeSet<(String, String)>> = LazyLock::new(|| pairs(include_str!("facts/runtime.tsv")));
static SECRET: LazyLock<BTreeMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut by_type: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for (kind, path) in pairs(include_str!("facts/secret.tsv")) {
        let words = path.replace("[]", ".[]").split('.').map(ToOwned::to_owned).collect();
        by_type.entry(kind).or_default().push(words);
    }
    by_type
});

fn parse_defaults() -> Result<BTreeMap<String, Defaults>, yaml_serde::Error> {
    let read: BTreeMap<String, Defaults> = yaml_serde::from_str(include_str!("facts/defaults.yaml"))?;
    Ok(read.into_iter().map(|(kind, defaults)| (kind.to_lowercase(), defaults)).collect())
}

/// Rows of two columns below a header, lower case.
fn pairs(table: &str) -> BTreeSet<(String, String)> {
    table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(kind, path)| (kind.to_lowercase(), path.to_lowercase()))
        .collect()
}

/// The defaults of the type.
pub(crate) fn defaults(arm_type: &str) -> Option<&'static Defaults> {
    DEFAULTS.get(&arm_type.to_lowercase())
}

/// Whether the property (with its words joined by dots) or one around it is only known of running resources.
pub fn is_runtime(arm_type: &str, path: &str) -> bool {
    let (kind, path) = (arm_type.to_lowercase(), path.to_lowercase());
    if path == "systemdata" || path.starts_with("systemdata.") || path == "properties.provisioningstate" {
        return true;
    }
    let mut end = path.len();
    loop {
        if RUNTIME.contains(&(kind.clone(), path[..end].to_owned())) {
            return true;
        }
        match path[..end].rfind('.') {
            Some(at) => end = at,
            None => return false,
        }
    }
}

/// Names that hold secrets in resources of any type.
const SECRET_NAMES: [&str; 12] = [
    "administratorloginpassword",
    "administratorpassword",
    "adminpassword",
    "password",
    "clientsecret",
    "secret",
    "connectionstring",
    "primarykey",
    "secondarykey",
    "sharedkey",
    "accountkey",
    "storageaccesskey",
];

/// Whether the property holds a secret: by the specification of its type, or by its name. Lists are `[]`.
pub(crate) fn is_secret(arm_type: &str, path: &[String]) -> bool {
    let last = path.iter().rev().find(|w| *w != "[]").map(|w| w.to_lowercase()).unwrap_or_default();
    if SECRET_NAMES.contains(&last.as_str()) {
        return true;
    }
    SECRET.get(&arm_type.to_lowercase()).is_some_and(|paths| {
        paths.iter().any(|p| p.len() == path.len() && p.iter().zip(path).all(|(a, b)| a.eq_ignore_ascii_case(b)))
    })
}

/// What the words of a path lead to.
pub(crate) enum Found<'a> {
    /// A value, which may be unknown.
    Value(&'a Node),
    /// Nothing: it is left out or null.
    Nothing,
}

/// The value at a path of member names; an unknown on the way counts as the value.
pub(crate) fn find<'a>(body: &'a Object, words: &[&str]) -> Found<'a> {
    let Some((first, rest)) = words.split_first() else { return Found::Nothing };
    let member = body.get(*first).or_else(|| body.iter().find(|(k, _)| k.eq_ignore_ascii_case(first)).map(|(_, v)| v));
    match member {
        None => Found::Nothing,
        Some(node) => match &node.value {
            Value::Null => Found::Nothing,
            Value::Unknown(_) => Found::Value(node),
            _ if rest.is_empty() => Found::Value(node),
            Value::Object(inner) => find(inner, rest),
            _ => Found::Nothing,
        },
    }
}

/// Puts a value at a path where nothing is; objects on the way are made. Gives whether it was put.
pub(crate) fn put(body: &mut Object, words: &[&str], value: Node) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let key =
        body.keys().find(|k| k.eq_ignore_ascii_case(first)).cloned().unwrap_or_else(|| std::sync::Arc::from(*first));
    if rest.is_empty() {
        let old = body.get(&key);
        if old.is_some_and(|n| !n.is_null()) {
            return false;
        }
        // Where null is written, the default is taken.
        let at = value.at.or(old.and_then(|n| n.at));
        body.insert(key, Node { at, ..value });
        return true;
    }
    let member = body.entry(key).or_insert_with(|| Node::object(Object::new()));
    if member.is_null() {
        member.value = Value::Object(std::sync::Arc::default());
    }
    match &mut member.value {
        Value::Object(inner) => put(std::sync::Arc::make_mut(inner), rest, value),
        _ => false,
    }
}

impl Defaults {
    /// Puts the defaults where the body leaves things out. Gives the paths that were put.
    pub(crate) fn apply(&self, body: &mut Object) -> Vec<String> {
        // Conditions look at what the code wrote, not at other defaults.
        let due: Vec<(&String, Node)> =
            self.paths.iter().filter_map(|(path, rule)| Some((path, rule.value(path, body)?))).collect();
        let mut put_in = Vec::new();
        for (path, value) in due {
            let words: Vec<&str> = path.split('.').collect();
            if put(body, &words, value) {
                put_in.push(path.clone());
            }
        }
        put_in
    }
}

impl Rule {
    fn value(&self, path: &str, body: &Object) -> Option<Node> {
        let at = |path: &str| find(body, &path.split('.').collect::<Vec<_>>());
        if matches!(at(path), Found::Value(_)) {
            return None;
        }
        let rule = match self {
            Self::Constant(value) => return Some(Node::from_json(value)),
            Self::Conditional(rule) => rule,
        };
        if let Some(Found::Value(other)) = rule.unless.as_deref().map(at) {
            return other.reason().map(Node::unknown);
        }
        if let Some(with) = &rule.with {
            match at(with) {
                Found::Nothing => return None,
                Found::Value(node) if node.reason().is_some() => return node.reason().map(Node::unknown),
                Found::Value(_) => {}
            }
        }
        if let Some(text) = &rule.text {
            return match at("name") {
                Found::Value(name) => {
                    Some(name.as_str().map_or_else(|| name.clone(), |n| Node::string(text.replace("{name}", n))))
                }
                Found::Nothing => None,
            };
        }
        if let Some(Found::Value(source)) = rule.copy.as_deref().map(at) {
            if rule.values.is_empty() || source.reason().is_some() {
                return Some(source.clone());
            }
            let text = source.as_str().unwrap_or_default();
            let found = rule.values.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
            return Some(found.map_or_else(
                || Node::unknown(format!("what {text:?} means for {path} is not known")),
                |(_, value)| Node::from_json(value),
            ));
        }
        rule.value.as_ref().map(Node::from_json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(json: serde_json::Value) -> Object {
        Node::from_json(&json).as_object().unwrap().clone()
    }

    fn applied(kind: &str, json: serde_json::Value) -> serde_json::Value {
        let mut body = body(json);
        defaults(kind).unwrap().apply(&mut body);
        Node::object(body).to_json().unwrap()
    }

    #[test]
    fn the_tables_parse_and_no_type_is_empty() {
        let all = parse_defaults().unwrap();
        assert!(all.len() > 20);
        assert!(all.values().all(|d| !d.paths.is_empty() || !d.children.is_empty()));
        assert!(RUNTIME.len() > 300 && SECRET.len() > 30);
    }

    #[test]
    fn what_is_written_stays_and_what_is_left_out_is_put() {
        let pg = applied(
            "Microsoft.DBforPostgreSQL/flexibleservers",
            serde_json::json!({"properties": {"createMode": "Replica", "backup": {"backupRetentionDays": 35},
                "network": {"delegatedSubnetResourceId": "/s"}}}),
        );
        assert_eq!(pg["properties"]["backup"]["backupRetentionDays"], 35);
        assert_eq!(pg["properties"]["backup"]["geoRedundantBackup"], "Disabled");
        assert_eq!(pg["properties"]["replicationRole"], "AsyncReplica");
        assert!(pg["properties"]["network"].get("publicNetworkAccess").is_none());
    }

    #[test]
    fn conditions_look_at_the_code_alone() {
        let bare = applied("Microsoft.KeyVault/vaults", serde_json::json!({"properties": {}}));
        assert_eq!(bare["properties"]["networkAcls"]["defaultAction"], "Allow");
        let some =
            applied("Microsoft.KeyVault/vaults", serde_json::json!({"properties": {"networkAcls": {"ipRules": []}}}));
        assert!(some["properties"]["networkAcls"].get("defaultAction").is_none());
        assert_eq!(some["properties"]["networkAcls"]["bypass"], "AzureServices");
    }

    #[test]
    fn addresses_follow_from_names() {
        let vault = applied("Microsoft.KeyVault/vaults", serde_json::json!({"name": "kv-a", "properties": {}}));
        assert_eq!(vault["properties"]["vaultUri"], "https://kv-a.vault.azure.net/");
        let mut nameless = body(serde_json::json!({}));
        put(&mut nameless, &["name"], Node::unknown("var.n"));
        defaults("Microsoft.KeyVault/vaults").unwrap().apply(&mut nameless);
        assert!(matches!(find(&nameless, &["properties", "vaultUri"]), Found::Value(n) if n.reason().is_some()));
    }

    #[test]
    fn an_unknown_condition_gives_an_unknown_value() {
        let mut server = body(serde_json::json!({"properties": {"network": {}}}));
        put(&mut server, &["properties", "network", "delegatedSubnetResourceId"], Node::unknown("var.subnet"));
        put(&mut server, &["properties", "createMode"], Node::string("Novelty"));
        defaults("Microsoft.DBforPostgreSQL/flexibleServers").unwrap().apply(&mut server);
        for path in [["properties", "network", "publicNetworkAccess"].as_slice(), &["properties", "replicationRole"]] {
            assert!(matches!(find(&server, path), Found::Value(n) if n.reason().is_some()), "{path:?}");
        }
        // An unknown object is not filled.
        let mut vault = Object::new();
        put(&mut vault, &["properties"], Node::unknown("var.p"));
        assert!(defaults("Microsoft.KeyVault/vaults").unwrap().apply(&mut vault).is_empty());
    }

    #[test]
    fn runtime_and_secret_paths() {
        let pg = "microsoft.dbforpostgresql/flexibleservers";
        assert!(is_runtime(pg, "properties.highAvailability.state"));
        assert!(is_runtime(pg, "properties.privateEndpointConnections.x"));
        assert!(is_runtime(pg, "systemData.createdAt"));
        assert!(!is_runtime(pg, "properties.highAvailability.mode"));
        let words = |path: &str| path.split('.').map(ToOwned::to_owned).collect::<Vec<_>>();
        assert!(is_secret(pg, &words("properties.administratorLoginPassword")));
        assert!(is_secret("Microsoft.App/containerApps", &words("properties.configuration.secrets.[].value")));
        assert!(!is_secret(pg, &words("properties.version")));
    }
}
