# Completion of mailtrust for fish, made by "mailtrust completions fish".

function __mailtrust_path
    set -l path ''
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case --resolver --zone --record-zone --timeout --jobs --input --at --store --color --progress --record --diff --domain --lookups --ip --sender --helo --receiver -s --selector --message --key --comment --expires --list --allow --deny --format --output --name --name-server --code --server --tsig --ttl --days --against --limit
                set skip 1
            case '-*'
            case '*'
                set -l next (string trim -- "$path $word")
                contains -- $next 'check' 'spf' 'spf check' 'spf flatten' 'spf test' 'dkim' 'dkim check' 'list' 'list add' 'list aggregate' 'list create' 'list decide' 'list diff' 'list drop' 'list edit' 'list export' 'list history' 'list intersect' 'list match' 'list pause' 'list publish' 'list remove' 'list resume' 'list show' 'list stale' 'list subtract' 'list undo' 'list validate' 'import' 'explain' 'completions'; and set path $next
        end
    end
    echo $path
end

function __mailtrust_at
    set -l path (__mailtrust_path)
    test "$path" = "$argv"
end

complete -c mailtrust -f
complete -c mailtrust -l json -d 'one JSON object per input, a line each, and nothing else on stdout'
complete -c mailtrust -l resolver -x -d 'ask this resolver instead of the system\'s'
complete -c mailtrust -n 'not __mailtrust_at list publish' -l zone -r -F -d 'answer every DNS question from this master file, offline'
complete -c mailtrust -l record-zone -r -F -d 'write every DNS answer seen to FILE, for --zone'
complete -c mailtrust -l timeout -x -d 'bound for each network operation: 500ms, 2s; default 5s'
complete -c mailtrust -l jobs -x -d 'inputs in flight at once; default fits the machine'
complete -c mailtrust -l input -r -F -d 'read the inputs from FILE, one per line, - for stdin'
complete -c mailtrust -l at -x -d 'pretend it is TIME (Unix seconds or RFC 3339)'
complete -c mailtrust -l store -r -F -d 'the list and watch store'
complete -c mailtrust -l color -x -a 'auto always never' -d 'colours: auto, always or never; NO_COLOR is honoured'
complete -c mailtrust -l progress -x -a 'auto always never' -d 'bar on stderr for long work: auto, always or never'
complete -c mailtrust -s q -l quiet -d 'no text on stdout: the exit status tells'
complete -c mailtrust -s v -l verbose -d 'show the lookups behind each answer'
complete -c mailtrust -s h -l help -d 'show this help'
complete -c mailtrust -s V -l version -d 'show the version'
complete -c mailtrust -n '__mailtrust_at ' -a 'check' -d 'Say whether a domain\'s mail will be trusted'
complete -c mailtrust -n '__mailtrust_at ' -a 'spf' -d 'The Sender Policy Framework (RFC 7208): who may send in a domain\'s name'
complete -c mailtrust -n '__mailtrust_at ' -a 'dkim' -d 'DomainKeys Identified Mail (RFC 6376): the keys that a domain signs with'
complete -c mailtrust -n '__mailtrust_at ' -a 'list' -d 'Allow and deny lists: files and kept ones, checked, changed, matched, exported'
complete -c mailtrust -n '__mailtrust_at ' -a 'import' -d 'Import files of ENTRY;COMMENT lines into a list'
complete -c mailtrust -n '__mailtrust_at ' -a 'explain' -d 'Tell the long story of a finding'
complete -c mailtrust -n '__mailtrust_at ' -a 'completions' -d 'Print the completion script for a shell'
complete -c mailtrust -n '__mailtrust_at spf' -a 'check' -d 'The record as a tree, its lookups, and what is wrong with it'
complete -c mailtrust -n '__mailtrust_at spf' -a 'flatten' -d 'The same authorization with fewer lookups, ready to publish'
complete -c mailtrust -n '__mailtrust_at spf' -a 'test' -d 'Say whether a client may send mail for a domain'
complete -c mailtrust -n '__mailtrust_at spf check' -l record -x -d 'judge this record, not yet published, in the place of DOMAIN\'s'
complete -c mailtrust -n '__mailtrust_at spf check' -l diff -r -F -d 'compare OLD with NEW: records, zone files or domains'
complete -c mailtrust -n '__mailtrust_at spf check' -l domain -x -d 'with --diff: whose records these are'
complete -c mailtrust -n '__mailtrust_at spf flatten' -l lookups -x -d 'replace no more than it takes to come down to N (at most 10)'
complete -c mailtrust -n '__mailtrust_at spf test' -l ip -x -d 'the client\'s address'
complete -c mailtrust -n '__mailtrust_at spf test' -l sender -x -d 'MAIL FROM; empty or <> for a bounce, which checks the HELO name'
complete -c mailtrust -n '__mailtrust_at spf test' -l helo -x -d 'the name the client greets with'
complete -c mailtrust -n '__mailtrust_at spf test' -l receiver -x -d 'the receiving host, for %{r} in explanations'
complete -c mailtrust -n '__mailtrust_at spf test' -l trace -d 'show every term, its questions, their answers and their cost'
complete -c mailtrust -n '__mailtrust_at dkim' -a 'check' -d 'Are the domain\'s DKIM keys there and sound?'
complete -c mailtrust -n '__mailtrust_at dkim check' -s s -l selector -x -d 'look at this selector'
complete -c mailtrust -n '__mailtrust_at dkim check' -l message -r -F -d 'look at the selectors that signed this message'
complete -c mailtrust -n '__mailtrust_at dkim check' -l key -r -F -d 'is this private key (PEM or DER) a published one?'
complete -c mailtrust -n '__mailtrust_at list' -a 'add' -d 'Add entries to a list'
complete -c mailtrust -n '__mailtrust_at list' -a 'aggregate' -d 'The smallest equal set of prefixes'
complete -c mailtrust -n '__mailtrust_at list' -a 'create' -d 'Make an empty list'
complete -c mailtrust -n '__mailtrust_at list' -a 'decide' -d 'Allow, deny or no opinion: which entry decides, and over what'
complete -c mailtrust -n '__mailtrust_at list' -a 'diff' -d 'Which addresses two lists do not share'
complete -c mailtrust -n '__mailtrust_at list' -a 'drop' -d 'Drop a list with all its entries'
complete -c mailtrust -n '__mailtrust_at list' -a 'edit' -d 'Change the comment or the expiry of entries'
complete -c mailtrust -n '__mailtrust_at list' -a 'export' -d 'Write a list for the programs that enforce it'
complete -c mailtrust -n '__mailtrust_at list' -a 'history' -d 'Who changed what in a list, and when'
complete -c mailtrust -n '__mailtrust_at list' -a 'intersect' -d 'The addresses that all lists hold'
complete -c mailtrust -n '__mailtrust_at list' -a 'match' -d 'grep for addresses: the lines that hold one of a list'
complete -c mailtrust -n '__mailtrust_at list' -a 'pause' -d 'Let entries count for nothing until they are resumed'
complete -c mailtrust -n '__mailtrust_at list' -a 'publish' -d 'Keep a DNS allow or block zone in step'
complete -c mailtrust -n '__mailtrust_at list' -a 'remove' -d 'Take entries out of a list'
complete -c mailtrust -n '__mailtrust_at list' -a 'resume' -d 'Let paused entries count again'
complete -c mailtrust -n '__mailtrust_at list' -a 'show' -d 'The lists that are kept, or what some of them hold'
complete -c mailtrust -n '__mailtrust_at list' -a 'stale' -d 'Entries that have not matched for long'
complete -c mailtrust -n '__mailtrust_at list' -a 'subtract' -d 'The addresses of the first list that no other holds'
complete -c mailtrust -n '__mailtrust_at list' -a 'undo' -d 'Take back the last change of a list'
complete -c mailtrust -n '__mailtrust_at list' -a 'validate' -d 'Errors, duplicates, overlaps and risky entries of list files'
complete -c mailtrust -n '__mailtrust_at list add' -l comment -x -d 'why the entries are there'
complete -c mailtrust -n '__mailtrust_at list add' -l expires -x -d 'when the entries stop counting: 30d, 12h, a date or a time'
complete -c mailtrust -n '__mailtrust_at list add' -l current -d 'add the address this machine is seen from, or you are connected from'
complete -c mailtrust -n '__mailtrust_at list add' -l allow -d 'a list that is made lets through what it holds'
complete -c mailtrust -n '__mailtrust_at list add' -l deny -d 'a list that is made keeps out what it holds (the default)'
complete -c mailtrust -n '__mailtrust_at list add' -l exclusive -d 'a list that is made admits only those it holds, once it holds any'
complete -c mailtrust -n '__mailtrust_at list add' -l force -d 'even if it locks you out or denies a large provider'
complete -c mailtrust -n '__mailtrust_at list aggregate' -l comments -d 'keep the comments, joined by " | " where entries merge'
complete -c mailtrust -n '__mailtrust_at list aggregate' -l ranges -d 'print FIRST-LAST where a range is no prefix, instead of its prefixes'
complete -c mailtrust -n '__mailtrust_at list aggregate' -F
complete -c mailtrust -n '__mailtrust_at list create' -l allow -d 'a list that is made lets through what it holds'
complete -c mailtrust -n '__mailtrust_at list create' -l deny -d 'a list that is made keeps out what it holds (the default)'
complete -c mailtrust -n '__mailtrust_at list create' -l exclusive -d 'it admits only those it holds, once it holds any (with --allow)'
complete -c mailtrust -n '__mailtrust_at list decide' -l sender -x -d 'the envelope sender, user@example.org'
complete -c mailtrust -n '__mailtrust_at list decide' -l list -x -d 'ask this list of the store, instead of all of them'
complete -c mailtrust -n '__mailtrust_at list decide' -l allow -r -F -d 'ask this allow list file too'
complete -c mailtrust -n '__mailtrust_at list decide' -l deny -r -F -d 'ask this deny list file too'
complete -c mailtrust -n '__mailtrust_at list diff' -l ranges -d 'print FIRST-LAST where a range is no prefix, instead of its prefixes'
complete -c mailtrust -n '__mailtrust_at list diff' -F
complete -c mailtrust -n '__mailtrust_at list diff' -F
complete -c mailtrust -n '__mailtrust_at list drop' -l force -d 'even if it is not empty'
complete -c mailtrust -n '__mailtrust_at list edit' -l force -d 'even if it locks out the address you are connected from'
complete -c mailtrust -n '__mailtrust_at list edit' -l comment -x -d 'the new comment; an empty one takes it away'
complete -c mailtrust -n '__mailtrust_at list edit' -l expires -x -d 'when they stop counting: 30d, 12h, a date, a time, never'
complete -c mailtrust -n '__mailtrust_at list export' -l format -x -a 'postfix postfix-hash postscreen rspamd rspamd-from spamassassin exim exim-senders nftables ipset dnsxl rbldnsd haproxy nginx csv json text' -d 'what reads it; see below'
complete -c mailtrust -n '__mailtrust_at list export' -l output -r -F -d 'replace FILE at once, or leave it when nothing changed'
complete -c mailtrust -n '__mailtrust_at list export' -l lossy -d 'write the rest where the format cannot say an entry'
complete -c mailtrust -n '__mailtrust_at list export' -l allow -d 'the entries of FILE are allowed'
complete -c mailtrust -n '__mailtrust_at list export' -l deny -d 'the entries of FILE are denied'
complete -c mailtrust -n '__mailtrust_at list export' -l all -d 'csv and json: paused and expired entries too'
complete -c mailtrust -n '__mailtrust_at list export' -l tell -d 'Postfix: give the comments to the senders that are rejected'
complete -c mailtrust -n '__mailtrust_at list export' -l name -x -d 'what sets and rules are called (default: as the list)'
complete -c mailtrust -n '__mailtrust_at list export' -l name-server -x -d 'dnsxl, rbldnsd: the server in SOA and NS (localhost)'
complete -c mailtrust -n '__mailtrust_at list export' -l code -x -d 'dnsxl, rbldnsd: what listed addresses answer (127.0.0.2)'
complete -c mailtrust -n '__mailtrust_at list export' -F
complete -c mailtrust -n '__mailtrust_at list intersect' -l ranges -d 'print FIRST-LAST where a range is no prefix, instead of its prefixes'
complete -c mailtrust -n '__mailtrust_at list intersect' -F
complete -c mailtrust -n '__mailtrust_at list match' -l list -r -F -d 'a list whose addresses are looked for'
complete -c mailtrust -n '__mailtrust_at list match' -l invert -d 'print the lines that hold none'
complete -c mailtrust -n '__mailtrust_at list match' -s c -l count -d 'print how many lines there are instead'
complete -c mailtrust -n '__mailtrust_at list match' -s o -l only-matching -d 'print the addresses alone, one a line'
complete -c mailtrust -n '__mailtrust_at list match' -s H -l with-filename -d 'print the name of the file before each line'
complete -c mailtrust -n '__mailtrust_at list match' -l record -d 'keep in the store when entries matched, for list stale'
complete -c mailtrust -n '__mailtrust_at list match' -F
complete -c mailtrust -n '__mailtrust_at list pause' -l force -d 'even if it locks out the address you are connected from'
complete -c mailtrust -n '__mailtrust_at list publish' -l zone -x -d 'the zone\'s name, such as bl.example.org'
complete -c mailtrust -n '__mailtrust_at list publish' -l server -x -d 'its primary server'
complete -c mailtrust -n '__mailtrust_at list publish' -l tsig -r -F -d 'the key that the server knows us by'
complete -c mailtrust -n '__mailtrust_at list publish' -l ttl -x -d 'how long resolvers may keep an answer; default 300'
complete -c mailtrust -n '__mailtrust_at list publish' -l code -x -d 'what listed addresses answer with; default 127.0.0.2'
complete -c mailtrust -n '__mailtrust_at list publish' -l lossy -d 'leave out mailboxes and domains, which a zone of addresses cannot say'
complete -c mailtrust -n '__mailtrust_at list publish' -l dry-run -d 'show what would change, and send nothing'
complete -c mailtrust -n '__mailtrust_at list publish' -F
complete -c mailtrust -n '__mailtrust_at list remove' -l force -d 'even if it locks out the address you are connected from'
complete -c mailtrust -n '__mailtrust_at list resume' -l force -d 'even if it locks out the address you are connected from'
complete -c mailtrust -n '__mailtrust_at list stale' -l days -x -d 'how long (default 90)'
complete -c mailtrust -n '__mailtrust_at list subtract' -l ranges -d 'print FIRST-LAST where a range is no prefix, instead of its prefixes'
complete -c mailtrust -n '__mailtrust_at list subtract' -F
complete -c mailtrust -n '__mailtrust_at list undo' -l redo -d 'do again what was undone last'
complete -c mailtrust -n '__mailtrust_at list validate' -l allow -d 'judge the entries as those of an allow list'
complete -c mailtrust -n '__mailtrust_at list validate' -l deny -d 'judge the entries as those of a deny list'
complete -c mailtrust -n '__mailtrust_at list validate' -l against -r -F -d 'compare with this list, which says the opposite: a file, or a list of the store'
complete -c mailtrust -n '__mailtrust_at list validate' -l limit -x -d 'warn of more than N entries (500 in personal lists; 0: never)'
complete -c mailtrust -n '__mailtrust_at list validate' -l force -d 'entries that cover a large mail provider are a warning'
complete -c mailtrust -n '__mailtrust_at list validate' -F
complete -c mailtrust -n '__mailtrust_at import' -l list -x -d 'the list to import into; made if need be'
complete -c mailtrust -n '__mailtrust_at import' -l allow -d 'a list that is made lets through what it holds'
complete -c mailtrust -n '__mailtrust_at import' -l deny -d 'a list that is made keeps out what it holds (the default)'
complete -c mailtrust -n '__mailtrust_at import' -l exclusive -d 'a list that is made admits only those it holds, once it holds any'
complete -c mailtrust -n '__mailtrust_at import' -l expires -x -d 'when the entries stop counting: 30d, 12h, a date or a time'
complete -c mailtrust -n '__mailtrust_at import' -l skip-invalid -d 'leave bad lines out, and write them to FILE.rejects with the reasons'
complete -c mailtrust -n '__mailtrust_at import' -l replace -d 'make the list equal to the files: what they do not hold is removed'
complete -c mailtrust -n '__mailtrust_at import' -l dry-run -d 'say what would happen, and change nothing'
complete -c mailtrust -n '__mailtrust_at import' -l vet -d 'look at each new entry first: special addresses, large providers (by DNS), contradictions with other lists'
complete -c mailtrust -n '__mailtrust_at import' -l force -d 'even where it does harm: deny a large provider, lock yourself out'
complete -c mailtrust -n '__mailtrust_at import' -F
complete -c mailtrust -n '__mailtrust_at explain' -a 'dkim.bad-exponent dkim.bad-modulus dkim.dangling-cname dkim.dns-trouble dkim.granularity dkim.key-mismatch dkim.key-missing dkim.key-revoked dkim.key-too-large dkim.key-unsure dkim.multiple-records dkim.no-selector-known dkim.pkcs1 dkim.private-key-readable dkim.service-not-email dkim.sha1-only dkim.short-key dkim.spki-ed25519 dkim.syntax dkim.testing dkim.type-mismatch dkim.unknown-tag dkim.unknown-type dkim.version dkim.weak-key dkim.wildcard dmarc.dns-trouble dmarc.historic-tag dmarc.missing dmarc.multiple-records dmarc.no-rua dmarc.pct dmarc.policy-none dmarc.psd dmarc.sp-weaker dmarc.syntax dmarc.testing dmarc.unknown-tag list.bad-line list.bypass list.contradiction list.covered list.duplicate list.exclusive-begins list.exclusive-empty list.host-bits list.mapped list.provider list.provider-unknown list.special-purpose list.too-many list.whole-domain list.wide mx.address-as-name mx.alias mx.dns-trouble mx.missing mx.no-address mx.no-such-domain mx.null mx.null-beside-others mx.unreachable-address spf.after-all spf.authorizes-nobody spf.bad-name spf.broad-prefix spf.covered-prefix spf.dns-trouble spf.duplicate-term spf.exp-problem spf.host-bits spf.include-broken spf.include-loop spf.include-missing spf.long-record spf.lookups-disputed spf.macro-include spf.missing spf.multiple-records spf.near-lookup-limit spf.neutral-all spf.no-all spf.not-a-domain spf.not-quite-spf spf.permerror spf.plus-all spf.private-address spf.ptr spf.record-too-long spf.redirect-ignored spf.split-strings spf.syntax spf.temperror spf.too-many-lookups spf.too-many-mx spf.too-many-voids spf.unknown-modifier spf.void-lookup spf.voids-by-family'
complete -c mailtrust -n '__mailtrust_at completions' -a 'bash zsh fish'
