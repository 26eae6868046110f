//! Where the output is read.

use jiff::Timestamp;

/// What the formats need to know of the place and the time in which the text is going to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The terminal's width in columns; nothing where the output goes to a file or a pipe.
    pub width: Option<u16>,
    /// Whether colour is wanted.
    pub color: bool,
    /// Whether the locale's encoding is UTF-8, so that tables can be drawn with lines.
    pub unicode: bool,
    /// The time of the service: what expires is so far from it.
    pub now: Timestamp,
}
