//! Texts that are secrets whatever their name is. Takes a text, gives what to do with it; one pass over the text unless it
//! is one.

use std::sync::LazyLock;

use regex::bytes::{RegexSet, RegexSetBuilder};

use crate::collect::redact::Why;

/// What to do with a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict<'t> {
    /// It is no secret.
    Keep,
    /// It is an address with a secret in its query; this is the address without query.
    Shorten(&'t str),
    /// It holds a secret.
    Drop(Why),
}

/// Names that stand before a secret in a text: `Password=…`, `"client_secret": "…"`.
macro_rules! assigned {
    () => {
        concat!(
            r"(?i)(?:passw(?:or)?d|passphrase|pwd|secret|(?:access|account|shared|api|private|primary|secondary|master|",
            r"signing|storage|subscription|instrumentation|function|host|admin|auth)[-_ ]?key|sharedsecretvalue|",
            r"connection[-_ ]?string|(?:^|[^a-z])(?:[a-z]{2,12}[-_])?token|(?:access|refresh|id|sas|auth)token|",
            r"(?:^|[^a-z])sas)"
        )
    };
}

/// Parameters of a query that hold a secret.
macro_rules! parameters {
    () => {
        concat!(
            r"(?:sig|signature|code|key|(?:[a-z]{2,12}[-_]?)?token|[a-z]{0,12}[-_]?api[-_]?key|subscription[-_]?key|",
            r"auth[-_]?key|functions?[-_]?key|passw(?:or)?d|pwd|secret|(?:client|app)[-_]?secret|sas|hmac|",
            r"x-(?:amz|goog)-signature)"
        )
    };
}

/// The patterns, and what a text is in which one is found. No pattern looks around, so all are one automaton.
const PATTERNS: &[(Why, &str)] = &[
    // A web token: two parts of base64url JSON and a signature, or five encrypted parts.
    (Why::Token, r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*"),
    (Why::Token, r#"(?i)(?:^|[^a-z])bearer["']?[ :=]+["']?[A-Za-z0-9._~+/-]{16,}"#),
    (Why::Token, r#"(?i)authorization["']?\s*[:=]\s*["']?(?:basic|bearer|digest|sharedkey)\s+[^\s"']"#),
    (Why::PrivateKey, r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY"),
    (Why::PrivateKey, r"PuTTY-User-Key-File-|AGE-SECRET-KEY-1"),
    // A name that says secret, and its value: `Password=x`, `"secret": "x"`, `pwd: x1`.
    (Why::Assigned, concat!(assigned!(), r#"\s*(?:=|:=)\s*[^\s;,&]"#)),
    (Why::Assigned, concat!(assigned!(), r#"\\?["']\s*(?::|=>?)\s*\\?["'][^"'\\\s]"#)),
    (Why::Assigned, concat!(assigned!(), r#"\\?["']?\s*:\s*[^\s"',;{\[]*[0-9!#$%^*+/=~@?][^\s"',;]*"#)),
    // Shared access signatures.
    (Why::Signed, concat!(r"(?i)[?&#;]", parameters!(), r"(?:=|%3d)[^&#\s]")),
    (Why::Signed, r#"(?i)(?:^|[\s"',])sig=[a-z0-9%+/_-]{10,}"#),
    (Why::Signed, r"(?i)sharedaccesssignature\s*(?:=\s*\S|s[rvei]g?=|skn=)"),
    // `user:password@` before a host; what follows the colon is no port.
    (Why::Login, r#"://[^\s/?#@:"']*:(?:[^\s/?#@]+|[^\s/?#@0-9]\S*|[0-9]+[^\s/?#@0-9]\S*)@"#),
    // 64 bytes and 32 bytes of base64, alone: keys of storage, Cosmos DB, messaging and IoT.
    (Why::Key, r"(?:^|[^A-Za-z0-9+/=_-])[A-Za-z0-9+/]{86}==(?:[^=]|$)"),
    (Why::Key, r"(?:^|[^A-Za-z0-9+/=_-])[A-Za-z0-9+/]{43}=(?:[^=A-Za-z0-9+/]|$)"),
    // Keys that Azure marks as such, and the marks that services put into theirs.
    (Why::Key, r"[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9]{16,}"),
    (Why::Key, r"AzSe[A-D][A-Za-z0-9+/]{5}|[A-Za-z0-9+/_-]{44}AzFu[A-Za-z0-9+/_=-]{6,}|[A-Za-z0-9+/]{32,}\+ACR[A-D]"),
    (Why::Key, r"[A-Za-z0-9+/]{33}(?:AIoT|\+ASb|\+AEh|\+ARm)[A-Za-z0-9+/]{6}="),
    // The secret of an Entra application.
    (Why::ClientSecret, r"[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,}"),
    // Tokens of other services that say what they are.
    (Why::Token, r"gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}|glpat-[A-Za-z0-9_-]{20}"),
    (Why::Token, r"xox[abeoprs]-[A-Za-z0-9-]{10}|xapp-[0-9]-[A-Za-z0-9-]{10}"),
    (Why::Token, r"(?:^|[^A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}|AIza[A-Za-z0-9_-]{35}"),
    (Why::Token, r"npm_[A-Za-z0-9]{36}|pypi-AgE[A-Za-z0-9_-]{20}|dckr_pat_[A-Za-z0-9_-]{20}|oy2[a-z0-9]{43}"),
    (
        Why::Token,
        r"[rs]k_live_[A-Za-z0-9]{16}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16}|(?:^|[^A-Za-z0-9])sk-[A-Za-z0-9_-]{32}",
    ),
    (Why::Token, r"dapi[0-9a-f]{32}|hv[sb]\.[A-Za-z0-9_-]{24}|\.atlasv1\.[A-Za-z0-9_=-]{24}"),
    (Why::Token, r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}|(?:^|[^A-Za-z0-9])[a-z2-7]{52}(?:[^A-Za-z0-9]|$)"),
    // Addresses that let whoever knows them in.
    (Why::Hook, r"(?i)hooks\.slack\.com/(?:services|workflows|triggers)/\w|webhook\.office\.com/webhookb2/\w"),
    (Why::Hook, r"(?i)outlook\.office(?:365)?\.com/webhook/\w|discord(?:app)?\.com/api/webhooks/\w"),
];

/// All patterns are of ASCII, and over bytes the automaton is small enough to stay in its cache.
static SET: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSetBuilder::new(PATTERNS.iter().map(|(_, pattern)| pattern))
        .unicode(false)
        .dfa_size_limit(DFA_BYTES)
        .build()
        .expect("the patterns are constants, and a test makes them")
});

/// The most that the automaton may take in memory, for each thread at work.
const DFA_BYTES: usize = 8 << 20;

/// Looks whether a text is a secret.
pub(super) fn judge(text: &str) -> Verdict<'_> {
    // Most texts are short words, in which no pattern finds anything.
    if text.len() < 5 || (text.len() < 20 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ')) {
        return Verdict::Keep;
    }
    if !SET.is_match(text.as_bytes()) {
        return Verdict::Keep;
    }
    let found: Vec<Why> =
        SET.matches(text.as_bytes()).iter().filter_map(|at| PATTERNS.get(at)).map(|(why, _)| *why).collect();
    let Some(why) = found.first() else { return Verdict::Keep };
    // A password may hold the marks that a query begins with, so with a login nothing is sure of the address.
    match without_query(text) {
        Some(bare) if !found.contains(&Why::Login) && !SET.is_match(bare.as_bytes()) => Verdict::Shorten(bare),
        _ => Verdict::Drop(*why),
    }
}

/// An address without query and fragment, where the text is one address and nothing else.
fn without_query(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"+.-".contains(&b);
    if scheme.is_empty() || !scheme.bytes().all(plain) || rest.contains(char::is_whitespace) {
        return None;
    }
    text.find(['?', '#']).and_then(|at| text.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts with a secret, put together here so that none stands in the code.
    fn secrets() -> Vec<(Why, String)> {
        let key = |n: usize| "aB3+dE6/".chars().cycle().take(n).collect::<String>();
        let word = |n: usize| "aB3dE6gH".chars().cycle().take(n).collect::<String>();
        vec![
            (Why::Token, format!("eyJ{}.eyJ{}.{}", word(20), word(30), word(43))),
            (Why::Token, format!("token is eyJ{}.{}.{}.x.y", word(20), word(8), word(12))),
            (Why::Token, format!("Authorization: Bearer {}", word(40))),
            (Why::Token, format!("authorization=Basic {}", word(12))),
            (Why::Token, format!("ghp_{}", word(36))),
            (Why::Token, format!("see github_pat_{}", word(30))),
            (Why::Token, format!("xoxb-{}", word(20))),
            (Why::Token, format!("AK{}", "IA".to_owned() + "ABCDEFGH234567AB")),
            (Why::Token, format!("dapi{}", "0123456789abcdef".repeat(2))),
            (Why::Token, "abcdefgh234567ab".repeat(4).chars().take(52).collect()),
            (Why::PrivateKey, format!("-----BEGIN RSA {} KEY-----\n{}", "PRIVATE", word(64))),
            (Why::PrivateKey, format!("x -----BEGIN {} KEY-----", "PRIVATE")),
            (Why::Assigned, "Server=tcp:a.database.windows.net;User ID=u;Password=hunter2;".to_owned()),
            (Why::Assigned, format!("DefaultEndpointsProtocol=https;AccountName=a;AccountKey={}==", key(86))),
            (
                Why::Assigned,
                "Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=x".to_owned(),
            ),
            (Why::Assigned, "a.redis.cache.windows.net:6380,password=x,ssl=True".to_owned()),
            (Why::Assigned, "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=x".to_owned()),
            (Why::Assigned, r#"{"clientSecret": "x"}"#.to_owned()),
            (Why::Assigned, r#"{\"password\":\"x\"}"#.to_owned()),
            (Why::Assigned, "the password: s3cret".to_owned()),
            (Why::Assigned, "client_secret=x".to_owned()),
            (Why::Assigned, "api-key = x".to_owned()),
            (Why::Assigned, "--token=x".to_owned()),
            (Why::Signed, "SharedAccessSignature sr=x&sig=y&se=1".to_owned()),
            (Why::Signed, "sv=2022-11-02&sr=c&sig=abcdefghijklmnop%3D".to_owned()),
            (Why::Signed, "go to https://a.blob.core.windows.net/c?sv=1&sig=x now".to_owned()),
            (Why::Login, "amqp://user:pass@host:5671/v".to_owned()),
            (Why::Login, "https://$site:word@site.scm.azurewebsites.net".to_owned()),
            (Why::Login, "redis://:word@host".to_owned()),
            (Why::Login, "postgres://u:a/b#c@host/db".to_owned()),
            (Why::Key, format!("{}==", key(86))),
            (Why::Key, format!("key {}= of the hub", key(43))),
            (Why::Key, format!("{}JQQJ99BAACYeBjFXJ3w3AAABACOGabcd", word(52))),
            (Why::ClientSecret, format!("abc8Q~{}", word(34))),
            (Why::Hook, "https://hooks.slack.com/services/T0/B0/x".to_owned()),
            (Why::Hook, "https://bank.webhook.office.com/webhookb2/x@y/IncomingWebhook/z".to_owned()),
        ]
    }

    #[test]
    fn secrets_are_seen_by_their_shape() {
        for (why, text) in secrets() {
            assert_eq!(judge(&text), Verdict::Drop(why), "{text}");
        }
    }

    #[test]
    fn addresses_lose_a_query_that_holds_a_secret() {
        for (text, left) in [
            ("https://a.blob.core.windows.net/c/b.vhd?sv=1&se=2&sig=x%3D", "https://a.blob.core.windows.net/c/b.vhd"),
            ("https://f.azurewebsites.net/api/f?code=abc", "https://f.azurewebsites.net/api/f"),
            (
                "https://prod-1.logic.azure.com:443/workflows/1?api-version=1&sig=x#y",
                "https://prod-1.logic.azure.com:443/workflows/1",
            ),
            ("https://a/cb#access_token=x", "https://a/cb"),
            ("https://a/b?subscription-key=x", "https://a/b"),
        ] {
            assert_eq!(judge(text), Verdict::Shorten(left), "{text}");
            assert_eq!(judge(left), Verdict::Keep);
        }
        // What is left is still a secret.
        assert_eq!(judge("https://u:p@a/b?sig=x"), Verdict::Drop(Why::Signed));
        assert_eq!(judge("amqp://u:p#1@a/b"), Verdict::Drop(Why::Login));
    }

    #[test]
    fn facts_are_kept() {
        for text in [
            "rg-risk-weu/servers/mys/keys/kv-qm-risk-weu_cmk-mys-risk_d8a7b55b0457306b7c296da86027038c",
            "",
            "Password",
            "Enabled",
            "SharedAccessSignature",
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v/secrets/s",
            "Microsoft.KeyVault/vaults/secrets/getSecret/action",
            "Microsoft.Storage/storageAccounts/listKeys/action",
            "https://kv.vault.azure.net:443/keys/k/0123456789abcdef0123456789abcdef",
            "https://kv.vault.azure.net/secrets/s",
            "https://management.azure.com/subscriptions/s/x?api-version=1&$skiptoken=abc",
            "https://a/b@c:d",
            "https://login.microsoftonline.com/",
            "user@example.com",
            "AzureDatabricks:secret",
            "sets the algorithm to encrypt the password.",
            "Password: must be long",
            "@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/s/)",
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "p-0123456789abcdef0123456789abcdef",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKZ0cZ0cZ0cZ0cZ0cZ0cZ0cZ0cZ0cZ0cZ0cZ0cZ0 a@b",
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----",
            "TLSv1.2,TLSv1.3",
            "eyJ",
            "AQAB",
            "10.0.0.0/24",
        ] {
            assert_eq!(judge(text), Verdict::Keep, "{text}");
        }
    }

    /// A text of any length is read once; the automaton has no case in which it begins again at every byte.
    #[test]
    fn long_texts_are_no_trouble() {
        for part in ["eyJ", "a", "password ", "://a:", "AAAA+", "xoxb-", "key", "sig", "é"] {
            let _ = judge(&part.repeat(200_000 / part.len()));
        }
    }
}
