/* What a page does beyond plain HTML. Everything here makes a page quicker; nothing needs it.
   Marks in the HTML: data-list (rows for j and k), data-key="e" (pressed by that key), data-copy, data-print, data-drop,
   data-opens-palette, data-again (a form that may be sent twice), data-keep="off" (a form never kept), data-main-form. */
"use strict";
(() => {
  const page = document.body;
  const said = document.getElementById("said");
  const words = said ? said.dataset : {};
  const typing = (el) => el.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const say = (text) => { if (said) { said.textContent = ""; said.textContent = text; } };
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const memory = (() => { try { localStorage.getItem("ts"); return localStorage; } catch { return null; } })();

  /* ---- a button that prints the page; hidden where there is no script to do it ---- */
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* ---- menus: one open at a time, closed by Escape or by a press elsewhere ---- */
  const openMenus = () => all("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });

  /* ---- search over everything ---- */
  const palette = document.getElementById("palette");
  const asked = document.getElementById("palette-q");
  const found = document.getElementById("palette-found");
  let running = null;
  let waiting = 0;

  function openPalette(text = "") {
    if (!palette || !palette.showModal || palette.open) return;
    asked.value = text;
    palette.showModal();
    asked.focus();
    text ? look() : hint();
  }
  function hint(text = found.dataset.hint) {
    const line = document.createElement("p");
    line.textContent = text;
    found.replaceChildren(line);
    asked.setAttribute("aria-expanded", "false");
    asked.removeAttribute("aria-activedescendant");
  }
  async function look() {
    running?.abort();
    const text = asked.value.trim();
    if (text.length < 2) return hint();
    running = new AbortController();
    try {
      const answer = await fetch(`${page.dataset.search}?q=${encodeURIComponent(text)}`, { signal: running.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok) return hint(found.dataset.empty);
      found.replaceChildren(...hits(await answer.text()));
    } catch (trouble) {
      if (trouble.name !== "AbortError") hint(found.dataset.empty);
      return;
    }
    const options = all("a[href]", found);
    if (!options.length) return hint(found.dataset.empty);
    asked.setAttribute("aria-expanded", "true");
    choose(options[0]);
  }
  /* The answer is the same list that the search page shows: its links become the options, its headings their kind. */
  function hits(html) {
    const answer = new DOMParser().parseFromString(html, "text/html");
    return all("a[href]", answer).map((link, i) => {
      const kind = link.closest("section")?.querySelector("h2")?.textContent;
      if (kind && !link.querySelector(":scope > .tag")) {
        const tag = document.createElement("span");
        tag.className = "tag plain";
        tag.textContent = kind;
        link.append(tag);
      }
      link.id = `found-${i}`;
      link.setAttribute("role", "option");
      link.tabIndex = -1;
      return link;
    });
  }
  function choose(option) {
    for (const other of all("a", found)) other.setAttribute("aria-selected", String(other === option));
    asked.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function paletteKeys(event) {
    const options = all("a[href]", found);
    const here = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (options.length) choose(options[(here + step + options.length) % options.length]);
    } else if (event.key === "Enter" && here >= 0) {
      event.preventDefault();
      options[here].click();
    }
  }
  if (palette && palette.showModal) {
    asked.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 150); });
    asked.addEventListener("keydown", paletteKeys);
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
    for (const door of all("[data-opens-palette]")) {
      door.addEventListener("click", (event) => { event.preventDefault(); openPalette(door.value || ""); });
    }
  }

  /* ---- keys ---- */
  const single = () => memory?.getItem("ts-single-keys") !== "off";
  const rows = () => all("[data-list] tbody tr, [data-list] > li").filter((r) => r.querySelector("a[href]") && r.offsetParent);

  function moveRow(step) {
    const list = rows();
    if (!list.length) return;
    const here = list.findIndex((r) => r.classList.contains("at"));
    const next = list[Math.min(Math.max(here + step, 0), list.length - 1)];
    for (const row of list) row.classList.toggle("at", row === next);
    next.querySelector("a[href]").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  function press(key) {
    const row = document.querySelector("[data-list] .at");
    const target = row?.querySelector(`[data-key="${key}"]`) || document.querySelector(`main [data-key="${key}"]`);
    target?.click();
    return Boolean(target);
  }
  function tickRow() {
    const box = document.querySelector("[data-list] .at input[type=checkbox]");
    box?.click();
    return Boolean(box);
  }
  async function showKeys() {
    const answer = await fetch(page.dataset.keys).catch(() => null);
    if (!answer?.ok) { location.href = page.dataset.keys; return; }
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    const box = document.createElement("dialog");
    box.className = "palette keys-box";
    box.setAttribute("aria-label", other.querySelector("h1").textContent);
    const inside = document.createElement("div");
    inside.className = "sheet-body";
    inside.append(other.querySelector("h1"), other.querySelector(".keys"));
    box.append(inside);
    box.addEventListener("close", () => box.remove());
    box.addEventListener("click", () => box.close());
    page.append(box);
    box.showModal();
  }
  const plain = {
    "/": () => openPalette(),
    "?": () => { showKeys(); },
    j: () => moveRow(1),
    k: () => moveRow(-1),
    x: () => tickRow(),
    e: () => press("e"),
  };
  function save() {
    const near = document.activeElement?.closest("form[method=post]");
    const form = near || document.querySelector("main form[data-main-form]") || document.querySelector("main form[method=post]");
    form?.requestSubmit(form.querySelector(".btn-primary") || undefined);
    return Boolean(form);
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      const key = event.key.toLowerCase();
      if (key === "k") { event.preventDefault(); openPalette(); }
      if (key === "s" && save()) event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      for (const menu of openMenus()) { menu.open = false; menu.querySelector("summary").focus(); }
      return;
    }
    if (event.altKey || event.isComposing || typing(event.target) || document.querySelector("dialog[open]") || !single()) return;
    const act = plain[event.key];
    if (act && act() !== false) event.preventDefault();
  });
  const choice = document.querySelector("[data-single-keys]");
  if (choice && memory) {
    choice.closest("[hidden]").hidden = false;
    choice.checked = single();
    choice.addEventListener("change", () => memory.setItem("ts-single-keys", choice.checked ? "on" : "off"));
  }

  /* ---- a form half filled in survives a lost line and an ended session ----
     Kept on this machine under the person's own number, so that the next person here never sees it. */
  const person = page.dataset.person || "";
  const DAYS = 7 * 24 * 3600 * 1000;
  const name = (form) => `ts-kept:${person}:${location.pathname}:${form.id || new URL(form.action, location).pathname}`;
  const fields = (form) => [...form.elements].filter((f) => f.name && f.name !== "csrfmiddlewaretoken" && !["hidden", "password", "file", "submit", "button"].includes(f.type));
  const status = performance.getEntriesByType("navigation")[0]?.responseStatus || 200;
  const refused = (form) => status >= 400 || document.querySelector("#notices .problems") || form?.querySelector(".problems, .field-wrong, [aria-invalid=true]");
  const kept = () => memory ? Object.keys(memory).filter((k) => k.startsWith("ts-kept:")) : [];
  const read = (key) => { try { return JSON.parse(memory.getItem(key)); } catch { return null; } };
  const write = (key, value) => { try { memory.setItem(key, JSON.stringify(value)); } catch { /* full: the form itself still works */ } };
  const keepable = (form) => person && memory && form.method === "post" && form.dataset.keep !== "off" && !form.querySelector("[type=password]") && form.closest("main")
    && fields(form).some((f) => f.matches("textarea, select, input:not([type=checkbox]):not([type=radio])"));

  /* A form that was sent is forgotten once a page comes back that is no refusal; the way through signing in does not count. */
  function settle() {
    const forms = new Map(all("main form").map((form) => [name(form), form]));
    for (const key of kept()) {
      const record = read(key);
      if (!record || Date.now() - record.at > DAYS) memory.removeItem(key);
      else if (!person || "failed" in page.dataset) write(key, { ...record, sent: false });
      else if (record.sent && key.startsWith(`ts-kept:${person}:`) && !refused(forms.get(key))) memory.removeItem(key);
    }
  }
  const values = (form) => fields(form).map((f) => [f.name, f.type === "checkbox" || f.type === "radio" ? (f.checked ? f.value : null) : f.value]);
  function fill(form, pairs) {
    const left = pairs.map((p) => [...p]);
    let changed = false;
    for (const field of fields(form)) {
      const at = left.findIndex(([n]) => n === field.name);
      if (at < 0) continue;
      const [[, value]] = left.splice(at, 1);
      if (field.type === "checkbox" || field.type === "radio") { changed ||= field.checked !== (value !== null); field.checked = value !== null; }
      else { changed ||= field.value !== value; field.value = value; }
    }
    return changed;
  }
  function restore(form) {
    const record = read(name(form));
    if (!record || refused(form)) return;
    const before = values(form);
    if (!fill(form, record.values)) return;
    const line = document.createElement("div");
    line.className = "notice plain restored";
    const text = document.createElement("div");
    text.textContent = `${words.restored} `;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-link btn-sm";
    drop.textContent = words.forget;
    drop.addEventListener("click", () => { fill(form, before); memory.removeItem(name(form)); line.remove(); });
    text.append(drop);
    line.append(text);
    form.prepend(line);
    say(words.restored);
  }
  settle();
  for (const form of all("main form")) {
    if (!keepable(form)) continue;
    restore(form);
    let pause = 0;
    const keep = () => write(name(form), { at: Date.now(), path: location.pathname, sent: false, values: values(form) });
    form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(keep, 300); });
    form.addEventListener("change", keep);
    form.addEventListener("submit", () => { clearTimeout(pause); write(name(form), { at: Date.now(), path: location.pathname, sent: true, values: values(form) }); });
    form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) memory.removeItem(name(form)); });
  }

  /* ---- sent once ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "again" in form.dataset || form.matches("[hx-post], [data-hx-post]")) return;
    if ("sent" in form.dataset) { event.preventDefault(); return; }
    form.dataset.sent = "";
    event.submitter?.setAttribute("aria-busy", "true");
    say(words.sending);
    setTimeout(() => released(form), 10000);
  });
  function released(form) {
    delete form.dataset.sent;
    for (const button of all("[aria-busy]", form)) button.removeAttribute("aria-busy");
  }
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(released));

  /* ---- copy a link ---- */
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-copy]");
    if (!link) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.dataset.copy);
    } catch {
      /* a network without certificates has no clipboard of its own: go the old way */
      const box = document.createElement("textarea");
      box.value = link.dataset.copy;
      page.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    link.classList.add("copied");
    setTimeout(() => link.classList.remove("copied"), 2000);
    say(words.copied);
  });

  /* ---- tick all on this page ---- */
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-tick-all]")) return;
    for (const box of all("tbody input[type=checkbox]", event.target.closest("table"))) box.checked = event.target.checked;
  });

  /* ---- drop a file ---- */
  for (const drop of all("[data-drop]")) {
    const input = drop.querySelector("input[type=file]");
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  /* ---- a date as an office writes it: the box itself follows the machine, 06/24 or 24/06, so the day lies over it ---- */
  const weekdays = (words.weekdays || "").split("|");
  function sayDay(input, output) {
    const [y, m, d] = input.value.split("-").map(Number);
    const on = new Date(Date.UTC(y, m - 1, d));
    output.value = y > 999 && !Number.isNaN(on.valueOf()) ? `${weekdays[(on.getUTCDay() + 6) % 7]} ${String(d).padStart(2, "0")}/${String(m).padStart(2, "0")}/${y}` : words.noday;
  }
  for (const input of all("input[type=date]")) {
    const box = document.createElement("span");
    box.className = "day-box";
    input.replaceWith(box);
    const output = document.createElement("output");
    output.className = "day-said";
    output.htmlFor = input.id;
    box.append(input, output);
    sayDay(input, output);
    input.addEventListener("input", () => sayDay(input, output));
  }

  /* ---- on a phone the page that is open may lie beyond the edge of its tabs ---- */
  for (const tab of all(".tabs [aria-current]")) tab.closest(".tabs").scrollLeft = tab.offsetLeft - 48;

  /* ---- htmx: the secret of the form goes with every act; a refusal is shown where the server says ---- */
  page.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
  });
  page.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
  });
  page.addEventListener("htmx:sendError", () => trouble(words.offline));
  page.addEventListener("htmx:responseError", (event) => { if (!event.detail.xhr.getResponseHeader("HX-Retarget")) trouble(words.failed); });
  function trouble(text) {
    const line = document.createElement("div");
    line.className = "notice lost";
    line.setAttribute("role", "alert");
    const inside = document.createElement("div");
    inside.textContent = text;
    line.append(inside);
    document.getElementById("notices")?.replaceChildren(line);
  }
})();
