#!/usr/bin/env python3
"""What `cmake --install` puts where, and whether the cron lines and units among it are commands of this program.

    files_test.py BUILD_DIR MAILTRUST
"""
import os
import re
import subprocess
import sys
import tempfile

BUILD, MAILTRUST = (os.path.abspath(argument) for argument in sys.argv[1:3])
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What begins with the name of a command and goes on to the end of a shell's word list.
COMMAND = re.compile(r"\bmailtrust ((?:check|bounce|list|import|dmarc|tls) [^|)'\n]*)")


def install(folder, prefix):
    subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "DESTDIR": folder})


def files_in(folder):
    return {os.path.relpath(os.path.join(root, name), folder) for root, _, names in os.walk(folder) for name in names}


def expected(prefix):
    files = {"bin/mailtrust", "share/bash-completion/completions/mailtrust", "share/zsh/vendor-completions/_mailtrust",
             "share/fish/vendor_completions.d/mailtrust.fish"}
    files |= {"share/man/man%s/%s" % (page[-1], page) for page in os.listdir(TOP + "/man")}
    for name in os.listdir(TOP + "/examples"):
        if name != "systemd":
            files.add("share/doc/mailtrust/examples/" + name)
    files |= {"lib/systemd/system/" + name for name in os.listdir(TOP + "/examples/systemd")}
    return {prefix.strip("/") + "/" + name for name in files}


def faults_of_files():
    for prefix, settings in (("/usr", True), ("/usr/local", True), ("/opt/mailtrust", False)):
        with tempfile.TemporaryDirectory() as folder:
            install(folder, prefix)
            wanted = expected(prefix) | ({"etc/mailtrust.conf"} if settings else set())
            for name in sorted(wanted ^ files_in(folder)):
                yield "--prefix %s: %s is %s" % (prefix, name, "missing" if name in wanted else "one too many")


def faults_of_settings():
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(folder + "/etc")
        with open(folder + "/etc/mailtrust.conf", "w", encoding="ascii") as file:
            file.write("# mine\n")
        install(folder, "/usr")
        with open(folder + "/etc/mailtrust.conf", encoding="ascii") as file:
            if file.read() != "# mine\n":
                yield "the administrator's settings were replaced"


def faults_of_commands():
    names = ["mailtrust.cron"] + ["systemd/" + name for name in os.listdir(TOP + "/examples/systemd")]
    for name in names:
        with open(os.path.join(TOP, "examples", name), encoding="utf-8") as file:
            text = file.read()
        commands = COMMAND.findall(text)
        if not commands and name.endswith((".cron", ".service")):
            yield name + ": no command in it"
        for command in commands:
            words = [word for word in command.split() if word != "--"]
            done = subprocess.run([MAILTRUST, *words, "--help"], capture_output=True, text=True)
            if done.returncode != 0:
                yield "%s: %s: %s" % (name, command, done.stderr)


def main():
    faults = [*faults_of_files(), *faults_of_settings(), *faults_of_commands()]
    print("\n".join(faults) or "installed as Debian expects, with commands that exist")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
