//! Evaluates the tree against a document.
//!
//! Values are borrowed from the document for as long as possible: `Handshakes[0].Id` copies one string.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::catalog::ByFunction;
use super::error::QueryError;
use super::functions::{call, extreme, first_misfit, sorted};
use super::tree::{Comparator, Node, Slice};
use super::values::{Budget, Elements, Evaluated, boolean, elements, equals, is_true, null, order, type_of, values};

/// Evaluates nodes.
pub(super) struct Evaluator<'d>(pub(super) Budget<'d>);

impl Evaluator<'_> {
    /// Evaluates a node against a value.
    pub(super) fn eval<'v>(&self, node: &'v Node, value: Cow<'v, Value>) -> Evaluated<'v> {
        self.0.charge(1)?;
        match node {
            Node::Current => Ok(value),
            Node::Literal(literal) => Ok(Cow::Borrowed(literal)),
            Node::Chain(steps) => steps.iter().try_fold(value, |value, step| self.eval(step, value)),
            Node::Field(name) => Ok(field(value, name)),
            Node::Index(index) => Ok(element(value, *index)),
            Node::Slice(slice) => match &*value {
                Value::Array(array) => {
                    let indexes = slice_indexes(*slice, array.len());
                    self.0.pick(value, indexes)
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
            // All others use the value more than once.
            _ => match value {
                Cow::Borrowed(value) => self.eval_shared(node, value),
                Cow::Owned(value) => {
                    let result = self.eval_shared(node, &value)?;
                    self.0.own(result).map(Cow::Owned)
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
                call(&self.0, *function, arguments)
            }
            Node::CallBy { function, array, expression } => {
                let array = self.eval(array, Cow::Borrowed(value))?;
                self.call_by(*function, array, expression)
            }
            _ => self.eval(node, Cow::Borrowed(value)),
        }
    }

    fn eval_owned(&self, node: &Node, value: &Value) -> Result<Value, QueryError> {
        let result = self.eval(node, Cow::Borrowed(value))?;
        self.0.own(result)
    }

    /// Returns the first result for which `wanted` is true, else the last.
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
                    flat.push(self.0.own(inner)?);
                }
            } else {
                flat.push(self.0.own(element)?);
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
                projected.push(self.0.own(result)?);
            }
        }
        Ok(Cow::Owned(Value::Array(projected)))
    }

    /// Calls a function that applies an expression to the elements of a list.
    fn call_by<'v>(&self, function: ByFunction, array: Cow<'v, Value>, expression: &'v Node) -> Evaluated<'v> {
        let name = function.name();
        let Value::Array(items) = &*array else {
            let position = 2 - function.reference_at();
            let found = type_of(&array).with_article();
            return Err(QueryError::at_run_time(format!(
                "{name}(): argument {position} is {found}, but it must be an array"
            )));
        };
        if function == ByFunction::Map {
            let results = elements(array).into_iter().flatten().map(|element| {
                let result = self.eval(expression, element)?;
                self.0.own(result)
            });
            return Ok(Cow::Owned(Value::Array(results.collect::<Result<_, _>>()?)));
        }
        let keys = items
            .iter()
            .map(|item| self.eval(expression, Cow::Borrowed(item)))
            .collect::<Result<Vec<_>, QueryError>>()?;
        let keys: Vec<&Value> = keys.iter().map(|key| &**key).collect();
        if let Some((index, found, first)) = first_misfit(keys.iter().copied()) {
            let found = found.with_article();
            return Err(QueryError::at_run_time(match first {
                Some(first) => format!(
                    "{name}(): argument 2 gives {found} for element {index}, but {} for element 0",
                    first.with_article()
                ),
                None => {
                    format!(
                        "{name}(): argument 2 gives {found} for element {index}, but it must give a number or a string"
                    )
                }
            }));
        }
        let best = match function {
            ByFunction::MaxBy => extreme(&keys, Ordering::is_gt),
            ByFunction::MinBy => extreme(&keys, Ordering::is_lt),
            ByFunction::SortBy | ByFunction::Map => {
                let indexes = sorted(&keys);
                return self.0.pick(array, indexes);
            }
        };
        Ok(best.and_then(|index| elements(array)?.nth(index)).unwrap_or_else(null))
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

/// Returns the indexes that a slice selects from a list, by Python's rules.
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
