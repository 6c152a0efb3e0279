// The check of a receipt in the browser: a third program that must come to the same answer as
// rules/proof and kiem_bien_nhan.py. Nothing is sent anywhere.

const text = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class Bad extends Error {}

const bad = (part) => {
  throw new Bad(part);
};

export function unbase64(coded, size) {
  if (typeof coded !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(coded) || coded.length % 4) bad("base64");
  const raw = Uint8Array.from(atob(coded), (c) => c.charCodeAt(0));
  if (base64(raw) !== coded || (size !== undefined && raw.length !== size)) bad("base64");
  return raw;
}

export function base64(raw) {
  let out = "";
  for (const byte of raw) out += String.fromCharCode(byte);
  return btoa(out);
}

const hex = (raw) => Array.from(raw, (b) => b.toString(16).padStart(2, "0")).join("");
const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (d) => parseInt(d, 16));

export function joined(...parts) {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const sha = async (raw) => new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
const node = (left, right) => sha(joined(Uint8Array.of(1), left, right));

// --- signatures ---

export async function canSign() {
  // RFC 8032, 7.1, test 1: a browser that cannot say yes to this cannot be asked.
  const key = unhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  const signature = unhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  );
  return crypto.subtle !== undefined && (await signed(key, new Uint8Array(), signature));
}

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const PRIME = 2n ** 255n - 19n;
// The few keys under which one signature fits everything: refused, whatever the browser thinks.
const SMALL = new Set([
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]);

const little = (raw) => BigInt("0x" + hex(Uint8Array.from(raw).reverse()));

async function signed(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64 || SMALL.has(hex(key))) return false;
  const y = (raw) => little(raw) & ((1n << 255n) - 1n);
  if (little(signature.slice(32)) >= ORDER || y(key) >= PRIME || y(signature.slice(0, 32)) >= PRIME) return false;
  try {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
  } catch {
    return false;
  }
}

// --- the tree (RFC 9162) ---

export async function root(leaves) {
  if (!leaves.length) return sha(new Uint8Array());
  let row = leaves;
  while (row.length > 1) {
    const up = [];
    for (let i = 0; i < row.length; i += 2) up.push(i + 1 < row.length ? await node(row[i], row[i + 1]) : row[i]);
    row = up;
  }
  return row[0];
}

export async function included(leaf, index, size, proof, wanted) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let at = BigInt(index);
  let last = BigInt(size) - 1n;
  let found = leaf;
  for (const step of proof) {
    if (last === 0n) return false;
    if (at & 1n || at === last) {
      found = await node(step, found);
      while (!(at & 1n) && at) [at, last] = [at >> 1n, last >> 1n];
    } else found = await node(found, step);
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n && same(found, wanted);
}

export async function consistent(old, size, proof, oldRoot, newRoot) {
  if (old > size) return false;
  if (old === size) return !proof.length && same(oldRoot, newRoot);
  if (old === 0) return !proof.length && same(oldRoot, await sha(new Uint8Array()));
  const count = BigInt(old);
  const path = count & (count - 1n) ? [...proof] : [oldRoot, ...proof];
  if (!path.length) return false;
  let at = count - 1n;
  let last = BigInt(size) - 1n;
  while (at & 1n) [at, last] = [at >> 1n, last >> 1n];
  let before = path[0];
  let after = path[0];
  for (const step of path.slice(1)) {
    if (last === 0n) return false;
    if (at & 1n || at === last) {
      before = await node(step, before);
      after = await node(step, after);
      while (!(at & 1n) && at) [at, last] = [at >> 1n, last >> 1n];
    } else after = await node(after, step);
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n && same(before, oldRoot) && same(after, newRoot);
}

// --- notes, keys, checkpoints (C2SP) ---

const goodName = (name) => /^[^\s+\x00-\x1f\x7f]{1,200}$/u.test(name);

async function keyNumber(name, key) {
  return (await sha(joined(text.encode(`${name}\n`), Uint8Array.of(1), key))).slice(0, 4);
}

export async function readKey(line) {
  const [name, number, ...rest] = line.trim().split("+");
  if (!rest.length || !goodName(name)) bad("key");
  const raw = unbase64(rest.join("+"), 33);
  const key = raw.slice(1);
  if (raw[0] !== 1 || hex(await keyNumber(name, key)) !== number) bad("key");
  return { name, key, line: line.trim() };
}

export function readNote(note) {
  const at = note.lastIndexOf("\n\n");
  if (at < 0 || !note.endsWith("\n") || /[\r\0]/.test(note) || at + 2 >= note.length) bad("note");
  const lines = note.slice(at + 2, -1).split("\n");
  if (lines.length > 100) bad("note");
  const signatures = lines.map((line) => {
    const parts = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? bad("note");
    const raw = unbase64(parts[2]);
    if (!goodName(parts[1]) || raw.length <= 4) bad("note");
    return { name: parts[1], number: raw.slice(0, 4), signature: raw.slice(4) };
  });
  return { body: note.slice(0, at + 1), signatures };
}

export function readCheckpoint(body) {
  const lines = body.split("\n");
  if (lines.length !== 4 || !goodName(lines[0]) || !/^(0|[1-9][0-9]{0,18})$/.test(lines[1])) bad("checkpoint");
  const size = Number(lines[1]);
  if (!Number.isSafeInteger(size)) bad("checkpoint");
  return { origin: lines[0], size, root: unbase64(lines[2], 32) };
}

async function noteSigned(note, name, key) {
  const number = await keyNumber(name, key);
  for (const line of note.signatures) {
    if (line.name !== name || !same(line.number, number)) continue;
    if (await signed(key, text.encode(note.body), line.signature)) return true;
  }
  return false;
}

export function readHeld(kept) {
  const given = kept.replaceAll("\r\n", "\n");
  if (given.includes("\n\n")) {
    return readCheckpoint(readNote(given.endsWith("\n") ? given : `${given}\n`).body);
  }
  const found = /n=(0|[1-9][0-9]{0,18})&r=([\w-]{43})&h=[\w-]{43}$/.exec(given.trim()) ?? bad("checkpoint");
  const coded = found[2].replaceAll("-", "+").replaceAll("_", "/") + "=";
  return { origin: "", size: Number(found[1]), root: unbase64(coded, 32) };
}

// --- the code on paper ---

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function codeOf(leaf) {
  let number = BigInt("0x" + hex(leaf.slice(0, 10)));
  const digits = [];
  for (let i = 0; i < 16; i += 1) {
    digits.unshift(Number(number & 31n));
    number >>= 5n;
  }
  let check = 0;
  for (const digit of [...digits, 0]) {
    check <<= 1;
    if (check & 32) check ^= 37;
    check ^= digit;
  }
  const whole = [...digits, check].map((d) => LETTERS[d]).join("");
  return whole.match(/.{1,4}/g).join("-");
}

// --- the receipt ---

const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const map = (value) => (isMap(value) ? value : bad("mapping"));
const typed = (of, name, fits) => (fits(of[name]) ? of[name] : bad(name));
const isText = (value) => typeof value === "string";
const isList = Array.isArray;

function plain(json) {
  try {
    return JSON.parse(json);
  } catch {
    return bad("json");
  }
}

function steps(of) {
  const found = typed(of, "proof", isList);
  if (found.length > 64) bad("proof");
  return found.map((step) => unbase64(step, 32));
}

const FRAME = [text.encode('{"body":'), text.encode(',"seal":"'), text.encode('"}\n')];
const SEAL = 88;

export async function read(raw) {
  const end = raw.length - FRAME[2].length;
  const cut = end - SEAL - FRAME[1].length;
  const framed =
    cut > FRAME[0].length &&
    same(raw.slice(0, FRAME[0].length), FRAME[0]) &&
    same(raw.slice(end), FRAME[2]) &&
    same(raw.slice(cut, cut + FRAME[1].length), FRAME[1]);
  if (!framed) bad("frame");
  const body = raw.slice(FRAME[0].length, cut);
  let of;
  try {
    of = map(plain(strict.decode(body)));
  } catch (error) {
    if (error instanceof Bad) throw error;
    bad("text");
  }
  if (of.format !== "thong-suot/receipt/1" || !["minutes", "evidence"].includes(of.kind)) bad("format");
  const note = readNote(typed(of, "checkpoint", isText));
  const leaves = unbase64(typed(of, "leaves", isText));
  const entries = typed(of, "entries", isList).map(map);
  const keys = typed(of, "keys", isList).map(map);
  if (!entries.length || !keys.length || leaves.length % 32) bad("keys, entries or leaves");
  const files = map(of.files);
  if (!Object.values(files).every((v) => isText(v) && /^[0-9a-f]{64}$/.test(v))) bad("files");
  map(of.named);
  return {
    body,
    seal: unbase64(strict.decode(raw.slice(end - SEAL, end)), 64),
    kind: of.kind,
    ...Object.fromEntries(["code", "origin", "made_at", "minutes"].map((n) => [n, typed(of, n, isText)])),
    named: of.named,
    files,
    note,
    mark: readCheckpoint(note.body),
    leaves: Array.from({ length: leaves.length / 32 }, (_, i) => leaves.slice(i * 32, i * 32 + 32)),
    keys: await Promise.all(
      keys.map(async (k) => ({
        ...(await readKey(typed(k, "key", isText))),
        introduction: unbase64(typed(k, "introduction", isText)),
      })),
    ),
    entries: await Promise.all(
      entries.map(async (e) => {
        const prev = typed(e, "prev", isText);
        const content = typed(e, "content", isText);
        if (!/^[0-9a-f]{64}$/.test(prev) || !content.isWellFormed?.()) bad("entry");
        const leaf = await sha(joined(Uint8Array.of(0), unhex(prev), text.encode(content)));
        return { index: typed(e, "index", Number.isSafeInteger), leaf, facts: map(plain(content)), proof: steps(e) };
      }),
    ),
    earlier: typed(of, "earlier", isList)
      .map(map)
      .map((e) => {
        const old = readNote(typed(e, "checkpoint", isText));
        return { note: old, mark: readCheckpoint(old.body), proof: steps(e) };
      }),
  };
}

async function ours(doc, note, origin) {
  if (origin !== doc.origin) return false;
  for (const one of doc.keys) if (await noteSigned(note, origin, one.key)) return true;
  return false;
}

/** Everything wrong with a receipt, as [code, blocks, what]; an empty list: true. */
export async function check(raw, keys = [], held = []) {
  try {
    return await faults(await read(raw), keys, held);
  } catch (error) {
    if (error instanceof Bad) return [["proof.malformed", true, error.message]];
    throw error;
  }
}

async function faults(doc, known, held) {
  const last = doc.keys[doc.keys.length - 1];
  const message = text.encode(`thong-suot/seal/v1\n${hex(await sha(doc.body))}\n`);
  if (!(await signed(last.key, message, doc.seal))) return [["proof.seal-wrong", true, doc.code]];
  const found = [];
  for (let i = 1; i < doc.keys.length; i += 1) {
    const said = text.encode(`thong-suot/key/v1\n${doc.keys[i].line}\n`);
    const right = await signed(doc.keys[i - 1].key, said, doc.keys[i].introduction);
    if (!right) found.push(["proof.key-not-introduced", true, doc.keys[i].name]);
  }
  const speaks = (name) => doc.origin === name || doc.origin.startsWith(`${name}/`);
  if (!doc.keys.every((one) => speaks(one.name))) found.push(["proof.key-of-another", true, doc.origin]);
  const mine = (one) => known.some((key) => key.name === one.name && same(key.key, one.key));
  if (!known.length) found.push(["proof.key-unknown", false, last.line]);
  else if (!doc.keys.some(mine)) found.push(["proof.key-foreign", true, last.line]);
  found.push(...(await logFaults(doc)));
  found.push(...(await (doc.kind === "evidence" ? evidenceFaults(doc) : minutesFaults(doc))));
  found.push(...(await historyFaults(doc)));
  for (const one of held) found.push(...(await heldFaults(doc, one)));
  return found;
}

async function logFaults(doc) {
  const found = [];
  const { origin, size, root: top } = doc.mark;
  if (!(await ours(doc, doc.note, origin))) found.push(["proof.checkpoint-wrong", true, origin]);
  for (const one of doc.entries) {
    const here = doc.origin.endsWith(`/${one.facts.chain}`) && one.facts.seq === one.index + 1;
    if (!here) found.push(["proof.entry-elsewhere", true, String(one.index + 1)]);
    if (!(await included(one.leaf, one.index, size, one.proof, top))) {
      found.push(["proof.not-in-log", true, String(one.index + 1)]);
    }
  }
  return found;
}

function evidenceFaults(doc) {
  const last = doc.entries[doc.entries.length - 1];
  return doc.code === codeOf(last.leaf) ? [] : [["proof.code-differs", true, doc.code]];
}

async function minutesFaults(doc) {
  const found = [];
  const content = hex(await sha(text.encode(doc.minutes)));
  const sides = new Map();
  const things = new Set();
  const people = new Set();
  for (const { leaf, facts } of doc.entries) {
    if (facts.act !== "handover.minutes-signed" || !isMap(facts.after)) continue;
    if (facts.after.content !== content) found.push(["proof.content-differs", true, doc.code]);
    sides.set(String(facts.after.side), leaf);
    things.add(`${facts.subject_kind} ${facts.subject_id}`);
    people.add(String(facts.actor_user));
  }
  for (const side of ["giver", "receiver"]) {
    if (!sides.has(side)) found.push(["proof.signature-missing", true, side]);
  }
  if (sides.size === 2 && (things.size !== 1 || people.size !== 2)) found.push(["proof.signers-differ", true, doc.code]);
  if (sides.has("receiver") && doc.code !== codeOf(sides.get("receiver"))) {
    found.push(["proof.code-differs", true, doc.code]);
  }
  return found;
}

async function historyFaults(doc) {
  const found = [];
  const { size, root: top } = doc.mark;
  for (const { note, mark, proof } of doc.earlier) {
    if (!(await ours(doc, note, mark.origin))) found.push(["proof.checkpoint-wrong", true, String(mark.size)]);
    if (!(await consistent(mark.size, size, proof, mark.root, top))) {
      found.push(["proof.two-histories", true, String(mark.size)]);
    }
  }
  if (doc.leaves.length && (doc.leaves.length !== size || !same(await root(doc.leaves), top))) {
    found.push(["proof.leaves-differ", true, String(size)]);
  }
  return found;
}

async function heldFaults(doc, one) {
  const { origin, size, root: top } = doc.mark;
  if (one.origin && one.origin !== origin) return [["proof.held-other-log", true, one.origin]];
  if (one.size > size) return [["proof.held-newer", false, String(one.size)]];
  const roots = new Map(doc.earlier.map(({ mark }) => [mark.size, mark.root]));
  roots.set(size, top);
  if (!roots.has(one.size) && doc.leaves.length >= one.size) roots.set(one.size, await root(doc.leaves.slice(0, one.size)));
  if (!roots.has(one.size)) return [["proof.held-unproved", false, String(one.size)]];
  return same(roots.get(one.size), one.root) ? [] : [["proof.two-histories", true, String(one.size)]];
}
