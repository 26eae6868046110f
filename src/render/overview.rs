//! The overview of a listing: a row for each handshake. There are as many columns as the screen has room for. On a narrow
//! screen, some fields are left out, and several share a column. No text is cut.
//!
//! Which columns there are depends on the screen and on the texts, not on the number of handshakes.

use std::collections::BTreeMap;

use comfy_table::{ColumnConstraint, Width};
use jiff::Timestamp;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::table::{self, plain};
use super::{Screen, relative};
use crate::model::LIVE;
use crate::text::escape::tame_line;
use crate::text::fold::fold;

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    Action,
    State,
    Organization,
    Account,
    Notes,
    Requested,
    Expires,
    /// The exact time of the expiration.
    At,
    /// The organization's id only. Its name and address are then printed above the table.
    OrganizationId,
}

/// All fields, in the order of the cells, with their headers.
const FIELDS: [(Field, &str); 10] = [
    (Field::Id, "Id"),
    (Field::Action, "Action"),
    (Field::State, "State"),
    (Field::Organization, "Organization"),
    (Field::Account, "Account"),
    (Field::Notes, "Notes"),
    (Field::Requested, "Requested"),
    (Field::Expires, "Expires"),
    (Field::At, "Expires at"),
    (Field::OrganizationId, "Organization"),
];

/// Which fields share a column, from the widest layout to the narrowest. Output that isn't a terminal has the widest.
const LAYOUTS: [&[&[Field]]; 8] = {
    use Field::*;
    [
        &[&[Id], &[Action], &[State], &[Organization], &[Account], &[Notes], &[Requested], &[Expires], &[At]],
        &[&[Id], &[Action], &[State], &[Organization], &[Account], &[Notes], &[Requested], &[Expires]],
        &[&[Id], &[Action], &[State], &[Organization], &[Account], &[Notes], &[Expires]],
        &[&[Id], &[Action], &[State], &[OrganizationId], &[Account, Notes], &[Expires]],
        &[&[Id], &[Action], &[State], &[OrganizationId], &[Account], &[Expires]],
        &[&[Id], &[Action, OrganizationId, Account], &[State], &[Expires]],
        &[&[Id], &[Action, OrganizationId, Account], &[State, Expires]],
        &[&[Id, Action], &[State, Expires], &[OrganizationId, Account]],
    ]
};

/// The width that a layout must leave for the parties, which are folded between words.
const READABLE: usize = 18;
/// The width that a layout must leave for notes and for an organization's name and address, so that they take few lines.
const SENTENCE: usize = 30;
/// The narrowest width of a column of text before ids are folded.
const NARROW: usize = 8;
/// The widest column if the output is not a terminal.
const LONG_LINE: usize = 100;
/// The number of rows that are drawn at a time.
const CHUNK: usize = 1000;

/// The cells of the handshakes so far.
#[derive(Debug)]
pub struct Overview {
    /// The party that is the same for all handshakes of such a listing.
    fixed: Field,
    cells: String,
    ends: Vec<usize>,
    /// The number of handshakes that wait for an answer.
    live: usize,
    /// Of these, the row of the one that expires next, and when.
    next: Option<(usize, Timestamp)>,
}

impl Overview {
    /// Creates an overview without handshakes for the results of this operation.
    pub fn new(operation: &str) -> Overview {
        let fixed = if operation.ends_with("ForAccount") { Field::Account } else { Field::Organization };
        Overview { fixed, cells: String::new(), ends: Vec::new(), live: 0, next: None }
    }

    /// Adds a handshake.
    pub fn add(&mut self, handshake: &Value, screen: &Screen) {
        self.count(handshake, screen.now);
        for (field, _) in FIELDS {
            self.cells.push_str(&table::shown(&cell(handshake, field, screen), screen));
            self.ends.push(self.cells.len());
        }
    }

    /// Counts a handshake that is about to become a row.
    fn count(&mut self, handshake: &Value, now: Timestamp) {
        if !handshake.get("State").and_then(Value::as_str).is_some_and(|state| LIVE.contains(&state)) {
            return;
        }
        self.live += 1;
        let expires = handshake.get("ExpirationTimestamp").and_then(relative::instant).filter(|then| *then >= now);
        if let Some(then) = expires.filter(|then| self.next.is_none_or(|(_, next)| *then < next)) {
            self.next = Some((self.rows_so_far(), then));
        }
    }

    fn rows_so_far(&self) -> usize {
        self.ends.len() / FIELDS.len()
    }

    /// Returns a summary for a terminal: how many handshakes there are, how many wait for an answer, and which of these
    /// expires next.
    pub fn summary(&self, screen: &Screen) -> String {
        let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
        let all = count(self.rows_so_far(), "handshake", "handshakes");
        let live = match self.live {
            0 => "none waits for a response".to_owned(),
            live => count(live, "waits for a response", "wait for a response"),
        };
        let next = self.next.map(|(row, then)| {
            let (id, at) = (self.cell(row, Field::Id), self.cell(row, Field::At));
            format!("; {id} expires next, {} ({at})", relative::distance(then, screen.now))
        });
        let text = format!("{all}, {live}{}\n", next.unwrap_or_default());
        screen.width.map_or(text.clone(), |width| fold(&text, width.into(), 0))
    }

    /// Draws the fields that are the same for all handshakes, then the rows. Returns the headers of the fields that a
    /// wider screen would show.
    pub fn draw(&self, out: &mut String, screen: &Screen) -> Vec<&'static str> {
        let mut widths = [0; FIELDS.len()];
        for (field, header) in FIELDS {
            if self.is_common(field, screen) {
                if field != Field::OrganizationId {
                    out.push_str(&format!("{header}: {}\n", one_line(longest(self.column(field)), screen)));
                }
                continue;
            }
            let widest = self.column(field).flat_map(str::lines).map(str::width).max().unwrap_or_default();
            if widest > 0 {
                widths[field as usize] = widest.max(header.width()).min(LONG_LINE);
            }
        }
        let room = screen.width.map_or(usize::MAX, usize::from);
        let layouts = LAYOUTS.map(|layout| self.columns(layout, &widths));
        let [.., narrowest] = &layouts;
        let mut fitting = layouts.iter().filter(|columns| need(columns) <= room);
        let mut chosen = fitting.next().unwrap_or(narrowest);
        if chosen.iter().any(Column::is_line) {
            // Sharing more lines is better than folding them.
            let unfolded = [chosen].into_iter().chain(fitting).find(|columns| full(columns) <= room);
            chosen = unfolded.filter(|columns| !is_stacked(columns)).unwrap_or(chosen);
        }
        let shows = |field: Field| chosen.iter().any(|column| column.fields.contains(&field));
        if shows(Field::OrganizationId) {
            self.organizations(out, screen);
        }
        self.rows(out, &shrunk(chosen.clone(), room), screen);
        // The exact time adds nothing to the relative one that a person needs.
        let optional = [Field::Notes, Field::Requested].into_iter();
        let hidden = optional.filter(|field| widths[*field as usize] > 0 && !shows(*field));
        hidden.map(|field| FIELDS[field as usize].1).collect()
    }

    /// Draws the name and address of every organization that has them.
    fn organizations(&self, out: &mut String, screen: &Screen) {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for text in self.column(Field::Organization) {
            let shown = known.entry(first_part(text)).or_default();
            *shown = longest([*shown, text].into_iter());
        }
        for text in known.into_iter().filter(|(id, text)| id != text).map(|(_, text)| text) {
            out.push_str(&format!("Organization: {}\n", one_line(text, screen)));
        }
    }

    fn cell(&self, row: usize, field: Field) -> &str {
        let index = row * FIELDS.len() + field as usize;
        let end = |index: usize| self.ends.get(index).copied().unwrap_or(self.cells.len());
        let start = if index == 0 { 0 } else { end(index - 1) };
        &self.cells[start..end(index)]
    }

    fn column(&self, field: Field) -> impl Iterator<Item = &str> {
        (0..self.rows_so_far()).map(move |row| self.cell(row, field))
    }

    /// Whether all handshakes have the same organization, or the same account. It is then printed only once.
    fn is_common(&self, field: Field, screen: &Screen) -> bool {
        let may = match (screen.width, field) {
            (None, Field::Organization | Field::Account) => self.rows_so_far() > 1,
            (None, _) => false,
            // One handshake has the same columns as many.
            (Some(_), Field::OrganizationId) => self.fixed == Field::Organization,
            (Some(_), field) => self.fixed == field,
        };
        // Only some of an organization's handshakes may describe it.
        let id = |text| if field == Field::Organization { first_part(text) } else { text };
        let mut ids = self.column(field).map(id);
        may && ids.next().is_some_and(|first| !first.is_empty() && ids.all(|id| id == first))
    }

    /// Returns the columns of a layout, without empty fields.
    fn columns(&self, layout: &[&[Field]], widths: &[usize; FIELDS.len()]) -> Vec<Column> {
        let columns = layout.iter().map(|fields| {
            let fields = fields.iter().copied().filter(|field| widths[*field as usize] > 0).collect();
            let mut column = Column {
                fields,
                shares_line: layout.first().is_some_and(|first| first.len() == 1),
                width: 0,
                least: 0,
            };
            let widths = || column.fields.iter().map(|field| widths[*field as usize]);
            column.width = match column.is_line() {
                true => {
                    let rows = (0..self.rows_so_far()).map(|row| column.join(|field| self.cell(row, field)));
                    rows.chain([column.header()]).map(|text| text.width()).max().unwrap_or_default()
                }
                false => widths().max().unwrap_or_default(),
            };
            let least = column.fields.iter().zip(widths()).map(|(field, width)| least(*field, width));
            column.least = least.max().unwrap_or_default();
            column
        });
        columns.filter(|column| !column.fields.is_empty()).collect()
    }

    fn rows(&self, out: &mut String, columns: &[Column], screen: &Screen) {
        let count = self.rows_so_far();
        let stacked = is_stacked(columns);
        // Handshakes of several lines need borders between them, and are then drawn in one table.
        let chunk = if stacked { count.max(1) } else { CHUNK };
        for start in (0..count).step_by(chunk) {
            let end = (start + chunk).min(count);
            let mut table = table::empty(screen, stacked);
            if start == 0 {
                table.set_header(columns.iter().map(Column::header));
            }
            for row in start..end {
                table.add_row(columns.iter().map(|column| column.join(|field| self.cell(row, field))));
            }
            for (drawn, column) in table.column_iter_mut().zip(columns) {
                let padded = u16::try_from(column.width + 2).unwrap_or(u16::MAX);
                drawn.set_constraint(ColumnConstraint::Absolute(Width::Fixed(padded)));
            }
            let drawn = table::drawn(&table, screen);
            // No border between two chunks.
            let from = if start == 0 { 0 } else { drawn.find('\n').map_or(0, |first| first + 1) };
            let to = if end == count { drawn.len() } else { drawn.trim_end().rfind('\n').map_or(0, |last| last + 1) };
            out.push_str(drawn.get(from..to).unwrap_or_default());
        }
    }
}

/// A column of the layout and its width without padding.
#[derive(Clone, Debug)]
struct Column {
    fields: Vec<Field>,
    /// Whether an action or a state shares its line with other fields, as in `INVITE juan@example.com`.
    shares_line: bool,
    width: usize,
    /// The width that a layout must leave for it.
    least: usize,
}

impl Column {
    /// Whether its text may be folded at any character. Text that users copy, such as an id, may not.
    fn folds(&self) -> bool {
        self.fields.iter().any(|field| is_text(*field))
    }

    /// Whether its fields share a line.
    fn is_line(&self) -> bool {
        self.shares_line && self.fields.len() > 1 && matches!(self.fields.first(), Some(Field::Action | Field::State))
    }

    fn header(&self) -> String {
        let names: Vec<&str> = self.fields.iter().map(|field| FIELDS[*field as usize].1).collect();
        names.join(if self.is_line() { ", " } else { "\n" })
    }

    /// Joins the texts of its fields.
    fn join<'a>(&self, say: impl Fn(Field) -> &'a str) -> String {
        let said: Vec<&str> = self.fields.iter().map(|field| say(*field)).filter(|text| !text.is_empty()).collect();
        said.join(if self.is_line() { " " } else { "\n" })
    }
}

/// Whether every handshake takes several lines.
fn is_stacked(columns: &[Column]) -> bool {
    columns.first().is_some_and(|column| column.fields.len() > 1)
}

/// Whether a field is text that may be folded between words.
fn is_text(field: Field) -> bool {
    matches!(field, Field::Organization | Field::OrganizationId | Field::Account | Field::Notes)
}

/// Returns the width that a layout must leave for a field.
fn least(field: Field, width: usize) -> usize {
    match field {
        Field::Notes | Field::Organization => width.min(SENTENCE),
        field if is_text(field) => width.min(READABLE),
        _ => width,
    }
}

/// Returns the minimum width of a layout. On a narrower screen, the next layout is better.
fn need(columns: &[Column]) -> usize {
    border(columns.len()) + columns.iter().map(|column| column.least).sum::<usize>()
}

/// Returns the width of a layout without folded text.
fn full(columns: &[Column]) -> usize {
    border(columns.len()) + columns.iter().map(|column| column.width).sum::<usize>()
}

/// Returns the width of borders and padding.
fn border(columns: usize) -> usize {
    columns * 3 + 1
}

/// Narrows columns until they fit: first to the widths that layouts must leave, then those of text, and the widest first.
fn shrunk(mut columns: Vec<Column>, room: usize) -> Vec<Column> {
    let mut total = full(&columns);
    type Least = fn(&Column) -> usize;
    let steps: [Least; 3] = [
        |column| column.least,
        |column| if column.folds() { NARROW } else { column.least },
        // Finally, even ids are folded, down to the two columns of a wide character.
        |_| 2,
    ];
    for least in steps {
        while total > room {
            let narrower = columns.iter_mut().filter(|column| column.width > least(column));
            let Some(column) = narrower.max_by_key(|column| column.width) else { break };
            let before = column.width;
            column.width -= 1;
            if column.is_line() && column.fields.first() == Some(&Field::State) {
                // A state is easier to read above its expiration than folded with it.
                column.shares_line = false;
                column.width = column.least.min(column.width);
            }
            total -= before - column.width;
        }
    }
    columns
}

/// Returns the longest of these texts.
fn longest<'a>(texts: impl Iterator<Item = &'a str>) -> &'a str {
    texts.max_by_key(|text| text.len()).unwrap_or_default()
}

/// Escapes the line breaks of another account's text on a terminal, so that it can't pretend to be another line.
fn one_line(text: &str, screen: &Screen) -> String {
    if screen.width.is_some() { tame_line(text) } else { text.to_owned() }
}

/// Returns the text of an organization up to its name: its id.
fn first_part(text: &str) -> &str {
    text.split(',').next().unwrap_or_default()
}

/// Returns the text of a handshake's field; empty if the handshake doesn't have it.
fn cell(handshake: &Value, field: Field, screen: &Screen) -> String {
    let text = |name: &str| handshake.get(name).map(plain).unwrap_or_default();
    match field {
        Field::Id if !handshake.is_object() => plain(handshake),
        Field::Id => text("Id"),
        Field::Action => text("Action"),
        Field::State => text("State"),
        Field::Organization => organization(handshake),
        Field::OrganizationId => first_part(&organization(handshake)).to_owned(),
        Field::Account => accounts(handshake).join(", "),
        Field::Notes => resources(handshake, "NOTES").join("\n"),
        Field::Requested => relative::minute(&text("RequestedTimestamp")),
        Field::Expires | Field::At if !expires(&text("State")) => String::new(),
        Field::Expires => {
            let then = handshake.get("ExpirationTimestamp").and_then(relative::instant);
            then.map(|then| relative::distance(then, screen.now)).unwrap_or_default()
        }
        Field::At => relative::minute(&text("ExpirationTimestamp")),
    }
}

/// Whether the expiration of a handshake in this state matters.
fn expires(state: &str) -> bool {
    !matches!(state, "ACCEPTED" | "CANCELED" | "DECLINED")
}

/// Returns the elements of a list with their types. The type is empty if an element has none.
fn typed<'a>(holder: &'a Value, list: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let items = holder.get(list).and_then(Value::as_array).into_iter().flatten();
    items.map(|item| (item.get("Type").and_then(Value::as_str).unwrap_or_default(), item))
}

/// Returns the values of the resources of a type.
fn resources(holder: &Value, wanted: &str) -> Vec<String> {
    let found = typed(holder, "Resources").filter(|(kind, _)| *kind == wanted);
    found.filter_map(|(_, resource)| resource.get("Value")).map(plain).collect()
}

/// Returns the organization's id and its management account's name and address, as far as they are known.
fn organization(handshake: &Value) -> String {
    let party = typed(handshake, "Parties").find(|(kind, _)| *kind == "ORGANIZATION");
    let resource = typed(handshake, "Resources").find(|(kind, _)| *kind == "ORGANIZATION").map(|(_, found)| found);
    let id = party.and_then(|(_, party)| party.get("Id")).or_else(|| resource?.get("Value"));
    let of = |kind| resource.map(|resource| resources(resource, kind)).unwrap_or_default().into_iter().next();
    let name = of("MASTER_NAME").or_else(|| of("MANAGEMENT_NAME"));
    let email = of("MASTER_EMAIL").or_else(|| of("MANAGEMENT_EMAIL")).map(|email| format!("<{email}>"));
    let speaks: Vec<String> = name.into_iter().chain(email).collect();
    let parts = id.map(plain).into_iter().chain([speaks.join(" ")]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Returns the other parties: account ids and addresses, without duplicates.
fn accounts(handshake: &Value) -> Vec<String> {
    let parties = typed(handshake, "Parties").filter(|(kind, _)| *kind != "ORGANIZATION");
    let mut found: Vec<String> = parties.filter_map(|(_, party)| party.get("Id")).map(plain).collect();
    for more in ["ACCOUNT", "EMAIL"].iter().flat_map(|kind| resources(handshake, kind)) {
        if !found.contains(&more) {
            found.push(more);
        }
    }
    found
}
