_orgshake() {
    local line=${COMP_LINE-} point=${COMP_POINT-0} quote kept added last
    COMPREPLY=()
    # In the program's order: commands before options. Older versions sort.
    compopt -o nosort 2>/dev/null
    {
        # One line each: the open quote at the cursor, the typed text to keep, and the text that each candidate adds.
        IFS= read -r quote && IFS= read -r kept || return
        while IFS= read -r added; do
            # Within quotes, the program has quoted the text.
            if [[ -z $quote && -n $added ]]; then
                printf -v added %q "$added"
            fi
            COMPREPLY+=("$kept$added")
        done
    } < <(ORGSHAKE_COMPLETE=bash command orgshake -- "${line:0:point}" "${2-}" "${line:point}" 2>/dev/null)
    last=${COMPREPLY[0]-}
    if [[ ${#COMPREPLY[@]} -eq 1 && ${last%[\"\']} == *[=/:] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _orgshake orgshake
