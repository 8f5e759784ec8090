"""Postfix and Exim as private instances that give up within seconds, and a server that refuses as it is told."""
import os
import socket

from mail_helpers import Lines, Service
from mail_servers import MAIN_CF, Exim, Postfix
import bounces_live_cases as rows

QUICK = """virtual_mailbox_maps = inline:{ %(boxes)s }
virtual_mailbox_limit = 20000
message_size_limit = 15000
smtpd_reject_unlisted_recipient = no
maximal_queue_lifetime = 14s
bounce_queue_lifetime = 14s
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 3s
delay_warning_time = 4s
smtp_connect_timeout = 2s
smtp_helo_timeout = 2s
smtp_destination_concurrency_failed_cohort_limit = 0
"""

EXIM_CONFIG = """exim_path = %(program)s
keep_environment =
primary_hostname = %(name)s
spool_directory = %(folder)s/spool
log_file_path = %(folder)s/log_%%s
pid_file_path = %(folder)s/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = %(port)d
deliver_drop_privilege
queue_run_max = 5
log_selector = +smtp_confirmation
dsn_advertise_hosts = *
delay_warning = 4s
acl_smtp_rcpt = accept
acl_smtp_data = accept
qualify_domain = %(store)s
begin routers
box:
  driver = accept
  domains = %(store)s
  local_parts = %(boxes)s
  transport = box
nobody:
  driver = redirect
  domains = %(store)s
  allow_fail
  data = :fail: Unknown user
%(routes)sbegin transports
box:
  driver = appendfile
  maildir_format
  directory = %(box)s/${if eq{$local_part_data}{sender}{.}{$local_part_data}}
  create_directory
  quota = ${if eq{$local_part_data}{full}{1K}{0}}
%(transports)sbegin retry
* quota
* * F,9s,2s
"""

ROUTE = """%(name)s:
  driver = manualroute
  domains = %(domain)s
  route_list = * 127.0.0.1
  self = send
  transport = %(name)s
"""

TRANSPORT = """%(name)s:
  driver = smtp
  port = %(port)d
  allow_localhost
  connect_timeout = 2s
  command_timeout = 2s
"""


class RefusingHandler(Lines):
    """SMTP without any options."""

    def handle(self):
        self.say("220 there.example ready")
        while line := self.hear():
            verb = line[:4].upper()
            if verb == "RCPT":
                self.say(self.server.service.reply(line[line.index("<") + 1:line.index("@")]))
            elif verb == "DATA":
                self.say("354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.say("250 2.0.0 taken")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return


class RefusingServer(Service):
    handler = RefusingHandler

    def __init__(self):
        self.seen = set()

    def reply(self, name):
        if name == "greylisted" and name in self.seen:
            return "250 2.1.5 ok"
        self.seen.add(name)
        return rows.REPLIES.get(name, "250 2.1.5 ok")


class SilentServer:
    """Connections are made by the kernel; nobody answers them."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self.socket.getsockname()[1]
        return self

    def __exit__(self, *_):
        self.socket.close()


class QuickPostfix(Postfix):
    name = "postfix"

    def __init__(self, folder, ports, certificate):
        transports = ", ".join("{ %s = smtp:[127.0.0.1]:%d }" % route for route in ports.items())
        super().__init__(folder, {
            "name": "mx." + rows.STORE, "interfaces": "127.0.0.1", "bind": "127.0.0.1", "names": "no",
            "certificate": certificate, "auth": 1, "store": rows.STORE, "transports": transports},
            ["%d inet n - n - - smtpd"])
        boxes = {"sender": "./", "jo": "jo/", "told": "told/", "full": "full"}
        self.write("etc/main.cf", MAIN_CF % self.settings + QUICK % {
            "boxes": ", ".join("{ %s@%s = %s }" % (name, rows.STORE, box) for name, box in boxes.items())})
        with open(self.box + "/full", "w", encoding="ascii") as out:
            out.write("From a@example.org Sun Nov 22 09:00:00 2026\n" + "x" * 19900)
        os.chown(self.box + "/full", self.settings["uid"], self.settings["gid"])
        self.port = self.ports[0]

    def log(self):
        return self.folder + "/log"


class QuickExim(Exim):
    name = "exim"
    daemon = ["-bdf", "-q2s"]

    def __init__(self, folder, ports, program):
        super().__init__(folder, {"name": "mx." + rows.STORE, "store": rows.STORE, "boxes": "sender : jo : told : full"},
                         program)
        routes = [{"name": domain.split(".")[0], "domain": domain, "port": port} for domain, port in ports.items()]
        self.write("exim.conf", EXIM_CONFIG % {
            **self.settings, "routes": "".join(ROUTE % route for route in routes),
            "transports": "".join(TRANSPORT % route for route in routes)})
    def log(self):
        return self.folder + "/log_main"
