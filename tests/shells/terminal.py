"""A shell on a terminal, for those who press TAB in it."""
import os
import pty
import re
import select
import time

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][A-Z0-9]?|\x1b\][^\x07]*\x07|[\x00-\x08\x0e-\x1f]")


class Terminal:
    """A shell on a terminal of its own, 200 columns wide so that lists stay readable."""

    def __init__(self, command, environment, folder):
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)

    def read(self, quiet=0.3, limit=1.5):
        """What is written until nothing came for a while."""
        text = b""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            ready, _, _ = select.select([self.descriptor], [], [], quiet if text else limit)
            if not ready:
                break
            try:
                piece = os.read(self.descriptor, 65536)
            except OSError:
                break
            if not piece:
                break
            text += piece
        return CONTROL.sub("", text.decode("utf-8", "replace"))

    def wait_for(self, mark, limit=20.0):
        text, end = "", time.monotonic() + limit
        while mark not in text and time.monotonic() < end:
            text += self.read(0.1, 1.0)
        if mark not in text:
            raise AssertionError("no %r in %r" % (mark, text))

    def words_with(self, wanted, limit=20.0):
        """The words on the screen, once the wanted ones are there and nothing more comes."""
        text, end = self.read(), time.monotonic() + limit
        while not set(wanted) <= set(re.split(r"[\s()]+", text)) and time.monotonic() < end:
            text += self.read(0.3, 1.0)
        return re.split(r"[\s()]+", text + self.read(limit=0.3))

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def close(self):
        os.close(self.descriptor)
        try:
            os.kill(self.pid, 9)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
