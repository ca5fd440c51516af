//! Makes cargo notice new files in the embedded policy library.

fn main() {
    println!("cargo:rerun-if-changed=policies");
}
