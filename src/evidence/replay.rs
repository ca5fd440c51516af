//! Judging again. Gives what each run was made of, so that the caller evaluates it once more, and compares the outcome
//! byte for byte.
//!
//! A run replays when its facts come from Azure or from answers, and no code was linked to it: what stands of code in an
//! assessment was read from files that no bundle has.

use crate::evidence::verify::{policy_sources, read_bundle_file, run_parts};
use crate::evidence::{Bundle, EvidenceError, Input, PolicySources, ledger};
use crate::model::Tool;

/// How many bytes of each side a difference shows.
const SHOWN: usize = 120;

/// What a run was made of.
#[derive(Debug)]
pub struct Replay {
    /// The run.
    pub run: String,
    /// The time for which it judged, RFC 3339: `--at`.
    pub at: String,
    /// The program that judged. Another version may judge otherwise.
    pub tool: Tool,
    /// The snapshot file, put together byte for byte.
    pub snapshot: Vec<u8>,
    /// The policies, where the bundle has them.
    pub policies: Option<PolicySources>,
    /// Settings, waivers, baseline.
    pub inputs: Vec<Input>,
    /// Whether the assessment rests on files that the bundle does not have.
    pub rests_on_code: bool,
    /// The assessment file that must come out.
    pub expected: Vec<u8>,
}

/// The first place where two assessments differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How many bytes are the same before it.
    pub at: usize,
    /// What the bundle has there. Text of others: escape it before it is shown.
    pub expected: String,
    /// What came out.
    pub found: String,
}

/// The runs of a bundle, one by one, in their order.
///
/// # Errors
/// [`EvidenceError`] when the bundle does not say which runs it has; each item has an error of its own.
pub fn replays(bundle: &Bundle) -> Result<impl Iterator<Item = Result<Replay, EvidenceError>>, EvidenceError> {
    let file = read_bundle_file(bundle).map_err(EvidenceError::Read)?;
    Ok(file.runs.into_iter().map(move |run| {
        let parts = run_parts(bundle, &run.id)?;
        let assessment = ledger::read_assessment(&parts.assessment)
            .map_err(|what| EvidenceError::Run { run: run.id.clone(), what })?;
        let policies = parts
            .file
            .policy_folder
            .as_ref()
            .map(|folder| policy_sources(bundle, folder, &parts.file.policies_sha256))
            .transpose()?;
        let rests_on_code = assessment.snapshot.source == crate::model::Source::Code
            || assessment.resources.iter().any(|r| r.declared.is_some());
        Ok(Replay {
            run: run.id,
            at: assessment.evaluated_at,
            tool: assessment.tool,
            snapshot: parts.snapshot,
            policies,
            inputs: parts.inputs,
            rests_on_code,
            expected: parts.assessment,
        })
    }))
}

/// Compares an assessment that was made again with the one of the bundle. `None`: they are the same bytes.
pub fn compare(expected: &[u8], found: &[u8]) -> Option<Difference> {
    if expected == found {
        return None;
    }
    let at = expected.iter().zip(found).take_while(|(a, b)| a == b).count();
    let around = |bytes: &[u8]| {
        let from = at.saturating_sub(SHOWN / 2).min(bytes.len());
        String::from_utf8_lossy(&bytes[from..bytes.len().min(at + SHOWN / 2)]).into_owned()
    };
    Some(Difference { at, expected: around(expected), found: around(found) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::fixture::{bundle, changed, policies, runs};

    #[test]
    fn every_run_comes_back_byte_for_byte() {
        let bundle = bundle();
        let replays: Vec<Replay> = replays(&bundle).unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!(replays.len(), 3);
        for (replay, run) in replays.iter().zip(runs()) {
            assert_eq!(replay.snapshot, run.snapshot);
            assert_eq!(replay.expected, run.assessment);
            assert_eq!(replay.inputs[0].bytes, run.inputs[0].bytes);
            assert_eq!(replay.policies.as_ref().unwrap().files, policies().files);
            assert!(!replay.rests_on_code);
        }
    }

    #[test]
    fn other_policies_are_no_replay() {
        let bundle = bundle();
        let name = bundle.names().find(|n| n.ends_with("policy.rego")).unwrap().to_owned();
        let changed = changed(&bundle, &name, Some(b"package x\n"), true);
        assert!(super::replays(&changed).unwrap().all(|r| r.is_err()));
    }

    #[test]
    fn the_first_difference_is_shown() {
        assert_eq!(compare(b"abc", b"abc"), None);
        let difference = compare(b"abc", b"abd").unwrap();
        assert_eq!((difference.at, difference.found.as_str()), (2, "abd"));
        assert_eq!(compare(b"abc", b"ab").unwrap().at, 2);
    }
}
