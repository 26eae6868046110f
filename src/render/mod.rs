//! Output formats, and the choice of one by its name. Each is a pure function from a value to text.

pub mod json;
pub mod listing;
pub mod overview;
pub mod relative;
pub mod screen;
pub mod table;
pub mod text;
pub mod yaml;

use serde_json::Value;

pub use screen::Screen;

/// An output format (`--output`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Indented JSON, members in model order.
    #[default]
    Json,
    /// Tab-separated values.
    Text,
    /// Tables for human readers.
    Table,
    /// YAML, keys sorted.
    Yaml,
    /// A YAML list with an element for each response.
    YamlStream,
    /// No output; errors are still printed.
    Off,
}

impl Format {
    /// The names that `--output` takes, in the order of [`Format::named`].
    pub const NAMES: &[&str] = &["json", "text", "table", "yaml", "yaml-stream", "off"];

    /// Finds the format of this name. Names are case-sensitive, as in the AWS CLI.
    pub fn named(name: &str) -> Option<Format> {
        Some(match name {
            "json" => Format::Json,
            "text" => Format::Text,
            "table" => Format::Table,
            "yaml" => Format::Yaml,
            "yaml-stream" => Format::YamlStream,
            "off" => Format::Off,
            _ => return None,
        })
    }

    /// The format's name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().copied().find(|name| Self::named(name) == Some(self)).unwrap_or_default()
    }
}

/// Renders a value in a format. `title` is the operation's name, the heading of tables.
///
/// An object without members prints nothing in any format, as in the AWS CLI.
pub fn render(value: &Value, format: Format, title: &str, screen: &Screen) -> String {
    if value.as_object().is_some_and(serde_json::Map::is_empty) {
        return String::new();
    }
    let terminal = screen.width.is_some();
    match format {
        Format::Json => json::document(value, terminal),
        Format::Yaml => yaml::document(value, terminal),
        Format::YamlStream => yaml::stream_element(value, terminal),
        Format::Text if terminal => crate::text::escape::tame(&text::document(value)),
        Format::Text => text::document(value),
        Format::Table => table::document(value, title, screen),
        Format::Off => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_format() {
        for name in Format::NAMES {
            assert!(Format::named(name).is_some(), "{name}");
        }
        assert_eq!(Format::named("JSON"), None);
    }
}
