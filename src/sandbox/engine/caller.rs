//! The callers of the sandbox and their keys.

use std::fmt;

use jiff::Timestamp;

use super::ids::is_account_id;

/// The secret access key of every access key id that is an account id. It protects nothing.
pub const SECRET_ACCESS_KEY: &str = "sandbox";

/// The partition of ARNs, unless a role names another one.
pub const DEFAULT_PARTITION: &str = "aws";

/// The key that a signature is checked against.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// The account that the key acts for.
    pub account: String,
    /// The secret access key.
    pub secret: String,
    /// The X-Amz-Security-Token that the request must carry, for temporary keys.
    pub session_token: Option<String>,
    /// When the key expires, by the real time.
    pub expires: Option<Timestamp>,
    /// The partition of the role whose session the key is of.
    pub partition: Option<String>,
}

impl Key {
    /// Returns the caller that signs with this key.
    pub fn caller(self) -> Caller {
        match self.partition {
            Some(partition) => Caller::Session { account: self.account, partition },
            None => Caller::Account(self.account),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("account", &self.account).field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// The caller of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The account with this id, twelve digits.
    Account(String),
    /// A session of a role.
    Session {
        /// The account of the role.
        account: String,
        /// The partition of the role, such as `aws-us-gov`. ARNs in responses are in it.
        partition: String,
    },
    /// No account in particular. The account that may perform the operation performs it.
    Implied,
}

impl Caller {
    /// Returns the account whose id the access key id is (twelve digits), otherwise [`Caller::Implied`].
    pub fn from_access_key_id(id: &str) -> Caller {
        if is_account_id(id) { Caller::Account(id.to_owned()) } else { Caller::Implied }
    }

    /// Returns the account that calls, unless it is implied.
    pub fn account(&self) -> Option<&str> {
        match self {
            Caller::Account(account) | Caller::Session { account, .. } => Some(account),
            Caller::Implied => None,
        }
    }

    /// Returns the partition of the caller.
    pub fn partition(&self) -> &str {
        match self {
            Caller::Session { partition, .. } => partition,
            Caller::Account(_) | Caller::Implied => DEFAULT_PARTITION,
        }
    }
}

/// Temporary keys that AssumeRole or AssumeRoleWithWebIdentity returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSession {
    /// The account of the role.
    pub account: String,
    /// The partition of the role.
    pub partition: String,
    /// The name of the role.
    pub role: String,
    /// The name of the session.
    pub name: String,
    /// The secret access key.
    pub secret: String,
    /// The session token, which every request must carry.
    pub token: String,
    /// When the keys expire, by the real time, like signatures.
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
