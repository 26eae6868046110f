//! The response of the sandbox's services.

/// The response to one call, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status: 200, or 400 and above for an exception.
    pub status: u16,
    /// The operation's output or an exception: an AWS JSON 1.1 document for Organizations, XML for STS.
    pub body: Vec<u8>,
}

/// The place in an XML body where [`Reply::with_request_id`] writes the request id. Text is escaped, so that no value
/// contains it.
pub(in crate::sandbox) const REQUEST_ID: &str = "<RequestId></RequestId>";

impl Reply {
    /// Writes the request id into an XML body. It is the one that the header of the response has.
    #[must_use]
    pub fn with_request_id(self, id: &str) -> Reply {
        let place = REQUEST_ID.as_bytes();
        let Some(at) = self.body.windows(place.len()).position(|window| window == place) else {
            return self;
        };
        let mut body = self.body;
        body.splice(at..at + place.len(), format!("<RequestId>{id}</RequestId>").into_bytes());
        Reply { body, ..self }
    }
}
