# Completion of mailtrust for bash, made by "mailtrust completions bash".

_mailtrust_words() {
  local IFS=$' \t\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_mailtrust_files() {
  local IFS=$'\n'
  COMPREPLY=($(compgen "-${1:-f}" -- "$cur"))
  compopt -o filenames 2>/dev/null
}

_mailtrust_lists() {
  _mailtrust_words "$("${COMP_WORDS[0]}" list-names 2>/dev/null)"
}

_mailtrust_lists_and_files() {
  local names
  _mailtrust_lists
  names=("${COMPREPLY[@]}")
  _mailtrust_files
  COMPREPLY+=("${names[@]}")
}

_mailtrust() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} path= next= i
  COMPREPLY=()
  # bash takes --option=value apart at the sign.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --resolver | --zone | --record-zone | --timeout | --jobs | --input | --at | --store | --config | --color | --progress | --ip | --helo | --mail-from | --trusted | --authserv-id | --max-size | --mbox-format | --trusted-list | --dnsbl-file | --zones | --rdap-base | --rdap-bootstrap | --whois-server | --output | --sendmail | --redact-also | --redact-key | --from | --to | --receiver | --by | --since | --until | --alert | --suppression | --promote-after | --record | --diff | --domain | --lookups | --sender | -s | --selector | --message | --key | --type | --bits | -d | -c | --canonicalization | --headers | -i | --identity | --expires | --comment | --list | --allow | --deny | --format | --name | --name-server | --code | --server | --tsig | --ttl | --days | --against | --limit)
        [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
        ((i++))
        ;;
      -*) ;;
      *)
        next=${path:+$path }${COMP_WORDS[i]}
        case $next in 'check' | 'verify' | 'received' | 'ip' | 'abuse' | 'abuse report' | 'abuse read' | 'bounce' | 'bounce explain' | 'bounce report' | 'spf' | 'spf check' | 'spf flatten' | 'spf test' | 'dkim' | 'dkim check' | 'dkim keygen' | 'dkim sign' | 'dmarc' | 'dmarc check' | 'dmarc report' | 'tls' | 'tls report' | 'list' | 'list add' | 'list aggregate' | 'list create' | 'list decide' | 'list diff' | 'list drop' | 'list edit' | 'list export' | 'list history' | 'list intersect' | 'list match' | 'list pause' | 'list publish' | 'list remove' | 'list resume' | 'list show' | 'list stale' | 'list subtract' | 'list undo' | 'list validate' | 'import' | 'explain' | 'completions') path=$next ;; esac
        ;;
    esac
  done
  case "$path $prev" in
    'verify --ip') return ;;
    'verify --helo') return ;;
    'verify --mail-from') return ;;
    'verify --trusted') return ;;
    'verify --authserv-id') return ;;
    'verify --max-size') return ;;
    'verify --mbox-format')
      _mailtrust_words 'auto mboxo mboxrd mboxcl mboxcl2'
      return
      ;;
    'received --trusted') return ;;
    'received --trusted-list')
      _mailtrust_lists_and_files
      return
      ;;
    'received --max-size') return ;;
    'received --mbox-format')
      _mailtrust_words 'auto mboxo mboxrd mboxcl mboxcl2'
      return
      ;;
    'ip --dnsbl-file')
      _mailtrust_files
      return
      ;;
    'ip --zones') return ;;
    'ip --rdap-base') return ;;
    'ip --rdap-bootstrap') return ;;
    'ip --whois-server') return ;;
    'abuse --rdap-base') return ;;
    'abuse --rdap-bootstrap') return ;;
    'abuse --whois-server') return ;;
    'abuse report --output')
      _mailtrust_files d
      return
      ;;
    'abuse report --sendmail')
      _mailtrust_files
      return
      ;;
    'abuse report --redact-also') return ;;
    'abuse report --redact-key')
      _mailtrust_files
      return
      ;;
    'abuse report --from') return ;;
    'abuse report --to') return ;;
    'abuse report --rdap-base') return ;;
    'abuse report --rdap-bootstrap') return ;;
    'abuse report --whois-server') return ;;
    'abuse report --trusted') return ;;
    'abuse report --trusted-list')
      _mailtrust_lists_and_files
      return
      ;;
    'abuse report --max-size') return ;;
    'abuse report --mbox-format')
      _mailtrust_words 'auto mboxo mboxrd mboxcl mboxcl2'
      return
      ;;
    'abuse report --input')
      _mailtrust_files
      return
      ;;
    'abuse read --max-size') return ;;
    'abuse read --mbox-format')
      _mailtrust_words 'auto mboxo mboxrd mboxcl mboxcl2'
      return
      ;;
    'bounce --max-size') return ;;
    'bounce --mbox-format')
      _mailtrust_words 'auto mboxo mboxrd mboxcl mboxcl2'
      return
      ;;
    'bounce explain --receiver') return ;;
    'bounce report --by')
      _mailtrust_words 'week domain reason sender'
      return
      ;;
    'bounce report --since') return ;;
    'bounce report --until') return ;;
    'bounce report --alert') return ;;
    'bounce report --suppression')
      _mailtrust_files
      return
      ;;
    'bounce report --promote-after') return ;;
    'bounce report --max-size') return ;;
    'bounce report --mbox-format')
      _mailtrust_words 'auto mboxo mboxrd mboxcl mboxcl2'
      return
      ;;
    'spf check --record') return ;;
    'spf check --diff')
      _mailtrust_files
      return
      ;;
    'spf check --domain') return ;;
    'spf flatten --lookups') return ;;
    'spf test --ip') return ;;
    'spf test --sender') return ;;
    'spf test --helo') return ;;
    'spf test --receiver') return ;;
    'dkim check -s') return ;;
    'dkim check --selector') return ;;
    'dkim check --message')
      _mailtrust_files
      return
      ;;
    'dkim check --key')
      _mailtrust_files
      return
      ;;
    'dkim keygen -s') return ;;
    'dkim keygen --selector') return ;;
    'dkim keygen --type')
      _mailtrust_words 'rsa ed25519 both'
      return
      ;;
    'dkim keygen --bits') return ;;
    'dkim keygen --output')
      _mailtrust_files
      return
      ;;
    'dkim sign -d') return ;;
    'dkim sign --domain') return ;;
    'dkim sign -s') return ;;
    'dkim sign --selector') return ;;
    'dkim sign --key')
      _mailtrust_files
      return
      ;;
    'dkim sign -c')
      _mailtrust_words 'relaxed/relaxed relaxed/simple simple/relaxed simple/simple relaxed simple'
      return
      ;;
    'dkim sign --canonicalization')
      _mailtrust_words 'relaxed/relaxed relaxed/simple simple/relaxed simple/simple relaxed simple'
      return
      ;;
    'dkim sign --headers') return ;;
    'dkim sign -i') return ;;
    'dkim sign --identity') return ;;
    'dkim sign --expires') return ;;
    'dmarc check --record') return ;;
    'dmarc report --by')
      _mailtrust_words 'source domain reporter day'
      return
      ;;
    'dmarc report --since') return ;;
    'dmarc report --until') return ;;
    'dmarc report --domain') return ;;
    'dmarc report --max-size') return ;;
    'tls report --by')
      _mailtrust_words 'policy reporter day'
      return
      ;;
    'tls report --since') return ;;
    'tls report --until') return ;;
    'tls report --domain') return ;;
    'tls report --max-size') return ;;
    'list add --comment') return ;;
    'list add --expires') return ;;
    'list decide --sender') return ;;
    'list decide --list')
      _mailtrust_lists
      return
      ;;
    'list decide --allow')
      _mailtrust_files
      return
      ;;
    'list decide --deny')
      _mailtrust_files
      return
      ;;
    'list edit --comment') return ;;
    'list edit --expires') return ;;
    'list export --format')
      _mailtrust_words 'postfix postfix-hash postscreen rspamd rspamd-from spamassassin exim exim-senders nftables ipset dnsxl rbldnsd haproxy nginx csv json text'
      return
      ;;
    'list export --output')
      _mailtrust_files
      return
      ;;
    'list export --name') return ;;
    'list export --name-server') return ;;
    'list export --code') return ;;
    'list match --list')
      _mailtrust_lists_and_files
      return
      ;;
    'list publish --zone') return ;;
    'list publish --server') return ;;
    'list publish --tsig')
      _mailtrust_lists_and_files
      return
      ;;
    'list publish --ttl') return ;;
    'list publish --code') return ;;
    'list stale --days') return ;;
    'list validate --against')
      _mailtrust_lists_and_files
      return
      ;;
    'list validate --limit') return ;;
    'import --list')
      _mailtrust_lists
      return
      ;;
    'import --expires') return ;;
    *' --resolver') return ;;
    *' --zone')
      _mailtrust_files
      return
      ;;
    *' --record-zone')
      _mailtrust_files
      return
      ;;
    *' --timeout') return ;;
    *' --jobs') return ;;
    *' --input')
      _mailtrust_files
      return
      ;;
    *' --at') return ;;
    *' --store')
      _mailtrust_files
      return
      ;;
    *' --config')
      _mailtrust_files
      return
      ;;
    *' --color')
      _mailtrust_words 'auto always never'
      return
      ;;
    *' --progress')
      _mailtrust_words 'auto always never'
      return
      ;;
  esac
  if [[ $cur == -* ]]; then
    local options='--json --resolver --zone --record-zone --timeout --jobs --input --at --store --config --color --progress -q --quiet -v --verbose -h --help -V --version'
    case $path in
      'verify') options+=' --ip --helo --mail-from --trusted --authserv-id --received-spf --receivers --bulk --max-size --mbox-format' ;;
      'received') options+=' --trusted --trusted-list --max-size --mbox-format' ;;
      'ip') options+=' --dnsbl-file --zones --no-registry --rdap-base --rdap-bootstrap --whois-server --no-cache' ;;
      'abuse') options+=' --rdap-base --rdap-bootstrap --whois-server --no-cache --group' ;;
      'abuse report') options+=' --output --send --sendmail --xarf --single --redact --redact-also --redact-key --from --to --rdap-base --rdap-bootstrap --whois-server --no-cache --trusted --trusted-list --max-size --mbox-format --input' ;;
      'abuse read') options+=' --max-size --mbox-format' ;;
      'bounce') options+=' --max-size --mbox-format' ;;
      'bounce explain') options+=' --receiver' ;;
      'bounce report') options+=' --by --since --until --csv --alert --suppression --promote-after --remember --max-size --mbox-format' ;;
      'spf check') options+=' --record --diff --domain' ;;
      'spf flatten') options+=' --lookups' ;;
      'spf test') options+=' --ip --sender --helo --receiver --trace' ;;
      'dkim check') options+=' -s --selector --message --key' ;;
      'dkim keygen') options+=' -s --selector --type --bits --output' ;;
      'dkim sign') options+=' -d --domain -s --selector --key -c --canonicalization --headers -i --identity --expires --length' ;;
      'dmarc check') options+=' --record' ;;
      'dmarc report') options+=' --by --since --until --domain --max-size --resolve --csv' ;;
      'tls report') options+=' --by --since --until --domain --max-size' ;;
      'list add') options+=' --comment --expires --current --allow --deny --exclusive --force' ;;
      'list aggregate') options+=' --comments --ranges' ;;
      'list create') options+=' --allow --deny --exclusive' ;;
      'list decide') options+=' --sender --list --allow --deny' ;;
      'list diff') options+=' --ranges' ;;
      'list drop') options+=' --force' ;;
      'list edit') options+=' --force --comment --expires' ;;
      'list export') options+=' --format --output --lossy --allow --deny --all --tell --name --name-server --code' ;;
      'list intersect') options+=' --ranges' ;;
      'list match') options+=' --list --invert -c --count -o --only-matching -H --with-filename --record' ;;
      'list pause') options+=' --force' ;;
      'list publish') options+=' --zone --server --tsig --ttl --code --lossy --dry-run' ;;
      'list remove') options+=' --force' ;;
      'list resume') options+=' --force' ;;
      'list stale') options+=' --days' ;;
      'list subtract') options+=' --ranges' ;;
      'list undo') options+=' --redo --force' ;;
      'list validate') options+=' --allow --deny --against --limit --force' ;;
      'import') options+=' --list --allow --deny --exclusive --expires --skip-invalid --replace --dry-run --vet --force' ;;
    esac
    _mailtrust_words "$options"
    return
  fi
  case $path in
    '') _mailtrust_words 'check verify received ip abuse bounce spf dkim dmarc tls list import explain completions' ;;
    'verify') _mailtrust_files ;;
    'received') _mailtrust_files ;;
    'abuse') _mailtrust_words 'report read' ;;
    'abuse report') _mailtrust_files ;;
    'abuse read') _mailtrust_files ;;
    'bounce') _mailtrust_words 'explain report' ;;
    'bounce report') _mailtrust_files ;;
    'spf') _mailtrust_words 'check flatten test' ;;
    'dkim') _mailtrust_words 'check keygen sign' ;;
    'dkim sign') _mailtrust_files ;;
    'dmarc') _mailtrust_words 'check report' ;;
    'dmarc report') _mailtrust_files ;;
    'tls') _mailtrust_words 'report' ;;
    'tls report') _mailtrust_files ;;
    'list') _mailtrust_words 'add aggregate create decide diff drop edit export history intersect match pause publish remove resume show stale subtract undo validate' ;;
    'list add') _mailtrust_lists ;;
    'list aggregate') _mailtrust_lists_and_files ;;
    'list diff') _mailtrust_lists_and_files ;;
    'list drop') _mailtrust_lists ;;
    'list edit') _mailtrust_lists ;;
    'list export') _mailtrust_lists_and_files ;;
    'list history') _mailtrust_lists ;;
    'list intersect') _mailtrust_lists_and_files ;;
    'list match') _mailtrust_files ;;
    'list pause') _mailtrust_lists ;;
    'list publish') _mailtrust_files ;;
    'list remove') _mailtrust_lists ;;
    'list resume') _mailtrust_lists ;;
    'list show') _mailtrust_lists ;;
    'list stale') _mailtrust_lists ;;
    'list subtract') _mailtrust_lists_and_files ;;
    'list undo') _mailtrust_lists ;;
    'list validate') _mailtrust_files ;;
    'import') _mailtrust_files ;;
    'explain') _mailtrust_words 'abuse.internal-address abuse.no-contact abuse.not-asked abuse.old-bootstrap abuse.unanswered abuse.undeliverable bounce.too-many-recipients complaint.contradiction complaint.header-only complaint.malformed complaint.no-original complaint.redaction dkim.bad-exponent dkim.bad-modulus dkim.dangling-cname dkim.dns-trouble dkim.granularity dkim.key-mismatch dkim.key-missing dkim.key-revoked dkim.key-too-large dkim.key-unsure dkim.multiple-records dkim.no-selector-known dkim.pkcs1 dkim.private-key-readable dkim.service-not-email dkim.sha1-only dkim.short-key dkim.spki-ed25519 dkim.syntax dkim.testing dkim.type-mismatch dkim.unknown-tag dkim.unknown-type dkim.version dkim.weak-key dkim.wildcard dmarc.dns-trouble dmarc.historic-tag dmarc.missing dmarc.multiple-records dmarc.no-rua dmarc.pct dmarc.policy-none dmarc.psd dmarc.sp-weaker dmarc.syntax dmarc.testing dmarc.unauthorized-destination dmarc.unknown-tag dmarc.unreachable-destination ip.denied ip.dns-trouble ip.generic-name ip.list-lies ip.list-not-asked ip.list-refused ip.list-silent ip.listed ip.no-name ip.not-confirmed ip.own-lists ip.registry-trouble ip.special-purpose list.bad-line list.bypass list.contradiction list.covered list.duplicate list.exclusive-begins list.exclusive-empty list.host-bits list.mapped list.provider list.provider-unknown list.special-purpose list.too-many list.whole-domain list.wide mx.address-as-name mx.alias mx.dns-trouble mx.missing mx.no-address mx.no-such-domain mx.null mx.null-beside-others mx.unreachable-address received.chain-break received.helo-mismatch received.no-origin received.time-travel received.too-many-hops received.waited report.damaged report.duplicate report.other-kind report.overridden report.own-fails report.policy-differs report.reporter-trouble report.spf-alone report.tls-failed report.unaligned report.unresolved spf.after-all spf.authorizes-nobody spf.bad-name spf.broad-prefix spf.covered-prefix spf.dns-trouble spf.duplicate-term spf.exp-problem spf.host-bits spf.include-broken spf.include-loop spf.include-missing spf.long-record spf.lookups-disputed spf.macro-include spf.missing spf.multiple-records spf.near-lookup-limit spf.neutral-all spf.no-all spf.not-a-domain spf.not-quite-spf spf.permerror spf.plus-all spf.private-address spf.ptr spf.record-too-long spf.redirect-ignored spf.split-strings spf.syntax spf.temperror spf.too-many-lookups spf.too-many-mx spf.too-many-voids spf.unknown-modifier spf.void-lookup spf.voids-by-family verify.arc-failed verify.author verify.changed verify.claims verify.dmarc-fail verify.dns-trouble verify.key-refused verify.no-client verify.not-aligned verify.octets verify.open verify.too-many-signatures verify.unproven verify.unusable-signature' ;;
    'completions') _mailtrust_words 'bash zsh fish' ;;
  esac
}

complete -F _mailtrust mailtrust
