//! The last steps of a command: select, render and write a result, or the pages of a listing.

use serde_json::{Map, Value};

use crate::client::pages;
use crate::error::{Failure, unwritten};
use crate::model::{ACCOUNT, Operation, TOKEN};
use crate::query::Query;
use crate::render::listing::Listing;
use crate::render::{Format, render};
use crate::settings::OutputSettings;
use crate::terminal::pager;
use crate::terminal::streams::{Reader, Terminal};

/// The destination of results and their format.
#[derive(Debug)]
pub struct Output<'a> {
    query: Option<&'a Query>,
    format: Format,
    title: &'static str,
    terminal: &'a Terminal,
    stdout: pager::PagedOutput,
    pages: Collected<'a>,
    /// The change that has been made, if any, for failures to mention.
    done: Option<&'static str>,
    /// The number of printed pages, in formats that print them one by one.
    printed: usize,
    /// Whether any text was written.
    has_text: bool,
}

/// The pages of a listing so far.
#[derive(Debug)]
enum Collected<'a> {
    /// No page has been received.
    Nothing,
    /// Pages are printed one by one, or not at all.
    Printed,
    /// Pages are collected as the text of one document.
    Document(Listing<'a>),
    /// The query is split in two: `each` is applied to every page, `all` to the collected items.
    Selected { each: Query, all: Query, items: Option<Vec<Value>> },
    /// Pages are merged to one response, for a query that needs the whole.
    Answer(Map<String, Value>),
}

impl<'a> Output<'a> {
    /// Creates an output with these settings; `title` is the title of tables.
    pub fn new(
        title: &'static str,
        query: Option<&'a Query>,
        settings: OutputSettings,
        terminal: &'a Terminal,
    ) -> Output<'a> {
        Output {
            query,
            format: settings.format,
            title,
            terminal,
            stdout: pager::PagedOutput::new(settings.pager, terminal),
            pages: Collected::Nothing,
            done: None,
            printed: 0,
            has_text: false,
        }
    }

    /// Sets the change that has been made. Failures then say that it was made nevertheless.
    #[must_use]
    pub fn after(mut self, done: Option<&'static str>) -> Output<'a> {
        if done.is_some() {
            self.stdout.set_interruptible();
        }
        Output { done, ..self }
    }

    /// Writes the only result of a command, which may be one page of a listing.
    ///
    /// # Errors
    ///
    /// Returns an error if the query fails on the result, or if it can't be written.
    pub fn result(&mut self, answer: Map<String, Value>, list: Option<&'static str>) -> Result<Reader, Failure> {
        if let (Some(list), None, Format::Table) = (list, self.query, self.format) {
            let mut listing = Listing::new(list, self.format, self.title, &self.terminal.screen);
            listing.add(&answer);
            let text = listing.finish(answer.get(TOKEN).and_then(Value::as_str));
            return self.write(&text);
        }
        let lists = list.is_some();
        let selected = self.select(Value::Object(answer)).map_err(|failure| match self.done {
            Some(done) => failure.note(format!("{done}; only --query failed")),
            None => failure,
        })?;
        let text = render(&selected, self.format, self.title, &self.terminal.screen);
        match text.is_empty() && lists {
            true => self.write(self.nothing()),
            false => self.write(&text),
        }
    }

    /// Returns the text for a terminal if a listing has no text of its own.
    fn nothing(&self) -> &'static str {
        match (self.terminal.screen.width, self.format, self.query) {
            (Some(_), Format::Text | Format::Table, None) => "No handshakes.\n",
            (Some(_), Format::Text | Format::Table, Some(_)) => "The query selects nothing.\n",
            _ => "",
        }
    }

    fn write(&mut self, text: &str) -> Result<Reader, Failure> {
        self.has_text |= !text.is_empty();
        self.stdout.write(text).map_err(|error| unwritten(error, self.done))
    }

    /// Takes a page of a listing. Some formats print it at once, the others collect the pages.
    ///
    /// # Errors
    ///
    /// Returns an error if the query fails on the page, or if it can't be written.
    pub fn page(&mut self, list: &'static str, mut page: Map<String, Value>) -> Result<Reader, Failure> {
        let text = match self.format {
            Format::Off => {
                self.pages = Collected::Printed;
                return Ok(Reader::Present);
            }
            Format::Text => {
                // A merged listing doesn't contain the service's token.
                page.remove(TOKEN);
                let selected = self.select(Value::Object(page))?;
                render(&selected, self.format, self.title, &self.terminal.screen)
            }
            Format::YamlStream => {
                let selected = self.select(Value::Object(page))?;
                crate::render::yaml::stream_element(&selected, self.terminal.screen.width.is_some())
            }
            Format::Json | Format::Yaml | Format::Table => return self.keep(list, page),
        };
        self.pages = Collected::Printed;
        self.printed += 1;
        if self.stdout.is_over() {
            return Ok(Reader::Gone);
        }
        self.write(&text)
    }

    fn keep(&mut self, list: &'static str, mut page: Map<String, Value>) -> Result<Reader, Failure> {
        if matches!(self.pages, Collected::Nothing) {
            self.pages = match self.query {
                None => Collected::Document(Listing::new(list, self.format, self.title, &self.terminal.screen)),
                Some(query) => match query.split(list) {
                    Some((each, all)) => Collected::Selected { each, all, items: None },
                    None => Collected::Answer(Map::new()),
                },
            };
        }
        match &mut self.pages {
            Collected::Document(listing) => listing.add(&page),
            Collected::Selected { each, items, .. } => {
                if let Value::Array(selected) = apply(each, &Value::Object(page))? {
                    items.get_or_insert_default().extend(selected);
                }
            }
            Collected::Answer(whole) => pages::merge(whole, list, &mut page),
            Collected::Nothing | Collected::Printed => {}
        }
        Ok(Reader::Present)
    }

    /// Ends a listing. Writes the collected pages, and the resume token if a limit has stopped the listing.
    ///
    /// # Errors
    ///
    /// Returns an error if the query fails on the whole, or if the text can't be written.
    pub fn end(mut self, resume: Option<&str>) -> Result<(), Failure> {
        let text = match std::mem::replace(&mut self.pages, Collected::Nothing) {
            Collected::Nothing => String::new(),
            Collected::Printed => match resume.filter(|_| self.format == Format::Text) {
                Some(token) => self.text_token(token),
                None => String::new(),
            },
            Collected::Document(listing) => listing.finish(resume),
            Collected::Selected { all, items, .. } => {
                let selected = apply(&all, &items.map_or(Value::Null, Value::Array))?;
                render(&selected, self.format, self.title, &self.terminal.screen)
            }
            Collected::Answer(mut whole) => {
                if let Some(token) = resume {
                    whole.insert(TOKEN.to_owned(), token.into());
                }
                let selected = self.select(Value::Object(whole))?;
                render(&selected, self.format, self.title, &self.terminal.screen)
            }
        };
        match text.is_empty() && !self.has_text {
            true => self.write(self.nothing())?,
            false => self.write(&text)?,
        };
        self.finish()
    }

    /// Returns the line with the resume token that follows the pages in text format, as in the AWS CLI. Returns nothing
    /// if the query doesn't select the token.
    fn text_token(&self, token: &str) -> String {
        match self.select(serde_json::json!({TOKEN: {TOKEN: token}})) {
            Ok(Value::Null) | Err(_) => String::new(),
            Ok(selected) => render(&selected, self.format, self.title, &self.terminal.screen),
        }
    }

    /// Waits until everything is written and the pager has been left.
    ///
    /// # Errors
    ///
    /// Returns an error if the output can't be written.
    pub fn finish(self) -> Result<(), Failure> {
        let Output { stdout, done, .. } = self;
        stdout.finish().map_err(|error| unwritten(error, done))
    }

    /// Adds a hint on the printed pages to a failure in the middle of a listing.
    pub fn stopped(&self, failure: Failure) -> Failure {
        match self.printed {
            0 => failure,
            1 => failure.hint("the listing is incomplete: only its first page was printed"),
            pages => failure.hint(format!("the listing is incomplete: only its first {pages} pages were printed")),
        }
    }

    /// Returns a function that checks whether the pager has been left, or nothing without a pager.
    pub fn pager(&mut self) -> Option<impl FnMut() -> bool> {
        self.stdout.is_paged().then_some(|| self.stdout.is_over())
    }

    /// Returns whether pages are printed to a terminal one by one.
    pub fn shows_pages(&self) -> bool {
        self.terminal.screen.width.is_some() && matches!(self.format, Format::Text | Format::YamlStream)
    }

    fn select(&self, value: Value) -> Result<Value, Failure> {
        match self.query {
            Some(query) => apply(query, &value),
            None => Ok(value),
        }
    }
}

/// The results of many calls: a document for each, in the order of the calls, or one table at the end. They aren't paged,
/// since a pager that stops reading would hold the calls up.
#[derive(Debug)]
pub struct Documents<'a> {
    query: Option<&'a Query>,
    format: Format,
    title: &'static str,
    terminal: &'a Terminal,
    /// What the calls do, if they change something, for failures to mention.
    done: Option<&'static str>,
    /// Whether a document was printed.
    has_printed: bool,
    /// The table of handshakes.
    handshakes: Option<Listing<'a>>,
    /// The rows of the table that are no handshakes.
    rows: Vec<Value>,
}

/// The members of responses with one handshake, and with several.
const HANDSHAKE: &str = "Handshake";
const HANDSHAKES: &str = "Handshakes";

impl<'a> Documents<'a> {
    /// Creates an output with these settings for the results of an operation.
    pub fn new(
        operation: &Operation,
        query: Option<&'a Query>,
        settings: &OutputSettings,
        terminal: &'a Terminal,
    ) -> Documents<'a> {
        Documents {
            query,
            format: settings.format,
            title: operation.name,
            terminal,
            done: operation.done,
            has_printed: false,
            handshakes: Some(Listing::new(HANDSHAKES, Format::Table, operation.name, &terminal.screen)),
            rows: Vec::new(),
        }
    }

    /// Returns the text of a document, or keeps its rows for the table.
    ///
    /// # Errors
    ///
    /// Returns an error if the query fails.
    pub fn text(&mut self, document: Map<String, Value>) -> Result<String, Failure> {
        if let (Format::Table, None) = (self.format, self.query) {
            self.keep(document);
            return Ok(String::new());
        }
        let selected = match self.query {
            None => Value::Object(document),
            Some(query) => apply(query, &Value::Object(document)).map_err(|failure| match self.done {
                Some(done) => failure.note(format!("{done}; only --query failed")),
                None => failure,
            })?,
        };
        if self.format == Format::Table {
            match selected {
                Value::Array(rows) => self.rows.extend(rows),
                Value::Null => {}
                row => self.rows.push(row),
            }
            return Ok(String::new());
        }
        let text = render(&selected, self.format, self.title, &self.terminal.screen);
        let separates = self.format == Format::Yaml && self.has_printed && !text.is_empty();
        self.has_printed |= !text.is_empty();
        Ok(if separates { format!("---\n{text}") } else { text })
    }

    /// Keeps the handshakes of a document as rows of the table, each with the account of the call.
    fn keep(&mut self, mut document: Map<String, Value>) {
        let account = document.get(ACCOUNT).cloned();
        let found = match (document.remove(HANDSHAKE), document.remove(HANDSHAKES)) {
            (Some(handshake), _) => vec![handshake],
            (None, Some(Value::Array(handshakes))) => handshakes,
            _ => return self.rows.push(Value::Object(document)),
        };
        let row = |row: Value| match (row, &account) {
            (Value::Object(members), Some(account)) => {
                let account = (ACCOUNT.to_owned(), account.clone());
                Value::Object([account].into_iter().chain(members).collect())
            }
            (row, _) => row,
        };
        let page = (HANDSHAKES.to_owned(), found.into_iter().map(row).collect());
        if let Some(handshakes) = &mut self.handshakes {
            handshakes.add(&Map::from_iter([page]));
        }
    }

    /// Returns the table, if that is the format. Call it once, at the end.
    pub fn end(&mut self) -> String {
        let screen = &self.terminal.screen;
        let rows = std::mem::take(&mut self.rows);
        let handshakes = self.handshakes.take();
        match self.format {
            Format::Table if self.query.is_some() || !rows.is_empty() => {
                render(&Value::Array(rows), Format::Table, self.title, screen)
            }
            Format::Table => handshakes.map(|handshakes| handshakes.finish(None)).unwrap_or_default(),
            _ => String::new(),
        }
    }
}

/// Applies a query. A failure names the function and the argument that didn't fit.
///
/// # Errors
///
/// Returns an error if the query fails on the value.
pub fn apply(query: &Query, value: &Value) -> Result<Value, Failure> {
    query.apply(value).map_err(|error| Failure::other(error.to_string()))
}
