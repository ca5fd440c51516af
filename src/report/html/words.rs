//! Small pieces of the page: text of others made safe to read, marks, numbers, names and links.

use maud::{Markup, html};

use crate::model::{Finding, ResourceId};
use crate::report::html::index::{Index, Mark};
use crate::report::text;

/// The longest name or sentence that is shown, in characters.
const MOST: usize = 600;

/// The longest block that is shown, in characters.
const MOST_BLOCK: usize = 4_000;

/// A text of others on one line: what cannot be seen or reorders text is shown as an escape, and a long text is cut.
/// Escaping for HTML is the template's part.
pub(super) fn safe(text: &str) -> String {
    text::line(text, MOST)
}

/// A text of others that was broken into lines to be read in its source, as one line.
pub(super) fn flowing(text: &str) -> String {
    text::paragraph(text, MOST_BLOCK)
}

/// A text of others whose lines matter, such as code.
pub(super) fn block(text: &str) -> String {
    const LINES: usize = 200;
    let mut lines = text::lines(text, MOST);
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    if more > 0 {
        lines.push(format!("… {more} more lines"));
    }
    lines.join("\n")
}

/// A number with thousands apart.
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A length as a number.
pub(super) fn length(value: usize) -> String {
    number(u64::try_from(value).unwrap_or(u64::MAX))
}

/// `1 key`, `2 keys`.
pub(super) fn counted(value: u64, one: &str, more: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { more })
}

/// A time as it was written, easier to read: `2026-11-01 06:00 UTC`. Anything else stays as it is.
pub(super) fn time(text: &str) -> String {
    let bytes = text.as_bytes();
    let plain = bytes.len() >= 20
        && text.is_ascii()
        && bytes[10] == b'T'
        && text.ends_with('Z')
        && bytes[..10].iter().all(|b| b.is_ascii_digit() || *b == b'-');
    if plain { format!("{} {} UTC", &text[..10], safe(&text[11..16])) } else { safe(text) }
}

impl Mark {
    /// The class of the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
            Self::Pass => "pass",
            Self::NotApplicable => "na",
        }
    }

    /// The sign beside the word.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Fail => "✕",
            Self::Unknown => "?",
            Self::Waived => "◇",
            Self::Pass => "✓",
            Self::NotApplicable => "–",
        }
    }

    /// The word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Waived => "waived",
            Self::Pass => "pass",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// A mark: sign, word and colour.
pub(super) fn mark(mark: Mark) -> Markup {
    badge(mark, mark.word())
}

/// A mark with another word.
pub(super) fn badge(mark: Mark, word: &str) -> Markup {
    html! { span class={ "mark " (mark.class()) } { span aria-hidden="true" { (mark.sign()) } " " (word) } }
}

/// A table that scrolls by itself where the page is narrower.
pub(super) fn scrolling(label: &str, class: &str, table: &Markup) -> Markup {
    html! { div class={ "scroll " (class) } role="group" aria-label=(label) tabindex="0" { (table) } }
}

/// A link, when the address is one of the web; else the text alone.
pub(super) fn web(address: &str, text: &str) -> Markup {
    let plain = address.starts_with("https://")
        && address.len() <= 2_000
        && address.bytes().all(|b| {
            b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
        });
    html! { @if plain { a href=(address) rel="noreferrer noopener" { (safe(text)) } } @else { (safe(text)) } }
}

/// The name of a resource, with where it stands in the title.
pub(super) fn resource(index: &Index<'_>, id: &ResourceId) -> Markup {
    html! { code { (safe(&index.name(id))) } }
}

/// What was found, in one sentence. A reason does not repeat the id of the resource that it is found on.
pub(super) fn said(finding: &Finding) -> String {
    match (finding.details.first(), finding.reasons.first()) {
        (Some(detail), _) => flowing(&detail.message),
        (None, Some(reason)) => flowing(&text::cause(finding, reason)),
        (None, None) => String::new(),
    }
}

/// A link to the findings of the policy of a finding.
pub(super) fn policy_link(index: &Index<'_>, finding: &Finding) -> Markup {
    policy_of(index, &finding.policy)
}

/// A link to the findings of a policy.
pub(super) fn policy_of(index: &Index<'_>, id: &crate::model::PolicyId) -> Markup {
    let Some(policy) = index.policy(id) else { return html! { code { (safe(id.as_str())) } } };
    let title = policy.meta.map_or(id.as_str(), |m| m.title.as_str());
    html! { a href={ "#" (policy.anchor) } { (safe(title)) } }
}

/// The last two parts of an id's type, which is what people call it.
pub(super) fn kind(id: &ResourceId) -> String {
    let kind = id.resource_type().map(|t| t.as_str().to_owned()).unwrap_or_default();
    let short = kind.split_once('.').map_or(kind.as_str(), |(_, rest)| rest);
    safe(short)
}

/// The start of a text, for pictures.
pub(super) fn short(text: &str, most: usize) -> String {
    text::line(text, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_easy_to_read() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "key", "keys"), "1 key");
        assert_eq!(time("2026-11-01T06:00:00Z"), "2026-11-01 06:00 UTC");
        assert_eq!(time("2026-11-01T06:00:00+02:00"), "2026-11-01T06:00:00+02:00");
        assert_eq!(time("\u{202e}06"), "\\u{202e}06");
        assert_eq!(time("2026-11-01T<b>x</b>xxxZ"), "2026-11-01 <b>x< UTC");
    }

    #[test]
    fn only_plain_addresses_of_the_web_become_links() {
        for (address, linked) in [
            ("https://learn.microsoft.com/azure/x?y=1#z", true),
            ("http://learn.microsoft.com/", false),
            ("javascript:alert(1)", false),
            (" https://x.example", false),
            ("https://x.example/\"onclick=alert(1)", false),
            ("https://x.example/\u{202e}", false),
        ] {
            assert_eq!(web(address, "text").into_string().contains("<a "), linked, "{address}");
        }
    }
}
