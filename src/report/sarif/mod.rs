//! SARIF 2.1.0 in three profiles. The full one holds every finding, for archives and viewers. The one for GitHub holds open
//! fails only, because code scanning opens an alert for every result, whatever its kind and suppressions say. The one for
//! GitHub Advanced Security for Azure DevOps holds the same, and names the pipeline.

mod code;
mod ghazdo;
mod location;
mod notes;
mod results;
mod rules;

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use serde_sarif::sarif::{
    self, Invocation, PropertyBag, Run, RunAutomationDetails, Tool, ToolComponent, ToolComponentReference,
};

use crate::model::{Assessment, Waiver};
use crate::report::sarif::results::{Grouping, Row, open_fails};
use crate::report::sarif::rules::{Taxon, rules, sentence, taxonomies};
use crate::report::text::{JsonOut, gate_reason, line};
use crate::report::{Pipeline, RenderOptions, ReportError};

pub(super) use location::{relative, sha256, virtual_path};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Who reads the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Profile {
    Full,
    Github,
    Ghazdo,
}

/// Writes every finding.
pub(super) fn full(assessment: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(assessment, Profile::Full, None, out)
        .map_err(|source| ReportError::Write { format: "sarif", source: source.into() })
}

/// Writes what GitHub should open alerts for.
pub(super) fn github(assessment: &Assessment, _: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(assessment, Profile::Github, None, out)
        .map_err(|source| ReportError::Write { format: "sarif-github", source: source.into() })
}

/// Writes what Azure DevOps should open alerts for.
pub(super) fn ghazdo(assessment: &Assessment, options: &RenderOptions, out: &mut dyn Write) -> Result<(), ReportError> {
    write(assessment, Profile::Ghazdo, options.pipeline.as_ref(), out)
        .map_err(|source| ReportError::Write { format: "sarif-ghazdo", source: source.into() })
}

/// What results refer to.
struct Context<'a> {
    assessment: &'a Assessment,
    profile: Profile,
    rule_index: BTreeMap<String, i64>,
    taxa: BTreeMap<&'a str, Taxon>,
    waivers: BTreeMap<&'a str, &'a Waiver>,
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [WholeRun<'a>; 1],
}

/// A run with its results, which are made while they are written: a million of them would not fit in memory.
#[derive(Serialize)]
struct WholeRun<'a> {
    #[serde(flatten)]
    head: &'a Run,
    results: Results<'a>,
}

enum Results<'a> {
    Full(&'a Context<'a>),
    Open(&'a Context<'a>, Grouping, &'a [Row<'a>]),
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        match self {
            Self::Full(context) => in_batches(&context.assessment.findings, |f| context.full(f), &mut list)?,
            Self::Open(context, grouping, rows) => in_batches(rows, |row| context.open(*grouping, row), &mut list)?,
        }
        list.end()
    }
}

/// How many results a thread makes before they are written.
const BATCH: usize = 2048;

/// Makes results on all processors and writes them in their order.
fn in_batches<T: Sync, L: SerializeSeq>(
    items: &[T],
    make: impl Fn(&T) -> sarif::Result + Sync,
    list: &mut L,
) -> Result<(), L::Error> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let json = |items: &[T]| items.iter().map(|item| to_raw_value(&make(item))).collect::<Result<Vec<_>, _>>();
    for batch in items.chunks(BATCH * threads) {
        let made: Vec<_> = std::thread::scope(|scope| {
            let mut parts = batch.chunks(batch.len().div_ceil(threads));
            let own = parts.next().unwrap_or_default();
            let others: Vec<_> = parts.map(|part| scope.spawn(|| json(part))).collect();
            let joined =
                |result: std::thread::Result<_>| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            std::iter::once(json(own)).chain(others.into_iter().map(|other| joined(other.join()))).collect()
        });
        for part in made {
            for result in part.map_err(serde::ser::Error::custom)? {
                list.serialize_element(&result)?;
            }
        }
    }
    Ok(())
}

fn write(
    assessment: &Assessment,
    profile: Profile,
    pipeline: Option<&Pipeline>,
    out: &mut dyn Write,
) -> Result<(), serde_json::Error> {
    let (taxonomies, taxa) = taxonomies(assessment);
    let (rules, rule_index) = rules(assessment, &taxa, profile);
    let waivers = assessment.waivers.iter().map(|entry| (entry.waiver.id.as_str(), &entry.waiver)).collect();
    let context = Context { assessment, profile, rule_index, taxa, waivers };
    let (grouping, rows) = match profile {
        Profile::Full => (Grouping::Line, Vec::new()),
        Profile::Github | Profile::Ghazdo => open_fails(assessment),
    };
    let mut driver = ToolComponent::builder()
        .name(line(&assessment.tool.name, 100))
        .information_uri(env!("CARGO_PKG_REPOSITORY"))
        .rules(rules)
        .notifications(notes::descriptors())
        .build();
    // A version in another form would make the file invalid; the properties of the run carry it as it is.
    if is_version(&assessment.tool.version) {
        driver.version = Some(assessment.tool.version.clone());
        driver.semantic_version.clone_from(&driver.version);
    }
    let invocation = Invocation::builder()
        .execution_successful(true)
        .exit_code(i64::from(assessment.gate.outcome.exit_code()))
        .exit_code_description(sentence(&gate_reason(&assessment.gate)))
        .tool_execution_notifications(context.notifications(grouping, rows.len()))
        .build();
    let category = location::category(assessment.snapshot.source, &assessment.snapshot.scope);
    let mut head = Run::builder()
        .tool(Tool::builder().driver(ToolComponent::builder().name("").build()).build())
        .automation_details(RunAutomationDetails::builder().id(category).build())
        .invocations(vec![invocation])
        .column_kind(json!("utf16CodeUnits"))
        .properties(PropertyBag::builder().additional_properties(properties(assessment)).build())
        .build();
    if profile == Profile::Full {
        let reference = |(index, c): (usize, &ToolComponent)| {
            ToolComponentReference::builder().name(c.name.as_str()).index(index as i64).build()
        };
        driver.supported_taxonomies = Some(taxonomies.iter().enumerate().map(reference).collect());
        head.taxonomies = Some(taxonomies);
        head.original_uri_base_ids = code::bases(assessment);
    }
    if profile == Profile::Ghazdo {
        ghazdo::name(&mut driver);
        if let Some(pipeline) = pipeline {
            ghazdo::place(&mut head, pipeline);
        }
    }
    head.tool.driver = driver;
    let results = match profile {
        Profile::Full => Results::Full(&context),
        Profile::Github | Profile::Ghazdo => Results::Open(&context, grouping, &rows),
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [WholeRun { head: &head, results }] };
    let mut out = JsonOut::new(BufWriter::new(out));
    serde_json::to_writer(&mut out, &log)?;
    out.write_all(b"\n").and_then(|()| out.flush()).map_err(serde_json::Error::io)
}

/// Whether the text is `1.2.3`, perhaps with `-` or `+` and more.
fn is_version(text: &str) -> bool {
    let (numbers, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let number = |n: &str| !n.is_empty() && n.len() < 10 && n.bytes().all(|b| b.is_ascii_digit());
    numbers.split('.').count() == 3
        && numbers.split('.').all(number)
        && rest.len() < 100
        && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-+.".contains(&b))
}

/// The counts and the gate, which no object of SARIF holds.
fn properties(assessment: &Assessment) -> BTreeMap<String, Value> {
    let mut own = json!({
        "tool": assessment.tool,
        "summary": assessment.summary,
        "gate": assessment.gate,
        "snapshot": assessment.snapshot,
        "policySet": assessment.policy_set,
        "evaluatedAt": assessment.evaluated_at,
        "resources": assessment.resources.len(),
        "gaps": assessment.gaps.len(),
    });
    if let Some(profile) = &assessment.profile {
        own["profile"] = json!(profile);
    }
    BTreeMap::from([("assize".to_owned(), own)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{coded, estate, hostile, rendered, rendered_with, sample};

    fn run(name: &str, assessment: &Assessment) -> Value {
        let log: Value = serde_json::from_str(&rendered(name, assessment)).unwrap();
        assert_eq!((&log["$schema"], &log["version"]), (&json!(SCHEMA), &json!("2.1.0")));
        assert_eq!(log["runs"].as_array().unwrap().len(), 1);
        log["runs"][0].clone()
    }

    #[test]
    fn the_run_tells_of_the_gate_and_the_counts() {
        for name in ["sarif", "sarif-github"] {
            let run = run(name, &sample());
            let invocation = &run["invocations"][0];
            assert_eq!((&invocation["executionSuccessful"], &invocation["exitCode"]), (&json!(true), &json!(1)));
            assert!(invocation["exitCodeDescription"].as_str().unwrap().starts_with("2 open fails"));
            assert_eq!(run["properties"]["assize"]["summary"]["listed"], 8);
            assert_eq!(run["automationDetails"]["id"].as_str().unwrap().matches('/').count(), 3);
            let mut assessment = sample();
            assessment.gate.outcome = crate::model::GateOutcome::Incomplete;
            assert_eq!(self::run(name, &assessment)["invocations"][0]["exitCode"], 3);
        }
    }

    #[test]
    fn only_a_version_is_called_one() {
        for (text, expected) in [
            ("0.1.0", true),
            ("1.20.3-rc.1+x", true),
            ("1.2", false),
            ("", false),
            ("1.2.x", false),
            ("1.2.3-\u{202e}", false),
        ] {
            assert_eq!(is_version(text), expected, "{text}");
        }
        assert_eq!(run("sarif", &sample())["tool"]["driver"]["semanticVersion"], "0.1.0");
        assert!(run("sarif", &hostile())["tool"]["driver"]["version"].is_null());
    }

    #[test]
    fn the_category_does_not_change_with_what_is_found() {
        let mut later = estate(2, 2);
        later.evaluated_at = "2027-01-01T00:00:00Z".to_owned();
        later.snapshot.sha256 = "00".repeat(32);
        later.snapshot.taken = None;
        let id = |a: &Assessment| run("sarif-github", a)["automationDetails"]["id"].clone();
        assert_eq!(id(&later), id(&sample()));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        for (name, assessment) in [("sarif", sample()), ("sarif", hostile()), ("sarif-github", hostile())] {
            let run = run(name, &assessment);
            for result in run["results"].as_array().unwrap() {
                let rule = result["ruleIndex"].as_u64().unwrap() as usize;
                assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
                for taxon in result["taxa"].as_array().unwrap_or(&Vec::new()) {
                    let component = taxon["toolComponent"]["index"].as_u64().unwrap() as usize;
                    let index = taxon["index"].as_u64().unwrap() as usize;
                    assert_eq!(run["taxonomies"][component]["taxa"][index]["id"], taxon["id"]);
                }
            }
        }
    }

    #[test]
    fn only_the_full_profile_has_taxonomies() {
        assert_eq!(run("sarif", &sample())["taxonomies"].as_array().unwrap().len(), 2);
        assert!(run("sarif", &sample())["results"][0]["taxa"].is_array());
        assert!(run("sarif-github", &sample())["taxonomies"].is_null());
    }

    /// Writes what the SARIF validators are run on, `target/tmp/report/*.sarif`.
    #[test]
    fn samples_for_validators_are_written() {
        let program = std::env::current_exe().unwrap();
        let folder = program.ancestors().nth(3).unwrap().join("tmp").join("report");
        std::fs::create_dir_all(&folder).unwrap();
        let mut quiet = sample();
        quiet.findings.clear();
        let mut attacked = hostile();
        // Validators want a version, and the file has none when it is not one.
        attacked.tool = sample().tool;
        let mut code = sample();
        coded(&mut code);
        let cases =
            [("sample", sample()), ("code", code), ("hostile", attacked), ("many", estate(10, 600)), ("quiet", quiet)];
        for (case, assessment) in cases {
            for name in ["sarif", "sarif-github", "sarif-ghazdo"] {
                let pipeline = Some(ghazdo::tests::pipeline());
                let text = rendered_with(name, &assessment, &RenderOptions { pipeline, ..RenderOptions::default() });
                let file = folder.join(format!("{case}.{name}.sarif"));
                std::fs::write(&file, &text).unwrap();
                let back: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
                assert_eq!(
                    serde_json::to_value(&back).unwrap(),
                    serde_json::from_str::<Value>(&text).unwrap(),
                    "{file:?}"
                );
            }
        }
    }
}
