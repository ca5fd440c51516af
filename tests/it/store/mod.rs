//! The store: a folder, a container of a hostile server, and a container of Azurite.

mod azurite;
mod blob;
mod folder;

use assize::store::{Name, Place, Store};

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn place(text: &str) -> Place {
    Place::parse(text, true).expect("a place")
}

/// Waits for a future, with time and network.
fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

fn names(store: &Store, prefix: Option<&str>) -> Vec<String> {
    let prefix = prefix.map(name);
    wait(store.list(prefix.as_ref())).expect("a list").iter().map(|e| format!("{} {}", e.name, e.bytes)).collect()
}
