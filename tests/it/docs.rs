//! What the documentation shows is what the program does.

use std::fmt::Write;

use assize::policy::{actions, load};

use crate::support::{assize, path, same_file, stderr, stdout};

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
    for page in pages() {
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

/// `docs/policies.md` is made of the metadata.
#[test]
fn the_policy_page_is_fresh() {
    let set = load(&[], true).expect("the library");
    let mut text = format!(
        "# Policies\n\nMade from the metadata of the embedded library: {} policies. `assize policy show ID` says more of each, with \
         remediation.\n\nThe verdict of a policy rests on its reads and nothing else; a gap on any of them is `unknown`.\n",
        set.policies.len()
    );
    let mut service = String::new();
    for policy in set.policies.values() {
        let meta = &policy.meta;
        let id = meta.id.as_str();
        let own = id.rsplit_once('.').map_or("", |(s, _)| s);
        if own != service {
            own.clone_into(&mut service);
            let _ = write!(text, "\n## {service}\n");
        }
        let _ = write!(
            text,
            "\n### {}\n\n`{id}` · {} · {} · `{}`\n\n{}\n\n",
            meta.title,
            meta.check,
            meta.severity,
            meta.resource_text(),
            meta.description
        );
        let _ = writeln!(text, "| control | why |\n| --- | --- |");
        for (control, why) in &meta.controls {
            let _ = writeln!(text, "| {control} | {} |", why.replace('|', "\\|"));
        }
        let _ = writeln!(text, "\nReads:\n");
        for read in &meta.reads {
            let kind = read.kind.map(|k| format!(", {}", k.as_str())).unwrap_or_default();
            let absent = read.absent.as_ref().map(|a| format!("; absent: {a}")).unwrap_or_default();
            let _ = writeln!(text, "- `{}`{kind}{absent}", read.path);
        }
        if !meta.parameters.is_empty() {
            let _ = writeln!(text, "\nParameters:\n");
            for (name, parameter) in &meta.parameters {
                let _ = writeln!(text, "- `{name}` = `{}`: {}", parameter.default_value(), parameter.meaning);
            }
        }
        let actions: Vec<String> = actions(meta).into_iter().map(|a| format!("`{a}`")).collect();
        let shown = actions.len().min(6);
        let more = if actions.len() > shown { format!(" and {} more", actions.len() - shown) } else { String::new() };
        let _ = writeln!(text, "\nPermissions: {}{more}", actions[..shown].join(", "));
    }
    same_file("docs/policies.md", text.as_bytes());
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
        "policy check",
        "policy test",
        "policy new",
        "framework list",
        "framework show",
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
