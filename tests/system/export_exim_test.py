#!/usr/bin/env python3
"""Exim looks addresses and senders up in the files that `list export` writes, and its ACLs obey them.

Exim is taken from PATH, or from where ./dev unpacked it, as it cannot be installed beside Postfix. Then the user it
was built for is missing as well: it runs in a namespace where /etc/passwd knows him.
"""
import shutil
import subprocess
import sys

from export_lists import (ADDRESSES, LISTED, LISTED_SENDERS, NAMES, UNLISTED, UNLISTED_SENDERS, Checks, Exports, skip)
from mail_servers import EXIM_USER, exim_user_exists, find_exim

CONFIG = """primary_hostname = mx.example.com
spool_directory = %(folder)s/spool
log_file_path = %(folder)s/log_%%s
acl_smtp_connect = connect
acl_smtp_mail = mail
begin acl
connect:
  deny hosts = net-iplsearch;%(addresses)s
  accept
mail:
  deny senders = lsearch*@;%(senders)s
  accept
"""


def namespace(exports):
    """The words that begin a command which Exim's user exists for."""
    if exim_user_exists():
        return []
    for name, line in (("passwd", EXIM_USER + ":x:65530:65530::/:/bin/false\n"), ("group", EXIM_USER + ":x:65530:\n")):
        with open("/etc/" + name, encoding="utf-8") as file:
            exports.write(name, file.read() + line)
    script = "mount --bind %s /etc/passwd && mount --bind %s /etc/group && exec unshare -U --map-user=65530 " \
             "--map-group=65530 \"$@\"" % (exports.path("passwd"), exports.path("group"))
    return ["unshare", "-rm", "sh", "-c", script, "sh"]


class Exim:
    def __init__(self, words, program, config):
        self.command = [*words, program, "-C", config]

    def run(self, *arguments, text=""):
        return subprocess.run([*self.command, *arguments], input=text, capture_output=True, text=True, timeout=60)

    def look_up(self, keys, kind, table):
        """`yes` or `no` for each key."""
        asked = "".join("${lookup{%s}%s{%s}{yes}{no}}\n" % (key, kind, table) for key in keys)
        done = self.run("-be", text=asked)
        return [line.lstrip("> ") for line in done.stdout.splitlines() if line.strip("> ")] or [done.stderr]

    def session(self, address, sender):
        """The replies to connecting, HELO and MAIL, as far as it came."""
        out = self.run("-bh", address, text="HELO example.invalid\r\nMAIL FROM:<%s>\r\nQUIT\r\n" % sender).stdout
        return [line[:3] for line in out.splitlines() if line[:3].isdigit()]


def check_answers(checks, exim, addresses, senders):
    for keys, wanted in ((LISTED, "yes"), (UNLISTED, "no")):
        got = exim.look_up(keys, "iplsearch", addresses)
        checks.equal("iplsearch of %s" % keys, got, [wanted] * len(keys))
    for address in ("192.0.2.64", "203.0.113.29", "2001:db8:5::7", "2001:dba::2f"):
        checks.equal("session from " + address, exim.session(address, "other@example.org"), ["550"])
    for sender in LISTED_SENDERS:
        checks.equal("MAIL FROM " + sender, exim.session("2001:db9::2", sender), ["220", "250", "550", "221"])
    for sender in UNLISTED_SENDERS:
        checks.equal("MAIL FROM " + sender, exim.session("192.0.2.0", sender), ["220", "250", "250", "221"])


def main():
    program = find_exim()
    if program is None:
        skip("there is no exim; ./dev test unpacks one")
    checks = Checks()
    with Exports(sys.argv[1]) as exports:
        words = namespace(exports)
        if words and (shutil.which("unshare") is None or
                      subprocess.run([*words, "true"], capture_output=True).returncode != 0):
            skip("there is no user %s, and no namespace may be made here" % EXIM_USER)
        addresses = exports.make("addresses", ADDRESSES, "exim", "--deny")
        senders = exports.make("senders", NAMES, "exim-senders", "--deny")
        config = exports.write("exim.conf", CONFIG % {"folder": exports.folder.name, "addresses": addresses,
                                                      "senders": senders})
        check_answers(checks, Exim(words, program, config), addresses, senders)
    checks.end()


if __name__ == "__main__":
    main()
