#!/bin/sh
# dkim.sh MAILTRUST: every DKIM case of the conformance material through `verify`.
# 77, "skipped", where the material or python3 is not there.
set -eu
shared=${MAILTRUST_SHARED:-$(dirname "$0")/../../../shared}
runner=$shared/conformance/tools/run_mail.py
cases=$shared/conformance/dkim
[ -f "$runner" ] && [ -d "$cases" ] && command -v python3 >/dev/null || exit 77
failed=0
for folder in rfc-examples basics mail-dkim; do
  python3 "$runner" --mailtrust "$1" --part dkim --jobs 2 "$cases/$folder" || failed=1
done
exit $failed
