//! One request until its answer: its turn, its token, its tries. Takes a request and what it counts against; gives the
//! answer that is JSON, or the fault.

use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, sleep, sleep_until};
use uuid::Uuid;

use crate::collect::cloud::Origin;
use crate::collect::credential::Token;
use crate::model::GapReason;

use super::fault::{self, Fault, Hold, Judged};
use super::lanes::{self, Way};
use super::pace::{Held, Permit};
use super::paging::{self, Unread};
use super::transport::{Failure, Outgoing, Reply};
use super::{Call, Client, Plane, path_of, retry};

/// The claims that ask for a new token when the server named none: an empty object, which no cached token answers.
const ANY_NEW_TOKEN: &str = "{}";
/// The longest path that is asked for, in bytes.
const MAX_PATH: usize = 16 << 10;
/// Longer than any budget.
const LONGEST: Duration = Duration::from_secs(1 << 32);
/// The longest call that is shown, in characters.
const MAX_LABEL: usize = 2000;

/// Where requests of one call go, for whom their token is, and what they count against.
pub(super) struct Ask<'a> {
    /// Where they go.
    pub(super) origin: Origin,
    /// For whom the token is meant.
    pub(super) audience: String,
    /// What they count against.
    pub(super) way: Way,
    /// The resource type.
    pub(super) family: &'a str,
    /// Whether people are shown the host too.
    pub(super) with_host: bool,
}

impl Ask<'_> {
    /// The request as people see it.
    pub(super) fn label(&self, request: &Outgoing) -> String {
        let host = if self.with_host { self.origin.to_string() } else { String::new() };
        fault::printable(&format!("{} {host}{}", request.method(), path_of(request.url())), MAX_LABEL)
    }

    fn budget(&self) -> String {
        format!("{} {}", self.way.name, self.family.to_ascii_lowercase())
    }
}

/// Why there is no answer, and which api-versions the server would answer.
pub(super) struct Refusal {
    /// Why.
    pub(super) fault: Fault,
    /// The api-versions that the message lists.
    pub(super) versions: Vec<String>,
}

impl From<Fault> for Box<Refusal> {
    fn from(fault: Fault) -> Self {
        Self::new(Refusal { fault, versions: Vec::new() })
    }
}

/// What came of one try.
pub(super) enum Outcome {
    /// An answer that is JSON.
    Good(Reply),
    /// The token was refused, with the claims that a new one must have.
    Renew(Fault, Option<String>),
    /// Another try may help.
    Again {
        /// Why it failed.
        fault: Fault,
        /// How long the server wants to be left alone.
        named: Option<Duration>,
        /// Whether it was a 429, and for whom it counts.
        throttled: Option<Hold>,
    },
    /// No other try helps; with the api-versions that the message lists.
    Never(Fault, Vec<String>),
}

impl Outcome {
    /// The fault, of what is no good answer.
    pub(super) fn fault(self) -> Fault {
        match self {
            Self::Good(_) => Fault::new(GapReason::Malformed, "", "the answer cannot be used"),
            Self::Renew(fault, _) | Self::Never(fault, _) | Self::Again { fault, .. } => fault,
        }
    }
}

/// Judges what came of one try.
pub(super) fn judged(sent: Result<Reply, Failure>, call: &str, token: &str) -> Outcome {
    let own = |reason, text: &str| Fault::new(reason, call, &fault::without_token(text, token));
    let again = |fault| Outcome::Again { fault, named: None, throttled: None };
    let reply = match sent {
        Ok(reply) => reply,
        Err(Failure::Timeout) => return again(own(GapReason::Timeout, "the server did not answer in time")),
        Err(Failure::Connection(why)) => return again(own(GapReason::Timeout, &format!("no connection: {why}"))),
        Err(Failure::Truncated(why)) => {
            return again(own(GapReason::Malformed, &format!("the answer was cut off: {why}")));
        }
        Err(Failure::Untrusted(why)) => {
            return Outcome::Never(own(GapReason::Timeout, &format!("not connected: {why}")), Vec::new());
        }
        Err(Failure::TooLarge(most)) => {
            let what = format!("the answer is larger than {most} bytes after decompression");
            return Outcome::Never(own(GapReason::Malformed, &what), Vec::new());
        }
    };
    match fault::judge(reply.status, &reply.headers, &reply.body, call, token) {
        Judged::Good => {
            let with_status = |text: &str| Fault { status: Some(reply.status), ..own(GapReason::Malformed, text) };
            match paging::check_json(&reply.body) {
                Ok(()) => Outcome::Good(reply),
                Err(Unread::Cut) => again(with_status("the answer was cut off")),
                Err(Unread::Other(what)) => Outcome::Never(with_status(&what), Vec::new()),
            }
        }
        Judged::Renew(fault, claims) => Outcome::Renew(fault, claims),
        Judged::Again(fault, hold) => {
            let throttled = (reply.status == 429).then_some(hold);
            Outcome::Again { fault, named: retry::retry_after(&reply.headers), throttled }
        }
        Judged::Never(fault, versions) => Outcome::Never(fault, versions),
    }
}

/// A new id, by which the server's operators can find a request.
pub(super) fn request_id() -> String {
    Uuid::new_v4().to_string()
}

/// The right to send one request now.
struct Turn {
    lane: Permit,
    service: Option<Permit>,
    _seat: OwnedSemaphorePermit,
}

impl Turn {
    fn tell(&self, headers: &HeaderMap) {
        lanes::tell(headers, &self.lane, self.service.as_ref());
    }

    fn refused(&self, hold: Hold, wait: Duration) {
        match hold {
            Hold::Request => {}
            Hold::Scope => self.lane.refused(wait),
            Hold::Service => self.service.as_ref().unwrap_or(&self.lane).refused(wait),
        }
    }
}

impl Client {
    /// Where a call goes; refuses paths and vaults that a token must not be sent for.
    pub(super) fn ask<'a>(&self, call: &'a Call) -> Result<Ask<'a>, Fault> {
        let shown = fault::printable(&format!("GET {}", call.path), MAX_LABEL);
        let wrong = |what: &str| Fault::new(GapReason::Malformed, &shown, what);
        if !is_path(&call.path) {
            return Err(wrong(
                "the path has dot segments, backslashes or control characters, or is too long; not sent",
            ));
        }
        let is_version = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if !call.api_version.chars().chain(call.fallbacks.iter().flat_map(|f| f.chars())).all(is_version) {
            return Err(wrong("the api-version holds other signs than letters, digits, dots and dashes"));
        }
        let (origin, audience) = match &call.plane {
            Plane::Arm => (self.cloud.arm.clone(), self.cloud.arm_audience.clone()),
            Plane::Graph => (self.cloud.graph.clone(), self.cloud.graph_audience.clone()),
            Plane::Vault(vault) => match self.cloud.audience_of_vault(vault) {
                Some(audience) => (vault.clone(), audience.to_owned()),
                None => {
                    let what = format!("{vault} is no vault of the cloud {}; no token is sent there", self.cloud.name);
                    return Err(Fault::new(GapReason::OutOfScope, &shown, &what));
                }
            },
        };
        let way = self.lanes.way(&call.plane, call.subscription.as_deref(), &call.path);
        Ok(Ask { origin, audience, way, family: &call.family, with_host: call.plane != Plane::Arm })
    }

    /// Sends a request until there is an answer that is JSON, or none is to be had.
    pub(super) async fn exchange(&self, ask: &Ask<'_>, request: &Outgoing) -> Result<Reply, Box<Refusal>> {
        let (label, budget) = (ask.label(request), ask.budget());
        let (mut tries, mut adopted, mut renewed) = (0, false, false);
        let mut next: Option<Token> = None;
        loop {
            if let Some(reason) = self.budgets.shut(&budget) {
                return Err(self.not_sent(reason, &label).into());
            }
            let turn = self.turn(ask, &label).await?;
            let token = match next.take() {
                Some(token) => token,
                None => self.token(ask, None).await.map_err(|why| Fault::new(GapReason::Denied, &label, &why))?,
            };
            let secret = token.secret.expose();
            if request.is_followed() && fault::without_token(request.url().as_str(), secret) != request.url().as_str() {
                // Not shown, not kept.
                let what = "the link to the next page repeats the token; it was not followed";
                return Err(Fault::new(GapReason::Malformed, "GET a next page", what).into());
            }
            let began;
            let sent = {
                let _seat = self.seats.acquire().await.expect("this semaphore is never closed");
                // What waits here may have waited for long: the family may be shut by now.
                let _pass = self.budgets.enter(&budget).map_err(|reason| self.not_sent(reason, &label))?;
                began = Instant::now();
                self.observer.sent(&label);
                self.transport.send(request, Some(secret), &request_id()).await
            };
            tries += 1;
            if let Ok(reply) = &sent {
                turn.tell(&reply.headers);
                self.observer.answered(&label, reply.status);
            }
            match judged(sent, &label, secret) {
                Outcome::Good(reply) => {
                    self.budgets.well(&budget);
                    return Ok(Reply { secret: Some(token.secret), ..reply });
                }
                Outcome::Never(fault, versions) => {
                    if fault.status.is_some() {
                        self.budgets.well(&budget);
                    }
                    return Err(Box::new(Refusal { fault, versions }));
                }
                Outcome::Renew(fault, claims) => {
                    drop(turn);
                    self.observer.retried(&label, "the token was refused");
                    // Another call may have been given a new token since this one took its own.
                    let known = if adopted { None } else { self.token(ask, None).await.ok() };
                    adopted = true;
                    next = known.filter(|known| known.secret.expose() != secret);
                    if next.is_none() {
                        if renewed {
                            return Err(fault.into());
                        }
                        renewed = true;
                        match self.token(ask, Some(claims.as_deref().unwrap_or(ANY_NEW_TOKEN))).await {
                            Ok(new) if new.secret.expose() != secret => next = Some(new),
                            Ok(_) => return Err(fault.into()),
                            Err(why) => {
                                let message = format!("{}; {why}", fault.message);
                                let message = fault::printable(&message, super::limits::MAX_MESSAGE);
                                return Err(Fault { message, ..fault }.into());
                            }
                        }
                    }
                }
                Outcome::Again { fault, named, throttled } => {
                    let wait = retry::wait(&self.limits, tries, throttled.is_some(), named);
                    if let Some(hold) = throttled {
                        turn.refused(hold, wait);
                    }
                    drop(turn);
                    let now = Instant::now();
                    let until = now.checked_add(wait).unwrap_or(now + LONGEST);
                    let enough = self.budgets.take(&budget, began, now, until, fault.reason);
                    if tries >= self.limits.tries || !enough {
                        return Err(fault.into());
                    }
                    self.observer.retried(&label, &fault.message);
                    let why = if throttled.is_some() { "throttled" } else { "retry" };
                    self.observer.waited(why, wait.as_secs_f64());
                    sleep(wait).await;
                }
            }
        }
    }

    async fn token(&self, ask: &Ask<'_>, claims: Option<&str>) -> Result<Token, String> {
        self.credential.token(&ask.audience, claims).await.map_err(|error| format!("no token: {error}"))
    }

    /// Waits until a request may be sent.
    async fn turn(&self, ask: &Ask<'_>, label: &str) -> Result<Turn, Fault> {
        let pace = |seconds: f64| self.observer.waited("pace", seconds);
        loop {
            // The provider first: whoever waits for it must not take a seat from those who do not need it.
            let service = match &ask.way.service {
                None => None,
                Some(limiter) => match limiter.acquire(pace).await {
                    Ok(permit) => Some(permit),
                    Err(held) => {
                        self.sit_out(ask, label, held).await?;
                        continue;
                    }
                },
            };
            let seats = ask.way.lane.seats.clone();
            let seat = seats.acquire_owned().await.expect("this semaphore is never closed");
            let held = match ask.way.lane.limiter.acquire(pace).await {
                Ok(lane) => return Ok(Turn { lane, service, _seat: seat }),
                Err(held) => held,
            };
            drop((service, seat));
            self.sit_out(ask, label, held).await?;
        }
    }

    fn not_sent(&self, reason: GapReason, label: &str) -> Fault {
        let why = if reason == GapReason::Throttled { "throttled" } else { "held up by errors" };
        let budget = self.limits.budget.as_secs();
        Fault::new(
            reason,
            label,
            &format!("not sent: reads of this kind are {why}, and their budget of {budget} s is spent"),
        )
    }

    /// Waits for the end of a refusal, as long as the family's budget allows.
    async fn sit_out(&self, ask: &Ask<'_>, label: &str, Held(until): Held) -> Result<(), Fault> {
        let now = Instant::now();
        if !self.budgets.take(&ask.budget(), now, now, until, GapReason::Throttled) {
            return Err(self.not_sent(GapReason::Throttled, label));
        }
        self.observer.waited("throttled", until.saturating_duration_since(now).as_secs_f64());
        sleep_until(until).await;
        Ok(())
    }
}

/// Whether a path and query means what it says: a URL parser would cut dot segments and turn backslashes.
fn is_path(path: &str) -> bool {
    let is_dots = |segment: &str| {
        let plain = segment.to_ascii_lowercase().replace("%2e", ".");
        plain == "." || plain == ".."
    };
    let (before, _) = path.split_once('?').unwrap_or((path, ""));
    path.len() <= MAX_PATH
        && path.starts_with('/')
        && !path.chars().any(char::is_control)
        && !before.contains('\\')
        && !before.split('/').any(is_dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_mean_another_are_refused() {
        for good in ["/subscriptions/s?x=../y", "/a/b c/d", "/a/.b/c..", "/a#b", "/"] {
            assert!(is_path(good), "{good}");
        }
        for bad in ["", "a", "https://evil.test", "/a/../b", "/a/%2E%2e/b", "/a/./b", "/a\\b", "/a\r\nHost: x", "/a\0"]
        {
            assert!(!is_path(bad), "{bad:?}");
        }
        assert!(!is_path(&format!("/{}", "a".repeat(MAX_PATH))));
    }
}
