//! A token per audience, kept until shortly before it expires. Takes a credential, gives a credential that asks it
//! rarely, and never twice at one time for one audience.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use crate::collect::credential::{Credential, CredentialError, Now, Token};

/// A token is renewed this many seconds before it expires, or at half of what is left of a shorter one.
const MARGIN: i64 = 300;
/// After a renewal that failed, a token that is still good serves this many seconds before the next attempt.
const RESPITE: i64 = 30;

/// A credential with its cache.
pub(super) struct Cached {
    inner: Box<dyn Credential>,
    now: Now,
    slots: Mutex<BTreeMap<String, Arc<Slot>>>,
}

/// One audience. Whoever holds `held` is the one that renews; `renewals` counts, so that one who waited can tell
/// whether the token is younger than the own call.
#[derive(Default)]
struct Slot {
    renewals: AtomicU64,
    held: tokio::sync::Mutex<Option<Held>>,
}

struct Held {
    token: Token,
    renew_at: i64,
    claims: Option<String>,
}

impl Cached {
    pub(super) fn new(inner: Box<dyn Credential>, now: Now) -> Self {
        Self { inner, now, slots: Mutex::default() }
    }

    fn slot(&self, audience: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(audience.to_owned()).or_default())
    }
}

#[async_trait]
impl Credential for Cached {
    async fn token(&self, audience: &str, claims: Option<&str>) -> Result<Token, CredentialError> {
        let slot = self.slot(audience);
        let seen = slot.renewals.load(Ordering::Acquire);
        let mut held = slot.held.lock().await;
        let renewed = slot.renewals.load(Ordering::Acquire) != seen;
        let now = (self.now)();
        if let Some(held) = held.as_ref() {
            let answers = claims.is_none() || (renewed && held.claims.as_deref() == claims);
            if answers && now < held.renew_at {
                return Ok(held.token.clone());
            }
        }
        match self.inner.token(audience, claims).await {
            Ok(token) => {
                let left = token.expires_on.saturating_sub(now);
                let renew_at = token.expires_on.saturating_sub(MARGIN.min(left / 2));
                *held = Some(Held { token: token.clone(), renew_at, claims: claims.map(str::to_owned) });
                slot.renewals.fetch_add(1, Ordering::Release);
                Ok(token)
            }
            Err(error) => match held.as_mut() {
                Some(held) if claims.is_none() && now.saturating_add(RESPITE) < held.token.expires_on => {
                    held.renew_at = now.saturating_add(RESPITE);
                    Ok(held.token.clone())
                }
                _ => Err(error),
            },
        }
    }

    fn describe(&self) -> String {
        self.inner.describe()
    }
}

impl fmt::Debug for Cached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cached").field(&self.inner.describe()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicI64;

    use super::*;
    use crate::collect::credential::{Kind, Secret};

    /// Gives numbered tokens of a life in seconds; refuses while `life` is zero.
    struct Counter {
        asked: Arc<AtomicI64>,
        life: Arc<AtomicI64>,
        now: Now,
    }

    #[async_trait]
    impl Credential for Counter {
        async fn token(&self, audience: &str, _: Option<&str>) -> Result<Token, CredentialError> {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            let life = self.life.load(Ordering::SeqCst);
            if life == 0 {
                return Err(CredentialError::unusable(Kind::Token, "no", "wait"));
            }
            Ok(Token { secret: Secret::new(format!("{audience}-{number}")), expires_on: (self.now)() + life })
        }
        fn describe(&self) -> String {
            "counter".to_owned()
        }
    }

    struct Bench {
        cache: Cached,
        asked: Arc<AtomicI64>,
        life: Arc<AtomicI64>,
        time: Arc<AtomicI64>,
    }

    fn bench() -> Bench {
        let (asked, life, time) = (Arc::default(), Arc::new(AtomicI64::new(3600)), Arc::new(AtomicI64::new(1000)));
        let clock = Arc::clone(&time);
        let now: Now = Arc::new(move || clock.load(Ordering::SeqCst));
        let counter = Counter { asked: Arc::clone(&asked), life: Arc::clone(&life), now: Arc::clone(&now) };
        Bench { cache: Cached::new(Box::new(counter), now), asked, life, time }
    }

    impl Bench {
        async fn get(&self, audience: &str, claims: Option<&str>) -> String {
            self.cache.token(audience, claims).await.unwrap().secret.expose().to_owned()
        }
        fn at(&self, seconds: i64) {
            self.time.store(1000 + seconds, Ordering::SeqCst);
        }
    }

    #[tokio::test]
    async fn a_token_serves_until_five_minutes_before_it_expires() {
        let bench = bench();
        assert_eq!(bench.get("a", None).await, "a-1");
        bench.at(3299);
        assert_eq!(bench.get("a", None).await, "a-1");
        assert_eq!(bench.get("b", None).await, "b-2", "each audience has its own");
        bench.at(3300);
        assert_eq!(bench.get("a", None).await, "a-3");
    }

    #[tokio::test]
    async fn a_short_token_is_renewed_at_half_its_life() {
        let bench = bench();
        bench.life.store(120, Ordering::SeqCst);
        assert_eq!(bench.get("a", None).await, "a-1");
        bench.at(59);
        assert_eq!(bench.get("a", None).await, "a-1");
        bench.at(60);
        assert_eq!(bench.get("a", None).await, "a-2");
    }

    #[tokio::test]
    async fn many_callers_make_one_request() {
        let bench = bench();
        let calls = (0..50).map(|_| bench.get("a", None));
        assert!(futures_util::future::join_all(calls).await.iter().all(|t| t == "a-1"));
        assert_eq!(bench.asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn claims_pass_the_cache_by_and_one_renewal_answers_all_who_wait_with_the_same_claims() {
        let bench = bench();
        assert_eq!(bench.get("a", None).await, "a-1");
        assert_eq!(bench.get("a", Some("x")).await, "a-2");
        assert_eq!(bench.get("a", Some("x")).await, "a-3", "a later call is a later refusal");
        assert_eq!(bench.get("a", None).await, "a-3");
        let calls = (0..10).map(|_| bench.get("a", Some("y")));
        assert!(futures_util::future::join_all(calls).await.iter().all(|t| t == "a-4"));
        let (x, y) = tokio::join!(bench.get("a", Some("x")), bench.get("a", Some("y")));
        assert_ne!(x, y);
    }

    #[tokio::test]
    async fn a_good_token_outlives_a_failed_renewal_and_an_expired_one_does_not() {
        let bench = bench();
        bench.get("a", None).await;
        bench.life.store(0, Ordering::SeqCst);
        bench.at(3400);
        assert_eq!(bench.get("a", None).await, "a-1");
        assert_eq!(bench.get("a", None).await, "a-1");
        assert_eq!(bench.asked.load(Ordering::SeqCst), 2, "the second call waits for the respite");
        assert!(bench.cache.token("a", Some("x")).await.is_err(), "a refused token is no answer to claims");
        bench.at(3580);
        assert!(bench.cache.token("a", None).await.is_err());
    }
}
