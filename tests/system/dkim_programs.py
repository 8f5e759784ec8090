"""opendkim, dkimpy, Mail::DKIM and rspamd: each signs and verifies messages for the tests of `dkim sign` and `verify`.

A message is octets with CRLF. Keys are `Key`s; all programs learn the public halves as records. Where a program asks
DNS and takes its answers from elsewhere for tests, it does; rspamd asks a server on loopback.
"""
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

DOMAIN = "example.org"
PAIRS = ["%s/%s" % (header, body) for header in ("relaxed", "simple") for body in ("relaxed", "simple")]
RSA, ED25519 = "rsa-sha256", "ed25519-sha256"
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin"


class Key:
    """A private key in a file, and its record."""

    def __init__(self, algorithm, selector, path, record):
        self.algorithm, self.selector, self.path, self.record = algorithm, selector, path, record
        self.name = "%s._domainkey.%s" % (selector, DOMAIN)


def split(message):
    """Name and value of each field as they are, and the body."""
    header, _, body = message.partition(b"\r\n\r\n")
    fields = [field.split(b":", 1) for field in re.split(rb"\r\n(?![ \t])", header)]
    return fields, body


def with_crlf(text):
    return re.sub(rb"\r?\n", b"\r\n", text)


def call(words, octets=b""):
    """What the program writes. It must succeed; what it started ends with it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=out, stderr=err, start_new_session=True)
        try:
            process.communicate(octets, timeout=60)
        except subprocess.TimeoutExpired:
            pass
        status = process.poll()
        if status != 0:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        texts = [file.seek(0) or file.read() for file in (out, err)]
    if status != 0:
        sys.exit("%s ended with %s\n%s" % (words[0], status, b"".join(texts)[-4000:].decode(errors="replace")))
    return texts[0]


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Folder:
    """A folder of one run's own, within `parent`."""

    def __init__(self, parent):
        self.name = tempfile.mkdtemp(dir=parent)

    def write(self, name, octets=None):
        path = os.path.join(self.name, name)
        if octets is not None:
            with open(path, "wb") as file:
                file.write(octets)
        return path

    def messages(self, messages):
        """Their paths, in order."""
        return [self.write("%d.eml" % number, message) for number, message in enumerate(messages.values())]


class Program:
    """`sign` answers with the messages signed by one key, `verify` with the names of those that verify."""

    name = ""
    signs = verifies = ()  # algorithms
    pairs = PAIRS          # forms of canonicalization that it can be told to sign with
    cannot = ()            # messages that do not reach it as they are
    flawed = ()            # algorithm and form of header of which its signatures do not verify, by its own word

    def __init__(self, parent, keys, name_server):
        self.parent, self.keys, self.name_server = parent, keys, name_server

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def keys_to_sign_with(self):
        return self.keys[:2]

    def records(self, folder):
        return folder.write("keys.json", json.dumps({key.name: key.record for key in self.keys}).encode())


class OpenDkim(Program):
    """The filter, spoken to by miltertest as a mail server would."""

    name = "opendkim"
    signs = verifies = (RSA, ED25519)
    cannot = ("no space before the value",)  # the milter protocol drops the space after the colon
    flawed = ((ED25519, "simple"),)  # 2.11.0~beta2
    RESOLVER = b"""server:
  do-not-query-localhost: no
  module-config: "iterator"
forward-zone:
  name: "."
  forward-addr: %s
"""
    START = """
mt.startfilter("%(program)s", "-x", "%(conf)s", "-p", "local:%(socket)s")
local function message(number, header, body)
  local conn = mt.connect("local:%(socket)s", 200, 0.05)
  if conn == nil then error("no connection") end
  mt.conninfo(conn, "localhost", "127.0.0.1")
  mt.mailfrom(conn, "<a@example.org>")
  for _, field in ipairs(header) do mt.header(conn, field[1], field[2]) end
  mt.eoh(conn)
  local octets = io.open(body, "rb"):read("*a")
  -- bodyfile() does not end with large files, bodystring() breaks off with an empty text.
  if #octets == 0 then mt.bodyfile(conn, body) end
  for at = 1, #octets, 30000 do mt.bodystring(conn, octets:sub(at, at + 29999)) end
  mt.eom(conn)
  local value = mt.getheader(conn, "%(field)s", 0)
  io.write("@", number, " ", value == nil and "" or value, "\\n")
  mt.disconnect(conn)
end
"""

    @staticmethod
    def present():
        return shutil.which("opendkim", path=PATH) and shutil.which("miltertest", path=PATH)

    def filtered(self, folder, conf, messages, field):
        """The value of the field that the filter adds to each message."""
        script = self.START % {
            "program": shutil.which("opendkim", path=PATH), "socket": folder.write("socket"), "field": field,
            "conf": folder.write("conf", ("RequireSafeKeys No\nSyslog No\nBackground No\n" + conf).encode())}
        for number, message in enumerate(messages.values()):
            fields, body = split(message)
            header = ["{%s, %s}" % (quoted(name), quoted(value.removeprefix(b" ").replace(b"\r\n", b"\n")))
                      for name, value in fields]
            script += 'message(%d, {%s}, "%s")\n' % (number, ", ".join(header), folder.write("%d.body" % number, body))
        said = call([shutil.which("miltertest", path=PATH), "-s", folder.write("lua", script.encode())])
        return dict(zip(messages, re.split(rb"^@\d+ ", said, flags=re.M)[1:], strict=True))

    def sign(self, messages, key, pair):
        conf = "Mode s\nDomain %s\nSelector %s\nKeyFile %s\nCanonicalization %s\nSignatureAlgorithm %s\n" % (
            DOMAIN, key.selector, key.path, pair, key.algorithm)
        values = self.filtered(Folder(self.parent), conf, messages, "DKIM-Signature")
        return {name: b"DKIM-Signature:" + with_crlf(values[name].rstrip(b"\n")) + b"\r\n" + message
                for name, message in messages.items()}

    def verify(self, messages):
        folder = Folder(self.parent)
        resolver = folder.write("unbound", self.RESOLVER % self.name_server.replace(":", "@").encode())
        conf = "Mode v\nAuthservID here\nResolverConfiguration %s\n" % resolver
        values = self.filtered(folder, conf, messages, "Authentication-Results")
        return {name for name, value in values.items() if b"dkim=pass" in value}


def quoted(octets):
    """A string of Lua."""
    return '"%s"' % "".join("\\%03d" % octet for octet in octets)


class DkimPy(Program):
    """Debian's python3-dkim, under Debian's Python."""

    name = "dkimpy"
    signs = verifies = (RSA, ED25519)
    SIGN = """
import dkim, sys
selector, domain, path, pair, algorithm = [word.encode() for word in sys.argv[1:6]]
key = open(path, "rb").read()
for path in sys.argv[6:]:
    message = open(path, "rb").read()
    field = dkim.sign(message, selector, domain, key, canonicalize=tuple(pair.split(b"/")), signature_algorithm=algorithm)
    open(path, "wb").write(field + message)
"""
    VERIFY = """
import dkim, json, sys
records, *paths = sys.argv[1:]
records = json.load(open(records))
def answer(name, timeout=5):
    return records[name.decode().rstrip(".")].encode()
for path in paths:
    good = False
    try:
        good = dkim.verify(open(path, "rb").read(), dnsfunc=answer)
    except Exception as error:
        print(path, repr(error), file=sys.stderr)
    if good:
        print(path)
"""

    @staticmethod
    def present():
        return subprocess.run(["/usr/bin/python3", "-c", "import dkim, nacl"], capture_output=True).returncode == 0

    def sign(self, messages, key, pair):
        folder, path = Folder(self.parent), key.path
        if key.algorithm == ED25519:  # it takes the bare seed
            der = call(["openssl", "pkey", "-in", key.path, "-outform", "DER"])
            path = folder.write("seed", call(["openssl", "base64", "-A"], der[-32:]))
        paths = folder.messages(messages)
        call(["/usr/bin/python3", "-c", self.SIGN, key.selector, DOMAIN, path, pair, key.algorithm, *paths])
        return dict(zip(messages, map(read, paths)))

    def verify(self, messages):
        folder = Folder(self.parent)
        paths = folder.messages(messages)
        said = call(["/usr/bin/python3", "-c", self.VERIFY, self.records(folder), *paths]).decode().split("\n")
        return {name for name, path in zip(messages, paths) if path in said}


class MailDkim(Program):
    """Debian's libmail-dkim-perl, which has no Ed25519."""

    name = "Mail-DKIM"
    signs = verifies = (RSA,)
    SIGN = """
use Mail::DKIM::Signer;
my ($selector, $domain, $key, $pair, $algorithm, @paths) = @ARGV;
for my $path (@paths) {
  open my $file, '+<:raw', $path or die; my $message = do { local $/; <$file> };
  my $signer = Mail::DKIM::Signer->new(Algorithm => $algorithm, Method => $pair, Domain => $domain,
                                       Selector => $selector, KeyFile => $key);
  $signer->PRINT($message); $signer->CLOSE;
  my $field = $signer->signature->as_string; $field =~ s/\\r?\\n/\\r\\n/g;
  seek $file, 0, 0; print $file "$field\\r\\n$message";
}
"""
    VERIFY = """
use Mail::DKIM::Verifier; use Net::DNS::RR; use JSON::PP;
no warnings;
my $records = do { local (@ARGV, $/) = (shift @ARGV); decode_json(<>) };
*Mail::DKIM::DNS::query = sub {
  my ($name) = @_;
  return Net::DNS::RR->new(owner => $name, type => 'TXT', txtdata => [$records->{$name} =~ /(.{1,255})/g]);
};
for my $path (@ARGV) {
  open my $file, '<:raw', $path or die;
  my $verifier = Mail::DKIM::Verifier->new;
  $verifier->PRINT(do { local $/; <$file> }); $verifier->CLOSE;
  print "$path\\n" if $verifier->result eq 'pass';
  print STDERR "$path ", $verifier->result_detail, "\\n";
}
"""

    @staticmethod
    def present():
        return subprocess.run(["/usr/bin/perl", "-MMail::DKIM", "-e1"], capture_output=True).returncode == 0

    def sign(self, messages, key, pair):
        paths = Folder(self.parent).messages(messages)
        call(["/usr/bin/perl", "-e", self.SIGN, key.selector, DOMAIN, key.path, pair, key.algorithm, *paths])
        return dict(zip(messages, map(read, paths)))

    def verify(self, messages):
        folder = Folder(self.parent)
        paths = folder.messages(messages)
        said = call(["/usr/bin/perl", "-e", self.VERIFY, self.records(folder), *paths]).decode(errors="replace").split("\n")
        return {name for name, path in zip(messages, paths) if path in said}


def free_port():
    with socket.socket() as channel:
        channel.bind(("127.0.0.1", 0))
        return channel.getsockname()[1]


class Rspamd(Program):
    """A worker of its own. It signs with all its keys at once."""

    name = "rspamd"
    signs = verifies = (RSA, ED25519)
    pairs = ["relaxed/relaxed"]
    CONFIG = """
actions { reject = 15; }
options { filters = "dkim"; disable_hyperscan = true; hs_cache_dir = "%(folder)s"; tempdir = "%(folder)s";
  dns { nameserver = ["%(name_server)s"]; timeout = 5s; retransmits = 3; } }
logging { type = "console"; level = "info"; }
worker "normal" { bind_socket = "127.0.0.1:%(port)d"; count = 1; }
dkim { time_jitter = 6h; trusted_only = false; }
lua = "/usr/share/rspamd/rules/rspamd.lua";
modules { path = "/usr/share/rspamd/plugins/dkim_signing.lua"; }
dkim_signing {
  sign_local = true; allow_username_mismatch = true; use_esld = false; try_fallback = false;
  domain { %(domain)s { selectors [ %(selectors)s ] } }
}
"""

    def __init__(self, parent, keys, name_server):
        super().__init__(parent, keys, name_server)
        self.folder, self.port = Folder(parent), free_port()

    @staticmethod
    def present():
        return shutil.which("rspamd", path=PATH)

    def __enter__(self):
        selectors = ", ".join('{ path = "%s"; selector = "%s"; }' % (key.path, key.selector) for key in self.keys)
        config = self.folder.write("conf", (self.CONFIG % {
            "folder": self.folder.name, "port": self.port, "domain": DOMAIN, "selectors": selectors,
            "name_server": self.name_server}).encode())
        as_root = ["-i", "-u", "root", "-g", "root"] if os.getuid() == 0 else []
        with open(self.folder.write("log"), "wb") as log:
            self.process = subprocess.Popen(
                [self.present(), "-f", *as_root, "-c", config, "--var", "DBDIR=" + self.folder.name, "--var",
                 "RUNDIR=" + self.folder.name], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder.name)
        for _ in range(1800):
            try:
                if self.request("GET", "/ping", None, {}).startswith(b"pong"):
                    return self
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            if self.process.poll() is not None:
                break
        self.__exit__()
        sys.exit("rspamd does not answer:\n" + self.said()[-4000:])

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)

    def keys_to_sign_with(self):
        """Of Ed25519 its own: 3.4 does not read them in PEM."""
        return [self.keys[0], next(key for key in self.keys if key.selector == "rspamd-ed25519")]

    def said(self):
        with open(self.folder.write("log"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def request(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            return connection.getresponse().read()
        finally:
            connection.close()

    def check(self, message, address):
        headers = {"IP": address, "From": "a@" + DOMAIN, "Helo": "mx." + DOMAIN}
        return json.loads(self.request("POST", "/checkv2", message, headers))

    def sign(self, messages, key, pair):
        return {name: self.sign_one(message, key) for name, message in messages.items()}

    def sign_one(self, message, key):
        fields = self.check(message, "127.0.0.1").get("dkim-signature", [])
        for field in [fields] if isinstance(fields, str) else fields:
            if "s=%s;" % key.selector in field:
                return b"DKIM-Signature: " + with_crlf(field.encode()) + b"\r\n" + message
        sys.exit("rspamd did not sign with %s:\n%s" % (key.selector, self.said()[-4000:]))

    def verify(self, messages):
        symbols = {name: self.check(message, "192.0.2.1")["symbols"] for name, message in messages.items()}
        return {name for name in messages if "R_DKIM_ALLOW" in symbols[name]}
