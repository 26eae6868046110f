//! Errors of queries.

use std::fmt;

/// An error in parsing or evaluating an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The problem. A syntax error adds the expression and a line with a caret.
    pub message: String,
    /// The position of a syntax error, in characters; `None` if the evaluation failed.
    pub position: Option<usize>,
}

impl QueryError {
    /// Creates a syntax error at a byte offset.
    pub(super) fn in_expression(problem: &str, expression: &str, offset: usize) -> Self {
        let (before, after) = expression.split_at_checked(offset).unwrap_or((expression, ""));
        let mut message = problem.to_owned();
        if !expression.trim().is_empty() {
            message.push_str(&excerpt(before, after));
        }
        Self { message, position: Some(before.chars().count()) }
    }

    /// Creates an error of the evaluation.
    pub(super) fn at_run_time(message: String) -> Self {
        Self { message, position: None }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

/// Returns the line of the expression with the error, cut to fit a terminal, and a caret under the error.
fn excerpt(before: &str, after: &str) -> String {
    const BEFORE: usize = 48;
    const AFTER: usize = 24;

    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let skipped = before.chars().count().saturating_sub(BEFORE);
    let mut line = String::from(if skipped > 0 { "…" } else { "" });
    line.extend(before.chars().skip(skipped));
    let caret = line.chars().count();
    line.extend(after.chars().take(AFTER));
    if after.chars().nth(AFTER).is_some() {
        line.push('…');
    }
    // A tab or another control character would shift the caret.
    let line = line.replace(char::is_control, " ");
    format!("\n  {}\n  {:caret$}^", line.trim_end(), "")
}
