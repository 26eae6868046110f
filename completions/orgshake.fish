# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_orgshake_global_optspecs
    string join \n version debug endpoint-url= no-verify-ssl no-paginate output= query= profile= region= color= no-sign-request ca-bundle= cli-read-timeout= cli-connect-timeout= cli-binary-format= no-cli-pager cli-auto-prompt no-cli-auto-prompt cli-error-format= sandbox sandbox-world= sandbox-clock= sandbox-state= h/help
end

function __fish_orgshake_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_orgshake_global_optspecs) -- $cmd 2>/dev/null
    or return
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
complete -c orgshake -n "__fish_orgshake_needs_command" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_needs_command" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_needs_command" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_needs_command" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_needs_command" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_needs_command" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_needs_command" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_needs_command" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_needs_command" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_needs_command" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_needs_command" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
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
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "sandbox" -d 'Serve the built-in Organizations service to other programs, or look into it'
complete -c orgshake -n "__fish_orgshake_needs_command" -f -a "completion" -d 'Print the completion script of a shell'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l handshake-id -d 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand accept-handshake" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l handshake-id -d 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand cancel-handshake" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l handshake-id -d 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand decline-handshake" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l handshake-id -d 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand describe-handshake" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l target -d 'Who is invited: Id=ID,Type=ACCOUNT or EMAIL [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l notes -d 'A text for the invited party' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l tags -d 'Tags for the account when it becomes a member' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-account-to-organization" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l filter -d 'List only handshakes that fit' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l next-token -d 'The service\'s token for the next page' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l max-results -d 'The most items of a page' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l max-items -d 'Stop after this many items, and print a token to go on with' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l page-size -d 'Ask the service for this many items at a time' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l starting-token -d 'Go on with the token of an earlier listing' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-account" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l filter -d 'List only handshakes that fit' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l next-token -d 'The service\'s token for the next page' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l max-results -d 'The most items of a page' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l max-items -d 'Stop after this many items, and print a token to go on with' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l page-size -d 'Ask the service for this many items at a time' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l starting-token -d 'Go on with the token of an earlier listing' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand list-handshakes-for-organization" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand enable-all-features" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l type -d 'What responsibility is transferred [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l target -d 'Who is invited: Id=ID,Type=ACCOUNT or EMAIL [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l notes -d 'A text for the invited party' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l start-timestamp -d 'When the transfer begins (ISO 8601) [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l source-name -d 'Name of the transfer [required]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l tags -d 'Tags for the transfer' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-input-json -d 'Read parameters from JSON: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-input-yaml -d 'Read parameters from YAML: the text itself, file://PATH, or - for stdin' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l generate-cli-skeleton -d 'Print a request to fill in, or a sample response, and send nothing' -r -f -a "input\t''
yaml-input\t''
output\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand invite-organization-to-transfer-responsibility" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -f -a "exec" -d 'Run a command with it in the place of AWS, and end with its exit code'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -f -a "serve" -d 'Serve it on the loopback address until SIGINT or SIGTERM'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and not __fish_seen_subcommand_from exec serve show" -f -a "show" -d 'Show the world: organizations, accounts and handshakes'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l port -d 'Listen on this port of 127.0.0.1; 0 chooses one [default: 0]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l state -d 'Keep the world in this file; the first change makes it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l clock -d 'Set the clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l fault -d 'Have the next N calls of this operation go wrong, or those that change something: throttle, internal-error, concurrent-modification, lost-response, truncate, delay:500ms; may be repeated, and goes in order' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l throttle -d 'Refuse requests beyond the documented rates with TooManyRequestsException' -r -f -a "documented\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l latency -d 'Respond this much later, such as 20ms' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l propagation -d 'Let the other party see a new handshake or a new member this much later, such as 3s' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from exec" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l port -d 'Listen on this port of 127.0.0.1; 0 chooses one [default: 0]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l state -d 'Keep the world in this file; the first change makes it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l clock -d 'Set the clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l fault -d 'Have the next N calls of this operation go wrong, or those that change something: throttle, internal-error, concurrent-modification, lost-response, truncate, delay:500ms; may be repeated, and goes in order' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l throttle -d 'Refuse requests beyond the documented rates with TooManyRequestsException' -r -f -a "documented\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l latency -d 'Respond this much later, such as 20ms' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l propagation -d 'Let the other party see a new handshake or a new member this much later, such as 3s' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l env-file -d 'Put the lines for the shell into this file, once the server is ready, instead of printing them' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l state -d 'Keep the world in this file; the first change makes it' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l clock -d 'Set the clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand sandbox; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l endpoint-url -d 'Send requests to this URL instead of the service\'s own' -r -f
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l output -d 'Output format [default: json]' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l query -d 'Print only what this JMESPath expression selects' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l profile -d 'Use this profile of the configuration files' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l region -d 'Sign for this region; the service is global and needs none' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l color -d 'Colour in tables and help' -r -f -a "on\t''
off\t''
auto\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l ca-bundle -d 'Trust the certificate authorities in this PEM file for the Organizations endpoint' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-read-timeout -d 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-connect-timeout -d 'Longest wait for a connection; 0 is for ever [default: 60]' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-binary-format -d 'Form of binary parameters; these commands have none' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-error-format -d 'Format of errors [default: enhanced]' -r -f -a "enhanced\t''
legacy\t''
json\t''
yaml\t''
text\t''
table\t''
explained-json\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l sandbox-world -d 'Begin with this world: documented, empty, or merger with two organizations [default: documented]' -r -f -a "documented\t''
empty\t''
merger\t''"
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l sandbox-clock -d 'Set the sandbox\'s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)' -r
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l sandbox-state -d 'Keep the sandbox\'s world in this file between runs; it is made when it isn\'t there' -r -F
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l dynamic -d 'Ask the program at every completion: ids of handshakes, profiles, regions, files'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l version -d 'Print the version'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l debug -d 'Tell on stderr what is set, what is sent and how it goes'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-verify-ssl -d 'Don\'t verify the certificate of the Organizations endpoint (a warning says so)'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-paginate -d 'Ask for one page only'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-sign-request -d 'Send requests unsigned and look for no credentials'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-cli-pager -d 'Don\'t page the output'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l no-cli-auto-prompt -d 'Accepted for the AWS CLI\'s sake; there is no prompt'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -l sandbox -d 'Ask the built-in Organizations service instead of AWS: no account, no network'
complete -c orgshake -n "__fish_orgshake_using_subcommand completion" -s h -l help -d 'Print help'
