//! Which rules use which, over all modules: a rule that uses itself, directly or through others, never ends.

use std::collections::{BTreeMap, BTreeSet};

use crate::evaluate::inspect::RegoProblem;

/// Rule → what it refers to, with the place of the reference.
#[derive(Default)]
pub(crate) struct Graph {
    edges: BTreeMap<String, BTreeMap<String, (String, u32)>>,
}

impl Graph {
    /// Adds the references of one file: rule, what it refers to, line.
    pub(crate) fn add(&mut self, path: &str, edges: &[(String, String, u32)]) {
        for (from, to, line) in edges {
            let place = (path.to_owned(), *line);
            self.edges.entry(from.clone()).or_default().entry(to.clone()).or_insert(place);
        }
    }

    /// A reference may name a rule, something inside a rule, or a package: the rules that it can mean.
    fn targets(&self, to: &str) -> Vec<&str> {
        let below = format!("{to}.");
        let inside =
            self.edges.range(below.clone()..).map(|(rule, _)| rule.as_str()).take_while(|r| r.starts_with(&below));
        let mut found: Vec<&str> = inside.collect();
        let mut at = to;
        loop {
            found.extend(self.edges.get_key_value(at).map(|(rule, _)| rule.as_str()));
            match at.rfind('.') {
                Some(dot) => at = &at[..dot],
                None => return found,
            }
        }
    }

    /// Every rule that uses itself, at the reference that closes the circle.
    pub(crate) fn problems(&self) -> Vec<RegoProblem> {
        let mut problems = Vec::new();
        for start in self.edges.keys() {
            let mut seen = BTreeSet::new();
            let mut open = vec![start.as_str()];
            'search: while let Some(rule) = open.pop() {
                for (to, (path, line)) in self.edges.get(rule).into_iter().flatten() {
                    for target in self.targets(to) {
                        if target == start {
                            let through = if rule == start { String::new() } else { format!(" through {rule}") };
                            let what = format!("{start} uses itself{through}: recursion is refused");
                            problems.push(RegoProblem { path: path.clone(), line: *line, what });
                            break 'search;
                        }
                        if seen.insert(target) {
                            open.push(target);
                        }
                    }
                }
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(edges: &[(&str, &str)]) -> Vec<String> {
        let mut graph = Graph::default();
        let edges: Vec<(String, String, u32)> =
            edges.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned(), 1)).collect();
        graph.add("p.rego", &edges);
        graph.problems().into_iter().map(|p| p.what).collect()
    }

    #[test]
    fn circles_are_found_and_shared_rules_are_none() {
        assert_eq!(circles(&[("p.a", "p.a")]), ["p.a uses itself: recursion is refused"]);
        assert_eq!(circles(&[("p.a", "p.b"), ("p.b", "p.a")]).len(), 2);
        // A reference into a rule, and one to a whole package.
        assert_eq!(circles(&[("p.a", "p.a.inner.x")]).len(), 1);
        assert_eq!(circles(&[("p.a", "p")]).len(), 1);
        assert!(circles(&[("p.a", "q.x"), ("p.b", "q.x"), ("q.x", "q.y"), ("p.ab", "p.a")]).is_empty());
    }
}
