//! What was seen over the runs of a period, as spans of runs in which it stayed the same.

use std::collections::BTreeMap;

/// A span: the same state in runs that follow each other.
#[derive(Debug, Clone)]
pub(super) struct Span<S, D> {
    /// What stayed the same.
    pub(super) state: S,
    /// What may differ, as the last run of the span has it.
    pub(super) detail: D,
    /// The place of the first run in the bundle, from 0.
    pub(super) from: usize,
    /// The place of the last run.
    pub(super) to: usize,
    /// How many runs it holds.
    pub(super) runs: u64,
    /// The place of the last run among the runs of the same scope.
    step: usize,
    scope: usize,
}

/// The spans of each key.
#[derive(Debug)]
pub(super) struct Spans<K, S, D> {
    spans: BTreeMap<K, Vec<Span<S, D>>>,
}

impl<K, S, D> Default for Spans<K, S, D> {
    fn default() -> Self {
        Self { spans: BTreeMap::new() }
    }
}

/// The place of a run: in the bundle, and among the runs of its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// The place in the bundle, from 0.
    pub(super) run: usize,
    /// Which scope, numbered in the order of first sight.
    pub(super) scope: usize,
    /// The place among the runs of that scope, from 0.
    pub(super) step: usize,
}

impl<K: Ord, S: PartialEq, D> Spans<K, S, D> {
    /// Takes what a run saw. Runs come in their order. A state that a run of the same scope in between did not see
    /// begins a new span.
    pub(super) fn see(&mut self, key: K, at: Step, state: S, detail: D) {
        let spans = self.spans.entry(key).or_default();
        if let Some(last) = spans.iter_mut().rev().find(|s| s.scope == at.scope)
            && last.state == state
            && last.step + 1 == at.step
        {
            last.detail = detail;
            last.to = at.run;
            last.step = at.step;
            last.runs += 1;
            return;
        }
        spans.push(Span { state, detail, from: at.run, to: at.run, runs: 1, step: at.step, scope: at.scope });
    }

    /// All spans, by key and then in the order in which they began.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &Span<S, D>)> {
        self.spans.iter().flat_map(|(key, spans)| spans.iter().map(move |span| (key, span)))
    }
}

impl<S, D> Span<S, D> {
    /// Whether the last run of its scope still saw it. `steps` holds how many runs each scope has.
    pub(super) fn is_last(&self, steps: &[usize]) -> bool {
        steps.get(self.scope).is_some_and(|count| self.step + 1 == *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_and_an_absence_begin_a_new_span() {
        let mut spans: Spans<&str, bool, u8> = Spans::default();
        let at = |run| Step { run, scope: 0, step: run };
        spans.see("a", at(0), true, 0);
        spans.see("a", at(1), true, 1);
        spans.see("a", at(2), false, 2);
        spans.see("a", at(4), false, 4);
        let seen: Vec<_> = spans.iter().map(|(_, s)| (s.state, s.detail, s.from, s.to, s.runs)).collect();
        assert_eq!(seen, [(true, 1, 0, 1, 2), (false, 2, 2, 2, 1), (false, 4, 4, 4, 1)]);
    }

    #[test]
    fn scopes_do_not_interrupt_each_other() {
        let mut spans: Spans<&str, bool, u8> = Spans::default();
        spans.see("a", Step { run: 0, scope: 0, step: 0 }, true, 0);
        spans.see("b", Step { run: 1, scope: 1, step: 0 }, true, 0);
        spans.see("a", Step { run: 2, scope: 0, step: 1 }, true, 0);
        assert_eq!(spans.iter().count(), 2);
        assert!(spans.iter().all(|(_, s)| s.is_last(&[2, 1])));
    }
}
