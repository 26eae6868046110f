//! A listing at a glance: a row for each handshake. The columns are as many as the screen has room for; where it is
//! narrow, several of them share one, one below the other. Nothing is cut.

use comfy_table::{ColumnConstraint, Width};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::table::{self, plain};
use super::{Screen, relative};

/// What a row tells of a handshake.
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
    /// The exact time of that.
    At,
}

/// All fields in the order in which cells are kept, with their headers.
const FIELDS: [(Field, &str); 9] = [
    (Field::Id, "Id"),
    (Field::Action, "Action"),
    (Field::State, "State"),
    (Field::Organization, "Organization"),
    (Field::Account, "Account"),
    (Field::Notes, "Notes"),
    (Field::Requested, "Requested"),
    (Field::Expires, "Expires"),
    (Field::At, "Expires at"),
];

/// Which fields share a column, from the widest layout to the narrowest.
const LAYOUTS: [&[&[Field]]; 6] = {
    use Field::*;
    [
        &[&[Id], &[Action], &[State], &[Organization], &[Account], &[Notes], &[Requested], &[Expires], &[At]],
        &[&[Id], &[Action], &[State], &[Organization], &[Account], &[Notes], &[Requested], &[Expires]],
        &[&[Id], &[Action], &[State], &[Organization], &[Account, Notes], &[Requested], &[Expires]],
        &[&[Id, Action], &[State, Expires], &[Organization], &[Account, Notes], &[Requested]],
        &[&[Id, Action], &[State, Expires], &[Organization, Account, Notes], &[Requested]],
        &[&[Id, Action], &[State, Expires, Requested], &[Organization, Account, Notes]],
    ]
};

/// Columns of text are folded at words; a layout is taken if they have this much room.
const READABLE: usize = 18;
/// The least that they are folded to while other columns stay whole.
const NARROW: usize = 8;
/// The width of a date, without the time of day.
const DATE: usize = 10;
/// No column is wider than this where the screen has no end.
const LONG_LINE: usize = 100;
/// How many rows are drawn at a time.
const CHUNK: usize = 1000;

/// The handshakes so far: their cells, and no more.
#[derive(Debug, Default)]
pub struct Overview {
    cells: String,
    ends: Vec<usize>,
}

impl Overview {
    /// Adds a handshake.
    pub fn add(&mut self, handshake: &Value, screen: &Screen) {
        for (field, _) in FIELDS {
            self.cells.push_str(&table::shown(&cell(handshake, field, screen), screen));
            self.ends.push(self.cells.len());
        }
    }

    /// Draws the rows, below what they all have in common.
    pub fn draw(self, out: &mut String, screen: &Screen) {
        let mut widths = [0; FIELDS.len()];
        for ((field, header), width) in FIELDS.into_iter().zip(&mut widths) {
            let longest = self.column(field).max_by_key(|text| text.len()).unwrap_or_default();
            if self.is_common(field) {
                out.push_str(&format!("{header}: {longest}\n"));
            } else if !longest.is_empty() {
                let lines = self.column(field).chain([header]).flat_map(str::lines);
                *width = lines.map(str::width).max().unwrap_or_default().min(LONG_LINE);
            }
        }
        let room = screen.width.map_or(usize::MAX, usize::from);
        let layouts = LAYOUTS.map(|layout| columns(layout, &widths));
        let [.., narrowest] = &layouts;
        let chosen = layouts.iter().find(|columns| need(columns) <= room).unwrap_or(narrowest);
        let columns = shrunk(chosen.clone(), room);
        self.rows(out, &columns, screen);
    }

    fn cell(&self, row: usize, field: Field) -> &str {
        let index = row * FIELDS.len() + field as usize;
        let end = |index: usize| self.ends.get(index).copied().unwrap_or(self.cells.len());
        let start = if index == 0 { 0 } else { end(index - 1) };
        &self.cells[start..end(index)]
    }

    fn column(&self, field: Field) -> impl Iterator<Item = &str> {
        (0..self.ends.len() / FIELDS.len()).map(move |row| self.cell(row, field))
    }

    /// Whether several handshakes are all of one organization, or of one account: that is said once.
    fn is_common(&self, field: Field) -> bool {
        // An organization may be described in some of its handshakes only.
        let id = |text| if field == Field::Organization { first_part(text) } else { text };
        let mut ids = self.column(field).map(id);
        matches!(field, Field::Organization | Field::Account)
            && self.ends.len() > FIELDS.len()
            && ids.next().is_some_and(|first| !first.is_empty() && ids.all(|id| id == first))
    }

    fn rows(&self, out: &mut String, columns: &[Column], screen: &Screen) {
        let count = self.ends.len() / FIELDS.len();
        let stacked = is_stacked(columns);
        // A handshake of several lines wants a border below it, and then all of them are drawn at once.
        let chunk = if stacked { count.max(1) } else { CHUNK };
        for start in (0..count).step_by(chunk) {
            let end = (start + chunk).min(count);
            let mut table = table::empty(screen, stacked);
            if start == 0 {
                table.set_header(columns.iter().map(|column| column.join(|field| FIELDS[field as usize].1)));
            }
            for row in start..end {
                table.add_row(columns.iter().map(|column| column.join(|field| self.cell(row, field))));
            }
            for (drawn, column) in table.column_iter_mut().zip(columns) {
                let padded = u16::try_from(column.width + 2).unwrap_or(u16::MAX);
                drawn.set_constraint(ColumnConstraint::Absolute(Width::Fixed(padded)));
            }
            let drawn = table::drawn(&table, screen);
            // Between two chunks there is no border.
            let from = if start == 0 { 0 } else { drawn.find('\n').map_or(0, |first| first + 1) };
            let to = if end == count { drawn.len() } else { drawn.trim_end().rfind('\n').map_or(0, |last| last + 1) };
            out.push_str(drawn.get(from..to).unwrap_or_default());
        }
    }
}

/// The columns of a layout, without the fields that have no width.
fn columns(layout: &[&[Field]], widths: &[usize; FIELDS.len()]) -> Vec<Column> {
    let columns = layout.iter().map(|fields| Column {
        fields: fields.iter().copied().filter(|field| widths[*field as usize] > 0).collect(),
        width: fields.iter().map(|field| widths[*field as usize]).max().unwrap_or_default(),
    });
    columns.filter(|column| !column.fields.is_empty()).collect()
}

/// A column of the layout, and how wide it is without its padding.
#[derive(Clone, Debug)]
struct Column {
    fields: Vec<Field>,
    width: usize,
}

impl Column {
    /// Whether its text may be folded: it isn't made to be copied.
    fn folds(&self) -> bool {
        self.fields.iter().any(|field| matches!(field, Field::Organization | Field::Account | Field::Notes))
    }

    /// Whether it has times, which may be folded into date and time of day.
    fn has_times(&self) -> bool {
        self.fields.iter().any(|field| matches!(field, Field::Requested | Field::At))
    }

    /// What its fields say, one below the other.
    fn join<'a>(&self, say: impl Fn(Field) -> &'a str) -> String {
        let said: Vec<&str> = self.fields.iter().map(|field| say(*field)).filter(|text| !text.is_empty()).collect();
        said.join("\n")
    }
}

/// Whether every handshake takes several lines.
fn is_stacked(columns: &[Column]) -> bool {
    columns.first().is_some_and(|column| column.fields.len() > 1)
}

/// The width without which another layout is the better one.
fn need(columns: &[Column]) -> usize {
    let stacked = is_stacked(columns);
    let widths = columns.iter().map(|column| match column.width {
        width if column.folds() => width.min(READABLE),
        width if stacked && column.has_times() => width.min(DATE),
        width => width,
    });
    border(columns.len()) + widths.sum::<usize>()
}

/// The columns that borders and padding take.
fn border(columns: usize) -> usize {
    columns * 3 + 1
}

/// The columns made narrower until they have room, step by step those that lose least by it; of them, the widest first.
fn shrunk(mut columns: Vec<Column>, room: usize) -> Vec<Column> {
    let mut total = border(columns.len()) + columns.iter().map(|column| column.width).sum::<usize>();
    type May = fn(&Column) -> bool;
    let steps: [(May, usize); 4] =
        // In the end even ids are folded, down to the two columns of a wide character.
        [(Column::folds, READABLE), (Column::has_times, DATE), (Column::folds, NARROW), (|_| true, 2)];
    for (may, least) in steps {
        while total > room {
            let narrower = columns.iter_mut().filter(|column| may(column) && column.width > least);
            let Some(column) = narrower.max_by_key(|column| column.width) else { break };
            column.width -= 1;
            total -= 1;
        }
    }
    columns
}

/// An organization's text up to its name: its id.
fn first_part(text: &str) -> &str {
    text.split(',').next().unwrap_or_default()
}

/// What a handshake has of a field; nothing where it hasn't.
fn cell(handshake: &Value, field: Field, screen: &Screen) -> String {
    let text = |name: &str| handshake.get(name).map(plain).unwrap_or_default();
    match field {
        Field::Id if !handshake.is_object() => plain(handshake),
        Field::Id => text("Id"),
        Field::Action => text("Action"),
        Field::State => text("State"),
        Field::Organization => organization(handshake),
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

/// Whether it matters when a handshake of this state expires, or did.
fn expires(state: &str) -> bool {
    !matches!(state, "ACCEPTED" | "CANCELED" | "DECLINED")
}

/// The elements of a list that holds objects with a type.
fn typed<'a>(holder: &'a Value, list: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let items = holder.get(list).and_then(Value::as_array).into_iter().flatten();
    items.map(|item| (item.get("Type").and_then(Value::as_str).unwrap_or_default(), item))
}

/// The values of the resources of a type.
fn resources(holder: &Value, wanted: &str) -> Vec<String> {
    let found = typed(holder, "Resources").filter(|(kind, _)| *kind == wanted);
    found.filter_map(|(_, resource)| resource.get("Value")).map(plain).collect()
}

/// The organization: its id, and who speaks for it.
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

/// The other parties: account ids and addresses, each once.
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
