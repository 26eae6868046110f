//! How slow the machine is, so that limits catch what hangs and pass what waits for a busy processor.

use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Far more than `--version` takes on a quiet machine, without optimization.
const QUIET: Duration = Duration::from_millis(50);

/// Beyond this, a test that hangs would take too long to fail.
const SLOWEST: u32 = 20;

/// How many times slower than a quiet machine this one is: from 1 to `SLOWEST`, measured once a process.
pub fn slowness() -> u32 {
    static SLOWNESS: OnceLock<u32> = OnceLock::new();
    *SLOWNESS.get_or_init(|| {
        // The first one may have to be read from a disk.
        let longest = (0..6).map(|_| version()).skip(1).max().unwrap_or_default();
        u32::try_from(longest.as_millis().div_ceil(QUIET.as_millis())).unwrap_or(SLOWEST).clamp(1, SLOWEST)
    })
}

/// So many seconds of a quiet machine.
pub fn seconds(count: u64) -> Duration {
    Duration::from_secs(count) * slowness()
}

/// How long tests wait for anything that has to come, before they call it a hang.
pub fn patience() -> Duration {
    seconds(60)
}

/// How long `orgshake --version` takes.
fn version() -> Duration {
    let began = Instant::now();
    let status =
        Command::new(env!("CARGO_BIN_EXE_orgshake")).arg("--version").env_clear().stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "orgshake --version fails");
    began.elapsed()
}
