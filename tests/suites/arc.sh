#!/bin/sh
# arc.sh MAILTRUST: every case of the published suite for ARC chains through `verify`.
# 77, "skipped", where the suite or python3 is not there.
set -eu
shared=${MAILTRUST_SHARED:-$(dirname "$0")/../../../shared}
runner=$shared/conformance/tools/run_mail.py
cases=$shared/conformance/arc
[ -f "$runner" ] && [ -d "$cases" ] && command -v python3 >/dev/null || exit 77
exec python3 "$runner" --mailtrust "$1" --jobs 2 "$cases"
