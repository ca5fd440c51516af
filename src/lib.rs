//! assize: policy-as-code compliance scanner for Azure.

pub mod assess;
pub mod evaluate;
pub mod model;
pub mod policy;
pub mod snapshot;
