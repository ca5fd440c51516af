//! The shell of the page: its head with the content security policy, the list of parts, the parts. The only place where
//! text goes out unescaped: the style sheet and the script, which are files of this folder and hold nothing from outside.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::report::html::Section;

/// The style sheet.
const STYLE: &str = include_str!("style.css");

/// The script: a filter, and opening findings for print. Everything is there without it.
const SCRIPT: &str = include_str!("script.js");

fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// The whole page.
pub(super) fn page(title: String, cover: Markup, sections: &[Section]) -> Markup {
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        source(STYLE),
        source(SCRIPT)
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { "Skip to the report" }
                (cover)
                div class="columns" {
                    nav aria-label="Parts of the report" {
                        ol { @for section in sections { li { a href={ "#" (section.id) } { (section.title) } } } }
                    }
                    main id="main" tabindex="-1" {
                        @for section in sections {
                            section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                                h2 id={ (section.id) "-title" } { (section.title) }
                                (section.body)
                            }
                        }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_and_the_script_cannot_end_their_elements() {
        for text in [STYLE, SCRIPT] {
            let text = text.to_lowercase();
            assert!(!text.contains("</") && !text.contains("<!--") && !text.contains("http"));
            assert!(!text.contains("@import") && !text.contains("url(") && !text.contains("innerhtml"));
        }
    }
}
