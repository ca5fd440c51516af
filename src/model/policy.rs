//! A policy: its metadata and Rego text; a set of policies with their libraries and frameworks.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{Crosswalk, Framework, PolicyId, ReadPath, ResourceType};

/// How bad it is when a policy fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails the gate by default.
    Info,
    /// Hardening.
    Low,
    /// A weakness that needs another one to do harm.
    Medium,
    /// A control that does not hold.
    High,
    /// Data or service can be lost or read as things stand.
    Critical,
}

impl Severity {
    /// All severities, worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The JSON type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactType {
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// true or false.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl FactType {
    /// Whether the value has this type.
    pub fn admits(self, value: &Value) -> bool {
        match self {
            Self::String => value.is_string(),
            Self::Integer => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0),
            Self::Number => value.is_number(),
            Self::Boolean => value.is_boolean(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }

    /// The word used in metadata.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// One fact that a policy depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// The path.
    pub path: ReadPath,
    /// The type that the policy understands; a fact of another type is a gap. Reverse relations and context have
    /// the types that the engine gives them.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<FactType>,
    /// What it means when the fact is not there. Without it, absence can never lead to a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<String>,
    /// Why a part of the resources of a relation to many can prove a fail. Without it, a relation that may not be whole
    /// is a gap: what was not found may be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_part: Option<String>,
}

/// The type, default and bounds of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum ParameterKind {
    /// A whole number within bounds.
    Integer {
        /// The value when nothing is set.
        default: i64,
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// One of several words.
    String {
        /// The value when nothing is set.
        default: String,
        /// The values it may have.
        allowed: Vec<String>,
    },
    /// Yes or no.
    Boolean {
        /// The value when nothing is set.
        default: bool,
    },
    /// A list of words, each out of `allowed` or matching `pattern`.
    List {
        /// The value when nothing is set.
        default: Vec<String>,
        /// The values that items may have.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        allowed: Option<Vec<String>>,
        /// A regular expression that items match.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
    },
}

/// A threshold that the firm sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Type, default and bounds.
    #[serde(flatten)]
    pub kind: ParameterKind,
    /// What it decides.
    pub meaning: String,
}

impl Parameter {
    /// The value when nothing is set.
    pub fn default_value(&self) -> Value {
        match &self.kind {
            ParameterKind::Integer { default, .. } => Value::from(*default),
            ParameterKind::String { default, .. } => Value::from(default.as_str()),
            ParameterKind::Boolean { default } => Value::from(*default),
            ParameterKind::List { default, .. } => Value::from(default.clone()),
        }
    }
}

/// How to repair what a policy found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remediation {
    /// An Azure CLI command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub az: Option<String>,
    /// Terraform (azurerm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terraform: Option<String>,
    /// Bicep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bicep: Option<String>,
    /// A way through the portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal: Option<String>,
    /// What to know before doing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The one property whose change in code repairs the fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeFix {
    /// The property, one of the reads.
    pub path: ReadPath,
    /// The value that makes it right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The parameter that holds the value; of a list, the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

/// Everything a policy says about itself. Assessments carry it, so that reports need no policy files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyMeta {
    /// The id, which is the Rego package.
    pub id: PolicyId,
    /// The id of the check in the catalogue, for example `PG-TLS-001`.
    pub check: String,
    /// The good state, as a sentence.
    pub title: String,
    /// The risk, and what the reader must know.
    pub description: String,
    /// How bad a fail is.
    pub severity: Severity,
    /// The types that are judged, at least one. In files one type stands alone, several stand in a list.
    #[serde(rename = "resource", with = "one_or_more")]
    pub resources: Vec<ResourceType>,
    /// The facts that the verdict depends on.
    pub reads: Vec<Read>,
    /// The thresholds, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Parameter>,
    /// Control id → why the policy serves it.
    pub controls: BTreeMap<String, String>,
    /// How to repair it.
    pub remediation: Remediation,
    /// How to repair it in code, where one property is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<CodeFix>,
    /// Links to Microsoft's documentation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Crosswalk → ids of the same idea there. Filled when a policy set is loaded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub crosswalks: BTreeMap<String, Vec<String>>,
    /// Former ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<PolicyId>,
}

impl PolicyMeta {
    /// The judged types as a text for people: `A, B and 3 more`.
    pub fn resource_text(&self) -> String {
        const NAMED: usize = 3;
        let named: Vec<&str> = self.resources.iter().take(NAMED).map(ResourceType::as_str).collect();
        match self.resources.len() {
            0..=NAMED => named.join(", "),
            more => format!("{} and {} more", named.join(", "), more - NAMED),
        }
    }
}

/// One type as a text, several as a list.
mod one_or_more {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::ResourceType;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        One(ResourceType),
        Several(Vec<ResourceType>),
    }

    pub(super) fn serialize<S: Serializer>(types: &[ResourceType], serializer: S) -> Result<S::Ok, S::Error> {
        match types {
            [one] => one.serialize(serializer),
            several => several.serialize(serializer),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ResourceType>, D::Error> {
        Ok(match Form::deserialize(deserializer)? {
            Form::One(one) => vec![one],
            Form::Several(several) => several,
        })
    }
}

/// A Rego file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegoFile {
    /// Path for messages, relative to the policies folder.
    pub path: String,
    /// The text.
    pub text: Cow<'static, str>,
}

/// Where a policy comes from, which decides how far it is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Part of the program.
    Embedded,
    /// Loaded from a folder: evaluated in a process of its own.
    Loaded,
}

/// A policy with its text and the files that prove it.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The metadata.
    pub meta: PolicyMeta,
    /// `policy.rego`.
    pub rego: RegoFile,
    /// `policy_test.rego`.
    pub tests: Option<RegoFile>,
    /// `pass.json` and `fail.json`: path and text.
    pub pass: Option<RegoFile>,
    /// See `pass`.
    pub fail: Option<RegoFile>,
    /// Where it comes from.
    pub trust: Trust,
}

/// A case of a policy, with as much of its resources as the policy reads: an example for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub description: String,
    /// The time at which the facts were read, where the policy looks at it.
    pub at: Option<String>,
    /// Parameters that differ from their defaults.
    pub parameters: BTreeMap<String, Value>,
    /// The resource that is judged, and then what it relates to.
    pub resources: Vec<Value>,
}

/// Policies, the libraries they import, their data and the frameworks they are mapped to.
#[derive(Debug, Clone, Default)]
pub struct PolicySet {
    /// The policies, by id.
    pub policies: BTreeMap<PolicyId, Policy>,
    /// Library modules that policies import.
    pub libraries: Vec<RegoFile>,
    /// Tests of the libraries.
    pub library_tests: Vec<RegoFile>,
    /// Base documents: what `data.json` files hold, under their folder's path.
    pub data: Value,
    /// The frameworks, by id.
    pub frameworks: BTreeMap<String, Framework>,
    /// The crosswalks, by id.
    pub crosswalks: BTreeMap<String, Crosswalk>,
    /// The files of profiles, by id. They are read when one is chosen.
    pub profiles: BTreeMap<String, RegoFile>,
    /// SHA-256 over all files but profiles, hex.
    pub digest: String,
}

impl PolicySet {
    /// The parameters that any policy declares. Policies that share one declare it identically; loading proves it.
    pub fn parameters(&self) -> BTreeMap<&str, &Parameter> {
        self.policies
            .values()
            .flat_map(|p| p.meta.parameters.iter().map(|(name, parameter)| (name.as_str(), parameter)))
            .collect()
    }

    /// The resource types that the policies judge.
    pub fn resource_types(&self) -> BTreeSet<&ResourceType> {
        self.policies.values().flat_map(|p| &p.meta.resources).collect()
    }

    /// The policy of that id, or one that had it before.
    pub fn find(&self, id: &str) -> Option<&Policy> {
        self.policies
            .values()
            .find(|p| p.meta.id.as_str() == id)
            .or_else(|| self.policies.values().find(|p| p.meta.aliases.iter().any(|a| a.as_str() == id)))
    }

    /// Keeps the policies that the test accepts.
    pub fn retain(&mut self, keep: impl Fn(&Policy) -> bool) {
        self.policies.retain(|_, policy| keep(policy));
    }
}
