set edit:completion:arg-completer[orgshake] = {|@words|
    tmp E:ORGSHAKE_COMPLETE = elvish
    # A candidate a line; elvish quotes what it inserts.
    e:orgshake -- $@words
}
