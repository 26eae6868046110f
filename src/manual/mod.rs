//! The manual: a page for the program and one for each command, made from the command tree, the model, the explanations
//! of errors and the tables of settings. The program's page has the parts that every command shares: global options, many
//! calls, the values of members, the texts of errors, exit codes, variables and files.
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
    if path == ["join"] {
        sections.push(("PERMISSIONS", permissions()));
    }
    let is_program = path.is_empty();
    if is_program {
        let described = |option: &&Arg| described(option, None, texts::more_of_option);
        sections.push(("GLOBAL OPTIONS", global.iter().map(described).collect()));
        sections.push(("MANY CALLS", paragraphs(texts::MANY)));
    }
    sections.push(("EXAMPLES", examples(path, operation)));
    sections.push(("OUTPUT", output(path, operation)));
    if is_program {
        sections.push(("VALUES", values()));
        sections.push(("ERRORS", all_errors()));
        sections.extend(shared_tables());
    }
    if let Some(operation) = operation {
        sections.push(("ERRORS", errors_of(operation)));
    }
    sections.push(("SEE ALSO", see_also(path, operation)));
    sections.retain(|(_, blocks)| !blocks.is_empty());
    Some(Page { name: name.join("-"), sections })
}

/// Returns the tables that all commands share: exit codes, variables and files.
fn shared_tables() -> [(&'static str, Vec<Block>); 3] {
    let codes = EXIT_CODES.iter().map(|(code, when)| (code.to_string(), (*when).to_owned()));
    let table = |rows: &[(&str, &str)]| {
        let item = |(name, what): &(&str, &str)| (format!("`{name}`"), (*what).to_owned());
        vec![Block::Short(rows.iter().map(item).collect())]
    };
    [("EXIT STATUS", vec![Block::Short(codes.collect())]), ("ENVIRONMENT", table(VARIABLES)), ("FILES", table(FILES))]
}

/// Returns the values that members of requests and responses can have, with their meanings.
fn values() -> Vec<Block> {
    let mut blocks = Vec::new();
    for (heading, values) in MEANINGS {
        let items = values.iter().map(|(value, meaning)| (format!("`{value}`"), (*meaning).to_owned()));
        blocks.extend([Block::Heading((*heading).to_owned()), Block::Short(items.collect())]);
    }
    blocks
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
    let is_chosen = operation.is_some_and(command::can_choose);
    let required = |option: &Arg| {
        option.is_required_set() || member(option, operation).is_some_and(|member| member.required && !is_chosen)
    };
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
    let mut body = vec![Block::Paragraph(format!("{}.", page::literal(help.trim_end_matches('.'))))];
    match member {
        Some(member) => shape_details(member.shape, &mut body),
        None => {
            let values = option.get_possible_values();
            let values: Vec<_> = values.iter().map(|value| value.get_name()).collect();
            if !values.is_empty() && option.get_action().takes_values() {
                body.push(listed(&values));
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
        Shape::String { values, .. } if !values.is_empty() => body.push(listed(values)),
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

/// Returns the values of an enumeration.
fn listed(values: &[&str]) -> Block {
    let noun = if values.len() == 1 { "Value" } else { "Values" };
    Block::Paragraph(format!("{noun}: `{}`.", values.join("`, `")))
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
    vec![Block::Paragraph(introduction.to_owned()), Block::Verbatim(format!("{:#}", policy::all(None)))]
}

fn output(path: &[&str], operation: Option<&Operation>) -> Vec<Block> {
    let Some(operation) = operation else {
        return paragraphs(texts::output(path));
    };
    let mut blocks = paragraphs(&[texts::RESPONSE]);
    blocks.extend(response_members(operation.output, &mut Vec::new()));
    blocks
}

/// Returns the members of a response, each followed by its own members.
fn response_members(of: &'static Structure, above: &mut Vec<*const Structure>) -> Vec<Block> {
    above.push(of);
    let mut blocks = Vec::new();
    for member in of.members {
        let term = format!("`{}` ({})", member.name, kind(member.shape));
        let mut text = format!("{}.", member.doc);
        let mut inner = Vec::new();
        match member.shape {
            Shape::Structure(inside) | Shape::List(Shape::Structure(inside)) => {
                if above.contains(&std::ptr::from_ref(*inside)) {
                    text.push_str(" They have the same members as the list that contains them.");
                } else {
                    inner = response_members(inside, above);
                }
            }
            Shape::String { values, .. } if !values.is_empty() => {
                text.push_str(&format!(" Values: `{}`.", values.join("`, `")));
            }
            _ => {}
        }
        match (inner.is_empty(), blocks.last_mut()) {
            (true, Some(Block::Short(items))) => items.push((term, text)),
            (true, _) => blocks.push(Block::Short(vec![(term, text)])),
            (false, _) => {
                inner.insert(0, Block::Paragraph(text));
                blocks.push(Block::Item(term, inner));
            }
        }
    }
    above.pop();
    blocks
}

/// Returns the errors of an operation, each with its meaning in a sentence.
fn errors_of(operation: &Operation) -> Vec<Block> {
    let item = |code: &&str| {
        let text = explain::text(code, operation.name, "", "");
        let meaning = text.map(|text| explain::fill(text.meaning, operation.name, "")).unwrap_or_default();
        (format!("`{code}`"), format!("{}.", first_sentence(&meaning)))
    };
    let mut blocks = vec![Block::Short(operation.exceptions.iter().map(item).collect())];
    blocks.extend(paragraphs(&[texts::MORE_ERRORS]));
    blocks
}

/// Returns the first sentence of a text, without its full stop.
fn first_sentence(text: &str) -> &str {
    text.split(". ").next().unwrap_or_default().trim_end_matches('.')
}

/// Returns the texts of all errors.
fn all_errors() -> Vec<Block> {
    let mut blocks = paragraphs(&[texts::ERRORS]);
    blocks.extend(explain::GROUPS.iter().filter_map(error));
    blocks
}

/// Returns the texts of an error, which may have several codes.
fn error(group: &Group) -> Option<Block> {
    let (mut general, mut reasons) = (Vec::new(), Vec::new());
    for text in group.texts {
        // The advice on unknown reasons belongs only into messages.
        if text.to_do.contains("newer than this program") {
            continue;
        }
        let operation = text.only.first().copied().unwrap_or_default();
        let filled = |text: &str| {
            let text = if operation.is_empty() { text.replace("{permission}", "the action") } else { text.to_owned() };
            explain::fill(&text, operation, "").trim_end_matches('.').to_owned()
        };
        let told = format!("{}. {}.", filled(text.meaning), upper_first(&filled(text.to_do)));
        let only: String = text.only.iter().map(|name| format!("`{name}`: ")).collect();
        match text.when {
            "" => general.push(Block::Paragraph(format!("{only}{told}"))),
            when if when.contains(' ') => reasons.push((format!("\"{when}\""), format!("{only}{told}"))),
            when => reasons.push((format!("`{when}`"), format!("{only}{told}"))),
        }
    }
    if !reasons.is_empty() {
        general.push(Block::Short(reasons));
    }
    (!general.is_empty()).then(|| Block::Item(format!("`{}`", group.codes.join("`, `")), general))
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn see_also(path: &[&str], operation: Option<&Operation>) -> Vec<Block> {
    let mut pages: Vec<String> = Vec::new();
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
    let mut pages: Vec<_> = pages.iter().map(|name| format!("`{name}`(1)")).collect();
    pages.extend(operation.map(|operation| {
        format!("https://docs.aws.amazon.com/organizations/latest/APIReference/API_{}.html", operation.name)
    }));
    let mut blocks = paragraphs(if path.is_empty() { &[] } else { &[texts::SHARED] });
    blocks.extend((!pages.is_empty()).then(|| Block::Paragraph(pages.join(", "))));
    if path.is_empty() {
        let questions = texts::DOCS.iter().map(|(page, question)| (format!("`docs/{page}`"), (*question).to_owned()));
        blocks.extend(paragraphs(&["The source and the packages contain a page for each question:"]));
        blocks.push(Block::Short(questions.collect()));
    }
    blocks
}
