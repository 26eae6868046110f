
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'orgshake' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'orgshake'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'orgshake' {
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send requests to this URL instead of the service''s own')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [default: json]')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Print only what this JMESPath expression selects')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration files')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Sign for this region; the service is global and needs none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables and help')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file')
            [CompletionResult]::new('--cli-read-timeout', '--cli-read-timeout', [CompletionResultType]::ParameterName, 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-connect-timeout', '--cli-connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-binary-format', '--cli-binary-format', [CompletionResultType]::ParameterName, 'Form of binary parameters; these commands have none')
            [CompletionResult]::new('--cli-error-format', '--cli-error-format', [CompletionResultType]::ParameterName, 'Format of errors [default: enhanced]')
            [CompletionResult]::new('--sandbox-clock', '--sandbox-clock', [CompletionResultType]::ParameterName, 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'Tell on stderr what is set, what is sent and how it goes')
            [CompletionResult]::new('--no-verify-ssl', '--no-verify-ssl', [CompletionResultType]::ParameterName, 'Don''t check the service''s certificate (a warning says so)')
            [CompletionResult]::new('--no-paginate', '--no-paginate', [CompletionResultType]::ParameterName, 'Ask for one page only')
            [CompletionResult]::new('--no-sign-request', '--no-sign-request', [CompletionResultType]::ParameterName, 'Send requests unsigned and look for no credentials')
            [CompletionResult]::new('--no-cli-pager', '--no-cli-pager', [CompletionResultType]::ParameterName, 'Don''t page the output')
            [CompletionResult]::new('--cli-auto-prompt', '--cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--no-cli-auto-prompt', '--no-cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Ask the built-in Organizations service instead of AWS: no account, no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('accept-handshake', 'accept-handshake', [CompletionResultType]::ParameterValue, 'Accept a handshake: join the organization, or finish enabling all features')
            [CompletionResult]::new('cancel-handshake', 'cancel-handshake', [CompletionResultType]::ParameterValue, 'Cancel a handshake that this organization has sent')
            [CompletionResult]::new('decline-handshake', 'decline-handshake', [CompletionResultType]::ParameterValue, 'Decline a handshake that was sent to this account')
            [CompletionResult]::new('describe-handshake', 'describe-handshake', [CompletionResultType]::ParameterValue, 'Show a handshake: its parties, state, dates and resources')
            [CompletionResult]::new('completion', 'completion', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            break
        }
        'orgshake;accept-handshake' {
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send requests to this URL instead of the service''s own')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [default: json]')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Print only what this JMESPath expression selects')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration files')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Sign for this region; the service is global and needs none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables and help')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file')
            [CompletionResult]::new('--cli-read-timeout', '--cli-read-timeout', [CompletionResultType]::ParameterName, 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-connect-timeout', '--cli-connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-binary-format', '--cli-binary-format', [CompletionResultType]::ParameterName, 'Form of binary parameters; these commands have none')
            [CompletionResult]::new('--cli-error-format', '--cli-error-format', [CompletionResultType]::ParameterName, 'Format of errors [default: enhanced]')
            [CompletionResult]::new('--sandbox-clock', '--sandbox-clock', [CompletionResultType]::ParameterName, 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)')
            [CompletionResult]::new('--handshake-id', '--handshake-id', [CompletionResultType]::ParameterName, 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'Read parameters from JSON: the text itself, file://PATH, or - for stdin')
            [CompletionResult]::new('--cli-input-yaml', '--cli-input-yaml', [CompletionResultType]::ParameterName, 'Read parameters from YAML: the text itself, file://PATH, or - for stdin')
            [CompletionResult]::new('--generate-cli-skeleton', '--generate-cli-skeleton', [CompletionResultType]::ParameterName, 'Print a request to fill in, or a sample response, and send nothing')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'Tell on stderr what is set, what is sent and how it goes')
            [CompletionResult]::new('--no-verify-ssl', '--no-verify-ssl', [CompletionResultType]::ParameterName, 'Don''t check the service''s certificate (a warning says so)')
            [CompletionResult]::new('--no-paginate', '--no-paginate', [CompletionResultType]::ParameterName, 'Ask for one page only')
            [CompletionResult]::new('--no-sign-request', '--no-sign-request', [CompletionResultType]::ParameterName, 'Send requests unsigned and look for no credentials')
            [CompletionResult]::new('--no-cli-pager', '--no-cli-pager', [CompletionResultType]::ParameterName, 'Don''t page the output')
            [CompletionResult]::new('--cli-auto-prompt', '--cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--no-cli-auto-prompt', '--no-cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Ask the built-in Organizations service instead of AWS: no account, no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'orgshake;cancel-handshake' {
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send requests to this URL instead of the service''s own')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [default: json]')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Print only what this JMESPath expression selects')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration files')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Sign for this region; the service is global and needs none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables and help')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file')
            [CompletionResult]::new('--cli-read-timeout', '--cli-read-timeout', [CompletionResultType]::ParameterName, 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-connect-timeout', '--cli-connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-binary-format', '--cli-binary-format', [CompletionResultType]::ParameterName, 'Form of binary parameters; these commands have none')
            [CompletionResult]::new('--cli-error-format', '--cli-error-format', [CompletionResultType]::ParameterName, 'Format of errors [default: enhanced]')
            [CompletionResult]::new('--sandbox-clock', '--sandbox-clock', [CompletionResultType]::ParameterName, 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)')
            [CompletionResult]::new('--handshake-id', '--handshake-id', [CompletionResultType]::ParameterName, 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'Read parameters from JSON: the text itself, file://PATH, or - for stdin')
            [CompletionResult]::new('--cli-input-yaml', '--cli-input-yaml', [CompletionResultType]::ParameterName, 'Read parameters from YAML: the text itself, file://PATH, or - for stdin')
            [CompletionResult]::new('--generate-cli-skeleton', '--generate-cli-skeleton', [CompletionResultType]::ParameterName, 'Print a request to fill in, or a sample response, and send nothing')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'Tell on stderr what is set, what is sent and how it goes')
            [CompletionResult]::new('--no-verify-ssl', '--no-verify-ssl', [CompletionResultType]::ParameterName, 'Don''t check the service''s certificate (a warning says so)')
            [CompletionResult]::new('--no-paginate', '--no-paginate', [CompletionResultType]::ParameterName, 'Ask for one page only')
            [CompletionResult]::new('--no-sign-request', '--no-sign-request', [CompletionResultType]::ParameterName, 'Send requests unsigned and look for no credentials')
            [CompletionResult]::new('--no-cli-pager', '--no-cli-pager', [CompletionResultType]::ParameterName, 'Don''t page the output')
            [CompletionResult]::new('--cli-auto-prompt', '--cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--no-cli-auto-prompt', '--no-cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Ask the built-in Organizations service instead of AWS: no account, no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'orgshake;decline-handshake' {
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send requests to this URL instead of the service''s own')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [default: json]')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Print only what this JMESPath expression selects')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration files')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Sign for this region; the service is global and needs none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables and help')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file')
            [CompletionResult]::new('--cli-read-timeout', '--cli-read-timeout', [CompletionResultType]::ParameterName, 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-connect-timeout', '--cli-connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-binary-format', '--cli-binary-format', [CompletionResultType]::ParameterName, 'Form of binary parameters; these commands have none')
            [CompletionResult]::new('--cli-error-format', '--cli-error-format', [CompletionResultType]::ParameterName, 'Format of errors [default: enhanced]')
            [CompletionResult]::new('--sandbox-clock', '--sandbox-clock', [CompletionResultType]::ParameterName, 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)')
            [CompletionResult]::new('--handshake-id', '--handshake-id', [CompletionResultType]::ParameterName, 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'Read parameters from JSON: the text itself, file://PATH, or - for stdin')
            [CompletionResult]::new('--cli-input-yaml', '--cli-input-yaml', [CompletionResultType]::ParameterName, 'Read parameters from YAML: the text itself, file://PATH, or - for stdin')
            [CompletionResult]::new('--generate-cli-skeleton', '--generate-cli-skeleton', [CompletionResultType]::ParameterName, 'Print a request to fill in, or a sample response, and send nothing')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'Tell on stderr what is set, what is sent and how it goes')
            [CompletionResult]::new('--no-verify-ssl', '--no-verify-ssl', [CompletionResultType]::ParameterName, 'Don''t check the service''s certificate (a warning says so)')
            [CompletionResult]::new('--no-paginate', '--no-paginate', [CompletionResultType]::ParameterName, 'Ask for one page only')
            [CompletionResult]::new('--no-sign-request', '--no-sign-request', [CompletionResultType]::ParameterName, 'Send requests unsigned and look for no credentials')
            [CompletionResult]::new('--no-cli-pager', '--no-cli-pager', [CompletionResultType]::ParameterName, 'Don''t page the output')
            [CompletionResult]::new('--cli-auto-prompt', '--cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--no-cli-auto-prompt', '--no-cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Ask the built-in Organizations service instead of AWS: no account, no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'orgshake;describe-handshake' {
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send requests to this URL instead of the service''s own')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [default: json]')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Print only what this JMESPath expression selects')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration files')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Sign for this region; the service is global and needs none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables and help')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file')
            [CompletionResult]::new('--cli-read-timeout', '--cli-read-timeout', [CompletionResultType]::ParameterName, 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-connect-timeout', '--cli-connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-binary-format', '--cli-binary-format', [CompletionResultType]::ParameterName, 'Form of binary parameters; these commands have none')
            [CompletionResult]::new('--cli-error-format', '--cli-error-format', [CompletionResultType]::ParameterName, 'Format of errors [default: enhanced]')
            [CompletionResult]::new('--sandbox-clock', '--sandbox-clock', [CompletionResultType]::ParameterName, 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)')
            [CompletionResult]::new('--handshake-id', '--handshake-id', [CompletionResultType]::ParameterName, 'ID of the handshake: "h-" and 8 to 32 lower-case letters or digits [required]')
            [CompletionResult]::new('--cli-input-json', '--cli-input-json', [CompletionResultType]::ParameterName, 'Read parameters from JSON: the text itself, file://PATH, or - for stdin')
            [CompletionResult]::new('--cli-input-yaml', '--cli-input-yaml', [CompletionResultType]::ParameterName, 'Read parameters from YAML: the text itself, file://PATH, or - for stdin')
            [CompletionResult]::new('--generate-cli-skeleton', '--generate-cli-skeleton', [CompletionResultType]::ParameterName, 'Print a request to fill in, or a sample response, and send nothing')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'Tell on stderr what is set, what is sent and how it goes')
            [CompletionResult]::new('--no-verify-ssl', '--no-verify-ssl', [CompletionResultType]::ParameterName, 'Don''t check the service''s certificate (a warning says so)')
            [CompletionResult]::new('--no-paginate', '--no-paginate', [CompletionResultType]::ParameterName, 'Ask for one page only')
            [CompletionResult]::new('--no-sign-request', '--no-sign-request', [CompletionResultType]::ParameterName, 'Send requests unsigned and look for no credentials')
            [CompletionResult]::new('--no-cli-pager', '--no-cli-pager', [CompletionResultType]::ParameterName, 'Don''t page the output')
            [CompletionResult]::new('--cli-auto-prompt', '--cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--no-cli-auto-prompt', '--no-cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Ask the built-in Organizations service instead of AWS: no account, no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'orgshake;completion' {
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Send requests to this URL instead of the service''s own')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format [default: json]')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Print only what this JMESPath expression selects')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Use this profile of the configuration files')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Sign for this region; the service is global and needs none')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour in tables and help')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust the certificate authorities in this PEM file')
            [CompletionResult]::new('--cli-read-timeout', '--cli-read-timeout', [CompletionResultType]::ParameterName, 'Longest wait for the next bytes of an answer; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-connect-timeout', '--cli-connect-timeout', [CompletionResultType]::ParameterName, 'Longest wait for a connection; 0 is for ever [default: 60]')
            [CompletionResult]::new('--cli-binary-format', '--cli-binary-format', [CompletionResultType]::ParameterName, 'Form of binary parameters; these commands have none')
            [CompletionResult]::new('--cli-error-format', '--cli-error-format', [CompletionResultType]::ParameterName, 'Format of errors [default: enhanced]')
            [CompletionResult]::new('--sandbox-clock', '--sandbox-clock', [CompletionResultType]::ParameterName, 'Set the sandbox''s clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version')
            [CompletionResult]::new('--debug', '--debug', [CompletionResultType]::ParameterName, 'Tell on stderr what is set, what is sent and how it goes')
            [CompletionResult]::new('--no-verify-ssl', '--no-verify-ssl', [CompletionResultType]::ParameterName, 'Don''t check the service''s certificate (a warning says so)')
            [CompletionResult]::new('--no-paginate', '--no-paginate', [CompletionResultType]::ParameterName, 'Ask for one page only')
            [CompletionResult]::new('--no-sign-request', '--no-sign-request', [CompletionResultType]::ParameterName, 'Send requests unsigned and look for no credentials')
            [CompletionResult]::new('--no-cli-pager', '--no-cli-pager', [CompletionResultType]::ParameterName, 'Don''t page the output')
            [CompletionResult]::new('--cli-auto-prompt', '--cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--no-cli-auto-prompt', '--no-cli-auto-prompt', [CompletionResultType]::ParameterName, 'Accepted for the AWS CLI''s sake; there is no prompt')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Ask the built-in Organizations service instead of AWS: no account, no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
