//! The operating system: files, processes, signals, the local time zone.

pub mod dumps;
pub mod files;
pub mod leash;
pub mod runtime;
pub mod signals;
pub mod zone;
