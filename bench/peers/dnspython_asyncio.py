"""Asks the questions of a file (NAME<TAB>TYPE a line) with dnspython's asyncio resolver, 128 at once."""
import asyncio
import sys

import dns.asyncresolver
import dns.exception


async def main(path):
    resolver = dns.asyncresolver.Resolver()
    resolver.lifetime = 5
    room = asyncio.Semaphore(128)

    async def ask(name, rdtype):
        async with room:
            try:
                await resolver.resolve(name, rdtype, search=False)
            except dns.exception.DNSException:
                pass

    questions = [line.rstrip("\n").split("\t") for line in open(path)]
    await asyncio.gather(*(ask(*question) for question in questions))
    print(len(questions))


asyncio.run(main(sys.argv[1]))
