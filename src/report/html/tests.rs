//! The page as a whole: what it holds, what it never holds, and how long it gets.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::model::{Change, Verdict};
use crate::report::tests::{ATTACKS, coded, estate, hostile, id, rendered, sample};

fn page(assessment: &Assessment, most: usize) -> String {
    document(assessment, &Beside::default(), most).into_string()
}

/// The text between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

/// A part of the page.
fn section(page: &str, id: &str) -> String {
    between(page, &format!("<section id=\"{id}\""), "</section>").to_owned()
}

/// The names of all elements, without regard to what stands in them.
fn elements(page: &str) -> Vec<&str> {
    page.split('<')
        .skip(1)
        .filter(|t| t.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|t| t.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default())
        .collect()
}

/// The sample with the isolation of domains: a key in the use of two, a subnet in the use of one.
fn with_domains() -> Assessment {
    let mut assessment = sample();
    let users = |domains: serde_json::Value| json!({"related.key_users": {"count": 2, "domains": domains, "undeclared": {"count": 0, "examples": []}}});
    assessment.policies[0].check = "ISO-DOM-005".to_owned();
    let group = |name: &str| json!({"count": 1, "examples": [id("rg-pay", name)]});
    for (finding, verdict, facts) in [
        (0, Verdict::Fail, users(json!({"risk": group("pg-a"), "payments": group("pg-b")}))),
        (1, Verdict::Pass, users(json!({"risk": group("pg-a")}))),
    ] {
        assessment.findings[finding].verdict = verdict;
        assessment.findings[finding].facts =
            serde_json::from_str::<Box<serde_json::value::RawValue>>(&facts.to_string()).unwrap().into();
    }
    for resource in &mut assessment.resources {
        resource.context.insert("domain".to_owned(), "risk".to_owned());
    }
    assessment
}

#[test]
fn the_parts_stand_in_their_order_and_every_link_leads_somewhere() {
    for assessment in [sample(), hostile(), with_domains()] {
        let page = page(&assessment, MOST_FINDINGS);
        let parts: Vec<&str> =
            page.split("<section id=\"").skip(1).map(|p| p.split('"').next().unwrap_or_default()).collect();
        assert_eq!(
            parts,
            [
                "answer",
                "controls",
                "isolation",
                "recovery",
                "trend",
                "drift",
                "exceptions",
                "coverage",
                "law",
                "findings",
                "method"
            ]
        );
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|p| p.split('"').next()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        for link in page.split("href=\"#").skip(1).filter_map(|p| p.split('"').next()) {
            assert!(unique.contains(link), "{link}");
        }
    }
}

#[test]
fn text_of_others_makes_no_element_and_hides_nothing() {
    let clean: BTreeSet<String> = elements(&page(&sample(), 100)).into_iter().map(str::to_owned).collect();
    let page = page(&hostile(), 100);
    for element in elements(&page) {
        assert!(clean.contains(element) || ["pre", "dl"].contains(&element), "{element}");
    }
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("<style").count(), 1);
    assert!(!page.contains("<img") && !page.contains("javascript:"));
    // All that acts unseen is shown as an escape; the page's own text holds no such character.
    let unseen = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{61c}')
    };
    assert_eq!(page.chars().find(|c| unseen(*c)), None);
    assert!(page.contains("\\u{202e}gpj.exe"));
    for attack in ATTACKS {
        assert!(!page.contains(attack) || !attack.contains(['<', '"', '\u{1b}', '\u{202e}']), "{attack}");
    }
}

#[test]
fn half_a_surrogate_and_long_values_are_shown_and_bounded() {
    let mut assessment = sample();
    let raw = |text: &str| serde_json::value::RawValue::from_string(text.to_owned()).unwrap().into();
    assessment.findings[0].facts = raw("{\"a\":\"\\ud800\"}");
    assessment.findings[2].facts = raw(&json!({"a": "L".repeat(65_536)}).to_string());
    let page = page(&assessment, 100);
    assert!(page.contains("\\ud800"));
    assert!(page.contains("(65536 characters; the JSON report holds all)"));
    assert!(!page.contains(&"L".repeat(2_000)));
}

#[test]
fn nothing_comes_from_outside_and_the_policy_names_style_and_script() {
    let page = rendered("html", &sample());
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"").to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(policy.matches("'sha256-").count(), 2);
    for word in [" src=", "<link", "@import", "url(", " style=", " onload=", "http://", "<base", "<iframe"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn every_verdict_is_told_and_unknown_is_never_a_pass() {
    let assessment = sample();
    let page = page(&assessment, 100);
    let s = assessment.summary;
    assert!(section(&page, "answer").contains(&format!(
        "{} listed: {} pass, {} fail of which {} waived, {} unknown, {} not applicable.",
        s.listed, s.pass, s.fail, s.waived, s.unknown, s.not_applicable
    )));
    let findings = section(&page, "findings");
    let open = assessment.findings.iter().filter(|f| matches!(f.verdict, Verdict::Fail | Verdict::Unknown)).count();
    assert_eq!(findings.matches("<details class=\"finding ").count(), open);
    assert_eq!(findings.matches("<details class=\"finding unknown\"").count() as u64, s.unknown);
    assert_eq!(findings.matches("<tr class=\"row pass\">").count() as u64, s.pass);
    assert_eq!(findings.matches("<tr class=\"row na\">").count() as u64, s.not_applicable);
    assert!(findings.contains("is denied: 403"));
    assert!(section(&page, "coverage").contains("1 denied"));
}

#[test]
fn a_cell_of_the_heat_map_counts_open_fails_and_unknowns_of_its_domain() {
    let mut assessment = sample();
    for resource in &mut assessment.resources {
        let domain = if ["pg-a", "pg-d"].contains(&resource.id.name()) { "payments" } else { "risk" };
        resource.context.insert("domain".to_owned(), domain.to_owned());
    }
    let heat = section(&page(&assessment, 100), "controls");
    // The policy about sessions: pg-a fails, pg-b is waived, pg-c passes, pg-d is unknown.
    let row = between(&heat, "Art. 9(2)</a>", "</tr>");
    let cells: Vec<String> = row
        .split("<td ")
        .skip(1)
        .map(|cell| cell.split('>').skip(1).map(|t| t.split('<').next().unwrap_or_default()).collect::<String>())
        .collect();
    assert_eq!(cells, ["✕ 1/4? 1", "✕ 1/2? 1", "◇ 0/2"]);
}

#[test]
fn shared_keys_are_drawn_and_listed() {
    let isolation = section(&page(&with_domains(), 100), "isolation");
    assert_eq!(isolation.matches("<path class=\"edge fail\"").count(), 2);
    assert!(isolation.contains("1 key, subnet or identity crosses the border"));
    assert!(isolation.contains("<strong>payments</strong>, 1: <code>pg-b</code>"));
    assert!(!section(&page(&sample(), 100), "isolation").contains("<svg"));
}

#[test]
fn what_changed_is_listed_by_kind() {
    let assessment = sample();
    let drift = section(&page(&assessment, 100), "drift");
    for (title, change) in
        [("New fails", Change::New), ("Newly unknown", Change::NewlyUnknown), ("Fixed", Change::Fixed)]
    {
        let count = assessment.findings.iter().filter(|f| f.change == Some(change)).count();
        assert!(count > 0 && drift.contains(&format!("{title}: {count}<")), "{title}");
    }
    assert!(drift.contains("pg-gone"));
    let mut alone = sample();
    alone.baseline = None;
    assert!(section(&page(&alone, 100), "drift").contains("nothing is known about change"));
}

#[test]
fn every_waiver_is_listed_with_its_approver() {
    let exceptions = section(&page(&sample(), 100), "exceptions");
    for (waiver, title) in [("W-1", "In force"), ("W-2", "Expired"), ("W-3", "Unused")] {
        assert!(
            exceptions.contains(&format!("<strong>{waiver}</strong>")) && exceptions.contains(&format!("{title}: 1,"))
        );
    }
    assert!(exceptions.contains("Bob"));
}

#[test]
fn code_shows_its_lines_and_its_repair() {
    let mut assessment = sample();
    coded(&mut assessment);
    let findings = section(&page(&assessment, 100), "findings");
    assert!(findings.contains("infra/data base.tf:12"));
    assert!(findings.contains("Change of the code: Close [the](1) network"));
    assert!(findings.contains("module.db.pg_server.e"));
}

#[test]
fn long_reports_are_cut_where_that_is_said_and_no_fail_is_lost_from_the_counts() {
    let assessment = estate(3, 10);
    let all = assessment.findings.len();
    let whole = section(&page(&assessment, all), "findings");
    assert!(!whole.contains("class=\"notice\"") && whole.contains("<tr class=\"row pass\">"));
    let cut = section(&page(&assessment, 5), "findings");
    assert!(cut.contains(&format!("There are {all} findings, more than the 5")));
    assert!(!cut.contains("<tr class=\"row pass\">"));
    assert_eq!(cut.matches("<details class=\"finding ").count(), 5);
    let hidden: usize = cut
        .split("<p class=\"notice\">")
        .skip(2)
        .filter_map(|p| p.split(' ').next().and_then(|n| n.parse::<usize>().ok()))
        .sum();
    assert_eq!(hidden + 5, whole.matches("<details class=\"finding ").count());
}

#[test]
fn the_page_grows_linearly() {
    let size = |groups| page(&estate(groups, 50), usize::MAX).len();
    let (base, one, four) = (size(0), size(10), size(40));
    assert!(four - base < (one - base) * 5, "{base} {one} {four}");
}

#[test]
fn only_the_shell_writes_text_that_is_not_escaped() {
    for (name, text) in [
        ("answer", include_str!("answer.rs")),
        ("coverage", include_str!("coverage.rs")),
        ("drift", include_str!("drift.rs")),
        ("exceptions", include_str!("exceptions.rs")),
        ("facts", include_str!("facts.rs")),
        ("findings", include_str!("findings.rs")),
        ("heat", include_str!("heat.rs")),
        ("index", include_str!("index.rs")),
        ("isolation", include_str!("isolation.rs")),
        ("method", include_str!("method.rs")),
        ("mod", include_str!("mod.rs")),
        ("policy", include_str!("policy.rs")),
        ("recovery", include_str!("recovery.rs")),
        ("trend", include_str!("trend.rs")),
        ("words", include_str!("words.rs")),
    ] {
        assert!(!text.contains("PreEscaped"), "{name}");
    }
    assert_eq!(include_str!("page.rs").matches("(PreEscaped(").count(), 2);
}
