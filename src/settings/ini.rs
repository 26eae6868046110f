//! The syntax of the configuration files, as the AWS CLI reads it: that of Python's `configparser`, with nested
//! settings.

use std::collections::{BTreeMap, BTreeSet};

/// A parsed file: its sections in order, each with its settings in order. Setting names are lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ini {
    sections: Vec<(String, Settings)>,
    /// The index of each section by its name: files may have tens of thousands of sections.
    places: BTreeMap<String, usize>,
    /// The settings of `[DEFAULT]`, which every section inherits.
    defaults: Settings,
}

/// The settings of a section.
pub type Settings = Vec<(String, String)>;

/// The section whose settings every other section inherits.
const DEFAULT: &str = "DEFAULT";

/// The characters at which Python's `str.splitlines` ends a line.
const LINE_ENDS: &[char] = &['\n', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\u{85}', '\u{2028}', '\u{2029}'];

impl Ini {
    /// The sections in order, without the settings of `[DEFAULT]`.
    pub fn sections(&self) -> impl Iterator<Item = (&str, &Settings)> {
        self.sections.iter().map(|(name, settings)| (name.as_str(), settings))
    }

    /// The settings of a section, without those of `[DEFAULT]`.
    pub fn section(&self, name: &str) -> Option<&Settings> {
        self.sections.get(*self.places.get(name)?).map(|(_, settings)| settings)
    }

    /// Returns the settings of a section, followed by those of `[DEFAULT]`. The first one of a name counts.
    pub fn with_defaults(&self, own: &Settings) -> Settings {
        own.iter().chain(&self.defaults).cloned().collect()
    }

    /// Parses a file.
    ///
    /// # Errors
    ///
    /// Returns the number of the first line (from 1) that the AWS CLI would refuse, and why.
    pub fn parse(text: &str) -> Result<Ini, (usize, &'static str)> {
        let mut ini = Ini::default();
        // The names that the last section has set so far, and those of [DEFAULT], which may itself come twice.
        let (mut known, mut known_defaults) = (BTreeSet::new(), BTreeSet::new());
        let (mut has_section, mut in_defaults) = (false, false);
        // The column of the setting that a line with a larger indent would continue.
        let mut continues: Option<usize> = None;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        for (index, line) in text.split(['\n', '\r']).enumerate() {
            let refused = |why| Err((index + 1, why));
            let trimmed = trim(line);
            if trimmed.starts_with(['#', ';']) {
                continue;
            }
            let last = ini.sections.last_mut().map(|(_, settings)| settings).filter(|_| !in_defaults);
            let settings = last.unwrap_or(&mut ini.defaults);
            let value = settings.last_mut().map(|(_, value)| value);
            if trimmed.is_empty() {
                if let (Some(value), Some(_)) = (value, continues) {
                    value.push('\n');
                }
                continue;
            }
            let column = line.find(|c| !is_blank(c)).unwrap_or_default();
            if let (Some(value), Some(start)) = (value, continues)
                && column > start
            {
                let is_nested = value.is_empty() || value.starts_with('\n');
                if is_nested && trimmed.split(LINE_ENDS).any(|line| !trim(line).is_empty() && !line.contains('=')) {
                    return refused("a nested setting must be name = value, with =");
                }
                value.push('\n');
                value.push_str(trimmed);
                continue;
            }
            let section = trimmed.strip_prefix('[').and_then(|rest| Some(&rest[..rest.rfind(']')?]));
            if let Some(name) = section.filter(|name| !name.is_empty()) {
                has_section = true;
                in_defaults = name == DEFAULT;
                continues = None;
                if in_defaults {
                    continue;
                }
                if ini.places.insert(name.to_owned(), ini.sections.len()).is_some() {
                    return refused("this section already exists");
                }
                ini.sections.push((name.to_owned(), Settings::new()));
                known.clear();
                continue;
            }
            let separator = trimmed.find(['=', ':']);
            if trimmed.starts_with('[') && (separator.is_none() || !has_section) {
                return refused("this section has no name, or isn't closed by ]");
            }
            if !has_section {
                return refused("this setting comes before any [section]");
            }
            let Some(separator) = separator else { return refused("this is neither a [section] nor name = value") };
            let name = trim(&trimmed[..separator]).to_lowercase();
            if name.is_empty() {
                return refused("this setting has no name");
            }
            let known = if in_defaults { &mut known_defaults } else { &mut known };
            if !known.insert(name.clone()) {
                return refused("this section already has that setting");
            }
            settings.push((name, trim(&trimmed[separator + 1..]).to_owned()));
            continues = Some(column);
        }
        for (_, value) in ini.sections.iter_mut().flat_map(|(_, settings)| settings).chain(&mut ini.defaults) {
            value.truncate(value.trim_end_matches(is_blank).len());
        }
        Ok(ini)
    }
}

/// Returns whether Python's `str.strip` removes this character.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Returns a setting, unless it is empty.
pub fn get<'a>(settings: &'a Settings, name: &str) -> Option<&'a str> {
    settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

/// Returns the settings nested below another one, such as `endpoint_url` below `organizations =`; the last one of a
/// name counts. Returns nothing if the value begins on the line of the name.
pub fn nested(value: &str) -> Option<impl Iterator<Item = (&str, &str)>> {
    let lines = value.strip_prefix('\n')?.split(LINE_ENDS);
    Some(lines.filter_map(|line| line.split_once('=')).map(|(name, value)| (trim(name), trim(value))))
}

/// The profile that a section of the config file describes: `[default]`, or `[profile NAME]`, where the name may be
/// quoted.
pub fn profile_name(section: &str) -> Option<String> {
    named(section, "profile").or_else(|| (section == "default").then(|| section.to_owned()))
}

/// The name in a section header of this kind, such as `services NAME`.
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
            r#"[services local][("organizations", "\nendpoint_url = http://x"), ("next", "1")]"#
        );
        let value = "\n  endpoint_url = http://x\n  a=b";
        let nested = |value| Some(nested(value)?.collect::<Vec<_>>());
        assert_eq!(nested(value), Some(vec![("endpoint_url", "http://x"), ("a", "b")]));
        assert_eq!(nested("endpoint_url = http://x"), None);
    }

    #[test]
    fn what_the_aws_cli_refuses_is_refused() {
        assert_eq!(parsed("[default\nregion = x\n"), "line 1: this section has no name, or isn't closed by ]");
        assert_eq!(parsed("region = x"), "line 1: this setting comes before any [section]");
        assert_eq!(parsed("[a]\nregion"), "line 2: this is neither a [section] nor name = value");
        assert_eq!(parsed("[a]\nx=1\nx=2"), "line 3: this section already has that setting");
        assert_eq!(parsed("[DEFAULT]\nx=1\n[a]\nx=2\n[DEFAULT]\nX=3"), "line 6: this section already has that setting");
        assert_eq!(parsed("[a]\ns3 =\n x = 1\n\n y : 2"), "line 5: a nested setting must be name = value, with =");
        assert_eq!(
            parsed("[a]\ns3 =\n # no setting\n\n x = 1\u{2028}y"),
            "line 5: a nested setting must be name = value, with ="
        );
        assert_eq!(parsed("[a]\n[]"), "line 2: this section has no name, or isn't closed by ]");
    }

    #[test]
    fn what_the_aws_cli_takes_is_taken() {
        assert_eq!(parsed("[a]\rx = 1\r\n[b]"), r#"[a][("x", "1")] [b][]"#);
        assert_eq!(parsed("[a]\nx = 1\n y : 2\n"), r#"[a][("x", "1\ny : 2")]"#);
        assert_eq!(parsed("[a]\n[x = 1\n"), r#"[a][("[x", "1")]"#);
        assert_eq!(parsed("[a]\nx = 1\x1f\n"), r#"[a][("x", "1")]"#);
    }

    #[test]
    fn defaults_are_behind_the_settings_of_every_section() {
        let ini = Ini::parse("[DEFAULT]\nx=1\ny=2\n[a]\nx=\n[DEFAULT]\nz=3\n z=4\n[default]").unwrap();
        let settings = |name| ini.section(name).map(|own| ini.with_defaults(own)).unwrap();
        assert_eq!(
            ["x", "y", "z"].map(|name| get(&settings("a"), name).map(str::to_owned)),
            [None, Some("2".into()), Some("3\nz=4".into())]
        );
        assert_eq!(get(&settings("default"), "x"), Some("1"));
        assert_eq!((ini.section("DEFAULT"), ini.sections().count()), (None, 2));
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
        assert_eq!(parsed(&format!("{text}[profile 7]")), "line 80001: this section already exists");
        let settings: String = (0..40_000).map(|n| format!("s{n} = {n}\n")).collect();
        assert_eq!(parsed(&format!("[a]\n{settings}S7 = 7")), "line 40002: this section already has that setting");
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
