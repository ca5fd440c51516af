//! Whatever a server writes, nothing panics, nothing leaves the origin, and messages are printable.

use proptest::prelude::*;
use reqwest::header::{HeaderMap, HeaderValue};

use crate::collect::client::fault::{Judged, judge, printable, without_token};
use crate::collect::client::paging::{Trail, check_json, page, rows};
use crate::collect::client::retry::retry_after;
use crate::collect::client::tests::TOKEN;
use crate::collect::cloud::Origin;

/// Texts that look a little like answers.
fn body() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("{\"value\":[".to_owned()),
        Just("]".to_owned()),
        Just("}".to_owned()),
        Just("\"nextLink\":\"https://management.azure.com@evil.test/\"".to_owned()),
        Just("{\"error\":{\"code\":\"InvalidApiVersionParameter\",\"message\":\"supported 2020-01-01".to_owned()),
        Just("\"}}".to_owned()),
        Just(",".to_owned()),
        Just("\"count\":1,\"totalRecords\":1,\"data\":[1]".to_owned()),
        Just("\"$skipToken\":".to_owned()),
        Just(TOKEN[..40].to_owned()),
        Just("\u{202e}\u{feff}".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(word, 0..8).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn bodies_are_read_or_refused(body in body(), status in 100u16..600, header in any::<Vec<u8>>()) {
        let _ = (page(body.as_bytes()).is_ok(), rows(body.as_bytes()).is_ok(), check_json(body.as_bytes()).is_ok());
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_bytes(&header) {
            for name in ["retry-after", "date", "www-authenticate", "location"] {
                headers.insert(name, value.clone());
            }
        }
        let _ = retry_after(&headers);
        match judge(status, &headers, body.as_bytes(), "GET /x", TOKEN) {
            Judged::Good => prop_assert_eq!(status, 200),
            Judged::Renew(fault, _) | Judged::Again(fault, _) | Judged::Never(fault, _) => {
                prop_assert!(fault.message.chars().count() <= 300);
                prop_assert!(!fault.message.chars().any(char::is_control));
                let turns = '\u{202e}';
                prop_assert!(!fault.message.contains(turns) && !fault.message.contains(&TOKEN[..16]));
            }
        }
    }

    #[test]
    fn links_stay_at_the_origin(link in "(https?:)?[/\\\\@:.?#a-z%\u{e9}\\[\\]0-9 \t\n-]{0,40}") {
        let origin = Origin::parse("https://management.azure.com", false).unwrap();
        let first = origin.join("/subscriptions/s?api-version=1");
        if let Ok(url) = Trail::new(origin.clone(), &first, 10).next(&first, &link) {
            prop_assert_eq!(Origin::of(&url), Some(origin.clone()));
            prop_assert!(url.as_str().starts_with("https://management.azure.com/"));
        }
        prop_assert_eq!(Origin::of(&origin.join(&link)), Some(origin));
    }

    #[test]
    fn texts_are_cleaned(text in any::<String>(), at in 0usize..90, most in 1usize..50) {
        let shown = printable(&text, most);
        prop_assert!(shown.chars().count() <= most);
        let clean = without_token(&format!("{text}{}{text}", &TOKEN[at..]), TOKEN);
        prop_assert!(TOKEN.len() - at < 16 || !clean.contains(&TOKEN[at..at + 16]));
    }
}
