#!/usr/bin/env python3
"""What a start costs: startup_test.py MAILTRUST

The fastest of many runs of `mailtrust --version` and of /bin/true, in turn, so that a busy machine
slows both; the libraries that are loaded.
"""
import os
import subprocess
import sys
import time
import unittest

MAILTRUST = os.path.abspath(sys.argv[1])
RUNS = 60


def once(command):
    quiet = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    begin = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    os.waitpid(pid, 0)
    return time.perf_counter() - begin


class Startup(unittest.TestCase):
    def test_time(self):
        ours, least = [], []
        for _ in range(RUNS):
            ours.append(once([MAILTRUST, "--version"]))
            least.append(once(["/bin/true"]))
        self.assertLess(min(ours), 0.004)
        self.assertLess(min(ours), 5 * min(least))

    def test_libraries(self):
        loaded = subprocess.run(["ldd", MAILTRUST], capture_output=True, text=True).stdout
        for library in ("libstdc++", "libfmt", "libcurl", "libssl"):
            self.assertNotIn(library, loaded)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
