//! The sandbox as an HTTP server on the loopback address, for any AWS client.

pub mod commands;
pub mod environment;
pub mod server;
pub mod signature;
