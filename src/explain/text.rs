//! The types of the table of explanations.

/// Error codes that share texts.
#[derive(Debug)]
pub struct Group {
    /// The codes, as the service writes them, or an HTTP status.
    pub codes: &'static [&'static str],
    /// The texts. The first one that matches is used.
    pub texts: &'static [Text],
}

/// The meaning of an error and what to do about it.
///
/// Both texts may contain `{permission}` (the operation's IAM action), `{command}` (its command) and `{again}` (the
/// options that reach the same service).
#[derive(Debug)]
pub struct Text {
    /// The Reason that it applies to, or a part of the message of an error without a Reason. Empty: it applies to any.
    pub when: &'static str,
    /// The operations that it applies to. Empty: it applies to all.
    pub only: &'static [&'static str],
    /// The meaning of the error, in one or two sentences.
    pub meaning: &'static str,
    /// What to do about it. If it contains a command, that is at the end, after a colon.
    pub to_do: &'static str,
    /// The request that shows more.
    pub see: Option<See>,
    /// Whether the same request may succeed later.
    pub retryable: bool,
}

/// A request that shows more about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum See {
    /// The handshake that the call names.
    Handshake,
    /// The handshakes that this organization has sent.
    Sent,
    /// The handshakes that this account has received.
    Received,
}

impl Text {
    pub(super) const fn new(meaning: &'static str, to_do: &'static str) -> Text {
        Text { when: "", only: &[], meaning, to_do, see: None, retryable: false }
    }

    pub(super) const fn when(self, when: &'static str) -> Text {
        Text { when, ..self }
    }

    pub(super) const fn only(self, only: &'static [&'static str]) -> Text {
        Text { only, ..self }
    }

    pub(super) const fn see(self, see: See) -> Text {
        Text { see: Some(see), ..self }
    }

    pub(super) const fn retryable(self) -> Text {
        Text { retryable: true, ..self }
    }
}
