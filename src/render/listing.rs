//! Builds the document of a listing page by page. It stores the text, not the items.
//!
//! A table is an overview. On a terminal, a summary follows it; otherwise all cells, for scripts.

use serde_json::{Map, Value};

use super::overview::Overview;
use super::{Format, Screen, json, table, yaml};
use crate::model::TOKEN;
use crate::text::json::string;

/// The document of a listing in `json`, `yaml` or `table`, as far as it is known.
#[derive(Debug)]
pub struct Listing<'a> {
    out: String,
    overview: Overview,
    /// The member that holds the items.
    list: &'static str,
    format: Format,
    title: &'static str,
    screen: &'a Screen,
    /// Whether any page had the list.
    has_list: bool,
    items: usize,
}

impl<'a> Listing<'a> {
    /// Creates an empty document.
    pub fn new(list: &'static str, format: Format, title: &'static str, screen: &'a Screen) -> Listing<'a> {
        Listing {
            out: String::new(),
            overview: Overview::new(title),
            list,
            format,
            title,
            screen,
            has_list: false,
            items: 0,
        }
    }

    /// Adds the items of a page; a page without the list adds nothing.
    pub fn add(&mut self, page: &Map<String, Value>) {
        let Some(Value::Array(items)) = page.get(self.list) else { return };
        self.has_list = true;
        for item in items {
            self.item(item);
            self.items += 1;
        }
    }

    fn item(&mut self, item: &Value) {
        let terminal = self.screen.width.is_some();
        match self.format {
            Format::Json => {
                if self.items == 0 {
                    self.out = format!("{{\n    \"{}\": [", self.list);
                } else {
                    self.out.push(',');
                }
                json::element(&mut self.out, item, 2, terminal);
            }
            Format::Yaml => {
                if self.items == 0 {
                    self.out = format!("{}:\n", self.list);
                }
                self.out.push_str(&yaml::stream_element(item, terminal));
            }
            Format::Table => {
                self.overview.add(item, self.screen);
                if !terminal {
                    table::item(&mut self.out, self.list, item, self.screen);
                }
            }
            Format::Text | Format::YamlStream | Format::Off => {}
        }
    }

    /// Returns the whole document, with the token to continue after a limit.
    pub fn finish(mut self, resume: Option<&str>) -> String {
        if self.items > 0 && matches!(self.format, Format::Json) {
            self.out.push_str("\n    ]");
        }
        if self.items == 0 {
            // Without items, there is nothing to continue.
            let mut whole = Map::new();
            if self.has_list {
                whole.insert(self.list.to_owned(), Value::Array(Vec::new()));
            }
            if let Some(token) = resume {
                whole.insert(TOKEN.to_owned(), token.into());
            }
            let mut text = super::render(&Value::Object(whole), self.format, self.title, self.screen);
            if self.format == Format::Table && self.screen.width.is_some() {
                // A file gets only the title, as from the AWS CLI.
                text.push_str("No handshakes.\n");
            }
            return text;
        }
        let terminal = self.screen.width.is_some();
        match (self.format, resume) {
            (Format::Json, Some(token)) => {
                self.out.push_str(&format!(",\n    \"{TOKEN}\": "));
                string(&mut self.out, token, terminal);
                self.out.push_str("\n}\n");
            }
            (Format::Json, None) => self.out.push_str("\n}\n"),
            (Format::Yaml, Some(token)) => {
                self.out.push_str(&yaml::document(&serde_json::json!({TOKEN: token}), terminal));
            }
            (Format::Table, resume) => {
                let mut head = table::title(self.title, self.screen);
                let hidden = self.overview.draw(&mut head, self.screen);
                self.out.insert_str(0, &head);
                if terminal {
                    self.out.push_str(&self.overview.summary(self.screen));
                }
                if !hidden.is_empty() {
                    self.out.push_str(&format!("A wider terminal also shows: {}\n", hidden.join(", ")));
                }
                if let Some(token) = resume {
                    table::pair(&mut self.out, TOKEN, token, self.screen);
                }
            }
            _ => {}
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn both(pages: &[Value], resume: Option<&str>, format: Format) -> (String, String) {
        let screen = Screen { unicode: true, ..Screen::default() };
        let mut listing = Listing::new("Handshakes", format, "T", &screen);
        let mut whole = serde_json::Map::new();
        for page in pages {
            let page = page.as_object().unwrap();
            listing.add(page);
            if let Some(Value::Array(items)) = page.get("Handshakes") {
                let list = whole.entry("Handshakes").or_insert_with(|| json!([]));
                list.as_array_mut().unwrap().extend(items.iter().cloned());
            }
        }
        if let Some(token) = resume {
            whole.insert("NextToken".into(), token.into());
        }
        (listing.finish(resume), super::super::render(&Value::Object(whole), format, "T", &screen))
    }

    #[test]
    fn page_by_page_and_whole_give_the_same_text() {
        let page = |ids: &[&str]| {
            let items: Vec<_> =
                ids.iter().map(|id| json!({"Id": id, "Resources": [], "Parties": [{"Id": id}]})).collect();
            json!({"Handshakes": items, "NextToken": "x"})
        };
        for format in [Format::Json, Format::Yaml] {
            for resume in [None, Some("tok=\u{e9}: ")] {
                for pages in [
                    vec![page(&["a", "b"]), page(&[]), page(&["c"])],
                    vec![page(&[])],
                    vec![json!({"NextToken": "x"}), page(&["d"])],
                    vec![json!({})],
                ] {
                    let (paged, whole) = both(&pages, resume, format);
                    assert_eq!(paged, whole, "{pages:?}");
                }
            }
        }
    }
}
