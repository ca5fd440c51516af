//! Isolation of business domains: which keys, subnets and identities serve more than one. Takes the findings of the ISO
//! checks and the users that they read.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::model::Finding;
use crate::report::html::facts::parsed;
use crate::report::html::index::{Index, Mark};
use crate::report::html::words::{counted, length, mark, number, policy_link, resource, safe, said, scrolling, short};

/// The most domains and shared resources in the picture.
const MOST: usize = 40;

/// The most rows of a table.
const ROWS: usize = 500;

/// The users of something, as the relations `key_users`, `subnet_users` and `identity_users` give them.
#[derive(Deserialize)]
struct Users {
    domains: BTreeMap<String, Group>,
}

#[derive(Deserialize)]
struct Group {
    count: u64,
    #[serde(default)]
    examples: Vec<String>,
}

/// Something that several domains use.
struct Shared<'a> {
    /// `key`, `subnet`, `identity`.
    kind: String,
    domains: BTreeMap<String, Group>,
    findings: Vec<&'a Finding>,
    /// Ids that every finding names, which the shared thing is among.
    named: Option<BTreeSet<String>>,
}

impl Shared<'_> {
    fn worst(&self) -> Mark {
        self.findings.iter().map(|f| Mark::of(f)).min().unwrap_or(Mark::NotApplicable)
    }

    /// What it is called: the resource of a finding that is no user itself, else the one id that all findings name.
    fn label(&self, index: &Index<'_>) -> String {
        let users: BTreeSet<String> =
            self.domains.values().flat_map(|g| g.examples.iter().map(|e| e.to_lowercase())).collect();
        let own = self.findings.iter().find(|f| !users.contains(f.resource.key()) && !self.is_user(f, index));
        let named = || {
            let mut ids = self.named.iter().flatten().filter(|id| !users.contains(&id.to_lowercase()));
            let only = ids.next().filter(|_| ids.next().is_none())?;
            only.rsplit('/').next().map(str::to_owned)
        };
        own.map(|f| index.name(&f.resource)).or_else(named).unwrap_or_else(|| format!("one {}", self.kind))
    }

    /// Whether the judged resource uses the thing: examples are cut, so a user may not be among them.
    fn is_user(&self, finding: &Finding, index: &Index<'_>) -> bool {
        let own_kind = finding.resource.resource_type().is_some_and(|t| {
            let last = t.key().rsplit('/').next().unwrap_or_default().to_owned();
            last.contains("key") || last.contains("subnet") || last.contains("identit")
        });
        !own_kind && index.domain(&finding.resource).is_some_and(|d| self.domains.contains_key(d))
    }
}

/// The isolation of domains: a picture and the same as tables.
pub(super) fn body(index: &Index<'_>) -> Markup {
    let iso = || index.policies.iter().filter(|p| p.meta.is_some_and(|m| m.check.starts_with("ISO-")));
    let findings: Vec<&Finding> = iso().flat_map(|p| p.findings.iter().copied()).collect();
    if findings.is_empty() {
        return html! { p { "No policy about the isolation of domains was evaluated." } };
    }
    let (shared, rest) = arrange(&findings);
    let mut held: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in findings.iter().filter(|f| Mark::of(f) == Mark::Pass) {
        *held.entry(index.domain(&finding.resource).unwrap_or("no domain declared")).or_default() += 1;
    }
    let crossing = shared.iter().filter(|s| matches!(s.worst(), Mark::Fail | Mark::Waived)).count();
    html! {
        p {
            (counted(findings.len() as u64, "finding", "findings")) " about isolation. "
            @match crossing {
                0 => { "No key, subnet or identity was found in the use of several domains against the policies." },
                more => { (counted(more as u64, "key, subnet or identity crosses", "keys, subnets and identities cross")) " the border between domains." },
            }
        }
        @if !shared.is_empty() { (picture(index, &shared, &held)) (paths(index, &shared)) }
        (others(index, &rest))
    }
}

/// Things that several domains use, and the fails and unknowns that show none.
fn arrange<'a>(findings: &[&'a Finding]) -> (Vec<Shared<'a>>, Vec<&'a Finding>) {
    let mut shared: BTreeMap<(String, String), Shared<'a>> = BTreeMap::new();
    let mut rest = Vec::new();
    for finding in findings {
        let mut placed = false;
        let facts = parsed(finding).unwrap_or_default();
        for (path, fact) in &facts {
            let Some(kind) = path.strip_prefix("related.").and_then(|p| p.strip_suffix("_users")) else { continue };
            let Ok(users) = Users::deserialize(fact) else { continue };
            if users.domains.len() < 2 {
                continue;
            }
            placed = true;
            let named: BTreeSet<String> = facts.iter().filter(|(p, _)| *p != path).flat_map(|(_, v)| ids(v)).collect();
            let key = (kind.to_owned(), fact["domains"].to_string());
            let entry = shared.entry(key).or_insert_with(|| Shared {
                kind: kind.replace('_', " "),
                domains: users.domains,
                findings: Vec::new(),
                named: None,
            });
            entry.findings.push(finding);
            if !named.is_empty() {
                entry.named = Some(match entry.named.take() {
                    Some(before) => before.intersection(&named).cloned().collect(),
                    None => named,
                });
            }
        }
        if !placed && matches!(Mark::of(finding), Mark::Fail | Mark::Waived | Mark::Unknown) {
            rest.push(*finding);
        }
    }
    let mut shared: Vec<Shared<'a>> = shared.into_values().collect();
    shared.sort_by_key(Shared::worst);
    rest.sort_by_key(|f| Mark::of(f));
    (shared, rest)
}

/// The ids in a fact: texts, and names of members.
fn ids(value: &Value) -> Vec<String> {
    let id = |text: &str| text.starts_with("/subscriptions/").then(|| text.to_lowercase());
    match value {
        Value::String(text) => id(text).into_iter().collect(),
        Value::Array(items) => items.iter().flat_map(ids).collect(),
        Value::Object(members) => members.keys().filter_map(|name| id(name)).collect(),
        _ => Vec::new(),
    }
}

/// Domains on the left, what they share on the right, a line for each use.
fn picture(index: &Index<'_>, shared: &[Shared<'_>], held: &BTreeMap<&str, u64>) -> Markup {
    const ROW: usize = 30;
    const TOP: usize = 44;
    let shown = &shared[..shared.len().min(MOST)];
    // Domains in the order of what they share, so that lines cross little; the others after them.
    let mut domains: Vec<&str> = Vec::new();
    let mut left_out = 0;
    let sharing = shown.iter().flat_map(|s| s.domains.keys().map(String::as_str));
    for domain in sharing.chain(held.keys().copied()) {
        if domains.contains(&domain) {
            continue;
        }
        if domains.len() < MOST { domains.push(domain) } else { left_out += 1 }
    }
    let y = |at: usize| TOP + at * ROW;
    let row_of = |domain: &str| domains.iter().position(|d| *d == domain);
    // Each shared thing stands at the height of its users, or below the one above it.
    let mut order: Vec<(usize, &Shared<'_>)> = shown
        .iter()
        .map(|s| {
            let rows: Vec<usize> = s.domains.keys().filter_map(|d| row_of(d)).collect();
            (rows.iter().map(|row| y(*row)).sum::<usize>() / rows.len().max(1), s)
        })
        .collect();
    order.sort_by_key(|(at, _)| *at);
    let mut last = 0;
    for (at, _) in &mut order {
        *at = (*at).max(last + 44).max(TOP);
        last = *at;
    }
    let height = y(domains.len()).max(last + 44) + 4;
    let crossing = shown.iter().filter(|s| matches!(s.worst(), Mark::Fail | Mark::Waived)).count();
    html! {
        figure {
            div class="scroll" role="group" aria-label="Picture of what domains share" tabindex="0" {
                svg class="isolation" viewBox={ "0 0 900 " (height) } width="900" height=(height) role="img" aria-labelledby="isolation-t isolation-d" {
                    title id="isolation-t" { "What business domains share" }
                    desc id="isolation-d" {
                        (domains.len()) " domains on the left, " (shown.len()) " shared resources on the right, of which " (crossing)
                        " cross a border against a policy. The table below says the same."
                    }
                    text x="210" y="20" text-anchor="end" class="head" { "Checks that pass" }
                    text x="236" y="20" class="head" { "Domain" }
                    text x="610" y="20" class="head" { "Shared by" }
                    @for (at, thing) in &order {
                        @for domain in thing.domains.keys() {
                            @if let Some(row) = row_of(domain) {
                                path class={ "edge " (thing.worst().class()) } fill="none"
                                    d={ "M 390 " (y(row)) " C 490 " (y(row)) " 500 " (at) " 600 " (at) } {}
                            }
                        }
                    }
                    @for (row, domain) in domains.iter().enumerate() {
                        @let count = held.get(domain).copied().unwrap_or_default();
                        line class="own" x1="216" x2="230" y1=(y(row)) y2=(y(row)) {}
                        text x="210" y=(y(row) + 4) text-anchor="end" class="quiet" { (number(count)) " ✓" }
                        rect class="node" x="230" y=(y(row) - 11) width="160" height="22" rx="4" {}
                        text x="240" y=(y(row) + 4) { (short(domain, 22)) }
                    }
                    @for (at, thing) in &order {
                        @let worst = thing.worst();
                        rect class={ "node " (worst.class()) } x="600" y=(at - 18) width="290" height="36" rx="4" {}
                        text x="610" y=(at - 3) { (short(&thing.label(index), 38)) }
                        text x="610" y=(at + 12) class={ "quiet " (worst.class()) } { (worst.sign()) " " (short(&thing.kind, 14)) ": " (short(&thing.domains.keys().map(String::as_str).collect::<Vec<_>>().join(", "), 36)) }
                    }
                }
            }
            figcaption {
                "A dashed line is a use that a policy refuses; a solid one is allowed or not known to be wrong. "
                @if shared.len() > shown.len() { (length(shared.len() - shown.len())) " more shared resources are in the table. " }
                @if left_out > 0 { (number(left_out)) " more domains are not drawn." }
            }
        }
    }
}

/// The same as a table.
fn paths(index: &Index<'_>, shared: &[Shared<'_>]) -> Markup {
    let table = html! { table {
        caption { "What several domains use" }
        thead { tr { th scope="col" { "Verdict" } th scope="col" { "Shared" } th scope="col" { "By the domains, with users" } th scope="col" { "Found by" } } }
        tbody { @for thing in shared.iter().take(ROWS) { tr {
            td { (mark(thing.worst())) }
            td { (safe(&thing.kind)) " " code { (safe(&thing.label(index))) } }
            td { ul class="plain" { @for (domain, group) in &thing.domains { li {
                strong { (safe(domain)) } ", " (number(group.count)) ": "
                @for (at, user) in group.examples.iter().enumerate() { @if at > 0 { ", " } code { (safe(user.rsplit('/').next().unwrap_or(user))) } }
                @if group.count > group.examples.len() as u64 { " and more" }
            } } } }
            td { ul class="plain" { @for policy in thing.findings.iter().map(|f| &f.policy).collect::<BTreeSet<_>>() {
                li { (crate::report::html::words::policy_of(index, policy)) }
            } } }
        } } }
    } };
    html! {
        (scrolling("What several domains use", "", &table))
        @if shared.len() > ROWS { p { (length(shared.len() - ROWS)) " more are under their policies." } }
    }
}

/// Fails and unknowns about isolation that show no shared resource.
fn others(index: &Index<'_>, rest: &[&Finding]) -> Markup {
    if rest.is_empty() {
        return html! {};
    }
    let table = html! { table {
        caption { "Other fails and unknowns about isolation" }
        thead { tr { th scope="col" { "Verdict" } th scope="col" { "Resource" } th scope="col" { "What was found" } th scope="col" { "Policy" } } }
        tbody { @for finding in rest.iter().take(ROWS) { tr {
            td { (mark(Mark::of(finding))) }
            td { (resource(index, &finding.resource)) }
            td { (said(finding)) }
            td { (policy_link(index, finding)) }
        } } }
    } };
    html! {
        (scrolling("Other fails and unknowns about isolation", "", &table))
        @if rest.len() > ROWS { p { (length(rest.len() - ROWS)) " more are under their policies." } }
    }
}
