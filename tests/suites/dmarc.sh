#!/bin/sh
# dmarc.sh MAILTRUST: the given DMARC cases through `verify`.
# 77, "skipped", where they or python3 are not there.
set -eu
shared=${MAILTRUST_SHARED:-$(dirname "$0")/../../../shared}
runner=$shared/conformance/tools/run_mail.py
cases=$shared/conformance/dmarc/basics
[ -f "$runner" ] && [ -d "$cases" ] && command -v python3 >/dev/null || exit 77
exec python3 "$runner" --mailtrust "$1" --jobs 2 "$cases"
