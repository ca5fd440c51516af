//! A process of its own for policies that are not part of the program: whatever they do, they cannot take the run with
//! them. The process has a memory limit; the parent has a clock.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::evaluate::engine::{Answer, Compiled, Limits, Machine, Runner, Trace, Unit, trace_unit};
use crate::model::RegoFile;

/// How often a policy may take its process down before it is not asked again.
const MAX_CRASHES: u32 = 3;

/// The program that serves evaluations, and how it is started.
#[derive(Debug, Clone)]
pub struct Sandbox {
    /// The program.
    pub program: PathBuf,
    /// Its arguments, after which it calls [`serve`].
    pub arguments: Vec<String>,
}

impl Sandbox {
    /// This program, with the hidden command that serves. `None` when the system does not tell where it is.
    pub fn this_program() -> Option<Self> {
        Some(Self { program: std::env::current_exe().ok()?, arguments: vec!["worker".to_owned()] })
    }

    pub(crate) fn runner(
        &self,
        units: &[Unit],
        which: &dyn Fn(usize) -> bool,
        libraries: &[RegoFile],
        data: &[serde_json::Value],
        limits: Limits,
    ) -> Remote {
        let chosen: Vec<(usize, &Unit)> = units.iter().enumerate().filter(|(at, _)| which(*at)).collect();
        let places = chosen.iter().enumerate().map(|(place, (at, _))| (*at, place)).collect();
        let setup = Setup {
            policies: chosen.iter().map(|(_, unit)| (*unit).clone()).collect(),
            libraries: libraries.iter().map(|f| (f.path.clone(), f.text.clone().into_owned())).collect(),
            data: data.to_vec(),
            instructions: limits.instructions,
            time_ms: u64::try_from(limits.time.as_millis()).unwrap_or(u64::MAX),
            memory: limits.memory,
        };
        Remote {
            sandbox: self.clone(),
            setup,
            places,
            patience: limits.time * 3 + Duration::from_secs(5),
            child: None,
            crashes: BTreeMap::new(),
        }
    }
}

/// The first line that a process is sent.
#[derive(Serialize, Deserialize)]
struct Setup {
    policies: Vec<Unit>,
    libraries: Vec<(String, String)>,
    data: Vec<serde_json::Value>,
    instructions: usize,
    time_ms: u64,
    memory: u64,
}

#[derive(Serialize, Deserialize)]
struct Request {
    policy: usize,
    parameters: usize,
    input: serde_json::Value,
    /// Whether the lines that are evaluated are asked for, too.
    #[serde(default)]
    trace: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Response {
    Ready,
    Answer(Answer),
    Trace(Trace),
    Error(String),
}

/// Runs policies in another process.
pub(crate) struct Remote {
    sandbox: Sandbox,
    setup: Setup,
    places: BTreeMap<usize, usize>,
    patience: Duration,
    child: Option<Peer>,
    crashes: BTreeMap<usize, u32>,
}

struct Peer {
    child: Child,
    answers: Receiver<String>,
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Remote {
    fn start(&self) -> Result<Peer, String> {
        let fail = |what: &str, e: &dyn std::fmt::Display| format!("the process for policies {what}: {e}");
        let mut child = Command::new(&self.sandbox.program)
            .args(&self.sandbox.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // It needs nothing of the environment, least of all credentials.
            .env_clear()
            .env(ARENA.0, ARENA.1)
            .spawn()
            .map_err(|e| fail("cannot be started", &e))?;
        let output = child.stdout.take().ok_or_else(|| fail("cannot be started", &"no output"))?;
        let (send, answers) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                let Ok(line) = line else { break };
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        let mut peer = Peer { child, answers };
        match self.ask(&mut peer, &self.setup)? {
            Response::Ready => Ok(peer),
            Response::Error(text) => Err(text),
            Response::Answer(_) | Response::Trace(_) => {
                Err(fail("cannot be understood", &"an answer before a question"))
            }
        }
    }

    fn ask(&self, peer: &mut Peer, line: &impl Serialize) -> Result<Response, String> {
        let mut text = serde_json::to_vec(line).map_err(|e| e.to_string())?;
        text.push(b'\n');
        let written = peer.child.stdin.as_mut().map(|input| input.write_all(&text).and_then(|()| input.flush()));
        if !matches!(written, Some(Ok(()))) {
            return Err(
                "it took down the process that evaluates it: memory was exhausted, or recursion had no end".to_owned()
            );
        }
        match peer.answers.recv_timeout(self.patience) {
            Ok(text) => {
                serde_json::from_str(&text).map_err(|e| format!("the process for policies cannot be understood: {e}"))
            }
            Err(RecvTimeoutError::Timeout) => Err(format!("it did not end within {} seconds", self.patience.as_secs())),
            Err(RecvTimeoutError::Disconnected) => {
                Err("it took down the process that evaluates it: memory was exhausted, or recursion had no end"
                    .to_owned())
            }
        }
    }
}

impl Remote {
    /// Asks the process about one policy; it is started when there is none.
    fn request(
        &mut self,
        policy: usize,
        parameters: usize,
        input: serde_json::Value,
        trace: bool,
    ) -> Result<Response, String> {
        let place = *self.places.get(&policy).ok_or("the policy is not here")?;
        if self.crashes.get(&policy).copied().unwrap_or(0) >= MAX_CRASHES {
            return Err(format!("it was stopped after it took down its process {MAX_CRASHES} times"));
        }
        let mut peer = match self.child.take() {
            Some(peer) => peer,
            None => self.start()?,
        };
        match self.ask(&mut peer, &Request { policy: place, parameters, input, trace }) {
            Ok(response) => {
                self.child = Some(peer);
                match response {
                    Response::Error(text) => Err(text),
                    Response::Ready => Err(UNCLEAR.to_owned()),
                    answer => Ok(answer),
                }
            }
            Err(text) => {
                *self.crashes.entry(policy).or_insert(0) += 1;
                Err(text)
            }
        }
    }

    /// Runs a policy once more in the interpreter of the process, which notes the lines.
    pub(crate) fn trace(
        &mut self,
        policy: usize,
        parameters: usize,
        input: serde_json::Value,
    ) -> Result<Trace, String> {
        match self.request(policy, parameters, input, true)? {
            Response::Trace(trace) => Ok(trace),
            _ => Err(UNCLEAR.to_owned()),
        }
    }
}

/// What is said of an answer that does not fit the question.
const UNCLEAR: &str = "the process for policies cannot be understood";

impl Runner for Remote {
    fn run(&mut self, policy: usize, parameters: usize, input: serde_json::Value) -> Result<Answer, String> {
        match self.request(policy, parameters, input, false)? {
            Response::Answer(answer) => Ok(answer),
            _ => Err(UNCLEAR.to_owned()),
        }
    }
}

/// Serves evaluations over lines of JSON until the input ends. Called in a process of its own, which limits its memory
/// first (on Unix).
///
/// # Errors
/// When a line cannot be read, understood or written.
pub fn serve(input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
    let mut lines = input.lines();
    let Some(first) = lines.next() else { return Ok(()) };
    let setup: Setup = serde_json::from_str(&first?)?;
    limit_memory(setup.memory)?;
    let limits =
        Limits { instructions: setup.instructions, time: Duration::from_millis(setup.time_ms), memory: setup.memory };
    let libraries: Vec<RegoFile> =
        setup.libraries.into_iter().map(|(path, text)| RegoFile { path, text: text.into() }).collect();
    let mut reply = |response: &Response| -> std::io::Result<()> {
        let mut line = serde_json::to_vec(response)?;
        line.push(b'\n');
        output.write_all(&line)?;
        output.flush()
    };
    let compiled = match Compiled::new(&setup.policies, &libraries, &setup.data, limits) {
        Ok(compiled) => compiled,
        Err(error) => return reply(&Response::Error(error.to_string())),
    };
    reply(&Response::Ready)?;
    let mut machine = Machine::new(&compiled);
    for line in lines {
        let request: Request = serde_json::from_str(&line?)?;
        let Request { policy, parameters, input, trace } = request;
        let response = if trace {
            match (setup.policies.get(policy), setup.data.get(parameters)) {
                (Some(unit), Some(data)) => trace_unit(unit, &libraries, data, limits, input).map(Response::Trace),
                _ => Err("the policy is not here".to_owned()),
            }
        } else {
            machine.run(policy, parameters, input).map(Response::Answer)
        };
        let response = response.unwrap_or_else(Response::Error);
        reply(&response)?;
    }
    Ok(())
}

/// The program's allocator reserves 1 GiB of addresses at once, which the limit counts as used. In such a process it
/// reserves little; the unit is KiB.
const ARENA: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "16384");

/// The variable that tells a process that it may be lost.
const WORKER: &str = "ASSIZE_WORKER";

/// Marks a command as one that starts a process which may be lost. [`is_worker`] there limits its memory.
pub fn mark_worker(command: &mut Command) -> &mut Command {
    command.env(WORKER, "1").env(ARENA.0, ARENA.1)
}

/// Whether this process was started as one that may be lost; limits its memory when it was.
pub fn is_worker() -> bool {
    let marked = std::env::var_os(WORKER).is_some();
    if marked {
        // Without the limit the process is still another one than the parent's.
        let _ = limit_memory(Limits::default().memory);
    }
    marked
}

#[cfg(unix)]
fn limit_memory(bytes: u64) -> std::io::Result<()> {
    rlimit::setrlimit(rlimit::Resource::AS, bytes, bytes)?;
    // A crash here is expected and leaves nothing behind.
    rlimit::setrlimit(rlimit::Resource::CORE, 0, 0)
}

#[cfg(not(unix))]
fn limit_memory(_: u64) -> std::io::Result<()> {
    Ok(())
}
