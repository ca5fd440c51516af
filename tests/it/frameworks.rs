//! Frameworks: every paragraph of the catalogue is there and answered by policies or by people, nothing is claimed beyond its
//! evidence, frameworks of a firm's own map policies to controls, and crosswalks lead where they say.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use assize::model::{EvidenceStrength, ManualItem, PolicySet, matches_pattern};
use assize::policy::{Answer, Sources, answers, load, totals};
use serde_json::Value;

use crate::support::{assize, command, path, same_file, stderr, stdout};

/// Checks of the catalogue that have neither a policy nor a manual item yet. Whoever writes the policy takes the check out.
const NOT_YET: &[&str] = &[];

fn library() -> PolicySet {
    load(&[], true).expect("the library")
}

/// The lines of a file of the catalogue, in words.
fn catalogue(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path(&format!("fixtures/catalogue/{name}.txt"))).expect("the catalogue");
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    lines.map(|l| l.split_whitespace().map(str::to_owned).collect()).collect()
}

/// Checks that policies serve.
fn served(set: &PolicySet) -> BTreeSet<&str> {
    set.policies.values().map(|p| p.meta.check.as_str()).collect()
}

/// Manual items with the controls they stand under.
fn manual(set: &PolicySet) -> BTreeMap<&str, (&ManualItem, BTreeSet<&str>)> {
    let mut items: BTreeMap<&str, (&ManualItem, BTreeSet<&str>)> = BTreeMap::new();
    for control in set.frameworks.values().flat_map(|f| &f.controls) {
        for item in &control.manual {
            let (first, controls) = items.entry(&item.id).or_insert_with(|| (item, BTreeSet::new()));
            assert_eq!(*first, item, "{}: the same id says different things", item.id);
            controls.insert(&control.id);
        }
    }
    items
}

#[test]
fn every_control_of_the_catalogue_is_there_with_its_strength() {
    let set = library();
    let found: BTreeSet<Vec<String>> = set
        .frameworks
        .values()
        .flat_map(|f| {
            f.controls.iter().map(|c| vec![f.id.clone(), c.id.clone(), c.evidence_strength.as_str().to_owned()])
        })
        .collect();
    let expected: BTreeSet<Vec<String>> = catalogue("controls").into_iter().collect();
    assert_eq!(expected.len(), 173);
    let missing: Vec<_> = expected.difference(&found).collect();
    let more: Vec<_> = found.difference(&expected).collect();
    assert!(missing.is_empty() && more.is_empty(), "missing {missing:?}, more {more:?}");
}

#[test]
fn every_control_is_answered_and_says_how_far() {
    let set = library();
    for framework in set.frameworks.values() {
        for answered in answers(&set, framework) {
            let control = answered.control;
            assert_ne!(answered.answer(), Answer::Nobody, "{} is answered by nobody", control.id);
            let words = control.evidence_reason.split_whitespace().count();
            assert!(words >= 5, "{}: {:?} says too little", control.id, control.evidence_reason);
            if control.evidence_strength == EvidenceStrength::None {
                assert_eq!(answered.answer(), Answer::Manual, "{}", control.id);
            }
            for (policy, why) in answered.policies {
                assert!(why.split_whitespace().count() >= 3, "{policy} under {}", control.id);
            }
        }
    }
    assert!(manual(&set).len() > 50);
}

/// What of the checks has neither a policy nor a manual item, and what is excused although it has one.
fn unanswered(
    checks: &[Vec<String>],
    served: &BTreeSet<&str>,
    manual: &BTreeSet<&str>,
    excused: &[&str],
) -> Vec<String> {
    let mut wrong = Vec::new();
    for check in checks.iter().map(|c| c[0].as_str()) {
        let answered = served.contains(check) || manual.contains(check);
        match (answered, excused.contains(&check)) {
            (false, false) => wrong.push(format!("{check} has neither a policy nor a manual item")),
            (true, true) => wrong.push(format!("{check} is answered now: take it out of NOT_YET")),
            _ => {}
        }
    }
    wrong.extend(excused.iter().filter(|e| !checks.iter().any(|c| c[0] == **e)).map(|e| format!("{e} is no check")));
    wrong
}

#[test]
fn every_check_of_the_catalogue_has_a_policy_or_a_manual_item() {
    let set = library();
    let checks = catalogue("checks");
    assert_eq!(checks.len(), 144);
    let (served, items) = (served(&set), manual(&set));
    let manual: BTreeSet<&str> = items.keys().copied().collect();
    let wrong = unanswered(&checks, &served, &manual, NOT_YET);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A manual item of a check stands under every control of the check, and under no other.
    for check in &checks {
        if let Some((_, controls)) = items.get(check[0].as_str()) {
            let expected: BTreeSet<&str> = check[1..].iter().map(String::as_str).collect();
            assert_eq!(*controls, expected, "{}", check[0]);
        }
    }
    // The test can fail.
    let all_but_one = served.iter().copied().filter(|check| *check != "PG-TLS-001").collect();
    assert_eq!(unanswered(&checks, &all_but_one, &manual, NOT_YET).len(), 1);
    assert_eq!(unanswered(&checks, &served, &manual, &[NOT_YET, &["PG-TLS-001"]].concat()).len(), 1);
    assert_eq!(unanswered(&checks, &served, &manual, &[NOT_YET, &["PG-TLS-999"]].concat()).len(), 1);
}

fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|p| p.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|p| p.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c)))
}

#[test]
fn crosswalks_name_checks_that_exist_and_ids_that_can() {
    let set = library();
    let expected =
        ["azure-policy", "azure-policy-dora", "azure-policy-gdpr", "finos-ccc", "nist-800-53", "norea-dora-in-control"];
    assert!(set.crosswalks.keys().eq(expected), "{:?}", set.crosswalks.keys());
    let checks = catalogue("checks");
    let mut known = served(&set);
    known.extend(checks.iter().map(|c| c[0].as_str()));
    for crosswalk in set.crosswalks.values() {
        let shape: fn(&str) -> bool = match crosswalk.id.as_str() {
            "azure-policy" => is_guid,
            "azure-policy-dora" => |id| id.starts_with("DORA_2022_2554_"),
            "azure-policy-gdpr" => |id| id.starts_with("EU_GDPR_2016_679_Art._"),
            "finos-ccc" => |id| id.starts_with("CCC.") && id.contains(".CN"),
            "nist-800-53" => |id| {
                id.split_once('-').is_some_and(|(family, number)| {
                    family.len() == 2 && family.chars().all(|c| c.is_ascii_uppercase()) && number.parse::<u8>().is_ok()
                })
            },
            _ => |id| id.split_once('.').is_some_and(|(a, b)| a.parse::<u8>().is_ok() && b.parse::<u8>().is_ok()),
        };
        assert!(crosswalk.licence.len() > 5 && crosswalk.source.contains("https://"), "{}", crosswalk.id);
        for entry in &crosswalk.entries {
            assert!(entry.source.split_whitespace().count() >= 3, "{}: {entry:?}", crosswalk.id);
            for check in &entry.checks {
                let found = known.iter().any(|k| matches_pattern(check, k));
                assert!(found, "{}: there is no check {check}", crosswalk.id);
            }
            for id in &entry.ids {
                assert!(shape(id), "{}: {id:?} is no id", crosswalk.id);
            }
        }
        assert!(crosswalk.default.iter().all(|id| shape(id)));
    }
    assert!(is_guid("c29c38cb-74a7-4505-9a06-e588ab86620a"));
    for bad in
        ["C29C38CB-74a7-4505-9a06-e588ab86620a", "c29c38cb-74a7-4505-9a06", "g29c38cb-74a7-4505-9a06-e588ab86620a"]
    {
        assert!(!is_guid(bad), "{bad}");
    }
    // Every policy has an id of NIST; one that no entry names gets the default.
    for policy in set.policies.values() {
        let ids = policy.meta.crosswalks.get("nist-800-53").unwrap_or_else(|| panic!("{}", policy.meta.id));
        assert!(!ids.is_empty(), "{}", policy.meta.id);
    }
    let nist = &set.crosswalks["nist-800-53"];
    assert_eq!(nist.lookup([("NO-SUCH-1", "own.x.y")].into_iter()), [["RA-5", "SA-11"]]);
}

#[test]
fn policies_show_their_crosswalks() {
    let id = "azure.postgresql.secure_transport_required";
    let text = stdout(&assize(&["policy", "show", id]));
    assert!(
        text.contains("The same idea in NIST SP 800-53 Rev. 5:\n  SC-13: Cryptographic Protection\n  SC-8:"),
        "{text}"
    );
    let list: Value = serde_json::from_str(&stdout(&assize(&["policy", "list", "--output", "json"]))).expect("JSON");
    let policy = list.as_array().expect("a list").iter().find(|p| p["id"] == id).expect("the policy");
    assert_eq!(policy["crosswalks"]["azure-policy"][0], "c29c38cb-74a7-4505-9a06-e588ab86620a");
    assert_eq!(policy["crosswalks"]["finos-ccc"][0], "CCC.Core.CN01");
}

#[test]
fn coverage_counts_and_never_gives_a_percentage() {
    let text = stdout(&assize(&["framework", "coverage"]));
    for word in ["policies and manual", "none", "gdpr:", "rts-2024-1773:", "its-2024-2956:"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!text.contains('%') && !text.contains("not covered  "), "{text}");
    let one = stdout(&assize(&["framework", "coverage", "dora", "--output", "json"]));
    assert!(!one.contains('%') && !one.contains("percent"), "{one}");
    let one: Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(one.as_array().map(Vec::len), Some(1));
    let controls = one[0]["controls"].as_array().expect("controls");
    assert_eq!(controls.len(), 55);
    let sum: u64 = one[0]["totals"]
        .as_object()
        .expect("totals")
        .values()
        .flat_map(|row| row.as_object().expect("a row").values())
        .map(|n| n.as_u64().expect("a number"))
        .sum();
    assert_eq!(sum, 55);
    let crisis = controls.iter().find(|c| c["id"] == "DORA-14").expect("DORA-14");
    assert_eq!((&crisis["answer"], &crisis["policies"]), (&Value::from("manual"), &Value::from(0)));
    let none = assize(&["framework", "coverage", "nis2"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(stderr(&none).contains("there is no framework \"nis2\""), "{}", stderr(&none));
}

const OWN: &str = "\
id: own
title: The firm's own catalogue
version: '3'
source: https://example.com/own
controls:
- id: OWN-1.2
  cite: '1.2'
  title: Encryption on the way
  obligation: Databases are reached encrypted only.
  evidence_strength: partial
  evidence_reason: Settings of databases in Azure; other databases are not seen.
  policies:
    azure.postgresql.secure_*: the server refuses sessions in clear text
    PG-TLS-002: the floor of the TLS version is set
  manual:
  - id: OWN-M-1
    title: Other databases
    what: The list of databases outside Azure and how they encrypt.
    evidence: The configuration management database.
    reason: They are not in Azure.
- id: OWN-1.3
  cite: '1.3'
  title: Awareness
  obligation: People know why.
  evidence_strength: none
  evidence_reason: Training is not in Azure.
  manual: [OWN-M-1]
";

/// The text in a folder as `own.yaml`, and its path.
fn own(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("own.yaml");
    std::fs::write(&file, text).expect("a file");
    let file = file.to_string_lossy().into_owned();
    (folder, file)
}

const POLICY: &str = "azure.postgresql.secure_transport_required";

fn scan(more: &[&str], folder: Option<&std::path::Path>) -> Value {
    let snapshot = path("fixtures/bank/bank.snapshot.jsonl").to_string_lossy().into_owned();
    let mut run = command();
    if let Some(folder) = folder {
        run.current_dir(folder);
    }
    let output = run
        .args(["scan", &snapshot, "--policy", POLICY, "--at", "2026-11-01T06:00:00Z"])
        .args(more)
        .output()
        .expect("the program starts");
    serde_json::from_str(&stdout(&output)).unwrap_or_else(|e| panic!("{e}: {}", stderr(&output)))
}

/// That an assessment shows the firm's control with the policy that serves it.
fn shows(assessment: &Value) {
    let policy = &assessment["policies"][0];
    assert_eq!(policy["id"], POLICY);
    assert_eq!(policy["controls"]["OWN-1.2"], "the server refuses sessions in clear text");
    let controls = assessment["controls"].as_array().expect("controls");
    let own: Vec<&Value> = controls.iter().filter(|c| c["framework"] == "own").collect();
    assert_eq!(own.len(), 1, "{own:?}");
    assert_eq!(own[0]["policies"], serde_json::json!([POLICY]));
    assert!(own[0]["summary"]["listed"].as_u64() > Some(0));
    let framework = assessment["frameworks"].as_array().expect("frameworks").iter().find(|f| f["id"] == "own");
    assert_eq!(framework.expect("the framework")["controls"][1]["manual"][0]["id"], "OWN-M-1");
}

#[test]
fn a_framework_of_ones_own_maps_policies_from_a_file_from_settings_and_from_a_folder() {
    let (folder, file) = own(OWN);
    let assessment = scan(&["--framework", &file, "-o", "json"], None);
    shows(&assessment);
    let plain = scan(&["-o", "json"], None);
    assert_ne!(plain["policy_set"]["sha256"], assessment["policy_set"]["sha256"], "the digest names what judged");
    assert!(plain["policies"][0]["controls"].get("OWN-1.2").is_none());

    std::fs::write(folder.path().join("assize.yaml"), "version: 1\nframeworks: [own.yaml]\n").expect("a file");
    shows(&scan(&["-o", "json"], Some(folder.path())));
    let config = folder.path().join("assize.yaml").to_string_lossy().into_owned();
    let shown = stdout(&assize(&["framework", "coverage", "own", "--config", &config]));
    assert!(
        shown.contains("OWN-1.3            none       manual              policies: 0, manual items: 1"),
        "{shown}"
    );

    let policies = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(policies.path().join("frameworks")).expect("a folder");
    std::fs::write(policies.path().join("frameworks/own.yaml"), OWN).expect("a file");
    let policies = policies.path().to_string_lossy().into_owned();
    shows(&scan(&["--policies", &policies, "--embedded", "-o", "json"], None));

    // Reports show the control as others.
    let sarif = scan(&["--framework", &file, "-o", "sarif"], None);
    let taxonomies = sarif["runs"][0]["taxonomies"].as_array().expect("taxonomies");
    let own = taxonomies.iter().find(|t| t["name"] == "own").expect("the framework");
    assert_eq!(own["taxa"][0]["id"], "OWN-1.2");
    let rule = &sarif["runs"][0]["tool"]["driver"]["rules"][0];
    let serves =
        rule["relationships"].as_array().expect("relationships").iter().any(|r| r["target"]["id"] == "OWN-1.2");
    assert!(serves, "{rule}");
}

#[test]
fn what_is_wrong_with_a_framework_of_ones_own_is_named_with_its_line() {
    for (from, to, line, word) in [
        ("azure.postgresql.secure_*", "azure.postgres.secure_*", 13, "no policy and no check matches"),
        ("PG-TLS-002", "PG-TLS-009", 14, "no policy and no check matches \"PG-TLS-009\""),
        ("the floor of the TLS version is set", "yes", 14, "needs a reason"),
        ("PG-TLS-002: the", "azure.postgresql.secure_*: the", 13, "stands twice"),
        ("manual: [OWN-M-1]", "manual: [OWN-M-2]", 21, "names the manual item \"OWN-M-2\""),
        ("  manual: [OWN-M-1]\n", "", 21, "needs a manual item"),
        (
            "  manual: [OWN-M-1]",
            "  manual: [OWN-M-1]\n  policies: {'*': serves it all the same}",
            21,
            "no policy can serve it",
        ),
        ("- id: OWN-1.3", "- id: OWN-1.2", 6, "appears twice"),
        ("- id: OWN-1.3", "- id: DORA-9-2", 21, "the control DORA-9-2 is also in dora"),
        ("- id: OWN-1.3", "- id: 'OWN 1.3'", 21, "must be made of"),
        ("id: own\n", "id: other\n", 1, "the file is named \"own\""),
        ("evidence_strength: partial", "evidence_strength: total", 10, "unknown variant `total`"),
        ("  obligation: People", "  obliged: People", 24, "unknown field `obliged`"),
        ("    what: The list", "    who: The list", 18, "unknown field `who`"),
        ("    title: Other databases", "    title: ''", 16, "has an empty title"),
        ("evidence_reason: Training is not in Azure.", "evidence_reason: No.", 21, "needs an evidence_reason"),
        (
            "manual: [OWN-M-1]",
            "manual: [{id: OWN-M-1, title: t, what: w, evidence: e, reason: r}]",
            16,
            "written out twice",
        ),
        ("title: Awareness", "title: &a Awareness", 23, "holds an anchor"),
    ] {
        assert!(OWN.contains(from), "{from}");
        let (_folder, file) = own(&OWN.replacen(from, to, 1));
        let output = assize(&["policy", "check", "--framework", &file]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{word}: {said}");
        let shown = said.lines().map(|l| l.trim_start_matches("error: ").trim_start()).find(|l| l.contains(word));
        let shown = shown.unwrap_or_else(|| panic!("{word}: {said}"));
        let rest = shown.strip_prefix(&file.replace('\\', "/")).unwrap_or_else(|| panic!("{file}: {shown}"));
        let at = rest.trim_start_matches(':').split(':').next().expect("a line");
        assert_eq!(at.parse::<u32>().ok(), Some(line), "{shown}");
    }
    let (_folder, file) = own(OWN);
    let output = assize(&["policy", "check", "--framework", &file]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let (_other_folder, other) = self::own(&OWN.replace("Awareness", "Training"));
    for pair in [[&file, &other], [&other, &file]] {
        let output = assize(&["framework", "list", "--framework", pair[0], "--framework", pair[1]]);
        assert!(
            output.status.code() == Some(2) && stderr(&output).contains("another framework of that name"),
            "{pair:?}"
        );
    }
    let output = assize(&["framework", "list", "--framework", &file, "--framework", &file]);
    assert_eq!(output.status.code(), Some(0), "the same twice: {}", stderr(&output));
    let missing = assize(&["framework", "list", "--framework", "no/such.yaml"]);
    assert!(missing.status.code() == Some(2) && stderr(&missing).contains("no/such.yaml"), "{}", stderr(&missing));
    let named = assize(&["framework", "list", "--framework", "README.md"]);
    assert!(stderr(&named).contains("README.md:1: a framework file is named ID.yaml"), "{}", stderr(&named));
}

#[test]
fn a_policy_cannot_serve_a_control_without_evidence_and_its_own_reason_counts_first() {
    let rego =
        std::fs::read_to_string(path("policies/azure/postgresql/secure_transport_required/policy.rego")).expect("text");
    let from = |text: String| Sources::from_files("own", [(format!("{}/policy.rego", POLICY.replace('.', "/")), text)]);
    let wrong = rego.replacen("#   controls:\n", "#   controls:\n#     DORA-14: it says nothing of this\n", 1);
    let line = wrong.lines().position(|l| l.contains("DORA-14")).expect("the line") + 1;
    let error = load(&[from(wrong)], false).map(|_| ()).expect_err("refused").to_string();
    assert!(error.contains(&format!("policy.rego:{line}:")) && error.contains("evidence strength none"), "{error}");

    let own =
        OWN.replace("PG-TLS-002: the floor of the TLS version is set", "PG-TLS-001: a check is more than a pattern");
    let files = [("frameworks/own.yaml".to_owned(), own)];
    let set = load(&[Sources::from_files("f", files)], true).expect("loads");
    let meta = &set.find(POLICY).expect("the policy").meta;
    assert_eq!(meta.controls["OWN-1.2"], "a check is more than a pattern");
    let mapped = rego.replacen("#   controls:\n", "#   controls:\n#     OWN-1.2: the policy says so itself\n", 1);
    let files = [
        ("frameworks/own.yaml".to_owned(), OWN.to_owned()),
        (format!("{}/policy.rego", POLICY.replace('.', "/")), mapped),
    ];
    // PG-TLS-002 is not loaded now, but it is a check of the library.
    let set = load(&[Sources::from_files("f", files)], false).expect("loads");
    assert_eq!(set.find(POLICY).expect("the policy").meta.controls["OWN-1.2"], "the policy says so itself");
}

#[test]
fn framework_files_keep_to_their_schema() {
    let text = std::fs::read_to_string(path("docs/schemas/framework.schema.json")).expect("a schema");
    let schema = jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema");
    let yaml = |text: &str| -> Value { yaml_serde::from_str(text).expect("YAML") };
    let mut seen = 0;
    for entry in std::fs::read_dir(path("policies/frameworks")).expect("a folder") {
        let file = entry.expect("an entry").path();
        if file.is_file() {
            let value = yaml(&std::fs::read_to_string(&file).expect("text"));
            let errors: Vec<String> =
                schema.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", file.display());
            seen += 1;
        }
    }
    assert_eq!(seen, library().frameworks.len());
    assert!(schema.is_valid(&yaml(OWN)));
    for (from, to) in [
        ("  manual: [OWN-M-1]\n", ""),
        ("manual: [OWN-M-1]", "manual: []"),
        ("manual: [OWN-M-1]", "manual: [{id: X}]"),
        ("manual: [OWN-M-1]", "manual: [OWN-M-1]\n  policies: {x: y z w}"),
        ("evidence_strength: partial", "evidence_strength: total"),
        ("- id: OWN-1.3", "- id: OWN 1.3"),
        ("  obligation: People", "  obliged: People"),
    ] {
        assert!(!schema.is_valid(&yaml(&OWN.replacen(from, to, 1))), "{to} is accepted");
    }
}

const BEGIN: &str = "<!-- begin: made by a test -->\n";
const END: &str = "<!-- end: made by a test -->\n";

/// The part of `docs/frameworks.md` that is made of the frameworks.
fn coverage_page(set: &PolicySet) -> String {
    let cell = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    let mut text = String::from("\n## Controls and who answers them\n\n| framework | strength | controls |");
    for answer in Answer::ALL {
        let _ = write!(text, " {} |", answer.as_str());
    }
    text.push_str("\n| --- | --- | --- | --- | --- | --- | --- |\n");
    for framework in set.frameworks.values() {
        for (strength, row) in totals(&answers(set, framework)).iter().rev() {
            let all: usize = row.values().sum();
            if all > 0 {
                let _ = write!(text, "| {} | {} | {all} |", framework.id, strength.as_str());
                for answer in Answer::ALL {
                    let _ = write!(text, " {} |", row[&answer]);
                }
                text.push('\n');
            }
        }
    }
    for framework in set.frameworks.values() {
        let _ = write!(text, "\n### {}\n\n{}, `{}`\n\n", framework.title, framework.version, framework.id);
        text.push_str("| control | asks for | strength | how far Azure shows it | policies | manual items |\n| --- | --- | --- | --- | --- | --- |\n");
        for answered in answers(set, framework) {
            let control = answered.control;
            let items: Vec<&str> = control.manual.iter().map(|m| m.id.as_str()).collect();
            let _ = writeln!(
                text,
                "| {}, {} | {} | {} | {} | {} | {} |",
                control.id,
                cell(&control.cite),
                cell(&control.obligation),
                control.evidence_strength.as_str(),
                cell(&control.evidence_reason),
                answered.policies.len(),
                items.join(", ")
            );
        }
    }
    text.push_str("\n## Manual items\n\n| item | what to show | where it comes from | why Azure cannot answer it | controls |\n| --- | --- | --- | --- | --- |\n");
    for (id, (item, controls)) in manual(set) {
        let controls: Vec<&str> = controls.into_iter().collect();
        let _ = writeln!(
            text,
            "| {id}: {} | {} | {} | {} | {} |",
            cell(&item.title),
            cell(&item.what),
            cell(&item.evidence),
            cell(&item.reason),
            controls.join(", ")
        );
    }
    text.push_str("\n## Crosswalks\n\n| crosswalk | leads to | policies with an id of their own | licence | source |\n| --- | --- | --- | --- | --- |\n");
    for crosswalk in set.crosswalks.values() {
        let own = set
            .policies
            .values()
            .filter(|p| p.meta.crosswalks.get(&crosswalk.id).is_some_and(|ids| *ids != crosswalk.default));
        let _ = writeln!(
            text,
            "| {} | {}, {} | {} | {} | {} |",
            crosswalk.id,
            cell(&crosswalk.title),
            cell(&crosswalk.version),
            own.count(),
            cell(&crosswalk.licence),
            cell(&crosswalk.source)
        );
    }
    text.push('\n');
    text
}

/// The tables of `docs/frameworks.md` are made of the framework files.
#[test]
fn the_framework_page_is_fresh() {
    let page = std::fs::read_to_string(path("docs/frameworks.md")).expect("the page");
    let (before, rest) = page.split_once(BEGIN).expect("the mark where the tables begin");
    let (_, after) = rest.split_once(END).expect("the mark where the tables end");
    let text = format!("{before}{BEGIN}{}{END}{after}", coverage_page(&library()));
    same_file("docs/frameworks.md", text.as_bytes());
}
