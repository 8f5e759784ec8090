"""The limits of lib/base/limits.hpp by name, so that no number of a test goes stale."""
import pathlib
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))
from limits_in_manual import constants  # noqa: E402

LIMITS = {name: value for name, (value, _) in constants((TESTS.parent / "lib/base/limits.hpp").read_text()).items()}
