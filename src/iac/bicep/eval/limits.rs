//! Bounds: what hostile code may cost.

use crate::iac::bicep::eval::World;
use crate::iac::{Node, Value};
use crate::model::GapReason;

/// How many steps one entry point may take. Fewer in tests, which are slow enough.
pub(super) const STEPS: u64 = if cfg!(test) { 1_000_000 } else { 4_000_000 };
/// How deep the evaluation may nest.
pub(super) const DEPTH: u32 = 300;
/// How many resources and module calls one entry point may declare.
const DECLARED: u64 = 100_000;
/// How many rounds a loop may have.
pub(super) const ROUNDS: usize = 10_000;
/// How many parts one value may have.
const PARTS: u64 = 400_000;
/// How deep the parts of a value may nest.
const NESTING: u32 = 200;
/// How deep modules may call modules.
pub(super) const MODULES: usize = 24;

impl World<'_> {
    /// Takes steps from what is left; false when nothing is left.
    pub(super) fn spend(&self, steps: u64) -> bool {
        let left = self.left.get().saturating_sub(steps);
        self.left.set(left);
        if left == 0 && !self.spent.replace(true) {
            self.missing(
                self.entry.clone(),
                None,
                GapReason::Unsupported,
                format!("it takes more than {STEPS} steps to evaluate; the rest of it is not known"),
            );
        }
        left > 0
    }

    /// Takes the place of one more resource or call; false when there are too many. What is declared is kept even when no
    /// steps are left: then nothing of it is known.
    pub(super) fn room(&self) -> bool {
        self.spend(10);
        let declared = self.declared.get() + 1;
        self.declared.set(declared);
        if declared == DECLARED {
            let detail = format!("it declares more than {DECLARED} resources; the rest of them is not read");
            self.missing(self.entry.clone(), None, GapReason::Unsupported, detail);
        }
        declared < DECLARED
    }

    /// Runs one level deeper; unknown when that is too deep or too much.
    pub(super) fn deeper(&self, run: impl FnOnce() -> Node) -> Node {
        if !self.spend(1) {
            return Node::unknown("it takes too many steps to evaluate");
        }
        if self.depth.get() >= DEPTH {
            return Node::unknown("it is nested too deep to evaluate");
        }
        self.depth.set(self.depth.get() + 1);
        let node = run();
        self.depth.set(self.depth.get() - 1);
        node
    }

    /// The value, or an unknown when it has too many parts. Parts that are shared count each time, as they would when the
    /// value is walked.
    pub(super) fn bounded(&self, node: Node) -> Node {
        let mut left = PARTS;
        let fits = count(&node, &mut left, NESTING);
        self.spend(PARTS - left);
        if fits {
            return node;
        }
        Node { value: Value::unknown(format!("the value has more than {PARTS} parts or {NESTING} levels")), ..node }
    }
}

fn count(node: &Node, left: &mut u64, levels: u32) -> bool {
    if *left == 0 || levels == 0 {
        return false;
    }
    *left -= 1;
    match &node.value {
        Value::Array(items) => items.iter().all(|i| count(i, left, levels - 1)),
        Value::Object(members) => members.values().all(|m| count(m, left, levels - 1)),
        _ => true,
    }
}
