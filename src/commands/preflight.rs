//! `assize preflight`: what the identity may not read, before anything is collected.

use std::collections::BTreeSet;

use anyhow::anyhow;

use crate::cli::{PreflightArgs, RoleForm};
use crate::collect::role::{custom_role, grants};
use crate::collect::{listed_subscriptions, preflight as probe};
use crate::commands::azure::Azure;
use crate::commands::collect::planned;
use crate::commands::{CommandError, Outcome, print_lines, say};
use crate::model::matches_pattern;

/// The name of the role that is proposed.
const ROLE: &str = "assize reader";

/// `assize preflight`.
pub(super) fn preflight(args: &PreflightArgs) -> Outcome {
    let (settings, plan) = planned(&args.read)?;
    let given = |given: &[String], set: &[String]| if given.is_empty() { set.to_vec() } else { given.to_vec() };
    let groups = given(&args.read.azure.management_groups, &settings.azure.management_groups);
    let subscriptions = given(&args.read.azure.subscriptions, &settings.azure.subscriptions);
    if let Some(form) = args.role {
        let mut scopes: Vec<String> =
            groups.iter().map(|g| format!("/providers/Microsoft.Management/managementGroups/{g}")).collect();
        if let Some(name) = subscriptions.iter().find(|s| !s.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')) {
            return Err(CommandError::new(anyhow!("{name:?} is no id of a subscription"))
                .hint("a role is assignable at ids: `az account list` shows them"));
        }
        scopes.extend(subscriptions.iter().map(|s| format!("/subscriptions/{s}")));
        if scopes.is_empty() {
            return Err(CommandError::new(anyhow!("a custom role needs a scope where it may be assigned"))
                .hint("give --management-group or --subscription"));
        }
        let role = custom_role(&plan.actions(), ROLE, &scopes);
        for grant in grants(&plan) {
            say(&format!("besides the role: {grant}"));
        }
        return print_lines(&match form {
            RoleForm::Json => role.json(),
            RoleForm::Bicep => role.bicep(),
            RoleForm::Terraform => role.terraform(),
        });
    }
    let azure = Azure::new(&args.read.azure, &settings.azure)?;
    say(&format!("as {}", azure.client.identity()));
    let listed = azure.runtime.block_on(listed_subscriptions(&azure.client)).map_err(|e| {
        CommandError::new(anyhow!("the subscriptions cannot be listed: {e}"))
            .hint("give the identity the role Reader, or the one that `assize preflight --role json` prints")
    })?;
    let known = |asked: &String| listed.iter().find(|(id, name)| id.eq_ignore_ascii_case(asked) || name == asked);
    let scope = &azure.scope;
    let matches = |patterns: &[String], (id, name): &(String, String)| {
        patterns.iter().any(|p| matches_pattern(p, id) || matches_pattern(p, name))
    };
    let asked: Vec<&(String, String)> = if subscriptions.is_empty() {
        listed.iter().collect()
    } else {
        subscriptions.iter().filter_map(known).collect()
    };
    let wanted: Vec<String> = asked
        .into_iter()
        .filter(|s| (scope.include.is_empty() || matches(&scope.include, s)) && !matches(&scope.exclude, s))
        .map(|(id, _)| id.clone())
        .collect();
    let probes = azure.runtime.block_on(probe(&azure.client, &plan, &wanted));
    let mut lines = Vec::new();
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for id in subscriptions.iter().filter(|asked| known(asked).is_none()) {
        lines.push(format!("gap  {id}: Azure does not list the subscription for this identity"));
    }
    for probe in &probes {
        if let Some((reason, why)) = &probe.gap {
            let policies = if probe.policies == 1 { "policy" } else { "policies" };
            let (kind, of) = (&probe.resource_type, &probe.subscription);
            lines.push(format!("gap  {kind} in {of} ({} {policies}): {}: {why}", probe.policies, reason.as_str()));
            missing.insert(&probe.action);
        }
    }
    let untried: BTreeSet<&str> = probes.iter().filter(|p| p.untried).map(|p| p.resource_type.as_str()).collect();
    let answered = probes.iter().filter(|p| p.gap.is_none() && !p.untried).count();
    let gaps = lines.len();
    lines.push(format!("{} subscriptions: {answered} kinds of read answered, {gaps} would be gaps", wanted.len()));
    if !untried.is_empty() {
        lines.push(format!("not tried, for want of a resource to look below: {}", untried.len()));
    }
    if !missing.is_empty() {
        lines.push("the identity lacks, or Azure would not answer:".to_owned());
        lines.extend(missing.iter().map(|action| format!("  {action}")));
    }
    print_lines(&lines.join("\n"))?;
    Ok(if gaps == 0 { 0 } else { 3 })
}
