//! An assessment as OSCAL sees it: controls with objectives, findings by policy and verdict, the population.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::model::{
    Assessment, Control, Finding, Framework, ManualItem, PolicyId, PolicyMeta, ResourceEntry, ResourceId, Verdict,
    WaiverEntry,
};
use crate::report::node::Node;
use crate::report::oscal::{self, instant, only, prop, token, uuid};

/// Findings of one policy that are told together, the worst last: readers that keep one observation for a rule keep the
/// last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class<'a> {
    Pass,
    NotApplicable,
    Unknown,
    /// Fails that the waiver of this id lies over.
    Waived(&'a str),
    Fail,
}

impl<'a> Class<'a> {
    fn of(finding: &'a Finding) -> Self {
        match (finding.verdict, &finding.waiver) {
            (Verdict::Pass, _) => Self::Pass,
            (Verdict::NotApplicable, _) => Self::NotApplicable,
            (Verdict::Unknown, _) => Self::Unknown,
            (Verdict::Fail, Some(waiver)) => Self::Waived(waiver),
            (Verdict::Fail, None) => Self::Fail,
        }
    }

    /// The result as Compliance-to-Policy names it.
    pub(super) fn result(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::NotApplicable => "not-applicable",
            Self::Unknown => "error",
            Self::Waived(_) | Self::Fail => "fail",
        }
    }

    /// The class for people.
    pub(super) fn word(self) -> String {
        match self {
            Self::Pass => "pass".to_owned(),
            Self::NotApplicable => "not applicable".to_owned(),
            Self::Unknown => "unknown".to_owned(),
            Self::Waived(waiver) => format!("fail, waived by {waiver}"),
            Self::Fail => "fail".to_owned(),
        }
    }

    /// What tells UUIDs of the class apart.
    pub(super) fn names(self) -> [&'a str; 2] {
        match self {
            Self::Pass => ["pass", ""],
            Self::NotApplicable => ["not_applicable", ""],
            Self::Unknown => ["unknown", ""],
            Self::Waived(waiver) => ["waived", waiver],
            Self::Fail => ["fail", ""],
        }
    }
}

/// A policy and its findings.
pub(super) struct Judged<'a> {
    pub(super) id: &'a PolicyId,
    /// The metadata; an assessment holds it for every policy with findings.
    pub(super) meta: Option<&'a PolicyMeta>,
    pub(super) classes: BTreeMap<Class<'a>, Vec<&'a Finding>>,
}

impl<'a> Judged<'a> {
    /// What the policy is called: its title, else its id.
    pub(super) fn title(&self) -> &'a str {
        self.meta.map_or(self.id.as_str(), |m| m.title.as_str())
    }

    /// How many findings there are of a verdict, waived fails among the fails.
    pub(super) fn count(&self, verdict: Verdict) -> usize {
        self.classes.values().flatten().filter(|f| f.verdict == verdict).count()
    }

    /// Whether it said pass, fail or unknown of any resource.
    pub(super) fn is_assessed(&self) -> bool {
        self.classes.keys().any(|class| *class != Class::NotApplicable)
    }
}

/// One objective of a control: what a policy or a person can answer.
pub(super) struct Objective<'a> {
    /// The id in the catalogue.
    pub(super) id: String,
    pub(super) by: By<'a>,
}

/// Who answers an objective.
pub(super) enum By<'a> {
    /// The policy, and why it serves the control.
    Policy(&'a PolicyMeta, &'a str),
    /// A person.
    Person(&'a ManualItem),
}

/// A control and its objectives.
pub(super) struct ControlView<'a> {
    pub(super) control: &'a Control,
    /// The id in the catalogue.
    pub(super) id: String,
    pub(super) objectives: Vec<Objective<'a>>,
}

/// A framework and its controls.
pub(super) struct FrameworkView<'a> {
    pub(super) framework: &'a Framework,
    /// The id in the catalogue.
    pub(super) id: String,
    pub(super) controls: Vec<ControlView<'a>>,
}

/// What all documents are made of.
pub(super) struct View<'a> {
    pub(super) assessment: &'a Assessment,
    /// The time of the assessment.
    pub(super) now: String,
    /// When the facts were read; the time of the assessment where nobody knows.
    pub(super) collected: String,
    /// Whether the time of reading is known.
    pub(super) collected_is_known: bool,
    pub(super) frameworks: Vec<FrameworkView<'a>>,
    pub(super) policies: BTreeMap<&'a PolicyId, Judged<'a>>,
    /// All resources by id, judged or not.
    pub(super) population: BTreeMap<&'a ResourceId, Option<&'a ResourceEntry>>,
    /// SHA-256 of frameworks and policies.
    pub(super) rules_digest: String,
    /// SHA-256 of the whole assessment.
    pub(super) digest: String,
}

/// Ids that were given, so that each is given once.
#[derive(Default)]
struct Ids(BTreeSet<String>);

impl Ids {
    fn give(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        let mut number = 2;
        while !self.0.insert(id.clone()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        id
    }
}

impl<'a> View<'a> {
    /// Sorts the parts of the assessment.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] when one of its times is none.
    pub(super) fn new(assessment: &'a Assessment) -> io::Result<Self> {
        let now = instant(oscal::time("evaluated_at", &assessment.evaluated_at)?);
        let taken = assessment.snapshot.taken.as_deref();
        let collected = match taken {
            Some(text) => instant(oscal::time("snapshot.taken", text)?),
            None => now.clone(),
        };
        let mut policies: BTreeMap<&PolicyId, Judged<'_>> = assessment
            .policies
            .iter()
            .map(|meta| (&meta.id, Judged { id: &meta.id, meta: Some(meta), classes: BTreeMap::new() }))
            .collect();
        let mut population: BTreeMap<_, _> = assessment.resources.iter().map(|r| (&r.id, Some(r))).collect();
        for finding in &assessment.findings {
            let id = &finding.policy;
            let judged = policies.entry(id).or_insert_with(|| Judged { id, meta: None, classes: BTreeMap::new() });
            judged.classes.entry(Class::of(finding)).or_default().push(finding);
            population.entry(&finding.resource).or_insert(None);
        }
        Ok(Self {
            frameworks: frameworks(assessment),
            policies,
            population,
            rules_digest: oscal::digest(&(&assessment.frameworks, &assessment.policies, &assessment.parameters))?,
            digest: oscal::digest(assessment)?,
            collected_is_known: taken.is_some(),
            assessment,
            now,
            collected,
        })
    }

    /// The controls that have objectives.
    pub(super) fn reviewed(&self) -> impl Iterator<Item = (&FrameworkView<'a>, &ControlView<'a>)> {
        let all = self.frameworks.iter().flat_map(|f| f.controls.iter().map(move |c| (f, c)));
        all.filter(|(_, control)| !control.objectives.is_empty())
    }

    /// Whether the assessment says anything of an objective: a person's always, a policy's when it judged a resource.
    pub(super) fn is_reviewed(&self, objective: &Objective<'_>) -> bool {
        match objective.by {
            By::Person(_) => true,
            By::Policy(meta, _) => self.policies.get(&meta.id).is_some_and(Judged::is_assessed),
        }
    }

    /// The waiver of that id.
    pub(super) fn waiver(&self, id: &str) -> Option<&'a WaiverEntry> {
        self.assessment.waivers.iter().find(|w| w.waiver.id == id)
    }

    /// Metadata of a document: a title, the version of its content, and more entries.
    pub(super) fn metadata<const N: usize>(&self, title: &'a str, more: [(&'a str, Node<'a>); N]) -> Node<'a> {
        let tool = &self.assessment.tool;
        let sets = self.assessment.policy_set.sha256.get(..12).unwrap_or(&self.assessment.policy_set.sha256);
        let mut entries = vec![
            ("title", Node::plain(title)),
            ("last-modified", Node::plain(self.now.clone())),
            ("version", Node::value(&format!("{}+{sets}", tool.version))),
            ("oscal-version", Node::plain(oscal::OSCAL_VERSION)),
            (
                "props",
                Node::List(vec![
                    prop("tool", &tool.name),
                    prop("tool-version", &tool.version),
                    prop("policy-set-sha256", &self.assessment.policy_set.sha256),
                ]),
            ),
        ];
        entries.extend(more);
        Node::Object(entries)
    }

    /// The UUID of the program as a component.
    pub(super) fn tool_uuid(&self) -> String {
        uuid("tool", &[&self.assessment.tool.name])
    }

    /// The program as what assesses.
    pub(super) fn assessment_assets(&self) -> Node<'a> {
        let tool = &self.assessment.tool;
        let component = Node::object([
            ("uuid", Node::plain(self.tool_uuid())),
            ("type", Node::plain("software")),
            ("title", Node::markup(&tool.name)),
            ("description", Node::plain("Judges the state of Azure by policies.")),
            ("props", only(oscal::prop_of_oscal("version", &tool.version))),
            ("status", Node::object([("state", Node::plain("operational"))])),
        ]);
        let platform = Node::object([
            ("uuid", Node::plain(uuid("platform", &[&tool.name, &tool.version]))),
            ("title", Node::markup(&format!("{} {}", tool.name, tool.version))),
            ("uses-components", oscal::references("component-uuid", [self.tool_uuid()])),
        ]);
        Node::object([("components", only(component)), ("assessment-platforms", only(platform))])
    }

    /// The controls under review, and of their objectives those that `keep` keeps.
    pub(super) fn reviewed_controls(&self, keep: impl Fn(&Objective<'_>) -> bool) -> Node<'a> {
        let controls: Vec<Node<'a>> =
            self.reviewed().map(|(_, c)| Node::object([("control-id", Node::plain(c.id.clone()))])).collect();
        let objectives = self.reviewed().flat_map(|(_, c)| &c.objectives).filter(|o| keep(o));
        let objectives: Vec<Node<'a>> =
            objectives.map(|o| Node::object([("objective-id", Node::plain(o.id.clone()))])).collect();
        let selection = if controls.is_empty() {
            // All of the profile, which holds no control: OSCAL wants one choice or the other.
            let none = Node::plain("No policy of the assessment serves a paragraph, so the profile holds no control.");
            Node::object([("description", none), ("include-all", Node::object([]))])
        } else {
            Node::object([("include-controls", Node::List(controls))])
        };
        let chosen = if objectives.is_empty() {
            Node::Nothing
        } else {
            only(Node::object([("include-objectives", Node::List(objectives))]))
        };
        Node::object([("control-selections", only(selection)), ("control-objective-selections", chosen)])
    }

    /// The UUID of the back matter's entry for the snapshot.
    pub(super) fn snapshot_uuid(&self) -> String {
        uuid("snapshot", &[&self.assessment.snapshot.sha256])
    }

    /// What the assessment rests on, for the back matter.
    pub(super) fn sources(&self) -> Vec<Node<'a>> {
        let snapshot = &self.assessment.snapshot;
        let set = &self.assessment.policy_set;
        vec![
            Node::object([
                ("uuid", Node::plain(self.snapshot_uuid())),
                ("title", Node::plain("Snapshot")),
                (
                    "description",
                    Node::plain("The facts that were judged. The digest is the one that stands in its last line."),
                ),
                ("props", only(prop("sha256", &snapshot.sha256))),
            ]),
            Node::object([
                ("uuid", Node::plain(uuid("policy-set", &[&set.sha256]))),
                ("title", Node::plain("Policies")),
                ("description", Node::plain("The policies that judged. The digest is over all of their files.")),
                ("props", Node::List(vec![prop("sha256", &set.sha256), oscal::count("policies", set.policies)])),
            ]),
        ]
    }
}

fn frameworks(assessment: &Assessment) -> Vec<FrameworkView<'_>> {
    let mut served: BTreeMap<&str, Vec<(&PolicyMeta, &str)>> = BTreeMap::new();
    for meta in &assessment.policies {
        for (control, why) in &meta.controls {
            served.entry(control).or_default().push((meta, why));
        }
    }
    let mut ids = Ids::default();
    assessment.frameworks.iter().map(|framework| view(framework, &served, &mut ids)).collect()
}

fn view<'a>(
    framework: &'a Framework,
    served: &BTreeMap<&str, Vec<(&'a PolicyMeta, &'a str)>>,
    ids: &mut Ids,
) -> FrameworkView<'a> {
    let id = ids.give(token(&framework.id));
    let control = |control: &'a Control| {
        let id = ids.give(token(&control.id));
        let mut objectives = Vec::new();
        for (meta, why) in served.get(control.id.as_str()).into_iter().flatten() {
            let id = ids.give(format!("{id}_obj.{}", token(meta.id.as_str())));
            objectives.push(Objective { id, by: By::Policy(meta, why) });
        }
        for item in &control.manual {
            let id = ids.give(format!("{id}_man.{}", token(&item.id)));
            objectives.push(Objective { id, by: By::Person(item) });
        }
        ControlView { control, id, objectives }
    };
    FrameworkView { framework, id, controls: framework.controls.iter().map(control).collect() }
}
