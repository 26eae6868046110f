//! A listing as one document, written while its pages come: what is kept is the text, not the items.

use serde_json::Value;

use super::{Format, Screen, json, table, yaml};

/// The document of a listing in `json`, `yaml` or `table`, so far.
#[derive(Debug)]
pub struct Listing<'a> {
    out: String,
    /// The member that holds the items.
    list: &'static str,
    format: Format,
    title: &'static str,
    screen: &'a Screen,
    /// Whether a page had the list at all.
    has_list: bool,
    items: usize,
}

impl<'a> Listing<'a> {
    /// An empty document.
    pub fn new(list: &'static str, format: Format, title: &'static str, screen: &'a Screen) -> Listing<'a> {
        Listing { out: String::new(), list, format, title, screen, has_list: false, items: 0 }
    }

    /// Adds the items of a page; a page without the list adds nothing.
    pub fn add(&mut self, page: &serde_json::Map<String, Value>) {
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
                if self.items > 0 {
                    self.out.push(',');
                }
                json::element(&mut self.out, item, 2, terminal);
            }
            Format::Yaml => self.out.push_str(&yaml::stream_element(item, terminal)),
            Format::Table => table::item(&mut self.out, self.list, item, self.screen),
            Format::Text | Format::YamlStream | Format::Off => {}
        }
    }

    /// The whole document, with the token that goes on where a limit has stopped.
    pub fn finish(self, resume: Option<&str>) -> String {
        let terminal = self.screen.width.is_some();
        if !self.has_list && resume.is_none() {
            return String::new();
        }
        let list = self.list;
        match self.format {
            Format::Json => {
                let mut members = Vec::new();
                if self.has_list {
                    let items = if self.items == 0 { "[]".to_owned() } else { format!("[{}\n    ]", self.out) };
                    members.push(format!("    \"{list}\": {items}"));
                }
                if let Some(token) = resume {
                    let mut text = "    \"NextToken\": ".to_owned();
                    json::string(&mut text, token, terminal);
                    members.push(text);
                }
                format!("{{\n{}\n}}\n", members.join(",\n"))
            }
            Format::Yaml => {
                let mut text = match (self.has_list, self.items) {
                    (true, 0) => format!("{list}: []\n"),
                    (true, _) => format!("{list}:\n{}", self.out),
                    (false, _) => String::new(),
                };
                if let Some(token) = resume {
                    text.push_str(&yaml::document(&serde_json::json!({"NextToken": token}), terminal));
                }
                text
            }
            Format::Table => {
                let mut text = table::title(self.title, self.screen);
                text.push_str(&self.out);
                if let Some(token) = resume {
                    table::pair(&mut text, "NextToken", token, self.screen);
                }
                text
            }
            Format::Text | Format::YamlStream | Format::Off => String::new(),
        }
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
    fn page_by_page_is_the_same_text_as_at_once() {
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
