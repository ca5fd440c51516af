//! Whole pages, read as GitHub reads them.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::json;

use super::*;
use crate::model::Assessment;
use crate::report::RenderOptions;
use crate::report::tests::{ATTACKS, hostile, sample};

/// What of a Markdown text acts, in the widest dialect there is: HTML, links, pictures, headings.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct Acts {
    html: Vec<String>,
    pub(in crate::report) links: Vec<String>,
    pub(in crate::report) headings: Vec<String>,
    others: Vec<String>,
    tables: usize,
}

impl Acts {
    /// Whether nothing but links and headings acts.
    pub(in crate::report) fn is_inert(&self) -> bool {
        self.html.is_empty() && self.others.is_empty()
    }
}

pub(in crate::report) fn acts(markdown: &str) -> Acts {
    let mut acts = Acts::default();
    let mut heading: Option<String> = None;
    let mut columns = 0;
    let mut cells = 0;
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => acts.html.push(html.trim().to_owned()),
            Event::Start(Tag::Link { dest_url, .. }) => acts.links.push(dest_url.into_string()),
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => acts.headings.extend(heading.take()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Start(Tag::Table(alignments)) => {
                acts.tables += 1;
                columns = alignments.len();
            }
            Event::Start(Tag::TableRow | Tag::TableHead) => cells = 0,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => assert_eq!(cells, columns, "{markdown}"),
            Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::CodeBlock(_) | Tag::HtmlBlock)
            | Event::End(_)
            | Event::SoftBreak => {}
            other => acts.others.push(format!("{other:?}")),
        }
    }
    acts
}

fn subject<'a>(assessment: &'a Assessment, law: &'a Law<'a>, reach: &'a Reach, example: &'a Example) -> Subject<'a> {
    Subject { meta: &assessment.policies[1], law, reach, pass: Some(example), fail: Some(example) }
}

fn example(text: &str) -> Example {
    Example {
        description: text.to_owned(),
        at: Some(text.to_owned()),
        parameters: BTreeMap::from([(text.to_owned(), json!(text))]),
        resources: vec![json!({ "name": text, "tags": { text: text } })],
    }
}

fn everything(text: &str) -> Reach {
    Reach {
        actions: BTreeSet::from([text.to_owned()]),
        besides: vec![text.to_owned()],
        uncollected: vec![text.to_owned()],
        only_running: vec![text.to_owned()],
    }
}

const SECTIONS: [&str; 9] =
    ["Why", "The law", "Facts", "Azure permissions", "Parameters", "Passes", "Fails", "Repair", "Limits"];

#[test]
fn a_page_of_hostile_texts_holds_our_headings_and_links_and_nothing_else() {
    for (n, attack) in ATTACKS.iter().enumerate() {
        let mut assessment = hostile();
        let meta = &mut assessment.policies[1];
        meta.title = (*attack).to_owned();
        meta.fix = serde_json::from_value(json!({"path": "resource.a", "value": attack})).unwrap();
        meta.remediation.portal = Some((*attack).to_owned());
        meta.reads[0].absent = Some((*attack).to_owned());
        let parameter = json!({"type": "list", "default": [attack], "allowed": [attack, "a|b"], "meaning": attack});
        meta.parameters.insert((*attack).to_owned(), serde_json::from_value(parameter).unwrap());
        let framework = &mut assessment.frameworks[0];
        framework.title = (*attack).to_owned();
        framework.source = (*attack).to_owned();
        let control = &mut framework.controls[0];
        (control.cite, control.title) = ((*attack).to_owned(), (*attack).to_owned());
        (control.obligation, control.evidence_reason) = ((*attack).to_owned(), (*attack).to_owned());
        let (law, reach, example) = (Law::of(&assessment.frameworks), everything(attack), example(attack));
        let subject = subject(&assessment, &law, &reach, &example);
        let text = page(&subject);
        let found = acts(&text);
        assert_eq!(found.headings.len(), 2 + SECTIONS.len(), "{n}: {:?}\n{text}", found.headings);
        assert_eq!(found.headings[1..=SECTIONS.len()], SECTIONS, "{n}");
        assert_eq!(found.headings.last().unwrap(), "Links");
        let html = |html: &String| html == MARK || html == "<code>" || html == "</code>";
        assert!(found.html.iter().all(html), "{n}: {:?}", found.html);
        let link = |link: &String| {
            link.starts_with("../by-control.md#")
                || link.starts_with("https://learn.microsoft.com/")
                || link == "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
        };
        assert!(found.links.iter().all(link), "{n}: {:?}", found.links);
        assert_eq!(found.others, Vec::<String>::new(), "{n}\n{text}");

        let mut lines = Vec::new();
        sheet(&subject, &RenderOptions::default(), &mut lines).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        assert!(lines.chars().all(|c| c == '\n' || !c.is_control()), "{n}");
        assert!(!lines.contains('\u{202e}') && !lines.contains("##"), "{n}");
        assert!(lines.lines().all(|l| !l.trim_start().starts_with("::")), "{n}");

        let metas: Vec<&PolicyMeta> = assessment.policies.iter().collect();
        for text in [contents(&metas, &[]), by_family(&metas), by_control(&metas, &assessment.frameworks)] {
            let found = acts(&text);
            assert!(found.html.iter().all(html), "{n}: {:?}", found.html);
            let own = |l: &String| link(l) || l.starts_with("pg/") || l == "#pg" || l.starts_with("by-");
            assert!(found.links.iter().all(own), "{n}: {:?}", found.links);
            assert_eq!(found.others, Vec::<String>::new(), "{n}\n{text}");
        }
    }
}

#[test]
fn the_reader_of_these_tests_sees_what_acts() {
    let found = acts("# a\n\n[b](c) ![d](e) <i>f</i> $g$ ~~h~~\n\n1. j\n");
    assert_eq!((found.headings.len(), found.links.len(), found.html.len()), (1, 1, 2));
    assert!(found.others.len() >= 4, "{:?}", found.others);
}

#[test]
fn a_page_tells_everything_that_the_metadata_says() {
    let mut assessment = sample();
    let meta = &mut assessment.policies[1];
    meta.aliases = vec![PolicyId::parse("azure.pg.tls").unwrap()];
    meta.fix = serde_json::from_value(json!({
        "path": "children.configurations.require_secure_transport.properties.value", "value": "on"
    }))
    .unwrap();
    let parameter = json!({"type": "integer", "default": 7, "min": 1, "max": 35, "meaning": "fewest days"});
    meta.parameters.insert("days".to_owned(), serde_json::from_value(parameter).unwrap());
    meta.reads.push(serde_json::from_value(json!({"path": "context.domain", "absent": "nobody says"})).unwrap());
    let pushed = ["related.key_users", "related.key_vault.location"];
    meta.reads.extend(pushed.map(|path| serde_json::from_value(json!({"path": path, "type": "string"})).unwrap()));
    let reach = Reach { actions: BTreeSet::from(["A.B/c/read".to_owned()]), ..Reach::default() };
    let (law, example) = (Law::of(&assessment.frameworks), example("clear text"));
    let text = page(&subject(&assessment, &law, &reach, &example));
    for told in [
        "# PostgreSQL refuses unencrypted sessions\n",
        "| Id | `azure.pg.secure_transport_required` |",
        "| Severity | critical |",
        "| Family | [TLS](../by-family.md#tls): encryption in transit |",
        "| Judges | `Microsoft.DBforPostgreSQL/flexibleServers` |",
        "| Former ids | `azure.pg.tls` |",
        "## Why\n\nWith the parameter off, a client may connect in clear text, and anyone on the path reads the data.\n",
        "Regulation (EU) 2022/2554 (DORA): <https://eur-lex.europa.eu/eli/reg/2022/2554/oj>\n",
        "| [DORA-9-2](../by-control.md#dora-9-2) Art. 9(2) | Protect data. | data in transit is protected | partial: r |",
        "| `context.domain` | declared by the firm | nobody says |",
        "| `related.key_vault.location` | string | no pass without it |",
        "- `A.B/c/read`\n",
        "| `days` | `7` | integer from 1 to 35 | fewest days |",
        "## Fails\n\nclear text. Read at `clear text`. With `clear text` = `\"clear text\"`. What the policy reads of it:\n\n```json\n{\n",
        "Azure CLI:\n\n```sh\naz postgres flexible-server parameter set --name require_secure_transport --value on\n```\n",
        "Terraform:\n\n```hcl\nresource \"x\" \"y\" {\n",
        "Note: Clients without TLS lose their connection.\n",
        "`assize fix` repairs code: it sets `children.configurations.require_secure_transport.properties.value` to `on`.",
        "- `related.key_users` is complete only when",
        "- `related.key_vault` may lead to",
        "- `context.domain` is what the firm declares",
        "## Links\n\n- <https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-connect-tls-ssl>\n",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}

#[test]
fn paths_of_pages_are_ids_without_azure() {
    for (id, path) in [
        ("azure.postgresql.zone_redundant", "postgresql/zone_redundant.md"),
        ("azure.thing", "azure/thing.md"),
        ("own.test.thing", "own/test/thing.md"),
        ("azure.a.b.c", "azure/a/b/c.md"),
    ] {
        assert_eq!(page_path(&PolicyId::parse(id).unwrap()), path);
    }
}

#[test]
fn only_plain_https_addresses_count() {
    for (link, fits) in [
        ("https://learn.microsoft.com/azure?view=x#y", true),
        ("https://learn.microsoft.com", true),
        ("http://learn.microsoft.com/", false),
        ("javascript:alert(1)", false),
        ("https://a.b/<script>", false),
        ("https://a.b/x y", false),
        ("https://a.b/%zz", false),
        ("https://user@a.b/", false),
        ("https://localhost/", false),
    ] {
        assert_eq!(address(link).is_some(), fits, "{link}");
    }
}
