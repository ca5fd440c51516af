//! The YAML file of a Terraform type → its mapping. Words that the language does not know are errors.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::iac::Node;
use crate::iac::mapping::convert::{Convert, Kind, Take};
use crate::iac::mapping::path::Path;
use crate::iac::mapping::rule::{Child, Defaults, Items, KeyPart, Name, Origin, Place, Rule, Scope, Table, Type};
use crate::iac::mapping::template::Template;
use crate::iac::mapping::transform;

/// Arguments that no mapping needs.
const IGNORED: &[&str] = &[
    "timeouts",
    "id",
    "depends_on",
    "lifecycle",
    "count",
    "for_each",
    "provider",
    "provisioner",
    "connection",
    "resource_group_name",
];

impl Type {
    /// Compiles a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let json: Json = yaml_serde::from_str(text).map_err(|e| e.to_string())?;
        let file = Members::new(&json, "the file")?;
        file.only(&[
            "type",
            "place",
            "retired",
            "set",
            "derived",
            "arguments",
            "also",
            "secret",
            "ignored",
            "exports",
            "apply_only",
            "computed",
            "until",
            "notes",
        ])?;
        let arm_type = file.text("type")?.ok_or("type is missing")?;
        let place = place(file.get("place").ok_or("place is missing")?)?;
        let mut rows = rows(file.get("arguments"))?;
        let own_identity = rows.get("identity").is_some_and(|list| list.iter().any(writes));
        for (name, row) in builtin() {
            if !(own_identity && name.starts_with("identity")) {
                rows.entry(name.to_owned()).or_insert(row);
            }
        }
        let mut table = table(&rows)?;
        let also: Vec<Arc<Child>> =
            list(file.get("also")).into_iter().map(|c| child(c).map(Arc::new)).collect::<Result<_, _>>()?;
        let exports: BTreeMap<String, Template> = file
            .object("exports")?
            .iter()
            .map(|(name, text)| Ok((name.clone(), Template::parse(text.as_str().ok_or("exports hold texts")?)?)))
            .collect::<Result<_, String>>()?;
        let apply_only: BTreeSet<String> = file.texts("apply_only")?.into_iter().collect();
        let computed: BTreeSet<String> = file.texts("computed")?.into_iter().collect();
        if let Some(strange) = computed.iter().find(|name| table.find(name).is_none()) {
            return Err(format!("computed: {strange} is not in the table"));
        }
        for name in file.texts("secret")? {
            table.entry(&name).dropped = true;
        }
        for name in file.texts("ignored")? {
            table.entry(&name).ignored = true;
        }
        for name in IGNORED
            .iter()
            .copied()
            .chain(exports.keys().map(String::as_str))
            .chain(apply_only.iter().map(String::as_str))
        {
            table.entry(name);
        }
        for name in place.arguments() {
            table.entry(name);
        }
        for child in &also {
            for name in child.table.entries.keys() {
                table.entry(name);
            }
        }
        let until = until(&file, &table)?;
        table.locate();
        let derived = file
            .object("derived")?
            .iter()
            .map(|(path, text)| Ok((Path::parse(path)?, Template::parse(text.as_str().ok_or("derived holds texts")?)?)))
            .collect::<Result<_, String>>()?;
        let constants = constants(file.get("set"))?;
        let retired = file.flag("retired")?;
        Ok(Self { arm_type, place, retired, constants, derived, table, also, exports, apply_only, computed, until })
    }
}

/// The rows that hold for every type, unless the type has its own.
fn builtin() -> Vec<(&'static str, Vec<Json>)> {
    use serde_json::json;
    [
        ("location", json!("location")),
        ("tags", json!("tags")),
        ("zones", json!({"to": "zones", "type": "string"})),
        ("zone", json!({"to": "zones", "take": ["text", "list"]})),
        ("identity", Json::Null),
        ("identity.type", json!("identity.type")),
        ("identity.identity_ids", json!({"to": "identity.userAssignedIdentities", "take": "keys"})),
        ("identity.principal_id", Json::Null),
        ("identity.tenant_id", Json::Null),
    ]
    .into_iter()
    .map(|(name, row)| (name, if row.is_null() { Vec::new() } else { vec![row] }))
    .collect()
}

/// Whether a row of a block writes something itself, so that the rows of its members do not.
fn writes(row: &Json) -> bool {
    row.is_string() || ["to", "items", "resource", "resources", "transform"].iter().any(|word| row.get(word).is_some())
}

/// The rows of a table: argument path → what it means. Spellings of one argument are resolved.
fn rows(json: Option<&Json>) -> Result<BTreeMap<String, Vec<Json>>, String> {
    let Some(json) = json else { return Ok(BTreeMap::new()) };
    let given = json.as_object().ok_or("arguments hold rows")?;
    let mut rows: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    let mut aliases = Vec::new();
    for (name, row) in given {
        let list: Vec<Json> = match row {
            Json::Null => Vec::new(),
            Json::Array(items) => items.clone(),
            other => vec![other.clone()],
        };
        if let Some(other) = list.iter().find_map(|r| r.get("same_as")) {
            let other = other.as_str().ok_or_else(|| format!("{name}: same_as holds an argument"))?;
            aliases.push((name.clone(), other.to_owned(), list[0].clone()));
        }
        rows.insert(name.clone(), list);
    }
    for (name, other, own) in aliases {
        if !given.contains_key(&other) && !given.keys().any(|k| k.starts_with(&format!("{other}."))) {
            return Err(format!("{name}: {other} is not in the table"));
        }
        let own = own.as_object().cloned().unwrap_or_default();
        let copies: Vec<(String, Vec<Json>)> = given
            .iter()
            .filter_map(|(row, value)| {
                let rest = row.strip_prefix(other.as_str()).filter(|r| r.is_empty() || r.starts_with('.'))?;
                let list = match value {
                    Json::Null => Vec::new(),
                    Json::Array(items) => items.clone(),
                    value => vec![value.clone()],
                };
                Some((format!("{name}{rest}"), list.into_iter().map(|r| alias(r, &own, rest.is_empty())).collect()))
            })
            .collect();
        rows.remove(&name);
        for (row, list) in copies {
            rows.entry(row).or_insert(list);
        }
    }
    if let Some((name, _)) = rows.iter().find(|(_, list)| list.iter().any(|r| r.get("same_as").is_some())) {
        return Err(format!("{name}: same_as leads to same_as"));
    }
    Ok(rows)
}

/// The row of another spelling: without what an argument that is left out means, which the first spelling already says.
fn alias(row: Json, own: &Map<String, Json>, itself: bool) -> Json {
    let mut row = match row {
        Json::Object(members) => members,
        Json::String(to) => Map::from_iter([("to".to_owned(), Json::String(to))]),
        other => return other,
    };
    for name in ["default", "absent", "always"] {
        row.remove(name);
    }
    if itself {
        row.extend(own.iter().filter(|(name, _)| *name != "same_as").map(|(n, v)| (n.clone(), v.clone())));
    }
    Json::Object(row)
}

/// Compiles a table.
fn table(rows: &BTreeMap<String, Vec<Json>>) -> Result<Table, String> {
    let mut table = Table::default();
    for (name, list) in rows {
        let compiled = list.iter().map(|row| rule(name, row).map_err(|e| format!("{name}: {e}")));
        let compiled: Vec<Rule> = compiled.collect::<Result<_, _>>()?;
        table.entry(name).rules = compiled;
    }
    Ok(table)
}

const KEYS: &[&str] = &[
    "to",
    "default",
    "always",
    "values",
    "others",
    "negate",
    "divide",
    "multiply",
    "format",
    "take",
    "type",
    "each",
    "set",
    "items",
    "template",
    "append",
    "present",
    "absent",
    "when",
    "resource",
    "resources",
    "key_parts",
    "transform",
    "secret",
    "ignored",
];

fn rule(argument: &str, json: &Json) -> Result<Rule, String> {
    let row = match json {
        Json::String(to) => &Json::Object(Map::from_iter([("to".to_owned(), Json::String(to.clone()))])),
        other => other,
    };
    let row = Members::new(row, "a row")?;
    row.only(KEYS)?;
    let to: Vec<Path> = row.texts("to")?.iter().map(|p| Path::parse(p)).collect::<Result<_, _>>()?;
    let raw = versions(row.get("default"));
    let convert = convert(argument, &row, &raw)?;
    let items = match row.get("items") {
        Some(items) => {
            Some(Arc::new(Items { table: sub_table(Some(items), &row)?, constants: constants(row.get("set"))? }))
        }
        None => None,
    };
    let child = match (row.get("resource"), row.get("resources")) {
        (Some(one), None) => Some((Arc::new(self::child(one)?), false)),
        (None, Some(each)) => Some((Arc::new(self::child(each)?), true)),
        (None, None) => None,
        _ => return Err("resource and resources exclude one another".to_owned()),
    };
    let (when, key_parts) = (row.object("when")?, row.object("key_parts")?);
    let when = when.iter().map(|(name, values)| {
        let values = match values {
            Json::Array(values) => values.iter().map(word).collect(),
            one => vec![word(one)],
        };
        (name.clone(), values)
    });
    let key_parts = key_parts.iter().map(|(part, path)| {
        let part = match part.as_str() {
            "vault" => KeyPart::Vault,
            "name" => KeyPart::Name,
            "version" => KeyPart::Version,
            _ => return Err(format!("{part} is no part of a key's id")),
        };
        Ok((part, Path::parse(path.as_str().ok_or("key_parts hold paths")?)?))
    });
    let transform = match row.text("transform")? {
        Some(name) => Some(transform::named(&name).ok_or_else(|| format!("there is no transform {name}"))?),
        None => None,
    };
    Ok(Rule {
        default: raw,
        always: row.flag("always")?,
        template: row.text("template")?.map(|t| Template::parse(&t)).transpose()?,
        append: row.flag("append")?,
        present: constants(row.get("present"))?,
        absent: constants(row.get("absent"))?,
        when: when.collect(),
        key_parts: key_parts.collect::<Result<_, String>>()?,
        to,
        convert,
        items,
        child,
        transform,
    })
}

/// The last provider version that knows an argument, by argument.
fn until(file: &Members<'_>, table: &Table) -> Result<Vec<(String, u8)>, String> {
    let mut all = Vec::new();
    for (version, names) in file.object("until")? {
        let at =
            VERSIONS.iter().position(|v| **v == version).ok_or_else(|| format!("until: {version} is no version"))?;
        for name in list(Some(&names)).into_iter().map(word) {
            let first = name.split('.').next().unwrap_or(&name);
            if table.find(first).is_none() {
                return Err(format!("until: {name} is not in the table"));
            }
            all.push((name, u8::try_from(at + 1).unwrap_or(u8::MAX)));
        }
    }
    Ok(all)
}

const VERSIONS: [&str; 5] = ["v1", "v2", "v3", "v4", "v5"];

/// Defaults by provider version, as Terraform writes them. What the oldest versions do not say is as in the next one.
fn versions(json: Option<&Json>) -> Defaults {
    let Some(json) = json else { return Defaults::default() };
    let node = |v: &Json| if v.is_null() { None } else { Some(Node::from_json(v)) };
    match json {
        Json::Object(by) if !by.is_empty() && by.keys().all(|k| VERSIONS.contains(&k.as_str())) => {
            let second = if by.contains_key("v2") { "v2" } else { "v3" };
            let first = if by.contains_key("v1") { "v1" } else { second };
            [first, second, "v3", "v4", "v5"].map(|v| by.get(v).and_then(node))
        }
        other => std::array::from_fn(|_| node(other)),
    }
}

fn convert(argument: &str, row: &Members<'_>, defaults: &Defaults) -> Result<Convert, String> {
    let values = match row.get("values") {
        Some(Json::Object(values)) => Some(values.iter().map(|(k, v)| (k.clone(), Node::from_json(v))).collect()),
        Some(_) => return Err("values hold spellings".to_owned()),
        None => None,
    };
    let take = row.texts("take")?;
    let take = take.iter().map(|t| Take::named(t).ok_or_else(|| format!("there is no step {t}")));
    let take: Vec<Take> = take.collect::<Result<_, _>>()?;
    let negate = row.flag("negate")?;
    let factor = match (row.number("divide")?, row.number("multiply")?) {
        (Some(by), None) if by != 0.0 => Some(1.0 / by),
        (None, by) => by,
        _ => return Err("divide and multiply exclude one another".to_owned()),
    };
    let format = match row.text("format")? {
        Some(text) => {
            let (before, after) = text.split_once("{}").ok_or("format needs {}")?;
            Some((before.to_owned(), after.to_owned()))
        }
        None => None,
    };
    let kind = match row.text("type")?.as_deref() {
        Some("string") => Kind::Text,
        Some("integer" | "number") => Kind::Number,
        Some("boolean") => Kind::Bool,
        Some(other) => return Err(format!("there is no type {other}")),
        None if values.is_some() || negate || factor.is_some() || format.is_some() || !take.is_empty() => Kind::Any,
        None => match defaults.iter().flatten().next().map(|d| d.value.kind()) {
            Some("bool") => Kind::Bool,
            Some("number") => Kind::Number,
            Some("string") => Kind::Text,
            _ => Kind::guess(argument),
        },
    };
    // With `key_parts`, a dot says that each key of a list gets an object of its own.
    let each = row.text("each")?.filter(|p| p != ".").map(|p| Path::parse(&p)).transpose()?;
    let each_set = if each.is_some() { constants(row.get("set"))? } else { Vec::new() };
    let keep_others = row.text("others")?.as_deref() == Some("keep");
    Ok(Convert { take, values, keep_others, negate, factor, format, kind, each, each_set })
}

fn child(json: &Json) -> Result<Child, String> {
    let row = Members::new(json, "a child")?;
    row.only(&["type", "name", "always", "arguments", "set", "secret", "ignored"])?;
    let name = name(row.get("name").unwrap_or(&Json::String("name".to_owned())))?;
    let mut table = sub_table(row.get("arguments"), &row)?;
    if let Name::Argument(names) = &name {
        for name in names {
            table.entry(name);
        }
    }
    table.locate();
    let arm_type = row.text("type")?.ok_or("a child needs a type")?;
    Ok(Child { arm_type, name, always: row.flag("always")?, table, constants: constants(row.get("set"))? })
}

fn sub_table(json: Option<&Json>, row: &Members<'_>) -> Result<Table, String> {
    let mut table = table(&rows(json)?)?;
    for name in row.texts("secret")? {
        table.entry(&name).dropped = true;
    }
    for name in row.texts("ignored")? {
        table.entry(&name).ignored = true;
    }
    table.locate();
    Ok(table)
}

fn place(json: &Json) -> Result<Place, String> {
    let row = Members::new(json, "place")?;
    row.only(&["in", "parent", "extends", "joins", "name", "group", "extend_lists"])?;
    let origins = |key: &str| -> Result<Vec<Origin>, String> { list(row.get(key)).into_iter().map(origin).collect() };
    let scope = match row.text("in")?.as_deref() {
        Some("resource_group") => Scope::Group,
        Some("subscription") => Scope::Subscription,
        Some("tenant") => Scope::Tenant,
        Some("management_group") => {
            Scope::Extends(vec![Origin::Id { argument: "management_group_id".to_owned(), add: String::new() }])
        }
        Some(other) => return Err(format!("{other} is no place")),
        None => match (origins("parent")?, origins("extends")?, origins("joins")?) {
            (parent, extends, joins) if !parent.is_empty() && extends.is_empty() && joins.is_empty() => {
                Scope::Parent(parent)
            }
            (parent, extends, joins) if parent.is_empty() && !extends.is_empty() && joins.is_empty() => {
                Scope::Extends(extends)
            }
            (parent, extends, joins) if parent.is_empty() && extends.is_empty() && !joins.is_empty() => {
                Scope::Joins(joins)
            }
            _ => return Err("place needs one of in, parent, extends and joins".to_owned()),
        },
    };
    Ok(Place {
        scope,
        name: name(row.get("name").unwrap_or(&Json::String("name".to_owned())))?,
        group: row.text("group")?.unwrap_or_else(|| "resource_group_name".to_owned()),
        extend_lists: row.flag("extend_lists")?,
    })
}

fn origin(json: &Json) -> Result<Origin, String> {
    if json.as_str() == Some("subscription") {
        return Ok(Origin::Subscription);
    }
    if let Some(argument) = json.as_str() {
        return Ok(Origin::Id { argument: argument.to_owned(), add: String::new() });
    }
    let row = Members::new(json, "a parent")?;
    row.only(&["id", "add", "name", "names", "group", "type"])?;
    let add = row.text("add")?.map(|a| format!("/{}", a.trim_matches('/'))).unwrap_or_default();
    if let Some(argument) = row.text("id")? {
        return Ok(Origin::Id { argument, add });
    }
    let names = match (row.get("name"), row.get("names")) {
        (Some(one), None) => vec![name(one)?],
        (None, Some(Json::Array(names))) => names.iter().map(name).collect::<Result<_, _>>()?,
        _ => return Err("a parent needs id, name or names".to_owned()),
    };
    let group = row.text("group")?.unwrap_or_else(|| "resource_group_name".to_owned());
    Ok(Origin::Names { names, group, arm_type: row.text("type")?, add })
}

fn name(json: &Json) -> Result<Name, String> {
    match json {
        Json::String(argument) => Ok(Name::Argument(vec![argument.clone()])),
        Json::Array(names) => Ok(Name::Argument(names.iter().map(word).collect())),
        other => {
            let row = Members::new(other, "a name")?;
            row.only(&["value", "template"])?;
            match (row.get("value"), row.text("template")?) {
                (Some(value), None) => Ok(Name::Value(word(value))),
                (None, Some(text)) => Ok(Name::Template(Template::parse(&text)?)),
                _ => Err("a name is an argument, a value or a template".to_owned()),
            }
        }
    }
}

fn constants(json: Option<&Json>) -> Result<Vec<(Path, Node)>, String> {
    let Some(json) = json else { return Ok(Vec::new()) };
    let members = json.as_object().ok_or("constants hold paths and values")?;
    members.iter().map(|(path, value)| Ok((Path::parse(path)?, Node::from_json(value)))).collect()
}

fn list(json: Option<&Json>) -> Vec<&Json> {
    match json {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(items)) => items.iter().collect(),
        Some(other) => vec![other],
    }
}

fn word(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

/// The members of an object, with the errors that a person needs.
struct Members<'a> {
    members: &'a Map<String, Json>,
}

impl<'a> Members<'a> {
    fn new(json: &'a Json, what: &str) -> Result<Self, String> {
        json.as_object().map(|members| Self { members }).ok_or_else(|| format!("{what} holds members"))
    }

    fn only(&self, known: &[&str]) -> Result<(), String> {
        match self.members.keys().find(|k| !known.contains(&k.as_str())) {
            Some(strange) => Err(format!("{strange} is not a word of the mapping language")),
            None => Ok(()),
        }
    }

    fn get(&self, name: &str) -> Option<&'a Json> {
        self.members.get(name)
    }

    fn text(&self, name: &str) -> Result<Option<String>, String> {
        match self.get(name) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(format!("{name} holds a text")),
        }
    }

    fn texts(&self, name: &str) -> Result<Vec<String>, String> {
        list(self.get(name))
            .into_iter()
            .map(|v| v.as_str().map(str::to_owned).ok_or(format!("{name} holds texts")))
            .collect()
    }

    fn flag(&self, name: &str) -> Result<bool, String> {
        match self.get(name) {
            None => Ok(false),
            Some(Json::Bool(value)) => Ok(*value),
            Some(_) => Err(format!("{name} is true or false")),
        }
    }

    fn number(&self, name: &str) -> Result<Option<f64>, String> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => value.as_f64().map(Some).ok_or(format!("{name} is a number")),
        }
    }

    fn object(&self, name: &str) -> Result<Map<String, Json>, String> {
        match self.get(name) {
            None | Some(Json::Null) => Ok(Map::new()),
            Some(Json::Object(members)) => Ok(members.clone()),
            Some(_) => Err(format!("{name} holds members")),
        }
    }
}
