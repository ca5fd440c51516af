//! How the value of an argument becomes the value of an ARM property.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::iac::mapping::path::Path;
use crate::iac::{Node, Object, Value};

/// A step on the value as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Take {
    /// The last name of an id.
    LastSegment,
    /// The text in lower case.
    Lower,
    /// The text in upper case.
    Upper,
    /// The first item of a list.
    First,
    /// A list of this one value.
    List,
    /// The text of a number or truth value.
    Text,
    /// The seconds since 1970 of an RFC 3339 time.
    Epoch,
    /// The value that a JSON text holds.
    Json,
    /// An object with the items of a list as names.
    Keys,
    /// The items of a list as one text with commas.
    Commas,
    /// The items of a text with commas as a list.
    Split,
    /// How many items a list has.
    Count,
    /// The text up to the first space or underscore.
    FirstWord,
}

impl Take {
    /// The step of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "last_segment" => Self::LastSegment,
            "lower" => Self::Lower,
            "upper" => Self::Upper,
            "first" => Self::First,
            "list" => Self::List,
            "text" => Self::Text,
            "epoch" => Self::Epoch,
            "json" => Self::Json,
            "keys" => Self::Keys,
            "commas" => Self::Commas,
            "split" => Self::Split,
            "count" => Self::Count,
            "first_word" => Self::FirstWord,
            _ => return None,
        })
    }
}

/// What kind of value the property takes. Terraform converts `"7"` to 7 where the provider wants a number, and so does this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A truth value.
    Bool,
    /// As it is; texts `true` and `false` become truth values.
    Any,
}

/// How a value is converted: `take`, then `values`, `negate`, `divide`, `multiply` and `format` on it or on each item of a list.
#[derive(Debug, Clone)]
pub(crate) struct Convert {
    /// Steps on the whole value.
    pub(crate) take: Vec<Take>,
    /// Other spellings by the text of the value; null leaves the property out.
    pub(crate) values: Option<BTreeMap<String, Node>>,
    /// Whether a value that `values` does not name stays as it is.
    pub(crate) keep_others: bool,
    /// Whether a truth value is turned around.
    pub(crate) negate: bool,
    /// What a number is multiplied with.
    pub(crate) factor: Option<f64>,
    /// Text before and after the value.
    pub(crate) format: Option<(String, String)>,
    /// What the property takes.
    pub(crate) kind: Kind,
    /// The place of each item in an object of its own.
    pub(crate) each: Option<Path>,
    /// Constants of those objects.
    pub(crate) each_set: Vec<(Path, Node)>,
}

impl Convert {
    /// A conversion that changes nothing but the kind.
    pub(crate) fn plain(kind: Kind) -> Self {
        Self {
            take: Vec::new(),
            values: None,
            keep_others: false,
            negate: false,
            factor: None,
            format: None,
            kind,
            each: None,
            each_set: Vec::new(),
        }
    }

    /// The value for ARM, at the same place. Null means that nothing is written.
    pub(crate) fn apply(&self, node: &Node, argument: &str) -> Node {
        let mut node = node.clone();
        for take in &self.take {
            if node.reason().is_some() {
                return node;
            }
            node = like(&node, taken(*take, &node, argument));
        }
        if let Some(path) = &self.each {
            let items = match &node.value {
                Value::Array(items) => items.iter().filter_map(|item| self.wrap(path, item, argument)).collect(),
                Value::Null | Value::Unknown(_) => return node,
                _ => self.wrap(path, &node, argument).into_iter().collect(),
            };
            return like(&node, Value::Array(Arc::new(items)));
        }
        self.scalars(&node, argument)
    }

    fn wrap(&self, path: &Path, item: &Node, argument: &str) -> Option<Node> {
        let mut object = Object::new();
        let value = self.scalars(item, argument);
        if value.is_null() {
            return None;
        }
        for (path, constant) in &self.each_set {
            path.put(&mut object, constant.clone());
        }
        path.put(&mut object, value);
        Some(Node { value: Value::Object(Arc::new(object)), at: item.at, sensitive: item.sensitive })
    }

    fn scalars(&self, node: &Node, argument: &str) -> Node {
        match &node.value {
            Value::Array(items) if self.changes() => {
                let items = items.iter().map(|item| self.scalar(item, argument)).collect();
                like(node, Value::Array(Arc::new(items)))
            }
            Value::Array(_) | Value::Object(_) | Value::Null | Value::Unknown(_) => node.clone(),
            _ => self.scalar(node, argument),
        }
    }

    fn changes(&self) -> bool {
        self.values.is_some()
            || self.negate
            || self.factor.is_some()
            || self.format.is_some()
            || self.kind == Kind::Text
    }

    fn scalar(&self, node: &Node, argument: &str) -> Node {
        let Some(text) = text_of(node) else { return node.clone() };
        let mut value = node.value.clone();
        if let Some(values) = &self.values {
            let found = values.get(&text).or_else(|| {
                values.iter().find(|(name, _)| name.eq_ignore_ascii_case(&text)).map(|(_, constant)| constant)
            });
            match found {
                Some(constant) => return like(node, constant.value.clone()),
                None if self.keep_others => {}
                None => return like(node, strange(node, argument, &text)),
            }
        }
        if self.negate {
            value = match truth(&node.value) {
                Some(value) => Value::Bool(!value),
                None => return like(node, strange(node, argument, &text)),
            };
        }
        if let Some(factor) = self.factor {
            value = match number(&value) {
                Some(number) => Value::float(number * factor),
                None => return like(node, strange(node, argument, &text)),
            };
        }
        if let Some((before, after)) = &self.format {
            value = Value::String(Arc::from(format!("{before}{text}{after}")));
        }
        like(node, self.kind.of(value))
    }
}

impl Kind {
    /// The value as that kind where it can be, and as it is otherwise.
    pub(crate) fn of(self, value: Value) -> Value {
        let converted = match self {
            Self::Text => text(&value).map(|text| Value::String(Arc::from(text))),
            Self::Number => number(&value).map(Value::float),
            Self::Bool => truth(&value).map(Value::Bool),
            Self::Any => match &value {
                Value::String(text) if matches!(text.as_ref(), "true" | "false") => truth(&value).map(Value::Bool),
                _ => None,
            },
        };
        converted.unwrap_or(value)
    }

    /// What an argument of that name takes, where nothing else says so.
    pub(crate) fn guess(argument: &str) -> Self {
        const NUMBERS: &[&str] = &[
            "_days", "_hours", "_hour", "_minutes", "_minute", "_seconds", "_gb", "_mb", "_count", "capacity", "port",
            "priority", "key_size", "iops", "_size_gb", "ttl",
        ];
        const TEXTS: &[&str] = &["version", "zone", "zones", "name", "_id", "_ids", "value"];
        let name = argument.rsplit('.').next().unwrap_or(argument);
        if NUMBERS.iter().any(|end| name.ends_with(end)) {
            Self::Number
        } else if TEXTS.iter().any(|end| name.ends_with(end)) {
            Self::Text
        } else {
            Self::Any
        }
    }
}

fn like(node: &Node, value: Value) -> Node {
    Node { value, at: node.at, sensitive: node.sensitive }
}

fn strange(node: &Node, argument: &str, text: &str) -> Value {
    if node.sensitive {
        Value::unknown(format!("{argument} has a value that the mapping does not know"))
    } else {
        Value::unknown(format!("{argument} is {text:?}, a value that the mapping does not know"))
    }
}

/// The text of a scalar.
pub(crate) fn text_of(node: &Node) -> Option<String> {
    text(&node.value)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Float(value) => Some(value.to_string()),
        Value::String(text) => Some(text.as_ref().to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) | Value::Unknown(_) => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss)]
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        Value::String(text) => text.trim().parse::<f64>().ok().filter(|n| n.is_finite()),
        _ => None,
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn taken(take: Take, node: &Node, argument: &str) -> Value {
    let text = text_of(node);
    let of_text = |f: &dyn Fn(&str) -> Value| text.as_deref().map_or_else(|| node.value.clone(), f);
    match take {
        Take::LastSegment => {
            of_text(&|t| Value::String(Arc::from(t.trim_end_matches('/').rsplit('/').next().unwrap_or(t))))
        }
        Take::FirstWord => of_text(&|t| Value::String(Arc::from(t.split(['_', ' ']).next().unwrap_or(t)))),
        Take::Lower => each_text(node, &str::to_lowercase),
        Take::Upper => each_text(node, &str::to_uppercase),
        Take::Text => of_text(&|t| Value::String(Arc::from(t))),
        Take::First => match &node.value {
            Value::Array(items) => items.first().map_or(Value::Null, |item| item.value.clone()),
            other => other.clone(),
        },
        Take::List => match &node.value {
            Value::Array(_) => node.value.clone(),
            _ => Value::Array(Arc::new(vec![node.clone()])),
        },
        Take::Epoch => of_text(&|t| match chrono::DateTime::parse_from_rfc3339(t.trim()) {
            Ok(time) => Value::Int(time.timestamp()),
            Err(_) => strange(node, argument, t),
        }),
        Take::Json => of_text(&|t| match serde_json::from_str(t) {
            Ok(json) => Node::from_json(&json).value,
            Err(_) => Value::unknown(format!("{argument} is not JSON")),
        }),
        Take::Keys => keys(node),
        Take::Commas => match &node.value {
            Value::Array(items) => match node.first_unknown() {
                Some(reason) => Value::Unknown(Arc::clone(reason)),
                None => Value::String(Arc::from(items.iter().filter_map(text_of).collect::<Vec<_>>().join(","))),
            },
            other => other.clone(),
        },
        Take::Split => of_text(&|t| {
            let words = t.split(',').map(str::trim).filter(|w| !w.is_empty());
            Value::Array(Arc::new(words.map(|w| like(node, Value::String(Arc::from(w)))).collect()))
        }),
        Take::Count => match &node.value {
            Value::Array(items) => Value::Int(i64::try_from(items.len()).unwrap_or(i64::MAX)),
            other => other.clone(),
        },
    }
}

fn each_text(node: &Node, change: &dyn Fn(&str) -> String) -> Value {
    match &node.value {
        Value::String(text) => Value::String(Arc::from(change(text))),
        Value::Array(items) => {
            let changed = items.iter().map(|item| match &item.value {
                Value::String(text) => like(item, Value::String(Arc::from(change(text)))),
                _ => item.clone(),
            });
            Value::Array(Arc::new(changed.collect()))
        }
        other => other.clone(),
    }
}

/// A list of ids as an object with the ids as names, as ARM writes identities.
fn keys(node: &Node) -> Value {
    let Value::Array(items) = &node.value else { return node.value.clone() };
    let mut object = Object::new();
    for item in items.iter() {
        if let Some(reason) = item.reason() {
            return Value::Unknown(Arc::clone(reason));
        }
        if let Some(text) = text_of(item) {
            object.insert(Arc::from(text), like(item, Value::Object(Arc::default())));
        }
    }
    Value::Object(Arc::new(object))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::{FileId, Span};
    use serde_json::json;

    fn node(json: serde_json::Value) -> Node {
        Node::from_json(&json)
    }

    #[test]
    fn scalars_become_what_the_property_takes() {
        for (kind, given, wanted) in [
            (Kind::Number, json!("7"), json!(7)),
            (Kind::Number, json!("seven"), json!("seven")),
            (Kind::Text, json!(11), json!("11")),
            (Kind::Text, json!(9.6), json!("9.6")),
            (Kind::Bool, json!("true"), json!(true)),
            (Kind::Any, json!("false"), json!(false)),
            (Kind::Any, json!("7"), json!("7")),
            (Kind::Text, json!([1, "2"]), json!(["1", "2"])),
        ] {
            assert_eq!(Convert::plain(kind).apply(&node(given.clone()), "a").to_json().unwrap(), wanted, "{given}");
        }
    }

    #[test]
    fn steps_and_their_results() {
        for (take, given, wanted) in [
            (Take::LastSegment, json!("/a/b/c"), json!("c")),
            (Take::Epoch, json!("2027-06-30T00:00:00Z"), json!(1_814_313_600)),
            (Take::Epoch, json!("2027-06-30T02:00:00+02:00"), json!(1_814_313_600)),
            (Take::Keys, json!(["/a", "/b"]), json!({"/a": {}, "/b": {}})),
            (Take::Lower, json!(["Get", "List"]), json!(["get", "list"])),
            (Take::Split, json!("1.2.3.4, 5.6.7.8,"), json!(["1.2.3.4", "5.6.7.8"])),
            (Take::Commas, json!(["a", "b"]), json!("a,b")),
            (Take::List, json!("a"), json!(["a"])),
            (Take::First, json!([1, 2]), json!(1)),
            (Take::First, json!([]), json!(null)),
            (Take::Json, json!("{\"a\":1}"), json!({"a": 1})),
            (Take::Count, json!([1, 2]), json!(2)),
            (Take::FirstWord, json!("Dedicated_1"), json!("Dedicated")),
        ] {
            let convert = Convert { take: vec![take], ..Convert::plain(Kind::Any) };
            assert_eq!(convert.apply(&node(given.clone()), "a").to_json().unwrap(), wanted, "{take:?} {given}");
        }
        let convert = Convert { take: vec![Take::Epoch], ..Convert::plain(Kind::Any) };
        assert!(convert.apply(&Node::string("tomorrow"), "expiration_date").reason().unwrap().contains("tomorrow"));
    }

    #[test]
    fn places_and_secrecy_stay() {
        let at = Span::new(FileId(1), 3..9);
        let convert = Convert { negate: true, ..Convert::plain(Kind::Any) };
        let given = Node::new(Value::Bool(true)).at(at).marked(true);
        assert_eq!(convert.apply(&given, "a"), Node { value: Value::Bool(false), at: Some(at), sensitive: true });
        let strange = convert.apply(&Node::string("hunter2").marked(true), "a");
        assert!(!strange.reason().unwrap().contains("hunter2"));
    }

    #[test]
    fn values_outside_the_table_are_not_known() {
        let values = Some(BTreeMap::from([
            ("true".to_owned(), Node::string("On")),
            ("none".to_owned(), Node::new(Value::Null)),
        ]));
        let convert = Convert { values, ..Convert::plain(Kind::Any) };
        assert_eq!(convert.apply(&node(json!(true)), "a").as_str(), Some("On"));
        assert_eq!(convert.apply(&node(json!("True")), "a").as_str(), Some("On"));
        assert!(convert.apply(&node(json!("None")), "a").is_null());
        assert!(convert.apply(&node(json!("maybe")), "a").reason().unwrap().contains("maybe"));
        let keeping = Convert { keep_others: true, ..convert };
        assert_eq!(keeping.apply(&node(json!("maybe")), "a").as_str(), Some("maybe"));
    }

    #[test]
    fn items_get_objects_of_their_own() {
        let convert = Convert {
            each: Some(Path::parse("trigger.time").unwrap()),
            each_set: vec![(Path::parse("action").unwrap(), Node::string("notify"))],
            ..Convert::plain(Kind::Any)
        };
        let wanted = json!([{"action": "notify", "trigger": {"time": "P1D"}}]);
        assert_eq!(convert.apply(&node(json!("P1D")), "a").to_json().unwrap(), wanted);
        assert_eq!(convert.apply(&node(json!(["P1D"])), "a").to_json().unwrap(), wanted);
        let partly = convert.apply(&Node::array(vec![Node::unknown("var.x")]), "a");
        assert!(partly.reason().is_none() && partly.first_unknown().is_some());
    }
}
