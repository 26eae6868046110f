//! The right form of a value that was typed in a wrong one.

use crate::model::{Member, Shape, Structure, is_account_id};
use crate::text::escape::shell_word;
use crate::text::shorten::LONGEST_SHOWN;

/// Returns the option with the value that its words probably stand for, if a single one is missing its names.
pub fn of_words(member: &Member, words: &[String]) -> Option<String> {
    let (Shape::Structure(structure) | Shape::List(Shape::Structure(structure))) = member.shape else { return None };
    let [word] = words else { return None };
    let is_bare = !word.is_empty() && word.len() <= LONGEST_SHOWN && !word.contains(['=', '{', '[', '\n', ',']);
    let form = is_bare.then(|| of_word(structure, word)).flatten()?;
    Some(format!("write it as --{} {}", member.option, typed(&form)))
}

/// Returns a value in shorthand that a bare word stands for: one of a member's known values, an id, a party or the key of a
/// tag.
fn of_word(structure: &'static Structure, word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    let named = structure.members.iter().find_map(|member| match member.shape {
        Shape::String { values, .. } if values.contains(&&*upper) => Some(format!("{}={upper}", member.name)),
        Shape::String { check: Some(check), .. } if check(word).is_ok() => Some(format!("{}={word}", member.name)),
        _ => None,
    });
    let has = |names: [&str; 2]| names.iter().all(|name| structure.member(name).is_some());
    named.or_else(|| match word {
        account if has(["Id", "Type"]) && is_account_id(account) => Some(format!("Id={account},Type=ACCOUNT")),
        address if has(["Id", "Type"]) && address.contains('@') => Some(format!("Id={address},Type=EMAIL")),
        key if has(["Key", "Value"]) => Some(format!("Key={key},Value=VALUE")),
        _ => None,
    })
}

/// Returns how to write a tag that was given as `key=value`, if the members are those of a tag.
pub fn of_tag(structure: &Structure, key: &str, value: &str) -> Option<String> {
    let is_tag = structure.member("Key").is_some() && structure.member("Value").is_some();
    let is_short = key.len() + value.len() <= LONGEST_SHOWN;
    (is_tag && is_short).then(|| format!("write the tag as {}", typed(&format!("Key={key},Value={value}"))))
}

/// Returns a word as one types it in a shell. A comma needs no quotes.
fn typed(word: &str) -> String {
    let quoted = shell_word(&word.replace(',', ""));
    if quoted.starts_with('\'') { shell_word(word) } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::operation;

    #[test]
    fn bare_words_get_their_names() {
        let form = |command: &str, option: &str, word: &str| {
            let input = operation(command).unwrap().input;
            let member = input.members.iter().find(|member| member.option == option).unwrap();
            of_words(member, &[word.to_owned()]).unwrap_or_default().replace("write it as ", "")
        };
        let invite = "invite-account-to-organization";
        assert_eq!(form(invite, "target", "123456789012"), "--target Id=123456789012,Type=ACCOUNT");
        assert_eq!(form(invite, "target", "juan@example.com"), "--target Id=juan@example.com,Type=EMAIL");
        assert_eq!(form(invite, "target", "it's@x"), r"--target 'Id=it'\''s@x,Type=EMAIL'");
        assert_eq!(form(invite, "target", "juan"), "");
        assert_eq!(form(invite, "tags", "team"), "--tags Key=team,Value=VALUE");
        let list = "list-handshakes-for-account";
        assert_eq!(form(list, "filter", "invite"), "--filter ActionType=INVITE");
        assert_eq!(
            form(list, "filter", "h-examplehandshakeid111"),
            "--filter ParentHandshakeId=h-examplehandshakeid111"
        );
        assert_eq!(form(list, "filter", "x"), "");
        assert_eq!(form("accept-handshake", "handshake-id", "x"), "");
    }
}
