//! The manual: a page for the program and one for each command, made from the command tree, the model, the explanations
//! of errors and the tables of settings.
//!
//! In the texts of a page, `` `this` `` is bold and `{THIS}` is a placeholder for a value.

mod join;
mod page;
mod render;
mod texts;

use clap::{Arg, Command};

pub use page::{Block, Page};
pub use render::{roff, text};
pub use texts::MEANINGS;

use crate::command;
use crate::error::EXIT_CODES;
use crate::explain::{self, Group};
use crate::model::{self, Member, OPERATIONS, Operation, Shape, Structure, policy};
use crate::settings::{FILES, VARIABLES};

/// Maximum width of verbatim lines: with the indentation of `man`, they fit into 80 columns.
pub const WIDTH: usize = 68;

/// Returns the names of all pages, each as the words of its command.
pub fn all() -> Vec<Vec<String>> {
    fn below(command: &Command, path: &[String], found: &mut Vec<Vec<String>>) {
        found.push(path.to_vec());
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            below(sub, &[path, &[sub.get_name().to_owned()]].concat(), found);
        }
    }
    let mut found = Vec::new();
    below(&command::command(), &["orgshake".to_owned()], &mut found);
    found
}

/// Returns the page of a command, or nothing for an unknown command; `path` has its words after the program's name.
pub fn page(path: &[&str]) -> Option<Page> {
    let mut root = command::command();
    root.build();
    let mut command = &root;
    for word in path {
        command = command.find_subcommand(word)?;
    }
    let name = std::iter::once("orgshake").chain(path.iter().copied()).collect::<Vec<_>>();
    let operation = path.first().and_then(|word| model::operation(word));
    let (global, own): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().filter(|option| !option.is_hide_set()).partition(|option| is_global(option));
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let about = if path.is_empty() { about } else { lower_first(&about) };
    let mut sections = vec![
        ("NAME", vec![Block::Paragraph(format!("{} - {about}", name.join("-")))]),
        ("DESCRIPTION", description(path, operation)),
        ("SYNOPSIS", vec![Block::Verbatim(synopsis(&name, command, &own, operation))]),
    ];
    let subcommands: Vec<_> = command.get_subcommands().filter(|sub| !sub.is_hide_set()).collect();
    if !subcommands.is_empty() {
        let item = |sub: &&Command| {
            let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
            (format!("`{}`", sub.get_name()), about)
        };
        sections.push(("COMMANDS", vec![Block::Short(subcommands.iter().map(item).collect())]));
    }
    if !own.is_empty() {
        let more = if path == ["join"] { join::more_of_option } else { texts::more_of_option };
        sections.push(("OPTIONS", own.iter().map(|option| described(option, operation, more)).collect()));
    }
    let described = |option: &&Arg| described(option, None, texts::more_of_option);
    sections.push(("GLOBAL OPTIONS", global.iter().map(described).collect()));
    if path == ["join"] {
        sections.push(("PERMISSIONS", permissions()));
    }
    if operation.is_some() {
        sections.push(("MANY CALLS", paragraphs(texts::MANY)));
    }
    sections.push(("EXAMPLES", examples(path, operation)));
    sections.push(("OUTPUT", output(path, operation)));
    sections.push(("ERRORS", errors(operation)));
    let codes = EXIT_CODES.iter().map(|(code, when)| (code.to_string(), (*when).to_owned()));
    sections.push(("EXIT STATUS", vec![Block::Short(codes.collect())]));
    let table = |rows: &[(&str, &str)]| {
        let item = |(name, what): &(&str, &str)| (format!("`{name}`"), (*what).to_owned());
        vec![Block::Short(rows.iter().map(item).collect())]
    };
    sections.push(("ENVIRONMENT", table(VARIABLES)));
    sections.push(("FILES", table(FILES)));
    sections.push(("SEE ALSO", vec![Block::Paragraph(see_also(path, operation))]));
    Some(Page { name: name.join("-"), sections })
}

/// Returns whether an option is global.
fn is_global(option: &Arg) -> bool {
    option.get_help_heading() == Some(command::GLOBAL_HEADING) || option.get_id() == "help"
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn paragraphs(texts: &[&str]) -> Vec<Block> {
    texts.iter().map(|text| Block::Paragraph((*text).to_owned())).collect()
}

fn description(path: &[&str], operation: Option<&Operation>) -> Vec<Block> {
    match operation {
        Some(operation) => {
            let mut blocks = paragraphs(&[&format!("{}.", operation.about), operation.details]);
            blocks.push(Block::Paragraph(format!(
                "The operation is `{}` of the AWS Organizations API, version 2016-11-28; the IAM action that allows it \
                 is `organizations:{}`. The command is also available as `orgshake organizations {}`.",
                operation.name, operation.name, operation.command
            )));
            if operation.list.is_some() {
                blocks.extend(paragraphs(texts::LISTING));
            }
            blocks
        }
        None => paragraphs(texts::description(path)),
    }
}

/// Returns the synopsis, with one option per line.
fn synopsis(name: &[&str], command: &Command, own: &[&Arg], operation: Option<&Operation>) -> String {
    let required = |option: &Arg| option.is_required_set() || member(option, operation).is_some_and(|it| it.required);
    let mut text = name.join(" ");
    let (positional, options): (Vec<&Arg>, Vec<&Arg>) = own.iter().partition(|option| option.is_positional());
    for option in options {
        let usage = plain(&usage(option));
        text.push_str(&if required(option) { format!("\n{usage}") } else { format!("\n[{usage}]") });
    }
    if command.has_subcommands() {
        text.push_str("\nCOMMAND");
    }
    text.push_str("\n[global options]");
    for argument in positional {
        let last = if argument.is_last_set() { "-- " } else { "" };
        let more = if argument.is_last_set() { "..." } else { "" };
        text.push_str(&format!("\n{last}{}{more}", value_name(argument).unwrap_or_default()));
    }
    text.replace('\n', "\n    ")
}

/// Removes the markup from a text.
fn plain(text: &str) -> String {
    text.replace(['`', '{', '}'], "")
}

fn value_name(option: &Arg) -> Option<String> {
    if !option.get_action().takes_values() {
        return None;
    }
    option.get_value_names().and_then(|names| names.first()).map(ToString::to_string)
}

/// Returns an option and its value as they are typed.
fn usage(option: &Arg) -> String {
    let Some(long) = option.get_long() else {
        return format!("{{{}}}", value_name(option).unwrap_or_default());
    };
    match value_name(option) {
        None => format!("`--{long}`"),
        Some(value) if option.get_num_args().is_some_and(|count| count.min_values() == 0) => {
            format!("`--{long}` [{{{value}}}]")
        }
        Some(value) => format!("`--{long}` {{{value}}}"),
    }
}

/// Returns the parameter that an option sets.
fn member(option: &Arg, operation: Option<&Operation>) -> Option<&'static Member> {
    let long = option.get_long()?;
    operation?.input.members.iter().find(|member| member.option == long)
}

/// Returns an option and its description.
fn described(option: &Arg, operation: Option<&Operation>, more: fn(&str) -> &'static [&'static str]) -> Block {
    let member = member(option, operation);
    let tag = match option.get_short() {
        Some(short) => format!("`-{short}`, {}", usage(option)),
        None => usage(option),
    };
    let help = option.get_help().map(ToString::to_string).unwrap_or_default();
    let tag = member.map(|member| format!("{tag} ({})", kind(member.shape))).unwrap_or(tag);
    let mut body = vec![Block::Paragraph(format!("{}.", help.trim_end_matches('.')))];
    match member {
        Some(member) => shape_details(member.shape, &mut body),
        None => {
            let values: Vec<_> = option.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            if !values.is_empty() && option.get_action().takes_values() {
                body.push(Block::Paragraph(format!("Values: `{}`.", values.join("`, `"))));
            }
        }
    }
    body.extend(paragraphs(more(option.get_long().unwrap_or_default())));
    if let Some(shape @ (Shape::Structure(_) | Shape::List(_))) = member.map(|member| member.shape) {
        body.extend(forms(shape));
    }
    Block::Item(tag, body)
}

/// Returns the two forms in which a structure, or a list of structures, is typed.
fn forms(shape: &Shape) -> [Block; 4] {
    let (structure, list) = match shape {
        Shape::Structure(structure) => (Some(*structure), false),
        Shape::List(Shape::Structure(structure)) => (Some(*structure), true),
        _ => (None, true),
    };
    let members = structure.map(|structure| structure.members).unwrap_or_default();
    let short: Vec<_> = members.iter().map(|member| format!("{}={}", member.name, word(member.shape))).collect();
    let short = if list { format!("{} ...", short.join(",")) } else { short.join(",") };
    let json: Vec<_> =
        members.iter().map(|member| format!("\"{}\": \"{}\"", member.name, word(member.shape))).collect();
    let json = format!("{{{}}}", json.join(", "));
    let json = if list { format!("[{json}, ...]") } else { json };
    [
        Block::Paragraph("In shorthand:".to_owned()),
        Block::Verbatim(short),
        Block::Paragraph("In JSON, which `file://`{PATH} reads from a file:".to_owned()),
        Block::Verbatim(json),
    ]
}

/// Returns the placeholder for a value in a form.
fn word(shape: &Shape) -> String {
    match shape {
        Shape::String { values: [only], .. } => (*only).to_owned(),
        Shape::String { values, .. } if (2..=3).contains(&values.len()) => values.join("|"),
        other => kind(other).to_owned(),
    }
}

/// Returns the type of a shape, as in the API reference.
fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::String { .. } => "string",
        Shape::Integer { .. } => "integer",
        Shape::Timestamp => "timestamp",
        Shape::Structure(_) => "structure",
        Shape::List(_) => "list",
    }
}

/// Adds the allowed values of a parameter.
fn shape_details(shape: &Shape, body: &mut Vec<Block>) {
    match shape {
        Shape::String { values, .. } if !values.is_empty() => body.push(meanings(values)),
        Shape::Structure(structure) | Shape::List(Shape::Structure(structure)) => {
            body.extend(structure.members.iter().map(|member| {
                let required = if member.required { " [required]" } else { "" };
                let mut inner = vec![Block::Paragraph(format!("{}.{required}", member.doc))];
                shape_details(member.shape, &mut inner);
                Block::Item(format!("`{}` ({})", member.name, kind(member.shape)), inner)
            }));
        }
        Shape::Timestamp => body.push(Block::Paragraph(texts::TIMESTAMP.to_owned())),
        _ => {}
    }
}

/// Returns the values of an enumeration and their meanings.
fn meanings(values: &[&str]) -> Block {
    Block::Short(values.iter().map(|value| (format!("`{value}`"), texts::meaning(value).to_owned())).collect())
}

fn examples(path: &[&str], operation: Option<&Operation>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(operation) = operation {
        blocks.push(Block::Paragraph("In the sandbox, without an AWS account:".to_owned()));
        blocks.push(Block::Verbatim(command::folded(&format!("orgshake --sandbox {}", operation.example), WIDTH)));
    }
    for (what, line) in texts::examples(path) {
        blocks.push(Block::Paragraph(format!("{what}:")));
        blocks.push(Block::Verbatim((*line).to_owned()));
    }
    blocks
}

/// Returns the IAM policies of `orgshake join`.
fn permissions() -> Vec<Block> {
    let introduction = "`--print-policy` prints these policies. `ManagementAccount` is for the caller, `Account` for the role in \
                        each account, and `AccountSource` for the identity that assumes that role.";
    let policies = crate::render::json::document(&policy::all(None), false);
    vec![Block::Paragraph(introduction.to_owned()), Block::Verbatim(policies.trim_end().to_owned())]
}

fn output(path: &[&str], operation: Option<&Operation>) -> Vec<Block> {
    let Some(operation) = operation else {
        return paragraphs(texts::output(path));
    };
    let mut blocks =
        paragraphs(&["An object with these members. A member that the service leaves out is not printed. \
        Unknown members, which the service may add later, are not printed either, as in the AWS CLI."]);
    structure(operation.output, &mut Vec::new(), &mut blocks);
    blocks
}

fn structure(of: &'static Structure, above: &mut Vec<*const Structure>, blocks: &mut Vec<Block>) {
    above.push(of);
    for member in of.members {
        blocks.push(answered(member, above));
    }
    above.pop();
}

/// Returns a member of a response and its description.
fn answered(member: &'static Member, above: &mut Vec<*const Structure>) -> Block {
    let mut body = vec![Block::Paragraph(format!("{}.", member.doc))];
    let inner = match member.shape {
        Shape::Structure(inner) | Shape::List(Shape::Structure(inner)) => Some(*inner),
        Shape::String { values, .. } if !values.is_empty() => {
            body.push(meanings(values));
            None
        }
        _ => None,
    };
    match inner {
        Some(inner) if above.contains(&std::ptr::from_ref(inner)) => {
            body.push(Block::Paragraph("It has the same members as the list that contains it.".to_owned()));
        }
        Some(inner) => structure(inner, above, &mut body),
        None => {}
    }
    Block::Item(format!("`{}` ({})", member.name, kind(member.shape)), body)
}

fn errors(operation: Option<&Operation>) -> Vec<Block> {
    let mut blocks = paragraphs(&[texts::ERRORS]);
    let Some(operation) = operation else {
        blocks.push(Block::Heading("Errors of every command".to_owned()));
        let own = |code: &&str| OPERATIONS.iter().any(|operation| operation.exceptions.contains(code));
        for group in explain::GROUPS {
            let codes: Vec<_> = group.codes.iter().copied().filter(|code| !own(code)).collect();
            if !codes.is_empty() {
                blocks.push(exception(&codes.join("`, `"), &[group], ""));
            }
        }
        return blocks;
    };
    blocks.extend(operation.exceptions.iter().map(|code| {
        let groups: Vec<_> = explain::GROUPS.iter().filter(|group| group.codes.contains(code)).collect();
        exception(code, &groups, operation.name)
    }));
    blocks.push(Block::Paragraph(texts::COMMON_ERRORS.to_owned()));
    blocks
}

/// Returns whether an operation belongs to STS.
fn is_of_sts(name: &&str) -> bool {
    !OPERATIONS.iter().any(|operation| operation.name == *name)
}

/// Returns the explanation of an exception, which may have several codes.
fn exception(code: &str, groups: &[&Group], operation: &str) -> Block {
    let fits = |only: &[&str]| match operation {
        "" => only.iter().all(is_of_sts),
        _ => only.is_empty() || only.contains(&operation),
    };
    let found = groups.iter().flat_map(|group| group.texts).filter(|text| fits(text.only));
    let (mut general, mut reasons, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for text in found {
        let told = |text: &str| {
            let text = if operation.is_empty() { text.replace("{permission}", "the action") } else { text.to_owned() };
            explain::fill(&text, operation, "").trim_end_matches('.').to_owned()
        };
        let meaning = format!("{}.", told(text.meaning));
        let whose = if operation.is_empty() { text.only } else { &[] };
        let whose = whose.iter().map(|name| format!("`{name}`: ")).collect::<String>();
        let told = format!("{whose}{meaning} {}.", upper_first(&told(text.to_do)));
        // The advice on unknown reasons belongs only into messages.
        let told = if text.when.is_empty() && text.to_do.contains("newer than this program") { meaning } else { told };
        // The first text for a reason counts, as in errors.
        match text.when {
            "" if general.is_empty() || operation.is_empty() => general.push(Block::Paragraph(told)),
            "" => {}
            when if known.contains(&when) => {}
            when if when.contains(' ') => {
                known.push(when);
                reasons.push((format!("\"{when}\""), told));
            }
            when => {
                known.push(when);
                reasons.push((format!("`{when}`"), told));
            }
        }
    }
    if general.is_empty() {
        general.push(Block::Paragraph("The message says more.".to_owned()));
    }
    if !reasons.is_empty() {
        general.push(Block::Short(reasons));
    }
    Block::Item(format!("`{code}`"), general)
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn see_also(path: &[&str], operation: Option<&Operation>) -> String {
    let mut pages: Vec<String> = Vec::new();
    if !path.is_empty() {
        pages.push("orgshake".to_owned());
    }
    match (path, operation) {
        ([], _) => pages.extend(all().iter().skip(1).map(|words| words.join("-"))),
        (_, Some(own)) => {
            let others = OPERATIONS.iter().filter(|operation| operation.name != own.name);
            pages.extend(others.map(|operation| format!("orgshake-{}", operation.command)));
        }
        ([family @ ("sandbox" | "wait"), ..], _) => {
            let own = format!("orgshake-{}", path.join("-"));
            let all = all().into_iter().map(|words| words.join("-"));
            pages.extend(all.filter(|name| name.starts_with(&format!("orgshake-{family}")) && *name != own));
        }
        _ => {}
    }
    let pages: Vec<_> = pages.iter().map(|name| format!("`{name}`(1)")).collect();
    let service = operation.map_or(String::new(), |operation| {
        format!(", https://docs.aws.amazon.com/organizations/latest/APIReference/API_{}.html", operation.name)
    });
    format!("{}{service}", pages.join(", "))
}
