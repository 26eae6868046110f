# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_orgshake_global_optspecs
    string join \n version debug endpoint-url= no-verify-ssl no-paginate output= query= profile= region= color= no-sign-request ca-bundle= cli-read-timeout= cli-connect-timeout= cli-binary-format= no-cli-pager cli-auto-prompt no-cli-auto-prompt cli-error-format= sandbox sandbox-world= sandbox-clock= sandbox-state= h/help
end

function __fish_orgshake_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_orgshake_global_optspecs) -- $cmd 2>/dev/null
    or return 0
    set cmd $argv
    test "$argv[1]" = organizations; and set -e cmd[1]
    argparse -s (__fish_orgshake_global_optspecs) -- $cmd 2>/dev/null
    or return 0
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_orgshake_using_subcommand
    set -l cmd (__fish_orgshake_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c orgshake -n "__fish_orgshake_needs_command" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_needs_command" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_needs_command" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_needs_command" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_needs_command" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_needs_command" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_needs_command" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_needs_command" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_needs_command" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_needs_command" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "accept-handshake" -d 'Accept a handshake: join the organization, or finish enabling all features'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "cancel-handshake" -d 'Cancel a handshake that this organization has sent'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "decline-handshake" -d 'Decline a handshake that was sent to this account'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "describe-handshake" -d 'Show a handshake: its parties, state, dates and resources'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "invite-account-to-organization" -d 'Invite an account to join this organization'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "list-handshakes-for-account" -d 'List the handshakes that this account takes part in'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "list-handshakes-for-organization" -d 'List the handshakes that this organization has sent'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "enable-all-features" -d 'Start enabling all features in this organization'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "invite-organization-to-transfer-responsibility" -d 'Invite another organization\'s management account to transfer a responsibility'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "join" -d 'Bring accounts into an organization: invite, accept, verify, move to units'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "wait" -d 'Wait until handshakes have reached a state'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "sandbox" -d 'Run the Organizations sandbox for other programs, or show its state'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "completion" -d 'Print the completion script for a shell'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l handshake-id -d 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits; or - to read one or several from stdin [required, unless options below choose a handshake]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l from-organization -d 'Choose the handshake that this organization sent; with --handshake-id, check that it did' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l from-account -d 'Choose the handshake that this management account\'s organization sent; with --handshake-id, check that it did' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l action -d 'Choose the handshake with this action; with --handshake-id, check the action' -r -f -a "INVITE\t''
ENABLE_ALL_FEATURES\t''
APPROVE_ALL_FEATURES\t''
ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE\t''
TRANSFER_RESPONSIBILITY\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l dry-run -d 'Check and show what would be changed or sent, but change nothing'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l idempotent -d 'Succeed without a change if the change was already made'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l handshake-id -d 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits; or - to read one or several from stdin [required, unless options below choose a handshake]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l to -d 'Choose the handshake to this recipient; with --handshake-id, check the recipient' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l action -d 'Choose the handshake with this action; with --handshake-id, check the action' -r -f -a "INVITE\t''
ENABLE_ALL_FEATURES\t''
APPROVE_ALL_FEATURES\t''
ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE\t''
TRANSFER_RESPONSIBILITY\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l dry-run -d 'Check and show what would be changed or sent, but change nothing'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l idempotent -d 'Succeed without a change if the change was already made'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l handshake-id -d 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits; or - to read one or several from stdin [required, unless options below choose a handshake]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l from-organization -d 'Choose the handshake that this organization sent; with --handshake-id, check that it did' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l from-account -d 'Choose the handshake that this management account\'s organization sent; with --handshake-id, check that it did' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l action -d 'Choose the handshake with this action; with --handshake-id, check the action' -r -f -a "INVITE\t''
ENABLE_ALL_FEATURES\t''
APPROVE_ALL_FEATURES\t''
ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE\t''
TRANSFER_RESPONSIBILITY\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l dry-run -d 'Check and show what would be changed or sent, but change nothing'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l idempotent -d 'Succeed without a change if the change was already made'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l handshake-id -d 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits; or - to read one or several from stdin [required, unless options below choose a handshake]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l from-organization -d 'Choose the handshake that this organization sent; with --handshake-id, check that it did' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l from-account -d 'Choose the handshake that this management account\'s organization sent; with --handshake-id, check that it did' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l to -d 'Choose the handshake to this recipient; with --handshake-id, check the recipient' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l action -d 'Choose the handshake with this action; with --handshake-id, check the action' -r -f -a "INVITE\t''
ENABLE_ALL_FEATURES\t''
APPROVE_ALL_FEATURES\t''
ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE\t''
TRANSFER_RESPONSIBILITY\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l target -d 'Account to invite: Id=ID,Type=ACCOUNT or EMAIL [required]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l notes -d 'A text for the invited party' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l tags -d 'Tags for the account when it becomes a member' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l dry-run -d 'Check and show what would be changed or sent, but change nothing'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l idempotent -d 'Succeed without a change if the change was already made'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l filter -d 'List only handshakes that match' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l next-token -d 'The service\'s token for the next page' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l max-results -d 'Maximum number of items per page' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l max-items -d 'Stop after this many items, and print a token to continue with' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l page-size -d 'Request this many items per page' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l starting-token -d 'Continue from the token of an earlier listing' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l expires-within -d 'List only live handshakes that expire within this time, such as 12h or 3d' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l live -d 'List only handshakes that wait for a response: REQUESTED and OPEN'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l filter -d 'List only handshakes that match' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l next-token -d 'The service\'s token for the next page' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l max-results -d 'Maximum number of items per page' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l max-items -d 'Stop after this many items, and print a token to continue with' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l page-size -d 'Request this many items per page' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l starting-token -d 'Continue from the token of an earlier listing' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l expires-within -d 'List only live handshakes that expire within this time, such as 12h or 3d' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l live -d 'List only handshakes that wait for a response: REQUESTED and OPEN'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l dry-run -d 'Check and show what would be changed or sent, but change nothing'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l idempotent -d 'Succeed without a change if the change was already made'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l type -d 'Responsibility to transfer [required]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l target -d 'Account to invite: Id=ID,Type=ACCOUNT or EMAIL [required]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l notes -d 'A text for the invited party' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l start-timestamp -d 'When the transfer begins (ISO 8601) [required]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l source-name -d 'Name of the transfer [required]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l tags -d 'Tags for the transfer' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l accounts -d 'Make the call in each of these accounts: ids, file://PATH, or - for stdin; needs --account-role or --account-profile' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l max-concurrency -d 'Maximum number of calls at once [default: 8]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l dry-run -d 'Check and show what would be changed or sent, but change nothing'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l idempotent -d 'Succeed without a change if the change was already made'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l accounts -d 'The accounts: ids, file://PATH, or - for stdin; CSV may have the columns account, email, role, parent, notes' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l account-role -d 'The role to assume in each account: its name, or an ARN with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l account-profile -d 'Use a profile for each account instead of a role: a name with {account} in place of the account\'s id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l account-source-profile -d 'Assume the accounts\' role with the credentials of this profile [default: the caller\'s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l account-external-id -d 'The external id that the accounts\' role asks for' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l from-organization -d 'Allow accounts to leave this organization; otherwise only accounts that are in no organization can join' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l to-organization -d 'Change nothing unless the caller\'s organization is this one' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l parent -d 'Move the accounts to this organizational unit, or to the root' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l parent-path -d 'Move the accounts to the organizational unit with this path, such as /Workloads/Prod' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l max-failures -d 'Start no more accounts after this many failures' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l timeout -d 'Time limit for each step of an account, such as 30s or 5m [default: 2m]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l max-concurrency -d 'Maximum number of accounts at once [default: 32]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l create-parents -d 'Create missing organizational units'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l dry-run -d 'Print the plan and change nothing'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l yes -d 'Don\'t ask for confirmation; required unless stdin and stderr are a terminal'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l skip-impossible -d 'Skip accounts that can\'t join; otherwise, one of them stops the run before any change'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l keep-invitations -d 'Keep the invitations of this run to accounts that fail to join'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l no-pacing -d 'Don\'t limit requests to the documented rates of AWS'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l print-policy -d 'Print the IAM policies that both sides need, and call nothing'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand join" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -f -a "handshake-accepted" -d 'Wait until handshakes are ACCEPTED'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -f -a "handshake-declined" -d 'Wait until handshakes are DECLINED'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -f -a "handshake-canceled" -d 'Wait until handshakes are CANCELED'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -f -a "handshake-open" -d 'Wait until handshakes are OPEN'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and not __fish_seen_subcommand_from handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed" -f -a "handshake-closed" -d 'Wait until handshakes are ACCEPTED, CANCELED, DECLINED or EXPIRED'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l handshake-id -d 'The handshakes: ids, file://PATH, or - to read ids from stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l target -d 'Wait for the newest INVITE to this party, even if it isn\'t sent yet; replaces --handshake-id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l interval -d 'Time between checks [default: 15s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l timeout -d 'Give up after this time, such as 30m or 2h [default: after 40 checks]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-accepted" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l handshake-id -d 'The handshakes: ids, file://PATH, or - to read ids from stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l target -d 'Wait for the newest INVITE to this party, even if it isn\'t sent yet; replaces --handshake-id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l interval -d 'Time between checks [default: 15s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l timeout -d 'Give up after this time, such as 30m or 2h [default: after 40 checks]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-declined" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l handshake-id -d 'The handshakes: ids, file://PATH, or - to read ids from stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l target -d 'Wait for the newest INVITE to this party, even if it isn\'t sent yet; replaces --handshake-id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l interval -d 'Time between checks [default: 15s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l timeout -d 'Give up after this time, such as 30m or 2h [default: after 40 checks]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-canceled" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l handshake-id -d 'The handshakes: ids, file://PATH, or - to read ids from stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l target -d 'Wait for the newest INVITE to this party, even if it isn\'t sent yet; replaces --handshake-id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l interval -d 'Time between checks [default: 15s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l timeout -d 'Give up after this time, such as 30m or 2h [default: after 40 checks]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-open" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l handshake-id -d 'The handshakes: ids, file://PATH, or - to read ids from stdin' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l target -d 'Wait for the newest INVITE to this party, even if it isn\'t sent yet; replaces --handshake-id' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l interval -d 'Time between checks [default: 15s]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l timeout -d 'Give up after this time, such as 30m or 2h [default: after 40 checks]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l assume-role -d 'Assume this role first: an ARN, or RoleArn=ARN,ExternalId=ID,...; may be repeated for a chain of roles' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand wait; and __fish_seen_subcommand_from handshake-closed" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -f -a "exec" -d 'Run a command with the sandbox in place of AWS, and exit with the command\'s exit code'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -f -a "serve" -d 'Run the sandbox\'s server on the loopback address until SIGINT or SIGTERM'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -f -a "show" -d 'Show the organizations, accounts and handshakes of the sandbox'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l port -d 'Listen on this port of 127.0.0.1; 0 chooses one [default: 0]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l state -d 'Keep the sandbox\'s state in this file; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l clock -d 'Set the clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l fault -d 'Make the next N calls of this operation, or the next N changes, fail: throttle, internal-error, concurrent-modification, lost-response, truncate, delay:500ms; may be repeated, applied in order' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l throttle -d 'Reject requests beyond the documented rates with TooManyRequestsException' -r -f -a "documented\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l latency -d 'Delay every response by this time, such as 20ms' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l propagation -d 'Time until the other party sees a new handshake or member, such as 3s' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l port -d 'Listen on this port of 127.0.0.1; 0 chooses one [default: 0]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l state -d 'Keep the sandbox\'s state in this file; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l clock -d 'Set the clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l fault -d 'Make the next N calls of this operation, or the next N changes, fail: throttle, internal-error, concurrent-modification, lost-response, truncate, delay:500ms; may be repeated, applied in order' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l throttle -d 'Reject requests beyond the documented rates with TooManyRequestsException' -r -f -a "documented\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l latency -d 'Delay every response by this time, such as 20ms' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l propagation -d 'Time until the other party sees a new handshake or member, such as 3s' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l env-file -d 'Write the shell commands to this file instead of stdout, once the server is ready' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l state -d 'Keep the sandbox\'s state in this file; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l clock -d 'Set the clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l query -d 'Print only what this JMESPath expression selects' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l profile -d 'Use this profile of the configuration files' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l region -d 'Region to sign for; optional, since the service is global' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-read-timeout -d 'Time limit for the next bytes of a response; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-connect-timeout -d 'Time limit for a connection; 0 means none [default: 60]' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-binary-format -d 'Accepted for compatibility with the AWS CLI; no parameter is binary' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l sandbox-world -d 'Start with this world: documented, empty, or merger (two organizations) [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l sandbox-state -d 'Keep the sandbox\'s state in this file between runs; the first change creates it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l dynamic -d 'Run orgshake at every completion, to complete handshake ids, profiles, regions and files'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l debug -d 'Print settings, requests and the status of responses to stderr'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint, and print a warning'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-paginate -d 'Request only one page'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-sign-request -d 'Send requests without a signature, and don\'t look for credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-cli-auto-prompt -d 'Accepted for compatibility with the AWS CLI; never prompts'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l sandbox -d 'Use the built-in sandbox instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -s h -l help -d 'Print help'
complete -c orgshake -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -F -a "(__fish_complete_command)"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -f -a "bash elvish fish powershell zsh"
