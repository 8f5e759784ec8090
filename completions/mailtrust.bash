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
      --resolver | --zone | --record-zone | --timeout | --jobs | --input | --at | --store | --color | --progress | --ip | --sender | --helo | --receiver)
        [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
        ((i++))
        ;;
      -*) ;;
      *)
        next=${path:+$path }${COMP_WORDS[i]}
        case $next in 'explain' | 'spf' | 'spf test' | 'completions') path=$next ;; esac
        ;;
    esac
  done
  case "$path $prev" in
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
    *' --color')
      _mailtrust_words 'auto always never'
      return
      ;;
    *' --progress')
      _mailtrust_words 'auto always never'
      return
      ;;
    'spf test --ip') return ;;
    'spf test --sender') return ;;
    'spf test --helo') return ;;
    'spf test --receiver') return ;;
  esac
  if [[ $cur == -* ]]; then
    local options='--json --resolver --zone --record-zone --timeout --jobs --input --at --store --color --progress -q --quiet -v --verbose -h --help -V --version'
    case $path in
      'spf test') options+=' --ip --sender --helo --receiver --trace' ;;
    esac
    _mailtrust_words "$options"
    return
  fi
  case $path in
    '') _mailtrust_words 'explain spf completions' ;;
    'explain') _mailtrust_words 'mx.address-as-name mx.alias mx.dns-trouble mx.missing mx.no-address mx.no-such-domain mx.null mx.null-beside-others mx.unreachable-address spf.missing spf.not-a-domain spf.permerror spf.temperror spf.too-many-lookups' ;;
    'spf') _mailtrust_words 'test' ;;
    'completions') _mailtrust_words 'bash zsh fish' ;;
  esac
}

complete -F _mailtrust mailtrust
