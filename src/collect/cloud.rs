//! The clouds: where Azure answers, where tokens come from, and the origins that a token may be sent to.
//! Takes names, settings and the metadata document; gives [`Cloud`]. Opens no socket.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::Value;
use url::{Host, Url};

/// Why an endpoint or a cloud cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloudError {
    /// The text is no URL.
    #[error("{0:?} is no URL; write it as https://host")]
    Form(String),
    /// The scheme is not https, nor http on a loopback address where that is allowed.
    #[error("{0:?} does not begin with https://; a token is never sent without TLS")]
    Scheme(String),
    /// The URL holds a user name, a password, a path, a query or a fragment.
    #[error("{0:?} holds more than a host and a port; write it as https://host")]
    More(String),
    /// A DNS suffix is not lower-case labels joined by dots.
    #[error("{0:?} is no DNS suffix; write it as vault.azure.net")]
    Suffix(String),
    /// The metadata document lacks a member or holds another type there.
    #[error("the metadata of {0} holds no usable {1}; set the endpoint in the configuration")]
    Metadata(String, &'static str),
}

/// One origin that a token may be sent to: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    tls: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// Parses `https://host[:port]`, a slash at the end allowed.
    ///
    /// # Errors
    /// [`CloudError`] for another scheme, anything behind the port and user names; `http` is read only for a loopback
    /// address, and only when the caller allows it.
    pub fn parse(text: &str, allow_http_on_loopback: bool) -> Result<Self, CloudError> {
        let shown = || text.chars().take(100).collect::<String>();
        let url = Url::parse(text).map_err(|_| CloudError::Form(shown()))?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() || has_user(&url) {
            return Err(CloudError::More(shown()));
        }
        match Self::of(&url) {
            Some(origin) if origin.tls || allow_http_on_loopback => Ok(origin),
            _ => Err(CloudError::Scheme(shown())),
        }
    }

    /// The origin of a URL; none for user names in it, other schemes, and `http` to anything but a loopback address.
    pub fn of(url: &Url) -> Option<Self> {
        if has_user(url) {
            return None;
        }
        let tls = match url.scheme() {
            "https" => true,
            "http" if is_loopback(url.host()?) => false,
            _ => return None,
        };
        let host = url.host_str().filter(|h| !h.is_empty())?.to_ascii_lowercase();
        Some(Self { tls, host, port: url.port_or_known_default()? })
    }

    /// The URL of a path and query at this origin. Whatever the text is, the URL stays at this origin.
    pub fn join(&self, path_and_query: &str) -> Url {
        let mut url = Url::parse(&self.to_string()).expect("the text of an origin is a URL: it was made from one");
        let (path, query) = match path_and_query.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path_and_query, None),
        };
        url.set_path(path);
        url.set_query(query);
        url
    }

    /// The host, lower-case ASCII; IPv6 in brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether TLS is spoken there.
    pub fn is_tls(&self) -> bool {
        self.tls
    }

    /// Whether the host is `suffix` with one name or more before it, at the usual port. Without TLS, the suffix itself
    /// counts too: that is how a server on loopback stands in for a vault.
    pub fn is_below(&self, suffix: &str) -> bool {
        let named = self.host.strip_suffix(suffix).and_then(|rest| rest.strip_suffix('.'));
        if self.tls { self.port == 443 && named.is_some_and(|n| !n.is_empty()) } else { self.host == suffix }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, usual) = if self.tls { ("https", 443) } else { ("http", 80) };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port == usual { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn is_loopback(host: Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => Ipv4Addr::is_loopback(&address),
        Host::Ipv6(address) => Ipv6Addr::is_loopback(&address),
    }
}

/// Where one Azure cloud answers, and for whom its tokens are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloud {
    /// The name for people, for example `AzurePublic`.
    pub name: String,
    /// Where tokens come from.
    pub login: Origin,
    /// Azure Resource Manager and Resource Graph.
    pub arm: Origin,
    /// For whom an ARM token is meant, without `/.default`.
    pub arm_audience: String,
    /// Microsoft Graph.
    pub graph: Origin,
    /// For whom a Graph token is meant.
    pub graph_audience: String,
    /// What the host of a key vault ends with, without a dot in front.
    pub vault_suffix: String,
    /// For whom a key vault token is meant.
    pub vault_audience: String,
    /// What the host of a managed HSM ends with, without a dot in front.
    pub hsm_suffix: String,
    /// For whom a managed HSM token is meant.
    pub hsm_audience: String,
    /// Whether `http` on loopback addresses is allowed, for emulators and tests.
    pub allow_http: bool,
    /// With `allow_http`: where every `https` address is asked instead, under its own host name, so that nothing leaves the
    /// machine.
    pub instead: Option<Origin>,
}

/// What the configuration says instead of the named cloud's own endpoints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// Azure Resource Manager, `https://host`.
    pub arm: Option<String>,
    /// Where tokens come from, `https://host`.
    pub login: Option<String>,
    /// Microsoft Graph, `https://host`.
    pub graph: Option<String>,
    /// What the host of a key vault ends with.
    pub vault_suffix: Option<String>,
    /// What the host of a managed HSM ends with.
    pub hsm_suffix: Option<String>,
    /// For whom an ARM token is meant; by default the origin of `arm`.
    pub arm_audience: Option<String>,
    /// For whom a Graph token is meant; by default the origin of `graph`.
    pub graph_audience: Option<String>,
    /// For whom a key vault token is meant; by default `https://` and the suffix.
    pub vault_audience: Option<String>,
    /// For whom a managed HSM token is meant; by default `https://` and the suffix.
    pub hsm_audience: Option<String>,
}

/// Names, login, ARM, Graph, vault suffix, HSM suffix of the clouds that are known by name.
const CLOUDS: &[(&[&str], [&str; 5])] = &[
    (
        &["AzurePublic", "AzureCloud", "AzurePublicCloud", "public"],
        [
            "login.microsoftonline.com",
            "management.azure.com",
            "graph.microsoft.com",
            "vault.azure.net",
            "managedhsm.azure.net",
        ],
    ),
    (
        &["AzureUSGovernment", "AzureGovernment", "AzureUSGovernmentCloud", "usgovernment"],
        [
            "login.microsoftonline.us",
            "management.usgovcloudapi.net",
            "graph.microsoft.us",
            "vault.usgovcloudapi.net",
            "managedhsm.usgovcloudapi.net",
        ],
    ),
    (
        &["AzureChina", "AzureChinaCloud", "china"],
        [
            "login.chinacloudapi.cn",
            "management.chinacloudapi.cn",
            "microsoftgraph.chinacloudapi.cn",
            "vault.azure.cn",
            "managedhsm.azure.cn",
        ],
    ),
];

impl Cloud {
    /// A cloud by its name, without regard to case: ours, the Azure CLI's or azurerm's.
    pub fn named(name: &str) -> Option<Self> {
        let (names, [login, arm, graph, vault, hsm]) =
            CLOUDS.iter().find(|(names, _)| names.iter().any(|n| n.eq_ignore_ascii_case(name)))?;
        let origin = |host: &str| Origin { tls: true, host: host.to_owned(), port: 443 };
        Some(Self {
            name: (*names.first()?).to_owned(),
            login: origin(login),
            arm: origin(arm),
            arm_audience: format!("https://{arm}"),
            graph: origin(graph),
            graph_audience: format!("https://{graph}"),
            vault_suffix: (*vault).to_owned(),
            vault_audience: format!("https://{vault}"),
            hsm_suffix: (*hsm).to_owned(),
            hsm_audience: format!("https://{hsm}"),
            allow_http: false,
            instead: None,
        })
    }

    /// Puts other endpoints in the place of this cloud's own. A new endpoint brings its own audience, so that a token
    /// for the named cloud does not go to another host unless the audience is set too.
    ///
    /// # Errors
    /// [`CloudError`] with the endpoint that cannot be used.
    pub fn with_endpoints(mut self, endpoints: &Endpoints) -> Result<Self, CloudError> {
        let http = self.allow_http;
        let origin = |text: &Option<String>, now: &mut Origin, audience: Option<&mut String>| {
            if let Some(text) = text {
                *now = Origin::parse(text, http)?;
                if let Some(audience) = audience {
                    *audience = now.to_string();
                }
            }
            Ok::<(), CloudError>(())
        };
        origin(&endpoints.login, &mut self.login, None)?;
        origin(&endpoints.arm, &mut self.arm, Some(&mut self.arm_audience))?;
        origin(&endpoints.graph, &mut self.graph, Some(&mut self.graph_audience))?;
        for (text, now, audience) in [
            (&endpoints.vault_suffix, &mut self.vault_suffix, &mut self.vault_audience),
            (&endpoints.hsm_suffix, &mut self.hsm_suffix, &mut self.hsm_audience),
        ] {
            if let Some(text) = text {
                *now = suffix(text, http)?;
                *audience = format!("https://{now}");
            }
        }
        for (text, now) in [
            (&endpoints.arm_audience, &mut self.arm_audience),
            (&endpoints.graph_audience, &mut self.graph_audience),
            (&endpoints.vault_audience, &mut self.vault_audience),
            (&endpoints.hsm_audience, &mut self.hsm_audience),
        ] {
            if let Some(text) = text {
                *now = audience(text);
            }
        }
        Ok(self)
    }

    /// Reads what `GET {arm}/metadata/endpoints?api-version=2022-09-01` answers; older versions answer with a list, of
    /// which the entry of this ARM counts.
    ///
    /// # Errors
    /// [`CloudError`] with the member that is missing or cannot be used.
    pub fn from_metadata(arm: &str, json: &Value) -> Result<Self, CloudError> {
        let arm = Origin::parse(arm, true)?;
        let allow_http = !arm.tls;
        let lacks = |what: &'static str| CloudError::Metadata(arm.to_string(), what);
        let manager = |v: &Value| v["resourceManager"].as_str().and_then(|t| Origin::parse(t, allow_http).ok());
        let json = match json.as_array() {
            Some(list) => list.iter().find(|v| manager(v).as_ref() == Some(&arm)).ok_or(lacks("entry of its own"))?,
            None => json,
        };
        let text = |pointer: &str| json.pointer(pointer).and_then(Value::as_str).filter(|t| !t.is_empty());
        let need = |pointer: &str, what: &'static str| text(pointer).ok_or(lacks(what));
        let origin = |found: &str, what: &'static str| {
            // Endpoints may be written with a path, as in https://login.microsoftonline.com/common.
            let url = Url::parse(found).map_err(|_| lacks(what))?;
            Origin::of(&url).filter(|o| o.tls || allow_http).ok_or(lacks(what))
        };
        let audiences = json.pointer("/authentication/audiences").and_then(Value::as_array);
        let audiences: Vec<&str> = audiences.into_iter().flatten().filter_map(Value::as_str).collect();
        let own = audiences.iter().find(|a| Origin::parse(a, allow_http).as_ref() == Ok(&arm));
        let arm_audience = audience(own.or(audiences.first()).ok_or(lacks("authentication.audiences"))?);
        let graph_resource = need("/microsoftGraphResourceId", "microsoftGraphResourceId")?;
        let vault_suffix = suffix(need("/suffixes/keyVaultDns", "suffixes.keyVaultDns")?, allow_http)?;
        // Clouds without managed HSM leave the suffix out; no host is below this one then.
        let hsm_suffix = match text("/suffixes/mhsmDns") {
            Some(found) => suffix(found, allow_http)?,
            None => format!("managedhsm.{vault_suffix}"),
        };
        Ok(Self {
            name: text("/name").map_or_else(|| arm.host.clone(), |n| n.chars().take(100).collect()),
            login: origin(
                need("/authentication/loginEndpoint", "authentication.loginEndpoint")?,
                "authentication.loginEndpoint",
            )?,
            arm_audience,
            graph: origin(graph_resource, "microsoftGraphResourceId")?,
            graph_audience: audience(graph_resource),
            vault_audience: format!("https://{vault_suffix}"),
            vault_suffix,
            hsm_audience: format!("https://{hsm_suffix}"),
            hsm_suffix,
            allow_http,
            instead: None,
            arm,
        })
    }

    /// For whom a token to this vault or managed HSM is meant; none when the host is below neither suffix, and then no
    /// token may go there.
    pub fn audience_of_vault(&self, vault: &Origin) -> Option<&str> {
        if !vault.tls && !self.allow_http {
            None
        } else if vault.is_below(&self.vault_suffix) {
            Some(&self.vault_audience)
        } else if vault.is_below(&self.hsm_suffix) {
            Some(&self.hsm_audience)
        } else {
            None
        }
    }
}

/// An audience without the slash at its end, to which `/.default` is added.
fn audience(text: &str) -> String {
    text.trim_end_matches('/').to_owned()
}

fn suffix(text: &str, allow_address: bool) -> Result<String, CloudError> {
    let lower = text.trim_start_matches('.').to_ascii_lowercase();
    let label = |l: &str| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    // One label would make every host of a top-level domain a vault.
    let labels = lower.split('.').count();
    let is_name = labels >= 2 && lower.split('.').all(label) && lower.parse::<Ipv4Addr>().is_err();
    if is_name || (allow_address && lower.parse::<Ipv4Addr>().is_ok_and(|a| a.is_loopback())) {
        Ok(lower)
    } else {
        Err(CloudError::Suffix(text.chars().take(100).collect()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn origin(text: &str) -> Origin {
        Origin::parse(text, true).unwrap()
    }

    fn of(text: &str) -> Option<Origin> {
        Origin::of(&Url::parse(text).unwrap())
    }

    #[test]
    fn origins_are_scheme_host_and_port() {
        assert_eq!(origin("https://Management.Azure.com"), origin("https://management.azure.com:443/"));
        assert_ne!(origin("https://a.test"), origin("https://a.test:8443"));
        assert_eq!(of("https://management.azure.com/x?y#z"), Some(origin("https://management.azure.com")));
        assert_eq!(origin("https://b\u{fc}cher.test").to_string(), "https://xn--bcher-kva.test");
        assert_eq!(origin("http://[::1]:8080").to_string(), "http://[::1]:8080");
        assert_eq!(origin("https://a.test:8443").to_string(), "https://a.test:8443");
    }

    #[test]
    fn origins_that_look_alike_are_others() {
        let arm = Some(origin("https://management.azure.com"));
        for foreign in [
            "http://management.azure.com/",
            "https://management.azure.com:444/",
            "https://management.azure.com./",
            "https://management.azure.com.evil.test/",
            "https://management.azure.com@evil.test/",
            "https://user:pw@management.azure.com/",
            "https://user@management.azure.com/",
            "ftp://management.azure.com/",
            "https://m\u{430}nagement.azure.com/",
        ] {
            assert_ne!(of(foreign), arm, "{foreign}");
        }
    }

    #[test]
    fn http_is_for_loopback_alone() {
        for good in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "http://127.9.9.9"] {
            assert!(Origin::parse(good, true).is_ok(), "{good}");
            assert!(matches!(Origin::parse(good, false), Err(CloudError::Scheme(_))), "{good}");
        }
        for bad in ["http://10.0.0.1", "http://127.0.0.1.evil.test", "http://localhost.evil.test", "file:///etc"] {
            assert!(Origin::parse(bad, true).is_err(), "{bad}");
        }
        for more in ["https://a.test/x", "https://a.test/?x", "https://a.test/#x", "https://u@a.test"] {
            assert!(matches!(Origin::parse(more, true), Err(CloudError::More(_))), "{more}");
        }
    }

    #[test]
    fn a_joined_path_never_leaves_the_origin() {
        let arm = origin("https://management.azure.com");
        for path in [
            "//evil.test/x",
            "\\\\evil.test\\x",
            "https://evil.test/",
            "@evil.test/",
            ":444/",
            "/a?b#c",
            "",
            "/../../x",
            "\n//evil.test",
            "/x y/\u{202e}?q=\u{e9} z",
        ] {
            assert_eq!(Origin::of(&arm.join(path)), Some(arm.clone()), "{path}");
        }
        assert_eq!(arm.join("/a/b?c=d").as_str(), "https://management.azure.com/a/b?c=d");
    }

    #[test]
    fn clouds_have_many_names() {
        for (name, arm) in [
            ("AzurePublic", "https://management.azure.com"),
            ("azurecloud", "https://management.azure.com"),
            ("AzureUSGovernment", "https://management.usgovcloudapi.net"),
            ("AzureChinaCloud", "https://management.chinacloudapi.cn"),
        ] {
            assert_eq!(Cloud::named(name).unwrap().arm.to_string(), arm);
        }
        assert!(Cloud::named("AzureGermany").is_none());
    }

    #[test]
    fn another_endpoint_brings_its_own_audience() {
        let public = Cloud::named("AzurePublic").unwrap();
        let moved = Endpoints { arm: Some("https://arm.local.test/".into()), ..Endpoints::default() };
        let cloud = public.clone().with_endpoints(&moved).unwrap();
        assert_eq!(cloud.arm_audience, "https://arm.local.test");
        assert_eq!(cloud.graph, public.graph);
        let both = Endpoints { arm_audience: Some("https://management.azure.com/".into()), ..moved };
        assert_eq!(public.clone().with_endpoints(&both).unwrap().arm_audience, "https://management.azure.com");
        for bad in ["", "net", "a..net", "https://x", "1.2.3.4", "127.0.0.1"] {
            let bad = Endpoints { vault_suffix: Some(bad.into()), ..Endpoints::default() };
            assert!(public.clone().with_endpoints(&bad).is_err(), "{bad:?}");
        }
        let http = Endpoints { login: Some("http://127.0.0.1:1".into()), ..Endpoints::default() };
        assert!(public.with_endpoints(&http).is_err());
    }

    #[test]
    fn metadata_names_the_endpoints() {
        let json = json!({
            "name": "AzureCloud", "resourceManager": "https://management.azure.com/",
            "authentication": { "loginEndpoint": "https://login.microsoftonline.com/",
                "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"] },
            "microsoftGraphResourceId": "https://graph.microsoft.com/",
            "suffixes": { "keyVaultDns": "vault.azure.net", "mhsmDns": "managedhsm.azure.net" }
        });
        let mut public = Cloud::named("AzurePublic").unwrap();
        public.name = "AzureCloud".into();
        assert_eq!(Cloud::from_metadata("https://management.azure.com", &json).unwrap(), public);
        let listed = json!([{"resourceManager": "https://other.test"}, json]);
        assert_eq!(Cloud::from_metadata("https://management.azure.com", &listed).unwrap(), public);
        let mut plain = json;
        plain["authentication"]["loginEndpoint"] = "http://127.0.0.1/".into();
        assert!(Cloud::from_metadata("https://management.azure.com", &plain).is_err());
        for broken in [json!({}), json!([]), json!(null), json!("x")] {
            assert!(Cloud::from_metadata("https://management.azure.com", &broken).is_err());
        }
    }

    #[test]
    fn a_vault_is_told_from_its_look_alikes() {
        let cloud = Cloud::named("AzurePublic").unwrap();
        let audience = |text: &str| cloud.audience_of_vault(&origin(text)).map(str::to_owned);
        assert_eq!(audience("https://kv.vault.azure.net").as_deref(), Some("https://vault.azure.net"));
        assert_eq!(audience("https://h.managedhsm.azure.net").as_deref(), Some("https://managedhsm.azure.net"));
        for foreign in [
            "https://vault.azure.net",
            "https://kvvault.azure.net",
            "https://kv.vault.azure.net.evil.test",
            "https://kv.vault.azure.net:8443",
            "https://evil.test",
            "http://127.0.0.1:1",
        ] {
            assert_eq!(audience(foreign), None, "{foreign}");
        }
    }
}
