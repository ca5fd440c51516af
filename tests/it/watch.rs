//! `policy test --watch`, with real files: what changes is tested again, what is broken is said and waited for.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::{assize, command};

/// Lines of a stream as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    receive
}

/// A child that does not outlive the test.
struct Kept(Child);

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The lines up to the one that holds the word.
fn until(lines: &Receiver<String>, word: &str) -> Vec<String> {
    let end = Instant::now() + Duration::from_secs(120);
    let mut seen = Vec::new();
    while let Ok(line) = lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
        let found = line.contains(word);
        seen.push(line);
        if found {
            return seen;
        }
    }
    panic!("{word:?} does not come: {seen:#?}");
}

#[test]
fn what_changes_is_tested_again_until_it_is_told_to_stop() {
    let folder = tempfile::tempdir().expect("a folder");
    let policies = folder.path().to_string_lossy().into_owned();
    for id in ["own.test.one_enabled", "own.test.two_enabled"] {
        let new = assize(&[
            "policy",
            "new",
            id,
            "--resource",
            "Microsoft.KeyVault/vaults",
            "--read",
            "resource.properties.thing",
            "--policies",
            &policies,
        ]);
        assert!(new.status.success());
    }
    let mut watch = command();
    watch.args(["policy", "test", "--watch", "--policies", &policies]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut watch = Kept(watch.spawn().expect("the program starts"));
    let results = lines(watch.0.stdout.take().expect("a stream"));
    let said = lines(watch.0.stderr.take().expect("a stream"));
    until(&said, "testing all policies");
    until(&said, "waiting for changes");
    assert!(until(&results, "2 policies:").last().expect("a line").contains(" 0 failed"));
    let one = folder.path().join("own/test/one_enabled");
    let rego = std::fs::read_to_string(one.join("policy.rego")).expect("a policy");
    // Files of editors, and a file that is saved as it was, are no change; a changed case is one, of one policy.
    std::fs::write(one.join(".policy.rego.swp"), "x").expect("a file");
    std::fs::write(one.join("policy.rego"), &rego).expect("a file");
    std::thread::sleep(Duration::from_millis(900));
    let pass = std::fs::read_to_string(one.join("pass.json")).expect("a case");
    std::fs::copy(one.join("fail.json"), one.join("pass.json")).expect("a copy");
    assert_eq!(until(&said, "testing "), ["testing own.test.one_enabled"]);
    until(&said, "waiting for changes");
    let failed = until(&results, "1 policies:");
    assert!(failed.iter().any(|l| l.starts_with("FAIL  own.test.one_enabled")), "{failed:#?}");
    // A policy that is broken is named with its line, and the watch goes on.
    std::fs::write(one.join("policy.rego"), rego.replace("severity:", "severities:")).expect("a file");
    let broken = until(&said, "waiting for changes");
    assert!(broken.iter().any(|l| l.contains("own/test/one_enabled/policy.rego:")), "{broken:#?}");
    // What could not be tested is tested when it can be, with what changed since.
    std::fs::write(one.join("pass.json"), pass).expect("a file");
    std::fs::write(one.join("policy.rego"), rego).expect("a file");
    let mended = until(&results, "1 policies:");
    assert!(mended.last().expect("a line").contains(" 0 failed"), "{mended:#?}");
    until(&said, "waiting for changes");
    let stop = std::process::Command::new("kill").args(["-INT", &watch.0.id().to_string()]).status().expect("kill");
    assert!(stop.success());
    let end = Instant::now() + Duration::from_secs(30);
    let status = loop {
        match watch.0.try_wait().expect("a status") {
            Some(status) => break status,
            None => assert!(Instant::now() < end, "it does not stop"),
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(status.code(), Some(0));
}

#[test]
fn a_watch_needs_a_folder() {
    assert_eq!(assize(&["policy", "test", "--watch"]).status.code(), Some(2));
    assert_eq!(assize(&["policy", "test", "--watch", "--policies", "no/such/folder"]).status.code(), Some(2));
}
