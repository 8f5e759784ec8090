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
            case --resolver --zone --record-zone --timeout --jobs --input --at --store --color --progress --ip --sender --helo --receiver
                set skip 1
            case '-*'
            case '*'
                set -l next (string trim -- "$path $word")
                contains -- $next 'explain' 'spf' 'spf test' 'completions'; and set path $next
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
complete -c mailtrust -l zone -r -F -d 'answer every DNS question from this master file, offline'
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
complete -c mailtrust -n '__mailtrust_at ' -a 'explain' -d 'Tell the long story of a finding'
complete -c mailtrust -n '__mailtrust_at ' -a 'spf' -d 'The Sender Policy Framework (RFC 7208): who may send in a domain\'s name'
complete -c mailtrust -n '__mailtrust_at ' -a 'completions' -d 'Print the completion script for a shell'
complete -c mailtrust -n '__mailtrust_at explain' -a 'mx.address-as-name mx.alias mx.dns-trouble mx.missing mx.no-address mx.no-such-domain mx.null mx.null-beside-others mx.unreachable-address spf.missing spf.not-a-domain spf.permerror spf.temperror spf.too-many-lookups'
complete -c mailtrust -n '__mailtrust_at spf' -a 'test' -d 'Would a receiver let this client send for the domain?'
complete -c mailtrust -n '__mailtrust_at spf test' -l ip -x -d 'the client\'s address'
complete -c mailtrust -n '__mailtrust_at spf test' -l sender -x -d 'MAIL FROM; empty or <> for bounces, which checks the HELO name'
complete -c mailtrust -n '__mailtrust_at spf test' -l helo -x -d 'the name the client greets with (default: DOMAIN)'
complete -c mailtrust -n '__mailtrust_at spf test' -l receiver -x -d 'the receiving host, for %{r} in explanations'
complete -c mailtrust -n '__mailtrust_at spf test' -l trace -d 'show every term, its questions, their answers and their cost'
complete -c mailtrust -n '__mailtrust_at completions' -a 'bash zsh fish'
