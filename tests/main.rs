//! The program's tests in one binary, so that it is linked once and all tests run in parallel.

// Tests may panic.
#![allow(clippy::expect_used, clippy::panic)]

#[cfg(target_os = "linux")]
mod accounts;
mod assume_role;
#[cfg(target_os = "linux")]
mod bash;
mod choose;
mod complete;
mod contract;
mod credentials;
mod debug;
#[cfg(unix)]
mod descriptors;
mod documented;
mod errors;
#[cfg(target_os = "linux")]
mod executable;
mod explain;
mod faults;
mod fuzz;
mod generated;
mod harness;
mod identity_center;
#[cfg(unix)]
mod interrupts;
#[cfg(target_os = "linux")]
mod join;
mod layers;
mod live;
mod manual;
#[cfg(unix)]
mod many;
mod mirror;
mod mistakes;
mod model;
mod network;
mod notices;
#[cfg(unix)]
mod pager;
mod query_compliance;
mod readme;
mod rehearse;
#[cfg(unix)]
mod role_cache;
#[cfg(unix)]
mod sandbox_closed;
mod sandbox_engine;
#[cfg(target_os = "linux")]
mod sandbox_load;
mod sandbox_model;
mod sandbox_organizations;
#[cfg(unix)]
mod sandbox_server;
#[cfg(unix)]
mod sandbox_state;
#[cfg(unix)]
mod sandbox_sts;
mod sandbox_time;
#[cfg(unix)]
mod sandbox_worlds;
mod secrets;
mod sessions;
mod support;
#[cfg(unix)]
mod tables;
mod trust;
mod unclear;
mod wait;
#[cfg(unix)]
mod waiting;
