//! A parsed expression.

use std::fmt;

use serde_json::Value;

use super::catalog::{ByFunction, Function};

/// An expression: a function from one value to another.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// The value itself.
    Current,
    Literal(Value),
    Field(String),
    Index(i64),
    Slice(Slice),
    /// The elements of a list, with each list among them replaced by its elements.
    Flatten,
    /// The expression applied to each element of a list; nulls are dropped.
    Projection(Box<Node>),
    /// The same for each value of an object.
    ValueProjection(Box<Node>),
    /// The same for those elements of a list that meet the condition.
    FilterProjection {
        condition: Box<Node>,
        projected: Box<Node>,
    },
    /// Each step applied to the result of the one before.
    Chain(Vec<Node>),
    MultiSelectList(Vec<Node>),
    MultiSelectHash(Vec<(String, Node)>),
    /// The first true one, else the last.
    Or(Vec<Node>),
    /// The first false one, else the last.
    And(Vec<Node>),
    Not(Box<Node>),
    /// `a == b < c …`, from the left.
    Comparison(Box<Node>, Vec<(Comparator, Node)>),
    Call(Function, Vec<Node>),
    CallBy {
        function: ByFunction,
        array: Box<Node>,
        expression: Box<Node>,
    },
}

/// `[start:stop:step]`; the step is never zero.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slice {
    pub start: Option<i64>,
    pub stop: Option<i64>,
    pub step: i64,
}

impl Node {
    /// Returns a node that applies `step` to the result of this one.
    pub(super) fn then(self, step: Self) -> Self {
        match self {
            Self::Current => step,
            Self::Chain(mut steps) => {
                steps.push(step);
                Self::Chain(steps)
            }
            first => Self::Chain(vec![first, step]),
        }
    }

    /// Returns the expressions that this one consists of.
    fn parts(&self) -> Vec<&Node> {
        match self {
            Self::Current | Self::Literal(_) | Self::Field(_) | Self::Index(_) | Self::Slice(_) | Self::Flatten => {
                Vec::new()
            }
            Self::Projection(part) | Self::ValueProjection(part) | Self::Not(part) => vec![part],
            Self::FilterProjection { condition, projected } => vec![condition, projected],
            Self::Chain(parts)
            | Self::MultiSelectList(parts)
            | Self::Or(parts)
            | Self::And(parts)
            | Self::Call(_, parts) => parts.iter().collect(),
            Self::MultiSelectHash(pairs) => pairs.iter().map(|(_, part)| part).collect(),
            Self::Comparison(first, rest) => [&**first].into_iter().chain(rest.iter().map(|(_, part)| part)).collect(),
            Self::CallBy { array, expression, .. } => vec![array, expression],
        }
    }

    /// Calls a function with this expression and all those within it.
    pub(super) fn visit<'n>(&'n self, see: &mut impl FnMut(&'n Node)) {
        see(self);
        self.parts().into_iter().for_each(|part| part.visit(see));
    }

    /// Returns how many levels deeper than the document or a literal the result can be nested.
    pub(super) fn added_levels(&self) -> usize {
        fn deepest<'n>(nodes: impl IntoIterator<Item = &'n Node>) -> usize {
            nodes.into_iter().map(Node::added_levels).max().unwrap_or_default()
        }
        match self {
            Self::Current
            | Self::Literal(_)
            | Self::Field(_)
            | Self::Index(_)
            | Self::Slice(_)
            | Self::Flatten
            | Self::Comparison(..)
            | Self::Not(_) => 0,
            // The list of results replaces the list or object that held the elements.
            Self::Projection(projected)
            | Self::ValueProjection(projected)
            | Self::FilterProjection { projected, .. } => projected.added_levels(),
            Self::Chain(steps) => steps.iter().map(Self::added_levels).sum(),
            Self::Or(nodes) | Self::And(nodes) => deepest(nodes),
            Self::MultiSelectList(nodes) => 1 + deepest(nodes),
            Self::MultiSelectHash(pairs) => 1 + deepest(pairs.iter().map(|(_, node)| node)),
            Self::Call(function, arguments) => usize::from(*function == Function::ToArray) + deepest(arguments),
            Self::CallBy { array, expression, .. } => array.added_levels() + expression.added_levels(),
        }
    }
}

/// The comparison operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl fmt::Display for Comparator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        })
    }
}
