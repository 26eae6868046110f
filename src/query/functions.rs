//! The functions of the language.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::catalog::Function;
use super::error::QueryError;
use super::values::{Budget, Evaluated, Numeric, Type, boolean, elements, null, order, python_equals, type_of, values};
use crate::text::json::ascii_string;

/// Calls a function whose arguments are values.
pub(super) fn call<'v>(budget: &Budget<'_>, function: Function, given: Vec<Cow<'v, Value>>) -> Evaluated<'v> {
    let arguments = Arguments { function, given };
    let number = |numeric: Numeric| Ok(Cow::Owned(numeric.to_value()));
    match function {
        Function::Abs => number(match arguments.number(0)? {
            Numeric::Integer(integer) => Numeric::Integer(integer.abs()),
            Numeric::Float(float) => Numeric::Float(float.abs()),
        }),
        Function::Avg => {
            let numbers = arguments.numbers(0)?;
            if numbers.is_empty() {
                return Ok(null());
            }
            #[expect(clippy::cast_precision_loss, reason = "no list has 2^53 elements")]
            let count = numbers.len() as f64;
            number(Numeric::Float(sum(&numbers).to_float() / count))
        }
        Function::Ceil => number(integral(arguments.number(0)?, f64::ceil)),
        Function::Floor => number(integral(arguments.number(0)?, f64::floor)),
        Function::Sum => number(sum(&arguments.numbers(0)?)),
        Function::Contains => arguments.contains().map(boolean),
        Function::StartsWith => Ok(boolean(arguments.string(0)?.starts_with(arguments.string(1)?))),
        Function::EndsWith => Ok(boolean(arguments.string(0)?.ends_with(arguments.string(1)?))),
        Function::Join => {
            let (separator, strings) = (arguments.string(0)?, arguments.strings(1)?);
            let length = strings.iter().map(|text| text.len() + separator.len()).sum::<usize>();
            // Charge before allocating: both factors may be large.
            budget.charge(length as u64 / 64)?;
            budget.string(strings.join(separator))
        }
        Function::Keys => {
            let keys: Vec<Value> = arguments.object(0)?.keys().map(|key| Value::String(key.clone())).collect();
            budget.charge(keys.len() as u64)?;
            Ok(Cow::Owned(Value::Array(keys)))
        }
        Function::Values => {
            arguments.object(0)?;
            let values = values(arguments.into_first()).into_iter().flatten();
            let values = values.map(|value| budget.own(value)).collect::<Result<_, _>>()?;
            Ok(Cow::Owned(Value::Array(values)))
        }
        Function::Length => {
            let length = match arguments.get(0) {
                Value::String(text) => text.chars().count(),
                Value::Array(array) => array.len(),
                Value::Object(object) => object.len(),
                _ => return Err(arguments.mismatch(0, "a string, an array or an object")),
            };
            Ok(Cow::Owned(length.into()))
        }
        Function::Max => arguments.extreme(Ordering::is_gt),
        Function::Min => arguments.extreme(Ordering::is_lt),
        Function::Merge => {
            let mut merged = Map::new();
            for index in 0..arguments.given.len() {
                arguments.object(index)?;
            }
            for argument in arguments.given {
                if let Value::Object(object) = budget.own(argument)? {
                    merged.extend(object);
                }
            }
            Ok(Cow::Owned(Value::Object(merged)))
        }
        Function::NotNull => Ok(arguments.given.into_iter().find(|value| !value.is_null()).unwrap_or_else(null)),
        Function::Reverse => match arguments.get(0) {
            Value::String(text) => budget.string(text.chars().rev().collect()),
            Value::Array(array) => {
                let indexes = (0..array.len()).rev();
                budget.pick(arguments.into_first(), indexes)
            }
            _ => Err(arguments.mismatch(0, "an array or a string")),
        },
        Function::Sort => {
            let array = arguments.comparables(0)?;
            let keys: Vec<&Value> = array.iter().collect();
            let indexes = sorted(&keys);
            budget.pick(arguments.into_first(), indexes)
        }
        Function::ToArray => match arguments.into_first() {
            value if value.is_array() => Ok(value),
            value => Ok(Cow::Owned(Value::Array(vec![budget.own(value)?]))),
        },
        Function::ToNumber => Ok(match arguments.into_first() {
            value if value.is_number() => value,
            value => Cow::Owned(value.as_str().and_then(parse_number).map_or(Value::Null, Numeric::to_value)),
        }),
        Function::ToString => match arguments.into_first() {
            value if value.is_string() => Ok(value),
            value => {
                let mut json = String::new();
                write_json(&mut json, &value);
                budget.string(json)
            }
        },
        Function::Type => Ok(Cow::Owned(type_of(arguments.get(0)).name().into())),
    }
}

/// The evaluated arguments of a call; the parser has checked their number.
struct Arguments<'v> {
    function: Function,
    given: Vec<Cow<'v, Value>>,
}

impl<'v> Arguments<'v> {
    fn get(&self, index: usize) -> &Value {
        self.given.get(index).map_or(&Value::Null, |value| &**value)
    }

    fn into_first(self) -> Cow<'v, Value> {
        self.given.into_iter().next().unwrap_or_else(null)
    }

    /// `argument 2`, or just `the argument` if it is the only one.
    fn label(&self, index: usize) -> String {
        if self.given.len() == 1 { "the argument".to_owned() } else { format!("argument {}", index + 1) }
    }

    fn mismatch(&self, index: usize, expected: &str) -> QueryError {
        let (name, label) = (self.function.name(), self.label(index));
        let found = type_of(self.get(index)).with_article();
        QueryError::at_run_time(format!("{name}(): {label} is {found}, but it must be {expected}"))
    }

    fn element_mismatch(&self, index: usize, element: usize, found: Type, expectation: &str) -> QueryError {
        let (name, label, found) = (self.function.name(), self.label(index), found.with_article());
        QueryError::at_run_time(format!("{name}(): element {element} of {label} is {found}, but {expectation}"))
    }

    fn number(&self, index: usize) -> Result<Numeric, QueryError> {
        match self.get(index) {
            Value::Number(number) => Ok(number.into()),
            _ => Err(self.mismatch(index, "a number")),
        }
    }

    fn string(&self, index: usize) -> Result<&str, QueryError> {
        self.get(index).as_str().ok_or_else(|| self.mismatch(index, "a string"))
    }

    fn object(&self, index: usize) -> Result<&Map<String, Value>, QueryError> {
        self.get(index).as_object().ok_or_else(|| self.mismatch(index, "an object"))
    }

    fn array(&self, index: usize, expected: &str) -> Result<&[Value], QueryError> {
        self.get(index).as_array().map(Vec::as_slice).ok_or_else(|| self.mismatch(index, expected))
    }

    fn numbers(&self, index: usize) -> Result<Vec<Numeric>, QueryError> {
        let convert = |(at, element): (usize, &Value)| match element {
            Value::Number(number) => Ok(number.into()),
            other => Err(self.element_mismatch(index, at, type_of(other), "it must be a number")),
        };
        self.array(index, "an array of numbers")?.iter().enumerate().map(convert).collect()
    }

    fn strings(&self, index: usize) -> Result<Vec<&str>, QueryError> {
        let convert = |(at, element): (usize, &'_ Value)| match element {
            Value::String(_) => Ok(()),
            other => Err(self.element_mismatch(index, at, type_of(other), "it must be a string")),
        };
        let array = self.array(index, "an array of strings")?;
        array.iter().enumerate().try_for_each(convert)?;
        Ok(array.iter().filter_map(Value::as_str).collect())
    }

    /// A list of numbers, or a list of strings.
    fn comparables(&self, index: usize) -> Result<&[Value], QueryError> {
        let array = self.array(index, "an array of numbers or of strings")?;
        match first_misfit(array) {
            None => Ok(array),
            Some((at, found, Some(first))) => {
                let expectation = format!("element 0 is {}", first.with_article());
                Err(self.element_mismatch(index, at, found, &expectation))
            }
            Some((at, found, None)) => Err(self.element_mismatch(index, at, found, "it must be a number or a string")),
        }
    }

    fn extreme(self, better: impl Fn(Ordering) -> bool) -> Evaluated<'v> {
        let keys: Vec<&Value> = self.comparables(0)?.iter().collect();
        let best = extreme(&keys, better);
        Ok(best.and_then(|index| elements(self.into_first())?.nth(index)).unwrap_or_else(null))
    }

    fn contains(&self) -> Result<bool, QueryError> {
        match (self.get(0), self.get(1)) {
            (Value::Array(array), search) => Ok(array.iter().any(|element| python_equals(element, search))),
            (Value::String(text), Value::String(search)) => Ok(text.contains(search.as_str())),
            (Value::String(_), other) => Err(QueryError::at_run_time(format!(
                "contains(): argument 2 is {}, but a string can only contain a string",
                type_of(other).with_article()
            ))),
            _ => Err(self.mismatch(0, "an array or a string")),
        }
    }
}

/// Finds the first value that can't be compared with those before it. Returns its index and its type and, if it is a number
/// or a string itself, the type of the values before it.
pub(super) fn first_misfit<'v>(values: impl IntoIterator<Item = &'v Value>) -> Option<(usize, Type, Option<Type>)> {
    let mut required = None;
    for (index, found) in values.into_iter().map(type_of).enumerate() {
        if !matches!(found, Type::Number | Type::String) {
            return Some((index, found, None));
        }
        if *required.get_or_insert(found) != found {
            return Some((index, found, required));
        }
    }
    None
}

/// Returns the indexes of the keys, sorted by key.
pub(super) fn sorted(keys: &[&Value]) -> Vec<usize> {
    let mut keys: Vec<_> = keys.iter().enumerate().collect();
    keys.sort_by(|(_, left), (_, right)| order(left, right).unwrap_or(Ordering::Equal));
    keys.into_iter().map(|(index, _)| index).collect()
}

/// Returns the index of the best key, the first one of equals.
pub(super) fn extreme(keys: &[&Value], better: impl Fn(Ordering) -> bool) -> Option<usize> {
    let best = keys
        .iter()
        .enumerate()
        .reduce(|best, candidate| if order(candidate.1, best.1).is_some_and(&better) { candidate } else { best });
    best.map(|(index, _)| index)
}

/// Adds integers exactly, and floats with Neumaier's compensated summation, as Python does since 3.12.
fn sum(numbers: &[Numeric]) -> Numeric {
    let mut integers: i128 = 0;
    let mut numbers = numbers.iter().copied();
    let mut total = loop {
        match numbers.next() {
            Some(Numeric::Integer(integer)) => integers += integer,
            Some(Numeric::Float(float)) => break Numeric::Integer(integers).to_float() + float,
            None => return Numeric::Integer(integers),
        }
    };
    let mut lost = 0.0;
    for number in numbers {
        match number {
            Numeric::Integer(_) => total += number.to_float(),
            Numeric::Float(float) => {
                let next = total + float;
                lost += if total.abs() >= float.abs() { (total - next) + float } else { (float - next) + total };
                total = next;
            }
        }
    }
    Numeric::Float(if lost.is_finite() { total + lost } else { total })
}

/// Rounds a float to an integer if it is within the range of integers.
#[expect(clippy::cast_possible_truncation, reason = "only integral values within the range are converted")]
fn integral(number: Numeric, round: impl Fn(f64) -> f64) -> Numeric {
    const LIMIT: f64 = 18_446_744_073_709_551_616.0;
    match number {
        Numeric::Float(float) if round(float).abs() < LIMIT => Numeric::Integer(round(float) as i128),
        other => other,
    }
}

/// Parses a number as Python does: with white space around it, a sign, underscores between digits.
fn parse_number(text: &str) -> Option<Numeric> {
    let text = text.trim();
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '_' {
            plain.push(c);
        } else if !(plain.ends_with(|c: char| c.is_ascii_digit()) && rest.peek().is_some_and(char::is_ascii_digit)) {
            return None;
        }
    }
    if let Ok(integer) = plain.parse() {
        return Some(Numeric::Integer(integer));
    }
    plain.parse().ok().map(Numeric::Float)
}

/// Writes compact JSON in ASCII, with members in their order.
fn write_json(json: &mut String, value: &Value) {
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => json.push_str(&crate::text::number::to_text(number)),
        Value::String(text) => ascii_string(json, text),
        Value::Array(array) => {
            json.push('[');
            for (index, element) in array.iter().enumerate() {
                if index > 0 {
                    json.push(',');
                }
                write_json(json, element);
            }
            json.push(']');
        }
        Value::Object(object) => {
            json.push('{');
            for (index, (key, value)) in object.iter().enumerate() {
                if index > 0 {
                    json.push(',');
                }
                ascii_string(json, key);
                json.push(':');
                write_json(json, value);
            }
            json.push('}');
        }
    }
}
