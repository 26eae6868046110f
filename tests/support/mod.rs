//! Tools for all tests: a scripted service, TLS and proxies in front of it, a hermetic runner for the real binary,
//! terminals, the sources of packages, the speed of the machine.

// Every test binary compiles all of this and uses only a part.
#![allow(dead_code)]

pub mod machine;
pub mod model;
pub mod packages;
pub mod run;
pub mod server;
#[cfg(unix)]
pub mod signed;
#[cfg(unix)]
pub mod terminal;
pub mod tls;
