//! The manual: a page for the program and one for each command, from the command line's tree, the model, the table of
//! explanations and the tables of settings.
//!
//! In the texts of a page, `` `this` `` is bold and `{THIS}` stands for a value. Nothing here is touched unless a page
//! is asked for.

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
use crate::model::{self, Member, OPERATIONS, Operation, Shape, Structure};
use crate::settings::{FILES, VARIABLES};

/// The columns of a line that stays as it is: beside the indentation that `man` gives it, it fits into 80.
pub const WIDTH: usize = 68;

/// The names of all pages: the words of the command, the program's own name first.
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

/// The page of a command, if there is one; `path` is its words behind the program's name.
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
        sections.push(("OPTIONS", own.iter().map(|option| described(option, operation)).collect()));
    }
    sections.push(("GLOBAL OPTIONS", global.iter().map(|option| described(option, None)).collect()));
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

/// Whether an option goes for every command.
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
                 is `organizations:{}`. Behind `orgshake organizations` the command is the same.",
                operation.name, operation.name
            )));
            if operation.list.is_some() {
                blocks.extend(paragraphs(texts::LISTING));
            }
            blocks
        }
        None => paragraphs(texts::description(path)),
    }
}

/// The command line, an option a line.
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

/// A text without its marks.
fn plain(text: &str) -> String {
    text.replace(['`', '{', '}'], "")
}

fn value_name(option: &Arg) -> Option<String> {
    if !option.get_action().takes_values() {
        return None;
    }
    option.get_value_names().and_then(|names| names.first()).map(ToString::to_string)
}

/// An option with its value, as it is typed.
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

/// The parameter that an option sets.
fn member(option: &Arg, operation: Option<&Operation>) -> Option<&'static Member> {
    let long = option.get_long()?;
    operation?.input.members.iter().find(|member| member.option == long)
}

/// An option and what there is to know of it.
fn described(option: &Arg, operation: Option<&Operation>) -> Block {
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
    body.extend(paragraphs(texts::more_of_option(option.get_long().unwrap_or_default())));
    if let Some(shape @ (Shape::Structure(_) | Shape::List(_))) = member.map(|member| member.shape) {
        body.extend(forms(shape));
    }
    Block::Item(tag, body)
}

/// The two forms in which a structure or a list of them is typed.
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

/// What stands for a value in a form.
fn word(shape: &Shape) -> String {
    match shape {
        Shape::String { values: [only], .. } => (*only).to_owned(),
        Shape::String { values, .. } if (2..=3).contains(&values.len()) => values.join("|"),
        other => kind(other).to_owned(),
    }
}

/// The kind of a shape, as the API reference calls it.
fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::String { .. } => "string",
        Shape::Integer { .. } => "integer",
        Shape::Timestamp => "timestamp",
        Shape::Structure(_) => "structure",
        Shape::List(_) => "list",
    }
}

/// What a value of a parameter may be.
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

/// The values of an enumeration and what they mean.
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

fn output(path: &[&str], operation: Option<&Operation>) -> Vec<Block> {
    let Some(operation) = operation else {
        return paragraphs(texts::output(path));
    };
    let mut blocks = paragraphs(&["A document with these members; what the service leaves out is left out. \
        Members that it may add later are not shown, as in the AWS CLI."]);
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

/// A member of a response.
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
            body.push(Block::Paragraph("Its members are those of the list that it is in.".to_owned()));
        }
        Some(inner) => structure(inner, above, &mut body),
        None => {}
    }
    Block::Item(format!("`{}` ({})", member.name, kind(member.shape)), body)
}

fn errors(operation: Option<&Operation>) -> Vec<Block> {
    let mut blocks = paragraphs(&[texts::ERRORS]);
    let Some(operation) = operation else {
        blocks.push(Block::Heading("Of every command".to_owned()));
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

/// Whether an operation is none of the service's own.
fn is_of_sts(name: &&str) -> bool {
    !OPERATIONS.iter().any(|operation| operation.name == *name)
}

/// An exception, or several codes for the same, by what the table of explanations has about it.
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
        // What to do about a reason that nobody knows yet stands in the message.
        let told = if text.when.is_empty() && text.to_do.contains("newer than this program") { meaning } else { told };
        // Of two texts for one reason the first is the one, as it is when the error comes.
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
        (["sandbox", ..], _) => {
            let own = format!("orgshake-{}", path.join("-"));
            let all = all().into_iter().map(|words| words.join("-"));
            pages.extend(all.filter(|name| name.starts_with("orgshake-sandbox") && *name != own));
        }
        _ => {}
    }
    let pages: Vec<_> = pages.iter().map(|name| format!("`{name}`(1)")).collect();
    let service = operation.map_or(String::new(), |operation| {
        format!(", https://docs.aws.amazon.com/organizations/latest/APIReference/API_{}.html", operation.name)
    });
    format!("{}{service}", pages.join(", "))
}
