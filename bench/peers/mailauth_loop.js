// DKIM by mailauth: a message a line of the list, one result a line. Nothing else that mailauth can
// do is asked for. The resolver is that of Node, and keeps the answers, as mailauth's users do it.
'use strict';

const fs = require('node:fs');
const dns = require('node:dns').promises;
const path = require('node:path');
const { dkimVerify } = require(path.join(process.argv[3], 'node_modules/mailauth/lib/dkim/verify'));

const kept = new Map();

function resolver(name, type) {
    const key = `${type} ${name}`;
    if (!kept.has(key)) kept.set(key, dns.resolve(name, type));
    return kept.get(key);
}

async function main() {
    const files = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
    for (const file of files) {
        const { results } = await dkimVerify(fs.readFileSync(file), { resolver });
        console.log(results.some((one) => one.status.result === 'pass') ? 'pass' : 'fail');
    }
}

main();
