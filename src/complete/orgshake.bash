_orgshake() {
    local line=${COMP_LINE-} point=${COMP_POINT-0} quote kept added last
    COMPREPLY=()
    {
        # The quote that is open at the cursor, what stays as it was typed, and what can be added to it, a line each.
        IFS= read -r quote && IFS= read -r kept || return
        while IFS= read -r added; do
            # Within quotes, the program has quoted it.
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
