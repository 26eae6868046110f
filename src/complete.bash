_orgshake() {
    local line=$COMP_LINE words=() index=0 at word
    # Readline tears words at = and : too; what no blank stands before belongs to the word before it.
    for ((at = 0; at < ${#COMP_WORDS[@]}; at++)); do
        word=${COMP_WORDS[at]}
        if [[ $at -gt 0 && $line != [[:space:]]* ]]; then
            words[${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
        line=${line#"${line%%[![:space:]]*}"}
        line=${line#"$word"}
        if ((at == COMP_CWORD)); then
            index=$((${#words[@]} - 1))
        fi
    done
    local current=${words[index]} part=${COMP_WORDS[COMP_CWORD]} quoted=
    case $part in
        = | : | := | =: | ::) part= ;;
    esac
    local before=${current%"$part"}
    # The program gets the word as it is meant, and what it answers is quoted as the word is.
    case $current in
        \"* | \'*) quoted=${current:0:1} words[index]=${current#?} before=${before#?} ;;
    esac
    COMPREPLY=()
    while IFS= read -r word; do
        word=${word#"$before"}
        if [[ -z $quoted && $word == *[[:space:]\'\"\\\$\&\;\(\)\<\>\|\*\?\[]* ]]; then
            printf -v word %q "$word"
        fi
        COMPREPLY+=("$word")
    done < <(ORGSHAKE_COMPLETE=bash _CLAP_COMPLETE_INDEX=$index _CLAP_IFS=$'\n' \
        orgshake -- "${words[@]}" 2>/dev/null && echo)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/:] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _orgshake orgshake
