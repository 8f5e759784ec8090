// mailauth's parser of Received fields: a message a line of the list; for each, what it says of all
// its hops as a line of JSON. Its own functions find the fields; the body is not looked at.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const lib = path.join(process.argv[3], 'node_modules/mailauth/lib');
const { parseHeaders } = require(path.join(lib, 'tools'));
const { parseReceived } = require(path.join(lib, 'parse-received'));

for (const file of fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
    const message = fs.readFileSync(file);
    const { parsed } = parseHeaders(message.subarray(0, message.indexOf('\n\n')));
    const hops = parsed.filter((one) => one.key === 'received').map((one) => parseReceived(one.line));
    console.log(JSON.stringify({ file, hops }));
}
