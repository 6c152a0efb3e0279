// The page that checks a receipt without sending anything: reads the file, draws the answer.

import { Bad, canSign, check, read, readHeld, readKey } from "./receipt.js";

const form = document.getElementById("check");
const place = document.getElementById("answer");
const words = JSON.parse(place.dataset.words);

const fragment = location.hash.slice(1);
if (/^n=\d+&r=/.test(fragment)) document.getElementById("giu").value = fragment;

function element(name, className, content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (content !== undefined) made.textContent = content;
  return made;
}

function show(state, heading, lines) {
  const box = element("div", `notice ${state}`);
  box.setAttribute("role", "status");
  const inside = element("div");
  inside.append(element("strong", "", heading));
  for (const line of lines) inside.append(element("p", "mb-1 text-break", line));
  box.append(inside);
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
}

async function answer() {
  if (!(await canSign())) return show("wait", words.cannot, [words.instead]);
  const file = document.getElementById("id_tep").files[0];
  if (!file) return show("wait", words.pick, []);
  if (file.size > 64 * 1024 * 1024) return show("lost", words.wrong, [words["proof.malformed"]]);
  const key = document.getElementById("khoa").value.trim();
  const kept = document.getElementById("giu").value.trim();
  let keys;
  let held;
  try {
    keys = key ? [await readKey(key)] : [];
    held = kept ? [readHeld(kept)] : [];
  } catch (error) {
    if (error instanceof Bad) return show("wait", words.unreadable, []);
    throw error;
  }
  const raw = new Uint8Array(await file.arrayBuffer());
  const found = await check(raw, keys, held);
  const said = found.map(([code, , what]) => `${words[code] ?? code}: ${what}`);
  if (found.some(([, blocks]) => blocks)) return show("lost", words.wrong, said);
  const doc = await read(raw);
  const acts = doc.entries.map(({ facts }) => `${facts.at ?? ""} · ${facts.actor_name ?? ""} · ${facts.actor_post ?? ""} · ${facts.act}`);
  return show("even", words.right, [`${doc.code} · ${doc.mark.origin} · ${doc.mark.size}`, ...acts, ...said]);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  answer();
});
form.addEventListener("change", (event) => {
  if (event.target.id === "id_tep" && event.target.files.length) answer();
});
