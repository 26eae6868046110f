//! Pages of a list, and the tokens that request the next page.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::exceptions::Exception;
use super::input::{Input, TOKEN};
use crate::sandbox::engine::refusal::InvalidInput;

/// The most items on a page (API reference, MaxResults).
const MAX_RESULTS: usize = 20;

/// A request for a page of a list.
pub(super) struct PageRequest {
    scope: String,
    /// The id of the last item on the previous pages.
    pub(super) after: Option<String>,
    /// How many pages precede this one.
    number: usize,
    size: usize,
}

impl PageRequest {
    /// Reads which page a request asks for. `scope` identifies the list: a token is valid only for its own.
    pub(super) fn of(input: &Input, scope: &str) -> Result<PageRequest, Exception> {
        let size = input.number("MaxResults", 1, MAX_RESULTS)?.unwrap_or(MAX_RESULTS);
        let mut page = PageRequest { scope: scope.to_owned(), after: None, number: 0, size };
        if let Some(token) = input.optional("NextToken", "NextToken", &TOKEN)? {
            (page.number, page.after) =
                page.read(token).ok_or_else(|| Exception::input(InvalidInput::NextToken, "NextToken"))?;
        }
        Ok(page)
    }

    /// Returns the page. `items` are those that follow the previous pages.
    ///
    /// Every fourth page, from the second on, is empty although more items follow. The reason: lists "can occasionally
    /// return an empty set of results even when more results are available" (API reference), and clients must handle
    /// that.
    pub(super) fn cut<'a>(&self, name: &str, items: impl Iterator<Item = (&'a str, Value)>) -> Value {
        let mut items = items.peekable();
        let size = if self.number % 4 == 1 { 0 } else { self.size };
        let mut list = Vec::new();
        let mut last = self.after.clone();
        while list.len() < size
            && let Some((id, item)) = items.next()
        {
            list.push(item);
            last = Some(id.to_owned());
        }
        let mut members = Map::new();
        let more = items.peek().is_some();
        members.insert(name.to_owned(), list.into());
        if more {
            members.insert("NextToken".to_owned(), self.token(self.number.saturating_add(1), last.as_deref()).into());
        }
        Value::Object(members)
    }

    fn token(&self, number: usize, after: Option<&str>) -> String {
        let text = format!("{number} {}", after.unwrap_or_default());
        let check = checksum(&[&self.scope, &text]);
        let mut token = format!("{check:016x}");
        for byte in text.bytes() {
            // Writing to a String can't fail.
            let _ = write!(token, "{byte:02x}");
        }
        token
    }

    fn read(&self, token: &str) -> Option<(usize, Option<String>)> {
        let (_, digits) = token.split_at_checked(16)?;
        let digits: Option<Vec<_>> = digits.chars().map(|digit| digit.to_digit(16)).collect();
        let bytes = digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + *digit as u8)).collect();
        let text = String::from_utf8(bytes).ok()?;
        let (number, after) = text.split_once(' ')?;
        let (number, after) = (number.parse().ok()?, Some(after).filter(|after| !after.is_empty()));
        // Only tokens made for this list are valid: making the token again must give the same text.
        (self.token(number, after) == token).then(|| (number, after.map(str::to_owned)))
    }
}

/// An FNV-1a hash. It makes it unlikely that an invented token is valid.
fn checksum(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_may_bear_any_number() {
        let page = PageRequest { scope: "x".to_owned(), after: None, number: 0, size: 1 };
        let (number, after) = page.read(&page.token(usize::MAX, None)).unwrap();
        let cut = PageRequest { number, after, ..page }.cut("Items", [("a", json!(1)), ("b", json!(2))].into_iter());
        assert!(cut["NextToken"].is_string());
    }
}
