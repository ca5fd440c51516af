//! Which names of members say that their value is a secret or personal. Takes names, and knows nothing of values.
//!
//! The end of a name decides: `administratorLoginPassword` is a secret, `passwordAuth`, `secretUri`, `tokenLifetime` and
//! `keyVaultKeyUri` are facts about one.

/// What a name says of the value that bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing.
    Nothing,
    /// It is a secret, whatever its form.
    Secret,
    /// It is a secret, or holds several: texts in it are secrets, and so are the values of its items.
    Secrets,
    /// It is a secret when it is a text; an object holds a secret and facts about it.
    Credential,
    /// It holds pairs of names and values, and the values may be secrets.
    Settings,
}

/// Ends of names of secrets, in lower case and without marks.
const SECRETS: [&str; 39] = [
    "accesskey",
    "accountkey",
    "adminkey",
    "agentkey",
    "apikey",
    "authkey",
    "authorizationkey",
    "clientkey",
    "connectionkey",
    "connectionstring",
    "connstr",
    "customdata",
    "decryptionkey",
    "endpointkey",
    "functionkey",
    "functionskey",
    "instrumentationkey",
    "integrationkey",
    "masterkey",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "primarykey",
    "privatekey",
    "pwd",
    "querykey",
    "saskey",
    "secondarykey",
    "secret",
    "servicekey",
    "sharedkey",
    "signingkey",
    "storagekey",
    "subscriptionkey",
    "symmetrickey",
    "token",
    "userdata",
    "workspacekey",
];

/// Other ends, after which no `s` or digit may stand.
const WHOLE: [&str; 26] = [
    "adminkubeconfig",
    "callbackurl",
    "commandtoexecute",
    "encryptedvalue",
    "httptriggerurl",
    "kubeconfig",
    "kubeconfigs",
    "parametervalues",
    "passwordhash",
    "passwordvalue",
    "pfx",
    "pfxblob",
    "privatekeypem",
    "protectedparameters",
    "protectedsettings",
    "sasuri",
    "sasurl",
    "secretparameters",
    "secrettext",
    "secretvalue",
    "secureparameters",
    "securevalue",
    "serviceuri",
    "tokenvalue",
    "validationkey",
    "webhookproperties",
];

/// Names that end like secrets and are none.
const FACTS: [&str; 2] = ["aadorapikey", "nonsecretparametervalues"];

/// Words that begin the names of switches: `hasSshPassword`, `allowSharedKey`.
const VERBS: [&str; 10] =
    ["allow", "disable", "enable", "has", "is", "require", "requires", "support", "supports", "use"];

/// Ends of names of pairs.
const SETTINGS: [&str; 6] = [
    "appsettings",
    "applicationsettings",
    "customheaders",
    "environmentsettings",
    "environmentvariables",
    "requestheaders",
];

/// Members that hold the value in a pair or in an item.
const VALUES: [&str; 4] = ["content", "data", "value", "values"];

/// Members that hold the name in a pair.
const LABELS: [&str; 4] = ["displayname", "headername", "key", "name"];

/// Members that hold a person: who, or where from.
const PERSONS: [&str; 22] = [
    "approvedby",
    "caller",
    "calleripaddress",
    "clientipaddress",
    "createdby",
    "email",
    "emailaddress",
    "givenname",
    "lastmodifiedby",
    "login",
    "mail",
    "mobilephone",
    "modifiedby",
    "phonenumber",
    "principalemail",
    "principalname",
    "requestedby",
    "surname",
    "updatedby",
    "upn",
    "useremail",
    "userprincipalname",
];

/// Members that hold facts about a person, among them the name.
const ABOUT: [&str; 11] = [
    "approvers",
    "caller",
    "createdby",
    "escalationapprovers",
    "lastmodifiedby",
    "primaryapprovers",
    "principal",
    "requestor",
    "updatedby",
    "user",
    "users",
];

/// The longest part of a name that is looked at, from its end, in bytes.
const LONGEST: usize = 128;

/// A name in lower case and without marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    letters: [u8; LONGEST],
    length: usize,
    /// Whether its last word is `sas`, which other words end in as well.
    sas: bool,
    /// Whether its first word makes a question of it.
    switch: bool,
}

impl Name {
    /// Takes a name as it was written.
    pub(super) fn new(name: &str) -> Self {
        let mut letters = [0; LONGEST];
        let mut length = 0;
        let marks = name.bytes().filter(|b| !b.is_ascii_alphanumeric()).count();
        let skip = (name.len() - marks).saturating_sub(LONGEST);
        let kept = name.bytes().filter(u8::is_ascii_alphanumeric).skip(skip);
        for (slot, letter) in letters.iter_mut().zip(kept) {
            *slot = letter.to_ascii_lowercase();
            length += 1;
        }
        Self { letters, length, sas: ends_in_sas(name), switch: begins_with_verb(name) }
    }

    fn letters(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| name.as_bytes() == self.letters())
    }

    fn ends_in_one_of(&self, ends: &[&str]) -> bool {
        ends_in_one_of(self.letters(), ends)
    }

    /// What the name says of its value.
    pub(super) fn says(&self) -> Says {
        let letters = self.letters();
        if self.switch || self.ends_in_one_of(&FACTS) {
            return Says::Nothing;
        }
        if self.sas || self.ends_in_one_of(&WHOLE) {
            return Says::Secret;
        }
        if self.ends_in_one_of(&SETTINGS) || self.is_one_of(&["env"]) {
            return Says::Settings;
        }
        // `accessKey2`, `primaryKeys`.
        let digits = letters.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let one = letters.get(..letters.len() - digits).unwrap_or_default();
        if ends_in_one_of(one, &SECRETS) {
            return Says::Secret;
        }
        let several = one.strip_suffix(b"s");
        if several.is_some_and(|one| ends_in_one_of(one, &SECRETS)) {
            return Says::Secrets;
        }
        if ends_in_one_of(several.unwrap_or(one), &["credential"]) { Says::Credential } else { Says::Nothing }
    }

    /// Whether the member holds the value of a pair or item.
    pub(super) fn is_value(&self) -> bool {
        self.is_one_of(&VALUES)
    }

    /// Whether the member holds the name of a pair.
    pub(super) fn is_label(&self) -> bool {
        self.is_one_of(&LABELS)
    }

    /// Whether the name is that one, given in lower case and without marks.
    pub(super) fn is(&self, name: &str) -> bool {
        self.letters() == name.as_bytes()
    }

    /// Whether the value is a person or where a person sat.
    pub(super) fn is_person(&self) -> bool {
        self.is_one_of(&PERSONS)
    }

    /// Whether the value tells of a person, among other things by name.
    pub(super) fn is_about_person(&self) -> bool {
        self.is_one_of(&ABOUT)
    }

    /// Whether the value is a person's name where it tells of one.
    pub(super) fn is_person_name(&self) -> bool {
        self.is_one_of(&["displayname", "description", "name"])
    }
}

/// Whether the last word of the name is `sas`: `containerSas`, not `atlas`.
fn ends_in_sas(name: &str) -> bool {
    let at = name.len().saturating_sub(3);
    let (Some(before), Some(end)) = (name.get(..at), name.get(at..)) else { return false };
    end.eq_ignore_ascii_case("sas")
        && before.chars().next_back().is_none_or(|c| !c.is_alphabetic() || (c.is_lowercase() && end.starts_with('S')))
}

/// Whether the first word of the name is a verb: `isSecret`, not `issuerSecret`.
fn begins_with_verb(name: &str) -> bool {
    VERBS
        .iter()
        .any(|verb| name.strip_prefix(verb).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())))
}

fn ends_in_one_of(letters: &[u8], ends: &[&str]) -> bool {
    ends.iter().any(|end| letters.ends_with(end.as_bytes()))
}

/// Whether a text under a secret's name is a switch, and no secret.
pub(super) fn is_switch(text: &str) -> bool {
    ["true", "false", "enabled", "disabled", "none"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(name: &str) -> Says {
        Name::new(name).says()
    }

    #[test]
    fn names_of_secrets_are_told_from_facts_about_them() {
        for name in [
            "password",
            "administratorLoginPassword",
            "ADMIN_PASSWORD",
            "clientSecret",
            "client-secret",
            "connectionString",
            "storage-connection-string-0",
            "rdb-storage-connection-string",
            "accessKey",
            "accessKey1",
            "primaryKey",
            "primaryMasterKey",
            "sharedKey",
            "accountKey",
            "storageContainerSasKey",
            "privateKey",
            "x-functions-key",
            "InstrumentationKey",
            "sas",
            "containerSas",
            "blob_sas",
            "accountSAS",
            "sasToken",
            "sasUrl",
            "token",
            "refreshToken",
            "customData",
            "userData",
            "commandToExecute",
            "protectedSettings",
            "parameterValues",
            "serviceUri",
            "callbackUrl",
            "secureValue",
            "kubeConfig",
            "userPassword",
            "issuerSecret",
            "publishingPasswordHash",
        ] {
            assert_eq!(says(name), Says::Secret, "{name}");
        }
        for name in ["secrets", "passwords", "accessKeys", "connectionStrings", "tokens"] {
            assert_eq!(says(name), Says::Secrets, "{name}");
        }
        for name in ["credential", "imageRegistryCredentials"] {
            assert_eq!(says(name), Says::Credential, "{name}");
        }
        for name in ["env", "appSettings", "environmentVariables", "customHeaders"] {
            assert_eq!(says(name), Says::Settings, "{name}");
        }
    }

    #[test]
    fn facts_about_secrets_are_read() {
        for name in [
            "",
            "disableLocalAuth",
            "keyVaultKeyUri",
            "primaryKeyURI",
            "primaryEncryptionKeyStatus",
            "geoBackupKeyURI",
            "administratorLogin",
            "passwordAuth",
            "disablePasswordAuthentication",
            "allowSharedKeyAccess",
            "accessKeysAuthentication",
            "disableAccessKeyAuthentication",
            "disableKeyBasedMetadataWriteAccess",
            "secretUri",
            "secretUrl",
            "secretName",
            "passwordSecretRef",
            "clientSecretSettingName",
            "keyName",
            "keyVersion",
            "keyId",
            "keyPolicy",
            "sasPolicy",
            "sasExpirationPeriod",
            "tokenStore",
            "enableSecretRotation",
            "azureKeyvaultSecretsProvider",
            "rotationToLatestKeyVersionEnabled",
            "isSasEnabled",
            "partitionKey",
            "publicKey",
            "encryptionKey",
            "diskEncryptionKey",
            "activeKey",
            "aadOrApiKey",
            "nonSecretParameterValues",
            "atlas",
            "Texas",
            "canvas",
            "environment",
            "settings",
            "value",
            "access",
            "hasSshPassword",
            "supportCredentials",
            "federatedIdentityCredentialsName",
        ] {
            assert_eq!(says(name), Says::Nothing, "{name}");
        }
    }

    #[test]
    fn long_and_foreign_names_are_no_trouble() {
        assert_eq!(says(&format!("{}Password", "x".repeat(5000))), Says::Secret);
        assert_eq!(says(&format!("password{}", "x".repeat(5000))), Says::Nothing);
        for name in ["é", "日本語", "ßas", "\u{0}", "s", "as", "éas", "12345", "sas1"] {
            let _ = says(name);
        }
    }
}
