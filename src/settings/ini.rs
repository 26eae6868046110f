//! The configuration files' syntax, as the AWS CLI reads it: Python's `configparser`, and nested values within it.

use std::collections::{BTreeMap, BTreeSet};

/// A parsed file: its sections in order, each with its settings in order. Names of settings are lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ini {
    sections: Vec<(String, Settings)>,
    /// The place of each section by its name: files may have tens of thousands of them.
    places: BTreeMap<String, usize>,
}

/// The settings of a section.
pub type Settings = Vec<(String, String)>;

impl Ini {
    /// The sections in order.
    pub fn sections(&self) -> impl Iterator<Item = (&str, &Settings)> {
        self.sections.iter().map(|(name, settings)| (name.as_str(), settings))
    }

    /// The settings of the section of this name.
    pub fn section(&self, name: &str) -> Option<&Settings> {
        self.sections.get(*self.places.get(name)?).map(|(_, settings)| settings)
    }

    /// Parses a file.
    ///
    /// # Errors
    ///
    /// The number of the first line (from 1) that the AWS CLI would refuse, and why.
    pub fn parse(text: &str) -> Result<Ini, (usize, &'static str)> {
        let mut ini = Ini::default();
        // The names of the settings that the last section has so far.
        let mut known = BTreeSet::new();
        // The column of the setting that an indented line would continue.
        let mut continues: Option<usize> = None;
        for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
            let refused = |why| Err((index + 1, why));
            let trimmed = line.trim();
            if trimmed.starts_with(['#', ';']) {
                continue;
            }
            let last = ini.sections.last_mut().and_then(|(_, settings)| settings.last_mut());
            if trimmed.is_empty() {
                if let (Some((_, value)), Some(_)) = (last, continues) {
                    value.push('\n');
                }
                continue;
            }
            let column = line.len() - line.trim_start().len();
            if let (Some((_, value)), Some(start)) = (last, continues)
                && column > start
            {
                value.push('\n');
                value.push_str(line.trim_end());
                continue;
            }
            if let Some(rest) = trimmed.strip_prefix('[') {
                let Some(end) = rest.rfind(']') else { return refused("a section that isn't closed by ]") };
                let name = &rest[..end];
                if ini.places.insert(name.to_owned(), ini.sections.len()).is_some() {
                    return refused("a section that was there before");
                }
                ini.sections.push((name.to_owned(), Settings::new()));
                known.clear();
                continues = None;
                continue;
            }
            let Some((_, settings)) = ini.sections.last_mut() else { return refused("a setting before any [section]") };
            let Some(separator) = trimmed.find(['=', ':']) else {
                return refused("neither a [section] nor name = value");
            };
            let name = trimmed[..separator].trim().to_lowercase();
            if name.is_empty() {
                return refused("a setting without a name");
            }
            if !known.insert(name.clone()) {
                return refused("a setting that was there before");
            }
            settings.push((name, trimmed[separator + 1..].trim().to_owned()));
            continues = Some(column);
        }
        for (_, settings) in &mut ini.sections {
            for (_, value) in settings {
                value.truncate(value.trim_end().len());
            }
        }
        Ok(ini)
    }
}

/// A setting, unless it is empty.
pub fn get<'a>(settings: &'a Settings, name: &str) -> Option<&'a str> {
    settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

/// The settings nested below one, such as `endpoint_url` below `organizations =`.
pub fn nested(value: &str) -> impl Iterator<Item = (&str, &str)> {
    value.lines().filter_map(|line| line.split_once('=')).map(|(name, value)| (name.trim(), value.trim()))
}

/// The profile that a section of the config file describes: `default`, or `profile NAME` with quotes as in a shell.
pub fn profile_name(section: &str) -> Option<String> {
    named(section, "profile").or_else(|| (section == "default").then(|| section.to_owned()))
}

/// The name behind a kind of section, such as `services NAME`.
pub fn named(section: &str, kind: &str) -> Option<String> {
    let name = section.strip_prefix(kind).filter(|rest| rest.starts_with([' ', '\t']))?.trim();
    let unquoted = ['"', '\''].iter().find_map(|quote| name.strip_prefix(*quote)?.strip_suffix(*quote));
    Some(unquoted.unwrap_or(name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> String {
        match Ini::parse(text) {
            Ok(ini) => {
                let section = |(name, settings): (&str, &Settings)| format!("[{name}]{settings:?}");
                ini.sections().map(section).collect::<Vec<_>>().join(" ")
            }
            Err((line, why)) => format!("line {line}: {why}"),
        }
    }

    #[test]
    fn sections_settings_and_comments() {
        assert_eq!(
            parsed("# a\r\n[default]\r\nRegion = eu-west-1\r\n; b\r\noutput: json # not a comment\r\n"),
            r#"[default][("region", "eu-west-1"), ("output", "json # not a comment")]"#
        );
    }

    #[test]
    fn indented_lines_continue_a_value() {
        assert_eq!(
            parsed("[services local]\norganizations =\n  endpoint_url = http://x\n\nnext = 1\n"),
            r#"[services local][("organizations", "\n  endpoint_url = http://x"), ("next", "1")]"#
        );
        let value = "\n  endpoint_url = http://x\n  a=b";
        assert_eq!(nested(value).collect::<Vec<_>>(), [("endpoint_url", "http://x"), ("a", "b")]);
    }

    #[test]
    fn what_the_aws_cli_refuses_is_refused() {
        assert_eq!(parsed("[default\nregion = x\n"), "line 1: a section that isn't closed by ]");
        assert_eq!(parsed("region = x"), "line 1: a setting before any [section]");
        assert_eq!(parsed("[a]\nregion"), "line 2: neither a [section] nor name = value");
        assert_eq!(parsed("[a]\nx=1\nx=2"), "line 3: a setting that was there before");
    }

    #[test]
    fn every_section_is_found_by_its_name_and_none_may_come_twice() {
        let text: String = (0..40_000).map(|n| format!("[profile {n}]\nregion = r{n}\n")).collect();
        let ini = Ini::parse(&text).unwrap();
        assert_eq!(ini.places.len(), 40_000);
        for (place, (name, settings)) in ini.sections().enumerate() {
            assert_eq!(ini.places.get(name), Some(&place));
            assert_eq!(ini.section(name), Some(settings));
        }
        assert_eq!(ini.section("profile 40000"), None);
        assert_eq!(parsed(&format!("{text}[profile 7]")), "line 80001: a section that was there before");
        let settings: String = (0..40_000).map(|n| format!("s{n} = {n}\n")).collect();
        assert_eq!(parsed(&format!("[a]\n{settings}S7 = 7")), "line 40002: a setting that was there before");
        assert_eq!(Ini::parse(&format!("[a]\n{settings}[b]\n{settings}")).unwrap().sections().count(), 2);
    }

    #[test]
    fn names_of_profiles() {
        assert_eq!(profile_name("default").as_deref(), Some("default"));
        assert_eq!(profile_name("profile x").as_deref(), Some("x"));
        assert_eq!(profile_name("profile \"my team\"").as_deref(), Some("my team"));
        assert_eq!(profile_name("profile default").as_deref(), Some("default"));
        assert_eq!(profile_name("profiles"), None);
        assert_eq!(profile_name("sso-session x"), None);
    }
}
