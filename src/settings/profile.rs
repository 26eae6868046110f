//! The configuration files and the selected profile.

use std::{env, fmt, io};

use super::environment::{DEFAULT, log_setting, variable};
use super::ini::{self, Ini};
use crate::error::Failure;
use crate::os::files;
use crate::text::near::nearest;
use crate::text::redact::{shown, shown_names};

/// The most profiles that an error lists.
const MOST_LISTED: usize = 10;
/// The most profiles that an error lists for the resemblance of their names.
const MOST_NEAR: usize = 3;

/// The configuration files, read once, and the selected profile.
#[derive(Default)]
pub struct Profile {
    /// The profile's name.
    pub name: String,
    /// Whether `--profile` named it; if so, keys in the environment don't count.
    pub by_option: bool,
    /// The settings of the profile.
    section: Section,
    config: Ini,
    credentials: Ini,
}

/// Shows the name, but no settings: the files contain secrets.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).field("by_option", &self.by_option).finish_non_exhaustive()
    }
}

/// One of the two configuration files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// `~/.aws/credentials`.
    Credentials,
    /// `~/.aws/config`.
    Config,
}

/// The settings of one profile, file by file.
#[derive(Clone, Default)]
pub struct Section {
    credentials: ini::Settings,
    config: ini::Settings,
}

impl Section {
    /// Returns a setting, unless it is empty. Each setting of the credentials file wins over that of the config file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_in(File::Credentials, name).or_else(|| self.get_in(File::Config, name))
    }

    /// Returns a setting, even if it is empty.
    pub fn get_as_is(&self, name: &str) -> Option<&str> {
        self.credentials.iter().chain(&self.config).find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns a setting of one of the files, unless it is empty.
    pub fn get_in(&self, file: File, name: &str) -> Option<&str> {
        let settings = match file {
            File::Credentials => &self.credentials,
            File::Config => &self.config,
        };
        ini::get(settings, name)
    }
}

impl Profile {
    /// Reads both files and selects the profile: `--profile`, `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, else `default`.
    ///
    /// # Errors
    ///
    /// Returns an error if a file can't be parsed, or if neither file has the profile that was asked for.
    pub fn load(option: Option<&str>, sandbox: bool) -> Result<Profile, Failure> {
        // The options may not have been checked yet: an empty name counts as none.
        let option = option.filter(|name| !name.is_empty());
        let of_environment = |name: &'static str| Some((variable(name)?, name));
        let asked = option
            .map(|name| (name.to_owned(), "--profile"))
            .or_else(|| of_environment("AWS_PROFILE"))
            .or_else(|| of_environment("AWS_DEFAULT_PROFILE"));
        // The sandbox needs no profile, so the one that the environment names may be missing.
        let needed = asked.is_some() && !(sandbox && option.is_none());
        let config = read("AWS_CONFIG_FILE", "config")?;
        let credentials = read("AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let (name, from) = asked.unwrap_or_else(|| ("default".to_owned(), "default"));
        log_setting("profile", &shown(&name), from);
        if needed && name != "default" && section(&config, &credentials, &name).is_none() {
            let mut failure = Failure::other(format!("The config profile ({}) could not be found", shown(&name)))
                .coded("ProfileNotFound");
            failure.hints = alternatives(&names(&config, &credentials), &name);
            return Err(failure);
        }
        Ok(Profile::of(config, credentials, name, option.is_some()))
    }

    /// Returns the profile of this name; it has no settings if neither file contains it.
    pub fn of(config: Ini, credentials: Ini, name: String, by_option: bool) -> Profile {
        let section = section(&config, &credentials, &name).unwrap_or_default();
        Profile { name, by_option, section, config, credentials }
    }

    /// Returns a setting of the profile, unless it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.section.get(name)
    }

    /// Returns a setting of the profile, even if it is empty.
    pub(super) fn get_as_is(&self, name: &str) -> Option<&str> {
        self.section.get_as_is(name)
    }

    /// Returns the settings of any profile that one of the files contains.
    pub fn section(&self, name: &str) -> Option<Section> {
        section(&self.config, &self.credentials, name)
    }

    /// The names of all profiles, sorted.
    pub fn names(&self) -> Vec<String> {
        names(&self.config, &self.credentials)
    }

    /// Returns the settings of a section of the config file other than a profile, such as `[sso-session NAME]`.
    pub fn named_section(&self, kind: &str, name: &str) -> Option<ini::Settings> {
        let own = |section: &str| ini::named(section, kind).as_deref() == Some(name);
        let found = self.config.sections().filter(|(section, _)| own(section)).last();
        found.map(|(_, settings)| self.config.with_defaults(settings))
    }

    /// Returns a setting for a service from the `services` section that the profile names.
    ///
    /// # Errors
    ///
    /// Returns an error if that section doesn't exist, or if the service has a plain value there instead of nested
    /// settings.
    pub(super) fn service(&self, service: &str, name: &str) -> Result<Option<String>, Failure> {
        let Some(section) = self.get_as_is("services") else { return Ok(None) };
        let Some(settings) = self.named_section("services", section).filter(|settings| !settings.is_empty()) else {
            return Err(Failure::other(format!(
                "The profile is configured to use the services section but the \"{}\" services configuration does not exist.",
                shown(section)
            )));
        };
        let Some((_, value)) = settings.iter().find(|(known, _)| known == service) else { return Ok(None) };
        let Some(nested) = ini::nested(value) else {
            let message = format!("{service} of [services {}] has no nested settings", shown(section));
            return Err(Failure::other(message).hint(format!("below `{service} =`, indented: {name} = URL")));
        };
        let found = nested.filter(|(known, _)| *known == name).last().map(|(_, value)| value.to_owned());
        Ok(found.filter(|value| !value.is_empty()))
    }
}

/// Returns the settings of a profile that one of the files contains.
pub(super) fn section(config: &Ini, credentials: &Ini, name: &str) -> Option<Section> {
    let own = |section: &str| ini::profile_name(section).as_deref() == Some(name);
    let config_section = config.sections().filter(|(section, _)| own(section)).last();
    let credentials_section = credentials.section(name);
    if config_section.is_none() && credentials_section.is_none() {
        return None;
    }
    let of_credentials = credentials_section.map(|own| credentials.with_defaults(own));
    let of_config = config_section.map(|(_, own)| config.with_defaults(own));
    Some(Section { credentials: of_credentials.unwrap_or_default(), config: of_config.unwrap_or_default() })
}

/// Returns hints on the profiles that may be meant by a name that isn't one of them.
pub fn alternatives(known: &[String], name: &str) -> Vec<String> {
    match known {
        [] => vec!["the configuration files contain no profiles".to_owned()],
        known if known.len() <= MOST_LISTED => {
            vec![format!("profiles in the configuration files: {}", shown_names(known))]
        }
        known => {
            let near: Vec<_> = nearest(known, name, MOST_NEAR).into_iter().cloned().collect();
            let near = (!near.is_empty()).then(|| format!("profiles with similar names: {}", shown_names(&near)));
            let all = format!("to list all {} profiles: aws configure list-profiles", known.len());
            near.into_iter().chain([all]).collect()
        }
    }
}

/// The names of all profiles, sorted.
pub(super) fn names(config: &Ini, credentials: &Ini) -> Vec<String> {
    let mut names: Vec<_> = config.sections().filter_map(|(section, _)| ini::profile_name(section)).collect();
    names.extend(credentials.sections().map(|(section, _)| section.to_owned()));
    // A setting typed on the line of a section may be a secret.
    names.retain(|name| !name.contains(['=', ':']));
    names.sort_unstable();
    names.dedup();
    names
}

/// Reads one of the two files and prints its path for `--debug`. As in the AWS CLI, a file that isn't regular counts as
/// empty (such as the directory that a container mounts for a missing file), and so does a file that this user may not
/// read.
pub(super) fn read(variable_name: &str, file_name: &str) -> Result<Ini, Failure> {
    let (path, from) = match variable(variable_name) {
        Some(path) => (files::expand(&path), variable_name),
        None => match env::home_dir() {
            Some(home) => (home.join(".aws").join(file_name), DEFAULT),
            None => return Ok(Ini::default()),
        },
    };
    let log_path = |found| {
        log_setting(&format!("{file_name} file"), &format_args!("{}{found}", shown(&path.to_string_lossy())), from);
    };
    if !path.is_file() {
        log_path(if path.exists() { ", which is not a regular file" } else { ", which doesn't exist" });
        return Ok(Ini::default());
    }
    let bytes = match files::read(&path) {
        Ok(bytes) => {
            log_path("");
            bytes
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            log_path(", which this user may not read");
            return Ok(Ini::default());
        }
        Err(error) => {
            return Err(Failure::other(format!("Unable to read config file: {}", shown(&path.to_string_lossy())))
                .because(error));
        }
    };
    let refused = |why: String| {
        let message = format!("Unable to parse config file: {}", shown(&path.to_string_lossy()));
        Failure::other(message).coded("ConfigParseError").hint(why)
    };
    let text = String::from_utf8(bytes).map_err(|_| refused("it is not UTF-8 text".to_owned()))?;
    Ini::parse(&text).map_err(|(line, why)| refused(format!("line {line}: {why}")))
}
