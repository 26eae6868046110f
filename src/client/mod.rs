//! The client: sessions with the service, their calls, and the credentials that sign them.

mod ahead;
pub(crate) mod attempts;
pub mod choose;
pub(crate) mod connector;
pub(crate) mod credentials;
pub(crate) mod lost;
pub mod operations;
pub mod pacing;
pub mod pages;
mod proxy;
pub(crate) mod response;
mod retry;
pub mod run;
pub(crate) mod sandbox;
pub(crate) mod secrets;
pub mod service;
pub mod session;
pub mod settle;
mod tls;
