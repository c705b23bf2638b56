//! The workers of a build: gives them jobs, receives their packets, and replaces them before they use too much memory.
//!
//! The engine never frees its tables, so a process that makes ten thousand packets would grow by hundreds of megabytes.
//! Each worker is therefore replaced after some packets. Using processes also limits a crash to one lesson.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::protocol::{Job, PressedPacket, Reply};

/// How many packets a worker makes before it is replaced: they leave about 15 MB behind, and starting another takes about 15 ms.
const PACKETS: usize = 200;

/// How long a worker may take by default for one packet and its page images: a hundred times the longest known.
pub const PATIENCE: Duration = Duration::from_mins(20);

/// How long a worker that stopped following the protocol has to exit by itself.
const LAST_MOMENT: Duration = Duration::from_secs(2);

/// Gives the command that starts a worker process.
pub type Spawn<'a> = &'a (dyn Fn() -> Result<Command> + Sync);

/// The workers, at most as many as jobs run at once.
pub(super) struct Pool<'a> {
    spawn: Spawn<'a>,
    patience: Duration,
    idle: Mutex<Vec<WorkerProcess>>,
}

/// Why a job was not done.
pub(super) enum JobError {
    /// The job failed, for a reason that doesn't affect others.
    Failed(String),
    /// No more jobs can run.
    Refused(anyhow::Error),
}

/// The files of a packet.
pub(super) struct PacketFiles {
    /// The packet itself.
    pub pdf: Vec<u8>,
    /// The images of its first pages.
    pub page_images: Vec<Vec<u8>>,
}

/// A reply from a worker, with its files.
type Delivery = (Reply, Option<PacketFiles>);

/// A running worker.
struct WorkerProcess {
    process: Child,
    jobs: ChildStdin,
    /// Closes when the worker exits or sends something that isn't a reply.
    deliveries: Receiver<Delivery>,
    /// How many packets it has made.
    packets: usize,
}

impl<'a> Pool<'a> {
    /// A pool without workers yet, which waits this long for each packet.
    pub(super) fn new(spawn: Spawn<'a>, patience: Duration) -> Self {
        Self { spawn, patience, idle: Mutex::default() }
    }

    /// Runs a job on a worker and calls `take` for each packet, with its files unless they were held back. `stop` ends it after the
    /// current packet.
    ///
    /// # Errors
    /// If not all packets were made.
    pub(super) fn run(
        &self,
        job: &Job,
        stop: &AtomicBool,
        mut take: impl FnMut(PressedPacket, Option<PacketFiles>) -> Result<()>,
    ) -> Result<(), JobError> {
        let idle = || self.idle.lock().expect("no thread panics while holding the lock");
        let waiting = idle().pop();
        let mut worker = match waiting {
            Some(worker) => worker,
            None => WorkerProcess::spawn(self.spawn).map_err(JobError::Refused)?,
        };
        // Any error on its pipe means that it exited.
        if worker.begin(job).is_err() {
            return Err(JobError::Failed(worker.breakdown()));
        }
        loop {
            // A worker that isn't returned to the pool is killed. This is safe because workers write no files.
            if stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            let (reply, files) = match worker.deliveries.recv_timeout(self.patience) {
                Ok(delivery) => delivery,
                Err(RecvTimeoutError::Timeout) => return Err(JobError::Failed(worker.hung(self.patience))),
                Err(RecvTimeoutError::Disconnected) => return Err(JobError::Failed(worker.breakdown())),
            };
            let end = match reply {
                Reply::Packet(packet) => {
                    worker.packets += 1;
                    take(packet, files).map_err(JobError::Refused)?;
                    continue;
                }
                Reply::Done => Ok(()),
                Reply::Failed(reason) => Err(JobError::Failed(reason)),
                Reply::Refused(reason) => Err(JobError::Refused(anyhow::anyhow!(reason))),
            };
            if worker.packets < PACKETS {
                idle().push(worker);
            }
            return end;
        }
    }
}

impl WorkerProcess {
    fn spawn(spawn: Spawn<'_>) -> Result<Self> {
        let mut command = spawn()?;
        let process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = process.context("cannot start the Packetpress process that makes the packets")?;
        let jobs = process.stdin.take().context("a new process has no input")?;
        let mut replies = BufReader::new(process.stdout.take().context("a new process has no output")?);
        let (sender, deliveries) = channel();
        // The thread ends when the process exits or the receiver is dropped.
        thread::spawn(move || {
            while let Ok(delivery) = receive(&mut replies) {
                if sender.send(delivery).is_err() {
                    return;
                }
            }
        });
        Ok(Self { process, jobs, deliveries, packets: 0 })
    }

    fn begin(&mut self, job: &Job) -> Result<()> {
        let mut line = serde_json::to_vec(job)?;
        line.push(b'\n');
        Ok(self.jobs.write_all(&line)?)
    }

    /// Stops a worker that doesn't respond and returns the error message.
    fn hung(mut self, patience: Duration) -> String {
        // If it can't be killed, it has already exited.
        let _ = self.process.kill();
        let minutes = match patience.as_secs().div_ceil(60) {
            1 => "1 minute".to_owned(),
            minutes => format!("{minutes} minutes"),
        };
        format!(
            "the process that makes its packets didn't respond for {minutes} and was stopped; this is a bug in Packetpress: \
             please report it with the lesson"
        )
    }

    /// The error message for a worker that exited during its job.
    fn breakdown(mut self) -> String {
        // A process that isn't following the protocol may never exit.
        let end = Instant::now() + LAST_MOMENT;
        while Instant::now() < end && matches!(self.process.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(10));
        }
        let _ = self.process.kill();
        let how = match self.process.wait() {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        format!(
            "the process that makes its packets crashed ({how}); if the computer is low on memory, build with `--jobs 1`; \
             otherwise this is a bug in Packetpress: please report it with the lesson"
        )
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        // It has exited, is waiting for a job, or its work is no longer wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The next reply, with its files.
fn receive(replies: &mut BufReader<ChildStdout>) -> Result<Delivery> {
    let mut line = String::new();
    replies.read_line(&mut line)?;
    let reply = serde_json::from_str(&line)?;
    let Reply::Packet(PressedPacket { bytes: Some(bytes), page_images, .. }) = &reply else { return Ok((reply, None)) };
    let mut read = |bytes: usize| {
        let mut file = vec![0; bytes];
        replies.read_exact(&mut file).map(|()| file)
    };
    let pdf = read(*bytes)?;
    let page_images = page_images.iter().map(|bytes| read(*bytes)).collect::<std::io::Result<_>>()?;
    Ok((reply, Some(PacketFiles { pdf, page_images })))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::make::inputs::SharedInputs;
    use crate::make::plan::Task;
    use crate::make::protocol::VERSION;

    /// Runs a job with a shell script as the worker; returns the outcome and the number of packets.
    fn run(script: &'static str, patience: Duration) -> (Result<(), JobError>, usize) {
        let spawn = || {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            Ok(command)
        };
        let digest = Digest::of(b"");
        let inputs = SharedInputs::of_nothing();
        let task = Task {
            issue: "one".to_owned(),
            issue_inputs: digest,
            lesson: Some("war".to_owned()),
            lessons: Vec::new(),
            makes: Vec::new(),
        };
        let job = Job { version: VERSION, inputs, task, strict: false };
        let mut packets = 0;
        let pool = Pool::new(&spawn, patience);
        let outcome = pool.run(&job, &AtomicBool::new(false), |_, _| {
            packets += 1;
            Ok(())
        });
        (outcome, packets)
    }

    #[test]
    fn a_worker_that_does_not_respond_is_stopped_and_reported() {
        let packet = r#"{"Packet":{"title":"T","pages":1,"printing":{"parts":[],"class_set":[]},"overflows":[],"set":null,"bytes":null,"page_images":[]}}"#;
        // The script waits forever, so only the timeout can end it.
        let script: &'static str = Box::leak(format!("read job; echo '{packet}'; exec tail -f /dev/null").into_boxed_str());
        let (outcome, packets) = run(script, Duration::from_secs(1));
        let Err(JobError::Failed(reason)) = outcome else { panic!("expected a failure") };
        assert_eq!(packets, 1);
        assert!(reason.contains("didn't respond for 1 minute and was stopped"), "{reason}");
    }

    #[test]
    fn a_worker_that_crashes_is_reported() {
        let (outcome, packets) = run("read job; exit 7", PATIENCE);
        let Err(JobError::Failed(reason)) = outcome else { panic!("expected a failure") };
        assert_eq!(packets, 0);
        assert!(reason.contains("crashed (exit status: 7)"), "{reason}");
    }

    #[test]
    fn a_worker_that_breaks_the_protocol_is_stopped() {
        let (outcome, _) = run("read job; echo nonsense; exec sleep 600", PATIENCE);
        let Err(JobError::Failed(reason)) = outcome else { panic!("expected a failure") };
        assert!(reason.contains("crashed (signal: 9"), "{reason}");
    }

    #[test]
    fn a_refusal_by_a_worker_ends_the_build() {
        let (outcome, _) = run(r#"read job; echo '{"Refused":"another version"}'; read job"#, PATIENCE);
        let Err(JobError::Refused(reason)) = outcome else { panic!("expected a refusal") };
        assert_eq!(reason.to_string(), "another version");
    }
}
