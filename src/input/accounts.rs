//! Reads the accounts of `--accounts`: ids, or CSV with a header.

use super::ids::{Numbered, unique, words};
use crate::error::Failure;
use crate::model::{hint_on_digits, is_account_id};
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
    let mut rows = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut words = Vec::new();
    for row in rows.records() {
        let row = row.map_err(|error| error.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        if row.iter().any(swallows_a_row) {
            return Err(format!("line {line}: a cell contains the next account; a quote is missing"));
        }
        // A row of empty cells is the end of a table in a spreadsheet.
        if !row.iter().all(str::is_empty) {
            words.push(Numbered { text: row.get(0).unwrap_or_default().to_owned(), line });
        }
    }
    Ok(words)
}

/// Returns whether a cell goes on in the next line, and that line begins with an account.
fn swallows_a_row(cell: &str) -> bool {
    cell.lines().skip(1).any(|line| line.trim_start_matches([' ', '"']).get(..12).is_some_and(is_account_id))
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
}
