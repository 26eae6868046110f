//! What the tests share: a scripted service, a hermetic runner around the real binary, the sources of packages.

// Every test binary compiles all of this and uses a part.
#![allow(dead_code)]

pub mod packages;
pub mod run;
pub mod server;
