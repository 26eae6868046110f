//! What the sandbox answers.

/// The answer to one call, as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status: 200, or 400 and above for an exception.
    pub status: u16,
    /// An AWS JSON 1.1 document: the operation's output, or an exception with its `__type`.
    pub body: Vec<u8>,
}
