#!/usr/bin/env python3
"""DKIM between programs: what `dkim sign` signs verifies in opendkim, dkimpy, Mail::DKIM and rspamd, and what they sign
verifies in `verify`; what was changed verifies nowhere.

    dkim_interop_test.py MAILTRUST ZONE_SERVER

Keys are made by `dkim keygen`, and by the programs' own makers of keys. Every program must be there (./dev test installs
them): one that is not is a failure.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from dkim_programs import (DOMAIN, ED25519, PAIRS, PATH, RSA, DkimPy, Key, MailDkim, OpenDkim, Rspamd, call)
from export_lists import Checks
from servers import ZoneServer

HEADER = (b"From: Ann <ann@example.org>\r\nTo: Bob <bob@example.net>\r\nSubject: a test\r\n"
          b"Date: Sun, 22 Nov 2026 04:33:20 +0000\r\nMessage-ID: <1@example.org>\r\n")
FOLDED = (b"From: Ann\r\n <ann@example.org>\r\nto: bob@example.net,\r\n\tcarol@example.net,  dave@example.net \r\n"
          b"SUBJECT:  much   white \t space \r\n  and a fold\r\nDate: Sun, 22 Nov 2026 04:33:20 +0000 (a comment)\r\n")
MESSAGES = {
    "plain": HEADER + b"\r\nHello Bob,\r\n\r\nthis is a test.\r\n",
    "empty body": HEADER + b"\r\n",
    "trailing blank lines": HEADER + b"\r\nHello\r\n\r\n\r\n\r\n",
    "blank lines alone": HEADER + b"\r\n\r\n\r\n",
    "white space in the body": HEADER + b"\r\n  two  spaces\t\ta tab \t \r\n \r\n\t\r\nend \r\n",
    "dots and From": HEADER + b"\r\n.\r\n..\r\nFrom here on\r\n>From there\r\n",
    "folded header": FOLDED + b"\r\nHello\r\n",
    "no space before the value": HEADER.replace(b": ", b":") + b"\r\nHello\r\n",
    "8-bit": HEADER.replace(b"a test", "ein Brief f\u00fcr Z\u00f6e".encode()) +
             b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
             "Gr\u00fc\u00dfe, \u4f60\u597d\r\n".encode(),
    "latin-1 body": HEADER + b"\r\nGr\xfc\xdfe\r\n",
    "list": HEADER + b"List-Id: <l.example.org>\r\nList-Unsubscribe: <https://example.org/u>\r\n"
            b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nCc: e@example.net\r\n\r\nNews\r\n",
    "a long line": HEADER + b"\r\n" + b"x" * 990 + b"\r\nend\r\n",
    "large": HEADER + b"\r\n" + b"".join(b"line %d of many\r\n" % number for number in range(20000)),
}
# Does the change break a signature made by us? By others, only the first two always do.
CHANGES = {
    "another From": (b"ann@example.org", b"eve@example.org"),
    "another body": (b"Hello Bob", b"Hello Eve"),
    "a second From": (b"From: Ann", b"From: eve@example.com\r\nFrom: Ann"),
    "a second Subject": (b"Subject:", b"Subject: Buy!\r\nSubject:"),
}


PROGRAMS = (OpenDkim, DkimPy, MailDkim, Rspamd)


class Suite:
    def __init__(self, mailtrust, folder):
        self.mailtrust, self.folder, self.checks = mailtrust, folder, Checks()
        self.zone = os.path.join(folder, "keys.zone")

    def path(self, name):
        return os.path.join(self.folder, name)

    def make_keys(self):
        """One of each type from `dkim keygen`, one of opendkim's and one of rspamd's."""
        keys = []
        for algorithm, kind in ((RSA, "rsa"), (ED25519, "ed25519")):
            path = self.path("ours-%s.pem" % kind)
            made = json.loads(call([self.mailtrust, "dkim", "keygen", DOMAIN, "--selector", "ours-" + kind, "--type", kind,
                                    "--output", path, "--json"]))
            keys.append(Key(algorithm, made["selector"], path, made["txt"]))
        call([shutil.which("opendkim-genkey", path=PATH), "-b", "2048", "-d", DOMAIN, "-s", "odkim", "-D", self.folder])
        keys.append(self.foreign(RSA, "odkim", self.path("odkim.private"), open(self.path("odkim.txt"), encoding="ascii").read()))
        for algorithm, kind in ((RSA, "rsa"), (ED25519, "ed25519")):
            path = self.path("rspamd-%s.key" % kind)
            said = call([shutil.which("rspamadm", path=PATH), "dkim_keygen", "-d", DOMAIN, "-s", "rspamd-" + kind, "-t", kind,
                         "-k", path] + (["-b", "2048"] if kind == "rsa" else [])).decode()
            keys.append(self.foreign(algorithm, "rspamd-" + kind, path, said))
        with open(self.zone, "w", encoding="ascii") as zone:
            for key in keys:
                strings = re.findall(".{1,255}", key.record)
                zone.write('%s. 60 IN TXT %s\n' % (key.name, " ".join('"%s"' % string for string in strings)))
        return keys

    @staticmethod
    def foreign(algorithm, selector, path, text):
        return Key(algorithm, selector, path, "".join(re.findall('"([^"]*)"', text)))

    def sign(self, message, key, pair, *more, line_end=b"\r\n"):
        octets = message.replace(b"\r\n", line_end)
        signed = call([self.mailtrust, "dkim", "sign", "-", "--domain", DOMAIN, "--selector", key.selector, "--key", key.path,
                       "--canonicalization", pair, *more], octets)
        self.checks.equal("the message as it was, behind the field", signed.endswith(octets), True)
        return signed.replace(line_end, b"\r\n") if line_end != b"\r\n" else signed

    def signed_by_us(self, keys):
        """Every message with every key and form; from a file with LF, too."""
        signed = {}
        for key in keys[:2]:
            for pair in PAIRS:
                for name, message in MESSAGES.items():
                    signed["%s, %s, %s" % (name, pair, key.algorithm)] = self.sign(message, key, pair)
        for key in keys[2:]:
            signed["plain, key %s, %s" % (key.selector, key.algorithm)] = self.sign(MESSAGES["plain"], key, PAIRS[0])
        rsa = keys[0]
        signed["LF, " + RSA] = self.sign(MESSAGES["plain"], rsa, PAIRS[0], line_end=b"\n")
        signed["x= and i=, " + RSA] = self.sign(MESSAGES["plain"], rsa, PAIRS[0], "--expires", "7d", "--identity", "ann@sub." + DOMAIN)
        signed["l=, " + RSA] = self.sign(MESSAGES["plain"], rsa, PAIRS[0], "--length")
        return signed

    def changed(self, keys):
        changed = {}
        for key in keys[:2]:
            for pair in (PAIRS[0], PAIRS[3]):
                signed = self.sign(MESSAGES["plain"], key, pair)
                for name, (old, new) in CHANGES.items():
                    changed["%s, %s, %s" % (name, pair, key.algorithm)] = signed.replace(old, new, 1)
        return changed

    def verify(self, messages):
        """What `verify` says of the signatures of each message."""
        results = {}
        paths = {}
        for number, (name, message) in enumerate(messages.items()):
            paths[self.path("%d.eml" % number)] = name
            with open(self.path("%d.eml" % number), "wb") as file:
                file.write(message)
        done = subprocess.run([self.mailtrust, "verify", "--json", "--zone", self.zone, *paths], capture_output=True,
                              timeout=300, stdin=subprocess.DEVNULL)
        for line in done.stdout.decode().splitlines():
            answer = json.loads(line)
            results[paths[answer["file"]]] = [entry["result"] for entry in answer.get("dkim", [])]
        if done.returncode not in (0, 1, 3) or len(results) != len(messages):
            sys.exit("verify ended with %d\n%s" % (done.returncode, done.stderr.decode(errors="replace")[-4000:]))
        return results

    def ours_there(self, program, signed, changed):
        """What we signed verifies there; what was changed since does not."""
        fit = {name: message for name, message in signed.items() if name.endswith(program.verifies) and
               not name.startswith(program.cannot)}
        self.checks.equal("ours that do not verify in " + program.name, sorted(set(fit) - program.verify(fit)), [])
        fit = {name: message for name, message in changed.items() if name.endswith(program.verifies)}
        self.checks.equal("changed, but good in " + program.name, sorted(program.verify(fit)), [])

    def theirs_here(self, program):
        """What they signed verifies in `verify`; what was changed since does not."""
        ways = [(key, pair) for key in program.keys_to_sign_with() for pair in program.pairs if key.algorithm in program.signs]
        messages = {name: message for name, message in MESSAGES.items() if name not in program.cannot}
        with concurrent.futures.ThreadPoolExecutor() as pool:  # opendkim takes five seconds to end
            batches = list(pool.map(lambda way: program.sign(messages, *way), ways))
        signed, changed, flawed = {}, {}, set()
        for (key, pair), batch in zip(ways, batches):
            way = " by %s, %s, %s" % (program.name, pair, key.selector)
            signed.update({name + way: message for name, message in batch.items()})
            for name in ("another From", "another body"):
                changed[name + way] = batch["plain"].replace(*CHANGES[name], 1)
            if (key.algorithm, pair.split("/")[0]) in program.flawed:
                flawed.update(name + way for name in batch)
        self.checks.equal("flawed by the word of " + program.name, set(signed) - program.verify(signed), flawed)
        for what, result in self.verify({**signed, **changed}).items():
            self.checks.equal(what, result, ["pass" if what in signed and what not in flawed else "fail"])

    def run(self, zone_server):
        missing = [kind.name for kind in PROGRAMS if not kind.present()]
        if missing:
            sys.exit("not installed: " + ", ".join(missing))
        keys = self.make_keys()
        signed, changed = self.signed_by_us(keys), self.changed(keys)
        here = self.verify({**signed, **changed})
        for name, result in here.items():
            self.checks.equal(name, result, ["pass" if name in signed else "fail"])
        with ZoneServer(zone_server, self.zone) as server:
            for kind in PROGRAMS:
                with kind(self.folder, keys, server.address) as program:
                    before = self.checks.count
                    self.ours_there(program, signed, changed)
                    self.theirs_here(program)
                    print("%s: %d checks" % (program.name, self.checks.count - before))
        self.checks.end()


def main():
    with tempfile.TemporaryDirectory() as folder:
        Suite(os.path.abspath(sys.argv[1]), folder).run(sys.argv[2])


if __name__ == "__main__":
    main()
