//! Core dumps: this process makes none, since its memory holds keys; the programs that it starts keep their own setting.

use std::io;
use std::process::{Child, Command};

/// From now on this process makes no core dump, and no other process of the same user can read its memory.
pub fn forbid() {
    system::forbid();
}

/// Starts a program, for which core dumps are as they were for this one.
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
        // A kernel that can't do it has no core dumps either.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }

    /// Another program is dumpable again (prctl(2), PR_SET_DUMPABLE).
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

    /// The limit as it was at the start.
    static BEFORE: OnceLock<Rlimit> = OnceLock::new();

    pub fn forbid() {
        let before = BEFORE.get_or_init(|| getrlimit(Resource::Core));
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), ..*before });
    }

    /// A program starts with the limit of the one that starts it.
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

    /// Windows writes none unless its administrator asks for them.
    pub fn forbid() {}

    pub fn spawn(command: &mut Command) -> io::Result<Child> {
        command.spawn()
    }
}
