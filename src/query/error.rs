//! Why a query fails.

use std::fmt;

/// Why an expression can't be parsed or evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong; for an expression that can't be parsed, followed by the expression and a line with a caret.
    pub message: String,
    /// How many characters of the expression stand before the place; `None` when it was the evaluation that failed.
    pub position: Option<usize>,
}

impl QueryError {
    /// A problem with the expression, at a byte offset.
    pub(super) fn in_expression(problem: &str, expression: &str, offset: usize) -> Self {
        let (before, after) = expression.split_at_checked(offset).unwrap_or((expression, ""));
        let mut message = problem.to_owned();
        if !expression.trim().is_empty() {
            message.push_str(&excerpt(before, after));
        }
        Self { message, position: Some(before.chars().count()) }
    }

    /// A problem with the values that the expression met.
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

/// The line of the expression around a place, cut to what fits a terminal, and a caret under the place.
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
    // A tab or another control character would move the caret away from its place.
    let line = line.replace(char::is_control, " ");
    format!("\n  {}\n  {:caret$}^", line.trim_end(), "")
}
