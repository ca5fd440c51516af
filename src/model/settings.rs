//! What the firm sets: where context is declared, parameters, the gate. Read from `assize.yaml` by `config`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::model::{ParameterSetting, Severity};

/// The fields of context that a firm may declare.
pub const CONTEXT_FIELDS: [&str; 7] =
    ["domain", "owner", "data_class", "criticality", "environment", "rto_minutes", "rpo_minutes"];

/// Where the context of a resource is declared. The register counts first, then tags, then the resource group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContextRules {
    /// Field → names of the tags that may carry it, in order of preference.
    pub tags: BTreeMap<String, Vec<String>>,
    /// Patterns of resource group names (`*` for any run of characters), with the fields they give.
    pub resource_groups: Vec<(String, BTreeMap<String, String>)>,
    /// Patterns of resource ids, with the fields they give.
    pub register: Vec<(String, BTreeMap<String, String>)>,
}

impl Default for ContextRules {
    /// Every field comes from the tag of its own name.
    fn default() -> Self {
        Self {
            tags: CONTEXT_FIELDS.iter().map(|f| ((*f).to_owned(), vec![(*f).to_owned()])).collect(),
            resource_groups: Vec::new(),
            register: Vec::new(),
        }
    }
}

/// The rules of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateRules {
    /// The lowest severity that fails it; `None` lets every fail through.
    pub fail_on: Option<Severity>,
    /// How many unknown findings it lets through.
    pub allow_unknown: u64,
    /// Whether only fails that are new against the baseline count.
    pub new_only: bool,
}

impl Default for GateRules {
    fn default() -> Self {
        Self { fail_on: Some(Severity::High), allow_unknown: 0, new_only: false }
    }
}

/// What of the gate is set; what is not set stays as it is below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GateSettings {
    /// The lowest severity that fails it; the inner `None` lets every fail through.
    pub fail_on: Option<Option<Severity>>,
    /// How many unknown findings it lets through.
    pub allow_unknown: Option<u64>,
    /// Whether only fails that are new against the baseline count.
    pub new_only: Option<bool>,
}

impl GateSettings {
    /// Lays what is set over other rules.
    #[must_use]
    pub fn over(self, rules: GateRules) -> GateRules {
        GateRules {
            fail_on: self.fail_on.unwrap_or(rules.fail_on),
            allow_unknown: self.allow_unknown.unwrap_or(rules.allow_unknown),
            new_only: self.new_only.unwrap_or(rules.new_only),
        }
    }
}

/// A severity, or `never`.
///
/// # Errors
/// What is wrong.
pub fn parse_fail_on(word: &str) -> Result<Option<Severity>, String> {
    if word == "never" {
        return Ok(None);
    }
    let found = Severity::ALL.into_iter().find(|s| s.as_str() == word);
    found.map(Some).ok_or_else(|| format!("{word:?} is none of critical, high, medium, low, info, never"))
}

/// Values of parameters that differ from their defaults, by name.
pub type ParameterSettings = BTreeMap<String, ParameterSetting>;

/// The setting of a parameter as files write it: a value, or `{default, by_data_class, by_criticality}`.
///
/// # Errors
/// What is wrong, to be put behind the parameter's name.
pub fn parse_setting(value: Value) -> Result<ParameterSetting, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        #[serde(default)]
        default: Value,
        #[serde(default)]
        by_data_class: BTreeMap<String, Value>,
        #[serde(default)]
        by_criticality: BTreeMap<String, Value>,
    }
    match value {
        Value::Object(_) => {
            let Raw { default, by_data_class, by_criticality } =
                serde_json::from_value(value).map_err(|e| format!(": {e}"))?;
            Ok(ParameterSetting { default, by_data_class, by_criticality })
        }
        Value::Null => Err(" has no value".to_owned()),
        plain => Ok(ParameterSetting { default: plain, ..ParameterSetting::default() }),
    }
}

/// Whether a text matches a pattern in which `*` stands for any run of characters, without regard to case.
/// Takes time in proportion to the product of both lengths at most.
pub fn matches_pattern(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let (mut p, mut t, mut star) = (0, 0, None);
    while t < text.len() {
        if p < pattern.len() && pattern[p] == '*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len() && pattern[p] == text[t] {
            p += 1;
            t += 1;
        } else if let Some((at, from)) = star {
            star = Some((at, from + 1));
            p = at + 1;
            t = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_runs_and_ignore_case() {
        for (pattern, text, expected) in [
            ("rg-payments-*", "RG-Payments-weu", true),
            ("*", "", true),
            ("", "", true),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
            ("abc", "abcd", false),
            ("*a*a*a*a*a*b", &"a".repeat(2000), false),
        ] {
            assert_eq!(matches_pattern(pattern, text), expected, "{pattern} {text}");
        }
    }
}
