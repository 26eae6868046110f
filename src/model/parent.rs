//! Places of accounts in an organization: the root and the organizational units below it.

use std::fmt;

use super::is_plain;

/// A place for accounts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parent {
    /// An organizational unit or the root, by its id.
    Id(String),
    /// An organizational unit by its path: the names of the units from below the root to it. The root itself has none.
    Path(Vec<String>),
}

/// The longest name of a unit, in characters (API reference, OrganizationalUnitName).
const LONGEST_NAME: usize = 128;
/// How deep units can be nested below the root (user guide, Quotas).
const DEEPEST: usize = 5;

impl Parent {
    /// Reads an id, or a path that begins with a slash.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the text.
    pub fn read(text: &str) -> Result<Parent, &'static str> {
        if text.starts_with('/') { Parent::of_path(text) } else { Parent::of_id(text) }
    }

    /// Reads the id of a unit or a root (API reference, ParentId).
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the text.
    pub fn of_id(text: &str) -> Result<Parent, &'static str> {
        let is_root = text.strip_prefix("r-").is_some_and(|rest| is_plain(rest, 4, 32));
        let unit = text.strip_prefix("ou-").and_then(|rest| rest.split_once('-'));
        let is_unit = unit.is_some_and(|(root, rest)| is_plain(root, 4, 32) && is_plain(rest, 8, 32));
        match is_root || is_unit {
            true => Ok(Parent::Id(text.to_owned())),
            false => {
                Err("is not the id of an organizational unit or a root, such as ou-examplerootid111-exampleouid111")
            }
        }
    }

    /// Reads a path of units, such as `/Workloads/Prod`; `/` is the root.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the text.
    pub fn of_path(text: &str) -> Result<Parent, &'static str> {
        let Some(path) = text.strip_prefix('/') else { return Err("must begin with a slash, such as /Workloads/Prod") };
        if path.is_empty() {
            return Ok(Parent::Path(Vec::new()));
        }
        let path = path.strip_suffix('/').unwrap_or(path);
        let names: Vec<_> = path.split('/').map(str::to_owned).collect();
        if names.iter().any(|name| name.trim().is_empty()) {
            return Err("has an empty name between two slashes");
        }
        if text.chars().any(char::is_control) {
            return Err("contains a control character");
        }
        if names.iter().any(|name| name.chars().count() > LONGEST_NAME) {
            return Err("has a name of more than 128 characters");
        }
        if names.len() > DEEPEST {
            return Err("is deeper than the five levels that units can have");
        }
        Ok(Parent::Path(names))
    }
}

impl fmt::Display for Parent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Parent::Id(id) => f.write_str(id),
            Parent::Path(names) => write!(f, "/{}", names.join("/")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_are_ids_or_paths() {
        let path = |names: &[&str]| Ok(Parent::Path(names.iter().map(|name| (*name).to_owned()).collect()));
        assert_eq!(Parent::read("/"), path(&[]));
        assert_eq!(Parent::read("/Workloads/Prod EU/"), path(&["Workloads", "Prod EU"]));
        for id in ["r-ab12", "ou-ab12-cd345678", "ou-examplerootid111-exampleouid111"] {
            assert_eq!(Parent::read(id), Ok(Parent::Id(id.to_owned())));
        }
        let deep = "/a/b/c/d/e/f";
        let long = format!("/{}", "x".repeat(129));
        for wrong in [
            "",
            "Workloads",
            "ou-ab12",
            "ou-AB12-cd345678",
            "o-exampleorgid",
            "//",
            "/a//b",
            "/a/ /b",
            "/a\nb",
            deep,
            &long,
        ] {
            assert!(Parent::read(wrong).is_err(), "{wrong}");
        }
        for text in ["/", "/Workloads/Prod", "ou-ab12-cd345678"] {
            assert_eq!(Parent::read(text).unwrap().to_string(), text);
        }
    }
}
