//! How a policy set answers the controls of its frameworks: by policies, by people, by both or not at all.

use std::collections::BTreeMap;

use crate::model::{Control, EvidenceStrength, Framework, PolicySet};

/// Who answers a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Policies judge what of it Azure shows.
    Policies,
    /// People show it.
    Manual,
    /// Policies judge a part, and people show the rest.
    Both,
    /// Nobody: no policy serves it and no manual item asks for it.
    Nobody,
}

impl Answer {
    /// All answers.
    pub const ALL: [Self; 4] = [Self::Policies, Self::Both, Self::Manual, Self::Nobody];

    /// The words used in lists.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Policies => "policies",
            Self::Manual => "manual",
            Self::Both => "policies and manual",
            Self::Nobody => "not covered",
        }
    }
}

/// A control with all that answers it.
#[derive(Debug)]
pub struct Answered<'a> {
    /// The control.
    pub control: &'a Control,
    /// Policies and why they serve it, by id.
    pub policies: Vec<(&'a str, &'a str)>,
}

impl Answered<'_> {
    /// Who answers it.
    pub fn answer(&self) -> Answer {
        match (self.policies.is_empty(), self.control.manual.is_empty()) {
            (false, true) => Answer::Policies,
            (false, false) => Answer::Both,
            (true, false) => Answer::Manual,
            (true, true) => Answer::Nobody,
        }
    }
}

/// The controls of a framework in their order, with the policies of the set that serve them.
pub fn answers<'a>(set: &'a PolicySet, framework: &'a Framework) -> Vec<Answered<'a>> {
    let mut serving: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for meta in set.policies.values().map(|p| &p.meta) {
        for (control, why) in &meta.controls {
            serving.entry(control).or_default().push((meta.id.as_str(), why));
        }
    }
    let answered = |control: &'a Control| Answered {
        control,
        policies: serving.get(control.id.as_str()).cloned().unwrap_or_default(),
    };
    framework.controls.iter().map(answered).collect()
}

/// How many controls there are of each strength, by who answers them. Every strength and every answer is there.
pub fn totals(answers: &[Answered<'_>]) -> BTreeMap<EvidenceStrength, BTreeMap<Answer, usize>> {
    let none = || Answer::ALL.into_iter().map(|a| (a, 0)).collect::<BTreeMap<_, _>>();
    let mut totals: BTreeMap<_, _> = EvidenceStrength::ALL.into_iter().map(|s| (s, none())).collect();
    for one in answers {
        let row = totals.entry(one.control.evidence_strength).or_default();
        *row.entry(one.answer()).or_default() += 1;
    }
    totals
}
