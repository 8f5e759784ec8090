# Asks the bash completion what it offers: bash bash_words.sh SCRIPT WORD...
# The last word is the one under the cursor.
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_mailtrust
printf '%s\n' "${COMPREPLY[@]}"
