//! Hostile input: policies that loop, recurse or eat memory; files that are cut, bent or bombs. Each is a clear error or an
//! unknown, never a crash, a hang or a pass.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use assize::evaluate::{Limits, Options, Sandbox, evaluate};
use assize::model::{Finding, PolicySet, Verdict};
use assize::policy::{Sources, load};
use chrono::{DateTime, Utc};

use crate::estate::snapshot;
use crate::generator::bank;
use crate::support::{assize, command, path, stderr, stdout};

const HEAD: &str = r#"# METADATA
# title: A policy that misbehaves
# description: It is here to see what the engine does with a policy that misbehaves.
# custom:
#   check: OWN-001
#   severity: high
#   resource: Microsoft.KeyVault/vaults
#   reads:
#     - {path: resource.properties.sku.name, type: string}
#   controls:
#     DORA-9-2: it serves nothing but this test of the engine
#   remediation:
#     note: none
"#;

/// A policies folder with one policy, `own.test.NAME`, of that body.
fn folder(name: &str, body: &str) -> (tempfile::TempDir, Sources) {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("own/test").join(name);
    std::fs::create_dir_all(&inner).expect("a folder");
    std::fs::write(inner.join("policy.rego"), format!("{HEAD}package own.test.{name}\n\n{body}\n")).expect("a file");
    let sources = Sources::read(folder.path()).expect("a policies folder");
    (folder, sources)
}

fn sandbox() -> Option<Sandbox> {
    Some(Sandbox { program: PathBuf::from(env!("CARGO_BIN_EXE_assize")), arguments: vec!["worker".to_owned()] })
}

fn options(threads: usize) -> Options {
    let at: DateTime<Utc> = DateTime::UNIX_EPOCH;
    Options {
        sandbox: sandbox(),
        threads,
        limits: Limits { instructions: 200_000, time: Duration::from_secs(1), memory: 1 << 30 },
        ..Options::new(BTreeMap::new(), at)
    }
}

/// Evaluates past the static checks, as if they had a hole, and gives the findings of the policy and of a sound one beside it.
fn past_the_checks(name: &str, body: &str, threads: usize) -> (Vec<Finding>, Vec<Finding>) {
    let (_bad_folder, bad) = folder(name, body);
    let (_good_folder, good) = folder(
        "sound",
        "deny contains {\"message\": \"it is standard\"} if input.resource.properties.sku.name == \"standard\"",
    );
    let set: PolicySet = load(&[bad, good], false).expect("policies");
    let evaluation = evaluate(&snapshot(&bank()), &set, &options(threads)).expect("an evaluation");
    let (bad, good) = evaluation.findings.into_iter().partition(|f| f.policy.as_str().ends_with(name));
    (bad, good)
}

/// Policies that the static checks refuse, and what they do when they run all the same.
const MISBEHAVING: &[(&str, &str, &str)] = &[
    (
        "recurses",
        "f(x) := f(x + 1)\n\ndeny contains {\"message\": \"x\"} if f(1) == input.resource.properties.sku.name",
        "recursion",
    ),
    (
        "ranges",
        "deny contains {\"message\": \"x\"} if count(numbers.range(1, 3000000000)) > count(input.resource.properties.sku.name)",
        "numbers.range",
    ),
    (
        "expands",
        "deny contains {\"message\": \"x\"} if count(net.cidr_expand(\"10.0.0.0/4\")) > count(input.resource.properties.sku.name)",
        "net.cidr_expand",
    ),
];

#[test]
fn what_takes_its_process_down_is_unknown_and_the_others_stand() {
    for (name, body, _) in MISBEHAVING {
        let (bad, good) = past_the_checks(name, body, 2);
        assert!(!bad.is_empty() && bad.len() == good.len(), "{name}");
        assert!(bad.iter().all(|f| f.verdict == Verdict::Unknown), "{name}: {:?}", bad[0]);
        assert!(good.iter().all(|f| matches!(f.verdict, Verdict::Pass | Verdict::Fail)), "{name}: {:?}", good[0]);
        assert!(good.iter().any(|f| f.verdict == Verdict::Fail) && good.iter().any(|f| f.verdict == Verdict::Pass));
    }
}

#[test]
fn string_growth_is_stopped_by_the_memory_limit() {
    let mut body = String::from("a0 := \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"\n\n");
    for i in 1..30 {
        let before = i - 1;
        body.push_str(&format!("a{i} := concat(\"\", [a{before}, a{before}])\n\n"));
    }
    body.push_str("deny contains {\"message\": \"x\"} if count(a29) > count(input.resource.properties.sku.name)");
    let (bad, good) = past_the_checks("grows", &body, 1);
    assert!(bad.iter().all(|f| f.verdict == Verdict::Unknown), "{:?}", bad[0].reasons);
    assert!(good.iter().all(|f| f.verdict != Verdict::Unknown));
}

#[test]
fn a_long_loop_is_stopped_at_the_same_place_whatever_the_threads() {
    let body = "n := [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]\n\ndeny contains {\"message\": \"x\"} if {\n\tsome a in n\n\tsome b in n\n\tsome c in n\n\tsome d in n\n\tsome e in n\n\ta + b + c + d + e == 1000\n\tinput.resource.properties.sku.name == \"standard\"\n}";
    let start = Instant::now();
    let (one, _) = past_the_checks("loops", body, 1);
    let (three, _) = past_the_checks("loops", body, 3);
    assert!(start.elapsed() < Duration::from_secs(60));
    let text =
        |findings: &[Finding]| findings.iter().map(|f| serde_json::to_string(f).expect("JSON")).collect::<Vec<_>>();
    assert_eq!(text(&one), text(&three));
    assert!(
        one.iter().all(|f| f.verdict == Verdict::Unknown && f.reasons[0].text.contains("instruction")),
        "{:?}",
        one[0].reasons
    );
}

#[test]
fn the_static_checks_refuse_what_cannot_run_safely() {
    let more: &[(&str, &str, &str)] = &[
        (
            "walks",
            "deny contains {\"message\": \"x\"} if walk(input.resource.properties.sku, [_, v])",
            "cannot run walk",
        ),
        (
            "prints",
            "deny contains {\"message\": \"x\"} if {\n\tprint(\"hello\")\n\tinput.resource.properties.sku.name\n}",
            "cannot run print",
        ),
        (
            "sends",
            "deny contains {\"message\": \"x\"} if http.send({\"url\": input.resource.properties.sku.name})",
            "reads nothing but its input",
        ),
        (
            "looks_at_the_clock",
            "deny contains {\"message\": \"x\"} if time.now_ns() > count(input.resource.properties.sku.name)",
            "differ between runs",
        ),
        (
            "shifts",
            "deny contains {\"message\": \"x\"} if bits.lsh(1, 1000000000) > count(input.resource.properties.sku.name)",
            "bits.lsh",
        ),
        (
            "uses_with",
            "deny contains {\"message\": \"x\"} if {\n\tinput.resource.properties.sku.name == \"x\" with input as {}\n}",
            "cannot run with",
        ),
        (
            "reads_more",
            "deny contains {\"message\": \"x\"} if {\n\tinput.resource.properties.sku.name\n\tinput.resource.tags.owner\n}",
            "is not declared in reads",
        ),
        (
            "reads_all",
            "f(x) if x.resource\n\ndeny contains {\"message\": \"x\"} if {\n\tf(input)\n\tinput.resource.properties.sku.name\n}",
            "not used as a whole",
        ),
        (
            "reads_computed",
            "deny contains {\"message\": \"x\"} if {\n\tsome k in [\"properties\"]\n\tinput.resource[k]\n\tinput.resource.properties.sku.name\n}",
            "is not declared in reads",
        ),
        ("reads_less", "deny contains {\"message\": \"x\"} if 1 == 2", "no rule uses it"),
        ("has_no_deny", "allow if input.resource.properties.sku.name", "can never fail"),
        ("is_no_set", "deny if input.resource.properties.sku.name", "must be a set"),
        (
            "reads_parameters",
            "deny contains {\"message\": \"x\"} if input.resource.properties.sku.name == data.parameters.tier",
            "parameter tier is not declared",
        ),
        (
            "reads_data",
            "deny contains {\"message\": \"x\"} if input.resource.properties.sku.name == data.secrets.x",
            "data.lib and data.parameters",
        ),
        (
            "recurses_in_rules",
            "a if b\n\nb if a\n\ndeny contains {\"message\": \"x\"} if {\n\ta\n\tinput.resource.properties.sku.name\n}",
            "recursion",
        ),
        (
            "nests",
            "deny contains {\"message\": \"x\"} if {\n\tinput.resource.properties.sku.name == [[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]\n}",
            "nested deeper",
        ),
    ];
    for (name, body, word) in MISBEHAVING.iter().chain(more) {
        let (folder, _) = folder(name, body);
        let folder = folder.path().to_string_lossy().into_owned();
        let check = assize(&["policy", "check", "--policies", &folder]);
        assert_eq!(check.status.code(), Some(2), "{name}");
        let text = stderr(&check);
        assert!(text.contains(word) && text.contains("policy.rego:"), "{name}: {text}");
        let scan = assize(&["scan", "fixtures/bank/bank.snapshot.jsonl", "--policies", &folder]);
        assert_eq!(scan.status.code(), Some(2), "{name}");
        assert!(stdout(&scan).is_empty());
    }
}

/// A whole service of policies fits below the limit on memory, in as many programs as it has types.
#[test]
fn many_own_policies_fit_into_their_process() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["key_vault", "postgresql"] {
        let from = path(&format!("policies/azure/{name}"));
        for policy in std::fs::read_dir(from).expect("a folder").map(|e| e.expect("an entry").path()) {
            let to = folder.path().join("azure").join(name).join(policy.file_name().expect("a name"));
            std::fs::create_dir_all(&to).expect("a folder");
            for file in std::fs::read_dir(&policy).expect("a folder").map(|e| e.expect("an entry").path()) {
                // One byte more: no policy of the program any more.
                let mut text = std::fs::read_to_string(&file).expect("a file");
                text.push('\n');
                std::fs::write(to.join(file.file_name().expect("a name")), text).expect("a file");
            }
        }
    }
    let own = folder.path().to_string_lossy().into_owned();
    let summary = |arguments: &[&str]| {
        let common = ["evaluate", "fixtures/bank/bank.snapshot.jsonl", "--at", "2026-11-01T06:00:00Z"];
        let output = assize(&[&common, arguments].concat());
        let assessment: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assessment["summary"].clone()
    };
    let embedded = summary(&["--policy", "azure.key_vault.*", "--policy", "azure.postgresql.*"]);
    assert!(embedded["pass"].as_u64() > Some(100), "{embedded}");
    assert_eq!(summary(&["--policies", &own]), embedded);
}

#[test]
fn own_policies_run_beside_the_library_and_in_their_own_process() {
    let (own, _) = folder(
        "sound",
        "deny contains {\"message\": \"it is standard\"} if input.resource.properties.sku.name == \"standard\"",
    );
    let own = own.path().to_string_lossy().into_owned();
    // The bank's settings without their choice of policies.
    let settings = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(path("fixtures/bank/assize.yaml")).expect("the settings");
    let text = text.split("# The policies").next().expect("a part").replace("waivers: waivers.yaml\n", "");
    let settings_file = settings.path().join("assize.yaml");
    std::fs::write(&settings_file, text).expect("a file");
    let settings_file = settings_file.to_string_lossy().into_owned();
    let run = |threads: &str| {
        let output = assize(&[
            "scan",
            "fixtures/bank/bank.snapshot.jsonl",
            "--config",
            &settings_file,
            "--policies",
            &own,
            "--embedded",
            "--threads",
            threads,
            "--at",
            "2026-11-01T06:00:00Z",
            "-o",
            "json",
        ]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        stdout(&output)
    };
    let one = run("1");
    assert_eq!(one, run("5"));
    let assessment: serde_json::Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(assessment["policy_set"]["loaded"], serde_json::json!(["own.test.sound"]));
    let own = assessment["findings"].as_array().expect("findings").iter().filter(|f| f["policy"] == "own.test.sound");
    assert!(own.clone().any(|f| f["verdict"] == "fail") && own.clone().any(|f| f["verdict"] == "pass"));
}

fn refused(arguments: &[&str], word: &str) {
    let start = Instant::now();
    let output = assize(arguments);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{word}: {text}");
    assert!(text.contains(word), "{word}: {text}");
    assert!(stdout(&output).is_empty(), "{word}");
    assert!(start.elapsed() < Duration::from_secs(30), "{word} took {:?}", start.elapsed());
}

#[test]
fn damaged_and_hostile_files_are_refused_with_the_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = std::fs::read(path("fixtures/bank/bank.snapshot.jsonl")).expect("the bank");
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("a file");
        file.to_string_lossy().into_owned()
    };
    let packed = zstd::encode_all(good.as_slice(), 3).expect("zstd");
    refused(&["scan", &file("cut.jsonl.zst", &packed[..packed.len() / 2])], "cut off or damaged");
    let mut bent = packed;
    let middle = bent.len() / 2;
    bent[middle] ^= 0xff;
    refused(&["scan", &file("bent.jsonl.zst", &bent)], "bent.jsonl.zst:");
    refused(&["scan", &file("cut.jsonl", &good[..good.len() / 2])], "cut off");
    let mut wrong = good.clone();
    wrong[5000] = 0xff;
    refused(&["scan", &file("bytes.jsonl", &wrong)], "is not UTF-8");
    refused(
        &["scan", &file("deep.json", format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000)).as_bytes())],
        "deep.json:1: not JSON: recursion limit",
    );
    refused(&["scan", &file("nothing.json", b"{}")], "holds no resource");
    refused(&["scan", "no/such/file.json"], "no/such/file.json");
    refused(&["scan", &folder.path().join("empty").to_string_lossy()], "cannot read");
    let twice = [good.as_slice(), good.as_slice()].concat();
    refused(&["scan", &file("twice.jsonl", &twice)], "text after the footer");
    // Two snapshots are two times.
    let other = file("other.jsonl", &good);
    refused(&["scan", "fixtures/bank/bank.snapshot.jsonl", &other], "give it alone");
}

/// One gigabyte in one line, plain and as a bomb of a few kilobytes: refused in bounded memory.
#[test]
fn a_line_of_a_gigabyte_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let bomb = folder.path().join("bomb.jsonl.zst");
    let mut packed = zstd::stream::write::Encoder::new(std::fs::File::create(&bomb).expect("a file"), 1).expect("zstd");
    packed.write_all(b"{\"manifest\":\"").expect("zstd");
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..1024 {
        packed.write_all(&zeros).expect("zstd");
    }
    packed.finish().expect("zstd");
    refused(&["scan", &bomb.to_string_lossy()], "bomb.jsonl.zst:1: the line is longer than");
    // The same as an answer: not a snapshot, too large for an answer.
    let answer = folder.path().join("bomb.json");
    let mut packed =
        zstd::stream::write::Encoder::new(std::fs::File::create(&answer).expect("a file"), 1).expect("zstd");
    packed.write_all(b"[\"").expect("zstd");
    for _ in 0..1024 {
        packed.write_all(&zeros).expect("zstd");
    }
    packed.finish().expect("zstd");
    refused(&["scan", &answer.to_string_lossy()], "is larger than");
}

#[test]
fn wrong_settings_and_waivers_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let bank = "fixtures/bank/bank.snapshot.jsonl";
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file");
        file.to_string_lossy().into_owned()
    };
    let waiver = "version: 1\nwaivers:\n  - {id: W-1, policy: POLICY, scope: /subscriptions/s, reason: r, compensating_control: c, requester: Ann, approver: APPROVER, ticket: t, approved_on: 2026-01-01, expires_on: 2026-06-01}\n";
    let with = |policy: &str, approver: &str| waiver.replace("POLICY", policy).replace("APPROVER", approver);
    let known = "azure.postgresql.secure_transport_required";
    refused(
        &["scan", bank, "--waivers", &file("a.yaml", &with("azure.no.such", "Bob"))],
        "there is no policy \"azure.no.such\"",
    );
    refused(&["scan", bank, "--waivers", &file("b.yaml", &with(known, "Ann"))], "another person must approve it");
    refused(&["scan", bank, "--waivers", &file("c.yaml", "version: 1\nwaivers: [{}]\n")], "c.yaml:2");
    refused(
        &["scan", bank, "--config", &file("d.yaml", "version: 1\nparameters: {backup_retention_days_min: 99}\n")],
        "99 is not between 1 and 35",
    );
    refused(
        &["scan", bank, "--config", &file("e.yaml", "version: 1\nparameters: {no_such: 1}\n")],
        "no policy that is loaded declares this parameter",
    );
    refused(
        &["scan", bank, "--config", &file("f.yaml", "version: 1\npolicies: {exclude: [\"azure.nosuch.*\"]}\n")],
        "no policy matches",
    );
    refused(&["scan", bank, "--policy", "azure.nosuch.*"], "no policy matches");
    refused(&["scan", bank, "--baseline", &file("g.json", "{}")], "not an assessment");
    refused(&["scan", bank, "--at", "yesterday"], "--at yesterday");
    refused(&["scan", bank, "--output", "pdf"], "there is no format \"pdf\"");
    refused(&["scan", bank, "-o", "json", "-o", "table"], "same place");
    refused(&["scan", bank, "-o", "json=/no/such/folder/x.json"], "cannot write /no/such/folder/x.json");
}

/// A reader that goes away is not an error, and the verdict stands.
#[test]
fn a_broken_pipe_is_no_error() {
    let mut child = command()
        .args(["scan", "fixtures/bank/bank.snapshot.jsonl", "-o", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
}
