//! The layers of `src`: a folder may use only those before it in [`LAYERS`], and files must not use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The folders and files of `src`. Each may use those before it.
const LAYERS: [&str; 19] = [
    "text", "os", "model", "query", "render", "terminal", "error", "explain", "command", "sandbox", "settings",
    "input", "client", "output", "manual", "complete", "commands", "fuzz", "lib",
];

/// The order of parts within folders. Each may use those before it.
const WITHIN: [(&str, &[&str]); 1] = [("sandbox", &["variables", "sample", "engine", "protocol", "keep", "serve"])];

/// A module as the words of its path, such as `client`, `pages`; empty for lib.rs.
type Module = Vec<String>;

#[test]
fn folders_use_only_those_before_them() {
    for (user, used) in uses() {
        for other in used {
            let (user, other) = (user.join("::"), other.join("::"));
            assert!(rank(&other) <= rank(&user), "{user} uses {other}, a layer that comes after its own");
        }
    }
}

/// Returns the position of a module in [`LAYERS`], and that of its part in [`WITHIN`].
fn rank(module: &str) -> (usize, usize) {
    let position = |names: &[&str], name: &str| {
        names.iter().position(|known| *known == name).unwrap_or_else(|| panic!("{module}: {name} has no layer"))
    };
    let mut names = module.split("::").filter(|name| !name.is_empty());
    let folder = names.next().unwrap_or("lib");
    let parts = WITHIN.iter().find(|(ordered, _)| *ordered == folder).map(|(_, parts)| *parts);
    let part = parts.zip(names.next()).map_or(0, |(parts, name)| position(parts, name));
    (position(&LAYERS, folder), part)
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let uses = uses();
    let reaches = |from: &Module, to: &Module| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(module) = next.pop() {
            if seen.insert(module) {
                next.extend(&uses[module]);
            }
        }
        seen.contains(to)
    };
    let pairs = uses.iter().flat_map(|(user, used)| used.iter().map(move |other| (user, other)));
    let circles = pairs.filter(|(user, other)| reaches(other, user));
    let circles: Vec<_> =
        circles.map(|(user, other)| format!("{} uses {}", user.join("::"), other.join("::"))).collect();
    assert!(circles.is_empty(), "circles:\n{}", circles.join("\n"));
}

/// Returns the modules that each module uses.
fn uses() -> BTreeMap<Module, BTreeSet<Module>> {
    let mut sources = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &Vec::new(), &mut sources);
    let known: BTreeSet<_> = sources.keys().cloned().collect();
    let used = |(module, source): (&Module, &String)| {
        let used = paths(source).into_iter().filter_map(|path| resolved(module, &path, &known));
        (module.clone(), used.filter(|used| used != module && !used.is_empty()).collect())
    };
    sources.iter().map(used).collect()
}

/// Reads the files of a folder and its subfolders, without their tests and comments.
fn read(folder: &Path, module: &Module, sources: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let child = [module.clone(), vec![name.clone()]].concat();
        if path.is_dir() {
            read(&path, &child, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "main" {
            let text = fs::read_to_string(&path).expect("a source file");
            let code = text
                .lines()
                .take_while(|line| !line.starts_with("#[cfg(test)]") && !line.starts_with("#[cfg(all(test"));
            let code: Vec<_> = code.map(|line| line.split("//").next().unwrap_or_default()).collect();
            let module = if ["mod", "lib"].contains(&name.as_str()) { module.clone() } else { child };
            sources.insert(module, code.join("\n"));
        }
    }
}

/// Returns the paths in a source file, with braces expanded.
fn paths(source: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(start) = rest.find(|c: char| c.is_alphabetic()) {
        let (one, behind) = path(&rest[start..]);
        found.extend(one);
        rest = behind;
    }
    found
}

/// Returns the paths at the beginning of a text, with braces expanded, and the text after them.
fn path(text: &str) -> (Vec<Vec<&str>>, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    let mut below = Vec::new();
    if let Some(behind) = rest.strip_prefix("::") {
        rest = behind;
        if let Some(group) = behind.strip_prefix('{') {
            rest = group.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                let (paths, behind) = path(rest);
                below.extend(paths);
                rest = behind.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == '*');
            }
            rest = rest.strip_prefix('}').unwrap_or(rest);
        } else if rest.starts_with(|c: char| c.is_alphabetic()) {
            (below, rest) = path(rest);
        }
    }
    let paths = if below.is_empty() { vec![vec![name]] } else { below };
    let whole = |path: Vec<_>| if path == [name] { path } else { [vec![name], path].concat() };
    (paths.into_iter().map(whole).collect(), if rest.len() < text.len() { rest } else { &rest[1..] })
}

/// Returns the module of ours that a path in `module` leads to or into, if any.
fn resolved(module: &Module, path: &[&str], known: &BTreeSet<Module>) -> Option<Module> {
    let above = path.iter().take_while(|name| **name == "super").count();
    let (mut start, rest) = match *path.first()? {
        "crate" => (Vec::new(), &path[1..]),
        "super" => (module[..module.len().checked_sub(above)?].to_vec(), &path[above..]),
        _ => (module.clone(), path),
    };
    let is_ours = above > 0 || path[0] == "crate";
    let own = start.len();
    for name in rest {
        let below = [start.clone(), vec![(*name).to_owned()]].concat();
        let inside = known.iter().any(|module| module.starts_with(&below));
        if !inside {
            break;
        }
        start = below;
    }
    // A single `super` or `crate` is the visibility of an item.
    (path.len() > 1 && (is_ours || start.len() > own)).then_some(start)
}
