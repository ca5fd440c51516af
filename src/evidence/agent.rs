//! Keys that an ssh-agent holds. Takes a connection to the agent, which the caller opens: a socket on Unix, a pipe on Windows.

use std::cell::RefCell;
use std::fmt;
use std::io::{Read, Write};

use crate::evidence::sign::{Signer, ToSign, from_mpint};
use crate::evidence::{EvidenceError, PublicKey};

/// The longest message of an agent that is read, in bytes: OpenSSH's own limit.
const MAX_MESSAGE: u32 = 256 * 1024;

const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;

/// A P-256 key in an ssh-agent.
pub struct AgentSigner<S> {
    connection: RefCell<S>,
    public: PublicKey,
    blob: Vec<u8>,
}

impl<S> fmt::Debug for AgentSigner<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AgentSigner").field("public", &self.public).finish_non_exhaustive()
    }
}

fn failed(what: impl fmt::Display) -> EvidenceError {
    EvidenceError::Sign(format!("the ssh-agent {what}"))
}

impl<S: Read + Write> AgentSigner<S> {
    /// Asks the agent for its keys and takes `wanted`, or its only P-256 key.
    ///
    /// # Errors
    /// [`EvidenceError::Sign`] when the agent does not answer, or has no such key, or several and none is wanted.
    pub fn connect(mut connection: S, wanted: Option<&PublicKey>) -> Result<Self, EvidenceError> {
        let answer = ask(&mut connection, &[REQUEST_IDENTITIES], IDENTITIES_ANSWER)?;
        let mut rest = answer.as_slice();
        let short = || failed("gave an answer that is cut off");
        let count = number(&mut rest).ok_or_else(short)?;
        let mut keys = Vec::new();
        // Each key takes at least eight bytes of the answer, so the count cannot run away.
        for _ in 0..count.min(MAX_MESSAGE / 8) {
            let blob = text(&mut rest).ok_or_else(short)?;
            text(&mut rest).ok_or_else(short)?;
            let data = ssh_key::PublicKey::from_bytes(blob).ok();
            if let Some(key) = data.and_then(|d| PublicKey::from_ssh(d.key_data()).ok()) {
                keys.push((key, blob.to_vec()));
            }
        }
        if let Some(wanted) = wanted {
            keys.retain(|(key, _)| key == wanted);
        }
        match (keys.pop(), keys.is_empty()) {
            (Some((public, blob)), true) => Ok(Self { connection: RefCell::new(connection), public, blob }),
            (Some(_), false) => Err(failed("holds several P-256 keys; say which by its public key")),
            (None, _) => Err(failed("does not hold the P-256 key; add it with ssh-add")),
        }
    }
}

impl<S: Read + Write> Signer for AgentSigner<S> {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, what: &ToSign<'_>) -> Result<[u8; 64], EvidenceError> {
        let mut request = vec![SIGN_REQUEST];
        for part in [self.blob.as_slice(), what.message()] {
            let length = u32::try_from(part.len()).map_err(|_| failed("takes no message of that length"))?;
            request.extend(length.to_be_bytes());
            request.extend_from_slice(part);
        }
        request.extend(0u32.to_be_bytes());
        let answer = ask(&mut *self.connection.borrow_mut(), &request, SIGN_RESPONSE)?;
        let numbers = || {
            let mut rest = answer.as_slice();
            let mut signature = text(&mut rest)?;
            let algorithm = text(&mut signature)?;
            let mut blob = text(&mut signature)?;
            let pair = (from_mpint(&mut blob)?, from_mpint(&mut blob)?);
            (algorithm == self.public.to_ssh().algorithm().as_str().as_bytes()).then_some(pair)
        };
        let (r, s) = numbers().ok_or_else(|| failed("gave a signature that cannot be read"))?;
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&r);
        signature[32..].copy_from_slice(&s);
        Ok(signature)
    }
}

/// Sends a message and gives the body of the answer, which must be of that kind.
fn ask(connection: &mut (impl Read + Write), message: &[u8], kind: u8) -> Result<Vec<u8>, EvidenceError> {
    let io = |e: std::io::Error| failed(format!("cannot be reached: {e}"));
    let length = u32::try_from(message.len()).ok().filter(|l| *l <= MAX_MESSAGE);
    let length = length.ok_or_else(|| failed("takes no message of that length"))?;
    connection.write_all(&length.to_be_bytes()).map_err(io)?;
    connection.write_all(message).map_err(io)?;
    connection.flush().map_err(io)?;
    let mut length = [0; 4];
    connection.read_exact(&mut length).map_err(io)?;
    let length = u32::from_be_bytes(length);
    if length == 0 || length > MAX_MESSAGE {
        return Err(failed("gave an answer of an impossible length"));
    }
    let mut answer = vec![0; length as usize];
    connection.read_exact(&mut answer).map_err(io)?;
    if answer[0] != kind {
        return Err(failed("refused; is it locked, or did somebody decline?"));
    }
    answer.remove(0);
    Ok(answer)
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (digits, tail) = rest.split_first_chunk::<4>()?;
    *rest = tail;
    Some(u32::from_be_bytes(*digits))
}

fn text<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(rest)? as usize;
    let (text, tail) = rest.split_at_checked(length)?;
    *rest = tail;
    Some(text)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::os::unix::net::UnixStream;
    use std::process::{Child, Command};

    use super::*;
    use crate::evidence::sign::checked;

    struct Stop(Child);

    impl Drop for Stop {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    /// The ssh-agent of OpenSSH itself.
    #[test]
    fn the_agent_of_openssh_signs() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("agent");
        let _agent = Stop(
            Command::new("ssh-agent")
                .arg("-D")
                .arg("-a")
                .arg(&socket)
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap(),
        );
        let connect = || {
            for _ in 0..200 {
                if let Ok(stream) = UnixStream::connect(&socket) {
                    return stream;
                }
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            panic!("the agent did not start");
        };
        connect();
        assert!(AgentSigner::connect(connect(), None).unwrap_err().to_string().contains("ssh-add"));
        let shell = |text: &str| {
            let status =
                Command::new("/bin/sh").arg("-c").arg(text).current_dir(&folder).env("SSH_AUTH_SOCK", &socket).output();
            assert!(status.unwrap().status.success(), "{text}");
        };
        shell("ssh-keygen -q -t ed25519 -N '' -f ed && ssh-keygen -q -t ecdsa -b 256 -N '' -f a && ssh-add -q ed a");
        let signer = AgentSigner::connect(connect(), None).unwrap();
        for message in [&b""[..], b"x", &[0; 5000]] {
            checked(&signer, message).unwrap();
        }
        shell("ssh-keygen -q -t ecdsa -b 256 -N '' -f b && ssh-add -q b");
        assert!(AgentSigner::connect(connect(), None).is_err());
        let wanted = std::fs::read_to_string(folder.path().join("b.pub")).unwrap();
        let wanted = PublicKey::parse(&wanted).unwrap();
        assert_eq!(AgentSigner::connect(connect(), Some(&wanted)).unwrap().public_key(), &wanted);
        shell("ssh-add -q -d b");
        assert!(AgentSigner::connect(connect(), Some(&wanted)).is_err());
    }

    /// An agent that answers with these bytes.
    struct Fake(std::io::Cursor<Vec<u8>>);

    impl Read for Fake {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(out)
        }
    }

    impl Write for Fake {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn hostile_answers_are_refused() {
        for answer in [
            &b""[..],
            b"\0\0\0\0",
            b"\xff\xff\xff\xff",
            b"\0\0\0\x01\x05",
            b"\0\0\0\x01\x0c",
            b"\0\0\0\x05\x0c\xff\xff\xff\xff",
            b"\0\0\0\x09\x0c\0\0\0\x01\xff\xff\xff\xff",
        ] {
            assert!(AgentSigner::connect(Fake(std::io::Cursor::new(answer.to_vec())), None).is_err(), "{answer:?}");
        }
    }
}
