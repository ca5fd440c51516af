//! Error bodies, worded as ARM, Resource Graph and Microsoft Graph word them.

use serde_json::json;

use super::answer::Answer;

/// The object id of the caller, as ARM names it in a 403.
pub(super) const CALLER: &str = "5c1f0000-ca11-4000-8000-0000000000aa";

/// `{"error":{"code","message"}}`.
pub(super) fn error(status: u16, code: &str, message: &str) -> Answer {
    Answer::json(status, &json!({"error": {"code": code, "message": message}}))
}

pub(super) fn missing_api_version() -> Answer {
    error(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.",
    )
}

pub(super) fn no_token() -> Answer {
    error(401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.").with(
        "www-authenticate",
        "Bearer authorization_uri=\"https://login.windows.net/\", error=\"invalid_token\", \
         error_description=\"The authentication failed because of missing 'Authorization' header.\"",
    )
}

pub(super) fn bad_token() -> Answer {
    error(401, "InvalidAuthenticationToken", "The access token is invalid.").with(
        "www-authenticate",
        "Bearer authorization_uri=\"https://login.windows.net/\", error=\"invalid_token\", \
         error_description=\"The access token is invalid.\"",
    )
}

pub(super) fn expired_token() -> Answer {
    error(401, "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time.").with(
        "www-authenticate",
        "Bearer authorization_uri=\"https://login.windows.net/\", error=\"invalid_token\", \
         error_description=\"The access token expired\"",
    )
}

pub(super) fn claims(challenge: &str) -> Answer {
    error(
        401,
        "LocationConditionEvaluationSuccess",
        "Continuous access evaluation resulted in claims challenge with result: InteractionRequired",
    )
    .with(
        "www-authenticate",
        &format!(
            "Bearer authorization_uri=\"https://login.windows.net/\", error=\"insufficient_claims\", \
             claims=\"{challenge}\""
        ),
    )
}

/// A 403 in the words of the service that the path belongs to.
pub(super) fn forbidden(path: &str, action: &str, scope: &str) -> Answer {
    if path.eq_ignore_ascii_case("/providers/Microsoft.ResourceGraph/resources") {
        let detail = "Access is denied to the requested resource. The user might not have enough permission.";
        return Answer::json(
            403,
            &json!({"error": {"code": "AccessDenied",
                "message": "Please provide below info when asking for support: timestamp = 2026-11-01T02:00:00Z.",
                "details": [{"code": "AccessDenied", "message": detail}]}}),
        );
    }
    if path.starts_with("/v1.0/") {
        return error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }
    error(
        403,
        "AuthorizationFailed",
        &format!(
            "The client 'assize-reader' with object id '{CALLER}' does not have authorization to perform action \
             '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh \
             your credentials."
        ),
    )
}

pub(super) fn no_subscription(id: &str) -> Answer {
    error(404, "SubscriptionNotFound", &format!("The subscription '{id}' could not be found."))
}

pub(super) fn no_group(name: &str) -> Answer {
    error(404, "ResourceGroupNotFound", &format!("Resource group '{name}' could not be found."))
}

/// No such resource; `path` is its type and name below the group.
pub(super) fn no_resource(path: &str, group: Option<&str>) -> Answer {
    let place = group.map(|g| format!(" under resource group '{g}'")).unwrap_or_default();
    error(
        404,
        "ResourceNotFound",
        &format!(
            "The Resource '{path}'{place} was not found. For more details please go to \
             https://aka.ms/ARMResourceNotFoundFix"
        ),
    )
}

pub(super) fn no_parent(child: &str, parent: &str) -> Answer {
    error(
        404,
        "ParentResourceNotFound",
        &format!(
            "Failed to perform 'read' on resource(s) of type '{child}', because the parent resource '{parent}' could \
             not be found."
        ),
    )
}

pub(super) fn no_namespace(namespace: &str) -> Answer {
    error(404, "InvalidResourceNamespace", &format!("The resource namespace '{namespace}' is invalid."))
}

pub(super) fn no_type(namespace: &str, kind: &str, version: &str) -> Answer {
    error(
        404,
        "InvalidResourceType",
        &format!(
            "The resource type '{kind}' could not be found in the namespace '{namespace}' for api version '{version}'. \
             The supported api-versions are ''."
        ),
    )
}

pub(super) fn no_api_version(kind: &str, version: &str, supported: &[String]) -> Answer {
    error(
        400,
        "NoRegisteredProviderFound",
        &format!(
            "No registered resource provider found for location 'westeurope' and API version '{version}' for type \
             '{kind}'. The supported api-versions are '{}'. The supported locations are 'westeurope, northeurope'.",
            supported.join(", ")
        ),
    )
}

pub(super) fn unregistered(namespace: &str) -> Answer {
    error(
        409,
        "MissingSubscriptionRegistration",
        &format!(
            "The subscription is not registered to use namespace '{namespace}'. See https://aka.ms/rps-not-found for \
             how to register subscriptions."
        ),
    )
}

/// ARM's 429.
pub(super) fn throttled(what: &str, seconds: u64) -> Answer {
    error(
        429,
        "SubscriptionRequestsThrottled",
        &format!(
            "Number of 'read' requests for {what} actor '{CALLER}' exceeded. Please try again after '{seconds}' seconds \
             after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information."
        ),
    )
}

/// Resource Graph's 429.
pub(super) fn graph_throttled() -> Answer {
    Answer::json(
        429,
        &json!({"error": {"code": "RateLimiting",
            "message": "Please provide below info when asking for support: timestamp = 2026-11-01T02:00:00Z.",
            "details": [{"code": "RateLimiting", "message": "Client application has been throttled and should not \
                attempt to repeat the request until an amount of time has elapsed. Please see \
                https://aka.ms/resourcegraph-throttling for help."}]}}),
    )
}

/// A query that Resource Graph does not take.
pub(super) fn bad_query(why: &str) -> Answer {
    Answer::json(
        400,
        &json!({"error": {"code": "BadRequest",
            "message": "Please provide below info when asking for support: timestamp = 2026-11-01T02:00:00Z.",
            "details": [{"code": "InvalidQuery", "message": "Query is invalid. Please refer to the documentation for \
                the Azure Resource Graph service and fix the error before retrying."},
                {"code": "ParserFailure", "message": why}]}}),
    )
}
