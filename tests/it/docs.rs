//! What the documentation shows is what the program does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use assize::policy::load;

use crate::support::{assize, bless, path, same_file, stderr, stdout};

/// Markdown files whose blocks are run.
fn pages() -> Vec<std::path::PathBuf> {
    let mut pages = vec![path("README.md")];
    let docs = std::fs::read_dir(path("docs")).expect("docs").map(|e| e.expect("an entry").path());
    pages.extend(docs.filter(|p| p.extension().is_some_and(|e| e == "md")));
    pages.sort();
    pages
}

/// A command and what must follow it.
struct Shown {
    place: String,
    command: String,
    lines: Vec<String>,
}

fn shown(page: &std::path::Path) -> Vec<Shown> {
    let text = std::fs::read_to_string(page).expect("text");
    let mut found: Vec<Shown> = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside && line.starts_with("$ ") {
            let place = format!("{}:{}", page.display(), number + 1);
            found.push(Shown { place, command: line[2..].to_owned(), lines: Vec::new() });
        } else if inside {
            found
                .last_mut()
                .unwrap_or_else(|| panic!("{}:{}: output without a command", page.display(), number + 1))
                .lines
                .push(line.to_owned());
        }
    }
    found
}

/// Splits on spaces; double quotes group.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("a word").push(c),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

/// Whether the lines fit, where a line `…` stands for any lines left out.
fn fits(expected: &[String], actual: &[&str]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((first, rest)) if first == "…" => (0..=actual.len()).any(|skip| fits(rest, &actual[skip..])),
        Some((first, rest)) => actual.split_first().is_some_and(|(line, more)| line == first && fits(rest, more)),
    }
}

#[test]
fn every_output_block_is_what_the_program_prints() {
    let mut run = 0;
    for page in pages() {
        for block in shown(&page) {
            let words = words(&block.command);
            assert_eq!(words[0], "assize", "{}: only assize is run", block.place);
            let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
            let output = assize(&arguments);
            let code = output.status.code().expect("an exit code");
            let mut expected = block.lines;
            if code != 0 {
                let last = expected.pop().unwrap_or_default();
                assert_eq!(last, format!("(exit code {code})"), "{}: {}", block.place, stderr(&output));
            }
            while expected.last().is_some_and(|l| l.trim().is_empty()) {
                expected.pop();
            }
            let text = stdout(&output) + &stderr(&output);
            let mut actual: Vec<&str> = text.lines().map(str::trim_end).collect();
            while actual.last().is_some_and(|l| l.is_empty()) {
                actual.pop();
            }
            let trimmed: Vec<String> = expected.iter().map(|l| l.trim_end().to_owned()).collect();
            assert!(fits(&trimmed, &actual), "{}: $ {}\n{text}", block.place, block.command);
            run += 1;
        }
    }
    assert!(run >= 5, "only {run} commands are shown");
}

#[test]
fn elisions_fit_what_they_leave_out() {
    let lines = |t: &[&str]| t.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
    assert!(fits(&lines(&["a", "…", "d"]), &["a", "b", "c", "d"]));
    assert!(fits(&lines(&["…"]), &[]));
    assert!(!fits(&lines(&["a", "…", "d"]), &["a", "b", "c"]));
    assert!(!fits(&lines(&["a"]), &["a", "b"]));
}

/// Links within the documentation lead somewhere.
#[test]
fn links_lead_somewhere() {
    let made = files(&path("docs/policies")).into_keys().map(|name| path("docs/policies").join(name));
    for page in pages().into_iter().chain(made) {
        let text = std::fs::read_to_string(&page).expect("text");
        let folder = page.parent().expect("a folder");
        for (at, _) in text.match_indices("](") {
            let link: String = text[at + 2..].chars().take_while(|c| *c != ')').collect();
            let target = link.split('#').next().expect("a part");
            if target.is_empty() || target.contains("://") || link.contains(' ') {
                continue;
            }
            assert!(folder.join(target).exists(), "{}: {link} leads nowhere", page.display());
        }
    }
}

/// The files below a folder: path and text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().map(|e| e.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let name = entry.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read_to_string(&entry).expect("text"));
            }
        }
    }
    found
}

/// `docs/policies` is what `policy docs` writes, with a page for every policy and none besides.
#[test]
fn the_policy_pages_are_fresh() {
    let folder = path("docs/policies");
    if bless() {
        let output = assize(&["policy", "docs", "--output", "docs/policies"]);
        assert!(output.status.success(), "{}", stderr(&output));
        return;
    }
    let fresh = tempfile::tempdir().expect("a folder");
    let target = fresh.path().join("pages");
    let output = assize(&["policy", "docs", "--output", &target.to_string_lossy()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let (expected, found) = (files(&target), files(&folder));
    assert_eq!(expected.len(), load(&[], true).expect("the library").policies.len() + 3);
    let differ: Vec<&String> = expected
        .keys()
        .chain(found.keys())
        .filter(|page| expected.get(*page) != found.get(*page))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    assert!(
        differ.is_empty(),
        "{differ:?} in docs/policies are not what they should be; run ASSIZE_BLESS=1 cargo test --test it -- docs and read the difference"
    );
}

/// The pages are small enough to be shown: GitHub renders Markdown up to half a megabyte.
#[test]
fn no_page_is_too_long_to_be_shown() {
    for (name, text) in files(&path("docs/policies")) {
        let most = if name.contains('/') { 40_000 } else { 450_000 };
        assert!(text.len() < most, "{name}: {}", text.len());
    }
}

#[test]
fn pages_of_own_policies_replace_only_pages() {
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    let new = |id: &str| {
        let output = assize(&[
            "policy",
            "new",
            id,
            "--resource",
            "Microsoft.KeyVault/vaults",
            "--read",
            "resource.properties.thing",
            "--policies",
            &at("own"),
        ]);
        assert!(output.status.success(), "{}", stderr(&output));
    };
    let docs = || assize(&["policy", "docs", "--policies", &at("own"), "--output", &at("pages")]);
    new("own.test.thing_enabled");
    new("own.test.thing_named");
    assert!(docs().status.success(), "{}", stderr(&docs()));
    let pages = files(Path::new(&at("pages")));
    let names: Vec<&str> = pages.keys().map(String::as_str).collect();
    let own = ["own/test/thing_enabled.md", "own/test/thing_named.md"];
    assert_eq!(names, ["README.md", "by-control.md", "by-family.md", own[0], own[1]]);
    assert!(pages[own[0]].contains("- `Microsoft.KeyVault/vaults/read`\n"), "{}", pages[own[0]]);

    // The page of a policy that is gone goes; the others are written again.
    std::fs::remove_dir_all(at("own/own/test/thing_named")).expect("removed");
    std::fs::write(at("pages/README.md"), format!("{}\n", pages["README.md"])).expect("written");
    assert!(docs().status.success(), "{}", stderr(&docs()));
    let again = files(Path::new(&at("pages")));
    assert_eq!(again.len(), 4);
    assert_eq!(again[own[0]], pages[own[0]]);
    assert!(!again["README.md"].contains("thing_named"));

    // What somebody else wrote stays, and so does everything beside it.
    for foreign in ["pages/notes.md", "pages/own/empty"] {
        std::fs::write(at(foreign), "").expect("written");
        let refused = docs();
        assert_eq!(refused.status.code(), Some(2));
        let said = stderr(&refused).replace('\\', "/");
        assert!(said.contains(&format!("{foreign} is no page")), "{said}");
        std::fs::remove_file(at(foreign)).expect("removed");
    }
    std::fs::create_dir(at("pages.old")).expect("made");
    assert!(stderr(&docs()).contains("is there already"));
    std::fs::remove_dir(at("pages.old")).expect("removed");
    assert_eq!(files(Path::new(&at("pages"))), again);
    let left: Vec<_> = std::fs::read_dir(home.path()).expect("a folder").collect();
    assert_eq!(left.len(), 2, "{left:?}");

    // A policy that is wrong leaves the pages as they are.
    std::fs::write(at("own/own/test/thing_enabled/fail.json"), "[]").expect("written");
    let refused = docs();
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("fail.json:1: holds no case"), "{}", stderr(&refused));
    assert_eq!(files(Path::new(&at("pages"))), again);
}

/// `docs/cli.md` is what `--help` prints.
#[test]
fn the_command_page_is_fresh() {
    let mut text = String::from("# Commands\n\nWhat `--help` prints, command by command.\n");
    for command in [
        "",
        "scan",
        "collect",
        "preflight",
        "evaluate",
        "report",
        "diff",
        "fix",
        "policy list",
        "policy show",
        "policy docs",
        "policy explain",
        "policy check",
        "policy test",
        "policy new",
        "framework list",
        "framework show",
        "framework coverage",
        "profile list",
        "profile show",
        "completions",
    ] {
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.push("--help");
        let output = assize(&arguments);
        assert!(output.status.success(), "{command}");
        let name = format!("assize {command}");
        let help = stdout(&output);
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        let _ = write!(text, "\n## {}\n\n```text\n{}\n```\n", name.trim_end(), help.join("\n").trim_end());
    }
    same_file("docs/cli.md", text.as_bytes());
}
