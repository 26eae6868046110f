//! Usage errors. clap parses a wrong command line again, for its usual message, suggestions and usage line.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::commands::OWN;
use super::reader::Words;
use super::tree::tree;
use super::usage::WIDTH;
use crate::error::Failure;
use crate::text::escape::shell_word;
use crate::text::redact::shown;

/// The AWS CLI's message for a command line without a command.
const NO_COMMAND: &str = "the following arguments are required: operation";

/// The end of a usage error.
const MORE: &str = "For more information, try '--help'.";

/// Services and other commands of the AWS CLI that one may need beside handshakes.
const AWS: [&str; 16] = [
    "account",
    "billing",
    "ce",
    "cloudtrail",
    "configure",
    "controltower",
    "ec2",
    "iam",
    "login",
    "ram",
    "s3",
    "service-quotas",
    "sso",
    "sso-admin",
    "sts",
    "support",
];

/// The commands of `aws organizations` that aren't about handshakes.
pub const AWS_ORGANIZATIONS: &[&str] = &[
    "attach-policy",
    "close-account",
    "create-account",
    "create-gov-cloud-account",
    "create-organization",
    "create-organizational-unit",
    "create-policy",
    "delete-organization",
    "delete-organizational-unit",
    "delete-policy",
    "delete-resource-policy",
    "deregister-delegated-administrator",
    "describe-account",
    "describe-create-account-status",
    "describe-effective-policy",
    "describe-organization",
    "describe-organizational-unit",
    "describe-policy",
    "describe-resource-policy",
    "describe-responsibility-transfer",
    "detach-policy",
    "disable-aws-service-access",
    "disable-policy-type",
    "enable-aws-service-access",
    "enable-policy-type",
    "leave-organization",
    "list-accounts",
    "list-accounts-for-parent",
    "list-accounts-with-invalid-effective-policy",
    "list-aws-service-access-for-organization",
    "list-children",
    "list-create-account-status",
    "list-delegated-administrators",
    "list-delegated-services-for-account",
    "list-effective-policy-validation-errors",
    "list-inbound-responsibility-transfers",
    "list-organizational-units-for-parent",
    "list-outbound-responsibility-transfers",
    "list-parents",
    "list-policies",
    "list-policies-for-target",
    "list-roots",
    "list-tags-for-resource",
    "list-targets-for-policy",
    "move-account",
    "put-resource-policy",
    "register-delegated-administrator",
    "remove-account-from-organization",
    "tag-resource",
    "terminate-responsibility-transfer",
    "untag-resource",
    "update-organizational-unit",
    "update-policy",
    "update-responsibility-transfer",
];

/// Returns the failure for a command line that [`super::line::check`] rejected.
pub fn complaint(words: &Words) -> Failure {
    let all = std::iter::once("orgshake".to_owned()).chain(words.canonical());
    match tree().try_get_matches_from(all) {
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let mut failure = Failure::input(NO_COMMAND);
            failure.usage = Some(overview(words.plain().next().map_or("", String::as_str)));
            failure
        }
        Err(error) if error.use_stderr() => usage_failure(&error, words),
        // A test checks that clap agrees on which command lines are wrong.
        Ok(_) | Err(_) => Failure::input("the command line is wrong; for help: -h or --help"),
    }
}

/// Converts clap's error to a failure. Its first paragraph is the message, the rest is the usage.
fn usage_failure(error: &clap::Error, words: &Words) -> Failure {
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) {
        return of_aws(word, words).unwrap_or_else(|| unknown_command(word, error));
    }
    let text = match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => error.to_string().replace(value.as_str(), shown(value)),
        _ => error.to_string(),
    };
    let (message, usage) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut failure = Failure::input(message.trim().trim_start_matches("error: "));
    failure.usage = Some(usage.replace("  tip: ", "  hint: "));
    failure
}

/// Returns the failure for a command of the AWS CLI that isn't one of ours.
fn of_aws(word: &str, words: &Words) -> Option<Failure> {
    let mut typed = words.plain();
    if typed.next()? != word {
        return None;
    }
    let command = match typed.next() {
        _ if AWS_ORGANIZATIONS.contains(&word) => format!("organizations {word}"),
        Some(operation) if AWS.contains(&word) => format!("{word} {}", shell_word(operation)),
        None if AWS.contains(&word) => word.to_owned(),
        _ => return None,
    };
    Some(Failure::input(format!("'{word}' is not a handshake command")).hint(format!("use: aws {command}")))
}

/// Returns the failure for an unknown command, with the closest known one, or else a list of all.
fn unknown_command(word: &str, error: &clap::Error) -> Failure {
    let mut failure = Failure::input(format!("unknown command '{word}'"));
    // clap lists the closest one last.
    let closest = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(suggested)) => suggested.last(),
        Some(ContextValue::String(suggested)) => Some(suggested),
        _ => None,
    };
    failure.usage = Some(match closest {
        Some(closest) => format!("  hint: did you mean '{closest}'?\n\n{MORE}"),
        None => {
            // The usage line shows whether it is a subcommand.
            let line = match error.get(ContextKind::Usage) {
                Some(ContextValue::StyledStr(line)) => line.to_string(),
                _ => String::new(),
            };
            let above = OWN.iter().find(|own| line.contains(&format!("orgshake {} ", own.name)));
            overview(above.map_or("", |own| own.name))
        }
    });
    failure
}

/// Lists the subcommands of the command of this name, or the program's commands.
fn overview(name: &str) -> String {
    let mut root = tree();
    root.build();
    let command = root.find_subcommand(name).cloned().unwrap_or(root);
    let template = "{usage-heading} {usage}\n\nCommands:\n{subcommands}";
    let commands = command.help_template(template).term_width(WIDTH).render_help();
    format!("{}\n\n{MORE}\n", commands.to_string().trim_end())
}
