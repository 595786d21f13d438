// Reads a WARC file with the npm package warcio and prints one JSON object a record, with digests that node computes.
// Usage: node read.mjs PACKAGE-DIRECTORY FILE
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , directory, file] = process.argv;
const { WARCParser } = await import(pathToFileURL(`${directory}/dist/index.all.js`)).catch(() =>
  import(pathToFileURL(`${directory}/dist/index.js`)),
);

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
function base32(bytes) {
  let bits = "";
  for (const b of bytes) bits += b.toString(2).padStart(8, "0");
  return bits.match(/.{1,5}/g).map((five) => alphabet[parseInt(five.padEnd(5, "0"), 2)]).join("");
}
const sha1 = (bytes) => base32(createHash("sha1").update(bytes ?? "").digest());

// First the blocks as they stand, then the content as a replay tool sees it: chunks and content encoding removed.
const blocks = [];
const raw = new WARCParser(createReadStream(file), { parseHttp: false });
for await (const record of raw) {
  blocks.push(sha1(await record.readFully(false)));
}
let n = 0;
const parsed = new WARCParser(createReadStream(file));
for await (const record of parsed) {
  const content = await record.readFully(true);
  await record.skipFully();
  console.log(
    JSON.stringify({
      type: record.warcType,
      id: record.warcHeader("WARC-Record-ID"),
      uri: record.warcTargetURI ?? "",
      offset: parsed.offset,
      length: parsed.recordLength,
      status: record.httpHeaders && record.warcType !== "request" ? Number(record.httpHeaders.statusCode) : 0,
      blockDigest: record.warcBlockDigest ?? "",
      block: "sha1:" + blocks[n++],
      payloadDigest: record.warcPayloadDigest ?? "",
      content: "sha1:" + sha1(content),
      concurrent: record.warcConcurrentTo,
      refersTo: record.warcRefersToTargetURI ?? "",
    }),
  );
}
