//! The properties of the output that formats depend on.

use jiff::Timestamp;

/// The terminal and the current time, as far as formats depend on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The terminal's width in columns; `None` if the output goes to a file or a pipe.
    pub width: Option<u16>,
    /// Whether to use colour.
    pub color: bool,
    /// Whether the locale's encoding is UTF-8, so that tables can be drawn with lines.
    pub unicode: bool,
    /// The service's time, to which expirations are relative.
    pub now: Timestamp,
}
