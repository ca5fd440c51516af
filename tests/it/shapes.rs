//! The cases and the reads of the policies against the properties of ARM types in `fixtures/azure/fields.txt`: nothing is
//! misspelt, no enum value is invented, no type is wrong. `scripts/azure_fields.py` writes that file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use assize::model::{Relation, Via};
use serde_json::Value;

use crate::support::path;

/// Types that policies speak of and the listing lacks, with the reason.
const TYPES_NOT_LISTED: &[(&str, &str)] = &[
    ("Microsoft.Insights/privateLinkScopes", "no package of PyPI describes it"),
    ("Microsoft.KeyVault/vaults/certificates", "of the data plane, ARM does not know it"),
];

/// Properties that Azure has and the listing lacks: type, path, where they are documented.
const ALSO_THERE: &[(&str, &str, &str)] = &[
    (
        "Microsoft.KeyVault/vaults/keys",
        "properties.attributes.hsmPlatform",
        "of the data plane, as recorded in fixtures/azure",
    ),
    ("Microsoft.Storage/storageAccounts/queueServices", "properties.logging", "of the data plane, which azurerm sets"),
];

/// Enum values that Azure gives and the listing lacks: type, path, value, where it is documented.
const ALSO_VALUES: &[(&str, &str, &str, &str)] = &[
    ("Microsoft.Cdn/profiles/customDomains", TLS_OF_DOMAIN, "TLS13", "newer api-versions know it"),
    (
        "Microsoft.Compute/virtualMachines",
        "properties.hardwareProfile.vmSize",
        "Standard_D4ds_v5",
        "the listing is not kept",
    ),
    ("Microsoft.ContainerService/managedClusters", "sku.tier", "Paid", "the name of Standard before 2023-02-01"),
    ("Microsoft.DBforMySQL/flexibleServers", "properties.version", "8.4", "newer than the api-version"),
    (
        "Microsoft.DBforPostgreSQL/flexibleServers",
        "properties.storage.type",
        "",
        "examples of Microsoft's specification",
    ),
    ("Microsoft.KeyVault/managedHSMs/keys", "properties.kty", "oct-HSM", "of the data plane"),
    ("Microsoft.Storage/storageAccounts", "properties.allowedCopyScope", "All", "api-version 2025-08-01"),
    ("Microsoft.Storage/storageAccounts", CONNECTION, "Disconnected", "the other types of Private Link list it"),
    // Written in another case on purpose: Azure ignores it, and so must the policy.
    ("Microsoft.DocumentDB/databaseAccounts", "properties.minimalTlsVersion", "tls", CASE),
    ("Microsoft.DocumentDB/databaseAccounts", "properties.minimalTlsVersion", "tls12", CASE),
    ("Microsoft.KeyVault/vaults", "properties.sku.name", "Premium", CASE),
    ("Microsoft.Storage/storageAccounts", "properties.encryption.keySource", "MICROSOFT.KEYVAULT", CASE),
    ("Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", "tls1_3", CASE),
    ("Microsoft.Storage/storageAccounts", "sku.name", "standard_ragrs", CASE),
];
const CASE: &str = "in another case on purpose";
const TLS_OF_DOMAIN: &str = "properties.tlsSettings.minimumTlsVersion";
const CONNECTION: &str = "properties.privateEndpointConnections.properties.privateLinkServiceConnectionState.status";

/// Members of every resource that not every listing repeats.
const OF_EVERY_RESOURCE: &[&str] = &["id", "name", "type", "systemData"];

/// A property of the listing.
#[derive(Debug, Default)]
struct Property {
    /// How many lists are around it.
    lists: usize,
    /// As the listing writes it.
    kind: String,
    /// The values that it may have; none where it may have any.
    values: Vec<String>,
    below: BTreeMap<String, Self>,
}

/// The listing.
struct Fields {
    /// By type in lower case: the name, and what it holds.
    types: BTreeMap<String, Property>,
    definitions: BTreeMap<String, Property>,
}

impl Fields {
    fn read() -> Self {
        let text = std::fs::read_to_string(path("fixtures/azure/fields.txt")).expect("the listing");
        let mut fields = Self { types: BTreeMap::new(), definitions: BTreeMap::new() };
        let mut lines = text.lines().filter(|l| !l.starts_with('#')).peekable();
        while let Some(line) = lines.next() {
            let mut words = line.split(' ');
            let (mark, name) = (words.next().expect("a mark"), words.next().expect("a name"));
            let held = Property { kind: "o".to_owned(), below: members(&mut lines, 0), ..Property::default() };
            match mark {
                "=" => assert!(fields.types.insert(name.to_lowercase(), held).is_none(), "{name} twice"),
                ":" => assert!(fields.definitions.insert(name.to_owned(), held).is_none(), "{name} twice"),
                _ => panic!("{line}"),
            }
        }
        fields
    }

    /// The members of a property; `None` where they are not listed.
    fn members<'a>(&'a self, property: &'a Property) -> Option<&'a BTreeMap<String, Property>> {
        match property.kind.strip_prefix(':') {
            Some(name) => Some(&self.definitions.get(name).unwrap_or_else(|| panic!("{name} is not described")).below),
            None if property.kind == "O" || property.kind == "a" => None,
            None => Some(&property.below),
        }
    }
}

/// The lines of one level and below.
fn members<'a>(
    lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
    level: usize,
) -> BTreeMap<String, Property> {
    let mut found: BTreeMap<String, Property> = BTreeMap::new();
    while let Some(line) = lines.peek() {
        if line.starts_with("= ") || line.starts_with(": ") || line.len() - line.trim_start().len() < level {
            break;
        }
        let mut words = line.trim_start().split(' ');
        let name = words.next().expect("a name");
        let kind = words.next().expect("a kind").to_owned();
        let values = words.next().map(|v| v.split('|').map(|v| v.replace('~', " ")).collect()).unwrap_or_default();
        lines.next();
        let below = members(lines, level + 1);
        let bare = name.trim_end_matches("[]");
        let lists = (name.len() - bare.len()) / 2;
        found.insert(bare.to_owned(), Property { lists, kind, values, below });
    }
    found
}

/// What is wrong, and which exceptions were needed.
#[derive(Default)]
struct Report {
    wrong: BTreeMap<String, BTreeSet<String>>,
    used: BTreeSet<String>,
}

impl Report {
    fn add(&mut self, message: String, place: &str) {
        self.wrong.entry(message).or_default().insert(place.to_owned());
    }

    fn check_resource(&mut self, fields: &Fields, resource: &Value, place: &str) {
        let kind = resource["type"].as_str().expect("a resource has a type");
        let Some(property) = self.find_type(fields, kind, place) else { return };
        self.check(fields, kind, property, resource, "", 0, place);
    }

    fn find_type<'a>(&mut self, fields: &'a Fields, kind: &str, place: &str) -> Option<&'a Property> {
        let found = fields.types.get(&kind.to_lowercase());
        if found.is_none() {
            if TYPES_NOT_LISTED.iter().any(|(t, _)| t.eq_ignore_ascii_case(kind)) {
                self.used.insert(kind.to_lowercase());
            } else {
                self.add(format!("{kind}: type not listed; see scripts/azure_fields.py"), place);
            }
        }
        found
    }

    #[expect(clippy::too_many_arguments, reason = "where it stands, in every respect")]
    fn check(
        &mut self,
        fields: &Fields,
        kind: &str,
        property: &Property,
        value: &Value,
        path: &str,
        lists: usize,
        place: &str,
    ) {
        if value.is_null() || property.kind == "a" {
            return;
        }
        if lists > 0 {
            let Value::Array(items) = value else {
                return self.add(format!("{kind} {path}: {value} is no list"), place);
            };
            for item in items {
                self.check(fields, kind, property, item, path, lists - 1, place);
            }
            return;
        }
        let fits = match property.kind.as_bytes()[0] {
            b's' => value.is_string(),
            b'i' => value.is_i64() || value.is_u64(),
            b'n' => value.is_number(),
            b'b' => value.is_boolean(),
            _ => value.is_object(),
        };
        if !fits {
            return self.add(format!("{kind} {path}: {value} is not of kind {}", property.kind), place);
        }
        if let (Some(number), Some((least, most))) = (value.as_i64(), property.kind[1..].split_once(".."))
            && (least.parse::<i64>().is_ok_and(|l| number < l) || most.parse::<i64>().is_ok_and(|m| number > m))
        {
            self.add(format!("{kind} {path}: {number} is not within {}", &property.kind[1..]), place);
        }
        if let Some(text) = value.as_str()
            && !property.values.is_empty()
            && !text.split(", ").all(|t| property.values.iter().any(|v| v == t || v == text))
        {
            self.check_value(kind, path, text, &property.values, place);
        }
        let (Value::Object(object), Some(members)) = (value, fields.members(property)) else { return };
        for (name, inner) in object {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            match members.get(name).or_else(|| members.get("*")) {
                Some(member) => self.check(fields, kind, member, inner, &below, member.lists, place),
                None if path.is_empty() && OF_EVERY_RESOURCE.contains(&name.as_str()) => {}
                None => self.check_absent(kind, &below, name, members, place),
            }
        }
    }

    fn check_value(&mut self, kind: &str, path: &str, text: &str, values: &[String], place: &str) {
        let exception =
            ALSO_VALUES.iter().find(|(t, p, v, _)| t.eq_ignore_ascii_case(kind) && *p == path && *v == text);
        if exception.is_some() {
            self.used.insert(format!("{} {path} {text}", kind.to_lowercase()));
        } else {
            self.add(format!("{kind} {path}: {text:?} is none of {}", values.join(", ")), place);
        }
    }

    fn check_absent(&mut self, kind: &str, path: &str, name: &str, members: &BTreeMap<String, Property>, place: &str) {
        if ALSO_THERE.iter().any(|(t, p, _)| t.eq_ignore_ascii_case(kind) && *p == path) {
            self.used.insert(format!("{} {path}", kind.to_lowercase()));
            return;
        }
        let hint = members.keys().find(|m| m.eq_ignore_ascii_case(name));
        let hint = hint.map(|h| format!(": it is spelt {h}")).unwrap_or_default();
        self.add(format!("{kind} {path}: no such property{hint}"), place);
    }

    /// A path below a type. `declared` is the JSON type that the policy understands.
    fn check_path(
        &mut self,
        fields: &Fields,
        kind: &str,
        steps: &[&str],
        declared: Option<&str>,
        value: Option<&Value>,
        place: &str,
    ) {
        let Some(mut property) = self.find_type(fields, kind, place) else { return };
        let mut path = String::new();
        let mut lists = 0;
        for step in steps {
            let Some(members) = fields.members(property) else { return };
            if lists > 0 {
                return self.add(format!("{kind} {path}: is a list, {step} is below it"), place);
            }
            path = if path.is_empty() { (*step).to_owned() } else { format!("{path}.{step}") };
            let Some(member) = members.get(*step).or_else(|| members.get("*")) else {
                if path == *step && OF_EVERY_RESOURCE.contains(step) {
                    return;
                }
                return self.check_absent(kind, &path, step, members, place);
            };
            lists = member.lists;
            property = member;
        }
        let fits = match (declared, lists, property.kind.as_bytes()[0]) {
            (None, ..) | (_, 0, b'a') => true,
            (Some(declared), 1.., _) => declared == "array",
            (Some(declared), _, b's') => declared == "string",
            (Some(declared), _, b'i') => declared == "integer" || declared == "number",
            (Some(declared), _, b'n') => declared == "number",
            (Some(declared), _, b'b') => declared == "boolean",
            (Some(declared), ..) => declared == "object",
        };
        if !fits {
            let found = format!("{}{}", property.kind, "[]".repeat(lists));
            self.add(format!("{kind} {path}: read as {}, is {found}", declared.unwrap_or_default()), place);
        }
        if let Some(value) = value {
            self.check(fields, kind, property, value, &path, lists, place);
        }
    }

    fn check_read(&mut self, fields: &Fields, kind: &str, read: &Value, value: Option<&Value>, place: &str) {
        let path = read["path"].as_str().or_else(|| read.as_str()).expect("a read has a path");
        let declared = read["type"].as_str();
        let steps = steps(path);
        match steps[0] {
            "resource" => self.check_path(fields, kind, &steps[1..], declared, value, place),
            "children" => {
                let child = format!("{kind}/{}", steps[1]);
                self.check_path(fields, &child, steps.get(3..).unwrap_or_default(), declared, value, place);
            }
            "related" => self.check_relation(fields, kind, &steps[1..], declared, place),
            _ => {}
        }
    }

    fn check_relation(&mut self, fields: &Fields, kind: &str, steps: &[&str], declared: Option<&str>, place: &str) {
        let below = if steps.get(1) == Some(&"*") { &steps[2..] } else { &steps[1..] };
        if below.is_empty() {
            return;
        }
        let parent = kind.rsplit_once('/').map_or(kind, |(parent, _)| parent).to_owned();
        let mut candidates: Vec<&str> = match Relation::find(steps[0], kind) {
            Some(relation) if relation.via == Via::Parent => vec![parent.as_str()],
            Some(relation) => relation.ends(),
            None => return self.add(format!("related.{}: no such relation", steps[0]), place),
        };
        if candidates.is_empty() {
            candidates = fields.types.keys().map(String::as_str).collect();
        }
        let reports = candidates.iter().map(|candidate| {
            let mut report = Self::default();
            report.check_path(fields, candidate, below, declared, None, place);
            report
        });
        let mut reports: Vec<Self> = reports.collect();
        reports.sort_by_key(|r| r.wrong.len());
        let best = reports.swap_remove(0);
        self.wrong.extend(best.wrong);
        self.used.extend(best.used);
    }
}

/// The steps of a read: `a["b.c"].d` has three.
fn steps(path: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, part) in path.split('"').enumerate() {
        if at % 2 == 1 {
            found.push(part);
        } else {
            found.extend(part.split(['.', '[', ']']).filter(|s| !s.is_empty()));
        }
    }
    found
}

/// Every policy: its id, its folder and its metadata.
fn policies() -> Vec<(String, PathBuf, Value)> {
    let mut found = Vec::new();
    walk(&path("policies/azure"), &mut found);
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(found.len() > 100, "the library is here");
    found
}

fn walk(folder: &Path, found: &mut Vec<(String, PathBuf, Value)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.file_name().is_some_and(|name| name == "policy.rego") {
            let text = std::fs::read_to_string(&path).expect("a policy");
            let block =
                text.lines().skip_while(|l| l.trim_end() != "# METADATA").skip(1).take_while(|l| l.starts_with('#'));
            let yaml: String = block.map(|l| l[1..].strip_prefix(' ').unwrap_or(&l[1..]).to_owned() + "\n").collect();
            let metadata: Value = yaml_serde::from_str(&yaml).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let package = text.lines().find_map(|l| l.strip_prefix("package ")).expect("a package");
            found.push((package.to_owned(), folder.to_owned(), metadata["custom"].clone()));
        }
    }
}

fn resource_types(custom: &Value) -> Vec<String> {
    match &custom["resource"] {
        Value::Array(types) => types.iter().map(|t| t.as_str().expect("a type").to_owned()).collect(),
        one => vec![one.as_str().expect("a type").to_owned()],
    }
}

#[test]
fn cases_and_reads_are_spelt_as_azure_spells_them() {
    let fields = Fields::read();
    let mut report = Report::default();
    for (id, folder, custom) in policies() {
        for file in ["pass.json", "fail.json"] {
            let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{id}: {file}: {e}"));
            let cases: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{id}: {file}: {e}"));
            for case in cases.as_array().unwrap_or(&vec![cases.clone()]) {
                for resource in case["resources"].as_array().expect("a case has resources") {
                    report.check_resource(&fields, resource, &format!("{id} {file}"));
                }
            }
        }
        for read in custom["reads"].as_array().expect("a policy has reads") {
            let fix = &custom["fix"];
            let value = (fix["path"] == read["path"] && !fix["value"].is_null()).then_some(&fix["value"]);
            for kind in resource_types(&custom) {
                report.check_read(&fields, &kind, read, value, &format!("{id} reads"));
            }
        }
    }
    let wrong: String = report
        .wrong
        .iter()
        .map(|(message, places)| {
            let first: Vec<&str> = places.iter().take(4).map(String::as_str).collect();
            format!("{message}\n    in {}, {} in all\n", first.join(", "), places.len())
        })
        .collect();
    assert!(wrong.is_empty(), "{} mistakes:\n{wrong}", report.wrong.len());
    let exceptions = (TYPES_NOT_LISTED.iter().map(|(t, _)| t.to_lowercase()))
        .chain(ALSO_THERE.iter().map(|(t, p, _)| format!("{} {p}", t.to_lowercase())))
        .chain(ALSO_VALUES.iter().map(|(t, p, v, _)| format!("{} {p} {v}", t.to_lowercase())));
    let needless: Vec<String> = exceptions.filter(|e| !report.used.contains(e)).collect();
    assert!(needless.is_empty(), "exceptions that nothing needs any more: {needless:#?}");
}

#[test]
fn a_misspelt_property_value_or_type_is_found() {
    let fields = Fields::read();
    let vault = |properties: Value| serde_json::json!({"type": "Microsoft.KeyVault/vaults", "properties": properties});
    for (properties, message) in [
        (serde_json::json!({"enablePurgeProtecton": true}), "no such property"),
        (serde_json::json!({"EnablePurgeProtection": true}), "spelt enablePurgeProtection"),
        (serde_json::json!({"enablePurgeProtection": "true"}), "not of kind b"),
        (serde_json::json!({"networkAcls": {"defaultAction": "Denied"}}), "none of Allow, Deny"),
        (serde_json::json!({"accessPolicies": {}}), "no list"),
    ] {
        let mut report = Report::default();
        report.check_resource(&fields, &vault(properties.clone()), "here");
        assert!(report.wrong.keys().any(|m| m.contains(message)), "{properties}: {:?}", report.wrong);
    }
    let mut report = Report::default();
    report.check_resource(&fields, &vault(serde_json::json!({"enablePurgeProtection": true})), "here");
    assert!(report.wrong.is_empty(), "{:?}", report.wrong);
}
