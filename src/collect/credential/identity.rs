//! Who a token speaks for. Takes an access token, gives words for people and the manifest; nothing is verified.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::collect::credential::Secret;
use crate::collect::credential::error::printable;

/// Longest claim that is shown, in characters.
const MAX_CLAIM: usize = 120;

/// The unverified claims of a JSON web token.
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    /// The claims, where the token is a readable one: Entra ID reserves the right to encrypt them.
    pub(super) fn of(token: &Secret) -> Option<Self> {
        let mut parts = token.expose().split('.');
        let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
        let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        serde_json::from_slice(&bytes).ok().map(Self)
    }

    pub(super) fn audience(&self) -> Option<String> {
        self.text("aud")
    }

    pub(super) fn expires_on(&self) -> Option<i64> {
        self.0.get("exp").and_then(Value::as_i64)
    }

    fn text(&self, name: &str) -> Option<String> {
        let text = printable(self.0.get(name)?.as_str()?, &[]);
        (!text.is_empty() && text.chars().count() <= MAX_CLAIM).then_some(text)
    }
}

/// Describes who an access token speaks for, as `application 1111… of tenant 2222…`.
///
/// Read from the token without verification, so for people and the manifest only. With `names`, a person's sign-in
/// name is added, which is personal data. None when the token cannot be read.
pub fn identity(token: &Secret, names: bool) -> Option<String> {
    let claims = Claims::of(token)?;
    let (application, object) = (claims.text("appid").or_else(|| claims.text("azp")), claims.text("oid"));
    // Tokens of older applications carry no `idtyp`; only a person's token has scopes.
    let person = match claims.text("idtyp").as_deref() {
        Some("app") => false,
        Some("user") => true,
        _ => claims.0.contains_key("scp"),
    };
    let managed = claims.0.contains_key("xms_mirid");
    let who = match (person, application, object) {
        (true, application, Some(object)) => {
            let name = names.then(|| claims.text("upn").or_else(|| claims.text("preferred_username"))).flatten();
            let name = name.map(|n| format!(" ({n})")).unwrap_or_default();
            let through = application.map(|a| format!(" through application {a}")).unwrap_or_default();
            format!("user {object}{name}{through}")
        }
        (_, Some(application), object) => {
            let kind = if managed { "managed identity" } else { "application" };
            let object = object.map(|o| format!(" (object {o})")).unwrap_or_default();
            format!("{kind} {application}{object}")
        }
        (_, None, Some(object)) => format!("object {object}"),
        (_, None, None) => return None,
    };
    Some(claims.text("tid").map_or_else(|| who.clone(), |tenant| format!("{who} of tenant {tenant}")))
}
