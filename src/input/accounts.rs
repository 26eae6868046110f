//! Reads the accounts of `--accounts`: ids, or CSV with a header.

use std::collections::HashMap;

use super::ids::{Numbered, unique, words};
use crate::error::Failure;
use crate::model::parent::Parent;
use crate::model::{hint_on_digits, is_account_id};
use crate::settings::Role;
use crate::text::shorten::beginning;

/// The name of the first column, by which a text is recognized as CSV.
const COLUMN: &str = "account";

/// Returns the ids in a text: separated by commas and white space, or the first column of CSV. The other columns are not
/// used. `name` is that of the text's source.
///
/// # Errors
///
/// Returns an error for the first word that isn't an account id, with its line.
pub fn read(text: &str, name: &str) -> Result<Vec<String>, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let words = if is_csv(text) { of_csv(text) } else { Ok(words(text, |c| c == ',' || c.is_whitespace())) };
    let words = words.map_err(|why| refused(format!("{name}: {why}")))?;
    if let Some(Numbered { text, line }) = words.iter().find(|word| !is_account_id(&word.text)) {
        let problem = format!("{} (line {line} of {name}) is not the id of an account: twelve digits", beginning(text));
        let mut failure = refused(problem);
        failure.hints.extend(hint_on_digits(text));
        return Err(failure);
    }
    Ok(unique(words))
}

/// An account that is to join an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountToJoin {
    /// Its id.
    pub id: String,
    /// Its email address, by which an invitation may name it.
    pub email: Option<String>,
    /// The role to assume in it: a name or an ARN.
    pub role: Option<String>,
    /// Its place in the organization.
    pub parent: Option<Parent>,
    /// The text of its invitation.
    pub notes: Option<String>,
}

/// The columns of CSV for accounts that are to join.
const COLUMNS: [&str; 5] = [COLUMN, "email", "role", "parent", "notes"];
/// The longest text of an invitation, in characters (API reference, HandshakeNotes).
const LONGEST_NOTES: usize = 1024;
/// The longest email address (API reference, Email).
const LONGEST_EMAIL: usize = 64;

/// Returns the accounts in a text that are to join: ids as [`read`] takes them, or CSV with some of the columns
/// `account`, `email`, `role`, `parent` and `notes`.
///
/// # Errors
///
/// Returns an error for the first line that can't be right: a value is wrong, or the account was named before with other
/// values.
pub fn joining(text: &str, name: &str) -> Result<Vec<AccountToJoin>, Failure> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !is_csv(text) {
        let account = |id| AccountToJoin { id, ..AccountToJoin::default() };
        return Ok(read(text, name)?.into_iter().map(account).collect());
    }
    // Checks the ids of all lines.
    read(text, name)?;
    let (header, rows) = table(text).map_err(|why| refused(format!("{name}: {why}")))?;
    let header: Vec<_> = header.iter().map(|column| column.to_ascii_lowercase()).collect();
    for (at, column) in header.iter().enumerate() {
        let problem = match COLUMNS.contains(&column.as_str()) {
            false if column.is_empty() && rows.iter().all(|(_, cells)| cells.get(at).is_none_or(String::is_empty)) => {
                continue;
            }
            false => format!("the column {} is unknown; the columns are {}", beginning(column), COLUMNS.join(", ")),
            true if header[..at].contains(column) => format!("the column {column} appears twice"),
            true => continue,
        };
        return Err(refused(format!("{name}: {problem}")));
    }
    let mut found: Vec<AccountToJoin> = Vec::new();
    let mut seen = HashMap::new();
    for (line, cells) in rows {
        let bad = |why: String| refused(format!("line {line} of {name}: {why}"));
        if cells.len() > header.len() && cells[header.len()..].iter().any(|cell| !cell.is_empty()) {
            return Err(bad("it has more cells than the header".to_owned()));
        }
        let account = row(&header, &cells).map_err(bad)?;
        let at = *seen.entry(account.id.clone()).or_insert(found.len());
        match found.get(at) {
            Some(before) if *before == account => continue,
            Some(_) => return Err(bad(format!("{} appears twice, with different values", account.id))),
            None => {}
        }
        let has_address = |other: &&AccountToJoin| other.email.is_some() && other.email == account.email;
        if let Some(other) = found.iter().find(has_address) {
            return Err(bad(format!("{} has the email address of {}", account.id, other.id)));
        }
        found.push(account);
    }
    Ok(found)
}

/// Reads a row of CSV.
fn row(header: &[String], cells: &[String]) -> Result<AccountToJoin, String> {
    let cell = |name: &str| {
        let at = header.iter().position(|column| column == name)?;
        cells.get(at).filter(|cell| !cell.is_empty()).cloned()
    };
    let account = cell(COLUMN).unwrap_or_default();
    let email = cell("email");
    let is_address = |email: &String| {
        let (name, domain) = email.split_once('@').unwrap_or_default();
        let has_blank = email.contains(|c: char| c.is_whitespace() || c.is_control());
        !name.is_empty() && !domain.is_empty() && !has_blank && email.chars().count() <= LONGEST_EMAIL
    };
    if let Some(wrong) = email.as_ref().filter(|email| !is_address(email)) {
        return Err(format!("{} is not an email address", beginning(wrong)));
    }
    let role = cell("role");
    if let Some(role) = &role {
        Role::check(role, &account).map_err(|why| format!("the role {} {why}", beginning(role)))?;
    }
    let parent =
        cell("parent").map(|parent| Parent::read(&parent).map_err(|why| format!("{} {why}", beginning(&parent))));
    let notes = cell("notes");
    if notes.as_ref().is_some_and(|notes| notes.chars().count() > LONGEST_NOTES) {
        return Err(format!("the notes are longer than {LONGEST_NOTES} characters"));
    }
    Ok(AccountToJoin { id: account, email, role, parent: parent.transpose()?, notes })
}

/// Returns the error for a bad value of `--accounts`.
pub fn refused(problem: String) -> Failure {
    Failure::input(format!("Error parsing parameter '--accounts': {problem}"))
}

/// Returns whether the text begins with a header.
fn is_csv(text: &str) -> bool {
    let first = text.split([',', '\r', '\n']).next().unwrap_or_default();
    first.trim().trim_matches('"').eq_ignore_ascii_case(COLUMN)
}

fn of_csv(text: &str) -> Result<Vec<Numbered>, String> {
    let (_, rows) = table(text)?;
    let first = |(line, cells): (u64, Vec<String>)| Numbered { text: cells.first().cloned().unwrap_or_default(), line };
    Ok(rows.into_iter().map(first).collect())
}

/// The cells of a row, with its line.
type Cells = (u64, Vec<String>);

/// Returns the header and the rows of CSV, without rows of empty cells.
fn table(text: &str) -> Result<(Vec<String>, Vec<Cells>), String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let cells = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = reader.headers().map(cells).map_err(|error| error.to_string())?;
    let (mut rows, mut has_long_cells) = (Vec::new(), false);
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        if row.iter().any(swallows_a_row) {
            return Err(format!("line {line}: a cell contains the next account; a quote is missing"));
        }
        has_long_cells |= row.iter().any(|cell| cell.contains('\n'));
        // A row of empty cells is the end of a table in a spreadsheet.
        if !row.iter().all(str::is_empty) {
            rows.push((line, cells(&row)));
        }
    }
    // The reader takes the rest of the file as one cell.
    if has_long_cells && text.matches('"').count() % 2 == 1 {
        return Err("a cell goes on in the next line, and a quote is missing".to_owned());
    }
    Ok((header, rows))
}

/// Returns whether a cell goes on in the next line, and that line begins with an account.
fn swallows_a_row(cell: &str) -> bool {
    cell.lines().skip(1).any(|line| {
        line.trim_start_matches(|c: char| c.is_whitespace() || c == '"').get(..12).is_some_and(is_account_id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Result<Vec<String>, String> {
        read(text, "x").map_err(|failure| failure.message.replace("Error parsing parameter '--accounts': ", ""))
    }

    fn found(ids: &[&str]) -> Result<Vec<String>, String> {
        Ok(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    #[test]
    fn a_quote_that_swallows_the_next_line_is_refused() {
        for text in [
            "account,name\n111111111111,\"5 inch\n222222222222,y\n",
            "account,name\n111111111111,\"Team \"x\n222222222222,y\n333333333333,\"z\n \"444444444444\",w\n",
        ] {
            assert!(ids(text).unwrap_err().contains("a cell contains the next account"), "{text}");
        }
    }

    const ONE: &str = "111111111111";
    const TWO: &str = "222222222222";

    #[test]
    fn ids_are_separated_by_commas_or_white_space() {
        assert_eq!(ids("111111111111,222222222222"), found(&[ONE, TWO]));
        assert_eq!(ids(" 111111111111\t222222222222\r\n,111111111111,\n\n"), found(&[ONE, TWO]));
        assert_eq!(ids("\u{feff}111111111111"), found(&[ONE]));
        assert_eq!(ids(" \n"), found(&[]));
    }

    #[test]
    fn csv_has_a_header_whose_first_column_is_account() {
        let csv = "account,role,email,notes\n111111111111,R,a@example.com,\"one,\ntwo\"\n222222222222\n,,,\n";
        assert_eq!(ids(csv), found(&[ONE, TWO]));
        assert_eq!(ids("\"Account\"\r\n\"111111111111\"\r\n"), found(&[ONE]));
        assert_eq!(ids("account\n"), found(&[]));
    }

    #[test]
    fn a_wrong_id_is_shown_with_its_line() {
        let wrong =
            |text: &str, line| Err(format!("\"{text}\" (line {line} of x) is not the id of an account: twelve digits"));
        assert_eq!(ids("111111111111\n\n222,333"), wrong("222", 3));
        assert_eq!(ids("account,notes\n111111111111,\"a\nb\"\nme,\n"), wrong("me", 4));
        assert_eq!(ids("account,role\n,R\n"), wrong("", 2));
        assert_eq!(ids("id,account\n"), wrong("id", 1));
        let failure = read("1111111111", "x").unwrap_err();
        assert!(failure.hints[0].ends_with(": zeros at its beginning may be missing"), "{:?}", failure.hints);
    }

    #[test]
    fn accounts_that_join_have_values_of_their_own() {
        let csv = "Account,email,role,parent,notes\n111111111111,a@example.com,admin,/Workloads/Prod,\"Welcome, A\"\n\
                   222222222222,,arn:aws:iam::222222222222:role/x,ou-ab12-cd345678,\n111111111111,a@example.com,admin,\
                   /Workloads/Prod,\"Welcome, A\"\n";
        let found = joining(csv, "x").unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].notes.as_deref(), Some("Welcome, A"));
        assert_eq!(found[0].parent.as_ref().map(Parent::to_string).as_deref(), Some("/Workloads/Prod"));
        assert_eq!((&found[1].email, &found[1].notes), (&None, &None));
        assert_eq!(joining("111111111111 222222222222", "x").unwrap().len(), 2);
        assert_eq!(joining("account,parent,\n111111111111\n", "x").unwrap().len(), 1);
    }

    #[test]
    fn a_line_that_cannot_be_right_refuses_all() {
        let refused = |text: &str| {
            let message = joining(text, "x").unwrap_err().message;
            message.replace("Error parsing parameter '--accounts': ", "")
        };
        for (csv, expected) in [
            ("account,parents\n111111111111,/a\n", "x: the column \"parents\" is unknown; "),
            ("account,role,role\n111111111111,a,b\n", "x: the column role appears twice"),
            ("account\n111111111111,/a\n", "line 2 of x: it has more cells than the header"),
            ("account,parent\n111111111111,Prod\n", "line 2 of x: \"Prod\" is not the id of an organizational unit"),
            ("account,parent\n111111111111,/a//b\n", "line 2 of x: \"/a//b\" has an empty name"),
            ("account,email\n111111111111,a.example.com\n", "line 2 of x: \"a.example.com\" is not an email address"),
            ("account,role\n111111111111,a b\n", "line 2 of x: the role \"a b\" is neither"),
            (
                "account,role\n111111111111,arn:aws:iam::222222222222:role/x\n",
                "line 2 of x: the role \"arn:aws:iam::222222222222:role/x\" must have 111111111111",
            ),
            (
                "account,parent\n111111111111,/a\n111111111111,/b\n",
                "line 3 of x: 111111111111 appears twice, with different values",
            ),
            (
                "account,email\n111111111111,a@example.com\n222222222222,a@example.com\n",
                "line 3 of x: 222222222222 has the email address of 111111111111",
            ),
            ("account,notes\n111111111111,\"5 inch\n\t222222222222,x\n", "x: line 2: a cell contains the next account"),
            (
                "account,notes\n111111111111,\"5 inch\nand more\n",
                "x: a cell goes on in the next line, and a quote is missing",
            ),
            ("account,parent\n111,/a\n", "\"111\" (line 2 of x) is not the id of an account"),
        ] {
            assert!(refused(csv).starts_with(expected), "{csv}: {}", refused(csv));
        }
        let long = format!("account,notes\n111111111111,{}\n", "x".repeat(1025));
        assert!(refused(&long).contains("longer than 1024"));
    }
}
