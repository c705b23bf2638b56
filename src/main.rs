//! The `packetpress` command.

use std::process::ExitCode;

use mimalloc::MiMalloc;
use packetpress::cli;

/// Typesetting makes and drops many small things; this allocator takes less time for them than the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match cli::run() {
        Ok(outcome) => outcome.into(),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            cli::print_refusal(&error);
            ExitCode::from(2)
        }
    }
}
