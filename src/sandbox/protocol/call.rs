//! One call of an operation.

use jiff::Timestamp;

use super::exceptions::Exception;
use super::input::Input;
use super::paging::PageRequest;
use crate::sandbox::engine::caller::Caller;
use crate::sandbox::engine::state::State;

/// One call of an operation.
pub(super) struct Call<'a> {
    pub(super) state: &'a mut State,
    pub(super) caller: &'a Caller,
    /// The account that calls. For [`Caller::Implied`] it is one that may.
    pub(super) account: &'a str,
    pub(super) operation: &'static str,
    pub(super) input: Input<'a>,
    pub(super) now: Timestamp,
}

impl Call<'_> {
    /// Reads which page is requested. `of` tells lists of this operation apart.
    pub(super) fn page(&self, of: &str) -> Result<PageRequest, Exception> {
        PageRequest::of(&self.input, &format!("{} {} {of}", self.operation, self.account))
    }
}
