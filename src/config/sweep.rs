//! `sweep` of `assize.yaml`: which scopes a scheduled run judges, where it keeps what it saw, and whom it tells.

use std::collections::BTreeSet;

use serde::Deserialize;

/// What `assize sweep` does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepSettings {
    /// Where runs are kept: a folder relative to the configuration, or the URL of a container of Azure Blob Storage.
    pub store: String,
    /// The history: a file relative to the configuration, or the URL of a PostgreSQL database. Without it none is kept.
    pub history: Option<String>,
    /// When runs are expected: a cron expression in UTC, or a length such as `24h`.
    pub schedule: Option<String>,
    /// How late a run may be, such as `6h`.
    pub grace: Option<String>,
    /// The formats of the reports that are kept with each run.
    #[serde(default)]
    pub reports: Vec<String>,
    /// Whether each run is packed into a bundle, and how it is signed.
    pub pack: Option<PackSettings>,
    /// Whom it tells.
    #[serde(default)]
    pub notify: Vec<NotifySettings>,
    /// What is judged, each on its own.
    pub scopes: Vec<ScopeSettings>,
}

/// How the bundle of a run is signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PackSettings {
    /// A private key, relative to the configuration.
    pub key: Option<String>,
    /// A key in Azure Key Vault, by its URL.
    pub key_vault: Option<String>,
    /// Who signs, for example `platform@bank.example`.
    pub identity: Option<String>,
    /// The address of an authority that stamps the time (RFC 3161).
    pub timestamp: Option<String>,
    /// The keys of age that the bundle is encrypted to.
    pub encrypt_to: Vec<String>,
}

/// Whom a sweep tells.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotifySettings {
    /// The form of the message.
    pub format: NotifyFormat,
    /// The environment variable that holds the address. The address is a secret and stands in no file.
    pub url_env: String,
    /// When it is sent.
    #[serde(default)]
    pub when: NotifyWhen,
    /// An address for people to read on, such as that of the build.
    pub link: Option<String>,
}

/// The form of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotifyFormat {
    /// Plain JSON.
    Json,
    /// An Adaptive Card for a workflow of Microsoft Teams.
    Teams,
    /// Blocks for an incoming webhook of Slack.
    Slack,
}

/// When a message is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotifyWhen {
    /// When something is new, fixed, reopened or newly unknown, or a scope failed.
    #[default]
    Changed,
    /// After each sweep.
    Always,
}

/// What is judged in one run. Settings that are not given here are those of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScopeSettings {
    /// Its name: small letters, digits and hyphens.
    pub name: String,
    /// Settings of its own, relative to this file.
    pub config: Option<String>,
    /// Subscriptions, by id or name.
    pub subscriptions: Vec<String>,
    /// Management groups, by id.
    pub management_groups: Vec<String>,
    /// Snapshots, or folders of code, relative to this file, that are judged instead of live Azure.
    pub paths: Vec<String>,
    /// A profile, by name or file.
    pub profile: Option<String>,
    /// The waivers file, relative to this file.
    pub waivers: Option<String>,
}

impl SweepSettings {
    /// What is wrong with the settings: the key at fault, and what to do.
    pub(super) fn problem(&self) -> Option<(String, String)> {
        let wrong = |key: &str, what: String| Some((key.to_owned(), format!("sweep: {what}")));
        if self.scopes.is_empty() {
            return wrong("scopes", "there is no scope; give each a name".to_owned());
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let mut names = BTreeSet::new();
        for scope in &self.scopes {
            let name = &scope.name;
            if name.is_empty() || name.len() > 40 || !name.chars().all(plain) {
                return wrong(
                    "name",
                    format!("the scope {name:?} needs a name of 1 to 40 small letters, digits and hyphens"),
                );
            }
            if !names.insert(name) {
                return wrong(name, format!("two scopes are called {name}"));
            }
            if !scope.paths.is_empty() && (!scope.subscriptions.is_empty() || !scope.management_groups.is_empty()) {
                return wrong("paths", format!("the scope {name} judges paths or Azure, not both"));
            }
        }
        if let Some(pack) = &self.pack {
            if pack.key.is_some() && pack.key_vault.is_some() {
                return wrong("key_vault", "pack: give key or key_vault, not both".to_owned());
            }
            let signed = pack.key.is_some() || pack.key_vault.is_some();
            if signed != pack.identity.is_some() {
                return wrong("pack", "pack: a key and an identity belong together".to_owned());
            }
        }
        let bad = self.notify.iter().find(|n| n.url_env.is_empty() || n.url_env.contains("://"));
        if bad.is_some() {
            return wrong(
                "url_env",
                "notify: url_env is the name of an environment variable; the address itself is a secret".to_owned(),
            );
        }
        None
    }
}
