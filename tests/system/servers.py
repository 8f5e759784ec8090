"""What the system tests share: a server that answers from a zone file, and runs of mailtrust."""
import subprocess


class ZoneServer:
    """zone_server on a free port, for the length of a `with`."""

    def __init__(self, program, *zones):
        self.command = [program, *zones]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.address = "127.0.0.1:%d" % int(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=10)


def run(mailtrust, *args, timeout=300):
    """Exit status, stdout and stderr of one run."""
    done = subprocess.run([mailtrust, *args], capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")
