"""Postfix and Exim as private instances: own configuration, own queue, free ports, ended with the `with` that began them."""
import os
import pwd
import shutil
import socket
import subprocess
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXIM_USER = "Debian-exim"

MAIN_CF = """compatibility_level = 3.6
queue_directory = %(folder)s/queue
data_directory = %(folder)s/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = %(folder)s/log
maillog_file_prefixes = %(folder)s
myhostname = %(name)s
mydestination =
alias_maps =
local_recipient_maps =
inet_interfaces = %(interfaces)s
mynetworks = 0.0.0.0/0 [::]/0
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtp_bind_address = %(bind)s
smtpd_peername_lookup = %(names)s
smtpd_authorized_xclient_hosts = static:all
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_chain_files = %(certificate)s
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:%(auth)d
smtpd_tls_session_cache_database =
virtual_mailbox_domains = %(store)s
virtual_mailbox_base = %(box)s
virtual_mailbox_maps = static:./
virtual_uid_maps = static:%(uid)d
virtual_gid_maps = static:%(gid)d
transport_maps = inline:{%(transports)s}
"""

# Services besides those that listen to the network, whose lines are the caller's.
MASTER_CF = """pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""

EXIM_CONFIG = """exim_path = %(program)s
keep_environment =
primary_hostname = %(name)s
spool_directory = %(folder)s/spool
log_file_path = %(folder)s/log_%%s
pid_file_path = %(folder)s/pid
local_interfaces = <; %(interfaces)s
daemon_smtp_ports = %(port)d
deliver_drop_privilege
acl_smtp_rcpt = accept
acl_smtp_data = accept
host_lookup = %(lookup)s
helo_accept_junk_hosts = *
hosts_require_helo =
rfc1413_hosts = %(ident)s
rfc1413_query_timeout = 5s
tls_advertise_hosts = *
tls_certificate = %(certificate)s
begin routers
box:
  driver = accept
  domains = %(store)s
  transport = box
lmtp:
  driver = manualroute
  domains = %(lmtp_domain)s
  route_list = * 127.0.0.1
  self = send
  transport = lmtp
onward:
  driver = manualroute
  domains = %(onward_domain)s
  route_list = * %(onward_host)s
  self = send
  transport = onward
begin transports
box:
  driver = appendfile
  maildir_format
  directory = %(box)s
lmtp:
  driver = smtp
  protocol = lmtp
  port = %(lmtp_port)d
  allow_localhost
onward:
  driver = smtp
  port = %(onward_port)d
  allow_localhost
%(interface)sbegin rewrite
*@%(turned_domain)s $1@%(onward_domain)s T
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${if eq{$auth3}{%(password)s}}
  server_set_id = $auth2
"""


def find_exim():
    """Exim from PATH, or from where ./dev unpacked it; None without one."""
    for name in ("exim4", "exim"):
        path = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")
        if path:
            return path
    unpacked = os.path.join(TOP, "build/tools/exim/usr/sbin/exim4")
    return unpacked if os.path.exists(unpacked) else None


def exim_user_exists():
    try:
        return bool(pwd.getpwnam(EXIM_USER))
    except KeyError:
        return False


def free_port():
    with socket.socket() as one:
        one.bind(("", 0))
        return one.getsockname()[1]


def wait_for(port, host="127.0.0.1", seconds=30):
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((host, port), 5).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


class MailServer:
    """A folder with a configuration in it, and one with the mail that arrived."""

    store_user = "nobody"

    def __init__(self, folder, settings):
        self.folder = folder
        self.box = folder + "/box"
        os.makedirs(self.box)
        user = pwd.getpwnam(self.store_user)
        for name in (self.box, self.box + "/tmp", self.box + "/cur", self.box + "/new"):
            os.makedirs(name, exist_ok=True)
            os.chown(name, user.pw_uid, user.pw_gid)
        self.settings = {"folder": folder, "box": self.box, "uid": user.pw_uid, "gid": user.pw_gid,
                         **settings}

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def messages(self):
        """The octets of every message that arrived."""
        found = []
        for name in sorted(os.listdir(self.box + "/new")):
            with open(os.path.join(self.box, "new", name), "rb") as file:
                found.append(file.read())
        return found


class Postfix(MailServer):
    """`services`: lines of master.cf, each with one %d for a port; the ports are in `ports` then."""

    def __init__(self, folder, settings, services):
        super().__init__(folder, settings)
        self.ports = [free_port() for _ in services]
        self.config = os.path.dirname(self.write("etc/main.cf", MAIN_CF % self.settings))
        listening = "\n".join(line % port for line, port in zip(services, self.ports))
        self.write("etc/master.cf", MASTER_CF + listening + "\n")

    def __enter__(self):
        os.makedirs(self.folder + "/queue")
        os.makedirs(self.folder + "/data")
        owner = pwd.getpwnam("postfix")
        os.chown(self.folder + "/data", owner.pw_uid, owner.pw_gid)
        subprocess.run(["postfix", "-c", self.config, "start"], check=True, capture_output=True, timeout=60)
        for port in self.ports:
            wait_for(port)
        return self

    def __exit__(self, *_):
        subprocess.run(["postfix", "-c", self.config, "abort"], capture_output=True, timeout=60)

    def sendmail(self, sender, recipient, message):
        subprocess.run(["/usr/sbin/sendmail", "-C", self.config, "-f", sender, recipient], input=message, check=True,
                       timeout=60)


class Exim(MailServer):
    store_user = EXIM_USER
    daemon = ["-bdf"]

    def __init__(self, folder, settings, program):
        self.port = free_port()
        super().__init__(folder, {"port": self.port, "program": program, **settings})
        self.command = [program, "-C", folder + "/exim.conf"]
        os.makedirs(folder + "/spool")
        owner = pwd.getpwnam(EXIM_USER)
        for name in (folder, folder + "/spool"):
            os.chown(name, owner.pw_uid, owner.pw_gid)

    def configure(self, **more):
        self.write("exim.conf", EXIM_CONFIG % {**self.settings, **more})

    def __enter__(self):
        self.process = subprocess.Popen([*self.command, *self.daemon], stdin=subprocess.DEVNULL)
        wait_for(self.port)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)

    def sendmail(self, sender, recipient, message):
        subprocess.run([*self.command, "-i", "-f", sender, recipient], input=message, check=True, timeout=60)
