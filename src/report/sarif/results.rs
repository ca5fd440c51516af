//! Findings as SARIF results: all of them in the full profile, open fails within GitHub's limits in the other.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use serde_sarif::sarif::{Message, PropertyBag, Result as SarifResult, ResultKind, ResultLevel, Suppression};

use crate::model::{Assessment, Change, Finding, ResourceId, Severity, Source, Verdict, WaiverSource};
use crate::report::place::{address, resource_name};
use crate::report::sarif::Context;
use crate::report::sarif::code::{called, fix};
use crate::report::sarif::location::{Spot, encode, group_path, scope_alias, scope_path, sha256};
use crate::report::sarif::rules::{escape, sentence};
use crate::report::text::{line, paragraph};

/// GitHub shows the worst 5,000 results of a run and drops the others without a word.
pub(super) const MOST: usize = 5000;
/// How many resources a message names.
const NAMED: usize = 10;

/// What one result for GitHub stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    /// One resource, or one line of code.
    Line,
    /// A policy in a resource group.
    Group,
    /// A policy in a subscription.
    Scope,
    /// A policy.
    Policy,
}

impl Grouping {
    /// The words for people.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Group => "policy and resource group",
            Self::Scope => "policy and subscription",
            Self::Policy => "policy",
        }
    }
}

/// One result for GitHub.
#[derive(Debug)]
pub(super) struct Row<'a> {
    spot: Spot<'a>,
    findings: Vec<&'a Finding>,
}

/// The open fails, grouped as little as GitHub's limit allows.
pub(super) fn open_fails(assessment: &Assessment) -> (Grouping, Vec<Row<'_>>) {
    let mut grouped = (Grouping::Policy, Vec::new());
    for grouping in [Grouping::Line, Grouping::Group, Grouping::Scope, Grouping::Policy] {
        grouped = (grouping, rows(assessment, grouping));
        if grouped.1.len() <= MOST {
            break;
        }
    }
    grouped
}

fn rows(assessment: &Assessment, grouping: Grouping) -> Vec<Row<'_>> {
    let mut rows: BTreeMap<(&str, String, u32, &str), Row<'_>> = BTreeMap::new();
    for finding in assessment.findings.iter().filter(|f| f.is_open_fail()) {
        let spot = match grouping {
            Grouping::Line => Spot::of(assessment, finding),
            Grouping::Group => Spot::at(group_path(&finding.resource)),
            Grouping::Scope => Spot::at(scope_path(&finding.resource)),
            Grouping::Policy => Spot::at("azure".to_owned()),
        };
        // Resources that one line declares are one alert; resources on virtual paths never are.
        let resource = if grouping == Grouping::Line && spot.range.is_none() { finding.resource.key() } else { "" };
        let source = spot.source;
        let row = rows
            .entry((finding.policy.as_str(), spot.uri.clone(), spot.line(), resource))
            .or_insert_with(|| Row { spot, findings: Vec::new() });
        row.spot.source = row.spot.source.or(source);
        row.findings.push(finding);
    }
    rows.into_values().collect()
}

impl Context<'_> {
    /// A finding, whatever its verdict.
    pub(super) fn full(&self, finding: &Finding) -> SarifResult {
        let spot = Spot::of(self.assessment, finding);
        let (kind, level) = match finding.verdict {
            Verdict::Pass => (ResultKind::Pass, ResultLevel::None),
            Verdict::Fail => (ResultKind::Fail, self.level(finding)),
            Verdict::Unknown => (ResultKind::Open, ResultLevel::None),
            Verdict::NotApplicable => (ResultKind::NotApplicable, ResultLevel::None),
        };
        let mut properties = self.properties(finding);
        properties.insert("verdict".to_owned(), json!(finding.verdict));
        if !finding.details.is_empty() {
            properties.insert("details".to_owned(), json!(finding.details));
        }
        if !finding.reasons.is_empty() {
            properties.insert("reasons".to_owned(), json!(finding.reasons));
        }
        // A number that no tree can hold stays as it was written.
        let facts = serde_json::from_str(finding.facts.get());
        properties.insert("facts".to_owned(), facts.unwrap_or_else(|_| Value::from(finding.facts.get())));
        if let Some(entry) = self.assessment.resource(&finding.resource).filter(|r| !r.context.is_empty()) {
            properties.insert("context".to_owned(), json!(entry.context));
        }
        let (calls, called) = called(spot.calls.iter(), self.profile);
        let message = self.said(finding) + called.as_deref().unwrap_or_default();
        let mut result = self.result(finding.policy.as_str(), message, &spot, Some(&finding.resource));
        result.kind = Some(kind);
        result.level = Some(level);
        result.partial_fingerprints = Some(fingerprints(finding.policy.as_str(), finding.resource.key(), &spot));
        result.related_locations = Some(calls).filter(|calls| !calls.is_empty());
        result.fixes = finding.fix.as_ref().and_then(|f| fix(f, self.profile)).map(|fix| vec![fix]);
        result.properties = Some(PropertyBag::builder().additional_properties(properties).build());
        // Either every result of a run tells of suppressions or none does (§3.27.23).
        result.suppressions = Some(finding.waiver.iter().map(|id| self.suppression(id)).collect());
        // Only what was compared has a state; a pass that was a pass is not looked at.
        result.baseline_state = finding.change.filter(|_| self.assessment.baseline.is_some()).map(|change| {
            json!(match change {
                Change::New | Change::NewlyUnknown => "new",
                Change::Unchanged => "unchanged",
                Change::Fixed => "updated",
            })
        });
        let taxa: Vec<_> = self
            .assessment
            .policy(&finding.policy)
            .into_iter()
            .flat_map(|p| p.controls.keys())
            .filter_map(|control| Some(self.taxa.get(control.as_str())?.reference()))
            .collect();
        result.taxa = Some(taxa).filter(|t| !t.is_empty());
        result
    }

    /// A row of open fails.
    pub(super) fn open(&self, grouping: Grouping, row: &Row<'_>) -> SarifResult {
        let [first, rest @ ..] = row.findings.as_slice() else { return SarifResult::builder().message("").build() };
        let policy = first.policy.as_str();
        let one = rest.is_empty() && grouping == Grouping::Line;
        let (message, identity) = match grouping {
            Grouping::Line if row.spot.range.is_none() => (self.said(first), first.resource.key().to_owned()),
            Grouping::Line => {
                // The smallest id, so that the order of findings does not matter.
                let least = row.findings.iter().map(|f| f.resource.key()).min().unwrap_or_default();
                (self.of_line(first, rest), least.to_owned())
            }
            _ => (self.grouped(grouping, row), format!("group\n{}", row.spot.uri)),
        };
        // Of several resources on a line, each may have come by calls of its own.
        let spots = row.findings.iter().filter(|_| row.spot.range.is_some()).map(|f| Spot::of(self.assessment, f));
        let (calls, called) = called(spots.flat_map(|spot| spot.calls), self.profile);
        let message = message + called.as_deref().unwrap_or_default();
        let mut properties = self.properties(first);
        if !one {
            properties.remove("resourceId");
            properties.remove("change");
            properties.insert("resources".to_owned(), json!(row.findings.len()));
        }
        let mut result = self.result(policy, message, &row.spot, one.then_some(&first.resource));
        result.level = Some(self.level(first));
        result.partial_fingerprints = Some(fingerprints(policy, &identity, &row.spot));
        result.related_locations = Some(calls).filter(|calls| !calls.is_empty());
        result.properties = Some(PropertyBag::builder().additional_properties(properties).build());
        result
    }

    fn result(&self, policy: &str, message: String, spot: &Spot<'_>, resource: Option<&ResourceId>) -> SarifResult {
        let resource = resource.map(|id| (id, address(self.assessment, id)));
        let mut result = SarifResult::builder()
            .rule_id(policy)
            .message(Message::builder().text(message).build())
            .locations(vec![spot.location(resource, self.profile)])
            .build();
        result.rule_index = self.rule_index.get(policy).copied();
        result
    }

    fn level(&self, finding: &Finding) -> ResultLevel {
        match self.assessment.policy(&finding.policy).map(|p| p.severity) {
            Some(Severity::Critical | Severity::High) => ResultLevel::Error,
            Some(Severity::Medium) | None => ResultLevel::Warning,
            Some(Severity::Low | Severity::Info) => ResultLevel::Note,
        }
    }

    fn properties(&self, finding: &Finding) -> BTreeMap<String, Value> {
        let mut properties = BTreeMap::from([("resourceId".to_owned(), json!(finding.resource))]);
        if let Some(meta) = self.assessment.policy(&finding.policy) {
            properties.insert("check".to_owned(), json!(line(&meta.check, 100)));
            properties.insert("severity".to_owned(), json!(meta.severity));
        }
        if let Some(change) = finding.change {
            properties.insert("change".to_owned(), json!(change));
        }
        properties
    }

    fn suppression(&self, id: &str) -> Suppression {
        let waiver = self.waivers.get(id);
        let id = line(id, 200);
        let (kind, justification) = match waiver {
            Some(w) => {
                let reason = paragraph(&w.reason, 600);
                match &w.source {
                    WaiverSource::Register => {
                        let (ticket, approver) = (line(&w.ticket, 100), line(&w.approver, 100));
                        let on = w.approved_on.map(|day| format!(" on {day}")).unwrap_or_default();
                        let until = w.expires_on;
                        let decision = format!("ticket {ticket}, approved by {approver}{on}, expires on {until}");
                        ("external", format!("{reason} (waiver {id}, {decision})"))
                    }
                    WaiverSource::Comment { file, line: number } => {
                        let place = format!("{}:{number}", line(file, 300));
                        (
                            "inSource",
                            format!("{reason} (comment at {place}, approved by nobody, expires on {})", w.expires_on),
                        )
                    }
                }
            }
            None => ("external", format!("waiver {id}, which the assessment does not list")),
        };
        Suppression::builder().kind(json!(kind)).status(json!("accepted")).justification(justification).build()
    }

    /// What is said of a finding. Where space is short, readers see the first sentence only: it names the resource, where it
    /// stands and what was found.
    fn said(&self, finding: &Finding) -> String {
        let id = &finding.resource;
        let kind = match self.assessment.resource(id) {
            Some(entry) => Some(entry.resource_type.clone()),
            None => id.resource_type(),
        };
        let kind = kind.map(|t| format!(" ({})", short(t.as_str(), 150))).unwrap_or_default();
        let subject = match address(self.assessment, id) {
            // In code, groups and subscriptions often have no name yet.
            Some(address) => format!("'{}'{kind}", short(address, 200)),
            None => format!("'{}'{kind} in {}", short(&resource_name(id), 150), self.place(id)),
        };
        let first = finding.summary();
        let found = match finding.verdict {
            Verdict::Fail if first.is_empty() => "the policy fails".to_owned(),
            Verdict::Fail => first.to_owned(),
            Verdict::Pass => match self.assessment.policy(&finding.policy) {
                Some(meta) => format!("it holds that {}", meta.title),
                None => "the good state holds".to_owned(),
            },
            Verdict::Unknown => {
                format!("nobody can say, because {}", if first.is_empty() { "no reason is given" } else { first })
            }
            Verdict::NotApplicable => format!("the policy does not apply: {first}"),
        };
        let mut message = sentence(&format!("{subject}: {}", short(&found, 500)));
        let others: Vec<&str> = if finding.details.is_empty() {
            finding.reasons.iter().skip(1).map(|r| r.text.as_str()).collect()
        } else {
            finding.details.iter().skip(1).map(|d| d.message.as_str()).collect()
        };
        if !others.is_empty() {
            let shown: Vec<String> = others.iter().take(NAMED).map(|text| short(text, 300)).collect();
            let more = others.len() - shown.len();
            let more = if more > 0 { format!("; and {more} more") } else { String::new() };
            message.push_str(&format!(" Also: {}{more}.", shown.join("; ")));
        }
        if self.assessment.written_at(finding).is_some_and(|written| written.by_default) {
            message.push_str(" The code does not say so: it is the default.");
        }
        if let Some(link) = self.portal(id) {
            message.push_str(&format!(" Open {link} in the portal."));
        }
        message
    }

    /// What is said of several resources that one line declares.
    fn of_line(&self, first: &Finding, rest: &[&Finding]) -> String {
        let said = self.said(first);
        if rest.is_empty() {
            return said;
        }
        let others = if rest.iter().all(|f| f.summary() == first.summary()) {
            self.names(rest.iter().copied())
        } else {
            let one = |f: &&Finding| format!("'{}': {}", self.name(f, 100), short(f.summary(), 200));
            let mut others: Vec<String> = rest.iter().take(NAMED).map(one).collect();
            if rest.len() > NAMED {
                others.push(format!("and {} more, which the json and sarif reports list", rest.len() - NAMED));
            }
            others.join("; ")
        };
        format!("{said} The same line declares {} more that fail: {others}.", rest.len())
    }

    /// The name of a finding's resource in code, else in Azure.
    fn name(&self, finding: &Finding, most: usize) -> String {
        let id = &finding.resource;
        short(&address(self.assessment, id).map_or_else(|| resource_name(id), str::to_owned), most)
    }

    fn grouped(&self, grouping: Grouping, row: &Row<'_>) -> String {
        let count = row.findings.len();
        let first = row.findings.first();
        let place = match (grouping, first) {
            (Grouping::Group, Some(f)) => format!(" in {}", self.place(&f.resource)),
            (Grouping::Scope, Some(f)) => format!(" in {}", self.scope(&f.resource)),
            _ => String::new(),
        };
        let title = first.and_then(|f| self.assessment.policy(&f.policy)).map(|p| short(&p.title, 300));
        let expected = title.map(|t| format!("; expected: {t}")).unwrap_or_default();
        let resources = if count == 1 { "1 resource fails".to_owned() } else { format!("{count} resources fail") };
        let names = self.names(row.findings.iter().copied());
        format!("{} They are: {names}.", sentence(&format!("{resources}{place}{expected}")))
    }

    /// The first names, and how many more there are.
    fn names<'f>(&self, findings: impl ExactSizeIterator<Item = &'f Finding>) -> String {
        let total = findings.len();
        let mut names: Vec<String> = findings.take(NAMED).map(|f| format!("'{}'", self.name(f, 100))).collect();
        if total > NAMED {
            names.push(format!("and {} more, which the json and sarif reports list", total - NAMED));
        }
        names.join(", ")
    }

    fn place(&self, id: &ResourceId) -> String {
        match id.resource_group() {
            Some(group) => format!("resource group '{}' of {}", short(group, 100), self.scope(id)),
            None => self.scope(id),
        }
    }

    /// The subscription by its name, where it is known, else by its alias.
    fn scope(&self, id: &ResourceId) -> String {
        let names = &self.assessment.snapshot.names;
        let name = id.subscription().and_then(|s| names.iter().find(|(key, _)| key.eq_ignore_ascii_case(s)));
        name.map_or_else(|| scope_alias(id), |(_, name)| format!("subscription '{}'", short(name, 100)))
    }

    /// Where Azure shows the resource, for resources that were read from Azure.
    fn portal(&self, id: &ResourceId) -> Option<String> {
        let live = self.assessment.snapshot.source == Source::Azure && id.key().starts_with("/subscriptions/");
        let path: Vec<String> = id.as_str().split('/').filter(|s| !s.is_empty()).map(encode).collect();
        (live && id.as_str().len() < 1000).then(|| format!("https://portal.azure.com/#@/resource/{}", path.join("/")))
    }
}

fn short(text: &str, most: usize) -> String {
    escape(&paragraph(text, most))
}

/// What GitHub tells alerts apart by, and a versioned key of our own. For a line of code the first is what GitHub itself
/// would work out; it warns of any other.
fn fingerprints(policy: &str, identity: &str, spot: &Spot<'_>) -> BTreeMap<String, String> {
    let hash = sha256(&format!("{policy}\n{identity}"));
    let line = spot.source.map_or_else(|| format!("{}:1", &hash[..32]), |source| source.hash.clone());
    BTreeMap::from([("primaryLocationLineHash".to_owned(), line), ("azureResourceRule/v1".to_owned(), hash)])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::sarif::location::subscription_alias;
    use crate::report::tests::{ATTACKS, SUBSCRIPTION, estate, hostile, id, rendered, sample};

    fn results(name: &str, assessment: &Assessment) -> Vec<Value> {
        let log: Value = serde_json::from_str(&rendered(name, assessment)).unwrap();
        log["runs"][0]["results"].as_array().unwrap().clone()
    }

    fn of<'a>(results: &'a [Value], resource: &str) -> &'a Value {
        results.iter().find(|r| r["properties"]["resourceId"].as_str().unwrap_or("").ends_with(resource)).unwrap()
    }

    #[test]
    fn subscriptions_have_names_where_they_are_known() {
        let mut assessment = sample();
        assessment.snapshot.names.insert(SUBSCRIPTION.to_uppercase(), "Payments [x](y)\n".to_owned());
        let results = results("sarif-github", &assessment);
        let text = of(&results, "pg-a")["message"]["text"].as_str().unwrap();
        assert!(text.contains("resource group 'rg-pay' of subscription 'Payments "), "{text}");
        assert!(!text.contains("](") && !text.contains('\n'), "{text}");
        // Paths stay what they are: a name may change, and alerts with it.
        let plain = self::results("sarif-github", &sample());
        assert_eq!(of(&results, "pg-a")["locations"], of(&plain, "pg-a")["locations"]);
    }

    #[test]
    fn every_verdict_has_its_kind_and_level() {
        let results = results("sarif", &sample());
        assert_eq!(results.len(), sample().findings.len());
        for (resource, kind, level) in [
            ("pg-a", "fail", "error"),
            ("pg-b", "fail", "error"),
            ("pg-c", "pass", "none"),
            ("pg-d", "open", "none"),
            ("pg-e", "fail", "warning"),
            ("pg-f", "notApplicable", "none"),
        ] {
            let result = of(&results, resource);
            assert_eq!((result["kind"].as_str(), result["level"].as_str()), (Some(kind), Some(level)), "{resource}");
        }
        assert!(results.iter().any(|r| r["ruleId"] == "azure.pg.tags_set" && r["level"] == "note"));
    }

    #[test]
    fn only_waived_fails_are_suppressed() {
        for result in results("sarif", &sample()) {
            let suppressions = result["suppressions"].as_array().unwrap();
            if result["properties"]["resourceId"].as_str().unwrap().ends_with("pg-b") {
                assert_eq!(
                    (&suppressions[0]["kind"], &suppressions[0]["status"]),
                    (&json!("external"), &json!("accepted"))
                );
                assert_eq!(
                    suppressions[0]["justification"],
                    "the old client is replaced in March (waiver W-1, ticket T-1, approved by Bob on 2026-01-01, expires on 2026-12-31)"
                );
            } else {
                assert!(suppressions.is_empty(), "{result}");
            }
        }
    }

    #[test]
    fn comments_are_suppressions_in_source() {
        let mut assessment = sample();
        assessment.waivers[0].waiver = serde_json::from_value(json!({
            "id": "W-1", "policy": "azure.pg.*", "scope": id("rg-pay", "pg-b"), "reason": "legacy client",
            "expires_on": "2026-12-31", "source": {"comment": {"file": "main.tf", "line": 7}}
        }))
        .unwrap();
        let results = results("sarif", &assessment);
        let suppression = &of(&results, "pg-b")["suppressions"][0];
        assert_eq!(suppression["kind"], "inSource");
        let expected = "legacy client (comment at main.tf:7, approved by nobody, expires on 2026-12-31)";
        assert_eq!(suppression["justification"], expected);
    }

    #[test]
    fn the_baseline_state_says_no_more_than_the_comparison() {
        let list = results("sarif", &sample());
        let state = |resource: &str| of(&list, resource)["baselineState"].as_str().map(str::to_owned);
        assert_eq!(state("pg-a").as_deref(), Some("new"));
        assert_eq!(state("pg-e").as_deref(), Some("unchanged"));
        assert_eq!(state("pg-c").as_deref(), Some("updated"));
        assert_eq!(state("pg-d").as_deref(), Some("new"));
        assert_eq!(state("pg-f"), None);
        let mut assessment = sample();
        assessment.baseline = None;
        assert!(results("sarif", &assessment).iter().all(|r| r["baselineState"].is_null()));
    }

    #[test]
    fn the_first_sentence_says_what_where_and_which() {
        let results = results("sarif-github", &sample());
        let alias = subscription_alias(SUBSCRIPTION);
        let expected = format!(
            "'pg-a' (Microsoft.DBforPostgreSQL/flexibleServers) in resource group 'rg-pay' of {alias}: \
             require_secure_transport is \"off\". Open https://portal.azure.com/#@/resource{} in the portal.",
            id("rg-pay", "pg-a")
        );
        assert_eq!(of(&results, "pg-a")["message"]["text"], expected);
    }

    #[test]
    fn facts_and_details_stand_in_the_full_profile_only() {
        let full = results("sarif", &sample());
        let read = "children.configurations.require_secure_transport.properties.value";
        assert_eq!(of(&full, "pg-a")["properties"]["facts"][read], "off");
        assert_eq!(of(&full, "pg-a")["properties"]["details"][0]["expected"], "on");
        let github = results("sarif-github", &sample());
        assert!(github.iter().all(|r| r["properties"]["facts"].is_null() && r["properties"]["details"].is_null()));
        let mut assessment = sample();
        let raw = serde_json::value::RawValue::from_string("{\"n\":1e999}".to_owned()).unwrap();
        assessment.findings[0].facts = raw.into();
        assert_eq!(results("sarif", &assessment)[0]["properties"]["facts"], "{\"n\":1e999}");
    }

    #[test]
    fn github_gets_open_fails_alone() {
        let results = results("sarif-github", &sample());
        assert_eq!(results.len(), 3);
        for result in &results {
            assert!(result["kind"].is_null() && result["suppressions"].is_null() && result["baselineState"].is_null());
            assert!(result["taxa"].is_null() && result["level"] != "none");
        }
    }

    #[test]
    fn fingerprints_come_from_rule_and_resource() {
        let results = results("sarif-github", &sample());
        let prints = &of(&results, "pg-a")["partialFingerprints"];
        let rule = of(&results, "pg-a")["ruleId"].as_str().unwrap();
        let hash = sha256(&format!("{rule}\n{}", id("rg-pay", "pg-a").to_lowercase()));
        assert_eq!(prints["azureResourceRule/v1"], hash);
        assert_eq!(prints["primaryLocationLineHash"], format!("{}:1", &hash[..32]));
    }

    #[test]
    fn one_line_of_code_is_one_result() {
        let mut assessment = sample();
        let origin = assessment.resources[0].origin.clone();
        assert_eq!(assessment.resources[0].id.name(), "pg-e");
        for name in ["pg-e0", "pg-e1"] {
            let resource: ResourceId = serde_json::from_value(json!(id("rg-code", name))).unwrap();
            let mut entry = assessment.resources[0].clone();
            (entry.id, entry.origin) = (resource.clone(), origin.clone());
            assessment.resources.push(entry);
            let mut finding = assessment.findings[0].clone();
            finding.resource = resource;
            assessment.findings.push(finding);
        }
        assessment.resources.sort_by(|a, b| a.id.cmp(&b.id));
        let github = results("sarif-github", &assessment);
        let lines: Vec<&Value> = github.iter().filter(|r| r["properties"]["resources"] == 3).collect();
        assert_eq!((lines.len(), github.len()), (1, 3));
        let text = lines[0]["message"]["text"].as_str().unwrap();
        assert!(text.ends_with(" The same line declares 2 more that fail: 'pg-e0', 'pg-e1'."), "{text}");
        assert_eq!(lines[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 12);
        assert_eq!(results("sarif", &assessment).len(), 10);
        // Where they differ, each says what was found.
        assessment.findings.iter_mut().filter(|f| f.resource.name() == "pg-e1").for_each(|f| {
            f.details[0].message = "the network is [wide](1) open".to_owned();
        });
        let github = results("sarif-github", &assessment);
        let text =
            github.iter().find_map(|r| r["message"]["text"].as_str().filter(|t| t.contains("same line"))).unwrap();
        let more = "declares 2 more that fail: 'pg-e0': the network is open; 'pg-e1': the network is [wide] (1) open.";
        assert!(text.ends_with(more), "{text}");
    }

    #[test]
    fn too_many_fails_are_grouped_and_none_is_lost() {
        for (groups, each, words, expected) in
            [(1, 4997, "", 5000), (10, 600, "policy and resource group", 13), (5100, 1, "policy and subscription", 3)]
        {
            let assessment = estate(groups, each);
            let text = rendered("sarif-github", &assessment);
            let log: Value = serde_json::from_str(&text).unwrap();
            let results = log["runs"][0]["results"].as_array().unwrap();
            assert_eq!(results.len(), expected, "{words}");
            let total: u64 = results.iter().map(|r| r["properties"]["resources"].as_u64().unwrap_or(1)).sum();
            assert_eq!(total, (groups * each) as u64 + 3);
            let notes = log["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
            assert_eq!(notes.contains("results by"), !words.is_empty(), "{notes}");
            assert!(notes.contains(words));
            let mut identities: Vec<String> = results
                .iter()
                .map(|r| format!("{}{}{}", r["ruleId"], r["locations"][0], r["partialFingerprints"]))
                .collect();
            identities.sort();
            identities.dedup();
            assert_eq!(identities.len(), results.len());
        }
        let results = results("sarif-github", &estate(10, 600));
        let one = results.iter().find(|r| r["message"]["text"].as_str().unwrap().contains("'rg-0003'")).unwrap();
        let text = one["message"]["text"].as_str().unwrap();
        assert!(text.starts_with("600 resources fail in resource group 'rg-0003' of sub-"), "{text}");
        assert!(text.contains("'pg-00009', and 590 more") && !text.contains("pg-00010"), "{text}");
        assert_eq!(
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().matches('/').count(),
            2
        );
    }

    #[test]
    fn what_others_wrote_is_inert_in_messages() {
        for name in ["sarif", "sarif-github"] {
            let text = rendered(name, &hostile());
            assert_eq!(text.matches('\n').count(), 1);
            assert!(!text.contains("##"));
            for result in results(name, &hostile()) {
                let text = result["message"]["text"].as_str().unwrap();
                assert!(text.ends_with('.') && !text.contains("](") && !text.contains('\n'), "{text}");
                assert!(!text.contains("{0}"), "{text}");
                assert!(
                    !text.chars().any(|c| c.is_control() || "\u{202e}\u{2066}\u{200b}\u{feff}".contains(c)),
                    "{text:?}"
                );
            }
        }
        assert_eq!(results("sarif", &hostile()).len(), sample().findings.len() + ATTACKS.len());
    }
}
