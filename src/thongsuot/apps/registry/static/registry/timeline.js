// Letting go of the range opens its day; without script a button does.
"use strict";
(() => {
  for (const form of document.querySelectorAll("[data-slider]")) {
    const range = form.querySelector("input[type=range]");
    const days = [...form.querySelectorAll(".stops a")].map((a) => a.textContent);
    range.addEventListener("input", () => range.setAttribute("aria-valuetext", days[range.value] || ""));
    range.addEventListener("change", () => form.submit());
  }
})();
