//! Pagination as in the AWS CLI: limits, resume tokens, and the end of a listing. No I/O.

use std::collections::HashMap;

use aws_smithy_types::base64;
use serde_json::{Map, Value};

use crate::command::Limits;
use crate::error::Failure;
use crate::model::{LIMIT, Parameters, TOKEN};
use crate::text::json::ascii_string;

/// The AWS CLI's name for the number of items of a page that were already shown.
const SHOWN: &str = "boto_truncate_amount";

/// The number of empty pages in a row that no listing of the service has. Some pages are empty (API reference, NextToken).
const MOST_EMPTY: usize = 1000;

/// How often a token may come in a listing.
const MOST_REPEATED: usize = 100;

/// Returns whether to send only one request, and print its response unchanged: with `--no-paginate`, or with parameters
/// that choose a page.
///
/// # Errors
///
/// Returns an error if limits are also given.
pub fn is_one_page(no_paginate: bool, parameters: &Parameters, limits: &Limits) -> Result<bool, Failure> {
    let chosen = [TOKEN, LIMIT].into_iter().find(|name| parameters.contains_key(*name));
    let reason = if no_paginate { Some("--no-paginate") } else { chosen };
    let limiting: Vec<_> = [
        limits.max_items.map(|_| "--max-items"),
        limits.page_size.map(|_| "--page-size"),
        limits.starting_token.as_ref().map(|_| "--starting-token"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match reason {
        Some(reason) if !limiting.is_empty() => {
            let limiting = limiting.join(", ");
            Err(Failure::input(format!("Cannot specify {reason} along with pagination arguments: {limiting}")))
        }
        reason => Ok(reason.is_some()),
    }
}

/// Moves the items of a page to those of the pages before, in one response.
pub fn merge(whole: &mut Map<String, Value>, list: &str, page: &mut Map<String, Value>) {
    match (whole.get_mut(list), page.remove(list)) {
        (Some(Value::Array(items)), Some(Value::Array(more))) => items.extend(more),
        (None, Some(items)) => _ = whole.insert(list.to_owned(), items),
        _ => {}
    }
}

/// The state of a listing between two requests.
#[derive(Debug)]
pub struct Pages {
    /// The member that holds the items.
    list: &'static str,
    /// The next request; nothing at the end of the listing.
    request: Option<Parameters>,
    /// The token in the request for the current page.
    token: Option<String>,
    /// The token that the last page had, if this listing has read one.
    previous: Option<String>,
    /// How often each token has come. The AWS CLI accepts a token again, but not twice in a row.
    seen: HashMap<String, usize>,
    /// How many pages in a row were empty.
    empty: usize,
    /// How many items of the first page an earlier listing has shown.
    skip: usize,
    /// How many more items may be shown.
    left: Option<usize>,
    resume: Option<String>,
}

impl Pages {
    /// Starts a listing of the items under `list`, with these parameters in each request.
    pub fn new(list: &'static str, mut parameters: Parameters, limits: &Limits) -> Pages {
        let (token, skip) = limits.starting_token.as_deref().map_or((None, 0), start);
        if let Some(size) = limits.page_size {
            parameters.insert(LIMIT.to_owned(), size.into());
        }
        if let Some(token) = &token {
            parameters.insert(TOKEN.to_owned(), token.clone().into());
        }
        Pages {
            list,
            request: Some(parameters),
            token,
            previous: None,
            seen: HashMap::new(),
            empty: 0,
            skip,
            left: limits.max_items,
            resume: None,
        }
    }

    /// Returns the next request, or nothing at the end of the listing.
    pub fn request(&self) -> Option<&Parameters> {
        self.request.as_ref()
    }

    /// Takes the response to the request, and returns the part of the page that the limits allow.
    ///
    /// # Errors
    ///
    /// Returns an error if the service sends the same token twice in a row or very often, or very many empty pages: the listing
    /// would never end.
    pub fn take(&mut self, mut page: Map<String, Value>) -> Result<Map<String, Value>, Failure> {
        let Some(mut request) = self.request.take() else { return Ok(page) };
        let mut items = 0;
        let mut cut = false;
        let skipped = std::mem::take(&mut self.skip);
        if let Some(Value::Array(list)) = page.get_mut(self.list) {
            list.drain(..skipped.min(list.len()));
            if let Some(left) = self.left
                && list.len() > left
            {
                list.truncate(left);
                cut = true;
            }
            items = list.len();
        }
        if cut {
            self.resume = Some(encode(self.token.as_deref(), Some(skipped + items)));
            return Ok(page);
        }
        self.left = self.left.map(|left| left - items);
        let next = page.get(TOKEN).and_then(Value::as_str).filter(|token| !token.is_empty());
        let Some(next) = next else { return Ok(page) };
        if self.left == Some(0) {
            self.resume = Some(encode(Some(next), None));
            return Ok(page);
        }
        let times = self.seen.entry(next.to_owned()).or_default();
        *times += 1;
        if self.previous.as_deref() == Some(next) || *times > MOST_REPEATED {
            let message = format!("Error during pagination: The same next token was received twice: {next}");
            return Err(Failure::other(message));
        }
        self.empty = if items == 0 { self.empty + 1 } else { 0 };
        if self.empty >= MOST_EMPTY {
            return Err(Failure::other(format!("Error during pagination: {MOST_EMPTY} pages in a row were empty")));
        }
        let next = next.to_owned();
        request.insert(TOKEN.to_owned(), next.clone().into());
        self.request = Some(request);
        self.previous = Some(next.clone());
        self.token = Some(next);
        Ok(page)
    }

    /// Returns the token with which another listing continues if the limits have stopped this one.
    pub fn resume_token(&self) -> Option<&str> {
        self.resume.as_deref()
    }
}

/// Returns the service's token and the number of items to skip from a `--starting-token`: a printed resume token, one
/// in the old form `TOKEN___N`, or any token of the service.
fn start(text: &str) -> (Option<String>, usize) {
    if let Some(printed) = printed(text) {
        return printed;
    }
    match text.split_once("___").map(|(token, shown)| (token, shown.parse())) {
        Some((token, Ok(shown))) => (real(token), shown),
        _ => (real(text), 0),
    }
}

/// Decodes a printed resume token. Returns nothing if it isn't one.
fn printed(text: &str) -> Option<(Option<String>, usize)> {
    // Like Python's base64, ignore the newline at the end of a file.
    let json = base64::decode(text.trim()).ok()?;
    let members: Map<String, Value> = serde_json::from_slice(&json).ok()?;
    if members.keys().any(|name| name != TOKEN && name != SHOWN) {
        return None;
    }
    let token = match members.get(TOKEN)? {
        Value::Null => None,
        token => real(token.as_str()?),
    };
    let shown = match members.get(SHOWN) {
        None => 0,
        Some(shown) => usize::try_from(shown.as_u64()?).ok()?,
    };
    Some((token, shown))
}

/// Returns a token, unless it is the word for no token.
fn real(token: &str) -> Option<String> {
    (token != "None").then(|| token.to_owned())
}

/// Encodes a resume token as the AWS CLI does: in base64 of JSON as Python writes it.
fn encode(token: Option<&str>, shown: Option<usize>) -> String {
    let mut json = format!("{{\"{TOKEN}\": ");
    match token {
        Some(token) => ascii_string(&mut json, token),
        None => json.push_str("null"),
    }
    if let Some(shown) = shown {
        json.push_str(&format!(", \"{SHOWN}\": {shown}"));
    }
    json.push('}');
    base64::encode(json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Reads pages of so many items, the last without a token; tells requests, items and resume token.
    fn listing(pages: &[(&[&str], Option<&str>)], limits: &Limits) -> (Vec<String>, Vec<String>, Option<String>) {
        let mut state = Pages::new("Items", Parameters::new(), limits);
        let (mut requests, mut items) = (Vec::new(), Vec::new());
        for (list, token) in pages {
            let Some(request) = state.request() else { break };
            requests.push(Value::Object(request.clone()).to_string());
            let page = json!({"Items": list, "NextToken": token});
            let page = state.take(page.as_object().unwrap().clone()).unwrap();
            items.extend(page["Items"].as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()));
        }
        assert!(state.request().is_none(), "the listing goes on");
        (requests, items, state.resume_token().map(str::to_owned))
    }

    const PAGES: &[(&[&str], Option<&str>)] =
        &[(&["1", "2"], Some("tokA")), (&["3", "4"], Some("tokB")), (&["5"], None)];

    fn first(max_items: usize) -> Limits {
        Limits { max_items: Some(max_items), ..Limits::default() }
    }

    #[test]
    fn all_pages_by_default() {
        let (requests, items, resume) = listing(PAGES, &Limits::default());
        assert_eq!(requests, ["{}", r#"{"NextToken":"tokA"}"#, r#"{"NextToken":"tokB"}"#]);
        assert_eq!((items.join(""), resume), ("12345".to_owned(), None));
    }

    #[test]
    fn a_limit_leaves_a_token_where_it_cut() {
        let resumed =
            |max| listing(PAGES, &first(max)).2.map(|token| String::from_utf8(base64::decode(token).unwrap()));
        assert_eq!(resumed(1).unwrap().unwrap(), r#"{"NextToken": null, "boto_truncate_amount": 1}"#);
        assert_eq!(resumed(2).unwrap().unwrap(), r#"{"NextToken": "tokA"}"#);
        assert_eq!(resumed(3).unwrap().unwrap(), r#"{"NextToken": "tokA", "boto_truncate_amount": 1}"#);
        assert_eq!(resumed(5), None);
        assert_eq!(resumed(9), None);
    }

    #[test]
    fn a_token_goes_on_where_the_last_listing_stopped() {
        let token = listing(PAGES, &first(3)).2;
        let limits = Limits { starting_token: token, page_size: Some(2), ..Limits::default() };
        let (requests, items, _) = listing(&PAGES[1..], &limits);
        assert_eq!(requests[0], r#"{"MaxResults":2,"NextToken":"tokA"}"#);
        assert_eq!(items.join(""), "45");
        let again = Limits { max_items: Some(1), ..limits };
        assert_eq!(listing(&PAGES[1..], &again).2.map(|token| start(&token)), Some((Some("tokB".into()), 0)));
    }

    #[test]
    fn forms_of_starting_tokens() {
        assert_eq!(start("raw-service-token"), (Some("raw-service-token".into()), 0));
        assert_eq!(start("tokA___1"), (Some("tokA".into()), 1));
        assert_eq!(start("tokA___x"), (Some("tokA___x".into()), 0));
        assert_eq!(start("None___2"), (None, 2));
        assert_eq!(start(&encode(Some("é\"😀"), Some(7))), (Some("é\"😀".into()), 7));
        for foreign in
            ["[1]", r#"{"x": 1}"#, r#"{"NextToken": 5}"#, r#"{"NextToken": "A", "boto_truncate_amount": "1"}"#]
        {
            let foreign = base64::encode(foreign);
            assert_eq!(start(&foreign), (Some(foreign.clone()), 0));
        }
    }

    #[test]
    fn the_same_token_twice_in_a_row_would_never_end() {
        let mut state = Pages::new("Items", Parameters::new(), &Limits::default());
        let page = json!({"Items": [], "NextToken": "same"}).as_object().unwrap().clone();
        assert!(state.take(page.clone()).is_ok());
        assert!(state.take(page).is_err_and(|failure| failure.message.ends_with("received twice: same")));
    }
}
