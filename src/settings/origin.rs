//! The origin of a setting: an option, a variable, the profile, or the default.

use super::environment::{DEFAULT, variable};
use super::profile::Profile;

/// Returns a setting and its origin: the value of the option, else of the first variable that is set, else of the
/// profile.
pub(super) fn first(
    option: Option<(&str, &str)>,
    variables: &[&str],
    profile: &Profile,
    setting: &str,
) -> Option<(String, String)> {
    option
        .map(|(name, value)| (value.to_owned(), name.to_owned()))
        .or_else(|| variables.iter().find_map(|name| Some((variable(name)?, (*name).to_owned()))))
        .or_else(|| Some((profile.get(setting)?.to_owned(), format!("{setting} of the profile {}", profile.name))))
}

/// Returns an option and its value, unless that is empty.
pub(super) fn given<'a>(name: &'a str, value: &'a Option<String>) -> Option<(&'a str, &'a str)> {
    value.as_deref().filter(|value| !value.is_empty()).map(|value| (name, value))
}

/// Returns whether the environment or the profile sets a switch to `true`, and the origin of that.
pub(super) fn flag(name: &str, profile: &Profile, setting: &str) -> (bool, String) {
    match first(None, &[name], profile, setting) {
        Some((value, from)) => (value.eq_ignore_ascii_case("true"), from),
        None => (false, DEFAULT.to_owned()),
    }
}
