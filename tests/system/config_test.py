#!/usr/bin/env python3
"""config_test.py MAILTRUST ZONE_SERVER: which resolver is asked, of the configuration and the option.

One server that answers, and a port where nobody listens: in the file and on the command line, both ways.
"""
import os
import sys
import tempfile

from servers import ZoneServer, run

ZONE = "$ORIGIN example.org.\n@ 60 IN TXT \"v=spf1 -all\"\n"
NOBODY = "127.0.0.1:1"


def main():
    mailtrust, zone_server = sys.argv[1:]
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        zone, config = os.path.join(folder, "zone"), os.path.join(folder, "mailtrust.conf")
        with open(zone, "w", encoding="ascii") as file:
            file.write(ZONE)
        with ZoneServer(zone_server, zone) as server:
            rows = [([server.address], [], 0), ([NOBODY], [], 3), ([NOBODY, server.address], [], 0),
                    ([NOBODY], ["--resolver", server.address], 0), ([server.address], ["--resolver", NOBODY], 3),
                    ([NOBODY], ["--zone", zone], 0)]
            for resolvers, options, expected in rows:
                with open(config, "w", encoding="ascii") as file:
                    file.writelines("resolver %s\n" % resolver for resolver in resolvers)
                status, out, err = run(mailtrust, "spf", "check", "example.org", "--config", config, "--timeout", "10s", *options)
                if status != expected:
                    faults.append("%s %s: %d, not %d: %s %s" % (resolvers, options, status, expected, out[:300], err[:300]))
                asked = (options[1:] if "--resolver" in options else resolvers) if "--zone" not in options else []
                if ("no resolver was reached (%s, of " % NOBODY in err) != (asked == [NOBODY]):
                    faults.append("%s %s: who was not reached: %s" % (resolvers, options, err[:300]))
    print("\n".join(faults) or "the resolver is the one that was meant")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
