"""What the tests of `list export` share: lists meant to break out of files, and what they hold."""
import os
import subprocess
import sys
import tempfile

# Comments that would end a line, a quote, a block or a text, where nobody took care.
HOSTILE = ['" } ; flush ruleset ; #', "'; deny all; }", "\\", 'a\\" b', "$1 ${run{/bin/false}} %n %s $(exit)",
           "*/ /* // <!-- -->", "\u202egnp.exe\u202c", "\u0085\u2028next line", "# ; : | ` \t tab", "!", ": 127.0.0.1:",
           "=cmd|' /C calc'!A0", "REJECT", "\u00fc\u00f1\u00ef \u4e2d\u6587 \U0001f4e7", "long " * 200, "-exist", "endif"]

ADDRESSES = ["192.0.2.1", "192.0.2.64/26", "198.51.100.0/24", "198.51.100.7", "203.0.113.9-203.0.113.30",
             "203.0.113.28-203.0.113.40", "10.0.0.0/9", "2001:db8::/32", "2001:db8:5::7", "2001:db9::1",
             "2001:dba::10-2001:dba::2f", "fe80::/10"]
LISTED = ["192.0.2.1", "192.0.2.64", "192.0.2.127", "198.51.100.0", "198.51.100.7", "198.51.100.255", "203.0.113.9",
          "203.0.113.29", "203.0.113.40", "10.127.255.255", "2001:db8::", "2001:db8:5::7", "2001:db8:ffff::1",
          "2001:db9::1", "2001:dba::10", "2001:dba::2f", "fe80::1"]
UNLISTED = ["192.0.2.0", "192.0.2.2", "192.0.2.63", "192.0.2.128", "198.51.99.255", "198.51.101.0", "203.0.113.8",
            "203.0.113.41", "10.128.0.0", "2001:db7:ffff::1", "2001:db9::", "2001:db9::2", "2001:dba::f",
            "2001:dba::30", "fec0::"]
NAMES = ["user@example.org", "o'neil+tag@example.org", "@example.net", "@xn--bcher-kva.example"]
LISTED_SENDERS = ["user@example.org", "o'neil+tag@example.org", "anyone@example.net", "x@xn--bcher-kva.example"]
UNLISTED_SENDERS = ["other@example.org", "user@example.com", "tag@example.org", "x@bcher-kva.example"]


def list_text(entries):
    """Every entry, and one more for each hostile comment."""
    spare = "spare%d@example.com" if "@" in entries[0] else "198.18.0.%d"
    lines = ["%s;%s\n" % (entry, HOSTILE[number % len(HOSTILE)]) for number, entry in enumerate(entries)]
    lines += ["%s;%s\n" % (spare % number, comment) for number, comment in enumerate(HOSTILE)]
    return "".join(lines)


class Checks:
    """Says what differs, and counts."""

    def __init__(self):
        self.count = self.failures = 0

    def equal(self, what, got, wanted):
        self.count += 1
        if got != wanted:
            self.failures += 1
            print("%s: %r, expected %r" % (what, got, wanted))

    def end(self):
        print("%d checks, %d failed" % (self.count, self.failures))
        sys.exit(1 if self.failures or not self.count else 0)


class Exports:
    """Files made by `list export` in a folder that goes away."""

    def __init__(self, mailtrust):
        self.mailtrust = mailtrust

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o755)
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text, mode=0o644):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def make(self, output, entries, form, *options):
        """The path of the export of `entries`, readable by everybody."""
        source = self.write("list.txt", list_text(entries))
        path = self.path(output)
        done = subprocess.run([self.mailtrust, "list", "export", source, "--format", form, "--output", path, *options],
                              capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
        if done.returncode != 0 or done.stderr:
            sys.exit("list export --format %s: exit %d\n%s" % (form, done.returncode, done.stderr.decode()))
        os.chmod(path, 0o644)
        return path


def skip(why):
    print("skipped: " + why)
    sys.exit(77)
