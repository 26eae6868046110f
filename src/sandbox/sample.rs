//! The ids in the documented sample (API reference, AcceptHandshake), which the preloaded world contains.

/// The handshake.
pub const HANDSHAKE: &str = "h-examplehandshakeid111";
/// The organization that sent the handshake.
pub const ORGANIZATION: &str = "o-exampleorgid";
/// The management account of that organization. It calls unless a request or the environment names another account.
pub const MANAGEMENT_ACCOUNT: &str = "111111111111";
/// The email address that the handshake was sent to.
pub const RECIPIENT_EMAIL: &str = "juan@example.com";
/// The account with that address. The sample of CancelHandshake has its id.
pub const RECIPIENT_ACCOUNT: &str = "222222222222";
