//! A store in a container of Azure Blob Storage, by the crate `object_store`, which makes, signs and repeats the requests; `wire`
//! sends them. One `Put Blob` with `If-None-Match: *` writes a blob: it is there whole, or not at all, and replaces nothing.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use object_store::azure::{
    AzureAccessKey, AzureAuthorizer, AzureCredential, MicrosoftAzure, MicrosoftAzureBuilder, split_sas,
};
use object_store::client::{HttpClient, HttpRequest, HttpRequestBody};
use object_store::path::Path;
use object_store::{
    BackoffConfig, CredentialProvider, Error, ObjectStore as _, ObjectStoreExt as _, PutMode, PutOptions, PutPayload,
    RetryConfig,
};
use url::Url;
use zeroize::Zeroizing;

use crate::model::{printable, without_token};
use crate::store::place::Container;
use crate::store::wire::{Connector, Said, Wire};
use crate::store::{Access, Entry, Immutability, MAX_LISTED, Name, Place, StoreError};

/// How often a request is repeated.
const REPEATS: usize = 5;
/// The longest text of the service that is shown, in characters.
const MAX_SAID: usize = 300;
/// What to do when the service refuses.
const HINT: &str =
    "the identity needs Storage Blob Data Contributor on the container, or a SAS that may read, create and list";

pub(super) struct Blob {
    azure: MicrosoftAzure,
    client: HttpClient,
    credentials: Arc<Credentials>,
    account: String,
    container: Url,
    prefix: String,
    place: String,
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blob").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Blob {
    pub(super) fn new(place: &Place, at: &Container, access: Access) -> Result<Self, StoreError> {
        let wrong = |why: &'static str| StoreError::Access { place: place.to_string(), why };
        let mut container = at.endpoint.clone();
        let extended = container.path_segments_mut().map(|mut path| {
            path.pop_if_empty().push(&at.container);
        });
        extended.map_err(|()| wrong("it is no URL"))?;
        let credentials = Arc::new(Credentials::new(access, at.is_emulator()).map_err(wrong)?);
        let wire = Wire::new(container.clone())
            .map_err(|_| wrong("TLS cannot be set up; install the system's CA certificates or set SSL_CERT_FILE"))?;
        let client = HttpClient::new(wire);
        let azure = MicrosoftAzureBuilder::new()
            .with_account(&at.account)
            .with_container_name(&at.container)
            .with_endpoint(at.endpoint.to_string())
            .with_allow_http(at.is_emulator())
            .with_credentials(Arc::clone(&credentials) as _)
            .with_http_connector(Connector(client.clone()))
            .with_retry(RetryConfig {
                backoff: BackoffConfig {
                    init_backoff: Duration::from_millis(500),
                    max_backoff: Duration::from_secs(30),
                    base: 2.0,
                },
                max_retries: REPEATS,
                retry_timeout: Duration::from_secs(180),
            })
            .build()
            .map_err(|_| wrong("object_store cannot be set up for it"))?;
        let prefix = at.prefix.as_ref().map(|p| format!("{p}/")).unwrap_or_default();
        let (account, place) = (at.account.clone(), place.to_string());
        Ok(Self { azure, client, credentials, account, container, prefix, place })
    }

    /// Writes a blob that is not there, and gives its version; false when one is.
    pub(super) async fn put(&self, name: &Name, bytes: Vec<u8>) -> Result<(bool, Option<String>), StoreError> {
        let path = self.path(name)?;
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.azure.put_opts(&path, PutPayload::from(bytes), options).await {
            Ok(written) => Ok((true, written.version)),
            // Who may create and not write is refused when the blob is there.
            Err(error @ (Error::AlreadyExists { .. } | Error::PermissionDenied { .. })) => {
                match self.azure.head(&path).await {
                    Ok(_) => Ok((false, None)),
                    // Then the conflict was another one, such as a container that is being deleted.
                    Err(_) => Err(self.wrong("write to", name, &error)),
                }
            }
            Err(error) => Err(self.wrong("write to", name, &error)),
        }
    }

    /// Reads a blob.
    pub(super) async fn get(&self, name: &Name) -> Result<Vec<u8>, StoreError> {
        let path = self.path(name)?;
        let found = self.azure.get(&path).await.map_err(|error| self.wrong("read", name, &error))?;
        let length = found.meta.size;
        let bytes = found.bytes().await.map_err(|error| self.wrong("read", name, &error))?;
        if bytes.len() as u64 != length {
            let what = format!("{name} has {length} bytes, and {} came", bytes.len());
            return Err(StoreError::Failed { place: self.place.clone(), action: "read", what });
        }
        Ok(bytes.into())
    }

    /// All blobs below a prefix.
    pub(super) async fn list(&self, prefix: Option<&Name>) -> Result<Vec<Entry>, StoreError> {
        let below = format!("{}{}", self.prefix, prefix.map(|p| format!("{p}/")).unwrap_or_default());
        let below = below.trim_end_matches('/');
        let path = (!below.is_empty()).then(|| Path::parse(below)).transpose();
        let path = path.map_err(|e| self.failed("list", &e.to_string()))?;
        let mut found = self.azure.list(path.as_ref());
        let mut entries = Vec::new();
        while let Some(blob) = found.try_next().await.map_err(|error| self.refusal("list", &error))? {
            let full = blob.location.as_ref();
            let own = full.strip_prefix(&self.prefix);
            let own = own.ok_or_else(|| self.failed("list", "it names a blob outside of the prefix"))?;
            entries.push(Entry { name: Name::new(own)?, bytes: blob.size });
            if entries.len() > MAX_LISTED {
                let what = "the list of names".to_owned();
                return Err(StoreError::TooLarge { place: self.place.clone(), what, most: MAX_LISTED });
            }
        }
        Ok(entries)
    }

    /// What the container says of its immutability.
    pub(super) async fn immutability(&self) -> Immutability {
        let mut tries = 1;
        loop {
            let why = match self.properties().await {
                Ok(known) => return known,
                Err((why, again)) if !again || tries == 3 => why,
                Err(_) => {
                    tokio::time::sleep(Duration::from_secs(tries)).await;
                    tries += 1;
                    continue;
                }
            };
            return Immutability::Unreadable { why: self.said(&why) };
        }
    }

    /// Asks for the properties of the container; or why there are none, and whether another try may help.
    async fn properties(&self) -> Result<Immutability, (String, bool)> {
        let never = |why: String| (why, false);
        let mut request = HttpRequest::new(HttpRequestBody::empty());
        *request.method_mut() = reqwest::Method::HEAD;
        let uri = format!("{}?restype=container", self.container);
        *request.uri_mut() = uri.parse().map_err(|_| never("the container's address is no URI".to_owned()))?;
        let credential = self.credentials.get_credential().await.map_err(|e| never(e.to_string()))?;
        let authorizer = AzureAuthorizer::new(&credential, &self.account);
        authorizer.try_authorize(&mut request).map_err(|e| never(e.to_string()))?;
        let answer = self.client.execute(request).await.map_err(|e| (e.to_string(), true))?;
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok());
        let status = answer.status();
        if status.as_u16() != 200 {
            let code = header("x-ms-error-code").unwrap_or("no code");
            return Err((format!("{} {code}", status.as_u16()), status.is_server_error() || status.as_u16() == 429));
        }
        let said = |name: &str| match header(name)?.trim() {
            text if text.eq_ignore_ascii_case("true") => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        };
        Ok(Immutability::Container {
            policy: said("x-ms-has-immutability-policy"),
            legal_hold: said("x-ms-has-legal-hold"),
            versioning: said("x-ms-immutable-storage-with-versioning-enabled"),
        })
    }

    fn path(&self, name: &Name) -> Result<Path, StoreError> {
        Path::parse(format!("{}{name}", self.prefix)).map_err(|e| self.failed("name a blob in", &e.to_string()))
    }

    fn failed(&self, action: &'static str, what: &str) -> StoreError {
        StoreError::Failed { place: self.place.clone(), action, what: self.said(what) }
    }

    /// An error about one name.
    fn wrong(&self, action: &'static str, name: &Name, error: &Error) -> StoreError {
        match error {
            // A container that is not there is another thing.
            Error::NotFound { .. } if !error.to_string().contains("ContainerNotFound") => {
                StoreError::Missing { place: self.place.clone(), name: name.clone() }
            }
            _ => self.refusal(action, error),
        }
    }

    fn refusal(&self, action: &'static str, error: &Error) -> StoreError {
        let what = self.said(&error.to_string());
        match error {
            Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
                StoreError::Refused { place: self.place.clone(), action, what, hint: HINT }
            }
            _ => StoreError::Failed { place: self.place.clone(), action, what },
        }
    }

    /// What the service said, as people may see it: its code and message where it gave them, without secrets.
    fn said(&self, text: &str) -> String {
        let between = |open: &str, close: &str| {
            let from = text.find(open)? + open.len();
            Some(text[from..].split(close).next().unwrap_or_default())
        };
        let told = match (between("<Code>", "</Code>"), between("<Message>", "</Message>")) {
            (Some(code), message) => {
                let message = message.unwrap_or_default().lines().next().unwrap_or_default();
                format!("{code}: {message}")
            }
            // Before the dash stand the request and its address.
            (None, _) => text.rsplit_once(" - ").map_or(text, |(_, what)| what).to_owned(),
        };
        let told = told.strip_prefix("Generic MicrosoftAzure error: ").unwrap_or(&told);
        printable(&self.credentials.without_secrets(told), MAX_SAID)
    }
}

/// Gives `object_store` its credential, and remembers what may not be shown.
struct Credentials {
    access: Access,
    fixed: Option<Arc<AzureCredential>>,
    secrets: Mutex<Vec<Zeroizing<String>>>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials([secret])")
    }
}

impl Credentials {
    fn new(access: Access, is_emulator: bool) -> Result<Self, &'static str> {
        let (fixed, secrets) = match &access {
            Access::Token(_) => (None, Vec::new()),
            Access::Sas(text) => {
                let text = text.trim();
                let pairs = split_sas(text).map_err(|_| "the SAS cannot be read")?;
                let signature = pairs.iter().find(|(name, _)| name == "sig").map(|(_, value)| value.clone());
                let signature = signature.filter(|s| !s.is_empty()).ok_or("the SAS holds no sig=")?;
                if !text.bytes().all(|b| b.is_ascii_graphic()) {
                    return Err("the SAS holds blanks or signs that no URL holds");
                }
                let secrets = vec![Zeroizing::new(signature), text.to_owned().into()];
                (Some(Arc::new(AzureCredential::SASToken(pairs))), secrets)
            }
            Access::SharedKey(_) if !is_emulator => {
                return Err("the account's key is taken for emulators on this machine alone; use a token or a SAS");
            }
            Access::SharedKey(text) => {
                let key = AzureAccessKey::try_new(text.trim()).map_err(|_| "the account's key is no Base64")?;
                (Some(Arc::new(AzureCredential::AccessKey(key))), vec![text.clone()])
            }
        };
        Ok(Self { access, fixed, secrets: Mutex::new(secrets) })
    }

    fn without_secrets(&self, text: &str) -> String {
        let secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.iter().fold(text.to_owned(), |text, secret| without_token(&text, secret))
    }
}

#[async_trait]
impl CredentialProvider for Credentials {
    type Credential = AzureCredential;

    async fn get_credential(&self) -> object_store::Result<Arc<AzureCredential>> {
        if let Some(fixed) = &self.fixed {
            return Ok(Arc::clone(fixed));
        }
        let no_token = |why: String| Error::Generic { store: "MicrosoftAzure", source: Box::new(Said(why)) };
        let Access::Token(source) = &self.access else { return Err(no_token("no token".to_owned())) };
        let token = source.token().await.map_err(|why| no_token(format!("no token: {why}")))?;
        // object_store takes it for granted that a header can hold it.
        if token.is_empty() || !token.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(no_token("no token: what was given holds signs that no token holds".to_owned()));
        }
        let credential = AzureCredential::BearerToken(token.as_str().to_owned());
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        if secrets.last() != Some(&token) {
            *secrets = vec![token];
        }
        Ok(Arc::new(credential))
    }
}
