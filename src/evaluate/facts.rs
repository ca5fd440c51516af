//! Resolves declared reads to facts: a value, an absence, or a reason why nobody knows.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::evaluate::context::{Context, Declared};
use crate::evaluate::index::{Index, at_path};
use crate::evaluate::referrers::Referrers;
use crate::evaluate::relations::{Target, Users, resolve, stem};
use crate::model::{
    ContextRules, Gap, GapReason, KeyUse, Read, ReadPath, ReadRoot, Reason, ReasonKind, Relation, Resource,
    SUBNET_USES, Shape, Via, hex,
};

/// A declared read, resolved.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fact {
    /// The value, as it stands at the read's place in `input`, with what keeps it from proving a pass.
    Present {
        /// The value.
        value: Value,
        /// Some member lacks the property, so the fact is not there for all.
        holes: bool,
        /// Why there may be more than the value shows (relations to many, summaries).
        incomplete: Option<String>,
    },
    /// It was read and is not there.
    Absent,
    /// It is not known.
    Gap(Reason),
}

impl Fact {
    /// Whether it is not there, in whole or in part.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent | Self::Present { holes: true, .. })
    }

    pub(crate) fn present(value: Value) -> Self {
        Self::Present { value, holes: false, incomplete: None }
    }
}

/// Everything that resolving needs, shared by all resources.
pub(crate) struct Facts<'a> {
    pub(crate) index: Index<'a>,
    pub(crate) users: Users,
    pub(crate) referrers: Referrers,
    pub(crate) rules: &'a ContextRules,
    /// The time the facts were read, epoch seconds.
    pub(crate) at: i64,
}

/// The first part of a path that is there and cannot hold the rest of it: what lies below is not absent, it is not known.
fn unreadable(body: &Value, words: &[String]) -> Option<String> {
    (1..words.len()).find_map(|length| {
        let above = at_path(body, &words[..length])?;
        (!above.is_object() && !above.is_null()).then(|| words[..length].join("."))
    })
}

/// The resource that is judged, with what is worked out once for all its reads.
pub(crate) struct Subject<'a> {
    pub(crate) resource: &'a Resource,
    pub(crate) context: Context,
    body: Result<Value, String>,
}

impl<'a> Facts<'a> {
    /// `relations` are those that the policies read; what nobody reads is not joined.
    pub(crate) fn new(
        index: Index<'a>,
        rules: &'a ContextRules,
        relations: &[&'static Relation],
        at: i64,
        threads: usize,
    ) -> Self {
        let residents = relations.iter().any(|r| r.via == Via::SubscriptionUsers);
        let users = Users::new(&index, rules, residents, threads);
        let many: Vec<&'static Relation> = relations.iter().copied().filter(|r| r.shape() == Shape::Many).collect();
        let referrers = Referrers::new(&index, &many);
        Self { index, users, referrers, rules, at }
    }

    pub(crate) fn subject(&self, resource: &'a Resource, context: Context) -> Subject<'a> {
        Subject { resource, context, body: resource.parsed().map_err(|e| e.to_string()) }
    }

    /// Resolves one read.
    pub(crate) fn resolve(&self, subject: &Subject<'a>, read: &Read) -> Fact {
        let body = match &subject.body {
            Ok(body) => body,
            Err(error) => return self.malformed(&read.path, &format!("the resource cannot be read: {error}")),
        };
        let words = read.path.segments();
        match read.path.root() {
            ReadRoot::Resource => self.property(subject.resource, body, words, &read.path),
            ReadRoot::Children => self.child(subject.resource, words, &read.path),
            ReadRoot::Related => self.related(subject.resource, body, words, &read.path),
            ReadRoot::Context => self.context(&subject.context, words, &read.path),
        }
    }

    fn gap(&self, gap: usize, path: &ReadPath) -> Fact {
        let gap: &Gap = self.index.gap(gap);
        Fact::Gap(Reason {
            kind: ReasonKind::Gap(gap.reason),
            read: Some(path.to_string()),
            text: match &gap.read {
                Some(read) => format!("{read} of {} is {}: {}", gap.about, word(gap.reason), gap.detail),
                None => format!("{} is {}: {}", gap.about, word(gap.reason), gap.detail),
            },
        })
    }

    fn malformed(&self, path: &ReadPath, text: &str) -> Fact {
        Fact::Gap(Reason {
            kind: ReasonKind::Gap(GapReason::Malformed),
            read: Some(path.to_string()),
            text: text.to_owned(),
        })
    }

    fn out_of_scope(&self, path: &ReadPath, text: String) -> Fact {
        Fact::Gap(Reason { kind: ReasonKind::Gap(GapReason::OutOfScope), read: Some(path.to_string()), text })
    }

    fn property(&self, resource: &Resource, body: &Value, words: &[String], path: &ReadPath) -> Fact {
        let inner: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(gap) = self.index.gap_on(resource.id(), &inner) {
            return self.gap(gap, path);
        }
        match at_path(body, words) {
            None | Some(Value::Null) if let Some(above) = unreadable(body, words) => {
                self.malformed(path, &format!("{above} of {} is no object", resource.id()))
            }
            None | Some(Value::Null) => match resource.origin().and_then(|origin| origin.older_than()) {
                Some((newer, own)) => Fact::Gap(Reason {
                    kind: ReasonKind::Gap(GapReason::Unsupported),
                    read: Some(path.to_string()),
                    text: format!(
                        "{} was answered in api-version {own}, which is older than {newer}: what it lacks may be unknown to it",
                        resource.id()
                    ),
                }),
                None => Fact::Absent,
            },
            Some(value) => Fact::present(value.clone()),
        }
    }

    fn child(&self, parent: &Resource, words: &[String], path: &ReadPath) -> Fact {
        let collection = words[0].as_str();
        let listing = ReadPath::from_parts(ReadRoot::Children, vec![collection.to_owned()]);
        if path.is_wildcard() {
            let missing = || self.index.missing_child(parent.id(), collection);
            if let Some(gap) = self.index.gap_on_read(parent.id(), &listing).or_else(missing) {
                return self.gap(gap, path);
            }
            if !parent.has_read(collection) {
                return self.out_of_scope(path, format!("the {collection} of {} were not read", parent.id()));
            }
            let mut members = Map::new();
            let mut holes = false;
            for child in self.index.children(parent.id(), collection) {
                match self.member(child, &words[2..], path) {
                    Ok((value, complete)) => {
                        holes |= !complete;
                        members.insert(child.id().name().to_owned(), value);
                    }
                    Err(fact) => return fact,
                }
            }
            return Fact::Present { value: Value::Object(members), holes, incomplete: None };
        }
        let name = words[1].as_str();
        let named = ReadPath::from_parts(ReadRoot::Children, words[..2].to_vec());
        if let Some(gap) = self.index.gap_on_read(parent.id(), &named) {
            return self.gap(gap, path);
        }
        let key = format!("{}/{}/{}", parent.id().key(), collection.to_lowercase(), name.to_lowercase());
        match self.index.by_key(&key) {
            Some(child) => {
                if words.len() == 2 {
                    return match child.parsed() {
                        Ok(body) => match self.index.gaps_about(child.id().key()).first() {
                            Some(gap) => self.gap(*gap, path),
                            None => Fact::present(body),
                        },
                        Err(error) => self.malformed(path, &error.to_string()),
                    };
                }
                match child.parsed() {
                    Ok(body) => self.property(child, &body, &words[2..], path),
                    Err(error) => self.malformed(path, &error.to_string()),
                }
            }
            None => match self.index.gaps_about(&key).first() {
                Some(gap) => self.gap(*gap, path),
                None if parent.has_read(collection) || parent.has_read(&format!("{collection}/{name}")) => Fact::Absent,
                None => {
                    let kind = parent.resource_type().child(collection);
                    match self.index.scope_gap(parent.id(), &kind) {
                        Some(gap) => self.gap(gap, path),
                        None => self.out_of_scope(path, format!("{collection}/{name} of {} was not read", parent.id())),
                    }
                }
            },
        }
    }

    /// A child as a wildcard read shows it: id, type, name and the property, and whether the property is there.
    fn member(&self, child: &Resource, words: &[String], path: &ReadPath) -> Result<(Value, bool), Fact> {
        let inner: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some(gap) = self.index.gap_on(child.id(), &inner) {
            return Err(self.gap(gap, path));
        }
        let body = child.parsed().map_err(|e| self.malformed(path, &e.to_string()))?;
        let mut member = identity(child);
        let value = if words.is_empty() { None } else { at_path(&body, words).filter(|v| !v.is_null()) };
        let unsure = || child.origin().is_some_and(|o| o.older_than().is_some()) || unreadable(&body, words).is_some();
        if !words.is_empty() && value.is_none() && unsure() {
            return Err(self.property(child, &body, words, path));
        }
        if let Some(value) = value {
            put(&mut member, words, value.clone());
        }
        Ok((member, words.is_empty() || value.is_some()))
    }

    fn related(&self, resource: &Resource, body: &Value, words: &[String], path: &ReadPath) -> Fact {
        let Some(relation) = Relation::find(&words[0], resource.resource_type().as_str()) else {
            return Fact::Absent;
        };
        if relation.shape() != Shape::One {
            // The resource's own reference may be a gap.
            if let Some(gap) =
                self.index.gaps_about(resource.id().key()).iter().find(|g| self.index.gap(**g).read.is_none())
            {
                return self.gap(*gap, path);
            }
        }
        match relation.shape() {
            Shape::One => {}
            Shape::Summary => {
                return match self.users.of(relation.via, resource, body, &self.index, self.rules) {
                    Some((value, incomplete)) => Fact::Present { value, holes: false, incomplete },
                    None => self.own_reference_gap(resource, relation, path).unwrap_or(Fact::Absent),
                };
            }
            Shape::Many => return self.many(relation, resource, body, words, path),
        }
        match resolve(relation.via, resource, body, &self.index) {
            Target::None => Fact::Absent,
            Target::Gap(gap) => self.gap(gap, path),
            Target::Lost(text) => self.out_of_scope(path, text),
            Target::Found(target) => match (words.len(), target.parsed()) {
                (_, Err(error)) => self.malformed(path, &error.to_string()),
                (1, Ok(_)) => Fact::present(identity(target)),
                (_, Ok(body)) => match self.property(target, &body, &words[1..], path) {
                    Fact::Present { value, .. } => {
                        // Identity comes along, so that Rego can name what it talks about.
                        let mut whole = identity(target);
                        put(&mut whole, &words[1..], value);
                        Fact::present(whole)
                    }
                    // The other end is there, and the property is not.
                    Fact::Absent => Fact::Present { value: identity(target), holes: true, incomplete: None },
                    gap => gap,
                },
            },
        }
    }

    /// The resources at the other end of a relation to many: an object by id.
    fn many(&self, relation: &Relation, resource: &Resource, body: &Value, words: &[String], path: &ReadPath) -> Fact {
        let Some(found) = self.referrers.of(relation, resource, body, &self.index) else {
            return self.own_reference_gap(resource, relation, path).unwrap_or(Fact::Absent);
        };
        let mut members = Map::new();
        let mut holes = false;
        for other in found.resources {
            match self.member(other, words.get(2..).unwrap_or_default(), path) {
                Ok((value, complete)) => {
                    holes |= !complete;
                    members.insert(other.id().key().to_owned(), value);
                }
                Err(fact) => return fact,
            }
        }
        Fact::Present { value: Value::Object(members), holes, incomplete: found.incomplete }
    }

    /// A gap on the property by which the resource names the key, identity or subnet that it shares.
    fn own_reference_gap(&self, resource: &Resource, relation: &Relation, path: &ReadPath) -> Option<Fact> {
        let kind = resource.resource_type().as_str();
        let path_of = match relation.via {
            Via::KeyUsers => KeyUse::of(kind).next()?.path,
            Via::IdentityUsers => crate::model::IDENTITY_USES_PATH,
            Via::SubnetUsers => SUBNET_USES.iter().find(|(of, _)| of.eq_ignore_ascii_case(kind))?.1,
            Via::Peers(path) => path,
            _ => return None,
        };
        self.index.gap_on(resource.id(), &stem(path_of)).map(|gap| self.gap(gap, path))
    }

    fn context(&self, context: &Context, words: &[String], path: &ReadPath) -> Fact {
        let field = words[0].as_str();
        if field == "at" {
            return Fact::present(Value::from(self.at));
        }
        match context.get(field) {
            Some(Declared::Known(text)) => {
                let number = field.ends_with("_minutes").then(|| text.parse::<u64>().ok()).flatten();
                Fact::present(number.map_or_else(|| Value::from(text.as_str()), Value::from))
            }
            Some(Declared::Gap(gap)) => self.gap(*gap, path),
            None => Fact::Absent,
        }
    }
}

/// The values at the end of the read: one, or one for each child.
pub(crate) fn leaves<'v>(path: &ReadPath, value: &'v Value) -> Vec<&'v Value> {
    let words = path.segments();
    match path.root() {
        _ if path.is_wildcard() => {
            let members = value.as_object().into_iter().flat_map(|m| m.values());
            members.filter_map(|member| words.get(2..).and_then(|w| at_path(member, w))).collect()
        }
        ReadRoot::Related => words.get(1..).and_then(|w| at_path(value, w)).into_iter().collect(),
        _ => vec![value],
    }
}

/// Why the fact is not of the type that the read declares.
pub(crate) fn mistyped(read: &Read, value: &Value) -> Option<Reason> {
    let kind = read.kind?;
    let wrong = leaves(&read.path, value).into_iter().find(|leaf| !kind.admits(leaf))?;
    let is = match wrong {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    Some(Reason {
        kind: ReasonKind::Gap(GapReason::Malformed),
        read: Some(read.path.to_string()),
        text: format!("{} is {is}, where the policy understands the type {}", read.path, kind.as_str()),
    })
}

/// Why many resources that may not be all cannot be judged. A summary counts what must not be shared, so that some of it can
/// prove a fail; of many resources, only where the policy says so: what was not found may be there.
pub(crate) fn not_whole(read: &Read, incomplete: Option<&String>) -> Option<Reason> {
    let why = incomplete.filter(|_| read.path.is_wildcard() && read.in_part.is_none())?;
    Some(Reason { kind: ReasonKind::Incomplete, read: Some(read.path.to_string()), text: why.clone() })
}

fn word(reason: GapReason) -> &'static str {
    match reason {
        GapReason::Denied => "denied",
        GapReason::Throttled => "throttled",
        GapReason::Timeout => "not answered in time",
        GapReason::Unresolved => "not known before the code is applied",
        GapReason::OutOfScope => "not read",
        GapReason::Unsupported => "not supported",
        GapReason::Redacted => "redacted",
        GapReason::Malformed => "malformed",
        GapReason::Runtime => "not known from code",
    }
}

fn identity(resource: &Resource) -> Value {
    json!({"id": resource.id().as_str(), "type": resource.resource_type().as_str(), "name": resource.id().name()})
}

/// Puts a value at a path, making objects on the way. What is there already stays.
fn put(tree: &mut Value, words: &[String], value: Value) {
    let Some((first, rest)) = words.split_first() else {
        merge(tree, value);
        return;
    };
    if !tree.is_object() {
        *tree = Value::Object(Map::new());
    }
    if let Value::Object(map) = tree {
        put(map.entry(first.clone()).or_insert(Value::Null), rest, value);
    }
}

fn merge(tree: &mut Value, value: Value) {
    match (tree, value) {
        (Value::Object(map), Value::Object(new)) => {
            for (key, value) in new {
                merge(map.entry(key).or_insert(Value::Null), value);
            }
        }
        (slot, value) => *slot = value,
    }
}

/// The `input` document: the facts that are there, at their places, and the identity of the resource when the policy
/// looks at it.
pub(crate) fn input(resource: Option<&Resource>, reads: &[Read], facts: &[&Fact]) -> Value {
    let own = resource.map_or_else(|| json!({}), identity);
    let mut input = json!({"resource": own, "children": {}, "related": {}, "context": {}});
    for (read, fact) in reads.iter().zip(facts) {
        let Fact::Present { value, .. } = fact else { continue };
        let words = read.path.segments();
        match read.path.root() {
            ReadRoot::Resource => put(&mut input["resource"], words, value.clone()),
            ReadRoot::Context => put(&mut input["context"], words, value.clone()),
            ReadRoot::Related => put(&mut input["related"], &words[..1], value.clone()),
            ReadRoot::Children if read.path.is_wildcard() => put(&mut input["children"], &words[..1], value.clone()),
            ReadRoot::Children => put(&mut input["children"], words, value.clone()),
        }
    }
    input
}

/// Whether the Rego can see the identity of the resource. Where it takes the resource only by properties, it cannot, and
/// is not given it; then equal facts are equal input.
pub(crate) fn sees_identity(rego: &str) -> bool {
    const PROPERTIES: [&str; 7] = ["properties", "identity", "sku", "tags", "location", "zones", "systemData"];
    rego.match_indices("input").any(|(at, word)| {
        if rego[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return false;
        }
        let rest = &rego[at + word.len()..];
        let Some(rest) = rest.strip_prefix('.') else {
            // Not the document, or the document as a whole.
            return !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        };
        rest.strip_prefix("resource")
            .is_some_and(|rest| !PROPERTIES.iter().any(|p| rest.strip_prefix('.').is_some_and(|r| r.starts_with(p))))
    })
}

/// The largest value that a finding carries, in bytes of JSON.
const MAX_EVIDENCE_BYTES: usize = 4096;

/// The facts as a finding carries them: the values by read path.
pub(crate) fn evidence(reads: &[Read], facts: &[&Fact]) -> Arc<serde_json::value::RawValue> {
    let mut values = Map::new();
    for (read, fact) in reads.iter().zip(facts) {
        let Fact::Present { value, .. } = fact else { continue };
        let shown = match read.path.root() {
            // The identity of the other end was added for Rego; the fact is the property alone.
            ReadRoot::Related if read.path.segments().len() > 1 && !read.path.is_wildcard() => {
                match at_path(value, &read.path.segments()[1..]) {
                    Some(value) => value.clone(),
                    None => continue,
                }
            }
            _ => value.clone(),
        };
        let large = match &shown {
            Value::String(text) => (text.len() > MAX_EVIDENCE_BYTES).then(|| shown.to_string()),
            Value::Array(_) | Value::Object(_) => Some(shown.to_string()).filter(|t| t.len() > MAX_EVIDENCE_BYTES),
            _ => None,
        };
        let kept = match large {
            Some(text) => {
                let digest = hex(&Sha256::digest(&text));
                json!({"omitted_bytes": text.len(), "sha256": digest})
            }
            None => shown,
        };
        values.insert(read.path.to_string(), kept);
    }
    let raw = serde_json::value::to_raw_value(&values).unwrap_or_default();
    Arc::from(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_below_a_text_is_not_absent() {
        let body = json!({"properties": {"text": "x", "none": null, "list": [1], "map": {}}});
        let words = |path: &str| path.split('.').map(str::to_owned).collect::<Vec<_>>();
        for (path, expected) in [
            ("properties.text.a.b", Some("properties.text")),
            ("properties.list.a", Some("properties.list")),
            ("properties.none.a", None),
            ("properties.map.a", None),
            ("properties.text", None),
            ("other.a", None),
        ] {
            assert_eq!(unreadable(&body, &words(path)).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn identity_is_kept_from_those_who_do_not_ask_for_it() {
        for rego in [
            "x := input.resource.properties.a",
            "input.context.domain\ninput.resource.tags.x",
            "my_input := 1\nmy_inputs",
        ] {
            assert!(!sees_identity(rego), "{rego}");
        }
        for rego in
            ["input.resource.name", "f(input.resource)", "f(input)", "input.resource[\"id\"]", "input[\"resource\"]"]
        {
            assert!(sees_identity(rego), "{rego}");
        }
    }
}
