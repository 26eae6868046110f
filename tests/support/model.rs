//! The service's model: what a response may contain.
//!
//! `sandbox-model.json` holds the facts of botocore's models of Organizations (2016-11-28) and STS (2011-06-15) for the
//! operations that the sandbox knows: the shapes of their responses and errors, without the documentation. Two reasons of
//! HandshakeConstraintViolationException are from the SDK for Rust, which is newer. `tests/interop/sandbox_model.py`
//! writes the file.

use std::collections::BTreeMap;

use regex_lite::Regex;
use serde_json::{Map, Value};

const MODEL: &str = include_str!("sandbox-model.json");

/// Errors that every operation can end in, which no model lists (AWS, Common Errors).
const COMMON: &[&str] = &["SerializationException", "ValidationError"];

/// The model of one service.
pub struct Model {
    operations: Map<String, Value>,
    shapes: Map<String, Value>,
    patterns: BTreeMap<String, Regex>,
}

impl Model {
    pub fn of(service: &str) -> Model {
        let models: Value = serde_json::from_str(MODEL).expect("the model");
        let part = |name: &str| models[service][name].as_object().expect("a part of the model").clone();
        let shapes = part("shapes");
        let pattern = |(name, shape): (&String, &Value)| {
            Some((name.clone(), Regex::new(&readable(shape["pattern"].as_str()?)).expect("a pattern")))
        };
        let patterns = shapes.iter().filter_map(pattern).collect();
        Model { operations: part("operations"), shapes, patterns }
    }

    /// The names of the operations, in order.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }

    /// The members that a request must have.
    pub fn required(&self, operation: &str) -> Vec<&str> {
        let required = self.operations[operation]["required"].as_array().expect("a list");
        required.iter().filter_map(Value::as_str).collect()
    }

    /// Checks the output of an operation.
    ///
    /// # Errors
    ///
    /// The path of the first value that the model doesn't allow.
    pub fn check_output(&self, operation: &str, output: &Value) -> Result<(), String> {
        match self.operations[operation]["output"].as_str() {
            Some(shape) => self.check(shape, output, operation),
            None if *output == Value::Object(Map::new()) => Ok(()),
            None => Err(format!("{operation} has no output, but returned {output}")),
        }
    }

    /// Checks an error of an operation: its code, and its members without the code.
    ///
    /// # Errors
    ///
    /// The operation has no such error, or a member is one that the model doesn't allow.
    pub fn check_error(&self, operation: &str, code: &str, members: &Value) -> Result<(), String> {
        let errors = self.operations[operation]["errors"].as_array().expect("a list");
        if errors.iter().any(|error| error == code) {
            return self.check(code, members, &format!("{operation} {code}"));
        }
        if COMMON.contains(&code) { Ok(()) } else { Err(format!("{operation} has no error {code}")) }
    }

    fn check(&self, name: &str, value: &Value, path: &str) -> Result<(), String> {
        let shape = &self.shapes[name];
        let wrong = |what: &str| Err(format!("{path}: {value} {what} ({name})"));
        match (shape["type"].as_str().expect("a type"), value) {
            ("structure", Value::Object(members)) => self.check_members(shape, members, path),
            ("list", Value::Array(items)) => {
                let member = shape["member"].as_str().expect("a member");
                items.iter().enumerate().try_for_each(|(at, item)| self.check(member, item, &format!("{path}.{at}")))
            }
            ("string", Value::String(text)) => {
                let length = text.chars().count() as u64;
                let within = shape["min"].as_u64().is_none_or(|min| length >= min)
                    && shape["max"].as_u64().is_none_or(|max| length <= max);
                let known = shape["enum"].as_array().is_none_or(|values| values.contains(value));
                let matches = self.patterns.get(name).is_none_or(|pattern| pattern.is_match(text));
                match (within, known, matches) {
                    (false, ..) => wrong("has a length that isn't allowed"),
                    (_, false, _) => wrong("is none of the enum"),
                    (.., false) => wrong("doesn't match the pattern"),
                    _ => Ok(()),
                }
            }
            ("timestamp", Value::Number(_)) => Ok(()),
            ("integer", Value::Number(number)) if number.is_i64() => Ok(()),
            ("boolean", Value::Bool(_)) => Ok(()),
            (kind, _) => wrong(&format!("is no {kind}")),
        }
    }

    fn check_members(&self, shape: &Value, members: &Map<String, Value>, path: &str) -> Result<(), String> {
        let known = shape["members"].as_object().expect("members");
        for required in shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(required) {
                return Err(format!("{path}: {required} is missing"));
            }
        }
        members.iter().try_for_each(|(name, value)| match known.get(name).and_then(Value::as_str) {
            Some(shape) => self.check(shape, value, &format!("{path}.{name}")),
            None => Err(format!("{path}: the model has no {name}")),
        })
    }
}

/// Rewrites a pattern for the tests' engine, which has no classes of Unicode. The tests use tags in ASCII.
fn readable(pattern: &str) -> String {
    pattern.replace(r"\p{L}\p{Z}\p{N}", r"\w\s")
}
