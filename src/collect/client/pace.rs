//! How fast requests may leave: one [`Limiter`] per bucket of Azure, filled by time and corrected by what the answers
//! say is left. Knows nothing of requests; waits with tokio's clock.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Turn, Notify};
use tokio::time::{Instant, sleep};

use super::limits::{Rate, Window};

/// How many requests may be under way before the first answer has said what is left of the bucket: another run may
/// have emptied it a moment ago.
const SCOUTS: u32 = 4;
/// The smallest part of a rate that is used while answers say that the bucket is empty.
const SLOWEST: f64 = 0.05;
/// How much of the full rate comes back each second.
const RECOVERY: f64 = 0.05;
/// A longer wait than this is looked at again.
const LONGEST_LOOK: Duration = Duration::from_secs(3600);

/// What one bucket of Azure allows.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pace {
    /// A bucket that is refilled all the time.
    Rate(Rate),
    /// A number in any stretch of time.
    Window(Window),
}

/// Lets requests through at the pace of one bucket, in the order in which they came.
#[derive(Debug)]
pub(super) struct Limiter {
    state: Mutex<State>,
    turn: Turn<()>,
    freed: Notify,
}

/// The bucket may not be asked before this time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Held(pub(super) Instant);

#[derive(Debug)]
struct State {
    meter: Meter,
    in_flight: u32,
    learned: bool,
    hold: Option<Instant>,
}

#[derive(Debug)]
enum Meter {
    Bucket {
        /// Size of the bucket and refill per second, both with the share taken.
        burst: f64,
        per_second: f64,
        /// What is left in the server's bucket on purpose.
        reserve: f64,
        /// Below this many left, the pace eases.
        low: f64,
        tokens: f64,
        at: Instant,
        /// The part of the rate that is used now, and when it was last made smaller.
        ease: f64,
        eased: Option<Instant>,
    },
    Window {
        calls: u32,
        length: Duration,
        /// Requests by the time they left, in steps of a 64th of the length.
        sent: VecDeque<(Instant, u32)>,
        /// What the server says is left, and until when that holds.
        quota: Option<(u32, Instant)>,
    },
}

/// What a request at the head of the queue is to do.
#[derive(Debug, PartialEq)]
enum Next {
    Go,
    Wait(Duration),
    WaitForAnswer,
    Held(Instant),
}

impl Limiter {
    /// A limiter whose bucket is full. `share` is the part of the pace that is used.
    pub(super) fn new(pace: Pace, share: f64) -> Arc<Self> {
        let meter = match pace {
            Pace::Rate(rate) => Meter::Bucket {
                burst: (rate.burst * share).max(1.0),
                per_second: rate.per_second * share,
                reserve: rate.burst * (1.0 - share),
                low: rate.burst * 0.02,
                tokens: (rate.burst * share).max(1.0),
                at: Instant::now(),
                ease: 1.0,
                eased: None,
            },
            Pace::Window(window) => Meter::Window {
                calls: window.calls.max(1),
                // A small number has no small part to spare; the time has.
                length: seconds(window.seconds / share),
                sent: VecDeque::new(),
                quota: None,
            },
        };
        let state = State { meter, in_flight: 0, learned: false, hold: None };
        Arc::new(Self { state: Mutex::new(state), turn: Turn::new(()), freed: Notify::new() })
    }

    /// Waits for this request's turn. `waited` is told each wait in seconds.
    ///
    /// # Errors
    /// [`Held`] when the server has refused requests until a time that is not yet there.
    pub(super) async fn acquire(self: &Arc<Self>, waited: impl Fn(f64) + Send + Sync) -> Result<Permit, Held> {
        let _turn = self.turn.lock().await;
        loop {
            let freed = self.freed.notified();
            let next = self.state().next(Instant::now());
            match next {
                Next::Go => return Ok(Permit { limiter: Arc::clone(self) }),
                Next::Held(until) => return Err(Held(until)),
                Next::WaitForAnswer => freed.await,
                Next::Wait(time) => {
                    waited(time.as_secs_f64());
                    sleep(time).await;
                }
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that was let through and is under way until this is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    limiter: Arc<Limiter>,
}

impl Permit {
    /// Tells that the server answered and, where it said so, how many requests are left and for how long that holds.
    pub(super) fn answered(&self, remaining: Option<u32>, resets: Option<Duration>) {
        let mut state = self.limiter.state();
        state.learned = true;
        if let Some(remaining) = remaining {
            state.correct(remaining, resets, Instant::now());
        }
        drop(state);
        self.limiter.freed.notify_one();
    }

    /// Tells that the server refused for this bucket: nothing leaves before the time is over.
    pub(super) fn refused(&self, wait: Duration) {
        self.limiter.state().refuse(wait, Instant::now());
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.limiter.state();
        state.in_flight = state.in_flight.saturating_sub(1);
        drop(state);
        self.limiter.freed.notify_one();
    }
}

impl State {
    fn next(&mut self, now: Instant) -> Next {
        if let Some(until) = self.hold.filter(|until| *until > now) {
            return Next::Held(until);
        }
        self.hold = None;
        if !self.learned && self.in_flight >= SCOUTS {
            return Next::WaitForAnswer;
        }
        self.meter.fill(now);
        let wait = self.meter.take(now);
        if wait.is_zero() {
            self.in_flight += 1;
            Next::Go
        } else {
            Next::Wait(wait.clamp(Duration::from_millis(1), LONGEST_LOOK))
        }
    }

    /// `remaining` counts all that the server has seen; requests under way may not be among them.
    fn correct(&mut self, remaining: u32, resets: Option<Duration>, now: Instant) {
        let others = self.in_flight.saturating_sub(1);
        self.meter.fill(now);
        match &mut self.meter {
            Meter::Bucket { per_second, reserve, low, tokens, ease, eased, .. } => {
                let left = f64::from(remaining) - f64::from(others) - *reserve;
                // Never more than about a second in debt: the next answer says more.
                *tokens = tokens.min(left.max(-(*per_second * *ease)));
                if f64::from(remaining) < *low {
                    slow_down(ease, eased, 0.7, now);
                }
            }
            Meter::Window { length, quota, .. } => {
                let left = remaining.saturating_sub(others);
                let holds = resets.unwrap_or(Duration::from_secs(1)).min(*length);
                if resets.is_some() || left == 0 {
                    *quota = Some((left, now + holds));
                }
            }
        }
    }

    fn refuse(&mut self, wait: Duration, now: Instant) {
        self.learned = true;
        let until = now + wait.min(LONGEST_LOOK * 24);
        self.hold = Some(self.hold.map_or(until, |hold| hold.max(until)));
        self.meter.fill(now);
        if let Meter::Bucket { tokens, ease, eased, .. } = &mut self.meter {
            *tokens = tokens.min(0.0);
            slow_down(ease, eased, 0.5, now);
        }
    }
}

/// Makes the used part of a rate smaller, once a second at most: many answers tell of the same shortage.
fn slow_down(ease: &mut f64, eased: &mut Option<Instant>, factor: f64, now: Instant) {
    if eased.is_none_or(|at| now.duration_since(at) >= Duration::from_secs(1)) {
        *ease = (*ease * factor).max(SLOWEST);
        *eased = Some(now);
    }
}

impl Meter {
    /// Adds what time has brought back.
    fn fill(&mut self, now: Instant) {
        match self {
            Self::Bucket { burst, per_second, tokens, at, ease, .. } => {
                let passed = now.duration_since(*at).as_secs_f64();
                *tokens = (*tokens + passed * *per_second * *ease).min(*burst);
                *ease = (*ease + passed * RECOVERY).min(1.0);
                *at = now;
            }
            Self::Window { length, sent, quota, .. } => {
                let step = *length / 64;
                while sent.front().is_some_and(|(start, _)| *start + step + *length <= now) {
                    sent.pop_front();
                }
                if quota.is_some_and(|(_, until)| until <= now) {
                    *quota = None;
                }
            }
        }
    }

    /// Takes one request, or tells how long until there may be one.
    fn take(&mut self, now: Instant) -> Duration {
        match self {
            Self::Bucket { per_second, tokens, ease, .. } => {
                // A wait that ends a rounding error too early must not be followed by another.
                if *tokens >= 1.0 - 1e-6 {
                    *tokens -= 1.0;
                    return Duration::ZERO;
                }
                seconds((1.0 - *tokens) / (*per_second * *ease))
            }
            Self::Window { calls, length, sent, quota } => {
                let step = *length / 64;
                if let Some((0, until)) = quota {
                    return until.duration_since(now);
                }
                if sent.iter().map(|(_, n)| n).sum::<u32>() >= *calls {
                    let free = sent.front().map_or(now, |(start, _)| *start + step + *length);
                    return free.duration_since(now);
                }
                if let Some((left, _)) = quota {
                    *left -= 1;
                }
                match sent.back_mut() {
                    Some((start, n)) if now.duration_since(*start) < step => *n += 1,
                    _ => sent.push_back((now, 1)),
                }
                Duration::ZERO
            }
        }
    }
}

/// Seconds as a duration; what is no such number is an hour.
fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).map_or(LONGEST_LOOK, |d| d.min(LONGEST_LOOK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(burst: f64, per_second: f64) -> Pace {
        Pace::Rate(Rate { burst, per_second })
    }

    async fn timed(limiter: &Arc<Limiter>, requests: usize) -> f64 {
        let began = Instant::now();
        for _ in 0..requests {
            let permit = limiter.acquire(|_| ()).await.unwrap();
            permit.answered(None, None);
        }
        began.elapsed().as_secs_f64()
    }

    #[tokio::test(start_paused = true)]
    async fn the_bucket_is_spent_at_once_and_refilled_at_its_rate() {
        let limiter = Limiter::new(rate(250.0, 25.0), 1.0);
        assert!(timed(&limiter, 250).await < 0.001);
        let more = timed(&limiter, 100).await;
        assert!((3.9..4.2).contains(&more), "{more}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_holds_in_every_stretch_of_its_length() {
        let limiter = Limiter::new(Pace::Window(Window { calls: 15, seconds: 5.0 }), 0.97);
        let began = Instant::now();
        let mut left = Vec::new();
        for _ in 0..700 {
            let permit = limiter.acquire(|_| ()).await.unwrap();
            permit.answered(None, None);
            left.push(began.elapsed().as_secs_f64());
            sleep(Duration::from_millis(30)).await;
        }
        for (i, time) in left.iter().enumerate() {
            assert!(left[i..].iter().filter(|t| **t < time + 5.0).count() <= 15, "{left:?}");
        }
        let used = 700.0 / (15.0 + 3.0 * left.last().unwrap());
        assert!(used > 0.9, "{used}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_server_says_is_left_counts_more_than_the_own_count() {
        let limiter = Limiter::new(rate(250.0, 25.0), 1.0);
        limiter.acquire(|_| ()).await.unwrap().answered(Some(10), None);
        assert!(timed(&limiter, 10).await < 0.001);
        assert!(timed(&limiter, 25).await > 0.9);
        // A larger number never makes it faster.
        limiter.acquire(|_| ()).await.unwrap().answered(Some(11_999), None);
        assert!(timed(&limiter, 25).await > 0.9);
    }

    #[tokio::test(start_paused = true)]
    async fn an_empty_bucket_slows_and_does_not_stop() {
        let limiter = Limiter::new(rate(250.0, 25.0), 0.97);
        let began = Instant::now();
        for _ in 0..20 {
            limiter.acquire(|_| ()).await.unwrap().answered(Some(0), None);
        }
        let slow = began.elapsed().as_secs_f64();
        assert!((5.0..60.0).contains(&slow), "{slow}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_quota_of_none_waits_for_its_reset() {
        let limiter = Limiter::new(Pace::Window(Window { calls: 15, seconds: 5.0 }), 1.0);
        limiter.acquire(|_| ()).await.unwrap().answered(Some(0), Some(Duration::from_secs(3)));
        let waited = timed(&limiter, 1).await;
        assert!((2.9..3.1).contains(&waited), "{waited}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_holds_the_bucket() {
        let limiter = Limiter::new(rate(250.0, 25.0), 1.0);
        let permit = limiter.acquire(|_| ()).await.unwrap();
        permit.refused(Duration::from_secs(7));
        drop(permit);
        let until = limiter.acquire(|_| ()).await.unwrap_err().0;
        assert_eq!(until.duration_since(Instant::now()), Duration::from_secs(7));
        sleep(Duration::from_secs(7)).await;
        assert!(limiter.acquire(|_| ()).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn few_leave_before_the_first_answer() {
        let limiter = Limiter::new(rate(250.0, 25.0), 1.0);
        let mut scouts = Vec::new();
        for _ in 0..SCOUTS {
            scouts.push(limiter.acquire(|_| ()).await.unwrap());
        }
        let next = tokio::time::timeout(Duration::from_secs(1), limiter.acquire(|_| ())).await;
        assert!(next.is_err());
        scouts[0].answered(Some(200), None);
        assert!(tokio::time::timeout(Duration::from_secs(1), limiter.acquire(|_| ())).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_dropped_request_frees_its_place() {
        let limiter = Limiter::new(rate(250.0, 25.0), 1.0);
        let mut scouts: Vec<Permit> = Vec::new();
        for _ in 0..SCOUTS {
            scouts.push(limiter.acquire(|_| ()).await.unwrap());
        }
        let waiting = tokio::spawn({
            let limiter = Arc::clone(&limiter);
            async move { limiter.acquire(|_| ()).await.is_ok() }
        });
        tokio::task::yield_now().await;
        scouts.clear();
        assert!(waiting.await.unwrap());
    }
}
