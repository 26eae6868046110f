//! The form of an explanation.

/// Codes with the same texts.
#[derive(Debug)]
pub struct Group {
    /// The codes, as the service writes them, or an HTTP status.
    pub codes: &'static [&'static str],
    /// The texts; the first one that fits is the one.
    pub texts: &'static [Text],
}

/// What an error means and what to do.
///
/// In both texts `{permission}` stands for the IAM action of the operation, `{command}` for its command, `{again}` for
/// the options that reach the same service.
#[derive(Debug)]
pub struct Text {
    /// A Reason, or a part of the message of an error without one; empty where it doesn't matter.
    pub when: &'static str,
    /// The operations that it holds for; empty where it doesn't matter.
    pub only: &'static [&'static str],
    /// What it means, in one or two sentences.
    pub meaning: &'static str,
    /// What to do about it. A command stands at the end, behind a colon.
    pub to_do: &'static str,
    /// The question that shows more.
    pub see: Option<See>,
    /// Whether the same request may succeed when some time has passed.
    pub retryable: bool,
}

/// A question to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum See {
    /// The handshake of the call.
    Handshake,
    /// What this organization has sent.
    Sent,
    /// What this account has received.
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
