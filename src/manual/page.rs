//! A page of the manual.

/// The release date of this version, which the pages show.
pub const RELEASED: &str = "2026-11-20";

/// A manual page.
#[derive(Debug)]
pub struct Page {
    /// Its name, such as `orgshake-accept-handshake`.
    pub name: String,
    /// Sections: headings and their blocks.
    pub sections: Vec<(&'static str, Vec<Block>)>,
}

/// Stands for `{` in a text, where `{` itself is markup. Both characters are for private use.
pub(super) const OPEN_BRACE: char = '\u{e000}';
/// Stands for `}`.
pub(super) const CLOSE_BRACE: char = '\u{e001}';

/// Returns a text whose braces are no markup.
pub(super) fn literal(text: &str) -> String {
    text.replace('{', &OPEN_BRACE.to_string()).replace('}', &CLOSE_BRACE.to_string())
}

/// A part of a section.
#[derive(Debug)]
pub enum Block {
    /// Text, wrapped to the available width.
    Paragraph(String),
    /// A heading within a section.
    Heading(String),
    /// A term and its explanation, which begins with a paragraph.
    Item(String, Vec<Block>),
    /// Terms with short explanations, without blank lines between them.
    Short(Vec<(String, String)>),
    /// Verbatim lines.
    Verbatim(String),
}
