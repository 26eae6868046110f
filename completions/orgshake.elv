
use builtin;
use str;

set edit:completion:arg-completer[orgshake] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'orgshake'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'orgshake'= {
            cand --endpoint-url 'Send requests to this URL instead of the service''s own'
            cand --output 'Output format [default: json]'
            cand --query 'Print only what this JMESPath expression selects'
            cand --profile 'Use this profile of the configuration files'
            cand --region 'Sign for this region; the service is global and needs none'
            cand --color 'Colour in tables and messages'
            cand --ca-bundle 'Trust the certificate authorities in this PEM file'
            cand --cli-read-timeout 'Longest wait for an answer; 0 waits for ever [default: 60]'
            cand --cli-connect-timeout 'Longest wait for a connection; 0 waits for ever [default: 60]'
            cand --cli-binary-format 'Form of binary parameters; these commands have none'
            cand --cli-error-format 'Format of errors [default: enhanced]'
            cand --sandbox-clock 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)'
            cand --version 'Print the version'
            cand --debug 'Tell on stderr where settings come from and what is sent'
            cand --no-verify-ssl 'Don''t check the service''s certificate (a warning says so)'
            cand --no-paginate 'Ask for one page only'
            cand --no-sign-request 'Send requests unsigned and look for no credentials'
            cand --no-cli-pager 'Don''t page the output'
            cand --cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --no-cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --sandbox 'Ask the built-in Organizations service instead of AWS: no account, no network'
            cand -h 'Print help'
            cand --help 'Print help'
            cand accept-handshake 'Accept a handshake: join the organization, or finish enabling all features'
            cand cancel-handshake 'Cancel a handshake that this organization has sent'
            cand decline-handshake 'Decline a handshake that was sent to this account'
            cand describe-handshake 'Show a handshake: its parties, state, dates and resources'
            cand completion 'Print the completion script of a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'orgshake;accept-handshake'= {
            cand --endpoint-url 'Send requests to this URL instead of the service''s own'
            cand --output 'Output format [default: json]'
            cand --query 'Print only what this JMESPath expression selects'
            cand --profile 'Use this profile of the configuration files'
            cand --region 'Sign for this region; the service is global and needs none'
            cand --color 'Colour in tables and messages'
            cand --ca-bundle 'Trust the certificate authorities in this PEM file'
            cand --cli-read-timeout 'Longest wait for an answer; 0 waits for ever [default: 60]'
            cand --cli-connect-timeout 'Longest wait for a connection; 0 waits for ever [default: 60]'
            cand --cli-binary-format 'Form of binary parameters; these commands have none'
            cand --cli-error-format 'Format of errors [default: enhanced]'
            cand --sandbox-clock 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)'
            cand --handshake-id 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]'
            cand --cli-input-json 'Read parameters from JSON: the text itself, file://PATH, or - for stdin'
            cand --cli-input-yaml 'Read parameters from YAML: the text itself, file://PATH, or - for stdin'
            cand --generate-cli-skeleton 'Print a request to fill in, or a sample response, and send nothing'
            cand --version 'Print the version'
            cand --debug 'Tell on stderr where settings come from and what is sent'
            cand --no-verify-ssl 'Don''t check the service''s certificate (a warning says so)'
            cand --no-paginate 'Ask for one page only'
            cand --no-sign-request 'Send requests unsigned and look for no credentials'
            cand --no-cli-pager 'Don''t page the output'
            cand --cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --no-cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --sandbox 'Ask the built-in Organizations service instead of AWS: no account, no network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'orgshake;cancel-handshake'= {
            cand --endpoint-url 'Send requests to this URL instead of the service''s own'
            cand --output 'Output format [default: json]'
            cand --query 'Print only what this JMESPath expression selects'
            cand --profile 'Use this profile of the configuration files'
            cand --region 'Sign for this region; the service is global and needs none'
            cand --color 'Colour in tables and messages'
            cand --ca-bundle 'Trust the certificate authorities in this PEM file'
            cand --cli-read-timeout 'Longest wait for an answer; 0 waits for ever [default: 60]'
            cand --cli-connect-timeout 'Longest wait for a connection; 0 waits for ever [default: 60]'
            cand --cli-binary-format 'Form of binary parameters; these commands have none'
            cand --cli-error-format 'Format of errors [default: enhanced]'
            cand --sandbox-clock 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)'
            cand --handshake-id 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]'
            cand --cli-input-json 'Read parameters from JSON: the text itself, file://PATH, or - for stdin'
            cand --cli-input-yaml 'Read parameters from YAML: the text itself, file://PATH, or - for stdin'
            cand --generate-cli-skeleton 'Print a request to fill in, or a sample response, and send nothing'
            cand --version 'Print the version'
            cand --debug 'Tell on stderr where settings come from and what is sent'
            cand --no-verify-ssl 'Don''t check the service''s certificate (a warning says so)'
            cand --no-paginate 'Ask for one page only'
            cand --no-sign-request 'Send requests unsigned and look for no credentials'
            cand --no-cli-pager 'Don''t page the output'
            cand --cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --no-cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --sandbox 'Ask the built-in Organizations service instead of AWS: no account, no network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'orgshake;decline-handshake'= {
            cand --endpoint-url 'Send requests to this URL instead of the service''s own'
            cand --output 'Output format [default: json]'
            cand --query 'Print only what this JMESPath expression selects'
            cand --profile 'Use this profile of the configuration files'
            cand --region 'Sign for this region; the service is global and needs none'
            cand --color 'Colour in tables and messages'
            cand --ca-bundle 'Trust the certificate authorities in this PEM file'
            cand --cli-read-timeout 'Longest wait for an answer; 0 waits for ever [default: 60]'
            cand --cli-connect-timeout 'Longest wait for a connection; 0 waits for ever [default: 60]'
            cand --cli-binary-format 'Form of binary parameters; these commands have none'
            cand --cli-error-format 'Format of errors [default: enhanced]'
            cand --sandbox-clock 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)'
            cand --handshake-id 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]'
            cand --cli-input-json 'Read parameters from JSON: the text itself, file://PATH, or - for stdin'
            cand --cli-input-yaml 'Read parameters from YAML: the text itself, file://PATH, or - for stdin'
            cand --generate-cli-skeleton 'Print a request to fill in, or a sample response, and send nothing'
            cand --version 'Print the version'
            cand --debug 'Tell on stderr where settings come from and what is sent'
            cand --no-verify-ssl 'Don''t check the service''s certificate (a warning says so)'
            cand --no-paginate 'Ask for one page only'
            cand --no-sign-request 'Send requests unsigned and look for no credentials'
            cand --no-cli-pager 'Don''t page the output'
            cand --cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --no-cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --sandbox 'Ask the built-in Organizations service instead of AWS: no account, no network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'orgshake;describe-handshake'= {
            cand --endpoint-url 'Send requests to this URL instead of the service''s own'
            cand --output 'Output format [default: json]'
            cand --query 'Print only what this JMESPath expression selects'
            cand --profile 'Use this profile of the configuration files'
            cand --region 'Sign for this region; the service is global and needs none'
            cand --color 'Colour in tables and messages'
            cand --ca-bundle 'Trust the certificate authorities in this PEM file'
            cand --cli-read-timeout 'Longest wait for an answer; 0 waits for ever [default: 60]'
            cand --cli-connect-timeout 'Longest wait for a connection; 0 waits for ever [default: 60]'
            cand --cli-binary-format 'Form of binary parameters; these commands have none'
            cand --cli-error-format 'Format of errors [default: enhanced]'
            cand --sandbox-clock 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)'
            cand --handshake-id 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]'
            cand --cli-input-json 'Read parameters from JSON: the text itself, file://PATH, or - for stdin'
            cand --cli-input-yaml 'Read parameters from YAML: the text itself, file://PATH, or - for stdin'
            cand --generate-cli-skeleton 'Print a request to fill in, or a sample response, and send nothing'
            cand --version 'Print the version'
            cand --debug 'Tell on stderr where settings come from and what is sent'
            cand --no-verify-ssl 'Don''t check the service''s certificate (a warning says so)'
            cand --no-paginate 'Ask for one page only'
            cand --no-sign-request 'Send requests unsigned and look for no credentials'
            cand --no-cli-pager 'Don''t page the output'
            cand --cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --no-cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --sandbox 'Ask the built-in Organizations service instead of AWS: no account, no network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'orgshake;completion'= {
            cand --endpoint-url 'Send requests to this URL instead of the service''s own'
            cand --output 'Output format [default: json]'
            cand --query 'Print only what this JMESPath expression selects'
            cand --profile 'Use this profile of the configuration files'
            cand --region 'Sign for this region; the service is global and needs none'
            cand --color 'Colour in tables and messages'
            cand --ca-bundle 'Trust the certificate authorities in this PEM file'
            cand --cli-read-timeout 'Longest wait for an answer; 0 waits for ever [default: 60]'
            cand --cli-connect-timeout 'Longest wait for a connection; 0 waits for ever [default: 60]'
            cand --cli-binary-format 'Form of binary parameters; these commands have none'
            cand --cli-error-format 'Format of errors [default: enhanced]'
            cand --sandbox-clock 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)'
            cand --version 'Print the version'
            cand --debug 'Tell on stderr where settings come from and what is sent'
            cand --no-verify-ssl 'Don''t check the service''s certificate (a warning says so)'
            cand --no-paginate 'Ask for one page only'
            cand --no-sign-request 'Send requests unsigned and look for no credentials'
            cand --no-cli-pager 'Don''t page the output'
            cand --cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --no-cli-auto-prompt 'Accepted for the AWS CLI''s sake; there is no prompt'
            cand --sandbox 'Ask the built-in Organizations service instead of AWS: no account, no network'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'orgshake;help'= {
            cand accept-handshake 'Accept a handshake: join the organization, or finish enabling all features'
            cand cancel-handshake 'Cancel a handshake that this organization has sent'
            cand decline-handshake 'Decline a handshake that was sent to this account'
            cand describe-handshake 'Show a handshake: its parties, state, dates and resources'
            cand completion 'Print the completion script of a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'orgshake;help;accept-handshake'= {
        }
        &'orgshake;help;cancel-handshake'= {
        }
        &'orgshake;help;decline-handshake'= {
        }
        &'orgshake;help;describe-handshake'= {
        }
        &'orgshake;help;completion'= {
        }
        &'orgshake;help;help'= {
        }
    ]
    $completions[$command]
}
