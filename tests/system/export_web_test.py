#!/usr/bin/env python3
"""HAProxy and nginx turn away or let in who connects from addresses of loopback, by what `list export` writes."""
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time

from export_lists import ADDRESSES, Checks, Exports, skip

PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
LOOPBACK = ["127.0.0.5", "127.0.1.0/25", "127.0.2.9-127.0.2.30", "::1"]
LISTED = ["127.0.0.5", "127.0.1.0", "127.0.1.127", "127.0.2.9", "127.0.2.30"]
UNLISTED = ["127.0.0.4", "127.0.1.128", "127.0.2.8", "127.0.2.31"]
HAPROXY = """global
  maxconn 100
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend test
  bind 127.0.0.1:%(port)d
  acl listed src -f %(list)s
  http-request return status 403 if listed
  http-request return status 200
"""
NGINX = """daemon off;
master_process off;
pid %(folder)s/pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path %(folder)s/t1; proxy_temp_path %(folder)s/t2; fastcgi_temp_path %(folder)s/t3;
  uwsgi_temp_path %(folder)s/t4; scgi_temp_path %(folder)s/t5;
  server { listen 127.0.0.1:%(port)d; include %(list)s; location / { root %(folder)s; } }
}
"""


def free_port():
    with socket.socket() as channel:
        channel.bind(("127.0.0.1", 0))
        return channel.getsockname()[1]


def status_from(source, port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10, source_address=(source, 0))
    try:
        connection.request("GET", "/page.html")
        return connection.getresponse().status
    finally:
        connection.close()


def wait_until_up(process, port):
    for _ in range(1200):
        try:
            return status_from("127.0.0.1", port)
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    process.kill()
    sys.exit("%s does not answer:\n%s" % (process.args[0], process.communicate()[0].decode("utf-8", "replace")))


def check(checks, exports, template, form, verdict, command, wanted):
    """`wanted` is the status for listed and for other addresses."""
    port = free_port()
    listing = exports.make(form + ".list", LOOPBACK + ADDRESSES, form, verdict)
    if verdict == "--allow":
        with open(listing, "a", encoding="utf-8") as file:
            file.write("deny all;\n")
    config = exports.write(form + ".conf", template % {"port": port, "list": listing, "folder": exports.folder.name})
    tested = subprocess.run([*command(config)[:1], {"haproxy": "-c", "nginx": "-t"}[form], *command(config)[1:]],
                            capture_output=True, text=True)
    checks.equal("%s accepts" % form, (tested.returncode, "warn" in tested.stderr.lower()), (0, False))
    process = subprocess.Popen(command(config), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_until_up(process, port)
        for addresses, status in zip((LISTED, UNLISTED), wanted):
            for address in addresses:
                checks.equal("%s %s %s" % (form, verdict, address), status_from(address, port), status)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def main():
    checks = Checks()
    haproxy, nginx = shutil.which("haproxy", path=PATH), shutil.which("nginx", path=PATH)
    if haproxy is None and nginx is None:
        skip("there is neither haproxy nor nginx")
    with Exports(sys.argv[1]) as exports:
        exports.write("page.html", "here\n")
        if haproxy:
            check(checks, exports, HAPROXY, "haproxy", "--deny", lambda config: [haproxy, "-f", config], (403, 200))
        if nginx:
            def command(config):
                return [nginx, "-p", exports.folder.name, "-c", config]
            check(checks, exports, NGINX, "nginx", "--deny", command, (403, 200))
            check(checks, exports, NGINX, "nginx", "--allow", command, (200, 403))
    checks.end()


if __name__ == "__main__":
    main()
