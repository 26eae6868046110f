#compdef orgshake
_orgshake() {
    local -a typed directories others
    local one
    # Words are passed without quotes, the one at the cursor as if its quote were closed; zsh quotes what it inserts.
    typed=("${(@Q)words}")
    typed[CURRENT]=${(Q)${:-$QIPREFIX$IPREFIX$PREFIX${compstate[quote][-1]}}}
    # One candidate per line, in the format of _describe.
    for one in "${(@f)$(ORGSHAKE_COMPLETE=zsh command orgshake $((CURRENT - 1)) -- "${(@)typed}" 2>/dev/null)}"; do
        if [[ $one == */ && $one != *[^\\]:* ]]; then
            directories+=("${one%/}")
        elif [[ -n $one ]]; then
            others+=("$one")
        fi
    done
    (($#directories)) && _describe -V value directories -S / -r /
    (($#others)) && _describe -V value others
}

if [[ ${funcstack[1]-} == _orgshake ]]; then
    _orgshake "$@"
else
    compdef _orgshake orgshake
fi
