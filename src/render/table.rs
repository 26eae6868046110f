//! `--output table`: a title, then a box for each object and each list.
//!
//! The cells are those of the AWS CLI; the layout is our own. An object is a card of its members, a list of objects
//! has a row for each. Resources within resources are rows of the same box, indented below the one they belong to.

use std::borrow::Cow;

use comfy_table::presets::{ASCII_FULL, ASCII_FULL_CONDENSED, UTF8_FULL, UTF8_FULL_CONDENSED};
use comfy_table::{Cell, ContentArrangement, LineStyle, Table, TableStyle};
use serde_json::{Map, Value};

use super::relative;
use super::screen::Screen;
use super::text::is_nested;
use crate::text::escape::tame;
use crate::text::number;

/// The line below a header, with crossings at the columns, which the presets lack.
const CROSSED: LineStyle = LineStyle::new('+', '=', '+', '+');

/// Creates an empty table for the screen. With `ruled`, it has lines between its rows.
pub(super) fn empty(screen: &Screen, ruled: bool) -> Table {
    let style: TableStyle = match (screen.unicode, ruled) {
        (true, true) => UTF8_FULL,
        (true, false) => UTF8_FULL_CONDENSED,
        (false, true) => ASCII_FULL.header_separator(CROSSED).row_separator(LineStyle::new('+', '-', '+', '+')),
        (false, false) => ASCII_FULL_CONDENSED.header_separator(CROSSED),
    };
    let mut table = Table::new();
    table.load_style(style);
    if let Some(width) = screen.width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table
}

/// Draws a table, with a newline at its end.
pub(super) fn drawn(table: &Table, screen: &Screen) -> String {
    let text = table.trim_fmt() + "\n";
    if screen.color { painted(&text) } else { text }
}

/// Colours the cells that contain only the name of a state.
fn painted(drawn: &str) -> String {
    let parts = drawn.split_inclusive(['│', '┆', '|']).map(|part| {
        let cell = part.trim_end_matches(['│', '┆', '|']).trim();
        match color(cell) {
            Some(color) => Cow::from(part.replacen(cell, &format!("\x1b[{color}m{cell}\x1b[0m"), 1)),
            None => Cow::from(part),
        }
    });
    parts.collect()
}

/// Returns the colour of a state (ECMA-48, SGR). Terminals make these colours readable on their background.
fn color(state: &str) -> Option<&'static str> {
    Some(match state {
        "ACCEPTED" => "32",
        "OPEN" | "REQUESTED" => "33",
        "CANCELED" | "DECLINED" => "31",
        "EXPIRED" => "2",
        _ => return None,
    })
}

/// Escapes the text of a cell on a terminal, since another account may have written it. In a file it stays exact.
pub(super) fn shown(text: &str, screen: &Screen) -> String {
    // A tab has no fixed width: on a terminal it would break the box.
    if screen.width.is_some() { tame(&text.replace('\t', "    ")) } else { text.to_owned() }
}

/// Renders a value as tables under a title. Null and an empty list give no text.
pub fn document(value: &Value, title: &str, screen: &Screen) -> String {
    let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    if empty {
        return String::new();
    }
    let mut page = Page { out: String::new(), screen };
    page.title(title);
    page.section(None, value);
    page.out
}

/// Renders only a title.
pub fn title(title: &str, screen: &Screen) -> String {
    let mut page = Page { out: String::new(), screen };
    page.title(title);
    page.out
}

/// Adds an item of a listing: a section under the list's key.
pub fn item(out: &mut String, key: &str, item: &Value, screen: &Screen) {
    let mut page = Page { out: std::mem::take(out), screen };
    page.section(Some(key), item);
    *out = page.out;
}

/// Adds one name and value as a box. On a terminal it is a line instead, so that a long value can be copied.
pub fn pair(out: &mut String, name: &str, value: &str, screen: &Screen) {
    if screen.width.is_some() {
        out.push_str(&format!("{name}: {}\n", shown(value, screen)));
        return;
    }
    let mut page = Page { out: std::mem::take(out), screen };
    let mut table = page.table();
    table.add_row(vec![name.to_owned(), page.cell_text(value)]);
    page.draw(&table);
    *out = page.out;
}

/// The text so far, and the screen that it is for.
struct Page<'a> {
    out: String,
    screen: &'a Screen,
}

impl Page<'_> {
    fn title(&mut self, title: &str) {
        let title = self.cell_text(title);
        if self.screen.color {
            self.out.push_str(&format!("\x1b[1m{title}\x1b[0m\n"));
        } else {
            self.out.push_str(&format!("{title}\n"));
        }
    }

    /// Adds the boxes of the value of a key.
    fn section(&mut self, key: Option<&str>, value: &Value) {
        match value {
            Value::Object(members) => self.card(key, members),
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) if items.iter().any(Value::is_object) => self.objects(key, items),
            Value::Array(items) => {
                self.heading(key);
                self.lists(items);
            }
            scalar => {
                self.heading(key);
                let mut table = self.table();
                table.add_row(vec![self.cell(scalar)]);
                self.draw(&table);
            }
        }
    }

    /// Adds a list without objects: a row for each scalar and each list of scalars, and separate boxes for other lists.
    fn lists(&mut self, items: &[Value]) {
        let mut table = self.table();
        for item in items {
            match item {
                Value::Array(cells) if cells.iter().any(is_nested) => {
                    self.draw(&std::mem::replace(&mut table, self.table()));
                    self.section(None, item);
                }
                Value::Array(cells) => _ = table.add_row(cells.iter().map(|cell| self.cell(cell)).collect::<Vec<_>>()),
                scalar => _ = table.add_row(vec![self.cell(scalar)]),
            }
        }
        self.draw(&table);
    }

    /// Returns the time left to accept or decline a handshake. Only for terminals, since scripts parse the expiration.
    fn left(&self, name: &str, members: &Map<String, Value>) -> Option<String> {
        let waits = matches!(members.get("State")?.as_str()?, "OPEN" | "REQUESTED");
        if name != "ExpirationTimestamp" || !waits || self.screen.width.is_none() {
            return None;
        }
        let then = relative::instant(members.get(name)?)?;
        Some(format!(" ({})", relative::distance(then, self.screen.now)))
    }

    fn heading(&mut self, key: Option<&str>) {
        if let Some(key) = key {
            self.title(key);
        }
    }

    /// Adds an object: its scalars as rows of key and value, then a section for every other member.
    fn card(&mut self, key: Option<&str>, members: &Map<String, Value>) {
        self.heading(key);
        let (scalars, nested) = split(members);
        if !scalars.is_empty() {
            let mut table = self.table();
            for (name, value) in scalars {
                let left = self.left(name, members).unwrap_or_default();
                table.add_row(vec![Cell::new(self.cell_text(name)), Cell::new(self.cell_text(&plain(value)) + &left)]);
            }
            self.draw(&table);
        }
        for (name, value) in nested {
            self.section(Some(name), value);
        }
    }

    /// Adds a list with objects: one box with a row for each, or cards if one box can't show all their members.
    fn objects(&mut self, key: Option<&str>, items: &[Value]) {
        let mut columns = Vec::new();
        if !collect_columns(key, items, &mut columns) {
            items.iter().for_each(|item| self.section(key, item));
            return;
        }
        columns.sort_unstable();
        columns.dedup();
        if columns.is_empty() {
            return;
        }
        self.heading(key);
        let mut table = self.table();
        table.set_header(columns.iter().map(|name| Cell::new(self.cell_text(name))).collect::<Vec<_>>());
        self.rows(&mut table, key, items, &columns, 0);
        self.draw(&table);
    }

    /// Adds the rows of a list. After each row come the rows of the list that its object has under the same key.
    fn rows(&self, table: &mut Table, key: Option<&str>, items: &[Value], columns: &[&str], depth: usize) {
        for members in items.iter().filter_map(Value::as_object) {
            let cells = columns.iter().enumerate().map(|(index, name)| {
                let text = members.get(*name).map(plain).unwrap_or_default();
                let indent = if index == 0 { "  ".repeat(depth) } else { String::new() };
                Cell::new(indent + &self.cell_text(&text))
            });
            table.add_row(cells.collect::<Vec<_>>());
            if let Some(Value::Array(inner)) = key.and_then(|key| members.get(key)) {
                self.rows(table, key, inner, columns, depth + 1);
            }
        }
    }

    fn table(&self) -> Table {
        empty(self.screen, false)
    }

    fn draw(&mut self, table: &Table) {
        if table.row_count() == 0 {
            return;
        }
        self.out.push_str(&drawn(table, self.screen));
    }

    fn cell(&self, value: &Value) -> Cell {
        Cell::new(self.cell_text(&plain(value)))
    }

    fn cell_text(&self, text: &str) -> String {
        shown(text, self.screen)
    }
}

/// Splits the members, in key order, into scalars and others.
#[expect(clippy::type_complexity, reason = "the same pair twice, named at once")]
fn split(members: &Map<String, Value>) -> (Vec<(&String, &Value)>, Vec<(&String, &Value)>) {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_unstable_by_key(|(name, _)| *name);
    sorted.into_iter().partition(|(_, value)| !is_nested(value))
}

/// Adds the scalar keys of a list's elements, and of the lists that they have under the same key.
///
/// Returns false if an element isn't an object, or has another member that doesn't fit a row.
fn collect_columns<'a>(key: Option<&str>, items: &'a [Value], columns: &mut Vec<&'a str>) -> bool {
    items.iter().all(|item| {
        let Value::Object(members) = item else { return false };
        members.iter().all(|(name, value)| match value {
            Value::Array(inner) if Some(name.as_str()) == key => collect_columns(key, inner, columns),
            Value::Array(inner) => inner.is_empty(),
            Value::Object(_) => false,
            _ => {
                columns.push(name);
                true
            }
        })
    })
}

/// Returns a value as the text of a cell.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number::to_text(number),
        Value::String(text) => text.clone(),
        nested => nested.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use serde_json::json;

    const WIDE: Screen = Screen { width: None, color: false, unicode: true, now: Timestamp::UNIX_EPOCH };

    #[test]
    fn resources_within_resources_are_indented() {
        let value = json!({"Handshake": {"Id": "h-1", "Resources": [
            {"Value": "o-1", "Type": "ORGANIZATION", "Resources": [{"Value": "Bill", "Type": "MASTER_NAME"}]},
            {"Value": "juan@example.com", "Type": "EMAIL"},
        ]}});
        assert_eq!(
            document(&value, "AcceptHandshake", &WIDE),
            "\
AcceptHandshake
Handshake
┌────┬─────┐
│ Id ┆ h-1 │
└────┴─────┘
Resources
┌───────────────┬──────────────────┐
│ Type          ┆ Value            │
╞═══════════════╪══════════════════╡
│ ORGANIZATION  ┆ o-1              │
│   MASTER_NAME ┆ Bill             │
│ EMAIL         ┆ juan@example.com │
└───────────────┴──────────────────┘
"
        );
    }

    /// Returns every list and object that can be made of these values.
    fn nested(inner: &[Value], more: &[Value]) -> Vec<Value> {
        let mut values = vec![json!([]), json!({})];
        for one in inner {
            values.extend([json!([one]), json!({"K": one})]);
            values.extend(more.iter().flat_map(|other| [json!([one, other]), json!({"K": one, "L": other})]));
        }
        values
    }

    /// Gives every scalar a unique text. Collects these texts and the names of the members that aren't empty.
    fn numbered(value: &mut Value, noted: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| numbered(item, noted)),
            Value::Object(members) => {
                for (name, member) in members {
                    let before = noted.len();
                    numbered(member, noted);
                    noted.extend((noted.len() > before).then(|| name.clone()));
                }
            }
            scalar => {
                let text = format!("<{}>", noted.len());
                *scalar = text.clone().into();
                noted.push(text);
            }
        }
    }

    #[test]
    fn every_value_and_every_name_is_shown() {
        let scalar = [json!("")];
        let flat = nested(&scalar, &scalar);
        let flat: Vec<_> = flat.into_iter().chain(scalar).collect();
        for mut value in nested(&nested(&flat, &flat), &flat) {
            let mut noted = Vec::new();
            numbered(&mut value, &mut noted);
            let table = document(&value, "T", &WIDE);
            let cells: Vec<_> = table.split(['│', '┆', '\n']).map(str::trim).collect();
            assert!(noted.iter().all(|text| cells.contains(&text.as_str())), "{value}: {noted:?}\n{table}");
        }
    }

    #[test]
    fn lists_of_lists_have_separate_boxes() {
        let parties = json!([{"Id": "o-1", "Type": "ORGANIZATION"}, {"Id": "juan@example.com", "Type": "EMAIL"}]);
        assert_eq!(
            document(&json!(["h-1", parties]), "AcceptHandshake", &WIDE),
            "\
AcceptHandshake
┌─────┐
│ h-1 │
└─────┘
┌──────────────────┬──────────────┐
│ Id               ┆ Type         │
╞══════════════════╪══════════════╡
│ o-1              ┆ ORGANIZATION │
│ juan@example.com ┆ EMAIL        │
└──────────────────┴──────────────┘
"
        );
    }

    #[test]
    fn a_list_beside_a_scalar_keeps_its_name() {
        assert_eq!(
            document(&json!([{"id": "h-1", "parties": ["o-1", "juan@example.com"]}]), "T", &WIDE),
            "\
T
┌────┬─────┐
│ id ┆ h-1 │
└────┴─────┘
parties
┌──────────────────┐
│ o-1              │
│ juan@example.com │
└──────────────────┘
"
        );
    }

    #[test]
    fn a_narrow_terminal_folds_but_loses_no_character() {
        let screen = Screen { width: Some(30), ..WIDE };
        let text = document(&json!({"Arn": "arn:aws:organizations::111111111111:handshake/o-1"}), "T", &screen);
        assert!(text.lines().all(|line| line.chars().count() <= 30), "{text}");
        let cell: String = text.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        assert!(cell.contains("handshakeo1"), "{text}");
    }

    #[test]
    fn nothing_prints_nothing_and_a_scalar_prints_itself() {
        assert_eq!(document(&json!([]), "T", &WIDE), "");
        assert_eq!(document(&Value::Null, "T", &WIDE), "");
        assert!(document(&json!("ACCEPTED"), "T", &WIDE).contains("│ ACCEPTED │"));
        assert_eq!(document(&json!({"Handshakes": []}), "T", &WIDE), "T\n");
    }

    #[test]
    fn text_is_escaped_on_a_terminal_only() {
        let value = json!(["\u{1b}[31mred"]);
        assert!(document(&value, "T", &WIDE).contains('\u{1b}'));
        assert!(!document(&value, "T", &Screen { width: Some(80), ..WIDE }).contains('\u{1b}'));
    }

    #[test]
    fn without_utf_8_the_lines_are_ascii() {
        let screen = Screen { unicode: false, ..WIDE };
        assert!(document(&json!([["a", "b"]]), "T", &screen).is_ascii());
    }
}
