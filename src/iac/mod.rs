//! Declared infrastructure → Snapshot: Terraform, Bicep and ARM templates, to the line. No network, no other program.
//!
//! Each language is evaluated to [`Node`] values, which carry their places and an explicit *unknown*, and gives
//! [`Declaration`]s in ARM's shape. What cannot be known before the code is applied becomes a gap with the expression as its
//! reason: never a default, never a pass.

mod arm;
mod assemble;
mod bicep;
mod comments;
mod declare;
mod discover;
mod facts;
mod fix;
mod json;
pub mod mapping;
mod normal;
mod read;
mod terraform;
mod tree;
mod value;

pub use assemble::Wanted;
pub use bicep::Compiled;
pub use comments::Comment;
pub use declare::{Call, Declaration, Fragment, Ids, Missing, Reading, Remark};
pub use discover::Skipped;
pub use facts::is_runtime;
pub use fix::propose;
pub use read::{Code, CodeOptions, Root, read_code, read_tree, relative, root_of, to_compile};
pub use tree::{MAX_FILE_BYTES, MAX_JSON_BYTES, Tree, TreeError};
pub use value::{FileId, Node, Object, Span, Value};
