//! The sandbox as an HTTP server on the loopback address, for any AWS client.

mod body;
pub mod commands;
mod connections;
mod env_file;
pub mod environment;
mod loopback;
pub mod server;
mod signals;
pub mod signature;
