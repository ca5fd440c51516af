//! Texts with arguments in them: `https://{name}.vault.azure.net/`.

/// A text with named holes.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
enum Part {
    Text(String),
    Hole(String),
}

impl Template {
    /// Reads a text with `{name}` in it.
    ///
    /// # Errors
    /// When a brace is not closed.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (hole, next) = after.split_once('}').ok_or_else(|| format!("{text:?} has an open brace"))?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Hole(hole.to_owned()));
            rest = next;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// The names of the holes.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hole(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// The text with the holes filled; the first error of `fill` otherwise.
    ///
    /// # Errors
    /// What `fill` gives.
    pub(crate) fn render<E>(&self, mut fill: impl FnMut(&str) -> Result<String, E>) -> Result<String, E> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Hole(name) => text.push_str(&fill(name)?),
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled() {
        let template = Template::parse("https://{name}.x/{b}").unwrap();
        assert_eq!(template.arguments().collect::<Vec<_>>(), ["name", "b"]);
        assert_eq!(template.render(|n| Ok::<_, ()>(n.to_uppercase())).unwrap(), "https://NAME.x/B");
        assert_eq!(
            template.render(|n| if n == "b" { Err(n.to_owned()) } else { Ok(String::new()) }),
            Err("b".to_owned())
        );
        assert!(Template::parse("a{b").is_err());
    }
}
