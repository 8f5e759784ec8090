#!/usr/bin/env python3
"""Installs the package in a bare Debian system, uses it there, upgrades it, purges it.

    install_test.py PACKAGE.deb [--bare FOLDER]

The system is made by debootstrap, or copied from FOLDER; what the package depends on comes from the archive, so this
needs root and a network. Without them, or without debootstrap, the status is 77: skipped.
"""
import argparse
import glob
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "shells"))
from terminal import Terminal  # noqa: E402

ARCHIVE = "http://deb.debian.org/debian"
SUITE = "bookworm"
SKIPPED = 77
# What people have on a system beside the package, and what the checks need.
PROGRAMS = ["man-db", "bash-completion", "zsh", "fish", "systemd"]
ZONE = "/usr/share/doc/mailtrust/examples/example.zone"
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
# What the package managers, the cache of man and the linker write about any package.
KEPT_BY_OTHERS = re.compile(r"^/(var/(lib/(dpkg|apt|ucf)|cache|log)|etc/ld\.so\.cache|tmp|dev|proc|sys|run|root/\.)")

# Each shell as somebody has it who did nothing but install the package and switch completion on. What is typed ends in
# a sum, so that its answer differs from its echo.
SHELLS = {
    "bash -l -i": "bind 'set bell-style none'; echo READY-$((40 + 2))",
    "zsh -f -i": "autoload -Uz compinit; compinit -u -D; setopt no_beep no_auto_menu; PROMPT='> '; echo READY-$((40 + 2))",
    "fish -i": "echo READY-(math 40 + 2)",
}
TABS = [("mailtrust ", ["check", "spf", "list"]), ("mailtrust spf test --", ["--ip", "--sender"]),
        ("mailtrust explain spf.", ["spf.missing", "spf.too-many-lookups"])]


def skip(why):
    print("skipped: " + why)
    sys.exit(SKIPPED)


def bare_system(folder, copied_from):
    if os.geteuid() != 0:
        skip("not root")
    if copied_from:
        subprocess.run(["cp", "-a", copied_from + "/.", folder], check=True)
        return
    if shutil.which("debootstrap") is None:
        skip("no debootstrap")
    try:
        urllib.request.urlopen(ARCHIVE + "/dists/" + SUITE + "/Release", timeout=20).close()
    except (urllib.error.URLError, OSError) as error:
        skip("no archive: %s" % error)
    subprocess.run(["debootstrap", "--variant=minbase", SUITE, folder, ARCHIVE], check=True, stdout=subprocess.DEVNULL)


class System:
    def __init__(self, root):
        self.root = root
        with open(self.path("/usr/sbin/policy-rc.d"), "w", encoding="ascii") as file:
            file.write("#!/bin/sh\nexit 101\n")
        os.chmod(self.path("/usr/sbin/policy-rc.d"), 0o755)
        shutil.copy("/etc/resolv.conf", self.path("/etc/resolv.conf"))

    def path(self, inside):
        return self.root + inside

    def run(self, command, status=0, **environment):
        env = {"PATH": PATH, "HOME": "/root", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", "MANPAGER": "cat",
               "MANWIDTH": "100", **environment}
        done = subprocess.run(["chroot", self.root, "sh", "-c", command], env=env, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
        assert done.returncode == status, "%s: %d, not %d\n%s" % (command, done.returncode, status, done.stdout[-4000:])
        return done.stdout

    def apt(self, command):
        return self.run("apt-get -q -y " + command)

    def packages(self):
        return set(self.run("dpkg-query -W -f '${Package}\\n'").split())

    def files(self):
        """Each file with its type, mode and size, but for those that say what is installed."""
        found = {}
        for folder, names, others in os.walk(self.root):
            for name in names + others:
                path = os.path.join(folder, name)
                inside = path[len(self.root):]
                if KEPT_BY_OTHERS.match(inside):
                    continue
                status = os.lstat(path)
                size = 0 if stat.S_ISDIR(status.st_mode) else status.st_size
                found[inside] = (status.st_mode, status.st_uid, status.st_gid, size)
        return found

    def write(self, inside, text):
        with open(self.path(inside), "w", encoding="utf-8") as file:
            file.write(text)


def same(before, after):
    differing = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    assert not differing, "differs: %s" % differing[:20]


def holds(text, *wanted):
    for one in wanted:
        assert one in text, "no %r in %s" % (one, text[-2000:])


def check_program(system):
    holds(system.run("mailtrust --version"), "mailtrust 0.")
    holds(system.run("mailtrust check example.org --zone " + ZONE), "conclusion: set up right")
    system.run("mailtrust check broken.example -q --zone " + ZONE, status=1)
    assert os.listdir(system.path("/var/lib")).count("mailtrust") == 0, "a store nobody asked for"


def check_settings(system):
    system.write("/etc/mailtrust.conf", "resolver 127.0.0.1\nsotre /var/lib/x\n")
    holds(system.run("mailtrust explain spf.missing", status=2),
          'mailtrust: /etc/mailtrust.conf:2:1: "sotre" is no setting; did you mean store?')
    system.write("/etc/mailtrust.conf", "store /srv/mailtrust.db\n")
    system.run("mailtrust list create suppliers --allow")
    assert os.path.exists(system.path("/srv/mailtrust.db")), "the store of the settings was not used"
    os.remove(system.path("/srv/mailtrust.db"))
    os.remove(system.path("/etc/mailtrust.conf"))


def check_manual(system):
    for page in ("mailtrust", "mailtrust-spf-check", "mailtrust-check", "mailtrust.conf"):
        holds(system.run("man " + page), "NAME", page, "DESCRIPTION")
    holds(system.run("apropos mailtrust.conf"), "(5)")


def check_tab(system):
    for shell, prepare in SHELLS.items():
        terminal = Terminal(["chroot", system.root, *shell.split()],
                            {"PATH": PATH, "HOME": "/root", "TERM": "xterm", "LANG": "C.UTF-8", "COLUMNS": "200", "LINES": "50"},
                            "/")
        try:
            terminal.type("stty columns 200; %s\n" % prepare)
            terminal.wait_for("READY-42", limit=60)
            for typed, offered in TABS:
                terminal.read()
                terminal.type(typed + "\t\t")
                got = terminal.words_with(offered, limit=60)
                assert set(offered) <= set(got), "%s: %r shows %r" % (shell, typed, got)
                terminal.type("\x03")
        finally:
            terminal.close()


def check_units(system):
    names = sorted(glob.glob(system.path("/*/systemd/system/mailtrust-*")) +
                   glob.glob(system.path("/usr/lib/systemd/system/mailtrust-*")))
    assert names, "no units"
    inside = " ".join(name[len(system.root):].replace("@.", "@example.org.") for name in names)
    said = system.run("systemd-analyze verify --recursive-errors=no " + inside)
    assert not said, said
    enabled = glob.glob(system.path("/etc/systemd/system/**/mailtrust*"), recursive=True)
    assert not enabled, "enabled by being installed: %s" % enabled


def check_upgrade(system, package):
    """Over itself: what the administrator wrote stays, the rest is as it was."""
    system.write("/etc/mailtrust.conf", "# mine\n")
    system.run("mailtrust list create suppliers --allow")
    before = system.files()
    system.apt("install --reinstall ./" + package)
    same(before, system.files())


def check_removal(system, before):
    system.run("systemctl enable mailtrust-check@example.org.timer mailtrust-bounces.timer")
    system.apt("remove mailtrust")
    with open(system.path("/etc/mailtrust.conf"), encoding="utf-8") as file:
        assert file.read() == "# mine\n", "removing is not purging"
    assert os.path.exists(system.path("/var/lib/mailtrust/store.db")), "removing took the lists away"
    assert not os.path.exists(system.path("/usr/bin/mailtrust"))
    system.apt("purge mailtrust")
    system.apt("autoremove --purge")
    same(before, system.files())


def test(system, package):
    shutil.copy(package, system.path("/root/"))
    package = "root/" + os.path.basename(package)
    system.apt("update")
    system.apt("install --no-install-recommends " + " ".join(PROGRAMS + ["ca-certificates"]))
    before, packages = system.files(), system.packages()
    system.apt("install ./" + package)
    print("installed beside it: " + " ".join(sorted(system.packages() - packages - {"mailtrust"})))
    settled = system.files()
    for check in (check_program, check_manual, check_units, check_tab, check_settings):
        check(system)
        print(check.__name__.replace("_", " ") + ": as it should be")
    system.apt("install --reinstall -o Dpkg::Options::=--force-confmiss ./" + package)
    same(settled, system.files())
    check_upgrade(system, package)
    print("check upgrade: as it should be")
    check_removal(system, before)
    print("check removal: as it should be")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package")
    parser.add_argument("--bare", metavar="FOLDER", help="copy this system, instead of making one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mailtrust-root-") as folder:
        os.chmod(folder, 0o755)
        bare_system(folder, options.bare)
        test(System(folder), options.package)
    return 0


if __name__ == "__main__":
    sys.exit(main())
