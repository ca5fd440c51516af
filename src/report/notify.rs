//! A short notice of a run for people who wait elsewhere: a [`Notice`] → JSON for a webhook. Pure.
//!
//! Names, tags and messages of an estate are text of others. In Slack they stand in texts of the type `plain_text`, with `&`, `<` and
//! `>` escaped, and in Teams in text runs, which know no Markdown: neither can mention anyone, link or format. Everything is bounded
//! by what the services take; what is left out is counted.

use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use crate::model::printable;

/// Teams refuses a message above 28 KB; what the service adds to ours needs room too.
const MAX_TEAMS: usize = 24_000;
/// Slack: the longest text of a section, and of a header, in characters.
const MAX_SLACK_TEXT: usize = 3000;
/// Slack: the longest header, in characters.
const MAX_SLACK_HEADER: usize = 150;
/// The most lines of a message, and of plain JSON.
const MAX_LINES: usize = 30;
/// The most lines of plain JSON.
const MAX_JSON_LINES: usize = 500;
/// The longest line, in characters.
const MAX_LINE: usize = 300;
/// The longest title, in characters. Escaped it may grow fivefold, which a header has no room for; then it is cut again.
const MAX_TITLE: usize = 140;
/// The longest link.
const MAX_LINK: usize = 2000;
/// Names of parameters that carry a secret. A link with one is left out.
const SECRETS: &[&str] = &[
    "sig",
    "signature",
    "token",
    "access_token",
    "id_token",
    "code",
    "key",
    "secret",
    "client_secret",
    "password",
    "apikey",
    "api_key",
];

/// What came of a run, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Fails that the baseline does not have.
    pub new: u64,
    /// Fails of the baseline that are none any more.
    pub fixed: u64,
    /// Fails that were fixed once and are back.
    pub reopened: u64,
    /// Findings that were decided in the baseline and are unknown now.
    pub newly_unknown: u64,
    /// All fails.
    pub fail: u64,
    /// All unknown findings.
    pub unknown: u64,
    /// Fails that a waiver covers.
    pub waived: u64,
    /// All passes.
    pub pass: u64,
}

impl Counts {
    /// The counts with their names for people, worst first.
    fn named(&self) -> [(&'static str, u64); 8] {
        [
            ("New", self.new),
            ("Reopened", self.reopened),
            ("Newly unknown", self.newly_unknown),
            ("Fixed", self.fixed),
            ("Fail", self.fail),
            ("Unknown", self.unknown),
            ("Waived", self.waived),
            ("Pass", self.pass),
        ]
    }
}

/// What people are told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// What ran, and how it ended.
    pub title: String,
    /// The numbers.
    pub counts: Counts,
    /// The worst findings, worst first, each in a line: severity, title of the policy, name of the resource. No values of properties:
    /// they may be secrets.
    pub worst: Vec<String>,
    /// Where the report is. It is left out when it is not https, holds a user name, or a parameter such as `sig` or `token`.
    pub link: Option<String>,
}

/// For whom a notice is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A program: plain JSON, `assize.notice/1`.
    Json,
    /// A webhook of Teams, made with Workflows: a message with an Adaptive Card.
    Teams,
    /// An incoming webhook of Slack: blocks.
    Slack,
}

/// Writes a notice for a channel.
pub fn render(notice: &Notice, channel: Channel) -> Value {
    let title = printable(&notice.title, MAX_TITLE);
    let link = notice.link.as_deref().and_then(link);
    let most = if channel == Channel::Json { MAX_JSON_LINES } else { MAX_LINES };
    let lines: Vec<String> = notice.worst.iter().take(most).map(|line| printable(line, MAX_LINE)).collect();
    let text = Text { title, counts: notice.counts, all: notice.worst.len(), lines, link };
    match channel {
        Channel::Json => text.json(),
        Channel::Teams => text.teams(),
        Channel::Slack => text.slack(),
    }
}

/// A notice whose texts are printable and short.
struct Text {
    title: String,
    counts: Counts,
    all: usize,
    lines: Vec<String>,
    link: Option<String>,
}

impl Text {
    fn json(&self) -> Value {
        let mut body = json!({
            "schema": "assize.notice/1",
            "title": self.title,
            "counts": self.counts,
            "worst": self.lines,
            "left_out": self.all - self.lines.len(),
        });
        if let Some(link) = &self.link {
            body["link"] = json!(link);
        }
        body
    }

    fn teams(mut self) -> Value {
        loop {
            let message = self.teams_message();
            // One line less is always smaller; without lines a message has room enough.
            if message.to_string().len() <= MAX_TEAMS || self.lines.pop().is_none() {
                return message;
            }
        }
    }

    fn teams_message(&self) -> Value {
        // A text run is shown as it is written; a text block would be read as Markdown.
        let run = |text: &str, more: Value| {
            let mut run = json!({"type": "TextRun", "text": text});
            if let (Some(run), Value::Object(more)) = (run.as_object_mut(), more) {
                run.extend(more);
            }
            json!({"type": "RichTextBlock", "inlines": [run]})
        };
        let facts: Vec<Value> = self
            .counts
            .named()
            .iter()
            .map(|(name, count)| json!({"title": name, "value": count.to_string()}))
            .collect();
        let mut body = vec![
            run(&self.title, json!({"size": "Large", "weight": "Bolder"})),
            json!({"type": "FactSet", "facts": facts}),
        ];
        body.extend(self.lines.iter().map(|line| run(line, json!({}))));
        body.extend(self.left_out().map(|text| run(&text, json!({"isSubtle": true}))));
        let mut card = json!({
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "msteams": {"width": "Full"},
            "body": body,
        });
        if let Some(link) = &self.link {
            card["actions"] = json!([{"type": "Action.OpenUrl", "title": "Open the report", "url": link}]);
        }
        json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": null,
                "content": card,
            }],
        })
    }

    fn slack(&self) -> Value {
        let plain = |text: String| json!({"type": "plain_text", "text": text, "emoji": false});
        let section = |text: String| json!({"type": "section", "text": plain(text)});
        let title = escaped(&self.title, MAX_SLACK_HEADER);
        let counts = self.counts.named().map(|(name, count)| format!("{name} {count}")).join(" · ");
        let mut blocks = vec![json!({"type": "header", "text": plain(title.clone())}), section(counts.clone())];
        let mut part = String::new();
        for line in &self.lines {
            let line = format!("• {}\n", escaped(line, MAX_SLACK_TEXT / 2));
            if part.chars().count() + line.chars().count() > MAX_SLACK_TEXT {
                blocks.push(section(std::mem::take(&mut part)));
            }
            part.push_str(&line);
        }
        if !part.is_empty() {
            blocks.push(section(part));
        }
        blocks.extend(self.left_out().map(section));
        if let Some(link) = &self.link {
            // The link was parsed and holds none of the signs that end it.
            let text = format!("<{}|Open the report>", escaped(link, MAX_SLACK_TEXT - 20));
            blocks.push(json!({"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": true}}));
        }
        // The text is for those who see no blocks.
        json!({"text": format!("{title}: {counts}"), "mrkdwn": false, "blocks": blocks})
    }

    fn left_out(&self) -> Option<String> {
        let more = self.all - self.lines.len();
        (more > 0).then(|| format!("and {more} more, which the report lists"))
    }
}

/// A text without the signs that Slack reads, of at most so many characters; no escape is cut.
fn escaped(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for c in text.chars() {
        let piece = match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            _ => c.to_string(),
        };
        length += piece.chars().count();
        if length > most.saturating_sub(1) {
            shown.push('…');
            break;
        }
        shown.push_str(&piece);
    }
    shown
}

/// A link that may be shown: https, short, without anything that opens something.
fn link(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_secret = |name: &str| SECRETS.iter().any(|s| s.eq_ignore_ascii_case(name));
    let good = url.scheme() == "https"
        && url.username().is_empty()
        && url.password().is_none()
        && !url.query_pairs().any(|(name, _)| is_secret(&name))
        && url.as_str().len() <= MAX_LINK
        && !url.as_str().contains(['|', '<', '>', '"', ' ']);
    good.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "<!channel> <@U1> <https://evil.test|click> [click](https://evil.test) **b** `c` {{DATE(2026-11-01,SHORT)}} &lt; \u{202e}\u{1b}[31m\nnext <at>all</at> @here";

    fn hostile() -> Notice {
        Notice {
            title: HOSTILE.to_owned(),
            counts: Counts {
                new: 3,
                fixed: 1,
                reopened: 2,
                newly_unknown: 4,
                fail: 9,
                unknown: 5,
                waived: 6,
                pass: 700,
            },
            worst: vec![HOSTILE.to_owned(), "critical: plain".to_owned()],
            link: Some("https://ci.test/run?buildId=1&view=results".to_owned()),
        }
    }

    fn large() -> Notice {
        let line = |n: usize| format!("{n} {}", "<&>\u{20ac}\"\\".repeat(200));
        Notice { title: "&".repeat(1000), worst: (0..10_000).map(line).collect(), ..hostile() }
    }

    /// Every object with a text, wherever it stands.
    fn texts(value: &Value, found: &mut Vec<(String, String)>) {
        if let (Some(kind), Some(text)) = (value["type"].as_str(), value["text"].as_str()) {
            found.push((kind.to_owned(), text.to_owned()));
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
            Value::Object(members) => members.values().for_each(|member| texts(member, found)),
            _ => {}
        }
    }

    fn texts_of(value: &Value) -> Vec<(String, String)> {
        let mut found = Vec::new();
        texts(value, &mut found);
        found
    }

    #[test]
    fn slack_reads_nothing_in_the_text_of_others() {
        let message = render(&hostile(), Channel::Slack);
        let found = texts_of(&message);
        let markup: Vec<_> = found.iter().filter(|(kind, _)| kind != "plain_text").collect();
        assert_eq!(markup.len(), 1);
        assert_eq!(markup[0].1, "<https://ci.test/run?buildId=1&amp;view=results|Open the report>");
        for (_, text) in found.iter().filter(|(kind, _)| kind == "plain_text") {
            assert!(!text.contains(['<', '>', '\u{202e}', '\u{1b}']), "{text}");
        }
        assert!(found.iter().any(|(_, text)| text.contains("• &lt;!channel&gt; &lt;@U1&gt;")));
        assert!(found.iter().any(|(_, text)| text.contains("&amp;lt;")), "what was escaped already stays what it was");
        let fallback = message["text"].as_str().unwrap();
        assert!(
            !fallback.contains(['<', '>']) && fallback.contains("New 3 · Reopened 2 · Newly unknown 4"),
            "{fallback}"
        );
        assert_eq!(message["mrkdwn"], false);
    }

    #[test]
    fn teams_reads_nothing_in_the_text_of_others() {
        let message = render(&hostile(), Channel::Teams);
        let card = &message["attachments"][0]["content"];
        assert_eq!(message["type"], "message");
        assert_eq!(message["attachments"][0]["contentType"], "application/vnd.microsoft.card.adaptive");
        assert_eq!((&card["type"], &card["version"]), (&json!("AdaptiveCard"), &json!("1.4")));
        let found = texts_of(&message);
        assert!(found.len() >= 3 && found.iter().all(|(kind, _)| kind == "TextRun"), "{found:?}");
        assert!(!message.to_string().contains("\"TextBlock\""), "a text block would be read as Markdown");
        assert!(card.get("entities").is_none() && card["msteams"].get("entities").is_none(), "nobody is mentioned");
        assert_eq!(card["body"][1]["facts"][2], json!({"title": "Newly unknown", "value": "4"}));
        assert_eq!(card["actions"][0]["url"], "https://ci.test/run?buildId=1&view=results");
        assert!(found.iter().all(|(_, text)| !text.contains(['\u{202e}', '\u{1b}', '\n'])));
    }

    #[test]
    fn json_holds_what_was_given() {
        let body = render(&hostile(), Channel::Json);
        assert_eq!(body["schema"], "assize.notice/1");
        assert_eq!(body["counts"]["newly_unknown"], 4);
        assert_eq!(body["counts"].as_object().unwrap().len(), 8);
        assert_eq!((body["worst"][1].as_str(), body["left_out"].as_u64()), (Some("critical: plain"), Some(0)));
    }

    #[test]
    fn everything_is_bounded_and_what_is_left_out_is_counted() {
        let teams = render(&large(), Channel::Teams);
        assert!(teams.to_string().len() <= 28 << 10);
        let shown = texts_of(&teams).len() - 2;
        assert!(shown > 5);
        assert!(teams.to_string().contains(&format!("and {} more", 10_000 - shown)));

        let slack = render(&large(), Channel::Slack);
        let blocks = slack["blocks"].as_array().unwrap();
        assert!(blocks.len() <= 50);
        assert!(slack.to_string().contains("and 9970 more"));
        for (_, text) in texts_of(&slack) {
            assert!((1..=3000).contains(&text.chars().count()));
            let tail: String = text.chars().rev().take(8).collect::<String>().chars().rev().collect();
            assert!(tail.rfind('&').is_none_or(|at| tail[at..].contains(';')), "a cut escape: {tail}");
        }
        assert!(blocks[0]["text"]["text"].as_str().unwrap().chars().count() <= 150);

        let plain = render(&large(), Channel::Json);
        assert_eq!((plain["worst"].as_array().unwrap().len(), plain["left_out"].as_u64()), (500, Some(9500)));
        assert!(plain.to_string().len() < 1 << 20);
    }

    #[test]
    fn a_notice_of_nothing_is_still_a_message() {
        let nothing = Notice { title: "clean".to_owned(), ..Notice::default() };
        assert_eq!(render(&nothing, Channel::Slack)["blocks"].as_array().unwrap().len(), 2);
        assert_eq!(render(&nothing, Channel::Teams)["attachments"][0]["content"]["body"].as_array().unwrap().len(), 2);
        assert_eq!(render(&nothing, Channel::Json).get("link"), None);
    }

    #[test]
    fn links_that_open_something_are_left_out() {
        for bad in [
            "http://ci.test/run",
            "javascript:alert(1)",
            "https://user:pw@ci.test/run",
            "https://ci.test/r?sv=1&sig=abc",
            "https://ci.test/r?Access_Token=abc",
            "https://ci.test/r?a|b",
            "no link",
            "",
            &format!("https://ci.test/{}", "a".repeat(3000)),
        ] {
            let notice = Notice { link: Some(bad.to_owned()), ..hostile() };
            for channel in [Channel::Json, Channel::Teams, Channel::Slack] {
                let body = render(&notice, channel).to_string();
                assert!(!body.contains("ci.test") && !body.contains("Open the report"), "{bad} {channel:?}");
            }
        }
    }
}
