#!/bin/sh
# mail.sh MAILTRUST FOLDER...: every case of these folders of the conformance material through `verify`.
# 77, "skipped", where the material or python3 is not there.
set -eu
shared=${MAILTRUST_SHARED:-$(dirname "$0")/../../../shared}
runner=$shared/conformance/tools/run_mail.py
[ -f "$runner" ] && command -v python3 >/dev/null || exit 77
mailtrust=$1
shift
failed=0
for folder in "$@"; do
  python3 "$runner" --mailtrust "$mailtrust" --jobs 2 "$shared/conformance/$folder" || failed=1
done
exit $failed
