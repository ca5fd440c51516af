//! Cases: the small snapshots in `pass.json` and `fail.json`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::model::{Manifest, RegoFile, Resource, ResourceId, SNAPSHOT_SCHEMA, Snapshot, Source, Tool};
use crate::policy::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCase {
    #[serde(default)]
    description: String,
    #[serde(default)]
    at: Option<String>,
    #[serde(default)]
    parameters: BTreeMap<String, Value>,
    resources: Vec<Value>,
}

/// One case: a complete snapshot, the resource that is judged, and the parameters that differ from their defaults.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it shows.
    pub description: String,
    /// The file and the number of the case in it, for messages.
    pub place: String,
    /// The resource that is judged.
    pub subject: ResourceId,
    /// The small estate.
    pub snapshot: Snapshot,
    /// Parameters that differ from their defaults.
    pub parameters: BTreeMap<String, Value>,
}

/// The time at which the facts of a case were read, when it says none.
const DEFAULT_AT: &str = "2026-11-01T00:00:00Z";

/// Parses `pass.json` or `fail.json`: one case or a list of cases.
///
/// # Errors
/// What is wrong, with the file and line.
pub fn parse_cases(file: &RegoFile) -> Result<Vec<Case>, Problem> {
    let wrong = |line: usize, what: String| Problem::new(&file.path, line, what);
    let value: Value = serde_json::from_str(&file.text).map_err(|e| wrong(e.line(), format!("not JSON: {e}")))?;
    let raw: Vec<Value> = match value {
        Value::Array(cases) if cases.is_empty() => return Err(wrong(1, "holds no case".to_owned())),
        Value::Array(cases) => cases,
        one => vec![one],
    };
    raw.into_iter()
        .enumerate()
        .map(|(at, value)| {
            let place = format!("{}#{}", file.path, at + 1);
            let raw: RawCase = serde_json::from_value(value).map_err(|e| wrong(1, format!("case {}: {e}", at + 1)))?;
            let when = raw.at.unwrap_or_else(|| DEFAULT_AT.to_owned());
            let mut resources = Vec::new();
            for (number, body) in raw.resources.iter().enumerate() {
                let resource = Resource::from_value(body)
                    .map_err(|e| wrong(1, format!("case {}, resource {}: {e}", at + 1, number + 1)))?;
                resources.push(resource.with_collections(&["*"]));
            }
            let subject = resources
                .first()
                .map(|r| r.id().clone())
                .ok_or_else(|| wrong(1, format!("case {} has no resource", at + 1)))?;
            let manifest = Manifest {
                schema: SNAPSHOT_SCHEMA.to_owned(),
                tool: Tool::this(),
                source: Source::Azure,
                scope: vec![place.clone()],
                started: Some(when.clone()),
                ended: Some(when),
                identity: None,
                partial: false,
                names: std::collections::BTreeMap::new(),
                population: Vec::new(),
            };
            let snapshot = Snapshot::new(manifest, resources, Vec::new());
            if let Some(gap) = snapshot.gaps().first() {
                return Err(wrong(1, format!("case {}: {}: {}", at + 1, gap.about, gap.detail)));
            }
            Ok(Case { description: raw.description, place, subject, snapshot, parameters: raw.parameters })
        })
        .collect()
}
