//! A sweep from end to end: scopes live and from files, each on its own, kept, compared, packed, told; and what was packed judged
//! again.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::fake::{Behaviour, FakeArm, Fault, Kind, TOKEN};
use crate::support::{command, path, stderr, stdout};

const SETTINGS: &str = r#"version: 1
azure:
  endpoints:
    arm: ORIGIN
  credentials: [token]
policies:
  include: ["azure.postgresql.*"]
sweep:
  store: store
  history: history.db
  schedule: "0 2 * * *"
  reports: [csv, html, sarif-github]
  pack: {key: key.pem, identity: platform@bank.example}
  notify:
    - {format: json, url_env: SWEEP_HOOK}
  scopes:
    - name: live
    - name: broken
      paths: [nowhere.jsonl]
    - name: files
      paths: [bank.snapshot.jsonl]
      profile: strict
"#;

fn folder(origin: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("assize.yaml"), SETTINGS.replace("ORIGIN", origin)).expect("settings");
    std::fs::copy(path("fixtures/bank/bank.snapshot.jsonl"), at("bank.snapshot.jsonl")).expect("a snapshot");
    let key = p256::SecretKey::from_slice(&[7; 32]).expect("a key");
    let pem = p256::pkcs8::EncodePrivateKey::to_pkcs8_pem(&key, p256::pkcs8::LineEnding::LF).expect("a key");
    std::fs::write(at("key.pem"), pem.as_bytes()).expect("a key");
    let public = p256::pkcs8::EncodePublicKey::to_public_key_pem(&key.public_key(), p256::pkcs8::LineEnding::LF);
    std::fs::write(at("pub.pem"), public.expect("a key")).expect("a key");
    folder
}

fn run(folder: &Path, hook: &str, arguments: &[&str]) -> Output {
    let mut command: Command = command();
    command.current_dir(folder).env("ASSIZE_ALLOW_HTTP_ON_LOOPBACK", "1").env("ASSIZE_ACCESS_TOKEN", TOKEN);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env("SWEEP_HOOK", hook).args(arguments).output().expect("the program starts")
}

/// A webhook that takes one message, and gives its body.
fn hook() -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/secret-path", listener.local_addr().expect("an address"));
    let taken = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a call");
        let mut text = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let read = stream.read(&mut buffer).expect("a request");
            text.extend_from_slice(&buffer[..read]);
            let all = String::from_utf8_lossy(&text).into_owned();
            let whole = all.split_once("\r\n\r\n").filter(|(head, body)| {
                let length = head
                    .lines()
                    .find_map(|l| l.to_lowercase().strip_prefix("content-length:").map(|n| n.trim().parse::<usize>()));
                length.is_some_and(|n| n.is_ok_and(|n| body.len() >= n))
            });
            if let Some((_, body)) = whole {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                    .expect("an answer");
                return body.to_owned();
            }
            assert!(read > 0, "the request is cut off: {all}");
        }
    });
    (address, taken)
}

#[test]
fn scopes_are_judged_each_on_its_own_and_what_is_kept_holds() {
    let fake = FakeArm::start(crate::collect::bank(), Behaviour::default());
    let folder = folder(&fake.origin());
    let sweep = |at: &str| {
        let (address, message) = hook();
        let output = run(folder.path(), &address, &["sweep", "--at", at, "--output", "json"]);
        let scopes: Value =
            serde_json::from_str(&stdout(&output)).unwrap_or_else(|e| panic!("{e}: {}", stderr(&output)));
        // A scope that could not be judged is a fatal error for the whole, and takes nothing from the others.
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(!stderr(&output).contains("secret-path") && !stderr(&output).contains(TOKEN));
        (scopes, message.join().expect("a message"))
    };
    let (first, message) = sweep("2026-11-01T02:00:00Z");
    let scopes: Vec<&str> = first.as_array().expect("a list").iter().map(|s| s["scope"].as_str().unwrap()).collect();
    assert_eq!(scopes, ["live", "broken", "files"]);
    assert!(first[0]["fail"].as_u64() > Some(20), "{}", first[0]);
    assert_eq!(
        (&first[0]["errors"], &first[0]["compared"], &first[0]["gate"]),
        (&Value::Array(vec![]), &Value::Bool(false), &Value::from("failed"))
    );
    assert!(first[1]["run"].is_null() && first[1]["gate"].is_null());
    assert!(first[1]["errors"][0].as_str().is_some_and(|e| e.contains("nowhere.jsonl")), "{}", first[1]);
    assert!(first[2]["run"].is_string() && first[2]["bundle"].is_string());
    assert!(message.contains("broken could not be judged") && !message.contains("nowhere"), "{message}");

    // The second night: a permission is gone, so what it read is newly unknown; nothing passes for it.
    fake.behave(
        Behaviour::default()
            .with(Fault::action("Microsoft.DBforPostgreSQL/flexibleServers/configurations/read", Kind::Forbidden)),
    );
    let (second, _) = sweep("2026-11-02T02:00:00Z");
    assert_eq!(second[0]["compared"], true);
    assert!(second[0]["newly_unknown"].as_u64() > Some(10), "{}", second[0]);
    assert_eq!((&second[0]["new"], &second[0]["fixed"]), (&Value::from(0), &Value::from(0)));
    // The third: it is back, and nothing is new.
    fake.behave(Behaviour::default());
    let (third, _) = sweep("2026-11-03T02:00:00Z");
    assert_eq!(
        (&third[0]["newly_unknown"], &third[2]["new"], &third[2]["reopened"]),
        (&Value::from(0), &Value::from(0), &Value::from(0))
    );

    // The same run again is the same run.
    let ledger = || std::fs::read_dir(folder.path().join("store/live/ledger")).expect("a ledger").count();
    assert_eq!(ledger(), 3);

    let pack = [
        "evidence",
        "pack",
        "--store",
        "store",
        "--scope",
        "live",
        "--from",
        "2026-11-01",
        "--to",
        "2026-11-04",
        "--schedule",
        "0 2 * * *",
        "--key",
        "key.pem",
        "--identity",
        "platform@bank.example",
        "--out",
        "live.tar.gz",
    ];
    let output = run(folder.path(), "", &pack);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let verify = run(folder.path(), "", &["evidence", "verify", "live.tar.gz", "--key", "pub.pem", "--output", "json"]);
    let report: Value = serde_json::from_str(&stdout(&verify)).expect("a report");
    assert_eq!((verify.status.code(), &report["holds"]), (Some(0), &Value::Bool(true)), "{report}");
    let period =
        report["layers"].as_array().expect("layers").iter().find(|l| l["layer"] == "period").expect("a period");
    assert_eq!(period["outcome"], "incomplete", "the run of 4 November is missing: {period}");
    let replay = run(folder.path(), "", &["evidence", "replay", "live.tar.gz"]);
    assert_eq!(replay.status.code(), Some(0), "{}{}", stdout(&replay), stderr(&replay));
    assert!(stdout(&replay).ends_with("3 the same, 0 different, 0 not judged again\n"), "{}", stdout(&replay));
    // The refused calls of the second night are in the bundle.
    let text = requests(&folder.path().join("live.tar.gz"));
    assert!(text.contains("denied") && text.contains("AuthorizationFailed"), "{}", &text[..text.len().min(500)]);

    // What was changed in the store is told before it is packed.
    let runs = std::fs::read_dir(folder.path().join("store/live/runs")).expect("runs");
    let run_folder = runs.map(|e| e.expect("an entry").path()).min().expect("a run");
    let file = run_folder.join("snapshot.jsonl.zst");
    let other = zstd::encode_all(&b"{}\n"[..], 1).expect("bytes");
    std::fs::remove_file(&file).and_then(|()| std::fs::write(&file, other)).expect("a change");
    let output = run(folder.path(), "", &pack);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("was changed"), "{}", stderr(&output));
}

/// The tables of requests of a bundle, one after another.
fn requests(archive: &Path) -> String {
    let file = std::fs::File::open(archive).expect("an archive");
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let mut all = String::new();
    for entry in tar.entries().expect("entries") {
        let mut entry = entry.expect("an entry");
        if entry.path().expect("a path").ends_with("requests.csv") {
            entry.read_to_string(&mut all).expect("text");
        }
    }
    all
}

#[test]
fn what_cannot_be_meant_is_refused_before_anything_is_read() {
    let folder = folder("http://127.0.0.1:9");
    let refused = |change: (&str, &str), arguments: &[&str], word: &str| {
        let text = SETTINGS.replace(change.0, change.1);
        assert!(change.0.is_empty() || text != SETTINGS, "{change:?} changes nothing");
        std::fs::write(folder.path().join("assize.yaml"), text).expect("settings");
        let output = run(folder.path(), "", &[&["sweep"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains(word), "{word:?} is not in: {}", stderr(&output));
        assert!(!folder.path().join("store").exists(), "{word}: something was written");
    };
    refused(("", ""), &["--scope", "prod"], "there is no scope \"prod\"; there are live, broken, files");
    refused(("", ""), &[], "the environment variable SWEEP_HOOK is not set");
    refused(("csv, html", "csv, pdf"), &[], "there is no format \"pdf\"");
    refused(("name: broken", "name: live"), &[], "two scopes are called live");
    refused(("name: broken", "name: Broken"), &[], "small letters, digits and hyphens");
    refused(("0 2 * * *", "every night"), &[], "every night");
    refused(("SWEEP_HOOK", "https://hook.example/x"), &[], "the address itself is a secret");
    refused((", identity: platform@bank.example", ""), &[], "a key and an identity belong together");
}
