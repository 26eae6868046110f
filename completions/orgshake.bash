_orgshake() {
    local i cur prev opts cmd
    COMPREPLY=()
    # The command of `sandbox exec`.
    if [[ " ${COMP_WORDS[*]:0:COMP_CWORD} " == *" exec -- "* ]]; then
        compopt -o bashdefault -o default 2>/dev/null
        return
    fi
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
            opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="orgshake"
                ;;
            orgshake,accept-handshake)
                cmd="orgshake__subcmd__accept__subcmd__handshake"
                ;;
            orgshake,cancel-handshake)
                cmd="orgshake__subcmd__cancel__subcmd__handshake"
                ;;
            orgshake,completion)
                cmd="orgshake__subcmd__completion"
                ;;
            orgshake,decline-handshake)
                cmd="orgshake__subcmd__decline__subcmd__handshake"
                ;;
            orgshake,describe-handshake)
                cmd="orgshake__subcmd__describe__subcmd__handshake"
                ;;
            orgshake,enable-all-features)
                cmd="orgshake__subcmd__enable__subcmd__all__subcmd__features"
                ;;
            orgshake,invite-account-to-organization)
                cmd="orgshake__subcmd__invite__subcmd__account__subcmd__to__subcmd__organization"
                ;;
            orgshake,invite-organization-to-transfer-responsibility)
                cmd="orgshake__subcmd__invite__subcmd__organization__subcmd__to__subcmd__transfer__subcmd__responsibility"
                ;;
            orgshake,join)
                cmd="orgshake__subcmd__join"
                ;;
            orgshake,list-handshakes-for-account)
                cmd="orgshake__subcmd__list__subcmd__handshakes__subcmd__for__subcmd__account"
                ;;
            orgshake,list-handshakes-for-organization)
                cmd="orgshake__subcmd__list__subcmd__handshakes__subcmd__for__subcmd__organization"
                ;;
            orgshake,sandbox)
                cmd="orgshake__subcmd__sandbox"
                ;;
            orgshake,wait)
                cmd="orgshake__subcmd__wait"
                ;;
            orgshake__subcmd__sandbox,exec)
                cmd="orgshake__subcmd__sandbox__subcmd__exec"
                ;;
            orgshake__subcmd__sandbox,serve)
                cmd="orgshake__subcmd__sandbox__subcmd__serve"
                ;;
            orgshake__subcmd__sandbox,show)
                cmd="orgshake__subcmd__sandbox__subcmd__show"
                ;;
            orgshake__subcmd__wait,handshake-accepted)
                cmd="orgshake__subcmd__wait__subcmd__handshake__subcmd__accepted"
                ;;
            orgshake__subcmd__wait,handshake-canceled)
                cmd="orgshake__subcmd__wait__subcmd__handshake__subcmd__canceled"
                ;;
            orgshake__subcmd__wait,handshake-closed)
                cmd="orgshake__subcmd__wait__subcmd__handshake__subcmd__closed"
                ;;
            orgshake__subcmd__wait,handshake-declined)
                cmd="orgshake__subcmd__wait__subcmd__handshake__subcmd__declined"
                ;;
            orgshake__subcmd__wait,handshake-open)
                cmd="orgshake__subcmd__wait__subcmd__handshake__subcmd__open"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        orgshake)
            opts="accept-handshake cancel-handshake decline-handshake describe-handshake invite-account-to-organization list-handshakes-for-account list-handshakes-for-organization enable-all-features invite-organization-to-transfer-responsibility join wait sandbox completion -h --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__accept__subcmd__handshake)
            opts="-h --handshake-id --cli-input-json --cli-input-yaml --generate-cli-skeleton --from-organization --from-account --action --dry-run --idempotent --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --from-organization)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-account)
                    COMPREPLY=()
                    return 0
                    ;;
                --action)
                    COMPREPLY=($(compgen -W "INVITE ENABLE_ALL_FEATURES APPROVE_ALL_FEATURES ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE TRANSFER_RESPONSIBILITY" -- "${cur}"))
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__cancel__subcmd__handshake)
            opts="-h --handshake-id --cli-input-json --cli-input-yaml --generate-cli-skeleton --to --action --dry-run --idempotent --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --to)
                    COMPREPLY=()
                    return 0
                    ;;
                --action)
                    COMPREPLY=($(compgen -W "INVITE ENABLE_ALL_FEATURES APPROVE_ALL_FEATURES ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE TRANSFER_RESPONSIBILITY" -- "${cur}"))
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__completion)
            opts="bash elvish fish powershell zsh -h --dynamic --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__decline__subcmd__handshake)
            opts="-h --handshake-id --cli-input-json --cli-input-yaml --generate-cli-skeleton --from-organization --from-account --action --dry-run --idempotent --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --from-organization)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-account)
                    COMPREPLY=()
                    return 0
                    ;;
                --action)
                    COMPREPLY=($(compgen -W "INVITE ENABLE_ALL_FEATURES APPROVE_ALL_FEATURES ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE TRANSFER_RESPONSIBILITY" -- "${cur}"))
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__describe__subcmd__handshake)
            opts="-h --handshake-id --cli-input-json --cli-input-yaml --generate-cli-skeleton --from-organization --from-account --to --action --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --from-organization)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-account)
                    COMPREPLY=()
                    return 0
                    ;;
                --to)
                    COMPREPLY=()
                    return 0
                    ;;
                --action)
                    COMPREPLY=($(compgen -W "INVITE ENABLE_ALL_FEATURES APPROVE_ALL_FEATURES ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE TRANSFER_RESPONSIBILITY" -- "${cur}"))
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__enable__subcmd__all__subcmd__features)
            opts="-h --cli-input-json --cli-input-yaml --generate-cli-skeleton --dry-run --idempotent --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__invite__subcmd__account__subcmd__to__subcmd__organization)
            opts="-h --target --notes --tags --cli-input-json --cli-input-yaml --generate-cli-skeleton --dry-run --idempotent --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --target)
                    COMPREPLY=()
                    return 0
                    ;;
                --notes)
                    COMPREPLY=()
                    return 0
                    ;;
                --tags)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__invite__subcmd__organization__subcmd__to__subcmd__transfer__subcmd__responsibility)
            opts="-h --type --target --notes --start-timestamp --source-name --tags --cli-input-json --cli-input-yaml --generate-cli-skeleton --dry-run --idempotent --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --type)
                    COMPREPLY=()
                    return 0
                    ;;
                --target)
                    COMPREPLY=()
                    return 0
                    ;;
                --notes)
                    COMPREPLY=()
                    return 0
                    ;;
                --start-timestamp)
                    COMPREPLY=()
                    return 0
                    ;;
                --source-name)
                    COMPREPLY=()
                    return 0
                    ;;
                --tags)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__join)
            opts="-h --accounts --account-role --account-profile --account-source-profile --account-external-id --from-organization --to-organization --parent --parent-path --create-parents --dry-run --yes --skip-impossible --keep-invitations --max-failures --timeout --max-concurrency --no-pacing --assume-role --print-policy --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-organization)
                    COMPREPLY=()
                    return 0
                    ;;
                --to-organization)
                    COMPREPLY=()
                    return 0
                    ;;
                --parent)
                    COMPREPLY=()
                    return 0
                    ;;
                --parent-path)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-failures)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__list__subcmd__handshakes__subcmd__for__subcmd__account)
            opts="-h --filter --next-token --max-results --max-items --page-size --starting-token --cli-input-json --cli-input-yaml --generate-cli-skeleton --live --expires-within --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --filter)
                    COMPREPLY=()
                    return 0
                    ;;
                --next-token)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-results)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-items)
                    COMPREPLY=()
                    return 0
                    ;;
                --page-size)
                    COMPREPLY=()
                    return 0
                    ;;
                --starting-token)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__list__subcmd__handshakes__subcmd__for__subcmd__organization)
            opts="-h --filter --next-token --max-results --max-items --page-size --starting-token --cli-input-json --cli-input-yaml --generate-cli-skeleton --live --expires-within --assume-role --accounts --account-role --account-profile --account-source-profile --account-external-id --max-concurrency --no-pacing --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --filter)
                    COMPREPLY=()
                    return 0
                    ;;
                --next-token)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-results)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-items)
                    COMPREPLY=()
                    return 0
                    ;;
                --page-size)
                    COMPREPLY=()
                    return 0
                    ;;
                --starting-token)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-json)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-input-yaml)
                    COMPREPLY=()
                    return 0
                    ;;
                --generate-cli-skeleton)
                    COMPREPLY=($(compgen -W "input yaml-input output" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --accounts)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-source-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --account-external-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --max-concurrency)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__sandbox)
            opts="exec serve show -h --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__sandbox__subcmd__exec)
            opts="-h --port --world --state --clock --fault --throttle --latency --propagation --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --port)
                    COMPREPLY=()
                    return 0
                    ;;
                --world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --fault)
                    COMPREPLY=()
                    return 0
                    ;;
                --throttle)
                    COMPREPLY=($(compgen -W "documented" -- "${cur}"))
                    return 0
                    ;;
                --latency)
                    COMPREPLY=()
                    return 0
                    ;;
                --propagation)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__sandbox__subcmd__serve)
            opts="-h --port --world --state --clock --fault --throttle --latency --propagation --env-file --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --port)
                    COMPREPLY=()
                    return 0
                    ;;
                --world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --fault)
                    COMPREPLY=()
                    return 0
                    ;;
                --throttle)
                    COMPREPLY=($(compgen -W "documented" -- "${cur}"))
                    return 0
                    ;;
                --latency)
                    COMPREPLY=()
                    return 0
                    ;;
                --propagation)
                    COMPREPLY=()
                    return 0
                    ;;
                --env-file)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__sandbox__subcmd__show)
            opts="-h --world --state --clock --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__wait)
            opts="handshake-accepted handshake-declined handshake-canceled handshake-open handshake-closed -h --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__wait__subcmd__handshake__subcmd__accepted)
            opts="-h --handshake-id --target --interval --timeout --assume-role --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --target)
                    COMPREPLY=()
                    return 0
                    ;;
                --interval)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__wait__subcmd__handshake__subcmd__canceled)
            opts="-h --handshake-id --target --interval --timeout --assume-role --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --target)
                    COMPREPLY=()
                    return 0
                    ;;
                --interval)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__wait__subcmd__handshake__subcmd__closed)
            opts="-h --handshake-id --target --interval --timeout --assume-role --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --target)
                    COMPREPLY=()
                    return 0
                    ;;
                --interval)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__wait__subcmd__handshake__subcmd__declined)
            opts="-h --handshake-id --target --interval --timeout --assume-role --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --target)
                    COMPREPLY=()
                    return 0
                    ;;
                --interval)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        orgshake__subcmd__wait__subcmd__handshake__subcmd__open)
            opts="-h --handshake-id --target --interval --timeout --assume-role --version --debug --endpoint-url --no-verify-ssl --no-paginate --output --query --profile --region --color --no-sign-request --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --cli-error-format --sandbox --sandbox-world --sandbox-clock --sandbox-state --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --handshake-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --target)
                    COMPREPLY=()
                    return 0
                    ;;
                --interval)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --assume-role)
                    COMPREPLY=()
                    return 0
                    ;;
                --endpoint-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "json text table yaml yaml-stream off" -- "${cur}"))
                    return 0
                    ;;
                --query)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --region)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "on off auto" -- "${cur}"))
                    return 0
                    ;;
                --ca-bundle)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                --cli-read-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-connect-timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --cli-binary-format)
                    COMPREPLY=($(compgen -W "base64 raw-in-base64-out" -- "${cur}"))
                    return 0
                    ;;
                --cli-error-format)
                    COMPREPLY=($(compgen -W "enhanced legacy json yaml text table explained-json" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-world)
                    COMPREPLY=($(compgen -W "documented empty merger" -- "${cur}"))
                    return 0
                    ;;
                --sandbox-clock)
                    COMPREPLY=()
                    return 0
                    ;;
                --sandbox-state)
                    local oldifs
                    if [ -n "${IFS+x}" ]; then
                        oldifs="$IFS"
                    fi
                    IFS=$'\n'
                    COMPREPLY=()
                    if [ -n "${oldifs+x}" ]; then
                        IFS="$oldifs"
                    fi
                    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
                        compopt -o filenames -o bashdefault -o default
                    fi
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _orgshake -o nosort orgshake
else
    complete -F _orgshake -o bashdefault -o default orgshake
fi
