"""What stands around a mail server under test: a TLS key, an AUTH service, an LMTP store, a content filter, an ident
service. Each is a thread with a listening socket on loopback, for the length of a `with`."""
import base64
import os
import smtplib
import socket
import socketserver
import subprocess
import threading

PASSWORD = "secret"


def make_certificate(folder, name):
    """A self-signed certificate and its key in one file, and that file's name."""
    path = os.path.join(folder, name + ".pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", "/CN=" + name, "-days", "2", "-keyout", path, "-out", path + ".crt"],
                   check=True, capture_output=True)
    with open(path, "a", encoding="ascii") as out, open(path + ".crt", encoding="ascii") as certificate:
        out.write(certificate.read())
    os.chmod(path, 0o644)
    return path


class Service:
    """A server of lines: `handler` is a StreamRequestHandler that finds this object as self.server.service."""

    handler = None
    base = socketserver.ThreadingTCPServer
    host = "127.0.0.1"
    port = 0

    def __enter__(self):
        kind = type("Server", (self.base,), {"allow_reuse_address": True, "daemon_threads": True})
        self.server = kind((self.host, self.port), self.handler)
        self.server.service = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class DnsHandler(socketserver.BaseRequestHandler):
    def handle(self):
        question, home = self.request
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.settimeout(5)
            out.sendto(question, self.server.service.behind)
            home.sendto(out.recv(4096), self.client_address)


class DnsService(Service):
    """The name server at port 53, which is where a resolv.conf can point; answers come from one at another port."""

    handler = DnsHandler
    base = socketserver.ThreadingUDPServer
    port = 53

    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.behind = (host, int(port))


class Lines(socketserver.StreamRequestHandler):
    def say(self, *lines):
        self.wfile.write("".join(line + "\r\n" for line in lines).encode())

    def hear(self):
        return self.rfile.readline().decode("latin-1").rstrip("\r\n")


class AuthHandler(Lines):
    """Dovecot's authentication protocol, version 1.1, as far as Postfix needs it: PLAIN with an initial response."""

    def handle(self):
        self.wfile.write(b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0\nDONE\n")
        while line := self.hear():
            words = line.split("\t")
            if words[0] != "AUTH":
                continue
            given = [word[5:] for word in words if word.startswith("resp=")]
            _, user, password = base64.b64decode(given[0] if given else "AAA=").decode().split("\0")
            answer = "OK\t%s\tuser=%s\n" if password == PASSWORD else "FAIL\t%s\tuser=%s\n"
            self.wfile.write((answer % (words[1], user)).encode())


class AuthService(Service):
    handler = AuthHandler


class MailHandler(Lines):
    """SMTP and LMTP without any options; each message goes to the service's deliver()."""

    def handle(self):
        self.say("220 helper.example ready")
        self.sender, self.recipients = "", []
        while line := self.hear():
            verb = line[:4].upper()
            if verb == "MAIL":
                self.sender, self.recipients = line[line.index("<") + 1:line.index(">")], []
            elif verb == "RCPT":
                self.recipients.append(line[line.index("<") + 1:line.index(">")])
            elif verb == "DATA":
                self.take_message()
                continue
            self.say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def take_message(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        self.server.service.deliver(self.sender, self.recipients, b"".join(lines))
        self.say(*["250 taken"] * (len(self.recipients) if self.server.service.per_recipient else 1))


class LmtpStore(Service):
    """Keeps what is delivered to it by LMTP as files of a folder."""

    handler = MailHandler
    per_recipient = True

    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    def deliver(self, _, __, message):
        self.count += 1
        part = os.path.join(self.folder, "part")
        with open(part, "wb") as out:
            out.write(message)
        os.rename(part, os.path.join(self.folder, "lmtp%d" % self.count))


class ContentFilter(Service):
    """Takes mail and hands it on by SMTP, unchanged, to another port; recipients move to another domain."""

    handler = MailHandler
    per_recipient = False

    def __init__(self, domain):
        self.onward = None
        self.domain = domain

    def deliver(self, sender, recipients, message):
        with smtplib.SMTP(*self.onward, local_hostname="localhost") as client:
            client.sendmail(sender, [name.split("@")[0] + "@" + self.domain for name in recipients], message)


class IdentHandler(Lines):
    def handle(self):
        self.say(self.hear() + " : USERID : UNIX : " + self.server.service.user)


class IdentService(Service):
    """RFC 1413: says of every connection that it is `user`'s."""

    handler = IdentHandler
    host = ""
    port = 113

    def __init__(self, user):
        self.user = user
