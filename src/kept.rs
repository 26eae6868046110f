//! What is printed as it lies in files, which the tests make from the tree of [`crate::cli`] and hold against it.

/// The help of each command as it is outside of terminals: in 80 columns, without styles.
pub static HELP: &[(&str, &str)] = &[
    ("", include_str!("help/orgshake.txt")),
    ("accept-handshake", include_str!("help/orgshake-accept-handshake.txt")),
    ("cancel-handshake", include_str!("help/orgshake-cancel-handshake.txt")),
    ("decline-handshake", include_str!("help/orgshake-decline-handshake.txt")),
    ("describe-handshake", include_str!("help/orgshake-describe-handshake.txt")),
    ("invite-account-to-organization", include_str!("help/orgshake-invite-account-to-organization.txt")),
    ("list-handshakes-for-account", include_str!("help/orgshake-list-handshakes-for-account.txt")),
    ("list-handshakes-for-organization", include_str!("help/orgshake-list-handshakes-for-organization.txt")),
    ("enable-all-features", include_str!("help/orgshake-enable-all-features.txt")),
    (
        "invite-organization-to-transfer-responsibility",
        include_str!("help/orgshake-invite-organization-to-transfer-responsibility.txt"),
    ),
    ("sandbox", include_str!("help/orgshake-sandbox.txt")),
    ("sandbox serve", include_str!("help/orgshake-sandbox-serve.txt")),
    ("sandbox exec", include_str!("help/orgshake-sandbox-exec.txt")),
    ("sandbox show", include_str!("help/orgshake-sandbox-show.txt")),
    ("completion", include_str!("help/orgshake-completion.txt")),
];

/// The shells that have a completion script, and the script.
pub static COMPLETIONS: &[(&str, &str)] = &[
    ("bash", include_str!("../completions/orgshake.bash")),
    ("elvish", include_str!("../completions/orgshake.elv")),
    ("fish", include_str!("../completions/orgshake.fish")),
    ("powershell", include_str!("../completions/_orgshake.ps1")),
    ("zsh", include_str!("../completions/_orgshake")),
];

/// The completion script of a shell, one of [`COMPLETIONS`].
pub fn completion(shell: &str) -> &'static str {
    COMPLETIONS.iter().find(|(name, _)| *name == shell).map_or("", |(_, script)| script)
}
