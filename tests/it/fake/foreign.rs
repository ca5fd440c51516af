//! A host that must never be asked.

use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// A listener that records who connects and what they say first. It never answers.
#[derive(Debug)]
pub(crate) struct ForeignHost {
    origin: String,
    said: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl ForeignHost {
    /// Begins to listen on a free port of 127.0.0.1.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let said = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let (heard, stopped) = (Arc::clone(&said), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(mut connection) = connection else { continue };
                let at = {
                    let mut all = heard.lock().expect("no panic holds it");
                    all.push(String::new());
                    all.len() - 1
                };
                let _ = connection.set_read_timeout(Some(Duration::from_millis(500)));
                let mut bytes = [0; 8192];
                let read = connection.read(&mut bytes).unwrap_or(0);
                heard.lock().expect("no panic holds it")[at] = String::from_utf8_lossy(&bytes[..read]).into_owned();
            }
        });
        Self { origin, said, stop, thread: Some(thread) }
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// What each connection said first.
    pub(crate) fn connections(&self) -> Vec<String> {
        self.said.lock().expect("no panic holds it").clone()
    }

    /// Whether anyone ever connected.
    pub(crate) fn was_asked(&self) -> bool {
        !self.connections().is_empty()
    }
}

impl Drop for ForeignHost {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(self.origin.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
