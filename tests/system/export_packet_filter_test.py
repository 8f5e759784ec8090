#!/usr/bin/env python3
"""nft and ipset load what `list export` writes into a network namespace of their own, twice, and find every address."""
import os
import shutil
import subprocess
import sys

from export_lists import ADDRESSES, LISTED, UNLISTED, Checks, Exports, skip

PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
FACILITY_MISSING = ("Operation not supported", "Protocol not supported", "No such file or directory",
                    "Kernel error received: set type not supported", "Kernel support")


def namespace():
    """The words that begin a command in a network namespace, or None where the system allows none."""
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    return None


def shell(words, script):
    """Exit status, stdout and stderr of a script that runs in a fresh namespace."""
    done = subprocess.run([*words, "sh", "-c", script], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "PATH": PATH})
    return done.returncode, done.stdout, done.stderr


def family(address):
    return "v6" if ":" in address else "v4"


def questions(template, addresses):
    """Shell that prints `ADDRESS yes` or `ADDRESS no` for each."""
    return "".join("if %s >/dev/null 2>&1; then echo '%s yes'; else echo '%s no'; fi\n"
                   % (template.format(family=family(address), address=address), address, address)
                   for address in addresses)


def check(checks, name, words, load, template):
    script = "%s && %s || exit 9\n%s" % (load, load, questions(template, LISTED + UNLISTED))
    status, out, complaints = shell(words, script)
    checks.equal(name + " loads", (status, complaints), (0, ""))
    answers = dict(line.split() for line in out.splitlines())
    for address in LISTED + UNLISTED:
        checks.equal("%s %s" % (name, address), answers.get(address), "yes" if address in LISTED else "no")


def check_nft(checks, exports, words):
    path = exports.make("deny.nft", ADDRESSES, "nftables", "--deny", "--name", "deny")
    status, _, complaints = shell(words, "nft -c -f " + path)
    checks.equal("nft -c", (status, complaints), (0, ""))
    check(checks, "nft", words, "nft -f " + path, "nft get element inet mailtrust deny_{family} '{{ {address} }}'")
    whole = exports.make("whole.nft", ["0.0.0.0/0", "::/0"], "nftables", "--deny", "--name", "deny")
    checks.equal("nft /0", shell(words, "nft -f %s && nft -f %s" % (path, whole)), (0, "", ""))
    # What was there before is replaced, also by nothing.
    empty = exports.write("empty.txt", "")
    subprocess.run([exports.mailtrust, "list", "export", empty, "--format", "nftables", "--name", "deny",
                    "--output", exports.path("empty.nft")], check=True, capture_output=True)
    status, out, _ = shell(words, "nft -f %s && nft -f %s && nft list ruleset" % (path, exports.path("empty.nft")))
    checks.equal("nft emptied", (status, "elements" in out), (0, False))


def check_ipset(checks, exports, words):
    path = exports.make("deny.ipset", ADDRESSES, "ipset", "--deny", "--name", "deny")
    check(checks, "ipset", words, "ipset restore -file " + path, "ipset test deny_{family} {address}")
    whole = exports.make("whole.ipset", ["0.0.0.0/0", "::/0"], "ipset", "--deny", "--name", "deny")
    status, _, complaints = shell(words, "ipset restore -file %s && ipset restore -file %s && "
                                         "ipset -q test deny_v4 8.8.8.8 && ipset -q test deny_v6 2001:4860::8" % (path, whole))
    checks.equal("ipset /0", (status, complaints.replace("\n", "")), (0, ""))


def main():
    words = namespace()
    if words is None:
        skip("no network namespace may be made here")
    checks = Checks()
    ran = False
    with Exports(sys.argv[1]) as exports:
        for program, probe, run in [
                ("nft", "nft add table inet probe && nft add set inet probe s '{ type ipv4_addr; flags interval; }'",
                 check_nft),
                ("ipset", "ipset create probe hash:net && ipset create probe6 hash:net family inet6", check_ipset)]:
            if shutil.which(program, path=PATH) is None:
                print("there is no " + program)
                continue
            status, _, complaints = shell(words, probe)
            if status != 0 and any(word in complaints for word in FACILITY_MISSING):
                print("the kernel has no sets for %s: %s" % (program, complaints.strip()))
                continue
            run(checks, exports, words)
            ran = True
    if not ran:
        skip("neither nft nor ipset can be used here")
    checks.end()


if __name__ == "__main__":
    main()
