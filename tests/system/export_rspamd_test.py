#!/usr/bin/env python3
"""rspamd loads the maps that `list export` writes and finds senders and addresses in them, of messages it scans."""
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time

from export_lists import (ADDRESSES, LISTED, LISTED_SENDERS, NAMES, UNLISTED, UNLISTED_SENDERS, Checks, Exports, skip)

CONFIG = """
actions { reject = 15; }
group "lists" { }
options { filters = ""; disable_hyperscan = true; hs_cache_dir = "%s";
  dns { nameserver = ["127.0.0.1:9"]; timeout = 0.1s; retransmits = 1; } }
logging { type = "console"; level = "info"; }
worker "normal" { bind_socket = "127.0.0.1:%d"; count = 1; }
lua = "/usr/share/rspamd/rules/rspamd.lua";
modules { path = "/usr/share/rspamd/plugins/multimap.lua"; }
multimap {
  MT_IP { type = "ip"; map = "file://%s"; score = 5; }
  MT_FROM { type = "from"; map = "file://%s"; score = 5; }
}
"""
# Of senders with a +tag rspamd sees what is before it, so that `list export` refuses them.
SENDERS = [sender for sender in LISTED_SENDERS if "+" not in sender]
MESSAGE = b"From: someone@example.invalid\r\nTo: us@example.invalid\r\nSubject: test\r\n\r\nHello.\r\n"


def free_port():
    with socket.socket() as channel:
        channel.bind(("127.0.0.1", 0))
        return channel.getsockname()[1]


def request(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers or {})
        return connection.getresponse().read()
    finally:
        connection.close()


def wait_until_up(process, port):
    for _ in range(1800):
        try:
            if request(port, "GET", "/ping").startswith(b"pong"):
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        if process.poll() is not None:
            break
    process.kill()
    sys.exit("rspamd does not answer:\n" + process.communicate()[0].decode("utf-8", "replace"))


def symbols(port, address, sender):
    answer = request(port, "POST", "/checkv2", MESSAGE, {"IP": address, "From": sender, "Helo": "example.invalid"})
    return {name for name in json.loads(answer).get("symbols", {}) if name.startswith("MT_")}


def check_answers(checks, port):
    for address in LISTED:
        checks.equal(address, symbols(port, address, "someone@example.invalid"), {"MT_IP"})
    for address in UNLISTED:
        checks.equal(address, symbols(port, address, "someone@example.invalid"), set())
    for sender in SENDERS:
        checks.equal(sender, symbols(port, "192.0.2.0", sender), {"MT_FROM"})
    for sender in UNLISTED_SENDERS:
        checks.equal(sender, symbols(port, "192.0.2.0", sender), set())


def main():
    rspamd = shutil.which("rspamd")
    if rspamd is None:
        skip("there is no rspamd")
    checks, port = Checks(), free_port()
    with Exports(sys.argv[1]) as exports:
        addresses = exports.make("ip.map", ADDRESSES, "rspamd")
        senders = exports.make("from.map", [name for name in NAMES if "+" not in name], "rspamd-from")
        config = exports.write("rspamd.conf", CONFIG % (exports.folder.name, port, addresses, senders))
        tested = subprocess.run([shutil.which("rspamadm"), "configtest", "-c", config], capture_output=True, text=True)
        checks.equal("configtest", tested.returncode, 0)
        as_root = ["-i", "-u", "root", "-g", "root"] if os.getuid() == 0 else []
        process = subprocess.Popen([rspamd, "-f", *as_root, "-c", config, "--var",
                                    "DBDIR=" + exports.folder.name, "--var", "RUNDIR=" + exports.folder.name],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=exports.folder.name)
        try:
            wait_until_up(process, port)
            check_answers(checks, port)
        finally:
            process.terminate()
            log = process.communicate(timeout=30)[0].decode("utf-8", "replace")
        if checks.failures:
            print(log)
        checks.equal("complaints", [line for line in log.splitlines() if "map" in line and (
            "invalid" in line or "cannot" in line or "error" in line)], [])
    checks.end()


if __name__ == "__main__":
    main()
