//! The comparisons of stdout. Each returns the difference, if any.

use std::collections::BTreeSet;

/// Compares line by line.
pub fn text(want: &str, got: &str) -> Option<String> {
    if want == got {
        return None;
    }
    let (mut want, mut got) = (want.split_inclusive('\n'), got.split_inclusive('\n'));
    let mut number = 1;
    loop {
        let (wanted, gotten) = (want.next(), got.next());
        if wanted != gotten {
            let show = |line: Option<&str>| line.map_or("nothing".into(), |line| format!("{line:?}"));
            return Some(format!("stdout line {number} should be {}, is {}", show(wanted), show(gotten)));
        }
        number += 1;
    }
}

/// Removes comments and trailing spaces from YAML.
pub fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    for line in lines(text) {
        let line = before_comment(line);
        if !line.trim_start().starts_with('#') {
            kept.push_str(line.trim_end());
            kept.push('\n');
        }
    }
    kept
}

/// Returns the part of a line before the first `#` that follows a space.
fn before_comment(line: &str) -> &str {
    for (index, _) in line.match_indices('#') {
        let before = &line[..index];
        if before.ends_with(char::is_whitespace) {
            return before.trim_end();
        }
    }
    line
}

/// A table must have at least these cells, in any position, or no cells if none are expected.
pub fn cells<'a>(want: impl Iterator<Item = &'a str>, got: &str) -> Option<String> {
    let mut have = table_cells(got);
    let titles = have.iter().map(|cell| cell.trim_matches(decorates_title).to_owned());
    have.extend(titles.collect::<Vec<_>>());
    let want: BTreeSet<_> = want.collect();
    if want.is_empty() && !have.is_empty() {
        return Some(format!("the table should be empty, has {have:?}"));
    }
    let missing: Vec<_> = want.iter().filter(|cell| !have.contains(**cell)).collect();
    (!missing.is_empty()).then(|| format!("the table lacks the cells {missing:?}"))
}

fn table_cells(text: &str) -> BTreeSet<String> {
    let text = without_colours(text);
    let rows = lines(&text).filter(|line| !is_border(line));
    let parts = rows.flat_map(|line| line.split(|c| c == '|' || is_box_drawing(c)));
    let cells = parts.map(str::trim).filter(|cell| !cell.is_empty() && !is_rule(cell));
    cells.map(str::to_owned).collect()
}

/// Whether a line contains only line drawing, without a bar that could separate two cells.
fn is_border(line: &str) -> bool {
    let drawn = |c: char| c.is_whitespace() || "+-=|*#`'.,:_".contains(c) || is_box_drawing(c);
    line.chars().all(drawn) && !line.contains(['|', '│', '┃', '║'])
}

fn is_rule(cell: &str) -> bool {
    let rule = |c: char| "+-=".contains(c);
    cell.chars().take(3).filter(|c| rule(*c)).count() == 3 && cell.chars().all(|c| rule(c) || c.is_whitespace())
}

fn is_box_drawing(c: char) -> bool {
    ('\u{2500}'..='\u{257f}').contains(&c)
}

fn decorates_title(c: char) -> bool {
    "=-*# ─━═".contains(c)
}

/// Removes `ESC [ … m` from a text.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        match after.strip_prefix('m') {
            Some(after) => plain.push_str(after),
            None => {
                plain.push_str("\u{1b}[");
                plain.push_str(part);
            }
        }
    }
    plain
}

/// Splits a text into lines, at every character that ends a line in Unicode.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.strip_suffix(ends_line).unwrap_or(text).split(ends_line)
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
