//! Messages about a sweep: which are due, what they say, where they go.

use anyhow::anyhow;

use crate::commands::sweep::ScopeOutcome;
use crate::commands::{CommandError, azure};
use crate::config::{NotifyFormat, NotifySettings, NotifyWhen};
use crate::report::notify::{Channel, Counts, Notice, render};
use crate::webhook::{Patience, Webhook};

/// The webhooks of the settings: an address that is missing or no https is told before anything is read.
pub(super) fn check(settings: &[NotifySettings]) -> Result<Vec<Webhook>, CommandError> {
    let allow_http = std::env::var(azure::ALLOW_HTTP).is_ok_and(|v| v == "1");
    let webhook = |settings: &NotifySettings| {
        let name = &settings.url_env;
        let address = std::env::var(name).ok().filter(|v| !v.is_empty()).ok_or_else(|| {
            CommandError::new(anyhow!("sweep.notify: the environment variable {name} is not set"))
                .hint("it holds the address of the webhook")
        })?;
        Ok(Webhook::new(name, &address, allow_http, Patience::default())?)
    };
    settings.iter().map(webhook).collect()
}

/// Sends what is due. Gives what could not be sent; no text of it holds an address.
pub(super) fn tell(settings: &[NotifySettings], webhooks: &[Webhook], outcomes: &[ScopeOutcome]) -> Vec<String> {
    let changed = outcomes.iter().any(ScopeOutcome::changed);
    let due = settings.iter().zip(webhooks).filter(|(s, _)| changed || s.when == NotifyWhen::Always);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return vec![format!("no message was sent: {error}")],
    };
    let send = |(settings, webhook): (&NotifySettings, &Webhook)| {
        let channel = match settings.format {
            NotifyFormat::Json => Channel::Json,
            NotifyFormat::Teams => Channel::Teams,
            NotifyFormat::Slack => Channel::Slack,
        };
        runtime.block_on(webhook.send(&render(&notice(outcomes, settings.link.clone()), channel))).err()
    };
    due.filter_map(send).map(|error| error.to_string()).collect()
}

/// What is said of all scopes together. Of a scope that could not be judged only that is told: why may hold names of files.
fn notice(outcomes: &[ScopeOutcome], link: Option<String>) -> Notice {
    let sum = |of: fn(&ScopeOutcome) -> u64| outcomes.iter().map(of).sum();
    let broken: Vec<&str> = outcomes.iter().filter(|o| o.gate.is_none()).map(|o| o.scope.as_str()).collect();
    let names: Vec<&str> = outcomes.iter().map(|o| o.scope.as_str()).collect();
    let title = if broken.is_empty() {
        format!("assize sweep of {}", names.join(", "))
    } else {
        format!("assize sweep of {}: {} could not be judged", names.join(", "), broken.join(", "))
    };
    let line = |o: &ScopeOutcome| {
        let scope = o.scope.clone();
        let lines = o.worst.iter().map(move |(severity, policy, resource)| {
            let name = resource.rsplit('/').next().unwrap_or_default();
            format!("{scope}: {severity} {policy} {name}")
        });
        lines.collect::<Vec<_>>()
    };
    Notice {
        title,
        counts: Counts {
            new: sum(|o| o.new),
            fixed: sum(|o| o.fixed),
            reopened: sum(|o| o.reopened.unwrap_or_default()),
            newly_unknown: sum(|o| o.newly_unknown),
            fail: sum(|o| o.fail),
            unknown: sum(|o| o.unknown),
            waived: sum(|o| o.waived),
            pass: sum(|o| o.pass),
        },
        worst: outcomes.iter().flat_map(line).collect(),
        link,
    }
}
