//! The functions of the language: their names and arguments.

use crate::text::counted::counted;
use crate::text::near::distance;

/// The functions whose arguments are values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Abs,
    Avg,
    Ceil,
    Contains,
    EndsWith,
    Floor,
    Join,
    Keys,
    Length,
    Max,
    Merge,
    Min,
    NotNull,
    Reverse,
    Sort,
    StartsWith,
    Sum,
    ToArray,
    ToNumber,
    ToString,
    Type,
    Values,
}

/// The functions that take a list and an expression to apply to each element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByFunction {
    Map,
    MaxBy,
    MinBy,
    SortBy,
}

impl ByFunction {
    /// Returns the position of the argument that is the expression.
    pub(super) fn reference_at(self) -> usize {
        usize::from(self != Self::Map)
    }
}

/// The function behind a name.
#[derive(Debug, Clone, Copy)]
pub(super) enum Callee {
    Plain { function: Function, count: Count },
    By(ByFunction),
}

/// How many arguments a function takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    Exactly(usize),
    AtLeast(usize),
}

impl Callee {
    const fn exactly(count: usize, function: Function) -> Self {
        Self::Plain { function, count: Count::Exactly(count) }
    }

    const fn at_least(count: usize, function: Function) -> Self {
        Self::Plain { function, count: Count::AtLeast(count) }
    }

    /// Checks the number of arguments; the error says what the function takes.
    pub(super) fn check_count(self, given: usize) -> Result<(), String> {
        let count = match self {
            Self::Plain { count, .. } => count,
            Self::By(_) => Count::Exactly(2),
        };
        match count {
            Count::Exactly(count) if given == count => Ok(()),
            Count::AtLeast(count) if given >= count => Ok(()),
            Count::Exactly(count) => Err(counted(count, "argument")),
            Count::AtLeast(count) => Err(format!("at least {}", counted(count, "argument"))),
        }
    }
}

const FUNCTIONS: [(&str, Callee); 26] = [
    ("abs", Callee::exactly(1, Function::Abs)),
    ("avg", Callee::exactly(1, Function::Avg)),
    ("ceil", Callee::exactly(1, Function::Ceil)),
    ("contains", Callee::exactly(2, Function::Contains)),
    ("ends_with", Callee::exactly(2, Function::EndsWith)),
    ("floor", Callee::exactly(1, Function::Floor)),
    ("join", Callee::exactly(2, Function::Join)),
    ("keys", Callee::exactly(1, Function::Keys)),
    ("length", Callee::exactly(1, Function::Length)),
    ("map", Callee::By(ByFunction::Map)),
    ("max", Callee::exactly(1, Function::Max)),
    ("max_by", Callee::By(ByFunction::MaxBy)),
    ("merge", Callee::at_least(1, Function::Merge)),
    ("min", Callee::exactly(1, Function::Min)),
    ("min_by", Callee::By(ByFunction::MinBy)),
    ("not_null", Callee::at_least(1, Function::NotNull)),
    ("reverse", Callee::exactly(1, Function::Reverse)),
    ("sort", Callee::exactly(1, Function::Sort)),
    ("sort_by", Callee::By(ByFunction::SortBy)),
    ("starts_with", Callee::exactly(2, Function::StartsWith)),
    ("sum", Callee::exactly(1, Function::Sum)),
    ("to_array", Callee::exactly(1, Function::ToArray)),
    ("to_number", Callee::exactly(1, Function::ToNumber)),
    ("to_string", Callee::exactly(1, Function::ToString)),
    ("type", Callee::exactly(1, Function::Type)),
    ("values", Callee::exactly(1, Function::Values)),
];

/// The function of that name.
pub(super) fn callee(name: &str) -> Option<Callee> {
    FUNCTIONS.iter().find(|(known, _)| *known == name).map(|(_, callee)| *callee)
}

/// Returns the known name closest to a misspelt one, if it is close enough.
pub(super) fn closest_name(name: &str) -> Option<&'static str> {
    let name: String = name.chars().take(16).flat_map(char::to_lowercase).collect();
    FUNCTIONS
        .iter()
        .map(|(known, _)| (distance(&name, known), *known))
        .filter(|(distance, known)| *distance <= known.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

fn name_of(wanted: impl Fn(Callee) -> bool) -> &'static str {
    FUNCTIONS.iter().find(|(_, callee)| wanted(*callee)).map_or("", |(name, _)| name)
}

impl Function {
    pub(super) fn name(self) -> &'static str {
        name_of(|callee| matches!(callee, Callee::Plain { function, .. } if function == self))
    }
}

impl ByFunction {
    pub(super) fn name(self) -> &'static str {
        name_of(|callee| matches!(callee, Callee::By(function) if function == self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_has_its_name() {
        for (name, known) in FUNCTIONS {
            let found = match known {
                Callee::Plain { function, .. } => function.name(),
                Callee::By(function) => function.name(),
            };
            assert_eq!(found, name);
        }
    }

    #[test]
    fn only_close_names_are_suggested() {
        for (name, guess) in [
            ("sortBy", Some("sort_by")),
            ("lenght", Some("length")),
            ("toString", Some("to_string")),
            ("startswith", Some("starts_with")),
            ("foo", None),
            ("", None),
        ] {
            assert_eq!(closest_name(name), guess, "{name}");
        }
    }
}
