//! The walk through a body: decides for each value by table, name and pattern, and writes what stays. Takes the tree; gives
//! the text and the reads that were dropped.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::collect::redact::names::{Name, Says, is_switch};
use crate::collect::redact::patterns::{Verdict, judge};
use crate::collect::redact::pseudonym::Pseudonyms;
use crate::collect::redact::table::{Step, follow};
use crate::collect::redact::tree::{Member, Node, decode};
use crate::collect::redact::{MARK, RedactError, Why};
use crate::model::{ReadPath, ReadRoot};

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// Where the table of the type has led.
    steps: &'p [&'p Step],
    /// The name of the member around, through arrays.
    name: Option<Name>,
    /// Whether texts that stand directly in it are secrets.
    texts: bool,
    /// Whether it is an item, or a member, of something that holds secrets: then its `value` is one.
    item: bool,
    /// Whether it is free text of people: tags, metadata.
    free: bool,
    /// Whether all of it tells of a person.
    person: bool,
}

/// What to do with a member.
enum Fate {
    Drop(Why),
    Go { texts: bool, item: bool },
}

/// The walk, with what it has found so far.
pub(super) struct Walk<'w> {
    pseudonyms: Option<&'w Pseudonyms>,
    /// The last word of the resource's name, for rows of the table that hold for some names.
    resource_name: String,
    /// Whether the body is of Microsoft Graph, where names are people's.
    graph: bool,
    path: Vec<Cow<'w, str>>,
    /// How many words of the path stand before the first array.
    before_list: Option<usize>,
    out: String,
    dropped: BTreeSet<String>,
    pseudonymised: bool,
}

/// The type that a body declares.
pub(super) fn declared_type<'t>(tree: &Node<'t>) -> Option<Cow<'t, str>> {
    top(tree, "type")
}

fn top<'t>(tree: &Node<'t>, name: &str) -> Option<Cow<'t, str>> {
    let Node::Object(members) = tree else { return None };
    members.iter().find(|m| m.name == name).and_then(|m| m.value.text())
}

impl<'w> Walk<'w> {
    /// Begins a walk through a body of a size in bytes.
    pub(super) fn new(pseudonyms: Option<&'w Pseudonyms>, resource_type: &str, tree: &Node<'_>, size: usize) -> Self {
        let name = top(tree, "id").or_else(|| top(tree, "name")).unwrap_or_default();
        Self {
            pseudonyms,
            resource_name: name.rsplit('/').next().unwrap_or_default().to_owned(),
            graph: resource_type.get(..16).is_some_and(|t| t.eq_ignore_ascii_case("microsoft.graph/")),
            path: Vec::new(),
            before_list: None,
            out: String::with_capacity(size),
            dropped: BTreeSet::new(),
            pseudonymised: false,
        }
    }

    /// The text, the reads that were dropped, and whether somebody became a pseudonym.
    pub(super) fn finish(self) -> (String, Vec<String>, bool) {
        (self.out, self.dropped.into_iter().collect(), self.pseudonymised)
    }

    /// Walks through the whole body.
    ///
    /// # Errors
    /// [`RedactError::Identity`] when the id or type looks like a secret.
    pub(super) fn root(&mut self, tree: &'w Node<'_>, steps: &[&Step]) -> Result<(), RedactError> {
        if let Node::Object(members) = tree {
            for member in members.iter().filter(|m| is_identity(&m.name)) {
                let Node::Text(raw) = member.value else { continue };
                if decode(raw).is_none_or(|text| judge(&text) != Verdict::Keep) {
                    return Err(RedactError::Identity);
                }
            }
        }
        let place = Place { steps, name: None, texts: false, item: false, free: false, person: false };
        self.value(tree, place);
        Ok(())
    }

    fn value(&mut self, node: &'w Node<'_>, place: Place<'_>) {
        match node {
            Node::Plain(text) => self.out.push_str(text),
            Node::Text(raw) => self.text(raw, place),
            Node::List(items) => self.list(items, place),
            Node::Object(members) => match mark(members) {
                Some(text) => self.keep_mark(text),
                None => self.object(members, place),
            },
        }
    }

    /// A mark that an earlier walk left stays what it is.
    fn keep_mark(&mut self, text: &str) {
        self.note();
        self.out.push_str(&format!("{{\"{MARK}\":{text}}}"));
    }

    fn list(&mut self, items: &'w [Node<'_>], place: Place<'_>) {
        let outermost = self.before_list.is_none();
        if outermost {
            self.before_list = Some(self.path.len());
        }
        let steps = follow(place.steps, "[]");
        let secret = steps.iter().any(|step| step.is_secret(&self.resource_name));
        self.out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            let why = match item {
                _ if item.is_bare() || is_mark(item) => None,
                _ if secret => Some(Why::Property),
                Node::Text(_) if place.texts => Some(Why::Setting),
                _ => None,
            };
            // In a list of objects each has its own names.
            let texts = place.texts && matches!(item, Node::List(_));
            match why {
                Some(why) => self.drop(why),
                None => self.value(item, Place { steps: &steps, texts, ..place }),
            }
        }
        self.out.push(']');
        if outermost {
            self.before_list = None;
        }
    }

    fn object(&mut self, members: &'w [Member<'_>], place: Place<'_>) {
        let of_secret = names_secret(members);
        self.out.push('{');
        for (at, member) in members.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.member_name(member, at);
            self.out.push(':');
            self.path.push(Cow::Borrowed(&member.name));
            self.member(member, place, of_secret);
            self.path.pop();
        }
        self.out.push('}');
    }

    /// A name is a text like others, and no place to hide a secret or a person.
    fn member_name(&mut self, member: &Member<'_>, at: usize) {
        let name: &str = &member.name;
        let plain = name.len() < 12 || name.bytes().all(|b| b.is_ascii_alphabetic());
        let changed = self.pseudonyms.and_then(|p| p.in_text(name));
        let secret = |text: &str| judge(text) != Verdict::Keep;
        match changed {
            _ if !plain && secret(name) => self.hide_name(at),
            Some(changed) if secret(&changed) => self.hide_name(at),
            Some(changed) => {
                self.pseudonymised = true;
                self.push_text(&changed);
            }
            None => self.out.push_str(member.raw),
        }
    }

    fn hide_name(&mut self, at: usize) {
        self.note();
        self.out.push_str(&format!("\"{MARK}-name-{at}\""));
    }

    fn member(&mut self, member: &'w Member<'_>, place: Place<'_>, of_secret: bool) {
        let steps = follow(place.steps, &member.name);
        let name = Name::new(&member.name);
        let within = Place {
            steps: &steps,
            name: Some(name),
            texts: false,
            item: false,
            free: place.free || name.is("tags") || name.is("metadata"),
            person: place.person || name.is("claims"),
        };
        if member.value.is_bare() || (self.path.len() == 1 && is_identity(&member.name)) {
            return self.verbatim(&member.value, within);
        }
        if is_mark(&member.value) {
            return self.value(&member.value, within);
        }
        let secret = steps.iter().any(|step| step.is_secret(&self.resource_name));
        match fate(&member.value, name, place, secret, of_secret) {
            Fate::Drop(why) => self.drop(why),
            Fate::Go { texts, item } => self.value(&member.value, Place { texts, item, ..within }),
        }
    }

    /// What holds nothing, or must not change.
    fn verbatim(&mut self, node: &'w Node<'_>, place: Place<'_>) {
        match node {
            Node::Plain(text) | Node::Text(text) => self.out.push_str(text),
            Node::List(_) | Node::Object(_) => self.value(node, place),
        }
    }

    fn text(&mut self, raw: &str, place: Place<'_>) {
        let Some(text) = decode(raw) else { return self.drop(Why::Unreadable) };
        let shortened = match judge(&text) {
            Verdict::Drop(why) => return self.drop(why),
            Verdict::Shorten(bare) => Some(bare),
            Verdict::Keep => None,
        };
        if shortened.is_some() {
            self.note();
        }
        let shown = shortened.unwrap_or(&text);
        match self.pseudonym(shown, place) {
            // A name before it may make a secret of it.
            Some(changed) if judge(&changed) != Verdict::Keep => self.drop(Why::Assigned),
            Some(changed) => {
                self.pseudonymised = true;
                self.push_text(&changed);
            }
            None if shortened.is_some() => self.push_text(shown),
            None => self.out.push_str(raw),
        }
    }

    /// What stands in place of a text that is a person, or names one.
    fn pseudonym(&mut self, text: &str, place: Place<'_>) -> Option<String> {
        let pseudonyms = self.pseudonyms?;
        let resource_name = self.path.len() == 1 && place.name.is_some_and(|n| n.is("name"));
        if resource_name && !self.graph {
            return None;
        }
        // The words of the path that are names of members around: `administrators`, `login`.
        let around = self.path.len().checked_sub(2).and_then(|at| self.path.get(at)).map(|n| Name::new(n));
        let person = place.person
            || place.name.is_some_and(|name| {
                name.is_person()
                    || (name.is_person_name() && (self.graph || around.is_some_and(|a| a.is_about_person())))
            });
        if !person {
            return pseudonyms.in_text(text);
        }
        let changed = pseudonyms.of_person(text);
        if around.is_some_and(|a| a.is("administrators")) && place.name.is_some_and(|n| n.is("login")) {
            self.note();
        }
        changed
    }

    fn push_text(&mut self, text: &str) {
        // A text can always be written.
        self.out.push_str(&serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned()));
    }

    fn drop(&mut self, why: Why) {
        self.note();
        self.out.push_str("{\"");
        self.out.push_str(MARK);
        self.out.push_str("\":\"");
        self.out.push_str(why.as_str());
        self.out.push_str("\"}");
    }

    /// Remembers that the value at the path was dropped: as the read of it, or of the nearest thing around that has one.
    fn note(&mut self) {
        let mut words: Vec<String> =
            self.path.iter().take(self.before_list.unwrap_or(usize::MAX)).map(|w| w.clone().into_owned()).collect();
        while !words.is_empty() {
            let read = ReadPath::from_parts(ReadRoot::Resource, words.clone()).to_string();
            if ReadPath::parse(&read).is_ok_and(|path| path.segments() == words) {
                self.dropped.insert(read);
                return;
            }
            words.pop();
        }
    }
}

fn is_identity(name: &str) -> bool {
    name == "id" || name == "type"
}

/// The reason in a mark, as it was written, where an object is one.
fn mark<'t>(members: &[Member<'t>]) -> Option<&'t str> {
    let [Member { name, value: Node::Text(raw), .. }] = members else { return None };
    (name == MARK && decode(raw).is_some_and(|text| Why::is_known(&text))).then_some(*raw)
}

fn is_mark(node: &Node<'_>) -> bool {
    matches!(node, Node::Object(members) if mark(members).is_some())
}

/// Whether an object is a pair, or says of itself, that its value is secret: `{"name": "password", "value": …}`,
/// `{"type": "SecureString", "value": …}`, `{"secret": true, "value": …}`.
fn names_secret(members: &[Member<'_>]) -> bool {
    if !members.iter().any(|m| Name::new(&m.name).is_value()) {
        return false;
    }
    members.iter().any(|member| {
        let name = Name::new(&member.name);
        match &member.value {
            Node::Plain(text) => *text == "true" && (name.is("secret") || name.is("issecret") || name.is("issecured")),
            Node::Text(_) => member.value.text().is_some_and(|text| {
                // What is left of the text is what the next walk sees.
                let said = match judge(&text) {
                    Verdict::Shorten(bare) => Name::new(bare),
                    Verdict::Keep | Verdict::Drop(_) => Name::new(&text),
                };
                (name.is_label() && matches!(said.says(), Says::Secret | Says::Secrets))
                    || (name.is_label() && said.is("authorization"))
                    || (name.is("type") && (said.is("securestring") || said.is("secureobject")))
            }),
            _ => false,
        }
    })
}

/// What becomes of a member that holds something.
fn fate(value: &Node<'_>, name: Name, place: Place<'_>, secret: bool, of_secret: bool) -> Fate {
    let is_text = matches!(value, Node::Text(_));
    let is_list = matches!(value, Node::List(_));
    // What holds secrets may hold them further in.
    let on = Fate::Go { texts: place.texts && is_list, item: place.item || place.texts };
    if secret {
        return Fate::Drop(Why::Property);
    }
    if name.is_value() && (place.item || of_secret) {
        return Fate::Drop(if of_secret { Why::Pair } else { Why::Setting });
    }
    if is_text && place.texts {
        return Fate::Drop(Why::Setting);
    }
    if value.text().is_some_and(|text| is_switch(&text)) {
        return on;
    }
    let around = |word: &str| place.name.is_some_and(|around| around.is(word));
    match name.says() {
        Says::Nothing => on,
        // When the keys of an account were made; what a key vault's access policy lets somebody do.
        Says::Secret if !is_text && (refers(value) || around("keysmetadata")) => on,
        Says::Secrets if around("permissions") => on,
        Says::Settings if is_text || place.free => on,
        Says::Credential if place.free => on,
        Says::Secret => Fate::Drop(Why::Name),
        Says::Secrets | Says::Credential if is_text => Fate::Drop(Why::Name),
        Says::Secrets | Says::Settings => Fate::Go { texts: true, item: true },
        Says::Credential => Fate::Go { texts: is_list, item: true },
    }
}

/// Whether an object is the reference to another resource, `{"id": "/subscriptions/…"}`.
fn refers(value: &Node<'_>) -> bool {
    let Node::Object(members) = value else { return false };
    let [Member { name, value, .. }] = &members[..] else { return false };
    name.eq_ignore_ascii_case("id")
        && value.text().is_some_and(|id| id.starts_with("/subscriptions/") && judge(&id) == Verdict::Keep)
}
