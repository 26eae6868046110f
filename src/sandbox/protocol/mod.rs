//! Requests and responses as they are sent: AWS JSON 1.1 for Organizations, the query protocol for STS.

mod accounts;
mod call;
pub mod calls;
pub mod exceptions;
mod handshakes;
pub mod headers;
pub mod input;
mod organizations;
mod output;
mod paging;
pub mod reply;
pub mod sts;
mod tags;
mod units;
