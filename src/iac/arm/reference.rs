//! What one resource takes from another: ids, written properties, well-known addresses, outputs of deployments.

use std::rc::Rc;
use std::sync::Arc;

use crate::iac::arm::entries::Entry;
use crate::iac::arm::eval::Cx;
use crate::iac::arm::expr::{self, Expr, Parsed};
use crate::iac::arm::functions::{self, RESOURCE_GROUP};
use crate::iac::arm::names::joined;
use crate::iac::arm::run::{Run, Unit};
use crate::iac::{Node, Value};

type Outcome = Result<Node, String>;

impl Cx<'_> {
    /// An id. Names that are not known are looked up as the expressions that they are: when such a resource is declared, its
    /// id is known, stand-in and all.
    pub(super) fn resource_id(&self, parsed: &Parsed, name: &str, args: &[Expr]) -> Outcome {
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(self.eval(parsed, arg)?);
        }
        let plain = functions::call(name, &values, &self.outlook())?;
        if plain.reason().is_none() || values.iter().any(Node::any_sensitive) {
            return Ok(plain);
        }
        let is_type = |n: &Node| n.as_str().is_some_and(|t| t.contains('/') && !t.starts_with('/'));
        let Some(type_at) = values.iter().position(is_type) else { return Ok(plain) };
        for (at, (value, arg)) in values.iter_mut().zip(args).enumerate() {
            if value.reason().is_none() {
                continue;
            }
            let text = joined(&self.segments_of(parsed, arg));
            *value = match at {
                at if at > type_at => Node::string(text),
                // A group that is not known stands for itself, and only for itself.
                at if at + 1 == type_at && name == "resourceid" => Node::string(stand_in_group(&text)),
                _ => return Ok(plain),
            };
        }
        let canonical = functions::call(name, &values, &self.outlook())?;
        let Some(canonical) = canonical.as_str() else { return Ok(plain) };
        let _ = self.run.entries(self.unit);
        let found = self.run.index.borrow().get(&canonical.to_lowercase()).map(|(id, _)| id.clone());
        match found {
            Some(id) => Ok(Node::string(id)),
            None if !canonical.contains('‹') => Ok(Node::string(canonical)),
            // Only the group is not known: its stand-in is in the place that it has in ids.
            None if values.iter().skip(type_at).all(|v| !v.as_str().is_some_and(|t| t.contains('‹'))) => {
                Ok(Node::string(canonical))
            }
            None => Ok(plain),
        }
    }

    /// `reference(…)` and the path after it.
    pub(super) fn reference(&self, parsed: &Parsed, whole: &Expr, args: &[Expr], path: &[Node]) -> Outcome {
        let unknown = || Node::unknown(format!("{} is read when it is deployed", parsed.text(whole)));
        let Some(target) = args.first() else { return Err("reference() needs a resource".to_owned()) };
        let full = match args.get(2) {
            Some(word) => self.eval(parsed, word)?.as_str().is_some_and(|w| w.eq_ignore_ascii_case("full")),
            None => false,
        };
        let mut keys: Vec<Node> = Vec::with_capacity(path.len() + 1);
        if !full {
            keys.push(Node::string("properties"));
        }
        keys.extend(path.iter().cloned());
        if let Some(key) = keys.iter().find(|k| k.reason().is_some()) {
            return Ok(key.clone());
        }
        let Some(entry) = self.find(parsed, target)? else { return Ok(unknown()) };
        match self.run.deeper(|| self.run.property(&entry, &keys))? {
            Some(node) => Ok(Node { at: None, ..node }),
            None => Ok(unknown()),
        }
    }

    /// The declared resource that an expression names, by id, by name or by symbolic name.
    fn find(&self, parsed: &Parsed, target: &Expr) -> Result<Option<Rc<Entry>>, String> {
        let value = self.eval(parsed, target)?;
        let text = match value.as_str() {
            Some(text) => text.to_owned(),
            None if value.reason().is_some() => joined(&self.segments_of(parsed, target)).to_string(),
            None => return Err("reference() needs the name or id of a resource".to_owned()),
        };
        let mut unit = self.run.unit(self.unit.id);
        let by_id = |id: &str| self.run.index.borrow().get(&id.to_lowercase()).and_then(|(_, entry)| entry.clone());
        while let Some(here) = unit {
            if let Some(entries) = self.run.entries(&here)
                && let Some(entry) = entries.named(&text)
            {
                return Ok(Some(Rc::clone(entry)));
            }
            if text.contains('/') {
                let id =
                    if text.starts_with('/') { text.clone() } else { format!("{}/providers/{text}", here.place.id()) };
                if let Some(entry) = by_id(&id) {
                    return Ok(Some(entry));
                }
            }
            // Names reach as far as the parameters do.
            let outer = here.parent.and_then(|p| self.run.unit(p));
            unit = outer.filter(|outer| Rc::ptr_eq(&outer.vars, &here.vars));
        }
        Ok(None)
    }

    /// `resourceInfo('symbol')`.
    pub(super) fn resource_info(&self, symbol: &str) -> Outcome {
        let entries = self.run.entries(self.unit);
        let Some(entry) = entries.as_ref().and_then(|e| e.named(symbol)) else {
            return Err(format!("there is no resource '{symbol}'"));
        };
        let name = match entry.name().filter(|_| entry.names.iter().all(|n| n.known)) {
            Some(_) => Node::string(joined(&entry.names)),
            None => Node::unknown(format!("the name of {symbol} is not known")),
        };
        let members = [
            ("id", Node::string(entry.id.borrow().as_str())),
            ("name", name),
            ("type", Node::string(&entry.resource_type)),
            ("apiVersion", entry.node.get_any_case("apiVersion").cloned().unwrap_or(Node::new(Value::Null))),
        ];
        Ok(Node::object(members.into_iter().map(|(k, v)| (Arc::from(k), v)).collect()))
    }
}

/// What stands for a group whose name is an expression. It starts as [`RESOURCE_GROUP`] does, without its last parenthesis.
pub(super) fn stand_in_group(canonical: &str) -> String {
    format!("{} {})", RESOURCE_GROUP.trim_end_matches(')'), canonical.replace('/', "~"))
}

impl Run<'_> {
    /// A property of a declared resource: as it is written, or as Azure makes it of the name; `None` when only Azure knows.
    fn property(&self, entry: &Rc<Entry>, path: &[Node]) -> Result<Option<Node>, String> {
        let names: Vec<String> = path.iter().filter_map(functions::plain).map(|n| n.to_lowercase()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if entry.is_deployment() {
            if let ["properties", "outputs", output, rest @ ..] = names.as_slice() {
                return self.output_of(entry, output, &path[path.len() - rest.len()..]).map(Some);
            }
            return Ok(None);
        }
        match names.as_slice() {
            ["id" | "resourceid"] => return Ok(Some(Node::string(entry.id.borrow().as_str()))),
            ["name"] => {
                let known = entry.name().filter(|n| n.known);
                return Ok(known.map(|n| Node::string(&n.text)));
            }
            ["type"] => return Ok(Some(Node::string(&entry.resource_type))),
            _ => {}
        }
        if entry.existing {
            return Ok(derived(entry, &names));
        }
        let Some(unit) = self.unit(entry.unit) else { return Ok(None) };
        // Long chains of references would be followed again from each of their ends.
        let key = (Rc::as_ptr(entry) as usize, names.join("\n"));
        let whole = names.len() == path.len();
        if let Some(known) = self.properties.borrow().get(&key).filter(|_| whole) {
            return Ok(Some(known.clone()));
        }
        let cx = Cx { run: self, unit: &unit, locals: &entry.locals };
        let mut node = entry.node.clone();
        for key in path {
            let next = match &node.value {
                Value::String(text) if expr::inside(text).is_some() => functions::part(&cx.value(&node), key)?,
                Value::Object(members) => {
                    let direct = functions::part(&node, key)?;
                    // Members that a loop or an expression names are only there once the whole is worked out.
                    let hidden = members.keys().any(|k| k.eq_ignore_ascii_case("copy") || expr::inside(k).is_some());
                    if direct.is_none() && hidden { functions::part(&cx.value(&node), key)? } else { direct }
                }
                _ => functions::part(&node, key).unwrap_or(None),
            };
            match next {
                Some(next) => node = next,
                None => return Ok(derived(entry, &names)),
            }
        }
        let value = cx.value(&node);
        // Azure fills objects up, so a whole one is not what is written.
        if value.as_object().is_some() || value.is_null() {
            return Ok(None);
        }
        if whole {
            self.properties.borrow_mut().insert(key, value.clone());
        }
        Ok(Some(value))
    }

    fn output_of(&self, entry: &Rc<Entry>, output: &str, rest: &[Node]) -> Outcome {
        let shown = entry.shown();
        let Some(unit) = self.nested(entry).and_then(|at| self.unit(at)) else {
            return Ok(Node::unknown(format!("output '{output}' of {shown} is not known: its template was not read")));
        };
        let outputs = unit.template.get_any_case("outputs");
        let Some(written) = outputs.and_then(|o| o.get_any_case(output)) else {
            return Err(format!("{shown} has no output '{output}'"));
        };
        let value = self.output(&unit, written);
        let mut node = match rest {
            [] => return Ok(Node::object([(Arc::from("value"), value)].into_iter().collect())),
            [first, rest @ ..] if first.as_str().is_some_and(|f| f.eq_ignore_ascii_case("value")) => {
                let mut node = value;
                for key in rest {
                    node = match functions::part(&node, key)? {
                        Some(part) => part,
                        None => return Err(format!("output '{output}' of {shown} has no such part")),
                    };
                }
                node
            }
            _ => written.get_any_case(rest[0].as_str().unwrap_or_default()).cloned().unwrap_or(Node::new(Value::Null)),
        };
        node.at = None;
        Ok(node)
    }

    /// The value of an output.
    pub(super) fn output(&self, unit: &Unit, written: &Node) -> Node {
        let cx = Cx { run: self, unit, locals: &unit.locals };
        let kind = written.get_any_case("type").and_then(Node::as_str).unwrap_or_default().to_ascii_lowercase();
        let value = match (written.get_any_case("value"), written.get_any_case("copy")) {
            (Some(value), _) => cx.value(value),
            (None, Some(one)) => {
                // The loop of an output takes its name from the output.
                cx.copy(one).1
            }
            (None, None) => Node::unknown("the output has no value"),
        };
        super::run::weighed(value).0.marked(kind == "securestring" || kind == "secureobject")
    }
}

/// Addresses that Azure makes of a name, always in the same way.
fn derived(entry: &Entry, path: &[&str]) -> Option<Node> {
    let name = entry.name().filter(|n| n.known && !n.text.contains('(')).map(|n| n.text.as_str())?;
    let lower = name.to_lowercase();
    let text = match (entry.resource_type.to_lowercase().as_str(), path) {
        ("microsoft.keyvault/vaults", ["properties", "vaulturi"]) => format!("https://{lower}.vault.azure.net/"),
        ("microsoft.keyvault/managedhsms", ["properties", "hsmuri"]) => {
            format!("https://{lower}.managedhsm.azure.net/")
        }
        ("microsoft.keyvault/vaults/keys", ["properties", "keyuri"]) => key_uri(entry, name)?,
        ("microsoft.keyvault/vaults/keys", ["properties", "keyuriwithversion"]) => {
            // Which version is only known later, that it is one is known now.
            format!("{}/00000000000000000000000000000000", key_uri(entry, name)?)
        }
        ("microsoft.storage/storageaccounts", ["properties", "primaryendpoints", service]) => match *service {
            "blob" | "file" | "queue" | "table" | "dfs" => format!("https://{lower}.{service}.core.windows.net/"),
            _ => return None,
        },
        ("microsoft.sql/servers", ["properties", "fullyqualifieddomainname"]) => {
            format!("{lower}.database.windows.net")
        }
        ("microsoft.documentdb/databaseaccounts", ["properties", "documentendpoint"]) => {
            format!("https://{lower}.documents.azure.com:443/")
        }
        ("microsoft.appconfiguration/configurationstores", ["properties", "endpoint"]) => {
            format!("https://{lower}.azconfig.io")
        }
        _ => return None,
    };
    Some(Node::string(text))
}

fn key_uri(entry: &Entry, name: &str) -> Option<String> {
    let vault = entry.names.first().filter(|n| n.known)?.text.to_lowercase();
    Some(format!("https://{vault}.vault.azure.net/keys/{name}"))
}
