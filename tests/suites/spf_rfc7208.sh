#!/bin/sh
# spf_rfc7208.sh MAILTRUST: every case of the RFC 7208 suite through `spf test`, exit statuses too.
# 77, "skipped", where the suite or python3 is not there.
set -eu
shared=${MAILTRUST_SHARED:-$(dirname "$0")/../../../shared}
runner=$shared/conformance/tools/run_spf.py
cases=$shared/conformance/spf-rfc7208
[ -f "$runner" ] && [ -d "$cases" ] && command -v python3 >/dev/null || exit 77
exec python3 "$runner" --mailtrust "$1" --strict-exit --jobs 2 "$cases"
