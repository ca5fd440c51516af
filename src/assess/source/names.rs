//! Which names and texts stand for secrets.

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 20_000;

/// Words of a name that make its value a secret.
const WORDS: [&str; 11] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "secret",
    "secrets",
    "sas",
    "credential",
    "credentials",
    "pfx",
];
/// The same within a name that is written without marks between its words.
const PARTS: [&str; 20] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "credential",
    "connectionstring",
    "connstr",
    "accesskey",
    "accountkey",
    "sharedkey",
    "privatekey",
    "apikey",
    "signingkey",
    "storagekey",
    "masterkey",
    "securestring",
    "secureobject",
    "customdata",
    "protectedsettings",
];
/// Words that make it a fact about a secret when they come last.
const FACTS: [&str; 16] = [
    "permissions",
    "enabled",
    "disabled",
    "required",
    "days",
    "hours",
    "minutes",
    "seconds",
    "count",
    "length",
    "version",
    "expiration",
    "expiry",
    "rotation",
    "policy",
    "authentication",
];

/// Whether what bears the name is a secret, or holds one.
pub(super) fn names_secret(name: &str) -> bool {
    let words = words(name);
    if words.last().is_some_and(|last| FACTS.contains(&last.as_str())) {
        return false;
    }
    let whole = words.concat();
    words.iter().any(|word| WORDS.contains(&word.as_str()))
        || PARTS.iter().any(|part| whole.contains(part))
        || ["primarykey", "secondarykey", "userdata"].iter().any(|end| whole.ends_with(end))
}

/// Whether the name ends in a word for a secret: `db_password`, not `token_lifetime`.
pub(super) fn ends_in_secret(name: &str) -> bool {
    let words = words(name);
    words.last().is_some_and(|last| names_secret(last)) || words.concat().ends_with("key")
}

/// Whether a text is a secret whatever its name is: a connection string, a signed address, a key.
pub(super) fn looks_secret(text: &str) -> bool {
    let text = match text.char_indices().nth(LONGEST) {
        Some((at, _)) => &text[..at],
        None => text,
    };
    let lower = text.to_ascii_lowercase();
    const MARKS: [&str; 9] = [
        "accountkey=",
        "sharedaccesskey=",
        "sharedaccesssignature",
        "password=",
        "pwd=",
        "secret=",
        "sig=",
        "-----begin",
        "-----end",
    ];
    let login = || {
        lower.match_indices("://").any(|(at, _)| {
            let host = lower[at + 3..].split(['/', ' ', '"', '\'']).next().unwrap_or_default();
            host.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
        })
    };
    let encoded = |t: &str| t.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=-_.".contains(&b));
    let key = text.len() >= 40 && encoded(text) && (text.starts_with("eyJ") || text.ends_with('='));
    key || MARKS.iter().any(|mark| lower.contains(mark)) || login()
}

/// The words of a name, in lower case: parted by marks and where an upper-case letter follows a lower-case one.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in name.chars().take(300) {
        let next = !c.is_ascii_alphanumeric() || (lower && c.is_ascii_uppercase());
        lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        if next {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphanumeric()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_from_facts_about_them() {
        for name in [
            "password",
            "administratorLoginPassword",
            "ADMIN_PASSWORD",
            "adminpassword",
            "client_secret",
            "clientSecret",
            "connection_string",
            "ConnectionStrings",
            "access_key",
            "accessKey",
            "private-key",
            "sas_url",
            "sasToken",
            "primary_key",
            "azurerm_key_vault_secret",
            "Microsoft.KeyVault/vaults/secrets@2023-07-01",
            "api_token",
            "pwd",
            "AzureWebJobsStorageAccountKey",
            "custom_data",
            "userData",
            "redis.password",
            "DB_PASSWORD",
        ] {
            assert!(names_secret(name), "{name}");
        }
        for name in [
            "",
            "disaster",
            "mode",
            "primaryKeyURI",
            "key_vault_key_id",
            "secret_permissions",
            "passwordAuthentication",
            "password_auth_enabled",
            "sas_policy",
            "secretRotation",
            "azurerm_key_vault_key",
            "passive",
            "compass",
        ] {
            assert!(!names_secret(name), "{name}");
        }
        assert!(ends_in_secret("db_password") && ends_in_secret("accessKey") && !ends_in_secret("token_lifetime"));
    }

    #[test]
    fn texts_that_are_secrets_are_seen_without_a_name() {
        let key = format!("{}==", "aB3+".repeat(21));
        for text in [
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=x",
            "Endpoint=sb://a/;SharedAccessKey=x",
            "Server=a;Pwd=x",
            "https://a.blob.core.windows.net/c?sv=1&sig=x",
            "-----BEGIN RSA PRIVATE KEY-----",
            "amqp://u:p@h:5671/v",
            key.as_str(),
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        ] {
            assert!(looks_secret(text), "{text}");
        }
        for text in [
            "",
            "open",
            "https://kv.vault.azure.net:443/keys/k",
            "https://a/b@c:d",
            "user@example.com",
            "eyJ",
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4",
        ] {
            assert!(!looks_secret(text), "{text}");
        }
    }
}
