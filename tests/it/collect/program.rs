//! The program itself: what it writes, what it says, how it goes on after it was killed.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::{TIME, bank};
use crate::fake::{Behaviour, FakeArm, Fault, Kind, TOKEN};
use crate::support::{command, stderr, stdout};

/// The program, with a token for the fake.
fn program(folder: &Path) -> Command {
    let mut command = command();
    command.current_dir(folder).env("ASSIZE_ALLOW_HTTP_ON_LOOPBACK", "1").env("ASSIZE_ACCESS_TOKEN", TOKEN);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
}

fn collect(fake: &FakeArm, folder: &Path, more: &[&str]) -> Command {
    let mut command = program(folder);
    command.args(["collect", "--arm-endpoint", &fake.origin(), "--credential", "token", "--at", TIME]);
    command.args(["--policy", "azure.postgresql.*", "--policy", "azure.key_vault.*", "--policy", "azure.mysql.*"]);
    command.args(["-o", "bank.jsonl"]).args(more);
    command
}

#[test]
fn a_collection_is_written_whole_and_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeArm::start(bank(), Behaviour::default());
    let output = collect(&fake, folder.path(), &[]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!folder.path().join("bank.jsonl.journal").exists());
    let said = stderr(&output);
    assert!(said.contains("7 subscriptions") && said.contains("wrote bank.jsonl, SHA-256 "), "{said}");
    let scan = crate::support::command()
        .current_dir(folder.path())
        .args(["scan", "bank.jsonl", "--policy", "azure.postgresql.*", "-o", "json"])
        .output()
        .expect("the program starts");
    let assessment: Value = serde_json::from_str(&stdout(&scan)).expect("an assessment");
    assert!(assessment["summary"]["fail"].as_u64() > Some(20), "{}", assessment["summary"]);
    let mut live = program(folder.path());
    live.args(["scan", "--azure", "--arm-endpoint", &fake.origin(), "--credential", "token"]);
    live.args(["--policy", "azure.postgresql.*", "-o", "json", "--at", TIME]);
    let output = live.output().expect("the program starts");
    let again: Value = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    assert_eq!(again["findings"], assessment["findings"]);
}

#[test]
fn what_failed_is_told_and_tried_again_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let denied = Behaviour::default()
        .with(Fault::action("Microsoft.DBforPostgreSQL/flexibleServers/configurations/read", Kind::Forbidden));
    let fake = FakeArm::start(bank(), denied);
    let output = collect(&fake, folder.path(), &[]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let said = stderr(&output);
    assert!(said.contains("calls failed") && said.contains("AuthorizationFailed"), "{said}");
    assert!(said.contains("Microsoft.DBforPostgreSQL/flexibleServers/configurations/read"), "{said}");
    fake.behave(Behaviour::default());
    fake.forget();
    let output = collect(&fake, folder.path(), &["--resume", "--retry-gaps"]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let asked = fake.requests();
    // What Azure has no answer to is asked again too.
    let again = |r: &&crate::fake::Recorded| r.path.contains("/configurations") || r.status == 404;
    let other = asked.iter().find(|r| !again(r) && !r.path.starts_with("/metadata"));
    assert!(other.is_none(), "{other:?}");
    let retried = std::fs::read(folder.path().join("bank.jsonl")).expect("a snapshot");
    let output = collect(&fake, folder.path(), &[]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0));
    assert!(retried == std::fs::read(folder.path().join("bank.jsonl")).expect("a snapshot"), "the snapshots differ");
}

/// Killed at any moment, it goes on and gives the same bytes.
#[test]
fn a_killed_collection_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake =
        FakeArm::start(bank(), Behaviour { latency: Duration::from_millis(4), record: false, ..Behaviour::default() });
    let started = std::time::Instant::now();
    let output = collect(&fake, folder.path(), &[]).output().expect("the program starts");
    let took = started.elapsed();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let whole = std::fs::read(folder.path().join("bank.jsonl")).expect("a snapshot");
    let times: u32 = std::env::var("ASSIZE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut resumed = 0;
    for round in 0..times {
        std::fs::remove_file(folder.path().join("bank.jsonl")).expect("a snapshot");
        let _ = std::fs::remove_file(folder.path().join("bank.jsonl.journal"));
        // Killed up to three times in a row.
        for attempt in 0..=(round % 3) {
            let more: &[&str] = if folder.path().join("bank.jsonl.journal").exists() { &["--resume"] } else { &[] };
            let mut running = collect(&fake, folder.path(), more)
                .stderr(Stdio::null())
                .stdout(Stdio::null())
                .spawn()
                .expect("it starts");
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let part = (seed >> 33) as f64 / f64::from(1u32 << 31);
            std::thread::sleep(took.mul_f64(part / f64::from(attempt + 1)));
            running.kill().expect("it is killed");
            running.wait().expect("it ends");
        }
        let journal = folder.path().join("bank.jsonl.journal");
        let mut first = Vec::new();
        let begun = std::fs::File::open(&journal).and_then(|f| f.take(1 << 20).read_to_end(&mut first)).is_ok()
            && first.contains(&b'\n');
        resumed += u32::from(begun);
        let more: &[&str] = if begun { &["--resume"] } else { &[] };
        let output = collect(&fake, folder.path(), more).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let again = std::fs::read(folder.path().join("bank.jsonl")).expect("a snapshot");
        assert!(again == whole, "round {round}: the snapshots differ");
    }
    assert!(resumed > 0, "it was never killed after it had begun");
}

/// Interrupted, it writes what it has and says what is missing; resumed, it goes on.
#[cfg(unix)]
#[test]
fn an_interrupted_collection_writes_what_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake =
        FakeArm::start(bank(), Behaviour { latency: Duration::from_millis(40), record: false, ..Behaviour::default() });
    let running = collect(&fake, folder.path(), &[]).stderr(Stdio::piped()).spawn().expect("it starts");
    std::thread::sleep(Duration::from_millis(700));
    let interrupt = Command::new("kill").args(["-INT", &running.id().to_string()]).status().expect("kill starts");
    assert!(interrupt.success());
    let output = running.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("the collection was stopped before this call"), "{}", stderr(&output));
    let partial = assize::snapshot::read(&[folder.path().join("bank.jsonl")]).expect("a whole file");
    assert!(!partial.gaps().is_empty());
    let output = collect(&fake, folder.path(), &["--resume"]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let whole = assize::snapshot::read(&[folder.path().join("bank.jsonl")]).expect("a whole file");
    assert!(whole.resources().len() > partial.resources().len() && whole.gaps().len() < partial.gaps().len());
}

#[test]
fn the_token_is_never_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeArm::start(bank(), Behaviour::default().with(Fault::on("/databases", Kind::EchoToken)));
    let output = collect(&fake, folder.path(), &["--log-level", "trace"]).output().expect("the program starts");
    let said = stderr(&output) + &stdout(&output);
    assert!(said.contains("sent GET /subscriptions") && said.contains("403 GET"), "{}", &said[..said.len().min(2000)]);
    let middle = TOKEN.split('.').nth(1).expect("a token has three parts");
    for file in ["bank.jsonl", "bank.jsonl.journal"] {
        let text = std::fs::read_to_string(folder.path().join(file)).expect("text");
        assert!(!text.contains(TOKEN) && !text.contains(middle), "{file}");
    }
    assert!(!said.contains(TOKEN) && !said.contains(middle));
}

#[test]
fn preflight_names_what_is_missing_and_the_role_that_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let fake = FakeArm::start(bank(), Behaviour::default());
    let run = |more: &[&str]| {
        let mut preflight = program(folder.path());
        preflight.arg("preflight").args(["--policy", "azure.postgresql.*"]).args(more);
        preflight.output().expect("the program starts")
    };
    let live = ["--arm-endpoint", &fake.origin(), "--credential", "token"];
    let output = run(&live);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let role = run(&["--role", "json", "--management-group", "bank"]);
    let role: Value = serde_json::from_str(&stdout(&role)).expect("JSON");
    let actions: Vec<String> = role["Actions"]
        .as_array()
        .unwrap_or_else(|| panic!("{role}"))
        .iter()
        .map(|a| a.as_str().expect("an action").to_owned())
        .collect();
    assert!(actions.iter().all(|a| a.ends_with("/read") && !a.contains('*')), "{actions:?}");
    // With this role and nothing else, nothing is refused.
    fake.behave(Behaviour { granted: Some(actions.clone()), ..Behaviour::default() });
    let output = run(&live);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    // Without one of its actions, that one is named.
    let lacking = "Microsoft.DBforPostgreSQL/flexibleServers/configurations/read";
    let less = actions.into_iter().filter(|a| !a.eq_ignore_ascii_case(lacking)).collect();
    fake.behave(Behaviour { granted: Some(less), ..Behaviour::default() });
    let output = run(&live);
    assert_eq!(output.status.code(), Some(3));
    assert!(stdout(&output).contains(lacking), "{}", stdout(&output));
}

/// A live finding points at the code that declares the resource, whether by state, by tag or by name.
#[test]
fn live_findings_point_at_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let code = folder.path().join("code");
    std::fs::create_dir(&code).expect("a folder");
    let block = |n: &str, name: &str| {
        format!(
            "resource \"azurerm_postgresql_flexible_server\" \"{n}\" {{\n  name                = \"{name}\"\n  \
             resource_group_name = \"rg\"\n  location            = \"westeurope\"\n}}\n\n"
        )
    };
    let server = |n: &str| {
        format!(
            "/subscriptions/5c1f0000-0000-4000-8000-00000000000a/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/{n}"
        )
    };
    // The first by its name, the second by the state although its name is not known, the third by its tag.
    let text = block("one", "pg-one") + &block("two", "${var.unknown}") + &block("three", "${var.other}");
    std::fs::write(code.join("main.tf"), &text).expect("a file");
    let state = serde_json::json!({"version": 4, "resources": [{
        "mode": "managed", "type": "azurerm_postgresql_flexible_server", "name": "two",
        "instances": [{"attributes": {"id": server("pg-two"), "administrator_password": "secret"}}]
    }]});
    std::fs::write(code.join("terraform.tfstate"), state.to_string()).expect("a file");
    let mut estate = crate::fake::Estate::empty();
    estate.subscription("5c1f0000-0000-4000-8000-00000000000a", "Enabled", "bank");
    for (name, tags) in [
        ("pg-one", serde_json::json!({})),
        ("pg-two", serde_json::json!({})),
        ("pg-three", serde_json::json!({"git_file": "main.tf", "yor_name": "three"})),
        ("pg-four", serde_json::json!({})),
    ] {
        estate.add(&serde_json::json!({
            "id": server(name), "name": name, "type": "Microsoft.DBforPostgreSQL/flexibleServers",
            "location": "westeurope", "tags": tags,
            "properties": {"backup": {"backupRetentionDays": 7, "geoRedundantBackup": "Disabled"}}
        }));
    }
    estate.seal();
    let fake = FakeArm::start(estate, Behaviour::default());
    let mut scan = program(folder.path());
    scan.args(["scan", "--azure", "--iac", "code", "--arm-endpoint", &fake.origin(), "--credential", "token"]);
    scan.args(["--policy", "azure.postgresql.backup_retention_sufficient", "-o", "sarif-github", "--at", TIME]);
    let output = scan.output().expect("the program starts");
    let log: Value = serde_json::from_str(&stdout(&output)).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let mut places: Vec<(String, u64)> = log["runs"][0]["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|r| {
            let place = &r["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("a uri").to_owned();
            (uri, place["region"]["startLine"].as_u64().unwrap_or_default())
        })
        .collect();
    places.sort();
    let lines: Vec<u64> = places.iter().filter(|(uri, _)| uri.ends_with("main.tf")).map(|(_, line)| *line).collect();
    assert_eq!(lines, [1, 7, 13], "{places:?}\n{}", stderr(&output));
    assert_eq!(places.iter().filter(|(uri, _)| uri.starts_with("azure/")).count(), 1, "{places:?}");
    assert!(!stdout(&output).contains("administrator_password"));
}

/// Flags that would do nothing are refused.
#[test]
fn flags_for_azure_need_azure() {
    let folder = tempfile::tempdir().expect("a folder");
    for flags in [["--subscription", "x"].as_slice(), &["--everything"], &["--iac", "."], &["--cloud", "AzureChina"]] {
        let output = program(folder.path()).args(["scan", "."]).args(flags).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        assert!(stderr(&output).contains("--azure"), "{}", stderr(&output));
    }
}
