//! The response of the sandbox's services.

/// The response to one call, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status: 200, or 400 and above for an exception.
    pub status: u16,
    /// The operation's output or an exception: an AWS JSON 1.1 document for Organizations, XML for STS.
    pub body: Vec<u8>,
}
