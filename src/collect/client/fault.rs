//! Why a read gave no answer: status, code and message of the server → [`Fault`]. Pure; everything in a message is
//! taken to be hostile.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use regex::Regex;
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use serde_json::Value;

use crate::model::GapReason;
pub(super) use crate::model::{printable, without_token};

use super::limits::MAX_MESSAGE;

/// Why a read gave no answer, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{call}: {}{}{message}", status.map(|s| format!("{s} ")).unwrap_or_default(), code.as_ref().map(|c| format!("{c}: ")).unwrap_or_default())]
pub struct Fault {
    /// What the gap says.
    pub reason: GapReason,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The code of the error in the body, for example `AuthorizationFailed`.
    pub code: Option<String>,
    /// What was seen: at most 300 characters, printable, without tokens.
    pub message: String,
    /// The request: `GET /subscriptions/…?api-version=…`.
    pub call: String,
}

impl Fault {
    /// A fault without an answer of the server.
    pub(super) fn new(reason: GapReason, call: &str, message: &str) -> Self {
        Self { reason, status: None, code: None, message: printable(message, MAX_MESSAGE), call: call.to_owned() }
    }

    /// The RBAC action that the identity lacks, where the server named one.
    pub fn missing_action(&self) -> Option<&str> {
        self.message.strip_prefix(LACKS).and_then(|rest| rest.split(' ').next())
    }
}

/// How the message of a refusal begins that names the missing action.
const LACKS: &str = "the identity may not perform ";

/// What is to be done about an answer.
#[derive(Debug)]
pub(super) enum Judged {
    /// It is an answer to read.
    Good,
    /// The token was refused; with the claims that a new one must have, as JSON.
    Renew(Fault, Option<String>),
    /// Another try may help.
    Again(Fault, Hold),
    /// No other try helps. With the api-versions that the message lists as supported.
    Never(Fault, Vec<String>),
}

/// For which requests a 429 means that they must wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// This one alone.
    Request,
    /// All of the resource provider.
    Service,
    /// All of the subscription or tenant.
    Scope,
}

/// Codes that say: this provider, type or version does not answer here.
const UNSUPPORTED: &[&str] = &[
    "MissingSubscriptionRegistration",
    "SubscriptionNotRegistered",
    "ResourceProviderNotRegistered",
    "NoRegisteredProviderFound",
    "InvalidResourceType",
    "InvalidResourceNamespace",
    "InvalidApiVersionParameter",
    "AadPremiumLicenseRequired",
];
/// Codes that say: the server exists and is not running.
const STOPPED: &[&str] =
    &["ServerIsNotReady", "ServerNotReady", "ServerStopped", "ServerIsStopped", "ServerIsStopping", "ServerIsDisabled"];
/// Codes whose messages list the api-versions that there are.
const VERSIONS: &[&str] = &["InvalidApiVersionParameter", "NoRegisteredProviderFound", "InvalidResourceType"];
/// Codes of a 429 that count for the whole subscription or tenant.
const SCOPE_THROTTLED: &[&str] = &["SubscriptionRequestsThrottled", "TenantRequestsThrottled"];

fn is_one_of(code: Option<&str>, codes: &[&str]) -> bool {
    code.is_some_and(|code| codes.iter().any(|c| c.eq_ignore_ascii_case(code)))
}

/// Judges an answer by its status and, where it is an error, by its body. `token` is what must not be repeated.
pub(super) fn judge(status: u16, headers: &HeaderMap, body: &[u8], call: &str, token: &str) -> Judged {
    if status == 200 {
        return Judged::Good;
    }
    let (code, text) = error_of(body);
    let code = code.map(|c| without_token(&c, token));
    let fault = |reason, text: &str| Fault {
        reason,
        status: Some(status),
        code: code.clone(),
        message: printable(&without_token(text, token), MAX_MESSAGE),
        call: call.to_owned(),
    };
    let code_is = |codes| is_one_of(code.as_deref(), codes);
    match status {
        201..300 => Judged::Never(fault(GapReason::Malformed, "the answer to a read is no 200"), Vec::new()),
        300..400 => {
            let to = headers.get("location").map(|l| String::from_utf8_lossy(l.as_bytes()).into_owned());
            let to = to.map(|l| format!(" to {}", host_of(&l))).unwrap_or_default();
            let message = format!("the server redirects{to}; redirects are not followed");
            Judged::Never(fault(GapReason::Malformed, &message), Vec::new())
        }
        401 => Judged::Renew(fault(GapReason::Denied, &denied(&text)), claims_of(headers)),
        403 => Judged::Never(fault(GapReason::Denied, &denied(&text)), Vec::new()),
        _ if code_is(VERSIONS) => Judged::Never(fault(GapReason::Unsupported, &text), versions_in(&text)),
        _ if code_is(UNSUPPORTED) || code_is(STOPPED) => {
            Judged::Never(fault(GapReason::Unsupported, &text), Vec::new())
        }
        429 => {
            let hold = if code_is(&["RetryableErrorDueToAnotherOperation"]) {
                Hold::Request
            } else if code_is(SCOPE_THROTTLED) {
                Hold::Scope
            } else {
                Hold::Service
            };
            Judged::Again(fault(GapReason::Throttled, &text), hold)
        }
        408 | 500 | 502 | 503 | 504 => Judged::Again(fault(GapReason::Timeout, &text), Hold::Request),
        409 => Judged::Never(fault(GapReason::Timeout, &text), Vec::new()),
        400..500 | 501 => Judged::Never(fault(GapReason::Unsupported, &text), Vec::new()),
        _ => Judged::Never(fault(GapReason::Timeout, &text), Vec::new()),
    }
}

/// Code and message of an error body: ARM, Graph and Key Vault write `error.code`, some providers `code` at the top.
fn error_of(body: &[u8]) -> (Option<String>, String) {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let Ok(json) = serde_json::from_slice::<Value>(body) else {
        let start = String::from_utf8_lossy(&body[..body.len().min(4 * MAX_MESSAGE)]).into_owned();
        return (None, if start.trim().is_empty() { "the answer has no body".to_owned() } else { start });
    };
    let error = [&json["error"], &json["odata.error"]].into_iter().find(|e| e.is_object()).unwrap_or(&json);
    let member = |name: &str| error.get(name).and_then(Value::as_str);
    let code = member("code").or_else(|| member("Code"));
    // Providers wrap another code in a general one and put the telling one into the details.
    let inner = error["details"].as_array().into_iter().flatten().filter_map(|d| d["code"].as_str());
    let known = |c: &&str| [UNSUPPORTED, STOPPED, SCOPE_THROTTLED].iter().any(|list| is_one_of(Some(c), list));
    let code = code.into_iter().chain(inner).find(known).or(code);
    let is_word = |c: &&str| {
        (1..=100).contains(&c.len()) && c.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
    };
    let message = member("message")
        .or_else(|| member("Message"))
        .or_else(|| error["message"]["value"].as_str())
        .map_or_else(|| "the answer has no message".to_owned(), str::to_owned);
    (code.filter(is_word).map(str::to_owned), message)
}

/// The message of a refusal: the action and scope, where the server names them.
fn denied(text: &str) -> String {
    static ACTION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"perform(?:ing)? (?:the )?action:? '([A-Za-z0-9./*_-]{3,200})'(?: (?:over|on) (?:the )?(?:scope|resource)s?:? '([^']{1,300})')?")
            .expect("a regular expression that a test compiles")
    });
    match ACTION.captures(text) {
        Some(found) => {
            let over = found.get(2).map(|scope| format!(" over {}", scope.as_str())).unwrap_or_default();
            format!("{LACKS}{}{over}", &found[1])
        }
        None => text.to_owned(),
    }
}

/// The api-versions that a message lists as supported, in its order.
fn versions_in(text: &str) -> Vec<String> {
    static VERSION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b[12][0-9]{3}-[01][0-9]-[0-3][0-9](?:-[A-Za-z][A-Za-z0-9.]{0,30})?\b")
            .expect("a regular expression that a test compiles")
    });
    // The version that was asked for stands before this word.
    let Some((_, listed)) = text.split_once("supported") else { return Vec::new() };
    VERSION.find_iter(listed).take(500).map(|m| m.as_str().to_owned()).collect()
}

/// The claims of a challenge, as JSON. Azure writes them in Base64.
fn claims_of(headers: &HeaderMap) -> Option<String> {
    headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|v| v.to_str().ok()).find_map(|challenge| {
        let (_, rest) = challenge.split_once("claims=\"")?;
        let (claims, _) = rest.split_once('"')?;
        let claims = claims.trim_end_matches('=');
        if claims.len() > 8192 {
            return None;
        }
        let bytes = STANDARD_NO_PAD.decode(claims).or_else(|_| URL_SAFE_NO_PAD.decode(claims)).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        serde_json::from_str::<Value>(&text).is_ok_and(|v| v.is_object()).then_some(text)
    })
}

/// Host and port of a link, for messages; never its path or query, which may hold secrets.
pub(super) fn host_of(link: &str) -> String {
    let url = url::Url::parse(link).ok();
    let host = url.as_ref().and_then(|u| {
        let port = u.port().map(|p| format!(":{p}")).unwrap_or_default();
        u.host_str().map(|h| format!("{}://{h}{port}", u.scheme()))
    });
    host.unwrap_or_else(|| "another place".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str =
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJvaWQiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";

    fn judged(status: u16, body: &str) -> Judged {
        judge(status, &HeaderMap::new(), body.as_bytes(), "GET /x", TOKEN)
    }

    fn fault(status: u16, body: &str) -> Fault {
        match judged(status, body) {
            Judged::Good => panic!("{status} is good"),
            Judged::Renew(fault, _) | Judged::Again(fault, _) | Judged::Never(fault, _) => fault,
        }
    }

    fn coded(code: &str) -> String {
        format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#)
    }

    #[test]
    fn every_status_has_its_reason() {
        for (status, code, reason, again) in [
            (401, "ExpiredAuthenticationToken", GapReason::Denied, false),
            (403, "AuthorizationFailed", GapReason::Denied, false),
            (403, "MissingSubscriptionRegistration", GapReason::Denied, false),
            (404, "ResourceNotFound", GapReason::Unsupported, false),
            (404, "InvalidResourceType", GapReason::Unsupported, false),
            (400, "BadRequest", GapReason::Unsupported, false),
            (405, "", GapReason::Unsupported, false),
            (409, "MissingSubscriptionRegistration", GapReason::Unsupported, false),
            (409, "Conflict", GapReason::Timeout, false),
            (409, "ServerIsNotReady", GapReason::Unsupported, false),
            (500, "ServerStopped", GapReason::Unsupported, false),
            (500, "InternalServerError", GapReason::Timeout, true),
            (408, "", GapReason::Timeout, true),
            (502, "", GapReason::Timeout, true),
            (503, "", GapReason::Timeout, true),
            (504, "GatewayTimeout", GapReason::Timeout, true),
            (505, "", GapReason::Timeout, false),
            (429, "TooManyRequests", GapReason::Throttled, true),
            (204, "", GapReason::Malformed, false),
            (202, "", GapReason::Malformed, false),
            (302, "", GapReason::Malformed, false),
            (304, "", GapReason::Malformed, false),
        ] {
            let fault = fault(status, &coded(code));
            assert_eq!(fault.reason, reason, "{status} {code}");
            assert_eq!(fault.status, Some(status));
            assert_eq!(fault.code.as_deref(), Some(code).filter(|c| !c.is_empty()));
            assert_eq!(matches!(judged(status, &coded(code)), Judged::Again(..)), again, "{status} {code}");
        }
    }

    #[test]
    fn a_429_holds_what_it_is_about() {
        for (code, expected) in [
            ("SubscriptionRequestsThrottled", Hold::Scope),
            ("TooManyRequests", Hold::Service),
            ("", Hold::Service),
            ("RetryableErrorDueToAnotherOperation", Hold::Request),
        ] {
            assert!(matches!(judged(429, &coded(code)), Judged::Again(_, hold) if hold == expected), "{code}");
        }
    }

    #[test]
    fn codes_and_messages_are_found_in_every_form() {
        for (body, code, message) in [
            (r#"{"error":{"code":"A","message":"b"}}"#, Some("A"), "b"),
            (r#"{"code":"A","message":"b"}"#, Some("A"), "b"),
            (r#"{"Code":"A","Message":"b"}"#, Some("A"), "b"),
            (r#"{"odata.error":{"code":"A","message":{"lang":"en","value":"b"}}}"#, Some("A"), "b"),
            (
                r#"{"error":{"code":"BadRequest","message":"b","details":[{"code":"ServerStopped"}]}}"#,
                Some("ServerStopped"),
                "b",
            ),
            (r#"{"error":{"code":"A B\u001b[31m","message":"b"}}"#, None, "b"),
            (r#"{"error":"x"}"#, None, "the answer has no message"),
            ("<html>\r\n\r\n  gateway</html>", None, "<html> gateway</html>"),
            ("", None, "the answer has no body"),
            ("[]", None, "the answer has no message"),
            ("\u{feff}{\"code\":\"A\",\"message\":\"b\"}", Some("A"), "b"),
        ] {
            let fault = fault(404, body);
            assert_eq!((fault.code.as_deref(), fault.message.as_str()), (code, message), "{body}");
        }
    }

    #[test]
    fn a_refusal_names_the_missing_action() {
        let body = "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The client 'a@b.test' with object id '1' does not have authorization to perform action 'Microsoft.KeyVault/vaults/read' over scope '/subscriptions/s' or the scope is invalid.\"}}";
        let refused = fault(403, body);
        assert_eq!(refused.missing_action(), Some("Microsoft.KeyVault/vaults/read"));
        assert_eq!(
            refused.message,
            "the identity may not perform Microsoft.KeyVault/vaults/read over /subscriptions/s"
        );
        assert_eq!(refused.to_string(), format!("GET /x: 403 AuthorizationFailed: {}", refused.message));
        assert_eq!(fault(403, &coded("Forbidden")).missing_action(), None);
    }

    #[test]
    fn supported_versions_are_read_from_the_message() {
        for text in [
            "The api-version '2099-01-01' is invalid. The supported versions are '2021-06-01-preview,2020-01-01'.",
            "No registered resource provider found for location 'x' and API version '2099-01-01' for type 't'. The supported api-versions are '2021-06-01-preview, 2020-01-01'. The supported locations are ', eastus'.",
            "The resource type 'x' could not be found in the namespace 'Y' for api version '2099-01-01'. The supported api-versions are '2021-06-01-preview,2020-01-01'.",
        ] {
            assert_eq!(versions_in(text), ["2021-06-01-preview", "2020-01-01"]);
        }
        assert!(versions_in("The api-version '2099-01-01' is invalid.").is_empty());
    }

    #[test]
    fn claims_are_read_from_any_challenge() {
        let with = |value: &str| {
            let headers = [(WWW_AUTHENTICATE, "Basic".parse().unwrap()), (WWW_AUTHENTICATE, value.parse().unwrap())];
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.append(name, value);
            }
            claims_of(&map)
        };
        let json = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;
        let coded = base64::engine::general_purpose::STANDARD.encode(json);
        let challenge = |claims: &str| format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\"");
        assert_eq!(with(&challenge(&coded)).as_deref(), Some(json));
        assert_eq!(with(&challenge(coded.trim_end_matches('='))).as_deref(), Some(json));
        for not in ["", "!!!", "AAAA", "WzFd", &"A".repeat(9000)] {
            assert_eq!(with(&challenge(not)), None, "{not}");
        }
        assert_eq!(with("Bearer authorization=\"https://evil.test\""), None);
    }

    #[test]
    fn no_part_of_the_token_is_repeated() {
        for echo in [
            TOKEN.to_owned(),
            format!("you sent Bearer {TOKEN}, really"),
            TOKEN.to_uppercase(),
            TOKEN[20..70].to_owned(),
            format!("{}\n{}", &TOKEN[..40], &TOKEN[40..]),
            format!("{}{TOKEN}", "x".repeat(290)),
        ] {
            let fault = fault(400, &serde_json::json!({"error": {"code": "A", "message": echo}}).to_string());
            let lower = fault.to_string().to_lowercase();
            let leaks =
                TOKEN.to_lowercase().as_bytes().windows(16).any(|w| lower.as_bytes().windows(16).any(|l| l == w));
            assert!(!leaks, "{fault}");
        }
        assert_eq!(without_token("a short", "short"), "a [token]");
        assert_eq!(without_token("nothing here", TOKEN), "nothing here");
        assert_eq!(without_token("ünïcödé", ""), "ünïcödé");
        let fault = fault(400, &serde_json::json!({"error": {"code": TOKEN[37..67], "message": "m"}}).to_string());
        assert!(!fault.to_string().contains(&TOKEN[37..53]), "{fault}");
    }

    #[test]
    fn messages_are_printable_and_short() {
        assert_eq!(printable("a\u{1b}[31mb\r\n\r\n c\u{202e}d\0", 300), "a\\u{1b}[31mb c\\u{202e}d\\u{0}");
        let long = printable(&"\u{202e}".repeat(1000), 300);
        assert!(long.chars().count() <= 300 && long.ends_with('…'), "{long}");
        assert_eq!(printable(&"x".repeat(300), 300), "x".repeat(300));
        assert_eq!(printable(&"x".repeat(301), 300), format!("{}…", "x".repeat(299)));
    }

    #[test]
    fn links_are_shown_by_their_host() {
        assert_eq!(host_of("https://u:p@evil.test:444/secret?sig=x"), "https://evil.test:444");
        assert_eq!(host_of("nothing"), "another place");
    }
}
