//! Places in an ARM body: `properties.sku.name`, `properties.keys[0].uri`, and writing to them.

use std::sync::Arc;

use crate::iac::{Node, Object, Span, Value};

/// The longest list that a path may make.
const MAX_INDEX: usize = 16;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Member(Arc<str>),
    Item(usize),
}

/// A place in an ARM body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Path {
    steps: Vec<Step>,
    text: Arc<str>,
}

impl Path {
    /// Reads a path: members divided by dots, items of lists as `[0]`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        for word in text.split('.') {
            let (name, items) = word.split_at(word.find('[').unwrap_or(word.len()));
            if name.is_empty() || !(items.is_empty() || items.ends_with(']')) {
                return Err(format!("{text:?} is not a path"));
            }
            steps.push(Step::Member(Arc::from(name)));
            for item in items.split_terminator(']') {
                let index = item.strip_prefix('[').and_then(|n| n.parse().ok()).filter(|n| *n < MAX_INDEX);
                steps.push(Step::Item(index.ok_or_else(|| format!("{text:?} is not a path"))?));
            }
        }
        Ok(Self { steps, text: Arc::from(text) })
    }

    /// As it was written.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The same, shared.
    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// How many steps it has.
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The steps that both have at their start, as a path; `None` when there are none, or when it goes through a list.
    pub(crate) fn common(&self, other: &Self) -> Option<Self> {
        let shared = self.steps.iter().zip(&other.steps).take_while(|(a, b)| a == b);
        let names = shared.map_while(|(step, _)| match step {
            Step::Member(name) => Some(name.as_ref()),
            Step::Item(_) => None,
        });
        Self::parse(&names.collect::<Vec<_>>().join(".")).ok()
    }

    /// The path without its last step.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (last, rest) = self.steps.split_last()?;
        let Step::Member(name) = last else { return None };
        if rest.is_empty() {
            return None;
        }
        Self::parse(self.text.strip_suffix(name.as_ref())?.strip_suffix('.')?).ok()
    }

    /// Writes a value there and makes the objects on the way. What is not known stays so: nothing is written below it. Gives
    /// whether it was written.
    pub(crate) fn put(&self, body: &mut Object, node: Node) -> bool {
        let Some((Step::Member(first), rest)) = self.steps.split_first() else { return false };
        if rest.is_empty() {
            body.insert(Arc::clone(first), node);
            return true;
        }
        let slot = body.entry(Arc::clone(first)).or_insert_with(|| Node::new(Value::Null));
        place(slot, rest, node)
    }

    /// What stands there.
    pub(crate) fn get<'a>(&self, body: &'a Object) -> Option<&'a Node> {
        let (first, rest) = self.steps.split_first()?;
        let Step::Member(first) = first else { return None };
        rest.iter().try_fold(body.get(first)?, |node, step| match step {
            Step::Member(name) => node.get(name),
            Step::Item(index) => node.as_array()?.get(*index),
        })
    }

    /// Gives an object that was made on the way the place of the block that it comes from.
    pub(crate) fn locate(&self, body: &mut Object, at: Span) {
        let Some((Step::Member(first), rest)) = self.steps.split_first() else { return };
        let Some(mut node) = body.get_mut(first) else { return };
        for step in rest {
            let Step::Member(name) = step else { return };
            let Value::Object(members) = &mut node.value else { return };
            let Some(next) = Arc::make_mut(members).get_mut(name) else { return };
            node = next;
        }
        if node.at.is_none() && matches!(node.value, Value::Object(_)) {
            node.at = Some(at);
        }
    }
}

fn place(slot: &mut Node, steps: &[Step], node: Node) -> bool {
    let Some((first, rest)) = steps.split_first() else {
        *slot = node;
        return true;
    };
    let next = match first {
        Step::Member(name) => {
            if slot.is_null() {
                slot.value = Value::Object(Arc::default());
            }
            let Value::Object(members) = &mut slot.value else { return false };
            Arc::make_mut(members).entry(Arc::clone(name)).or_insert_with(|| Node::new(Value::Null))
        }
        Step::Item(index) => {
            if slot.is_null() {
                slot.value = Value::Array(Arc::default());
            }
            let Value::Array(items) = &mut slot.value else { return false };
            let items = Arc::make_mut(items);
            while items.len() <= *index {
                items.push(Node::new(Value::Null));
            }
            &mut items[*index]
        }
    };
    place(next, rest, node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Path {
        Path::parse(text).unwrap()
    }

    #[test]
    fn values_are_put_where_the_path_says() {
        let mut body = Object::new();
        assert!(path("properties.a.b").put(&mut body, Node::string("x")));
        assert!(path("properties.a.c").put(&mut body, Node::string("y")));
        assert!(path("properties.keys[1].uri").put(&mut body, Node::string("u")));
        let json = Node::object(body.clone()).to_json().unwrap();
        assert_eq!(json, serde_json::json!({"properties": {"a": {"b": "x", "c": "y"}, "keys": [null, {"uri": "u"}]}}));
        assert_eq!(path("properties.keys[1].uri").get(&body).unwrap().as_str(), Some("u"));
    }

    #[test]
    fn nothing_is_written_below_what_is_not_known() {
        let mut body = Object::new();
        path("properties.a").put(&mut body, Node::unknown("var.a"));
        assert!(!path("properties.a.b").put(&mut body, Node::string("x")));
        assert!(path("properties.a").get(&body).unwrap().reason().is_some());
    }

    #[test]
    fn wrong_paths_are_refused() {
        for text in ["", "a..b", "a[x]", "a[99]", "[0]", "a.", "a[0"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_common_start_ends_before_lists() {
        assert_eq!(path("properties.a.b").common(&path("properties.a.c")).unwrap().as_str(), "properties.a");
        assert_eq!(path("a.k[0].b").common(&path("a.k[0].c")).unwrap().as_str(), "a.k");
        assert!(path("a").common(&path("b")).is_none());
        assert_eq!(path("a.b.c").parent().unwrap().as_str(), "a.b");
        assert!(path("a").parent().is_none());
    }
}
