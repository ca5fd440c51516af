//! Where a store lies: a text → a folder, or a container of a known cloud. Opens nothing.

use std::fmt;
use std::path::{Path, PathBuf};

use url::{Host, Url};

use crate::store::{Name, StoreError};

/// What the hosts of storage accounts end with, of the public cloud, of the US Government and of China. A token, a signature or
/// a key goes to no other host.
const SUFFIXES: &[&str] = &["blob.core.windows.net", "blob.core.usgovcloudapi.net", "blob.core.chinacloudapi.cn"];
/// What follows the zone in the hosts of accounts with Azure DNS zones: `ACCOUNT.z01.blob.storage.azure.net`.
const ZONED: &str = "blob.storage.azure.net";

/// Where a store lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A container.
    Container(Container),
}

/// A container, and what the names in it begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Container {
    /// `https://ACCOUNT.blob.core.windows.net`, or of an emulator `http://127.0.0.1:PORT/ACCOUNT`.
    pub(super) endpoint: Url,
    /// The storage account.
    pub(super) account: String,
    /// The container.
    pub(super) container: String,
    /// What is put before each name.
    pub(super) prefix: Option<Name>,
}

impl Container {
    /// Whether it is an emulator on this machine.
    pub(super) fn is_emulator(&self) -> bool {
        self.endpoint.scheme() == "http"
    }
}

impl Place {
    /// Reads a path of a folder, or `https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX]`.
    ///
    /// With `allow_http_on_loopback`, `http://127.0.0.1:PORT/ACCOUNT/CONTAINER[/PREFIX]` is read too, which is for emulators
    /// and tests.
    ///
    /// # Errors
    /// [`StoreError::Place`] for hosts that are no storage account of a known cloud, other schemes, ports, user names, queries
    /// (a SAS would be shown), and names that Azure does not allow. The message does not repeat the text.
    pub fn parse(text: &str, allow_http_on_loopback: bool) -> Result<Self, StoreError> {
        let wrong = |why: &'static str| StoreError::Place { why };
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(wrong("it is empty or holds control characters"));
        }
        let Some((scheme, _)) = text.split_once("://") else {
            return Ok(Self(Kind::Folder(PathBuf::from(text))));
        };
        let is_http = scheme.eq_ignore_ascii_case("http");
        if !(scheme.eq_ignore_ascii_case("https") || (is_http && allow_http_on_loopback)) {
            return Err(wrong("its scheme is not https"));
        }
        if text.contains(['\\', '%']) || text.split('/').any(|part| part == "." || part == "..") {
            return Err(wrong("it holds backslashes, dot segments or escapes"));
        }
        let url = Url::parse(text).map_err(|_| wrong("it is no URL"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("it holds a user name"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("it holds a query; a SAS belongs into the environment, where it is not shown"));
        }
        let mut parts = url.path().trim_start_matches('/').trim_end_matches('/').split('/');
        let mut next = || parts.next().unwrap_or_default().to_owned();
        let host = url.host_str().unwrap_or_default().to_owned();
        let (account, origin) = if is_http {
            let loopback = match url.host() {
                Some(Host::Ipv4(address)) => address.is_loopback(),
                Some(Host::Ipv6(address)) => address.is_loopback(),
                Some(Host::Domain(name)) => name == "localhost",
                None => false,
            };
            if !loopback {
                return Err(wrong("it is not on this machine, and without TLS nothing is sent elsewhere"));
            }
            let account = next();
            let port = url.port_or_known_default().unwrap_or(80);
            let origin = format!("http://{host}:{port}/{account}");
            (account, origin)
        } else {
            if url.port().is_some() {
                return Err(wrong("it names a port"));
            }
            let account = account_of(&host).ok_or(wrong(
                "its host is no storage account of a known cloud; write it as https://ACCOUNT.blob.core.windows.net/CONTAINER",
            ))?;
            (account.to_owned(), format!("https://{host}"))
        };
        if !(3..=24).contains(&account.len()) || !account.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        {
            return Err(wrong("the name of its storage account has 3 to 24 lower-case letters and digits"));
        }
        let container = next();
        let is_sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !(3..=63).contains(&container.len())
            || !container.bytes().all(is_sign)
            || container.starts_with('-')
            || container.ends_with('-')
            || container.contains("--")
        {
            return Err(wrong("the name of its container has 3 to 63 lower-case letters, digits and single hyphens"));
        }
        let rest = parts.collect::<Vec<_>>().join("/");
        let prefix = if rest.is_empty() { None } else { Some(Name::new(&rest)?) };
        let endpoint = Url::parse(&origin).map_err(|_| wrong("it is no URL"))?;
        Ok(Self(Kind::Container(Container { endpoint, account, container, prefix })))
    }

    /// For whom a token to this place is meant, without `/.default`: the account alone, so that the token is good nowhere
    /// else. None for a folder.
    pub fn audience(&self) -> Option<String> {
        match &self.0 {
            Kind::Folder(_) => None,
            Kind::Container(container) => Some(container.endpoint.as_str().trim_end_matches('/').to_owned()),
        }
    }

    /// The folder, where it is one.
    pub fn folder(&self) -> Option<&Path> {
        match &self.0 {
            Kind::Folder(path) => Some(path),
            Kind::Container(_) => None,
        }
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.0
    }
}

/// The account that a host of a known cloud names.
fn account_of(host: &str) -> Option<&str> {
    let (account, rest) = host.split_once('.')?;
    let zoned = || {
        let zone = rest.strip_suffix(ZONED)?.strip_suffix('.')?.strip_prefix('z')?;
        (!zone.is_empty() && zone.len() <= 3 && zone.bytes().all(|b| b.is_ascii_digit())).then_some(account)
    };
    if SUFFIXES.contains(&rest) { Some(account) } else { zoned() }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Folder(path) => write!(f, "{}", path.display()),
            Kind::Container(Container { endpoint, container, prefix, .. }) => {
                write!(f, "{}/{container}", endpoint.as_str().trim_end_matches('/'))?;
                prefix.iter().try_for_each(|prefix| write!(f, "/{prefix}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_containers_are_told_apart() {
        assert_eq!(Place::parse("evidence/store", false).unwrap().folder(), Some(Path::new("evidence/store")));
        for (text, audience, shown) in [
            ("https://bank1.blob.core.windows.net/evidence", "https://bank1.blob.core.windows.net", None),
            (
                "https://bank1.blob.core.windows.net/evidence/a/b/",
                "https://bank1.blob.core.windows.net",
                Some("https://bank1.blob.core.windows.net/evidence/a/b"),
            ),
            ("https://bank1.blob.core.usgovcloudapi.net/evidence", "https://bank1.blob.core.usgovcloudapi.net", None),
            ("https://bank1.blob.core.chinacloudapi.cn/evidence", "https://bank1.blob.core.chinacloudapi.cn", None),
            ("https://bank1.z07.blob.storage.azure.net/evidence", "https://bank1.z07.blob.storage.azure.net", None),
            (
                "HTTPS://BANK1.blob.core.windows.net/evidence",
                "https://bank1.blob.core.windows.net",
                Some("https://bank1.blob.core.windows.net/evidence"),
            ),
        ] {
            let place = Place::parse(text, false).unwrap();
            assert_eq!(place.audience().as_deref(), Some(audience));
            assert_eq!(place.to_string(), shown.unwrap_or(text));
            assert_eq!(place.folder(), None);
        }
        let local = "http://127.0.0.1:10000/devstoreaccount1/evidence/x";
        assert_eq!(Place::parse(local, true).unwrap().to_string(), local);
    }

    #[test]
    fn nothing_leads_to_another_host() {
        for text in [
            "https://evil.test/evidence",
            "https://bank1.blob.core.windows.net.evil.test/evidence",
            "https://evil.test.blob.core.windows.net/evidence",
            "https://blob.core.windows.net/evidence",
            "https://bank1.xblob.core.windows.net/evidence",
            "https://bank1.file.core.windows.net/evidence",
            "https://bank1.z.blob.storage.azure.net/evidence",
            "https://bank1.z01.evil.blob.storage.azure.net/evidence",
            "https://bank1.blob.core.windows.net:444/evidence",
            "https://bank1.blob.core.windows.net@evil.test/evidence",
            "https://evil@bank1.blob.core.windows.net/evidence",
            "https://bank1.blob.core.windows.net/evidence?sv=2024&sig=SECRET",
            "https://bank1.blob.core.windows.net/evidence#x",
            "https://bank1.blob.core.windows.net/",
            "https://bank1.blob.core.windows.net/Evidence",
            "https://bank1.blob.core.windows.net/ev--idence",
            "https://bank1.blob.core.windows.net/$web",
            "https://bank1.blob.core.windows.net/evidence/../other",
            "https://bank1.blob.core.windows.net/evidence/%2e%2e/other",
            "https://bank1.blob.core.windows.net\\@evil.test/evidence",
            "https://ba.blob.core.windows.net/evidence",
            "http://bank1.blob.core.windows.net/evidence",
            "http://127.0.0.1:10000/devstoreaccount1/evidence",
            "file:///evidence",
            "az://evidence/x",
            "",
            "a\nb",
        ] {
            let error = Place::parse(text, false).unwrap_err().to_string();
            assert!(!error.contains("SECRET") && !error.contains("evil"), "{error}");
        }
        for text in [
            "http://10.0.0.1/devstoreaccount1/evidence",
            "http://localhost.evil.test/acc1/evidence",
            "http://127.0.0.1:1/a/evidence",
        ] {
            assert!(Place::parse(text, true).is_err(), "{text}");
        }
    }
}
