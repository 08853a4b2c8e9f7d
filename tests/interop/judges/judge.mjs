// An independent reader of VNC1: written from docs/spec alone, with other people's base45, COSE,
// CBOR, inflate and QR code. Knows nothing of the Python library.
//
//   node judge.mjs JOB.json  ->  one JSON object on stdout
//
// JOB: {"dictionary": hex, "copies": [{"name", "text", "certificate": PEM, "pages": [PNG files]}]}

import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { Sign1 } from "@auth0/cose";
import base45 from "base45";
import { cdeDecodeOptions, decode } from "cbor2";
import jsQR from "jsqr";
import pako from "pako";
import { PNG } from "pngjs";

const PREFIX = "VNC1:";
const MAX_PAYLOAD = 4096; // bytes after inflating
const CWT = { issuer: 1, issuedAt: 6, id: 7, status: 65535, copy: -70001 };
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const demand = (condition, message) => {
  if (!condition) throw new Error(message);
};

function copyId(bytes) {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let id = "";
  for (let i = 0; i < 16; i += 1) {
    id = CROCKFORD[Number(bits & 31n)] + id;
    bits >>= 5n;
  }
  return id;
}

// Integers come as number or bigint; text keys make the result comparable with any other reader.
function plain(value) {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([k, v]) => [String(k), plain(v)]));
  }
  if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "bigint") return Number(value);
  return value;
}

async function readCopy(text, pem, dictionary) {
  demand(text.startsWith(PREFIX), "prefix");
  const body = text.slice(PREFIX.length);
  const cose = base45.decode(body);
  demand(base45.encode(cose) === body, "base45 is not canonical");

  const certificate = new X509Certificate(pem);
  const message = Sign1.decode(cose);
  const header = message.protectedHeaders;
  demand(header.get(1) === -7, "alg is not ES256");
  demand(header.get(16) === "vnc1", "typ");
  const kid = createHash("sha256").update(certificate.raw).digest().subarray(0, 8);
  demand(Buffer.from(header.get(4)).equals(kid), "kid is not of this certificate");
  await message.verify(certificate.publicKey, { algorithms: [-7] }); // throws if it does not hold

  // Only now is anything inflated.
  const inflater = new pako.Inflate({ raw: true, dictionary, chunkSize: MAX_PAYLOAD });
  inflater.push(message.payload, true);
  demand(inflater.err === 0 && inflater.ended, `inflate: ${inflater.msg}`);
  demand(inflater.strm.avail_in === 0, "bytes after the end of the stream");
  demand(inflater.result.length <= MAX_PAYLOAD, "payload too large");
  const claims = decode(inflater.result, { ...cdeDecodeOptions, preferMap: true });

  const known = new Set(Object.values(CWT));
  for (const key of claims.keys()) demand(known.has(Number(key)), `unknown claim ${key}`);
  const get = (key) => claims.get(key);
  return {
    issuer: get(CWT.issuer),
    issued_at: Number(get(CWT.issuedAt)),
    copy_id: copyId(get(CWT.id)),
    body: plain(get(CWT.copy)),
    cose_bytes: cose.length,
  };
}

function readPages(files) {
  for (const file of files) {
    const { data, width, height } = PNG.sync.read(readFileSync(file));
    const pixels = new Uint8ClampedArray(data);
    const found = jsQR(pixels, width, height, { inversionAttempts: "dontInvert" });
    if (found) return { text: found.data, version: found.version };
  }
  throw new Error("no symbol found on the pages");
}

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const dictionary = new Uint8Array(Buffer.from(job.dictionary, "hex"));
const results = [];
for (const copy of job.copies) {
  const result = { name: copy.name };
  try {
    result.copy = await readCopy(copy.text, copy.certificate, dictionary);
  } catch (error) {
    result.copy_error = String(error.message ?? error);
  }
  if (copy.pages.length > 0) {
    try {
      const { text, version } = readPages(copy.pages);
      result.version = version;
      if (text !== copy.text) result.page_error = "the printed symbol has another text";
    } catch (error) {
      result.page_error = String(error.message ?? error);
    }
  }
  results.push(result);
}
process.stdout.write(`${JSON.stringify({ results })}\n`);
