//! Real arguments and streams in, an exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(orgshake::run(std::env::args_os().skip(1).collect()))
}
