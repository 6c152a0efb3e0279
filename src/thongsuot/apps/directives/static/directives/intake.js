/* Keys of the intake: n accepts, b rejects, g joins with the next, t opens the splitting. Everything works without. */
(() => {
  "use strict";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const allowed = () => {
    try { return localStorage.getItem("ts-single-keys") !== "off"; } catch { return true; }
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || !allowed()) return;
    if (document.querySelector("dialog[open]")) return;
    const target = document.querySelector(`[data-intake-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
  document.querySelector(".source-text mark.now")?.scrollIntoView({ block: "center" });
})();
