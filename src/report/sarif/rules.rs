//! Policies as SARIF rules, frameworks as taxonomies. All texts come from policies and frameworks and are inert in plain
//! messages and in Markdown.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use serde_sarif::sarif::{
    MultiformatMessageString, PropertyBag, ReportingConfiguration, ReportingDescriptor, ReportingDescriptorReference,
    ReportingDescriptorRelationship, ToolComponent, ToolComponentReference,
};

use crate::model::{Assessment, PolicyMeta, Severity};
use crate::report::sarif::Profile;
use crate::report::sheet::{self, Law, address, page_address};
use crate::report::text::{line, paragraph};

/// GitHub refuses short and full descriptions that are longer than 1024 characters.
const DESCRIPTION: usize = 1000;
/// GitHub keeps the first ten tags.
const TAGS: usize = 10;

/// The level of a fail.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// Where a control stands among the taxonomies: the framework's name and place, and its own.
#[derive(Debug, Clone)]
pub(super) struct Taxon {
    framework: String,
    taxonomy: i64,
    id: String,
    index: i64,
}

impl Taxon {
    /// A reference to it.
    pub(super) fn reference(&self) -> ReportingDescriptorReference {
        let component = ToolComponentReference::builder().name(self.framework.as_str()).index(self.taxonomy).build();
        ReportingDescriptorReference::builder().id(self.id.as_str()).index(self.index).tool_component(component).build()
    }
}

/// The frameworks with the controls that policies serve, and where each control stands in them.
pub(super) fn taxonomies(assessment: &Assessment) -> (Vec<ToolComponent>, BTreeMap<&str, Taxon>) {
    let served: BTreeSet<&str> =
        assessment.policies.iter().flat_map(|p| p.controls.keys().map(String::as_str)).collect();
    let (mut components, mut places) = (Vec::new(), BTreeMap::new());
    for framework in &assessment.frameworks {
        let name = line(&framework.id, 100);
        let mut taxa = Vec::new();
        for control in framework.controls.iter().filter(|c| served.contains(c.id.as_str())) {
            let taxon = Taxon {
                framework: name.clone(),
                taxonomy: components.len() as i64,
                id: line(&control.id, 100),
                index: taxa.len() as i64,
            };
            let mut descriptor = ReportingDescriptor::builder()
                .id(taxon.id.as_str())
                .short_description(text(&sentence(&format!("{} {}", control.cite, control.title))))
                .full_description(text(&sentence(&control.obligation)))
                .build();
            descriptor.help_uri = address(&framework.source);
            taxa.push(descriptor);
            places.entry(control.id.as_str()).or_insert(taxon);
        }
        if taxa.is_empty() {
            continue;
        }
        let mut component = ToolComponent::builder()
            .name(name)
            .version(line(&framework.version, 100))
            .short_description(text(&sentence(&framework.title)))
            .is_comprehensive(false)
            .taxa(taxa)
            .build();
        component.information_uri = address(&framework.source);
        components.push(component);
    }
    (components, places)
}

/// All rules, by policy id: those of the assessment, and a bare one for a finding whose policy has no metadata.
pub(super) fn rules(
    assessment: &Assessment,
    taxa: &BTreeMap<&str, Taxon>,
    profile: Profile,
) -> (Vec<ReportingDescriptor>, BTreeMap<String, i64>) {
    let mut rules: BTreeMap<&str, ReportingDescriptor> = BTreeMap::new();
    let law = Law::of(&assessment.frameworks);
    let own = &assessment.tool;
    for meta in &assessment.policies {
        // Pages are of the policies that are part of the program, as of the version that judged.
        let embedded = own.name == env!("CARGO_PKG_NAME") && !assessment.policy_set.loaded.contains(&meta.id);
        let page = if embedded { address(&page_address(&meta.id, &own.version)) } else { None };
        rules.insert(meta.id.as_str(), rule(meta, &law, taxa, profile, page));
    }
    for finding in &assessment.findings {
        let id = finding.policy.as_str();
        rules.entry(id).or_insert_with(|| {
            let missing = "The assessment carries no metadata of this policy.";
            ReportingDescriptor::builder()
                .id(id)
                .name(name(id))
                .short_description(text(missing))
                .full_description(text(missing))
                .help(text(missing))
                .build()
        });
    }
    let index = rules.keys().enumerate().map(|(at, id)| ((*id).to_owned(), at as i64)).collect();
    (rules.into_values().collect(), index)
}

fn rule(
    meta: &PolicyMeta,
    law: &Law<'_>,
    taxa: &BTreeMap<&str, Taxon>,
    profile: Profile,
    page: Option<String>,
) -> ReportingDescriptor {
    let level = level(meta.severity);
    let (problem, security) = match meta.severity {
        Severity::Critical => ("error", Some("9.5")),
        Severity::High => ("error", Some("8.0")),
        Severity::Medium => ("warning", Some("5.5")),
        Severity::Low => ("recommendation", Some("2.0")),
        Severity::Info => ("recommendation", None),
    };
    let mut properties: BTreeMap<String, Value> = BTreeMap::from([
        ("precision".to_owned(), json!("very-high")),
        ("problem.severity".to_owned(), json!(problem)),
        ("check".to_owned(), json!(line(&meta.check, 100))),
    ]);
    if let Some(number) = security {
        properties.insert("security-severity".to_owned(), json!(number));
    }
    let mut rule = ReportingDescriptor::builder()
        .id(meta.id.as_str())
        .name(name(meta.id.as_str()))
        .short_description(text(&sentence(&meta.title)))
        .full_description(text(&sentence(&meta.description)))
        .help(help(meta, law, page.clone()))
        .default_configuration(ReportingConfiguration::builder().level(json!(level)).build())
        .build();
    rule.help_uri = page.or_else(|| meta.links.iter().find_map(|link| address(link)));
    if profile == Profile::Full {
        properties.insert("severity".to_owned(), json!(meta.severity));
        properties.insert("resourceType".to_owned(), json!(line(&meta.resource_text(), 300)));
        properties.insert("reads".to_owned(), json!(meta.reads));
        rule.relationships = Some(
            meta.controls
                .iter()
                .filter_map(|(control, why)| Some((taxa.get(control.as_str())?, why)))
                .map(|(taxon, why)| {
                    ReportingDescriptorRelationship::builder()
                        .target(taxon.reference())
                        .kinds(vec!["relevant".to_owned()])
                        .description(sentence(why).as_str())
                        .build()
                })
                .collect(),
        );
        if !meta.aliases.is_empty() {
            let aliases: BTreeSet<String> = meta.aliases.iter().map(ToString::to_string).collect();
            rule.deprecated_ids = Some(aliases.into_iter().collect());
        }
    }
    let mut bag = PropertyBag::builder().additional_properties(properties).build();
    bag.tags = Some(tags(meta, law, security.is_some()));
    rule.properties = Some(bag);
    rule
}

/// `security`, `compliance`, the frameworks, and as many controls as fit, such as `external/dora/art-9-2`.
fn tags(meta: &PolicyMeta, law: &Law<'_>, security: bool) -> Vec<String> {
    let served: Vec<(String, String)> = meta
        .controls
        .keys()
        .filter_map(|id| Some((law.control(id)?.0.id.as_str(), id)))
        .map(|(framework, id)| {
            let paragraph = id.split_once('-').map_or(id.as_str(), |(_, rest)| rest);
            (tag(framework), format!("external/{}/art-{}", tag(framework), tag(paragraph)))
        })
        .collect();
    let frameworks: BTreeSet<&String> = served.iter().map(|(framework, _)| framework).collect();
    let mut tags: Vec<String> = Vec::new();
    let first = security.then_some("security").into_iter().chain(["compliance"]).map(str::to_owned);
    for tag in first.chain(frameworks.into_iter().cloned()).chain(served.iter().map(|(_, tag)| tag.clone())) {
        if tags.len() < TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn tag(text: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c.to_ascii_lowercase() } else { '-' };
    text.chars().take(60).map(allowed).collect()
}

/// `azure.pg.secure_transport_required` → `AzurePgSecureTransportRequired`.
pub(super) fn name(id: &str) -> String {
    let mut out = String::new();
    for word in id.split(['.', '_', '/']) {
        let mut chars = word.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    out
}

/// What the policy is about, the law it serves, and how to repair what it finds: as Markdown, and as text of the same lines.
fn help(meta: &PolicyMeta, law: &Law<'_>, page: Option<String>) -> MultiformatMessageString {
    let blocks = sheet::help(meta, law, page);
    let text = escape(&sheet::plain(&blocks));
    MultiformatMessageString::builder().text(text).markdown(sheet::markdown(&blocks)).build()
}

/// A text for SARIF messages, in which what reads like a link or a placeholder (§3.11.5, §3.11.6) is none. A blank breaks
/// both: viewers differ in whether they undo the escapes of the standard. Doing it twice changes nothing.
pub(super) fn escape(text: &str) -> String {
    let text = text.replace("](", "] (");
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find('{') {
        let (before, tail) = (&rest[..at], &rest[at + 1..]);
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        out.push_str(before);
        if digits > 0 && tail[digits..].starts_with('}') {
            out.push_str(&format!("{{ {} }}", &tail[..digits]));
            rest = &tail[digits + 1..];
        } else {
            out.push('{');
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}

/// One line of text with a full stop, short enough for a description.
pub(super) fn sentence(text: &str) -> String {
    let text = line(&escape(&paragraph(text, DESCRIPTION)), DESCRIPTION);
    if text.ends_with('.') { text } else { format!("{text}.") }
}

fn text(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Control;
    use crate::report::sheet::tests::acts;
    use crate::report::tests::{hostile, sample};

    fn all(assessment: &Assessment, profile: Profile) -> Vec<ReportingDescriptor> {
        let (_, taxa) = taxonomies(assessment);
        rules(assessment, &taxa, profile).0
    }

    #[test]
    fn severities_become_levels_and_numbers() {
        let mut assessment = sample();
        let expected = [
            (Severity::Critical, "error", Some("9.5"), "error"),
            (Severity::High, "error", Some("8.0"), "error"),
            (Severity::Medium, "warning", Some("5.5"), "warning"),
            (Severity::Low, "note", Some("2.0"), "recommendation"),
            (Severity::Info, "note", None, "recommendation"),
        ];
        for (severity, level, number, problem) in expected {
            assessment.policies[0].severity = severity;
            let rule = all(&assessment, Profile::Github).remove(0);
            assert_eq!(rule.default_configuration.unwrap().level, Some(json!(level)));
            let properties = rule.properties.unwrap();
            let property = |name: &str| properties.additional_properties.get(name).and_then(Value::as_str);
            assert_eq!((property("security-severity"), property("problem.severity")), (number, Some(problem)));
            assert_eq!(properties.tags.unwrap().contains(&"security".to_owned()), number.is_some());
        }
    }

    #[test]
    fn tags_name_frameworks_and_paragraphs_and_are_ten_at_most() {
        let mut assessment = sample();
        let tags = |a: &Assessment| all(a, Profile::Full)[1].properties.clone().unwrap().tags.unwrap();
        let expected = ["security", "compliance", "dora", "gdpr", "external/dora/art-9-2", "external/gdpr/art-32-1-a"];
        assert_eq!(tags(&assessment), expected);
        let model = assessment.frameworks[0].controls[0].clone();
        for n in 0..30 {
            let id = format!("DORA-{n}");
            assessment.policies[1].controls.insert(id.clone(), "why".to_owned());
            assessment.frameworks[0].controls.push(Control { id, ..model.clone() });
        }
        assert_eq!(tags(&assessment).len(), 10);
        assert_eq!(tags(&assessment)[..4], expected[..4]);
    }

    #[test]
    fn relationships_lead_to_the_taxa() {
        let assessment = sample();
        let (components, taxa) = taxonomies(&assessment);
        let rule = rules(&assessment, &taxa, Profile::Full).0.remove(1);
        let relationships = rule.relationships.unwrap();
        assert_eq!(relationships.len(), 2);
        for relationship in relationships {
            let target = relationship.target;
            let component = &components[target.tool_component.unwrap().index.unwrap() as usize];
            let taxon = &component.taxa.as_ref().unwrap()[target.index.unwrap() as usize];
            assert_eq!(Some(&taxon.id), target.id.as_ref());
        }
        assert!(all(&assessment, Profile::Github)[1].relationships.is_none());
    }

    #[test]
    fn texts_of_rules_are_bounded_and_inert() {
        for rule in all(&hostile(), Profile::Full) {
            let (short, full) = (rule.short_description.unwrap().text, rule.full_description.unwrap().text);
            let help = rule.help.unwrap();
            for text in [&short, &full, &help.text] {
                assert!(!text.contains("](") && !text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
                assert!(!text.contains("{0}"), "{text}");
            }
            assert!(short.encode_utf16().count() <= 1024 && full.encode_utf16().count() <= 1024);
            assert!(short.ends_with('.') && full.ends_with('.') && rule.name.unwrap().len() <= 255);
            assert!(rule.help_uri.unwrap().starts_with("https://learn.microsoft.com/"));
            let markdown = help.markdown.unwrap();
            let found = acts(&markdown);
            assert_eq!(found.headings, ["The law", "Repair"]);
            assert!(found.links.iter().all(|l| l.starts_with("https://learn.microsoft.com/")), "{:?}", found.links);
            assert!(found.is_inert(), "{found:?}");
        }
    }

    #[test]
    fn links_and_placeholders_are_none() {
        let escaped = escape("[x](1) {0} {12}{a} {} {{3}}");
        assert_eq!(escaped, "[x] (1) { 0 } { 12 }{a} {} {{ 3 }}");
        assert_eq!(escape(&escaped), escaped);
    }

    #[test]
    fn help_leads_to_the_page_of_an_embedded_policy_and_to_the_link_of_any_other() {
        let mut assessment = sample();
        let tls = |a: &Assessment| all(a, Profile::Github).remove(1);
        let version = assessment.tool.version.clone();
        let page =
            format!("https://github.com/assize/assize/blob/v{version}/docs/policies/pg/secure_transport_required.md");
        assert_eq!(tls(&assessment).help_uri.as_ref(), Some(&page));
        assert!(tls(&assessment).help.unwrap().markdown.unwrap().ends_with(&format!("More: <{page}>\n")));
        let link = assessment.policies[1].links[0].clone();
        let mut other = assessment.clone();
        other.tool.name = "another".to_owned();
        assessment.policy_set.loaded = vec![assessment.policies[1].id.clone()];
        for assessment in [assessment, other] {
            let rule = tls(&assessment);
            assert_eq!(rule.help_uri.as_ref(), Some(&link));
            assert!(rule.help.unwrap().markdown.unwrap().contains(&format!("- <{link}>")));
        }
    }

    #[test]
    fn a_finding_without_metadata_has_a_rule() {
        let mut assessment = sample();
        assessment.policies.clear();
        let (list, index) = rules(&assessment, &BTreeMap::new(), Profile::Github);
        assert_eq!(list.len(), 3);
        assert_eq!(index["azure.pg.tags_set"], 2);
        assert_eq!(list[2].name.as_deref(), Some("AzurePgTagsSet"));
    }
}
