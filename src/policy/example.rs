//! The first cases of a policy, cut down to what the policy reads: what a person needs to see why it passes or fails.

use serde_json::{Map, Value};

use crate::model::{
    Example, IDENTITY_USES_PATH, KeyUse, Policy, PolicyMeta, ReadRoot, RegoFile, Relation, Resource, SUBNET_USES,
    Shape, Via,
};
use crate::policy::{Case, Problem, parse_cases};

/// The first case of `pass.json` and the first of `fail.json`, where the policy has them.
///
/// # Errors
/// What is wrong in these files, with the file and line.
pub fn examples(policy: &Policy) -> Result<(Option<Example>, Option<Example>), Problem> {
    let first = |file: &Option<RegoFile>| -> Result<Option<Example>, Problem> {
        let Some(file) = file else { return Ok(None) };
        let case = parse_cases(file)?.into_iter().next();
        case.map(|case| example(&policy.meta, case).map_err(|e| Problem::new(&file.path, 1, e.to_string()))).transpose()
    };
    Ok((first(&policy.pass)?, first(&policy.fail)?))
}

fn example(meta: &PolicyMeta, case: Case) -> Result<Example, serde_json::Error> {
    let snapshot = &case.snapshot;
    let Some(judged) = snapshot.resources().iter().find(|r| *r.id() == case.subject) else {
        return Ok(Example {
            description: case.description,
            at: None,
            parameters: case.parameters,
            resources: Vec::new(),
        });
    };
    let mut resources = vec![cut(judged, &of_judged(meta, judged))?];
    for other in snapshot.resources().iter().filter(|r| *r.id() != case.subject) {
        if let Some(paths) = of_other(meta, judged, other) {
            resources.push(cut(other, &paths)?);
        }
    }
    let at = meta.reads.iter().any(|r| r.path.to_string() == "context.at");
    let at = snapshot.manifest().ended.clone().filter(|_| at);
    Ok(Example { description: case.description, at, parameters: case.parameters, resources })
}

type Paths = Vec<Vec<String>>;

fn words(path: &str) -> Vec<String> {
    path.split('.').take_while(|word| *word != "*").map(str::to_owned).collect()
}

/// What of the judged resource decides: its own reads, its tags where they carry context, and what leads to others.
fn of_judged(meta: &PolicyMeta, judged: &Resource) -> Paths {
    let kind = judged.resource_type().as_str();
    let mut paths = Paths::new();
    for read in &meta.reads {
        let segments = read.path.segments();
        match (read.path.root(), segments.first()) {
            (ReadRoot::Resource, _) => paths.push(segments.to_vec()),
            (ReadRoot::Context, Some(field)) if field != "at" => paths.push(vec!["tags".to_owned(), field.clone()]),
            (ReadRoot::Related, Some(name)) => {
                if let Some(relation) = Relation::find(name, kind) {
                    paths.extend(joins(relation, kind));
                }
            }
            _ => {}
        }
    }
    paths
}

/// What of another resource decides; `None` when nothing does.
fn of_other(meta: &PolicyMeta, judged: &Resource, other: &Resource) -> Option<Paths> {
    let mut found: Option<Paths> = None;
    let (own, kind) = (judged.resource_type().as_str(), other.resource_type().as_str());
    let below = other.id().key().strip_prefix(judged.id().key()).and_then(|rest| rest.strip_prefix('/'));
    for read in &meta.reads {
        let segments = read.path.segments();
        match (read.path.root(), segments) {
            (ReadRoot::Children, [of, name, rest @ ..])
                if below
                    .and_then(|rest| rest.strip_prefix(&of.to_lowercase())?.strip_prefix('/'))
                    .is_some_and(|child| name == "*" && !child.contains('/') || child == name.to_lowercase()) =>
            {
                found.get_or_insert_default().push(rest.to_vec());
            }
            (ReadRoot::Related, [name, rest @ ..]) => {
                let Some(relation) = Relation::find(name, own) else { continue };
                let ends = relation.ends();
                let end = ends.iter().any(|to| to.eq_ignore_ascii_case(kind));
                match relation.shape() {
                    Shape::Summary => found.get_or_insert_default().extend(joins(relation, kind)),
                    Shape::One if end || ends.is_empty() => found.get_or_insert_default().push(rest.to_vec()),
                    Shape::Many if end => {
                        let found = found.get_or_insert_default();
                        found.extend(joins(relation, kind));
                        found.push(rest.get(1..).unwrap_or_default().to_vec());
                    }
                    Shape::One | Shape::Many => {}
                }
            }
            _ => {}
        }
    }
    found
}

/// Where a resource of the type names what the relation joins by; for a summary also what it counts by.
fn joins(relation: &Relation, kind: &str) -> Paths {
    let mut paths: Paths = match relation.via {
        Via::Id(paths) => paths.iter().map(|path| words(path)).collect(),
        Via::Key(at) | Via::KeyVault(at) => KeyUse::of(kind).nth(at).map(|u| words(u.path)).into_iter().collect(),
        Via::KeyUsers | Via::VaultUsers => KeyUse::of(kind).map(|u| words(u.path)).collect(),
        Via::SubnetUsers | Via::NetworkUsers => {
            SUBNET_USES.iter().filter(|(of, _)| of.eq_ignore_ascii_case(kind)).map(|(_, path)| words(path)).collect()
        }
        Via::IdentityUsers => vec![words(IDENTITY_USES_PATH)],
        Via::Peers(path) => vec![words(path)],
        Via::Referrers(places) => {
            places.iter().filter(|(of, _)| of.eq_ignore_ascii_case(kind)).map(|(_, path)| words(path)).collect()
        }
        Via::Parent | Via::Extensions(_) | Via::SubscriptionUsers => Paths::new(),
    };
    if relation.shape() == Shape::Summary {
        paths.extend([words("tags.domain"), words("tags.environment")]);
    }
    paths
}

/// The body with id, type and name and what stands at the paths; member names are compared without case.
fn cut(resource: &Resource, paths: &Paths) -> Result<Value, serde_json::Error> {
    let body = resource.parsed()?;
    let mut out = Map::new();
    for name in ["id", "type", "name"] {
        if let Some((key, value)) = member(&body, name) {
            out.insert(key.clone(), value.clone());
        }
    }
    let mut out = Value::Object(out);
    paths.iter().for_each(|path| copy(&body, path, &mut out));
    Ok(out)
}

fn member<'a>(body: &'a Value, name: &str) -> Option<(&'a String, &'a Value)> {
    let members = body.as_object()?;
    members.get_key_value(name).or_else(|| members.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)))
}

fn copy(from: &Value, path: &[String], to: &mut Value) {
    let Some((first, rest)) = path.split_first() else { return };
    let (Some((key, value)), Value::Object(members)) = (member(from, first), &mut *to) else { return };
    if rest.is_empty() || !value.is_object() {
        members.insert(key.clone(), value.clone());
        return;
    }
    let inner = members.entry(key.clone()).or_insert_with(|| Value::Object(Map::new()));
    copy(value, rest, inner);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::load;

    fn of(id: &str) -> (Example, Example) {
        let set = load(&[], true).unwrap();
        let (pass, fail) = examples(set.find(id).unwrap()).unwrap();
        (pass.unwrap(), fail.unwrap())
    }

    #[test]
    fn an_example_holds_what_is_read_and_nothing_else() {
        let (pass, fail) = of("azure.postgresql.secure_transport_required");
        assert_eq!((pass.resources.len(), fail.resources.len()), (2, 2));
        let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&fail.resources[0]), ["id", "name", "type"]);
        assert_eq!(fail.resources[1]["properties"], serde_json::json!({"value": "off"}));
        assert_eq!((fail.at, pass.at), (None, None));
    }

    #[test]
    fn context_relations_and_sharing_are_seen() {
        let (_, fail) = of("azure.postgresql.key_serves_one_domain");
        let domains: Vec<&Value> = fail.resources.iter().map(|r| &r["tags"]["domain"]).collect();
        assert!(domains.len() > 1 && domains.iter().all(|d| d.is_string()) && domains[0] != domains[1], "{domains:?}");
        let key = |r: &Value| r["properties"]["dataEncryption"]["primaryKeyURI"].as_str().map(str::to_owned);
        assert!(key(&fail.resources[0]).is_some());
        let (pass, _) = of("azure.postgresql.key_vault_purge_protected");
        assert!(key(&pass.resources[0]).is_some());
        assert!(pass.resources.iter().any(|r| r["type"] == "Microsoft.KeyVault/vaults"), "{pass:?}");
    }

    #[test]
    fn every_policy_has_a_small_example_of_each() {
        let set = load(&[], true).unwrap();
        for policy in set.policies.values() {
            let (pass, fail) = examples(policy).unwrap();
            for example in [pass, fail] {
                let example = example.unwrap_or_else(|| panic!("{} has none", policy.meta.id));
                assert!(!example.description.is_empty() && !example.resources.is_empty(), "{}", policy.meta.id);
                let size = serde_json::to_string(&example.resources).unwrap().len();
                assert!(size < 6_000, "{}: {size}", policy.meta.id);
            }
        }
    }

    #[test]
    fn cases_that_are_no_cases_are_refused_with_their_file() {
        let set = load(&[], true).unwrap();
        let mut policy = set.find("azure.postgresql.secure_transport_required").unwrap().clone();
        policy.fail = Some(RegoFile { path: "own/fail.json".to_owned(), text: "[]".into() });
        assert_eq!(examples(&policy).unwrap_err().to_string(), "own/fail.json:1: holds no case");
    }
}
