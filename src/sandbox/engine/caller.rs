//! Who calls the sandbox, and the keys by which it is known.

use std::fmt;

use jiff::Timestamp;

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

/// Whether `id` is an account id: twelve digits.
pub fn is_account_id(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
}
