//! The standard streams and the terminal behind them.

pub mod pager;
pub mod progress;
pub mod streams;
