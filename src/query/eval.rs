//! The tree applied to a document.
//!
//! Values are borrowed from the document for as long as possible: `Handshakes[0].Id` copies one string.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;
use std::mem;

use serde_json::{Map, Number, Value};

use super::QueryError;
use super::functions::{call, call_by};
use super::lexer::Comparator;
use super::parser::{Node, Slice};

/// The units of work that any query may do.
const LEAST_BUDGET: u64 = 1_000_000;

/// How much more a query may do per unit of the document's own [`weight`].
const BUDGET_PER_WEIGHT: u64 = 64;

/// A value that is borrowed from the document or from a literal, or was made on the way.
pub(super) type Evaluated<'v> = Result<Cow<'v, Value>, QueryError>;

/// Evaluates nodes and keeps account of the work: an expression can double a value with each of its steps.
pub(super) struct Evaluator<'d> {
    budget: Cell<u64>,
    /// Weighed only when the first budget is used up.
    document: Cell<Option<&'d Value>>,
}

impl<'d> Evaluator<'d> {
    pub(super) fn new(document: &'d Value) -> Self {
        Self { budget: Cell::new(LEAST_BUDGET), document: Cell::new(Some(document)) }
    }

    /// Takes from the budget.
    pub(super) fn charge(&self, work: u64) -> Result<(), QueryError> {
        let mut budget = self.budget.get();
        if budget < work
            && let Some(document) = self.document.take()
        {
            budget = budget.saturating_add(weight(document).saturating_mul(BUDGET_PER_WEIGHT));
        }
        let left = budget.checked_sub(work).ok_or_else(|| {
            QueryError::at_run_time("the query multiplies the response beyond what can be handled".to_owned())
        })?;
        self.budget.set(left);
        Ok(())
    }

    /// The value itself, copied if it is borrowed.
    pub(super) fn own(&self, value: Cow<'_, Value>) -> Result<Value, QueryError> {
        if let Cow::Borrowed(value) = value {
            self.charge(weight(value))?;
        }
        Ok(value.into_owned())
    }

    /// A new string, charged for its length.
    pub(super) fn string(&self, text: String) -> Evaluated<'static> {
        self.charge(text_weight(&text))?;
        Ok(Cow::Owned(Value::String(text)))
    }

    /// The elements of a list at the given indexes, of which none may come twice.
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

    /// Evaluates a node against a value.
    pub(super) fn eval<'v>(&self, node: &'v Node, value: Cow<'v, Value>) -> Evaluated<'v> {
        self.charge(1)?;
        match node {
            Node::Current => Ok(value),
            Node::Literal(literal) => Ok(Cow::Borrowed(literal)),
            Node::Chain(steps) => steps.iter().try_fold(value, |value, step| self.eval(step, value)),
            Node::Field(name) => Ok(field(value, name)),
            Node::Index(index) => Ok(element(value, *index)),
            Node::Slice(slice) => match &*value {
                Value::Array(array) => {
                    let indexes = slice_indexes(*slice, array.len());
                    self.pick(value, indexes)
                }
                _ => Ok(null()),
            },
            Node::Flatten => self.flatten(value),
            Node::Projection(projected) => self.project(elements(value), |element| self.eval(projected, element)),
            Node::ValueProjection(projected) => self.project(values(value), |element| self.eval(projected, element)),
            Node::FilterProjection { condition, projected } => self.project(elements(value), |element| {
                let met = is_true(&*self.eval(condition, Cow::Borrowed(&*element))?);
                if met { self.eval(projected, element) } else { Ok(null()) }
            }),
            // All others look at the value more than once.
            _ => match value {
                Cow::Borrowed(value) => self.eval_shared(node, value),
                Cow::Owned(value) => {
                    let result = self.eval_shared(node, &value)?;
                    self.own(result).map(Cow::Owned)
                }
            },
        }
    }

    fn eval_shared<'v>(&self, node: &'v Node, value: &'v Value) -> Evaluated<'v> {
        match node {
            Node::MultiSelectList(_) | Node::MultiSelectHash(_) if value.is_null() => Ok(null()),
            Node::MultiSelectList(nodes) => {
                let list = nodes.iter().map(|node| self.eval_owned(node, value)).collect::<Result<_, _>>()?;
                Ok(Cow::Owned(Value::Array(list)))
            }
            Node::MultiSelectHash(pairs) => {
                let mut hash = Map::with_capacity(pairs.len());
                for (key, node) in pairs {
                    hash.insert(key.clone(), self.eval_owned(node, value)?);
                }
                Ok(Cow::Owned(Value::Object(hash)))
            }
            Node::Or(nodes) => self.first(nodes, value, is_true),
            Node::And(nodes) => self.first(nodes, value, |value| !is_true(value)),
            Node::Not(node) => Ok(boolean(!is_true(&*self.eval(node, Cow::Borrowed(value))?))),
            Node::Comparison(first, rest) => {
                let mut left = self.eval(first, Cow::Borrowed(value))?;
                for (comparator, right) in rest {
                    let right = self.eval(right, Cow::Borrowed(value))?;
                    left = Cow::Owned(compare(*comparator, &left, &right)?);
                }
                Ok(left)
            }
            Node::Call(function, arguments) => {
                let arguments =
                    arguments.iter().map(|node| self.eval(node, Cow::Borrowed(value))).collect::<Result<_, _>>()?;
                call(self, *function, arguments)
            }
            Node::CallBy { function, array, expression } => {
                let array = self.eval(array, Cow::Borrowed(value))?;
                call_by(self, *function, array, expression)
            }
            _ => self.eval(node, Cow::Borrowed(value)),
        }
    }

    fn eval_owned(&self, node: &Node, value: &Value) -> Result<Value, QueryError> {
        let result = self.eval(node, Cow::Borrowed(value))?;
        self.own(result)
    }

    /// The first result that is wanted, else the last.
    fn first<'v>(&self, nodes: &'v [Node], value: &'v Value, wanted: impl Fn(&Value) -> bool) -> Evaluated<'v> {
        let mut result = null();
        for node in nodes {
            result = self.eval(node, Cow::Borrowed(value))?;
            if wanted(&result) {
                break;
            }
        }
        Ok(result)
    }

    fn flatten<'v>(&self, value: Cow<'v, Value>) -> Evaluated<'v> {
        let Some(outer) = elements(value) else { return Ok(null()) };
        let mut flat = Vec::new();
        for element in outer {
            if element.is_array() {
                for inner in elements(element).into_iter().flatten() {
                    flat.push(self.own(inner)?);
                }
            } else {
                flat.push(self.own(element)?);
            }
        }
        Ok(Cow::Owned(Value::Array(flat)))
    }

    fn project<'v>(
        &self,
        elements: Option<Elements<'v>>,
        project: impl Fn(Cow<'v, Value>) -> Evaluated<'v>,
    ) -> Evaluated<'v> {
        let Some(elements) = elements else { return Ok(null()) };
        let mut projected = Vec::new();
        for element in elements {
            let result = project(element)?;
            if !result.is_null() {
                projected.push(self.own(result)?);
            }
        }
        Ok(Cow::Owned(Value::Array(projected)))
    }
}

pub(super) fn null<'v>() -> Cow<'v, Value> {
    Cow::Owned(Value::Null)
}

pub(super) fn boolean(value: bool) -> Cow<'static, Value> {
    Cow::Owned(Value::Bool(value))
}

type Elements<'v> = Box<dyn Iterator<Item = Cow<'v, Value>> + 'v>;

/// The elements of a list.
pub(super) fn elements(value: Cow<'_, Value>) -> Option<Elements<'_>> {
    match value {
        Cow::Borrowed(Value::Array(array)) => Some(Box::new(array.iter().map(Cow::Borrowed))),
        Cow::Owned(Value::Array(array)) => Some(Box::new(array.into_iter().map(Cow::Owned))),
        _ => None,
    }
}

/// The values of an object.
pub(super) fn values(value: Cow<'_, Value>) -> Option<Elements<'_>> {
    match value {
        Cow::Borrowed(Value::Object(object)) => Some(Box::new(object.values().map(Cow::Borrowed))),
        Cow::Owned(Value::Object(object)) => Some(Box::new(object.into_iter().map(|(_, value)| Cow::Owned(value)))),
        _ => None,
    }
}

fn field<'v>(value: Cow<'v, Value>, name: &str) -> Cow<'v, Value> {
    match value {
        Cow::Borrowed(value) => value.get(name).map_or_else(null, Cow::Borrowed),
        Cow::Owned(mut value) => Cow::Owned(value.get_mut(name).map(Value::take).unwrap_or_default()),
    }
}

fn element(value: Cow<'_, Value>, index: i64) -> Cow<'_, Value> {
    let Some(length) = value.as_array().map(Vec::len) else { return null() };
    let distance = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    let Some(index) = (if index < 0 { length.checked_sub(distance) } else { Some(distance) }) else { return null() };
    match value {
        Cow::Borrowed(value) => value.get(index).map_or_else(null, Cow::Borrowed),
        Cow::Owned(mut value) => Cow::Owned(value.get_mut(index).map(Value::take).unwrap_or_default()),
    }
}

/// The indexes that a slice takes from a list, by Python's rules.
fn slice_indexes(slice: Slice, length: usize) -> impl Iterator<Item = usize> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let step = slice.step;
    let (lowest, highest) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let bound = |given: Option<i64>, default: i64| match given {
        Some(bound) if bound < 0 => bound.saturating_add(length).max(lowest),
        Some(bound) => bound.min(highest),
        None => default,
    };
    let (start, stop) = if step < 0 {
        (bound(slice.start, highest), bound(slice.stop, lowest))
    } else {
        (bound(slice.start, lowest), bound(slice.stop, highest))
    };
    std::iter::successors(Some(start), move |index| index.checked_add(step))
        .take_while(move |&index| if step < 0 { index > stop } else { index < stop })
        .filter_map(|index| usize::try_from(index).ok())
}

/// Everything but `null`, `false`, `''`, `[]` and `{}`; zero is true.
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

fn compare(comparator: Comparator, left: &Value, right: &Value) -> Result<Value, QueryError> {
    let holds = match comparator {
        Comparator::Equal => return Ok(equals(left, right).into()),
        Comparator::NotEqual => return Ok((!equals(left, right)).into()),
        Comparator::Less => Ordering::is_lt,
        Comparator::LessOrEqual => Ordering::is_le,
        Comparator::Greater => Ordering::is_gt,
        Comparator::GreaterOrEqual => Ordering::is_ge,
    };
    match (left, right) {
        (Value::Number(_) | Value::String(_), Value::Number(_) | Value::String(_)) => match order(left, right) {
            Some(ordering) => Ok(holds(ordering).into()),
            None => Err(QueryError::at_run_time(format!(
                "'{comparator}' can't compare {} with {}",
                type_of(left).with_article(),
                type_of(right).with_article()
            ))),
        },
        _ => Ok(Value::Null),
    }
}

/// Equality of `==`.
fn equals(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Bool(_), Value::Number(_)) | (Value::Number(_), Value::Bool(_)) => false,
        _ => python_equals(left, right),
    }
}

/// Equality inside of lists and objects, where `true` is 1 and `false` is 0 as in Python.
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

/// The order of two numbers, or of two strings by code point.
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
    #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
    pub(super) fn to_float(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(float) => float,
        }
    }

    /// As JSON; `null` for what JSON can't say, and the nearest float for an integer of more than 64 bits.
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

/// Without rounding the integer, which has 64 bits at most, to a float.
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

/// What a copy of the value costs.
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
