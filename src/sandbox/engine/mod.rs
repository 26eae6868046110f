//! Organizations, accounts and handshakes, and the rules of the service.
//!
//! It is pure: no I/O, and the time is an argument. The rules are those of the [API reference] and the [user guide].
//!
//! [API reference]: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Handshake.html
//! [user guide]: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_invites.html

pub mod caller;
pub mod organization;
pub mod state;
pub(in crate::sandbox) mod time;
