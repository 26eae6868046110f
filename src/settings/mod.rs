//! Settings. Options win over environment variables, and those over configuration files, which only this module reads.

mod endpoint;
mod environment;
pub mod ini;
mod origin;
mod output;
mod profile;
mod role;
mod sandbox;
mod service;

pub use endpoint::checked_region;
pub use environment::{COMPLETE, FILE_ENCODING, FILES, OUTPUT_ENCODING, VARIABLES, is_ascii_only, variable, variables};
pub use output::{OutputSettings, error_format, pager};
pub use profile::{File, Profile, Section, alternatives};
pub use role::{PLACE, Role};
pub use sandbox::Sandbox;
pub use service::{CaBundle, RetryMode, ServiceSettings};
