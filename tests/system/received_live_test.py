#!/usr/bin/env python3
"""`received` reads what real servers write: Postfix and Exim, started here as private instances.

Run as root, in a network namespace of its own with documentation addresses and a name server; where that is not
permitted, with loopback addresses alone, and without Exim unless its user exists. Every message is made by SMTP,
submission with AUTH, sendmail(1), or relayed between the two; each field of each hop is compared with what this
script did. With --keep FILE the messages are kept as an mbox.
"""
import contextlib
import ipaddress
import json
import os
import shutil
import smtplib
import ssl
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import received_live_cases as rows
from export_lists import Checks, skip
from mail_helpers import (PASSWORD, AuthService, ContentFilter, DnsService, IdentService, LmtpStore, make_certificate)
from mail_servers import EXIM_USER, Exim, Postfix, exim_user_exists, find_exim
from servers import ZoneServer

INSIDE = "MAILTRUST_RECEIVED_LIVE"
SERVICES = ["%d inet n - n - - smtpd",
            "%d inet n - n - - smtpd -o smtpd_sasl_auth_enable=yes -o smtpd_sasl_authenticated_header=yes "
            "-o smtpd_tls_received_header=yes",
            "%d inet n - n - - smtpd -o smtpd_upstream_proxy_protocol=haproxy"]


class Place:
    """Where the servers and clients are: in a namespace with addresses of our choice, or on the host's loopback."""

    def __init__(self, is_private, folder, stack):
        self.is_private = is_private
        self.folder = folder
        self.stack = stack
        self.mx, self.relay = (rows.MX_ADDRESS, rows.RELAY_ADDRESS) if is_private else ("127.0.0.1", "127.0.0.1")
        self.names = dict(rows.NAMES) if is_private else {}

    def furnish(self, zone_server):
        """Addresses, names and users of the namespace."""
        run("ip", "link", "set", "lo", "up")
        for address in rows.PUBLIC:
            run("ip", "addr", "add", address, "dev", "lo", *(["nodad"] if ":" in address else []))
        zone = self.stack.enter_context(ZoneServer(zone_server, self.write("zone", self.zone())))
        self.stack.enter_context(DnsService(zone.address))
        self.cover("/etc/resolv.conf", "nameserver 127.0.0.1\n")
        self.cover("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n")
        if not exim_user_exists():
            for path, line in (("/etc/passwd", "%s:x:65530:65530::/:/bin/false\n"), ("/etc/group", "%s:x:65530:\n")):
                with open(path, encoding="utf-8") as file:
                    self.cover(path, file.read() + line % EXIM_USER)

    def zone(self):
        lines = ["$ORIGIN .", "$TTL 60", "localhost. IN A 127.0.0.1"]
        for address, name in {**rows.NAMES, **rows.LIES}.items():
            ip = ipaddress.ip_address(address)
            lines.append("%s. IN PTR %s." % (ip.reverse_pointer, name))
            lines.append("%s. IN %s %s" % (name, "AAAA" if ip.version == 6 else "A",
                                           "203.0.113.99" if address in rows.LIES else ip))
        return "\n".join(lines) + "\n"

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def cover(self, path, text):
        run("mount", "--bind", self.write(os.path.basename(path), text), os.path.realpath(path))

    def host(self, port, client):
        if ":" in client:
            return "::1" if client == "::1" or port == "relay" else rows.MX_SIX
        return self.relay if port == "relay" else self.mx

    def can(self, case):
        return self.is_private or case.client not in rows.PUBLIC

    def rdns(self, ip, by):
        # Only Postfix asks /etc/hosts first.
        if self.is_private and by == rows.MX and ip in ("127.0.0.1", "::1"):
            return "localhost"
        return self.names.get(ip)


def run(*words):
    subprocess.run(words, check=True, capture_output=True)


class Servers:
    """Postfix, Exim where it can be had, and what stands around them."""

    def __init__(self, place):
        enter = place.stack.enter_context
        self.lmtp = enter(LmtpStore(place.folder + "/lmtp"))
        os.mkdir(self.lmtp.folder)
        self.filter = enter(ContentFilter("mx.example"))
        certificate = make_certificate(place.folder, rows.MX)
        self.exim = None
        if find_exim() and exim_user_exists():
            self.exim = self.make_exim(place, certificate)
        self.postfix = self.make_postfix(place, certificate, enter(AuthService()))
        if self.exim:
            self.exim.configure(onward_port=self.postfix.ports[0])
            enter(self.exim)
        enter(self.postfix)
        self.filter.onward = ("127.0.0.1", self.postfix.ports[0])
        self.ports = dict(zip(("mx", "submission", "proxy"), self.postfix.ports))
        self.ports["relay"] = self.exim.port if self.exim else None

    def make_exim(self, place, certificate):
        if place.is_private:
            place.stack.enter_context(IdentService("jo [198.51.100.1] (x"))
        return Exim(place.folder + "/exim", {
            "name": rows.RELAY, "interfaces": "0.0.0.0 ; ::0" if place.is_private else "127.0.0.1 ; ::1",
            "ident": rows.LIAR, "certificate": certificate, "store": "relay.example", "lmtp_domain": "lmtp.example",
            "lmtp_port": self.lmtp.port, "onward_domain": "mx.example", "turned_domain": "around.example",
            "onward_host": place.mx, "lookup": "*" if place.is_private else "", "password": PASSWORD,
            "interface": "  interface = %s\n" % place.relay}, find_exim())

    def make_postfix(self, place, certificate, auth):
        routes = {"lmtp.example": "lmtp:[127.0.0.1]:%d" % self.lmtp.port,
                  "filter.example": "smtp:[127.0.0.1]:%d" % self.filter.port}
        if self.exim:
            routes.update({name: "smtp:[%s]:%d" % (place.relay, self.exim.port)
                           for name in ("relay.example", "around.example")})
        return Postfix(place.folder + "/postfix", {
            "name": rows.MX, "interfaces": "all" if place.is_private else "127.0.0.1, ::1", "bind": place.mx,
            "names": "yes" if place.is_private else "no", "certificate": certificate, "auth": auth.port,
            "store": "mx.example", "transports": ", ".join("{ %s = %s }" % route for route in routes.items())}, SERVICES)

    def can(self, case):
        needs_exim = any(hop.by == rows.RELAY for hop in case.hops)
        return self.exim is not None or not needs_exim

    def messages(self):
        """By the key in X-Case."""
        found = self.postfix.messages() + (self.exim.messages() if self.exim else [])
        for name in os.listdir(self.lmtp.folder):
            if name != "part":
                with open(os.path.join(self.lmtp.folder, name), "rb") as file:
                    found.append(file.read())
        return {message.partition(b"X-Case: ")[2].split()[0].decode(): message for message in found}

    def log(self):
        paths = [self.postfix.folder + "/log"] + ([self.exim.folder + "/log_main"] if self.exim else [])
        return "".join(open(path, encoding="utf-8", errors="replace").read() for path in paths)


class Client(smtplib.SMTP):
    """Sends `preface` before it listens, and says HELO as told."""

    def __init__(self, preface, *args, **more):
        self.preface = preface
        super().__init__(*args, **more)

    def _get_socket(self, *args):
        connected = super()._get_socket(*args)
        connected.sendall(self.preface)
        return connected

    def greet(self, words):
        """`words`: a command, or nothing at all."""
        if not words:
            return
        verb, name = words.split(" ", 1)
        (self.ehlo if verb == "EHLO" else self.helo)(name)


def message_of(case):
    return ("From: a@example.org\r\nTo: b@example.com\r\nSubject: %s\r\nX-Case: %s\r\n\r\nReceived: from a body\r\n" % (
        case.name, case.key)).encode()


def hand_in(case, place, servers):
    """The queue id that the first server tells, where one does."""
    recipient = "%s@%s" % (case.key, case.domain)
    if case.port == "pickup":
        server = servers.postfix if case.by == "postfix" else servers.exim
        server.sendmail("a@example.org", recipient, message_of(case).replace(b"\r\n", b"\n"))
        return None
    with Client(case.preface, place.host(case.port, case.client), servers.ports[case.port], timeout=20,
                source_address=(case.client, 0)) as client:
        if case.xclient:
            client.ehlo("proxy.example")
            client.docmd("XCLIENT", case.xclient)
        if case.tls:
            client.ehlo("before.example")
            client.starttls(context=ssl._create_unverified_context())
        client.greet(case.helo)
        if case.login:
            client.login(rows.USER, PASSWORD)
        client.mail("a@example.org", case.mail_options)
        client.rcpt(recipient)
        code, words = client.data(message_of(case))
        if code != 250:
            sys.exit("%s: %d %s" % (case.name, code, words))
        return words.decode().split()[-1].removeprefix("id=")


def await_messages(servers, keys):
    end = time.monotonic() + 60
    while set(found := servers.messages()) < keys:
        if time.monotonic() > end:
            sys.exit("never arrived: %s\n%s" % (sorted(keys - set(found)), servers.log()[-4000:]))
        time.sleep(0.2)
    return found


def bare(helo):
    return (helo or "").strip("[]")


class Reading:
    """What mailtrust said of one message, compared with what happened."""

    def __init__(self, checks, case, place, got):
        self.checks, self.case, self.place, self.got = checks, case, place, got

    def equal(self, what, got, wanted):
        self.checks.equal("%s: %s" % (self.case.name, what), got, wanted)

    def address(self, name):
        return {"mx": self.place.mx, "relay": self.place.relay}.get(name, name)

    def compare(self, queue_id, log):
        hops = self.got["hops"]
        self.equal("hops", len(hops), len(self.case.hops))
        for index, (got, wanted) in enumerate(zip(hops, self.case.hops)):
            self.compare_hop(index, got, wanted, log)
        if queue_id and hops:
            self.equal("id", hops[-1]["id"], queue_id)
        origin = self.got["origin"]
        self.equal("origin", (origin["ip"], origin["hop"], origin["confidence"]), self.case.origin)

    def compare_hop(self, index, got, wanted, log):
        where = "hop %d " % index
        ip = self.address(wanted.ip)
        rdns = self.place.rdns(ip, wanted.by) if wanted.rdns is rows.ANY else wanted.rdns
        self.equal(where + "ip", got["ip"], ip)
        self.equal(where + "rdns", got["rdns"] or None, rdns)
        if wanted.helo is not rows.ANY:
            self.equal(where + "helo", bare(got["helo"]), bare(wanted.helo))
        for key in ("by", "protocol", "kind", "auth"):
            self.equal(where + key, got[key], getattr(wanted, key))
        self.equal(where + "id is in the log", bool(got["id"]) and got["id"] in log, True)
        written = datetime.fromisoformat(got["date"].replace("Z", "+00:00"))
        self.equal(where + "date is now", abs((datetime.now(timezone.utc) - written).total_seconds()) < 300, True)


def read(mailtrust, case, message, folder):
    path = os.path.join(folder, case.key + ".eml")
    with open(path, "wb") as out:
        out.write(message)
    trusted = ["--trusted", case.trusted] if case.trusted else []
    done = subprocess.run([mailtrust, "received", "--json", *trusted, path], capture_output=True, timeout=60)
    if done.returncode not in (0, 1, 3):
        sys.exit("%s: exit %d: %s" % (case.name, done.returncode, done.stderr.decode()))
    return json.loads(done.stdout)


def keep(path, messages):
    with open(path, "wb") as out:
        for key in sorted(messages, key=lambda name: int(name[4:])):
            out.write(b"From - Sun Nov 22 00:00:00 2026\n" + messages[key].replace(b"\r\n", b"\n") + b"\n")


def check_all(mailtrust, place, servers, checks, kept):
    wanted = [case for case in rows.cases() if place.can(case) and servers.can(case)]
    with ThreadPoolExecutor(4) as pool:
        ids = dict(zip([case.key for case in wanted], pool.map(lambda case: hand_in(case, place, servers), wanted)))
    messages = await_messages(servers, {case.key for case in wanted})
    if kept:
        keep(kept, messages)
    log = servers.log()
    for case in wanted:
        got = read(mailtrust, case, messages[case.key], place.folder)
        Reading(checks, case, place, got).compare(ids[case.key], log)
    print("%d of %d messages could be made%s" % (
        len(wanted), len(rows.cases()), "" if servers.exim else "; there is no Exim that could run here"))


def namespace():
    """The words that begin a command with a network, mounts and processes of its own; none where that is forbidden."""
    words = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    can = all(shutil.which(name) for name in ("unshare", "ip", "mount"))
    return words if can and subprocess.run([*words, "true"], capture_output=True).returncode == 0 else []


def main():
    mailtrust, zone_server = sys.argv[1:3]
    if os.getuid() != 0 or not shutil.which("postfix", path=os.environ["PATH"] + ":/usr/sbin"):
        skip("needs root, and Postfix")
    if INSIDE not in os.environ:
        words = namespace()
        os.environ[INSIDE] = "private" if words else "host"
        command = [*words, sys.executable, os.path.abspath(__file__), *sys.argv[1:]]
        os.execvp(command[0], command)
    os.environ["PATH"] += ":/usr/sbin"
    checks = Checks()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        os.chmod(folder, 0o755)
        place = Place(os.environ[INSIDE] == "private", folder, stack)
        if place.is_private:
            place.furnish(zone_server)
        kept = sys.argv[4] if sys.argv[3:4] == ["--keep"] else None
        check_all(mailtrust, place, Servers(place), checks, kept)
    checks.end()


if __name__ == "__main__":
    main()
