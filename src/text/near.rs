//! Names that resemble a mistyped one.

/// The longest part of a name that is compared, in characters.
const LONGEST: usize = 64;

/// Returns the names that resemble a mistyped one, the closest first, at most `most`.
pub fn nearest<'a>(names: &'a [String], typed: &str, most: usize) -> Vec<&'a String> {
    let lower = |name: &str| name.chars().take(LONGEST).flat_map(char::to_lowercase).collect::<String>();
    let typed = lower(typed);
    let resemblance = |name: &'a String| {
        let known = lower(name);
        let distance = distance(&typed, &known);
        let is_part = typed.len() >= 3 && known.contains(&typed) || known.len() >= 3 && typed.contains(&known);
        (is_part || distance <= typed.chars().count() / 3).then_some((distance, name))
    };
    let mut found: Vec<_> = names.iter().filter_map(resemblance).collect();
    found.sort();
    found.into_iter().map(|(_, name)| name).take(most).collect()
}

/// Returns the edit distance of two words: the characters to change, add or remove.
pub fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.chars().collect();
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (above, expected) in to.chars().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (cell, &found) in row.iter_mut().skip(1).zip(&from) {
            let best = (diagonal + usize::from(found != expected)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_names_come_first() {
        let names: Vec<String> = (0..200).map(|n| format!("team-{n:03}-admin")).collect();
        assert_eq!(nearest(&names, "Team-042-admn", 3), ["team-042-admin", "team-002-admin", "team-012-admin"]);
        assert!(nearest(&names, "production", 3).is_empty());
        let names = ["acme-production-admin".to_owned(), "acme".to_owned()];
        assert_eq!(nearest(&names, "production", 3), ["acme-production-admin"]);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
