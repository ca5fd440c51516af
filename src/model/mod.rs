//! The nouns that stages pass to one another. No I/O, no clock, nothing else of ours.

mod assessment;
mod crosswalk;
mod finding;
mod framework;
mod id;
mod place;
mod policy;
mod profile;
mod read;
mod relation;
mod resource;
mod settings;
mod snapshot;
mod text;
mod trend;
mod waiver;

pub use assessment::{
    ASSESSMENT_SCHEMA, Assessment, BaselineSummary, ControlCoverage, ControlStatus, Gate, GateOutcome, Gone, Notice,
    NoticeLevel, ParameterSetting, PolicySetRef, ResourceEntry, SnapshotRef, Summary,
};
pub use crosswalk::{Crosswalk, CrosswalkEntry};
pub use finding::{Change, Detail, Edit, Finding, Fix, Reason, ReasonKind, SourceLines, Verdict};
pub use framework::{Control, EvidenceStrength, Framework, ManualItem};
pub use id::{IdError, MAX_ID_BYTES, PolicyId, ResourceId, ResourceType, ScopeKind};
pub use place::{Call, Place, Written, property_at, written_at};
pub use policy::{
    CodeFix, Example, FactType, Parameter, ParameterKind, Policy, PolicyMeta, PolicySet, Read, RegoFile, Remediation,
    Severity, Trust,
};
pub use profile::{Profile, ProfileRef};
pub use read::{ReadError, ReadPath, ReadRoot};
pub use relation::{IDENTITY_USES_PATH, KEY_USES, KeySpelling, KeyUse, RELATIONS, Relation, SUBNET_USES, Shape, Via};
pub use resource::{Gap, GapReason, MAX_DEPTH, Origin, Range, Resource, ResourceError};
pub use settings::{
    CONTEXT_FIELDS, ContextRules, GateRules, GateSettings, ParameterSettings, matches_pattern, parse_fail_on,
    parse_setting,
};
pub use snapshot::{Footer, Manifest, Population, SNAPSHOT_SCHEMA, Snapshot, Source, Tool};
pub use text::{MAX_YAML_DEPTH, hex, printable, without_token, yaml_depth};
pub use trend::{MissingRuns, RunChange, RunCoverage, Trend, TrendPoint};
pub use waiver::{CommentWaiver, Waiver, WaiverEntry, WaiverSource, WaiverStatus};
