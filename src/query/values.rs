//! Intermediate values of a query, and the budget of its work.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;
use std::mem;

use serde_json::{Number, Value};

use super::error::QueryError;

/// The work that every query may do, in units.
const LEAST_BUDGET: u64 = 1_000_000;

/// The additional work that a query may do per unit of the document's [`weight`].
const BUDGET_PER_WEIGHT: u64 = 64;

/// A value that is borrowed from the document or a literal, or that the query created.
pub(super) type Evaluated<'v> = Result<Cow<'v, Value>, QueryError>;

/// The work that a query may still do. It is limited because an expression can double a value with each of its steps.
pub(super) struct Budget<'d> {
    left: Cell<u64>,
    /// Weighed only after the first budget is used up.
    document: Cell<Option<&'d Value>>,
}

impl<'d> Budget<'d> {
    pub(super) fn new(document: &'d Value) -> Self {
        Self { left: Cell::new(LEAST_BUDGET), document: Cell::new(Some(document)) }
    }

    /// Charges work to the budget.
    pub(super) fn charge(&self, work: u64) -> Result<(), QueryError> {
        let mut budget = self.left.get();
        if budget < work
            && let Some(document) = self.document.take()
        {
            budget = budget.saturating_add(weight(document).saturating_mul(BUDGET_PER_WEIGHT));
        }
        let left = budget.checked_sub(work).ok_or_else(|| {
            QueryError::at_run_time("the query takes too much work for a response of this size".to_owned())
        })?;
        self.left.set(left);
        Ok(())
    }

    /// Returns an owned value; copies it if it is borrowed.
    pub(super) fn own(&self, value: Cow<'_, Value>) -> Result<Value, QueryError> {
        if let Cow::Borrowed(value) = value {
            self.charge(weight(value))?;
        }
        Ok(value.into_owned())
    }

    /// Returns a new string and charges its length.
    pub(super) fn string(&self, text: String) -> Evaluated<'static> {
        self.charge(text_weight(&text))?;
        Ok(Cow::Owned(Value::String(text)))
    }

    /// Returns the elements of a list at the given indexes, which must be distinct.
    pub(super) fn pick(&self, array: Cow<'_, Value>, indexes: impl IntoIterator<Item = usize>) -> Evaluated<'static> {
        let mut elements: Vec<_> = elements(array).into_iter().flatten().collect();
        let mut picked = Vec::new();
        for index in indexes {
            if let Some(element) = elements.get_mut(index) {
                picked.push(self.own(mem::replace(element, null()))?);
            }
        }
        Ok(Cow::Owned(Value::Array(picked)))
    }
}

pub(super) fn null<'v>() -> Cow<'v, Value> {
    Cow::Owned(Value::Null)
}

pub(super) fn boolean(value: bool) -> Cow<'static, Value> {
    Cow::Owned(Value::Bool(value))
}

pub(super) type Elements<'v> = Box<dyn Iterator<Item = Cow<'v, Value>> + 'v>;

/// Returns the elements of a list.
pub(super) fn elements(value: Cow<'_, Value>) -> Option<Elements<'_>> {
    match value {
        Cow::Borrowed(Value::Array(array)) => Some(Box::new(array.iter().map(Cow::Borrowed))),
        Cow::Owned(Value::Array(array)) => Some(Box::new(array.into_iter().map(Cow::Owned))),
        _ => None,
    }
}

/// Returns the values of an object.
pub(super) fn values(value: Cow<'_, Value>) -> Option<Elements<'_>> {
    match value {
        Cow::Borrowed(Value::Object(object)) => Some(Box::new(object.values().map(Cow::Borrowed))),
        Cow::Owned(Value::Object(object)) => Some(Box::new(object.into_iter().map(|(_, value)| Cow::Owned(value)))),
        _ => None,
    }
}

/// Whether a value counts as true: everything except `null`, `false`, `''`, `[]` and `{}`. Zero is true.
pub(super) fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(array) => !array.is_empty(),
        Value::Object(object) => !object.is_empty(),
    }
}

/// Compares as `==` does.
pub(super) fn equals(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Bool(_), Value::Number(_)) | (Value::Number(_), Value::Bool(_)) => false,
        _ => python_equals(left, right),
    }
}

/// Compares values inside lists and objects, where `true` equals 1 and `false` equals 0, as in Python.
pub(super) fn python_equals(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Numeric::from(left).order(Numeric::from(right)).is_eq(),
        (Value::Bool(truth), Value::Number(number)) | (Value::Number(number), Value::Bool(truth)) => {
            Numeric::from(number).order(Numeric::Integer(i128::from(*truth))).is_eq()
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| python_equals(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| python_equals(left, right)))
        }
        _ => left == right,
    }
}

/// Returns the order of two numbers, or of two strings by code point.
pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(Numeric::from(left).order(Numeric::from(right))),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// A number to calculate with: integers stay exact.
#[derive(Debug, Clone, Copy)]
pub(super) enum Numeric {
    Integer(i128),
    Float(f64),
}

impl From<&Number> for Numeric {
    fn from(number: &Number) -> Self {
        number
            .as_i64()
            .map(i128::from)
            .or_else(|| number.as_u64().map(i128::from))
            .map_or_else(|| Self::Float(number.as_f64().unwrap_or_default()), Self::Integer)
    }
}

impl Numeric {
    #[expect(clippy::cast_precision_loss, reason = "the caller wants the nearest float")]
    pub(super) fn to_float(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(float) => float,
        }
    }

    /// Converts to JSON: infinity and NaN to `null`, an integer of more than 64 bits to the nearest float.
    pub(super) fn to_value(self) -> Value {
        match self {
            Self::Integer(integer) => i64::try_from(integer)
                .map(Number::from)
                .or_else(|_| u64::try_from(integer).map(Number::from))
                .map_or_else(|_| self.to_float().into(), Value::Number),
            Self::Float(float) => float.into(),
        }
    }

    fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(left), Self::Integer(right)) => left.cmp(&right),
            (Self::Float(left), Self::Float(right)) => left.partial_cmp(&right).unwrap_or(Ordering::Equal),
            (Self::Integer(left), Self::Float(right)) => order_exactly(left, right),
            (Self::Float(left), Self::Integer(right)) => order_exactly(right, left).reverse(),
        }
    }
}

/// Compares without rounding the integer, which has at most 64 bits, to a float.
#[expect(clippy::cast_possible_truncation, reason = "saturates, and the integer is far from the limits")]
fn order_exactly(integer: i128, float: f64) -> Ordering {
    integer.cmp(&(float.trunc() as i128)).then_with(|| 0.0.partial_cmp(&float.fract()).unwrap_or(Ordering::Equal))
}

/// The types of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    pub(super) fn with_article(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

pub(super) fn type_of(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Boolean,
        Value::Number(_) => Type::Number,
        Value::String(_) => Type::String,
        Value::Array(_) => Type::Array,
        Value::Object(_) => Type::Object,
    }
}

/// Returns the cost of a copy of the value.
fn weight(value: &Value) -> u64 {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
        Value::String(text) => text_weight(text),
        Value::Array(array) => array.iter().map(weight).sum::<u64>() + 1,
        Value::Object(object) => object.iter().map(|(key, value)| text_weight(key) + weight(value)).sum::<u64>() + 1,
    }
}

fn text_weight(text: &str) -> u64 {
    1 + text.len() as u64 / 64
}
