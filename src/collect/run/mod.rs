//! One collection: a plan and a scope → a snapshot, with a gap for everything that could not be read. It asks through the
//! client, keeps what came in the journal, and knows no policy. What is given depends on the answers alone and not on their
//! order.

mod children;
mod find;
mod gather;
mod reader;
mod scope;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use crate::collect::catalog::Row;
use crate::collect::client::Client;
use crate::collect::journal::{Journal, JournalError};
use crate::collect::plan::Plan;
use crate::collect::redact::Redactor;
use crate::collect::run::gather::Gathered;
use crate::collect::run::reader::Reader;
use crate::collect::run::scope::Resolved;
use crate::model::{Gap, GapReason, Manifest, SNAPSHOT_SCHEMA, Snapshot, Source, Tool};

/// What gaps say of what no policy reads.
const NOT_ASKED: &str = "no policy that was asked for reads it";
/// What gaps say of what Azure gives nobody.
const NEVER_GIVEN: &str = "Azure Resource Manager does not give it";
/// What gaps say of secrets.
const SECRET: &str = "the value is a secret and was not kept";

/// How many calls are under way; the client holds back more than Azure allows.
const AT_ONCE: usize = 256;

/// What to collect. Without subscriptions and management groups, all that the identity may see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Subscriptions, by id or name.
    pub subscriptions: Vec<String>,
    /// Management groups, by id.
    pub management_groups: Vec<String>,
    /// If there are any, only subscriptions whose id or name matches one, `*` for any run of characters.
    pub include: Vec<String>,
    /// No subscription whose id or name matches one.
    pub exclude: Vec<String>,
    /// Names for subscriptions in reports, by id.
    pub aliases: BTreeMap<String, String>,
}

/// Is told how far a collection is.
pub trait Progress: Send + Sync {
    /// So many subscriptions are collected.
    fn subscriptions(&self, _count: usize) {}
    /// So many resources were found so far.
    fn resources(&self, _count: usize) {}
    /// So many gaps there are so far.
    fn gaps(&self, _count: usize) {}
}

/// Everything that a collection needs.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// What asks.
    pub client: &'a Client,
    /// What keeps secrets out.
    pub redactor: &'a Redactor,
    /// What keeps the answers.
    pub journal: &'a Journal,
    /// What to ask for.
    pub plan: &'a Plan,
    /// Where to ask.
    pub scope: &'a Scope,
    /// The times between which events of the activity log are read.
    pub window: &'a Window,
    /// Who is told.
    pub progress: &'a dyn Progress,
    /// The time, RFC 3339, when everything has been read.
    pub clock: &'a (dyn Fn() -> String + Sync),
    /// Set to make no further calls: what they would have told becomes gaps.
    pub stop: &'a AtomicBool,
}

impl std::fmt::Debug for Task<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Task").field("scope", self.scope).finish_non_exhaustive()
    }
}

/// The times between which events are read, RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The first moment.
    pub from: String,
    /// The last moment.
    pub to: String,
}

impl Window {
    /// The paths that a row means: one for each provider of an event, with the times put in.
    fn fill(&self, row: &Row, path: &str) -> Vec<String> {
        let path = path.replace("{from}", &self.from).replace("{to}", &self.to);
        match &row.events {
            Some(events) => events.providers.iter().map(|p| path.replace("{provider}", p)).collect(),
            None => vec![path],
        }
    }
}

/// What a collection gave.
#[derive(Debug)]
pub struct Collected {
    /// Everything that was read, and a gap for everything that was not.
    pub snapshot: Snapshot,
    /// How many calls failed, without those to which Azure has no answer for anybody.
    pub failed: usize,
    /// Those of the gaps that follow from calls that failed; the others follow from what was not asked for, from secrets and
    /// from what Azure gives nobody.
    pub trouble: Vec<Gap>,
}

impl Collected {
    /// Whether another try could bring nothing more: no call failed, and the whole scope could be read.
    pub fn is_complete(&self) -> bool {
        self.failed == 0 && !self.snapshot.manifest().partial
    }
}

/// Collects.
///
/// # Errors
/// [`JournalError`] when the journal cannot be written. Whatever Azure does is a gap of the snapshot.
pub async fn collect(task: Task<'_>) -> Result<Collected, JournalError> {
    let reader = Reader::new(task.client, task.redactor, task.journal, task.stop);
    let mut all = Gathered::default();
    let scope = scope::resolve(&reader, task.scope, &mut all).await;
    uncatalogued(task.plan, &scope, &mut all);
    let (population, done) = find::all(&reader, task.plan, &scope, task.window, task.progress, &mut all).await;
    children::all(&reader, task.plan, &done, task.progress, &mut all).await;
    unread(task.plan, &mut all);
    task.progress.gaps(all.gaps());
    let failed = reader.end()? + all.refused();
    let alias = |id: &String, name: &Option<String>| {
        let given =
            task.scope.aliases.iter().find(|(key, _)| key.eq_ignore_ascii_case(id)).map(|(_, name)| name.clone());
        given.or_else(|| name.clone())
    };
    let names = scope.subscriptions.iter().filter_map(|s| Some((s.id.clone(), alias(&s.id, &s.name)?))).collect();
    let groups = scope.management_groups.iter();
    let groups = groups.map(|g| format!("/providers/Microsoft.Management/managementGroups/{g}"));
    let partial = all.is_partial();
    let (resources, gaps) = all.into_parts();
    let manifest = Manifest {
        schema: SNAPSHOT_SCHEMA.to_owned(),
        tool: Tool::this(),
        source: Source::Azure,
        scope: groups.chain(scope.subscriptions.iter().map(|s| s.path())).collect(),
        started: Some(task.journal.started().to_owned()),
        ended: Some((task.clock)()),
        identity: Some(task.client.identity()),
        partial,
        names,
        population,
    };
    let by_design = |gap: &&Gap| matches!(gap.detail.as_str(), NOT_ASKED | NEVER_GIVEN | SECRET);
    let trouble = gaps.iter().filter(|g| !by_design(g)).cloned().collect();
    Ok(Collected { snapshot: Snapshot::new(manifest, resources, gaps), failed, trouble })
}

/// What policies need and nobody knows how to read.
fn uncatalogued(plan: &Plan, scope: &Resolved, all: &mut Gathered) {
    for unknown in &plan.uncatalogued {
        for subscription in &scope.subscriptions {
            let text = "this version of assize does not know how to read the type from Azure".to_owned();
            all.gap(&subscription.path(), Some(unknown.resource_type.clone()), GapReason::Unsupported, text);
        }
    }
}

/// What the bodies lack by design.
fn unread(plan: &Plan, all: &mut Gathered) {
    for planned in plan.planned.values() {
        for key in all.of_type(&planned.row.resource_type) {
            let Some(about) = all.found.get(&key).map(|f| f.id.as_str().to_owned()) else { continue };
            for (read, reason) in &planned.unread {
                let text = match reason {
                    GapReason::Unsupported => NEVER_GIVEN,
                    _ => NOT_ASKED,
                };
                all.gap(&about, Some(read.clone()), *reason, text.to_owned());
            }
        }
    }
}
