//! Organizations, accounts and handshakes, and the rules of the service.
//!
//! It is pure: no I/O, and the time is an argument. The rules are those of the [API reference] and the [user guide].
//!
//! [`state`] holds the whole world. Each of the other files with functions of [`State`](state::State) has the rules of
//! one subject: [`invitations`], [`all_features`], [`transfers`], [`membership`], [`creations`], [`units`], [`tags`], and
//! the [`operations`] on one handshake.
//!
//! [API reference]: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Handshake.html
//! [user guide]: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_invites.html

pub mod all_features;
pub mod caller;
pub mod creation;
pub mod creations;
pub mod handshake;
pub mod ids;
mod index;
pub mod invitations;
pub mod membership;
mod names;
pub mod operations;
pub mod organization;
pub mod propagation;
pub mod refusal;
pub mod rules;
pub mod sending;
pub mod state;
pub mod tags;
pub mod time;
pub mod transfers;
pub mod units;
