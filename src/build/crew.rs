//! The workers of a build: sends them on errands, takes their packets in, and sends them home in time.
//!
//! The engine never gives the room of its tables back, so a process that makes ten thousand packets would grow by hundreds of megabytes.
//! A worker that has made some is therefore let go, and another begins where it stopped; this also keeps a breakdown to one lesson.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

use super::worker::{Answer, Errand, PressedPacket};

/// How many packets a worker makes before it is let go: they leave some 15 MB behind, and the start of another takes about 15 ms.
const PACKETS: usize = 200;

/// How the process of a worker is called.
pub type Hire<'a> = &'a (dyn Fn() -> Result<Command> + Sync);

/// The workers, at most as many as errands are sent for at a time.
pub struct Crew<'a> {
    hire: Hire<'a>,
    idle: Mutex<Vec<Worker>>,
}

/// Why an errand was not done.
pub enum Trouble {
    /// It cannot be done, for a reason that does not concern others.
    Failed(String),
    /// No more errands can be done.
    Refused(anyhow::Error),
}

/// The files of a packet.
pub struct Files {
    /// The packet itself.
    pub pdf: Vec<u8>,
    /// The pictures of its first pages.
    pub previews: Vec<Vec<u8>>,
}

/// A running worker.
struct Worker {
    process: Child,
    errands: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// How many packets it has made.
    packets: usize,
}

impl<'a> Crew<'a> {
    /// A crew that has no workers yet.
    pub fn new(hire: Hire<'a>) -> Self {
        Self { hire, idle: Mutex::default() }
    }

    /// Sends a worker on an errand and calls `take` for each packet that it makes, with its files if it made them; `stop` ends it
    /// behind the packet in hand.
    ///
    /// # Errors
    /// Why not all packets were made.
    pub fn send(
        &self,
        errand: &Errand,
        stop: &AtomicBool,
        mut take: impl FnMut(PressedPacket, Option<Files>) -> Result<()>,
    ) -> Result<(), Trouble> {
        let idle = || self.idle.lock().expect("nobody panics while holding the lock");
        let waiting = idle().pop();
        let mut worker = match waiting {
            Some(worker) => worker,
            None => Worker::hire(self.hire).map_err(Trouble::Refused)?,
        };
        // Whatever goes wrong with its pipes: it has gone.
        if worker.begin(errand).is_err() {
            return Err(Trouble::Failed(worker.breakdown()));
        }
        loop {
            // A worker that is not given back is killed, which harms nothing: it writes no files.
            if stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            let Ok((answer, files)) = worker.answer() else { return Err(Trouble::Failed(worker.breakdown())) };
            let end = match answer {
                Answer::Packet(packet) => {
                    take(packet, files).map_err(Trouble::Refused)?;
                    continue;
                }
                Answer::Done => Ok(()),
                Answer::Failed(reason) => Err(Trouble::Failed(reason)),
                Answer::Refused(reason) => Err(Trouble::Refused(anyhow::anyhow!(reason))),
            };
            if worker.packets < PACKETS {
                idle().push(worker);
            }
            return end;
        }
    }
}

impl Worker {
    fn hire(hire: Hire<'_>) -> Result<Self> {
        let mut command = hire()?;
        let process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = process.context("cannot start a second Packetpress, which makes the packets")?;
        let errands = process.stdin.take().context("a new process has no input")?;
        let answers = BufReader::new(process.stdout.take().context("a new process has no output")?);
        Ok(Self { process, errands, answers, packets: 0 })
    }

    fn begin(&mut self, errand: &Errand) -> Result<()> {
        let mut line = serde_json::to_vec(errand)?;
        line.push(b'\n');
        Ok(self.errands.write_all(&line)?)
    }

    /// The next answer, with the files that belong to it.
    fn answer(&mut self) -> Result<(Answer, Option<Files>)> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let answer = serde_json::from_str(&line)?;
        let Answer::Packet(PressedPacket { bytes, previews, .. }) = &answer else { return Ok((answer, None)) };
        self.packets += 1;
        let mut read = |bytes: usize| {
            let mut file = vec![0; bytes];
            self.answers.read_exact(&mut file).map(|()| file)
        };
        let Some(bytes) = *bytes else { return Ok((answer, None)) };
        let pdf = read(bytes)?;
        let previews = previews.iter().map(|bytes| read(*bytes)).collect::<std::io::Result<_>>()?;
        Ok((answer, Some(Files { pdf, previews })))
    }

    /// What to say of a worker that has gone in the middle of its errand.
    fn breakdown(mut self) -> String {
        let how = match self.process.wait() {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        format!(
            "the process that made its packets broke down ({how}); if the machine has little memory, build with `--jobs 1`, \
             and else this is a fault of Packetpress: please report it with the lesson"
        )
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Either it has ended already, or it waits for an errand, or nobody wants what it does.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
