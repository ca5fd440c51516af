//! Texts.

use crate::iac::Node;
use crate::iac::terraform::functions::args::{self, bool_node, list, text, text_fits, whole};
use crate::iac::terraform::functions::{Answer, Context};

pub(super) fn chomp(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(Node::string(text(&args[0])?.trim_end_matches(['\r', '\n'])))
}

pub(super) fn endswith(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(bool_node(text(&args[0])?.ends_with(&*text(&args[1])?)))
}

pub(super) fn startswith(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(bool_node(text(&args[0])?.starts_with(&*text(&args[1])?)))
}

pub(super) fn strcontains(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(bool_node(text(&args[0])?.contains(&*text(&args[1])?)))
}

pub(super) fn indent(args: &[Node], _: &Context<'_>) -> Answer {
    let spaces = usize::try_from(whole(&args[0])?).map_err(|_| "the number of spaces must not be negative")?;
    let text = text(&args[1])?;
    let lines = text.matches('\n').count();
    text_fits(lines.saturating_mul(spaces).saturating_add(text.len()))?;
    if lines == 0 {
        return Ok(Node::string(text));
    }
    Ok(Node::string(text.replace('\n', &format!("\n{}", " ".repeat(spaces)))))
}

pub(super) fn join(args: &[Node], _: &Context<'_>) -> Answer {
    let separator = text(&args[0])?;
    let mut out = String::new();
    let mut first = true;
    for arg in &args[1..] {
        for item in list(arg)? {
            if !first {
                out.push_str(&separator);
            }
            first = false;
            out.push_str(&text(item)?);
            text_fits(out.len())?;
        }
    }
    Ok(Node::string(out))
}

pub(super) fn split(args: &[Node], _: &Context<'_>) -> Answer {
    let (separator, text) = (text(&args[0])?, text(&args[1])?);
    if separator.is_empty() {
        args::items_fit(text.len())?;
        return Ok(args::strings(text.chars().map(String::from)));
    }
    args::items_fit(text.matches(&*separator).count())?;
    Ok(args::strings(text.split(&*separator)))
}

pub(super) fn lower(args: &[Node], _: &Context<'_>) -> Answer {
    // Letter by letter, as Go does it: a final sigma is not special.
    Ok(Node::string(text(&args[0])?.chars().flat_map(char::to_lowercase).collect::<String>()))
}

pub(super) fn upper(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(Node::string(text(&args[0])?.chars().flat_map(char::to_uppercase).collect::<String>()))
}

pub(super) fn title(args: &[Node], _: &Context<'_>) -> Answer {
    let mut start = true;
    let mut out = String::new();
    for c in text(&args[0])?.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        start = if c.is_ascii() { !(c.is_ascii_alphanumeric() || c == '_') } else { c.is_whitespace() };
    }
    Ok(Node::string(out))
}

pub(super) fn strrev(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(Node::string(text(&args[0])?.chars().rev().collect::<String>()))
}

pub(super) fn substr(args: &[Node], _: &Context<'_>) -> Answer {
    let text = text(&args[0])?;
    let (offset, length) = (whole(&args[1])?, whole(&args[2])?);
    let skip = match usize::try_from(offset) {
        Ok(skip) => skip,
        Err(_) => {
            let back = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            text.chars().count().saturating_sub(back)
        }
    };
    let take = usize::try_from(length).unwrap_or(usize::MAX);
    Ok(Node::string(text.chars().skip(skip).take(take).collect::<String>()))
}

pub(super) fn trim(args: &[Node], _: &Context<'_>) -> Answer {
    let cut = text(&args[1])?;
    Ok(Node::string(text(&args[0])?.trim_matches(|c| cut.contains(c))))
}

pub(super) fn trimprefix(args: &[Node], _: &Context<'_>) -> Answer {
    let (text, prefix) = (text(&args[0])?, text(&args[1])?);
    Ok(Node::string(text.strip_prefix(&*prefix).unwrap_or(&text)))
}

pub(super) fn trimsuffix(args: &[Node], _: &Context<'_>) -> Answer {
    let (text, suffix) = (text(&args[0])?, text(&args[1])?);
    Ok(Node::string(text.strip_suffix(&*suffix).unwrap_or(&text)))
}

pub(super) fn trimspace(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(Node::string(text(&args[0])?.trim()))
}
