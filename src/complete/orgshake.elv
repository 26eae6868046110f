set edit:completion:arg-completer[orgshake] = {|@words|
    tmp E:ORGSHAKE_COMPLETE = elvish
    # One candidate per line; elvish quotes what it inserts.
    e:orgshake -- $@words
}
