//! Reads what lies below the resources that were found: lists of children, single children, the properties that only a child
//! holds.

use std::collections::BTreeMap;

use futures_util::StreamExt as _;
use futures_util::stream;

use crate::collect::catalog::Row;
use crate::collect::client::{Call, Plane};
use crate::collect::cloud::Origin;
use crate::collect::journal::{Record, Trouble};
use crate::collect::plan::{Bodies, Names, Plan, Planned};
use crate::collect::run::find::{Done, expand_these};
use crate::collect::run::gather::{Found, Gathered, Place, child, collection};
use crate::collect::run::reader::Reader;
use crate::collect::run::{AT_ONCE, Progress};
use crate::model::GapReason;

/// What is read below one parent.
struct Job {
    parent: String,
    about: String,
    what: What,
}

enum What {
    /// The whole collection.
    List(Call),
    /// One child: its name, the call, and the call that lists all, which tells a child that is not there from one that
    /// cannot be read.
    One(String, Call, Option<Call>),
}

enum Answer {
    All(Record),
    One(String, Record, Option<Record>),
}

/// Reads the children of everything that was found, parents before what lies below them.
pub(super) async fn all(reader: &Reader<'_>, plan: &Plan, done: &Done, progress: &dyn Progress, all: &mut Gathered) {
    for planned in plan.in_order() {
        let row = planned.row;
        if planned.parents.is_empty() {
            continue;
        }
        if row.list.is_none() && row.get.is_none() {
            listed_above(planned, all);
            continue;
        }
        let parents = parents(plan, planned, all);
        refused(planned, &parents, all);
        let jobs = by_turns(jobs(reader, planned, &parents, done, all));
        let before = jobs.len();
        let answers = stream::iter(jobs.into_iter().map(|job| ask(reader, job)));
        let mut answers: Vec<(Job, Answer)> = answers.buffer_unordered(AT_ONCE).collect().await;
        answers.sort_by(|a, b| (&a.0.parent, a.0.what.order()).cmp(&(&b.0.parent, b.0.what.order())));
        let mut faults: BTreeMap<String, bool> = BTreeMap::new();
        let mut taken = Vec::new();
        for (job, answer) in answers {
            taken.extend(settle(row, &job, answer, &mut faults, all));
        }
        // Every one of the only names there can be was read.
        if matches!(planned.names, Names::All) {
            for (parent, failed) in faults {
                if !failed {
                    all.has_read(&parent, row.collection().to_owned());
                }
            }
        }
        if planned.bodies == Bodies::Get && planned.names == Names::All && row.list.is_some() {
            if row.vault {
                expand_vault(reader, row, &taken, all).await;
            } else {
                expand_these(reader, row, taken, all).await;
            }
        }
        if before > 0 {
            progress.resources(all.found.len());
        }
    }
    for planned in plan.planned.values().filter(|p| p.merge) {
        merge(planned, all);
    }
}

/// Notes where the list of a subscription has shown all of an extension: on the subscription and on what is in it.
fn listed_above(planned: &Planned, all: &mut Gathered) {
    for parent in planned.parents.iter().flat_map(|kind| all.of_type(kind)).collect::<Vec<_>>() {
        let subscription = all.found.get(&parent).and_then(|f| f.id.subscription().map(str::to_owned));
        if subscription.is_some_and(|s| !all.hides(&format!("/subscriptions/{s}"), planned.row)) {
            all.has_read(&parent, planned.row.collection().to_owned());
        }
    }
}

/// The keys of the resources to look below.
fn parents(plan: &Plan, planned: &Planned, all: &Gathered) -> Vec<String> {
    if !planned.parents.contains("*") {
        return planned.parents.iter().flat_map(|kind| all.of_type(kind)).collect();
    }
    // What lies on resources lies on no other thing of its kind.
    let extension = |found: &Found| {
        let key = found.resource_type.key();
        let row = plan.planned.get(key).map(|p| p.row);
        key.starts_with("microsoft.authorization/")
            || key.starts_with("microsoft.resources/")
            || row.is_some_and(|r| r.vault || r.parents.iter().any(|p| p == "*"))
    };
    all.found.iter().filter(|(_, f)| !extension(f)).map(|(key, _)| key.clone()).collect()
}

/// Names that Azure gives out by POST only: gaps.
fn refused(planned: &Planned, parents: &[String], all: &mut Gathered) {
    for (name, why) in &planned.refused {
        for parent in parents {
            if let Some(about) = all.found.get(parent).map(|f| f.id.as_str().to_owned()) {
                all.gap(&about, Some(child(planned.row, name)), GapReason::Unsupported, why.clone());
            }
        }
    }
}

fn jobs(reader: &Reader<'_>, planned: &Planned, parents: &[String], done: &Done, all: &mut Gathered) -> Vec<Job> {
    let row = planned.row;
    let kind = row.resource_type.to_lowercase();
    let mut jobs = Vec::new();
    for parent in parents {
        let Some(found) = all.found.get(parent) else { continue };
        let about = found.id.as_str().to_owned();
        let subscription = found.id.subscription().map(str::to_lowercase).unwrap_or_default();
        if planned.bodies == Bodies::Graph && done.contains(&(subscription, kind.clone())) {
            all.has_read(parent, row.collection().to_owned());
            continue;
        }
        let base = match base(reader, row, found) {
            Ok(base) => base,
            Err(why) => {
                all.gap(&about, Some(collection(row)), GapReason::Malformed, why);
                continue;
            }
        };
        let beside = row.list.as_deref().filter(|path| path.contains(LOCATION)).map(|path| beside(found, path));
        let Some(beside) = beside.map_or(Some(None), |whole| whole.map(Some)) else {
            all.gap(&about, Some(collection(row)), GapReason::Malformed, "its region is not known".to_owned());
            continue;
        };
        let call = |path: &str| {
            let whole = beside.clone().unwrap_or_else(|| format!("{}{path}", base.1));
            Call { plane: base.0.clone(), ..Call::of(row, &whole) }
        };
        let list = row.list.as_deref().map(call);
        let one = |name: &str| {
            let path = row.get.as_deref().unwrap_or_default().replace("{name}", &encoded(name));
            let what = What::One(name.to_owned(), call(&path), list.clone());
            Job { parent: parent.clone(), about: about.clone(), what }
        };
        match (&planned.names, &list) {
            (Names::Only(names), _) if row.get.is_some() => jobs.extend(names.iter().map(|name| one(name))),
            (_, Some(list)) => {
                jobs.push(Job { parent: parent.clone(), about: about.clone(), what: What::List(list.clone()) });
            }
            (_, None) => jobs.extend(row.names.iter().map(|name| one(name))),
        }
    }
    jobs
}

/// Takes one job of each subscription in turn: each has limits of its own, and none should wait for another.
fn by_turns(jobs: Vec<Job>) -> Vec<Job> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut turns: Vec<(usize, Job)> = Vec::with_capacity(jobs.len());
    for job in jobs {
        let subscription = job.parent.split('/').nth(2).unwrap_or_default().to_owned();
        let turn = counts.entry(subscription).or_default();
        turns.push((*turn, job));
        *turn += 1;
    }
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, job)| job).collect()
}

/// The path of a list that stands in the resource's group, by the resource's region; `None` when either is not known.
fn beside(found: &Found, path: &str) -> Option<String> {
    let id = found.id.as_str();
    let group = &id[..id.to_lowercase().find("/providers/")?];
    let location = found.member("location")?.to_lowercase().replace(' ', "");
    Some(format!("{group}{}", path.replace(LOCATION, &encoded(&location))))
}

/// Where the paths of a row begin below a resource.
fn base(reader: &Reader<'_>, row: &Row, found: &Found) -> Result<(Plane, String), String> {
    if !row.vault {
        return Ok((Plane::Arm, found.id.as_str().trim_end_matches('/').to_owned()));
    }
    let uri = found.property("vaultUri").or_else(|| found.property("hsmUri"));
    let uri = uri.ok_or("the vault does not tell its address")?;
    let allow_http = reader.client.cloud().allow_http;
    let origin = Origin::parse(uri.trim_end_matches('/'), allow_http)
        .map_err(|error| format!("the address of the vault cannot be used: {error}"))?;
    Ok((Plane::Vault(origin), String::new()))
}

/// What stands for the region of the resource in a list of its group.
const LOCATION: &str = "{location}";

/// A name as part of a path.
fn encoded(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~$".contains(&b);
    name.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

impl What {
    fn order(&self) -> &str {
        match self {
            Self::List(_) => "",
            Self::One(name, ..) => name,
        }
    }
}

async fn ask(reader: &Reader<'_>, job: Job) -> (Job, Answer) {
    let answer = match &job.what {
        What::List(call) => Answer::All(reader.list(call).await),
        What::One(name, call, list) => {
            let record = reader.get(call).await;
            let gone = record.trouble.as_ref().is_some_and(|t| t.status == Some(404));
            let all = match list {
                Some(list) if gone => Some(reader.list(list).await),
                _ => None,
            };
            Answer::One(name.clone(), record, all)
        }
    };
    (job, answer)
}

/// Takes what came, and gives the keys of the children.
fn settle(
    row: &Row,
    job: &Job,
    answer: Answer,
    faults: &mut BTreeMap<String, bool>,
    all: &mut Gathered,
) -> Vec<String> {
    let place = Place { about: &job.about, row, child: true };
    let failed = faults.entry(job.parent.clone()).or_default();
    let take = |all: &mut Gathered, record: Record| -> (Vec<String>, bool) {
        let (mut keys, mut whole) = (Vec::new(), true);
        for (origin, item) in record.items() {
            match all.take(&origin, &item, place) {
                Some(key) => keys.push(key),
                None => whole = false,
            }
        }
        (keys, whole)
    };
    match answer {
        Answer::All(record) => {
            if let Some(trouble) = &record.trouble {
                *failed = true;
                all.trouble(&job.about, Some(collection(row)), trouble);
            }
            let (keys, whole) = take(all, record);
            *failed |= !whole;
            keys
        }
        Answer::One(_, Record { trouble: None, pages }, _) => {
            let (keys, whole) = take(all, Record { trouble: None, pages });
            *failed |= !whole;
            keys
        }
        // The list tells whether it is not there; then that is known of this name.
        Answer::One(name, _, Some(list)) if list.trouble.is_none() => {
            let (keys, whole) = take(all, list);
            *failed |= !whole;
            if whole {
                all.has_read(&job.parent, format!("{}/{name}", row.collection()));
            }
            keys
        }
        Answer::One(name, record, _) => {
            *failed = true;
            let nothing = || Trouble {
                reason: GapReason::Unsupported,
                status: None,
                code: None,
                text: "there was no answer".to_owned(),
            };
            all.trouble(&job.about, Some(child(row, &name)), &record.trouble.unwrap_or_else(nothing));
            Vec::new()
        }
    }
}

/// Reads each item of a vault alone.
async fn expand_vault(reader: &Reader<'_>, row: &Row, keys: &[String], all: &mut Gathered) {
    let mut calls = Vec::new();
    for key in keys {
        let parent = key.rsplitn(3, '/').nth(2).and_then(|parent| all.found.get(parent));
        let (Some(parent), Some(found)) = (parent, all.found.get(key)) else { continue };
        let (about, id) = (parent.id.as_str().to_owned(), found.id.as_str().to_owned());
        let path = row.get.as_deref().unwrap_or_default().replace("{name}", &encoded(found.id.name()));
        match base(reader, row, parent) {
            Ok((plane, _)) => calls.push((about, id, Call { plane, ..Call::of(row, &path) })),
            Err(why) => all.gap(&id, Some("resource.properties".to_owned()), GapReason::Malformed, why),
        }
    }
    let answers = stream::iter(calls.into_iter().map(|(about, id, call)| async move {
        let record = reader.get(&call).await;
        (about, id, record)
    }));
    let mut answers: Vec<_> = answers.buffer_unordered(AT_ONCE).collect().await;
    answers.sort_by(|a, b| a.1.cmp(&b.1));
    for (about, id, record) in answers {
        if let Some(trouble) = &record.trouble {
            for read in &row.expand_for {
                all.trouble(&id, Some(read.clone()), trouble);
            }
            continue;
        }
        for (origin, item) in record.items() {
            all.take(&origin, &item, Place { about: &about, row, child: true });
        }
    }
}

/// Puts the properties of children where policies read them, and says where that could not be done.
fn merge(planned: &Planned, all: &mut Gathered) {
    let Some(rule) = &planned.row.merge else { return };
    for key in all.of_type(&planned.row.resource_type) {
        let below = format!("{key}/{}/{}", rule.collection.to_lowercase(), rule.name.to_lowercase());
        if all.merge(&key, &below, &rule.into).is_some() {
            continue;
        }
        if let Some(about) = all.found.get(&key).map(|f| f.id.as_str().to_owned()) {
            let text = format!("its {}/{} was not read, or not in a form that can be used", rule.collection, rule.name);
            all.gap(&about, Some(rule.into.clone()), GapReason::OutOfScope, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::value::RawValue;

    use super::*;
    use crate::collect::catalog::catalog;
    use crate::collect::journal::Item;
    use crate::model::Origin;

    #[test]
    fn a_list_of_the_group_is_asked_for_by_region() {
        let row = catalog().row("Microsoft.Sql/managedInstances").unwrap();
        let origin = Arc::new(Origin::Request {
            method: "GET".to_owned(),
            path: "/".to_owned(),
            api_version: "1".to_owned(),
            time: "2026-11-01T00:00:00Z".to_owned(),
            request_id: None,
            digest: String::new(),
            older_than: None,
        });
        for (location, expected) in [
            (
                r#""West Europe""#,
                Some(
                    "/subscriptions/s/resourceGroups/G/providers/Microsoft.Sql/locations/westeurope/instanceFailoverGroups",
                ),
            ),
            ("null", None),
        ] {
            let mut all = Gathered::default();
            let id = "/subscriptions/s/resourceGroups/G/providers/Microsoft.Sql/managedInstances/m";
            let body = format!(r#"{{"id": "{id}", "type": "Microsoft.Sql/managedInstances", "location": {location}}}"#);
            let item = Item { body: RawValue::from_string(body).unwrap(), dropped: Vec::new() };
            let key = all.take(&origin, &item, Place { about: id, row, child: false }).unwrap();
            let list = catalog().row("Microsoft.Sql/locations/instanceFailoverGroups").unwrap().list.clone().unwrap();
            assert_eq!(beside(&all.found[&key], &list).as_deref(), expected);
        }
    }
}
