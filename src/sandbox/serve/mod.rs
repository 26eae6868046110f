//! The sandbox as an HTTP server on the loopback address, for any AWS client.

mod authorization;
mod body;
pub mod commands;
mod connections;
mod env_file;
pub mod environment;
mod loopback;
pub mod server;
pub mod service;
mod signals;
pub mod signature;
