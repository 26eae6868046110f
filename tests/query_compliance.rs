//! The public JMESPath compliance suite, from the `jmespath` crate.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use orgshake::query::Query;
use serde_json::Value;

use crate::support::packages::source_of;

/// Expressions of the suite that are rejected on purpose, with the beginning of the message.
const REFUSED: [(&str, &str); 2] = [
    // Benchmarks for parsers that check the number of arguments only at run time.
    ("sum(z, y, x, w, v, u, t, s, r, q, p, o, n, m, l, k, j, i, h, g, f, e, d, c, b, a)", "sum() takes 1 argument"),
    // Not JMESPath, neither by the grammar nor for Python's library.
    ("foo[bar > baz][qux > baz]", "expected an index, a slice, '*', a filter or ']' after '[', but found 'bar'"),
];

/// The expected result of a case of the suite.
enum Expected<'c> {
    Result(&'c Value),
    Error,
    /// A parse error that begins like this.
    Refusal(&'c str),
    /// A benchmark: it must only succeed.
    Success,
}

/// Returns the difference from the expected result, if any.
fn check(expression: &str, given: &Value, expected: &Expected<'_>) -> Result<(), String> {
    let found = Query::parse(expression).and_then(|query| query.apply(given));
    match (expected, found) {
        (Expected::Error, Err(_)) | (Expected::Success, Ok(_)) => Ok(()),
        (Expected::Refusal(message), Err(error)) if error.message.starts_with(message) => Ok(()),
        (Expected::Result(expected), Ok(found)) if same(&found, expected) => Ok(()),
        (Expected::Result(expected), found) => Err(format!("{expression}: expected {expected}, got {found:?}")),
        (_, found) => Err(format!("{expression}: got {found:?}")),
    }
}

/// Equality of JSON: the suite treats 1 and 1.0 as equal.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

#[test]
fn every_case_of_the_suite_passes() -> Result<(), Box<dyn Error>> {
    let folder = source_of("jmespath").join("tests/compliance");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();

    let mut checked = 0;
    let mut failures = Vec::new();
    for file in files {
        let groups: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
        for group in groups.as_array().ok_or("a file of the suite is not a list")? {
            for case in group["cases"].as_array().ok_or("a group of the suite has no cases")? {
                let expression = case["expression"].as_str().ok_or("a case of the suite has no expression")?;
                let refused = REFUSED.iter().find(|(refused, _)| *refused == expression);
                let expected = match (case.get("result"), case.get("error"), case.get("bench")) {
                    (Some(result), ..) => Expected::Result(result),
                    (None, Some(_), _) => Expected::Error,
                    (None, None, Some(_)) => {
                        refused.map_or(Expected::Success, |(_, message)| Expected::Refusal(message))
                    }
                    (None, None, None) => return Err(format!("{expression}: the case expects nothing").into()),
                };
                checked += 1;
                if let Err(failure) = check(expression, &group["given"], &expected) {
                    failures.push(format!("{}: {failure}", file.display()));
                }
            }
        }
    }
    assert!(checked > 800, "only {checked} cases found in {}", folder.display());
    assert!(failures.is_empty(), "{} of {checked} cases:\n{}", failures.len(), failures.join("\n"));
    Ok(())
}
