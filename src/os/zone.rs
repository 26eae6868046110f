//! The local time zone: `TZ`, else the system's, else UTC. Opens the zone's own file instead of listing the database.

use std::env;
use std::path::Path;

use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::os::files;

/// Where systems keep their zone databases.
const DIRECTORIES: &[&str] = &["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

/// Returns the zone in which timestamps are shown. An unknown zone in `TZ` means UTC, as in the AWS CLI.
pub fn local() -> TimeZone {
    match env::var("TZ") {
        Ok(name) => named(name.strip_prefix(':').unwrap_or(&name), env::var("TZDIR").ok().as_deref()),
        Err(env::VarError::NotUnicode(_)) => TimeZone::UTC,
        Err(env::VarError::NotPresent) => {
            file(Path::new("/etc/localtime")).or_else(|| TimeZone::try_system().ok()).unwrap_or(TimeZone::UTC)
        }
    }
}

/// Finds a zone by name, path or POSIX rule, such as `EST5EDT,M3.2.0,M11.1.0` (POSIX, Environment Variables, TZ).
fn named(name: &str, directory: Option<&str>) -> TimeZone {
    if name.is_empty() || name == "UTC" {
        return TimeZone::UTC;
    }
    if name.starts_with('/') {
        return file(Path::new(name)).unwrap_or(TimeZone::UTC);
    }
    directory
        .into_iter()
        .chain(DIRECTORIES.iter().copied())
        .find_map(|directory| file(&Path::new(directory).join(name)))
        .or_else(|| TimeZoneDatabase::bundled().get(name).ok())
        .or_else(|| TimeZone::posix(name).ok())
        .unwrap_or(TimeZone::UTC)
}

/// Reads the zone from a compiled file (RFC 9636).
fn file(path: &Path) -> Option<TimeZone> {
    TimeZone::tzif("", &files::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> String {
        let noon = jiff::Timestamp::new(1_720_000_000, 0).unwrap();
        named(name, Some("/no/such/directory")).to_offset(noon).to_string()
    }

    #[test]
    fn zones_are_found_by_name_rule_or_path() {
        assert_eq!(shown("Asia/Kolkata"), "+05:30");
        assert_eq!(shown("EST5EDT,M3.2.0,M11.1.0"), "-04");
        assert_eq!(shown("Not/AZone"), "+00");
        assert_eq!(shown(""), "+00");
        assert_eq!(shown("/etc/passwd"), "+00");
    }

    #[test]
    fn the_bundled_database_is_the_fallback() {
        let bundled = TimeZoneDatabase::bundled().get("Europe/Moscow").unwrap();
        let then = |seconds| bundled.to_offset(jiff::Timestamp::new(seconds, 0).unwrap()).to_string();
        assert_eq!((then(1_370_000_000), then(1_720_000_000)), ("+04".to_owned(), "+03".to_owned()));
    }
}
