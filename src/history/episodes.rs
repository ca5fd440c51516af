//! The intervals of one finding as episodes: from the first fail to the run in which the good state held again.
//!
//! What is unknown or not judged ends no episode. A resource that is gone ends it without having mended anything.

use crate::history::State;

/// What held from one run to another; without a last run it still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: i64,
    pub(super) last: Option<i64>,
    pub(super) state: State,
}

/// How an episode ended, and with which run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It goes on.
    Open,
    /// It passes, or no longer applies.
    Fixed(i64),
    /// The finding is not there any more.
    Gone(i64),
}

/// A stretch of failing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Episode {
    pub(super) from: i64,
    pub(super) end: End,
}

/// What became of one finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) episodes: Vec<Episode>,
    /// How often it failed again after it had been mended.
    pub(super) reopened: u64,
}

/// Tells the story of the spans of one finding, in order. `runs` are all runs of the series, in order.
pub(super) fn story(spans: &[Span], runs: &[i64]) -> Story {
    let after = |run: i64| runs.get(runs.partition_point(|r| *r <= run)).copied();
    let mut story = Story::default();
    let mut open: Option<i64> = None;
    let mut mended = false;
    for (at, span) in spans.iter().enumerate() {
        match (span.state, open) {
            (State::Fail, None) => {
                open = Some(span.first);
                story.reopened += u64::from(mended);
                mended = false;
            }
            (State::Pass | State::NotApplicable, Some(from)) => {
                story.episodes.push(Episode { from, end: End::Fixed(span.first) });
                open = None;
                mended = true;
            }
            _ => {}
        }
        // After the span there may be runs without the finding.
        let next = span.last.and_then(after);
        if let (Some(next), Some(from)) = (next, open)
            && spans.get(at + 1).is_none_or(|following| following.first > next)
        {
            story.episodes.push(Episode { from, end: End::Gone(next) });
            open = None;
        }
    }
    story.episodes.extend(open.map(|from| Episode { from, end: End::Open }));
    story
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One letter a run: pass, fail, unknown, n/a (`a`), not judged (`x`), not there (`.`).
    fn spans(text: &str) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let letters: Vec<char> = text.chars().collect();
        for (run, letter) in (1i64..).zip(&letters) {
            let state = match letter {
                'p' => State::Pass,
                'f' => State::Fail,
                'u' => State::Unknown,
                'a' => State::NotApplicable,
                'x' => State::NotJudged,
                _ => continue,
            };
            match spans.last_mut() {
                Some(last) if last.state == state && last.last == Some(run - 1) => last.last = Some(run),
                _ => spans.push(Span { first: run, last: Some(run), state }),
            }
        }
        if let Some(last) = spans.last_mut().filter(|s| s.last == Some(letters.len() as i64)) {
            last.last = None;
        }
        spans
    }

    #[test]
    fn only_a_good_state_mends() {
        use End::{Fixed, Gone, Open};
        for (text, episodes, reopened) in [
            ("ppp", vec![], 0),
            ("ff", vec![(1, Open)], 0),
            ("pffp", vec![(2, Fixed(4))], 0),
            ("ffa", vec![(1, Fixed(3))], 0),
            ("fuf", vec![(1, Open)], 0),
            ("fuup", vec![(1, Fixed(4))], 0),
            ("fxxf", vec![(1, Open)], 0),
            ("fxp", vec![(1, Fixed(3))], 0),
            ("fu", vec![(1, Open)], 0),
            ("ff..", vec![(1, Gone(3))], 0),
            ("f.f", vec![(1, Gone(2)), (3, Open)], 0),
            ("fu.p", vec![(1, Gone(3))], 0),
            ("fpfpf", vec![(1, Fixed(2)), (3, Fixed(4)), (5, Open)], 2),
            ("fpuf", vec![(1, Fixed(2)), (4, Open)], 1),
            ("uupp", vec![], 0),
        ] {
            let runs: Vec<i64> = (1..=text.len() as i64).collect();
            let story = story(&spans(text), &runs);
            let found: Vec<(i64, End)> = story.episodes.iter().map(|e| (e.from, e.end)).collect();
            assert_eq!((found, story.reopened), (episodes, reopened), "{text}");
        }
    }

    #[test]
    fn a_change_of_waiver_begins_no_episode() {
        let spans =
            [Span { first: 1, last: Some(2), state: State::Fail }, Span { first: 3, last: None, state: State::Fail }];
        assert_eq!(story(&spans, &[1, 2, 3]).episodes, vec![Episode { from: 1, end: End::Open }]);
    }
}
