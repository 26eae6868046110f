//! Requests and responses as they are sent: AWS JSON 1.1 for Organizations, the query protocol for STS.

pub mod calls;
pub mod exceptions;
pub mod headers;
pub mod input;
mod output;
mod paging;
pub mod reply;
pub mod sts;
