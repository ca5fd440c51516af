//! Digests. MD5 and SHA-1, and what is built on them, are not computed.

use sha2::{Digest, Sha256, Sha512};

use crate::iac::Node;
use crate::iac::terraform::functions::args::text;
use crate::iac::terraform::functions::encoding::base64;
use crate::iac::terraform::functions::{Answer, Context};

/// Bytes as small hex digits.
fn hex(bytes: &[u8]) -> Node {
    Node::string(bytes.iter().map(|b| format!("{b:02x}")).collect::<String>())
}

pub(super) fn sha256_of(text: &str) -> Node {
    hex(&Sha256::digest(text.as_bytes()))
}

pub(super) fn sha512_of(text: &str) -> Node {
    hex(&Sha512::digest(text.as_bytes()))
}

pub(super) fn base64sha256_of(text: &str) -> Node {
    Node::string(base64(&Sha256::digest(text.as_bytes())))
}

pub(super) fn base64sha512_of(text: &str) -> Node {
    Node::string(base64(&Sha512::digest(text.as_bytes())))
}

pub(super) fn sha256(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(sha256_of(&text(&args[0])?))
}

pub(super) fn sha512(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(sha512_of(&text(&args[0])?))
}

pub(super) fn base64sha256(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(base64sha256_of(&text(&args[0])?))
}

pub(super) fn base64sha512(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(base64sha512_of(&text(&args[0])?))
}
