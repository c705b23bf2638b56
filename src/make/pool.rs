//! The workers of a build: gives them jobs, takes their packets in, and lets them go in time.
//!
//! The engine never gives the room of its tables back, so a process that makes ten thousand packets would grow by hundreds of megabytes.
//! A worker that has made some is therefore let go, and another begins where it stopped; this also keeps a breakdown to one lesson.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::protocol::{Job, PressedPacket, Reply};

/// How many packets a worker makes before it is let go: they leave some 15 MB behind, and the start of another takes about 15 ms.
const PACKETS: usize = 200;

/// How long a worker may usually take for one packet, its pictures included: a hundred times as long as the longest that we know.
pub const PATIENCE: Duration = Duration::from_mins(20);

/// How long a worker that no longer speaks as one has to end by itself.
const LAST_MOMENT: Duration = Duration::from_secs(2);

/// How the process of a worker is called.
pub type Spawn<'a> = &'a (dyn Fn() -> Result<Command> + Sync);

/// The workers, at most as many as jobs are given at a time.
pub(super) struct Pool<'a> {
    spawn: Spawn<'a>,
    patience: Duration,
    idle: Mutex<Vec<WorkerProcess>>,
}

/// Why a job was not done.
pub(super) enum JobError {
    /// It cannot be done, for a reason that does not concern others.
    Failed(String),
    /// No more jobs can be done.
    Refused(anyhow::Error),
}

/// The files of a packet.
pub(super) struct PacketFiles {
    /// The packet itself.
    pub pdf: Vec<u8>,
    /// The pictures of its first pages.
    pub page_images: Vec<Vec<u8>>,
}

/// What came from a worker, with the files that belong to it.
type Delivery = (Reply, Option<PacketFiles>);

/// A running worker.
struct WorkerProcess {
    process: Child,
    jobs: ChildStdin,
    /// Ends when the worker has gone, or says what nobody understands.
    deliveries: Receiver<Delivery>,
    /// How many packets it has made.
    packets: usize,
}

impl<'a> Pool<'a> {
    /// A pool that has no workers yet, and waits so long for each packet.
    pub(super) fn new(spawn: Spawn<'a>, patience: Duration) -> Self {
        Self { spawn, patience, idle: Mutex::default() }
    }

    /// Gives a worker a job and calls `take` for each packet that it makes, with its files if it made them; `stop` ends it behind the
    /// packet in hand.
    ///
    /// # Errors
    /// Why not all packets were made.
    pub(super) fn run(
        &self,
        job: &Job,
        stop: &AtomicBool,
        mut take: impl FnMut(PressedPacket, Option<PacketFiles>) -> Result<()>,
    ) -> Result<(), JobError> {
        let idle = || self.idle.lock().expect("nobody panics while holding the lock");
        let waiting = idle().pop();
        let mut worker = match waiting {
            Some(worker) => worker,
            None => WorkerProcess::spawn(self.spawn).map_err(JobError::Refused)?,
        };
        // Whatever goes wrong with its pipes: it has gone.
        if worker.begin(job).is_err() {
            return Err(JobError::Failed(worker.breakdown()));
        }
        loop {
            // A worker that is not given back is killed, which harms nothing: it writes no files.
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
        let mut process = process.context("cannot start a second Packetpress, which makes the packets")?;
        let jobs = process.stdin.take().context("a new process has no input")?;
        let mut replies = BufReader::new(process.stdout.take().context("a new process has no output")?);
        let (sender, deliveries) = channel();
        // It ends when the process does, or when nobody takes what it hands on.
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

    /// What to say of a worker that does not answer; it is ended.
    fn hung(mut self, patience: Duration) -> String {
        // If it cannot be ended, it has ended.
        let _ = self.process.kill();
        let minutes = match patience.as_secs().div_ceil(60) {
            1 => "1 minute".to_owned(),
            minutes => format!("{minutes} minutes"),
        };
        format!(
            "the process that makes its packets did not answer for {minutes} and was ended; this is a fault of Packetpress: \
             please report it with the lesson"
        )
    }

    /// What to say of a worker that has gone in the middle of its job.
    fn breakdown(mut self) -> String {
        // Whoever says something else than a worker says may go on for ever.
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
            "the process that made its packets broke down ({how}); if the machine has little memory, build with `--jobs 1`, \
             and else this is a fault of Packetpress: please report it with the lesson"
        )
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        // Either it has ended already, or it waits for a job, or nobody wants what it does.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The next reply, with the files that belong to it.
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

    /// Runs a job with a shell script in the place of a worker; what came of it, with how many packets it made.
    fn run(script: &'static str, patience: Duration) -> (Result<(), JobError>, usize) {
        let spawn = || {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            Ok(command)
        };
        let digest = Digest::of(b"");
        let inputs = SharedInputs::of_nothing();
        let task = Task {
            order: 0,
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
    fn a_worker_that_does_not_answer_is_ended_and_told_of() {
        let packet = r#"{"Packet":{"title":"T","pages":1,"overflows":[],"bytes":null,"page_images":[]}}"#;
        // The script would wait for ever: its own end is not what is seen here.
        let script: &'static str = Box::leak(format!("read job; echo '{packet}'; exec tail -f /dev/null").into_boxed_str());
        let (outcome, packets) = run(script, Duration::from_secs(1));
        let Err(JobError::Failed(reason)) = outcome else { panic!("it has not failed") };
        assert_eq!(packets, 1);
        assert!(reason.contains("did not answer for 1 minute and was ended"), "{reason}");
    }

    #[test]
    fn a_worker_that_breaks_down_is_told_of() {
        let (outcome, packets) = run("read job; exit 7", PATIENCE);
        let Err(JobError::Failed(reason)) = outcome else { panic!("it has not failed") };
        assert_eq!(packets, 0);
        assert!(reason.contains("broke down (exit status: 7)"), "{reason}");
    }

    #[test]
    fn a_worker_that_says_something_else_is_ended() {
        let (outcome, _) = run("read job; echo nonsense; exec sleep 600", PATIENCE);
        let Err(JobError::Failed(reason)) = outcome else { panic!("it has not failed") };
        assert!(reason.contains("broke down (signal: 9"), "{reason}");
    }

    #[test]
    fn what_a_worker_refuses_ends_the_build() {
        let (outcome, _) = run(r#"read job; echo '{"Refused":"another version"}'; read job"#, PATIENCE);
        let Err(JobError::Refused(reason)) = outcome else { panic!("it was not refused") };
        assert_eq!(reason.to_string(), "another version");
    }
}
