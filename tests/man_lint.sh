#!/bin/sh
# Fails when mandoc has anything to say about a man page: man_lint.sh MAN_DIR
said=$(mandoc -T lint "$1"/*.[15] 2>&1)
test -z "$said" && exit 0
printf '%s\n' "$said"
exit 1
