# Words are passed without quotes; fish quotes what it inserts.
function __orgshake_complete
    set -l before (commandline --current-process --cut-at-cursor --tokenize)
    set -l typed (commandline --current-token --cut-at-cursor)
    set typed (string unescape -- "$typed")
    ORGSHAKE_COMPLETE=fish command orgshake -- $before "$typed" 2>/dev/null
end
complete --keep-order --exclusive --command orgshake --arguments "(__orgshake_complete)"
