//! Who calls the sandbox, and the keys by which it is known.

use std::fmt;

use jiff::Timestamp;

use super::ids::is_account_id;

/// The secret access key of every access key id that is an account's id: there is nothing that it could protect.
pub const SECRET_ACCESS_KEY: &str = "sandbox";

/// Who STS says is calling when nobody in particular is: the management account of the documented example.
pub const IMPLIED_ACCOUNT: &str = "111111111111";

/// What a signature is checked against.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// The account that the key acts for.
    pub account: String,
    /// The secret access key.
    pub secret: String,
    /// What the request has to carry as X-Amz-Security-Token; nothing may be there otherwise.
    pub session_token: Option<String>,
    /// When the key stops being good, by the real time.
    pub expires: Option<Timestamp>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("account", &self.account).field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Who calls an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The account with this id, twelve digits.
    Account(String),
    /// Nobody in particular: the party acts that the operation is for.
    Implied,
}

impl Caller {
    /// The account whose id the access key id is (twelve digits), otherwise [`Caller::Implied`].
    pub fn from_access_key_id(id: &str) -> Caller {
        if is_account_id(id) { Caller::Account(id.to_owned()) } else { Caller::Implied }
    }
}

/// The keys that AssumeRole has given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSession {
    /// The account that they act for.
    pub account: String,
    /// The name of the role.
    pub role: String,
    /// The name of the session.
    pub name: String,
    /// The secret access key.
    pub secret: String,
    /// What has to come along with every request.
    pub token: String,
    /// When they stop being good for anything, by the real time, as signatures are.
    pub expires: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_twelve_digits_name_an_account() {
        let account = Caller::Account("222222222222".to_owned());
        assert_eq!(Caller::from_access_key_id("222222222222"), account);
        for other in ["", "22222222222", "2222222222222", "AKIAIOSFODNN7EXAMPLE", "２２２２２２２２２２２２"]
        {
            assert_eq!(Caller::from_access_key_id(other), Caller::Implied, "{other}");
        }
    }
}
