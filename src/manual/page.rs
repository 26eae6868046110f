//! A page of the manual.

/// The day of this version: pages carry a date.
pub const RELEASED: &str = "2026-11-20";

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its name, such as `orgshake-accept-handshake`.
    pub name: String,
    /// Headings, and what stands below them.
    pub sections: Vec<(&'static str, Vec<Block>)>,
}

/// A part of a section.
#[derive(Debug)]
pub enum Block {
    /// Text, folded to the width there is.
    Paragraph(String),
    /// A heading within a section.
    Heading(String),
    /// What is explained, and its explanation, which begins with a paragraph.
    Item(String, Vec<Block>),
    /// The same in a line or two each, without gaps.
    Short(Vec<(String, String)>),
    /// Lines as they are.
    Verbatim(String),
}
