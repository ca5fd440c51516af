//! Policies: the `# METADATA` block of a Rego file, and the cases in `pass.json` and `fail.json`.
//!
//! Whatever the text is, parsing ends in metadata or in problems that name a line of the file; metadata that was
//! parsed survives a round trip through JSON, as assessments carry it.

#![no_main]

use assize::model::{PolicyId, PolicyMeta, RegoFile};
use assize::policy::{Problem, parse_cases, parse_metadata};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let id = PolicyId::parse("azure.fuzz.holds").expect("the id is well formed");
    // YAML ends lines at more characters than editors do, and its parser counts them.
    let ends = text.chars().filter(|c| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')).count();
    let lines = u32::try_from(ends + 1).unwrap_or(u32::MAX);
    match parse_metadata("policy.rego", text, &id) {
        Ok(meta) => {
            assert_eq!(meta.id, id);
            assert!(!meta.reads.is_empty() && !meta.controls.is_empty());
            let json = serde_json::to_string(&meta).expect("metadata is written as JSON");
            let again: PolicyMeta = serde_json::from_str(&json).expect("metadata is read from JSON");
            assert_eq!(meta, again);
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "an error without a problem");
            problems.iter().for_each(|problem| named(problem, lines));
        }
    }
    match parse_cases(&RegoFile { path: "pass.json".to_owned(), text: text.to_owned().into() }) {
        Ok(cases) => {
            for case in &cases {
                assert!(case.snapshot.find(&case.subject).is_some(), "the resource that is judged is in the snapshot");
            }
        }
        Err(problem) => named(&problem, lines),
    }
});

fn named(problem: &Problem, lines: u32) {
    // A parser may point at the line after the last one when the text ends too early.
    assert!((1..=lines + 1).contains(&problem.line), "line {} of {lines}: {}", problem.line, problem.what);
    assert!(!problem.what.is_empty());
}
