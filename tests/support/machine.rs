//! Measures how slow the machine is, so that time limits catch a hang but not a busy processor.

use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Far more than the time of an unoptimized `--version` on a quiet machine.
const QUIET: Duration = Duration::from_millis(50);

/// With a larger factor, a test that hangs would take too long to fail.
const SLOWEST: u32 = 20;

/// Returns how many times slower than a quiet machine this one is: from 1 to `SLOWEST`, measured once per process.
pub fn slowness() -> u32 {
    static SLOWNESS: OnceLock<u32> = OnceLock::new();
    *SLOWNESS.get_or_init(|| {
        // The first run may have to read the program from disk.
        let longest = (0..6).map(|_| version()).skip(1).max().unwrap_or_default();
        u32::try_from(longest.as_millis().div_ceil(QUIET.as_millis())).unwrap_or(SLOWEST).clamp(1, SLOWEST)
    })
}

/// Converts seconds on a quiet machine to a duration on this one.
pub fn seconds(count: u64) -> Duration {
    Duration::from_secs(count) * slowness()
}

/// Returns the time after which a test counts a wait as a hang.
pub fn patience() -> Duration {
    seconds(60)
}

/// Measures the time of `orgshake --version`.
fn version() -> Duration {
    let began = Instant::now();
    let status =
        Command::new(env!("CARGO_BIN_EXE_orgshake")).arg("--version").env_clear().stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "orgshake --version fails");
    began.elapsed()
}
