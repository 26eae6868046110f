//! Reads a JSON document member by member.
//!
//! The first member that is missing, unknown or wrong becomes an error that names its path, such as
//! `handshakes.h-examplehandshakeid111.state`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::sandbox::engine::organization::Tags;

/// A value in the document, and its path.
pub(super) struct Element<'a> {
    path: String,
    value: &'a Value,
}

impl<'a> Element<'a> {
    /// Returns the element for the whole document.
    pub(super) fn document(value: &'a Value) -> Element<'a> {
        Element { path: String::new(), value }
    }

    pub(super) fn wrong<T>(&self, what: &str) -> Result<T, String> {
        let path = if self.path.is_empty() { "the document" } else { &self.path };
        Err(format!("{path}: {what}"))
    }

    fn child(&self, name: &str, value: &'a Value) -> Element<'a> {
        // Debug formatting escapes control characters.
        let quoted = format!("{name:?}");
        let name = quoted.trim_matches('"');
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Element { path, value }
    }

    fn object(&self) -> Result<&'a Map<String, Value>, String> {
        match self.value.as_object() {
            Some(members) => Ok(members),
            None => self.wrong("expected an object"),
        }
    }

    pub(super) fn members(self) -> Result<Members<'a>, String> {
        let members = self.object()?;
        Ok(Members { left: members.iter().map(|(name, value)| (name.as_str(), value)).collect(), of: self })
    }

    /// Returns the members of an object whose names must be ids.
    pub(super) fn entries(self, is_id: fn(&str) -> bool) -> Result<Vec<(&'a str, Element<'a>)>, String> {
        let entry = |(id, value): (&'a String, &'a Value)| {
            let element = self.child(id, value);
            if is_id(id) { Ok((id.as_str(), element)) } else { element.wrong("invalid id") }
        };
        self.object()?.iter().map(entry).collect()
    }

    pub(super) fn optional(self) -> Option<Element<'a>> {
        (!self.value.is_null()).then_some(self)
    }

    pub(super) fn list(&self) -> Result<Vec<Element<'a>>, String> {
        match self.value.as_array() {
            Some(list) => Ok(list.iter().enumerate().map(|(at, value)| self.child(&at.to_string(), value)).collect()),
            None => self.wrong("expected a list"),
        }
    }

    pub(super) fn text(&self) -> Result<String, String> {
        match self.value.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => self.wrong("expected a text"),
        }
    }

    pub(super) fn id(&self, is_id: fn(&str) -> bool) -> Result<String, String> {
        let text = self.text()?;
        if is_id(&text) { Ok(text) } else { self.wrong("invalid id") }
    }

    pub(super) fn name<T>(&self, from_name: fn(&str) -> Option<T>) -> Result<T, String> {
        match from_name(&self.text()?) {
            Some(value) => Ok(value),
            None => self.wrong("unknown value"),
        }
    }

    pub(super) fn flag(&self) -> Result<bool, String> {
        match self.value.as_bool() {
            Some(flag) => Ok(flag),
            None => self.wrong("expected true or false"),
        }
    }

    pub(super) fn number<T: TryFrom<u64>>(&self) -> Result<T, String> {
        match self.value.as_u64().and_then(|number| T::try_from(number).ok()) {
            Some(number) => Ok(number),
            None => self.wrong("expected a whole number, not below zero"),
        }
    }

    pub(super) fn instant(&self) -> Result<Timestamp, String> {
        match self.text()?.parse() {
            Ok(instant) => Ok(instant),
            Err(_) => self.wrong("expected an instant, such as 2026-12-31T00:00:00Z"),
        }
    }

    pub(super) fn tags(&self) -> Result<Tags, String> {
        self.object()?.iter().map(|(key, value)| Ok((key.clone(), self.child(key, value).text()?))).collect()
    }
}

/// The members of an object that aren't read yet.
pub(super) struct Members<'a> {
    of: Element<'a>,
    left: BTreeMap<&'a str, &'a Value>,
}

impl<'a> Members<'a> {
    pub(super) fn take(&mut self, name: &str) -> Result<Element<'a>, String> {
        match self.left.remove(name) {
            Some(value) => Ok(self.of.child(name, value)),
            None => self.of.child(name, &Value::Null).wrong("it is missing"),
        }
    }

    /// Takes a member that older state files don't have.
    pub(super) fn take_newer(&mut self, name: &str) -> Option<Element<'a>> {
        self.left.remove(name).map(|value| self.of.child(name, value))
    }

    pub(super) fn end(&self) -> Result<(), String> {
        match self.left.iter().next() {
            None => Ok(()),
            Some((name, value)) => self.of.child(name, value).wrong("unknown"),
        }
    }
}
