//! The program: passes the arguments to the library, and exits with its exit code.

use std::process::ExitCode;

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    ExitCode::from(orgshake::run(std::env::args_os().skip(1).collect()))
}
