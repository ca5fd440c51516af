//! `assize.yaml` and the waivers file → settings and waivers. Takes text, gives typed values or the line that is
//! wrong. Unknown keys are errors: a misspelt threshold must not be silently the default.

mod sweep;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::model::{
    CONTEXT_FIELDS, ContextRules, GateSettings, MAX_YAML_DEPTH, ParameterSettings, Waiver, WaiverSource, parse_fail_on,
    parse_setting, yaml_depth,
};

pub use sweep::{NotifyFormat, NotifySettings, NotifyWhen, PackSettings, ScopeSettings, SweepSettings};

/// The largest configuration or waivers file, in bytes.
pub const MAX_CONFIG_BYTES: usize = 1 << 20;

/// How many days a waiver may hold when `waiver_max_days` is not set.
pub const DEFAULT_WAIVER_DAYS: i64 = 365;

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}:{line}: {what}")]
pub struct ConfigError {
    /// The file.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

/// What `assize.yaml` means.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Where context is declared.
    pub context: ContextRules,
    /// Parameters that differ from their defaults.
    pub parameters: ParameterSettings,
    /// Patterns of the policies to evaluate; empty means all.
    pub include: Vec<String>,
    /// Patterns of the policies to leave out.
    pub exclude: Vec<String>,
    /// Framework files, relative to the configuration.
    pub frameworks: Vec<String>,
    /// What of the gate is set.
    pub gate: GateSettings,
    /// The profile that lies below these settings: a name, or a path relative to the configuration.
    pub profile: Option<String>,
    /// The waivers file, relative to the configuration.
    pub waivers: Option<String>,
    /// Whether comments in code count as waivers.
    pub accept_comments: bool,
    /// How many days a waiver may hold.
    pub waiver_max_days: i64,
    /// How code is read.
    pub code: CodeSettings,
    /// What of Azure is collected, and as whom.
    pub azure: AzureSettings,
    /// What a scheduled run does.
    pub sweep: Option<SweepSettings>,
}

/// What of Azure is collected, and as whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AzureSettings {
    /// The cloud: AzurePublic, AzureUSGovernment or AzureChina; another one is told by its endpoints.
    pub cloud: Option<String>,
    /// Endpoints that differ from the cloud's.
    pub endpoints: EndpointSettings,
    /// The tenant, by id.
    pub tenant: Option<String>,
    /// The application or identity, by client id.
    pub client_id: Option<String>,
    /// The kinds of credential to try, in this order; those that the environment knows, if none is named.
    pub credentials: Vec<String>,
    /// Subscriptions, by id or name.
    pub subscriptions: Vec<String>,
    /// Management groups, by id.
    pub management_groups: Vec<String>,
    /// If there are any, only subscriptions whose id or name matches one.
    pub include: Vec<String>,
    /// No subscription whose id or name matches one.
    pub exclude: Vec<String>,
    /// Names of subscriptions in reports, by id.
    pub aliases: BTreeMap<String, String>,
    /// Whether people are replaced by pseudonyms.
    pub pseudonymise: bool,
}

/// Endpoints of a cloud.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EndpointSettings {
    /// Azure Resource Manager, for example `https://management.azure.com`.
    pub arm: Option<String>,
    /// The login service.
    pub login: Option<String>,
    /// Microsoft Graph.
    pub graph: Option<String>,
    /// The domain of key vaults, for example `vault.azure.net`.
    pub vault_suffix: Option<String>,
    /// The domain of managed HSM pools.
    pub hsm_suffix: Option<String>,
    /// The audience of tokens for Azure Resource Manager.
    pub arm_audience: Option<String>,
    /// The audience of tokens for Microsoft Graph.
    pub graph_audience: Option<String>,
    /// The audience of tokens for key vaults.
    pub vault_audience: Option<String>,
    /// The audience of tokens for managed HSM pools.
    pub hsm_audience: Option<String>,
}

/// How code is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CodeSettings {
    /// Patterns of files that are passed over, relative to the root.
    pub exclude: Vec<String>,
    /// Variable files of Terraform, relative to the configuration.
    pub var_files: Vec<String>,
    /// Whether the code is the whole estate: what it does not declare does not exist.
    pub whole_estate: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            context: ContextRules::default(),
            parameters: ParameterSettings::new(),
            include: Vec::new(),
            exclude: Vec::new(),
            frameworks: Vec::new(),
            gate: GateSettings::default(),
            profile: None,
            waivers: None,
            accept_comments: true,
            waiver_max_days: DEFAULT_WAIVER_DAYS,
            code: CodeSettings::default(),
            azure: AzureSettings::default(),
            sweep: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    version: u32,
    profile: Option<String>,
    #[serde(default)]
    context: RawContext,
    #[serde(default)]
    parameters: BTreeMap<String, Value>,
    #[serde(default)]
    policies: RawSelection,
    #[serde(default)]
    frameworks: Vec<String>,
    #[serde(default)]
    gate: RawGate,
    #[serde(default)]
    waivers: Value,
    waiver_max_days: Option<i64>,
    #[serde(default)]
    code: CodeSettings,
    #[serde(default)]
    azure: AzureSettings,
    sweep: Option<SweepSettings>,
}

/// Where waivers stand. A bare text is the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaiverRules {
    file: Option<String>,
    in_source: Option<InSource>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum InSource {
    Accept,
    Refuse,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawContext {
    #[serde(default)]
    tags: BTreeMap<String, OneOrMany>,
    #[serde(default)]
    resource_groups: Vec<BTreeMap<String, String>>,
    #[serde(default)]
    register: Vec<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawSelection {
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawGate {
    fail_on: Option<String>,
    allow_unknown: Option<u64>,
    new_only: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaivers {
    version: u32,
    waivers: Vec<RawWaiver>,
}

/// A waiver of the file: every field is there, and it cannot call itself a comment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaiver {
    id: String,
    policy: String,
    scope: String,
    reason: String,
    compensating_control: String,
    requester: String,
    approver: String,
    ticket: String,
    approved_on: NaiveDate,
    expires_on: NaiveDate,
}

impl From<RawWaiver> for Waiver {
    fn from(raw: RawWaiver) -> Self {
        Self {
            id: raw.id,
            policy: raw.policy,
            scope: raw.scope,
            reason: raw.reason,
            compensating_control: raw.compensating_control,
            requester: raw.requester,
            approver: raw.approver,
            ticket: raw.ticket,
            approved_on: Some(raw.approved_on),
            expires_on: raw.expires_on,
            source: WaiverSource::Register,
        }
    }
}

/// Reads `assize.yaml`. `name` is what messages call it.
///
/// # Errors
/// [`ConfigError`] with the line that is wrong.
pub fn parse_config(name: &str, text: &str) -> Result<Settings, ConfigError> {
    let wrong = |at: &str, what: String| ConfigError { name: name.to_owned(), line: line_of(text, at), what };
    let raw: RawConfig = yaml(name, text)?;
    if raw.version != 1 {
        return Err(wrong("version", format!("version {} is not known; this version reads version 1", raw.version)));
    }
    let mut settings = Settings { include: raw.policies.include, exclude: raw.policies.exclude, ..Settings::default() };
    for (field, tags) in raw.context.tags {
        if !CONTEXT_FIELDS.contains(&field.as_str()) {
            return Err(wrong(
                &field,
                format!("context.tags.{field}: there is no such field; there are {}", CONTEXT_FIELDS.join(", ")),
            ));
        }
        let tags = match tags {
            OneOrMany::One(tag) => vec![tag],
            OneOrMany::Many(tags) => tags,
        };
        settings.context.tags.insert(field, tags);
    }
    let fields = |rows: Vec<BTreeMap<String, String>>, key: &str, place: &str| {
        rows.into_iter()
            .map(|mut row| {
                let pattern = row
                    .remove(key)
                    .filter(|p| !p.is_empty())
                    .ok_or_else(|| wrong(place, format!("context.{place}: an entry has no {key}")))?;
                match row.keys().find(|field| !CONTEXT_FIELDS.contains(&field.as_str())) {
                    Some(field) => Err(wrong(field, format!("context.{place}: there is no field {field:?}"))),
                    None => Ok((pattern, row)),
                }
            })
            .collect::<Result<Vec<_>, _>>()
    };
    settings.context.resource_groups = fields(raw.context.resource_groups, "pattern", "resource_groups")?;
    settings.context.register = fields(raw.context.register, "id", "register")?;
    for (parameter, value) in raw.parameters {
        let setting =
            parse_setting(value).map_err(|what| wrong(&parameter, format!("parameters.{parameter}{what}")))?;
        settings.parameters.insert(parameter, setting);
    }
    if let Some(word) = raw.gate.fail_on {
        let fail_on = parse_fail_on(&word).map_err(|what| wrong("fail_on", format!("gate.fail_on: {what}")))?;
        settings.gate.fail_on = Some(fail_on);
    }
    settings.frameworks = raw.frameworks;
    if raw.profile.as_ref().is_some_and(|p| p.trim().is_empty()) {
        return Err(wrong("profile", "profile is empty; name one of `assize profile list`, or a file".to_owned()));
    }
    settings.profile = raw.profile;
    settings.code = raw.code;
    settings.azure = raw.azure;
    if let Some((key, what)) = raw.sweep.as_ref().and_then(SweepSettings::problem) {
        return Err(wrong(&key, what));
    }
    settings.sweep = raw.sweep;
    settings.gate.allow_unknown = raw.gate.allow_unknown;
    settings.gate.new_only = raw.gate.new_only;
    match raw.waivers {
        Value::Null => {}
        Value::String(file) => settings.waivers = Some(file),
        rules => {
            let rules: RawWaiverRules =
                serde_json::from_value(rules).map_err(|e| wrong("waivers", format!("waivers: {e}")))?;
            settings.waivers = rules.file;
            settings.accept_comments = rules.in_source != Some(InSource::Refuse);
        }
    }
    if let Some(days) = raw.waiver_max_days {
        if !(1..=3650).contains(&days) {
            return Err(wrong("waiver_max_days", format!("waiver_max_days is {days}; it must be between 1 and 3650")));
        }
        settings.waiver_max_days = days;
    }
    Ok(settings)
}

/// Reads a waivers file. The rules that waivers must keep are checked by `assess`.
///
/// # Errors
/// [`ConfigError`] with the line that is wrong.
pub fn parse_waivers(name: &str, text: &str) -> Result<Vec<Waiver>, ConfigError> {
    let raw: RawWaivers = yaml(name, text)?;
    if raw.version != 1 {
        let what = format!("version {} is not known; this version reads version 1", raw.version);
        return Err(ConfigError { name: name.to_owned(), line: line_of(text, "version"), what });
    }
    Ok(raw.waivers.into_iter().map(Waiver::from).collect())
}

fn yaml<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, ConfigError> {
    if text.len() > MAX_CONFIG_BYTES {
        return Err(ConfigError {
            name: name.to_owned(),
            line: 1,
            what: format!("is larger than {MAX_CONFIG_BYTES} bytes"),
        });
    }
    if yaml_depth(text) > MAX_YAML_DEPTH {
        let what = format!("is nested deeper than {MAX_YAML_DEPTH} levels");
        return Err(ConfigError { name: name.to_owned(), line: 1, what });
    }
    yaml_serde::from_str(text).map_err(|e| ConfigError {
        name: name.to_owned(),
        line: e.location().map_or(1, |l| l.line()),
        what: e.to_string(),
    })
}

fn line_of(text: &str, needle: &str) -> usize {
    text.lines().position(|l| l.contains(needle)).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_laid_over_the_defaults() {
        let text = "version: 1\ncontext:\n  tags: {domain: [bc, domain], owner: team}\n  resource_groups:\n    - {pattern: rg-pay-*, domain: payments}\nparameters:\n  days: {default: 7, by_data_class: {secret: 35}}\n  flag: true\ngate: {fail_on: never, allow_unknown: 3}\nwaiver_max_days: 90\n";
        let settings = parse_config("assize.yaml", text).unwrap();
        assert_eq!(settings.context.tags["domain"], ["bc", "domain"]);
        assert_eq!(settings.context.tags["owner"], ["team"]);
        assert_eq!(
            settings.context.tags["criticality"],
            ["criticality"],
            "fields that are not named keep their default"
        );
        assert_eq!(settings.context.resource_groups[0].1["domain"], "payments");
        assert_eq!(settings.parameters["days"].by_data_class["secret"], 35);
        assert_eq!(settings.parameters["flag"].default, true);
        assert_eq!(settings.gate.fail_on, Some(None), "never is a setting, and not the lack of one");
        assert_eq!(
            (settings.gate.allow_unknown, settings.gate.new_only, settings.waiver_max_days),
            (Some(3), None, 90)
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, line, word) in [
            ("", 1, "missing field `version`"),
            ("version: 2\n", 1, "version 2 is not known"),
            ("version: 1\ngates: {}\n", 2, "unknown field `gates`"),
            ("version: 1\ngate:\n  fail_on: worst\n", 3, "\"worst\" is none of"),
            ("version: 1\ngate: {fail_under: high}\n", 2, "unknown field `fail_under`"),
            ("version: 1\ncontext:\n  tags: {color: x}\n", 3, "no such field"),
            ("version: 1\ncontext:\n  register:\n    - {id: /a, colour: x}\n", 4, "no field \"colour\""),
            ("version: 1\ncontext:\n  register:\n    - {domain: x}\n", 3, "has no id"),
            ("version: 1\nparameters:\n  days: {defalt: 7}\n", 3, "unknown field `defalt`"),
            ("version: 1\nparameters:\n  days:\n", 3, "has no value"),
            ("version: 1\nwaiver_max_days: 0\n", 2, "between 1 and 3650"),
            ("version: 1\nwaivers: {in_source: maybe}\n", 2, "unknown variant `maybe`"),
            ("version: 1\nwaivers: {in_sauce: refuse}\n", 2, "unknown field `in_sauce`"),
            ("version: 1\nwaivers: 5\n", 2, "invalid type"),
            ("version: 1\nversion: 1\n", 1, "duplicate field"),
            ("version: 1\n\tx: 1\n", 2, ""),
        ] {
            let error = parse_config("a.yaml", text).unwrap_err();
            assert!(error.what.contains(word), "{text:?}: {error}");
            assert_eq!(error.line, line, "{text:?}: {error}");
        }
    }

    #[test]
    fn waivers_are_a_file_or_rules() {
        for (text, file, accept) in [
            ("version: 1\n", None, true),
            ("version: 1\nwaivers: w.yaml\n", Some("w.yaml"), true),
            ("version: 1\nwaivers: {file: w.yaml}\n", Some("w.yaml"), true),
            ("version: 1\nwaivers: {in_source: refuse}\n", None, false),
            ("version: 1\nwaivers: {file: w.yaml, in_source: accept}\n", Some("w.yaml"), true),
        ] {
            let settings = parse_config("a.yaml", text).unwrap();
            assert_eq!((settings.waivers.as_deref(), settings.accept_comments), (file, accept), "{text}");
        }
    }

    #[test]
    fn a_yaml_bomb_is_an_error() {
        let mut bomb = String::from("version: 1\nparameters:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..30 {
            let before = i - 1;
            bomb.push_str(&format!("  a{i}: &a{i} [*a{before}, *a{before}, *a{before}, *a{before}, *a{before}, *a{before}, *a{before}, *a{before}, *a{before}]\n"));
        }
        assert!(parse_config("a.yaml", &bomb).unwrap_err().what.contains("repetition limit"));
        let deep = format!("version: 1\nparameters:\n  a: {}x{}\n", "[".repeat(50_000), "]".repeat(50_000));
        assert!(parse_config("a.yaml", &deep).unwrap_err().what.contains("nested deeper"));
        let long = format!("version: 1\n#{}\n", "x".repeat(MAX_CONFIG_BYTES));
        assert!(parse_config("a.yaml", &long).unwrap_err().what.contains("larger than"));
    }

    #[test]
    fn a_waiver_without_expiry_is_refused() {
        let text = "version: 1\nwaivers:\n  - {id: W-1, policy: a.x, scope: /subscriptions/s, reason: r, compensating_control: c, requester: a, approver: b, ticket: t, approved_on: 2026-01-01}\n";
        assert!(parse_waivers("w.yaml", text).unwrap_err().what.contains("missing field `expires_on`"));
        let text = text.replace("2026-01-01}", "2026-01-01, expires_on: 2026-02-30}");
        assert!(parse_waivers("w.yaml", &text).is_err());
        let text = text.replace("2026-02-30", "2026-02-28");
        assert_eq!(parse_waivers("w.yaml", &text).unwrap().len(), 1);
        // Only code can hold a comment, and only the file an approval.
        for change in [", source: {comment: {file: a.tf, line: 1}}}", ", source: register}"] {
            let text = text.replace("2026-02-28}", &format!("2026-02-28{change}"));
            assert!(parse_waivers("w.yaml", &text).unwrap_err().what.contains("unknown field `source`"));
        }
    }
}
