//! Prevents core dumps of this process, since its memory contains keys. The programs that it starts keep their own setting.

use std::io;
use std::process::{Child, Command};

/// Forbids core dumps of this process and, on Linux, reads of its memory by other processes of the same user.
pub fn forbid() {
    system::forbid();
}

/// Starts a program with the core dump setting that this process was started with.
///
/// # Errors
///
/// It can't be started.
pub fn spawn(command: &mut Command) -> io::Result<Child> {
    system::spawn(command)
}

#[cfg(target_os = "linux")]
mod system {
    use std::io;
    use std::process::{Child, Command};

    use rustix::process::{DumpableBehavior, set_dumpable_behavior};

    pub fn forbid() {
        // This fails only on kernels without core dumps.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }

    /// Starts it as it is: the kernel resets the setting for a new program (prctl(2), PR_SET_DUMPABLE).
    pub fn spawn(command: &mut Command) -> io::Result<Child> {
        command.spawn()
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
mod system {
    use std::io;
    use std::process::{Child, Command};
    use std::sync::OnceLock;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// The limit at the start of this process.
    static BEFORE: OnceLock<Rlimit> = OnceLock::new();

    pub fn forbid() {
        let before = BEFORE.get_or_init(|| getrlimit(Resource::Core));
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), ..*before });
    }

    /// Restores the limit for the start: a program inherits it.
    pub fn spawn(command: &mut Command) -> io::Result<Child> {
        let Some(before) = BEFORE.get() else { return command.spawn() };
        let _ = setrlimit(Resource::Core, *before);
        let child = command.spawn();
        forbid();
        child
    }
}

#[cfg(windows)]
mod system {
    use std::io;
    use std::process::{Child, Command};

    /// Does nothing: Windows writes core dumps only if its administrator enables them.
    pub fn forbid() {}

    pub fn spawn(command: &mut Command) -> io::Result<Child> {
        command.spawn()
    }
}
