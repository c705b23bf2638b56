//! The `packetpress` command.

use std::process::ExitCode;

use packetpress::cli;

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
