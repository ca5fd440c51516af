//! What SARIF says of code besides the place of a result: the module calls that lead there, and how to repair it.

use std::collections::BTreeMap;

use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix as SarifFix, Location, Message, PhysicalLocation,
    Replacement,
};

use crate::model::{Assessment, Call, Fix, Origin};
use crate::report::sarif::Profile;
use crate::report::sarif::location::{ROOT, artifact, region, relative};
use crate::report::sarif::rules::{escape, sentence};
use crate::report::text::line;

/// How many calls a result names.
const CALLS: usize = 20;

/// The calls as locations, numbered from 1, and a sentence that links to them: GitHub shows only what is linked.
pub(super) fn called<'a>(calls: impl Iterator<Item = &'a Call>, profile: Profile) -> (Vec<Location>, Option<String>) {
    let (mut locations, mut words) = (Vec::new(), Vec::new());
    let mut seen: Vec<&Call> = Vec::new();
    for call in calls {
        let Some(uri) = relative(&call.file) else { continue };
        if seen.contains(&call) || locations.len() == CALLS {
            continue;
        }
        seen.push(call);
        let number = locations.len() + 1;
        let first = call.range.start_line.max(1);
        let (name, file) = (escape(&line(&call.name, 200)), escape(&line(&call.file, 300)));
        let physical = PhysicalLocation::builder()
            .artifact_location(artifact(&uri, true, profile))
            .region(region(call.range))
            .build();
        let message = Message::builder().text(format!("called from {name} at {file}:{first}")).build();
        let mut location = Location::builder().physical_location(physical).message(message).build();
        location.id = i64::try_from(number).ok();
        locations.push(location);
        words.push(format!("'{name}' at [line {first}]({number}) of '{file}'"));
    }
    let text = (!words.is_empty()).then(|| format!(" Called from {}.", words.join(", ")));
    (locations, text)
}

/// The fix, when all of its files lie in the repository: half of a fix is none.
pub(super) fn fix(fix: &Fix, profile: Profile) -> Option<SarifFix> {
    let mut edits: Vec<_> = fix.changes.iter().collect();
    edits.sort();
    let mut files: BTreeMap<String, Vec<Replacement>> = BTreeMap::new();
    for edit in edits {
        let mut replacement = Replacement::builder().deleted_region(region(edit.range)).build();
        // What is only taken away has no new text (§3.57.4).
        if !edit.insert.is_empty() {
            replacement.inserted_content = Some(ArtifactContent::builder().text(edit.insert.as_str()).build());
        }
        files.entry(relative(&edit.file)?).or_default().push(replacement);
    }
    let changes: Vec<ArtifactChange> = files
        .into_iter()
        .map(|(uri, replacements)| {
            let location = artifact(&uri, true, profile);
            ArtifactChange::builder().artifact_location(location).replacements(replacements).build()
        })
        .collect();
    let description = Message::builder().text(sentence(&fix.description)).build();
    (!changes.is_empty()).then(|| SarifFix::builder().artifact_changes(changes).description(description).build())
}

/// What relative paths are relative to, when there is code.
pub(super) fn bases(assessment: &Assessment) -> Option<BTreeMap<String, ArtifactLocation>> {
    let is_code = |origin: &Origin| match origin {
        Origin::File { range, header, properties, .. } => range.is_some() || header.is_some() || !properties.is_empty(),
        Origin::Request { .. } => false,
    };
    let text = "The folder that files are named from: the root of the repository.";
    assessment.resources.iter().any(|r| r.place().is_some_and(is_code)).then(|| {
        let root = ArtifactLocation::builder().description(Message::builder().text(text).build()).build();
        BTreeMap::from([(ROOT.to_owned(), root)])
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::report::tests::{coded, rendered, sample};

    fn run(name: &str) -> Value {
        let mut assessment = sample();
        coded(&mut assessment);
        let mut log: Value = serde_json::from_str(&rendered(name, &assessment)).unwrap();
        log["runs"][0].take()
    }

    fn result(run: &Value) -> &Value {
        let results = run["results"].as_array().unwrap();
        results.iter().find(|r| r["properties"]["resourceId"].as_str().unwrap_or("").ends_with("pg-e")).unwrap()
    }

    #[test]
    fn a_result_in_code_has_its_lines_their_hash_and_its_name() {
        for (name, base) in [("sarif", json!("%SRCROOT%")), ("sarif-github", Value::Null)] {
            let run = run(name);
            let result = result(&run);
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], "infra/data%20base.tf");
            assert_eq!(place["artifactLocation"]["uriBaseId"], base, "{name}");
            let shown = "    public = \"\\u{202e}x\"";
            assert_eq!(
                (&place["region"]["startLine"], &place["region"]["snippet"]["text"]),
                (&json!(12), &json!(shown))
            );
            let around = &place["contextRegion"];
            assert_eq!((&around["startLine"], &around["endLine"]), (&json!(10), &json!(14)));
            assert_eq!(around["snippet"]["text"], format!("a\nb\n{shown}\nc\nd"));
            let logical = &result["locations"][0]["logicalLocations"][0];
            assert_eq!(logical["name"], "module.db.pg_server.e");
            assert!(logical["fullyQualifiedName"].as_str().unwrap().ends_with("/flexibleServers/pg-e"));
            let prints = &result["partialFingerprints"];
            assert_eq!(prints["primaryLocationLineHash"], "a7f2ff13bc495cf2:2");
            assert_eq!(prints["azureResourceRule/v1"].as_str().unwrap().len(), 64);
            assert_eq!(run["originalUriBaseIds"]["%SRCROOT%"]["uri"], Value::Null);
            assert_eq!(run["originalUriBaseIds"].is_object(), name == "sarif");
        }
        assert!(bases(&sample()).is_some());
        let mut live = sample();
        live.resources.retain(|r| r.id.name() != "pg-e");
        assert!(bases(&live).is_none());
    }

    #[test]
    fn the_message_links_to_the_calls() {
        for name in ["sarif", "sarif-github"] {
            let run = run(name);
            let result = result(&run);
            let text = result["message"]["text"].as_str().unwrap();
            let start = "'module.db.pg_server.e' (Microsoft.DBforPostgreSQL/flexibleServers): the network is open. \
                         The code does not say so: it is the default.";
            assert!(text.starts_with(start), "{text}");
            let end = " Called from 'module.app' at [line 3](1) of 'main.tf', \
                       'module.db[\"x] (9\"]' at [line 4](2) of 'infra/app/main.tf'.";
            assert!(text.ends_with(end), "{text}");
            let related = result["relatedLocations"].as_array().unwrap();
            assert_eq!(related.len(), 2);
            assert_eq!((&related[0]["id"], &related[1]["id"]), (&json!(1), &json!(2)));
            assert_eq!(related[0]["message"]["text"], "called from module.app at main.tf:3");
            assert_eq!(related[1]["physicalLocation"]["region"]["startLine"], 4);
        }
    }

    #[test]
    fn calls_are_named_once_and_not_without_end() {
        let range = crate::model::Range { start_line: 1, start_column: 1, end_line: 1, end_column: 2 };
        let call = |n: usize| Call { name: format!("m{n}"), file: "a.tf".to_owned(), range };
        let calls: Vec<Call> = (0..100).map(|n| call(n % 50)).collect();
        let (locations, text) = called(calls.iter(), Profile::Github);
        assert_eq!((locations.len(), text.unwrap().matches("](").count()), (CALLS, CALLS));
        let (locations, text) = called(calls[..1].iter().chain(&calls[..1]), Profile::Github);
        assert_eq!((locations.len(), text.is_some()), (1, true));
        assert_eq!(called([].iter(), Profile::Full), (vec![], None));
    }

    #[test]
    fn fixes_are_changes_by_file() {
        assert!(result(&run("sarif-github"))["fixes"].is_null());
        let run = run("sarif");
        let fix = &result(&run)["fixes"][0];
        assert_eq!(fix["description"]["text"], "Close [the] (1) network.");
        let changes = fix["artifactChanges"].as_array().unwrap();
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0]["artifactLocation"]["uri"], "infra/data%20base.tf");
        let [cut, insert] = changes[0]["replacements"].as_array().unwrap().as_slice() else { panic!("{fix}") };
        assert_eq!((&cut["deletedRegion"]["startLine"], &cut["insertedContent"]), (&json!(12), &Value::Null));
        assert_eq!(insert["insertedContent"]["text"], "  public = false\n");
        assert_eq!(insert["deletedRegion"], json!({"startLine": 13, "startColumn": 1, "endLine": 13, "endColumn": 1}));
        let outside = serde_json::from_value::<Fix>(json!({"description": "d", "changes": [
            {"file": "a.tf", "range": {"start_line": 1, "start_column": 1, "end_line": 1, "end_column": 1}, "insert": "x"},
            {"file": "../b.tf", "range": {"start_line": 1, "start_column": 1, "end_line": 1, "end_column": 1}, "insert": "x"}
        ]}));
        assert!(super::fix(&outside.unwrap(), Profile::Full).is_none());
    }
}
