// Draws the outlines of two days over each other. What it draws comes from this server alone; the table beside it says the same.
"use strict";
(() => {
  const place = document.getElementById("map");
  if (!place || !window.L) return;
  const [larger, smaller, open, failed] = place.dataset.words.split("|");
  const wait = place.querySelector(".map-wait");
  const map = L.map(place, { attributionControl: false, zoomControl: false, fadeAnimation: false, minZoom: 4 });
  L.control.zoom({ zoomInTitle: larger, zoomOutTitle: smaller }).addTo(map);
  const units = new Map();

  const said = (properties) => {
    const box = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = properties.name;
    const link = document.createElement("a");
    link.href = `${place.dataset.unit}${encodeURIComponent(properties.key)}/`;
    link.textContent = open;
    box.append(name, document.createElement("br"), properties.code, document.createElement("br"), link);
    return box;
  };

  const layer = (given, look) =>
    L.geoJSON(given, {
      style: () => ({ className: look, weight: 1.4 }),
      pointToLayer: (_feature, at) => L.circleMarker(at, { radius: 5, className: look }),
      onEachFeature: (feature, drawn) => {
        drawn.bindPopup(() => said(feature.properties));
        drawn.bindTooltip(document.createTextNode(feature.properties.name).data.replace(/[<>&]/g, ""), { sticky: true });
        if (look === "unit-now") units.set(feature.properties.key, drawn);
      },
    });

  const fetched = async (url) => {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const show = async () => {
    const now = layer(await fetched(place.dataset.shapes), "unit-now").addTo(map);
    let all = now.getBounds();
    if (place.dataset.before) {
      const before = layer(await fetched(place.dataset.before), "unit-before");
      if (before.getLayers().length) {
        before.addTo(map);
        all = all.extend(before.getBounds());
      }
    }
    if (all.isValid()) map.fitBounds(all, { padding: [12, 12], animate: false });
    wait.remove();
  };

  for (const button of document.querySelectorAll("[data-go]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const drawn = units.get(button.dataset.go);
      if (!drawn) return;
      const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (drawn.getBounds) map.fitBounds(drawn.getBounds(), { maxZoom: 12, animate: !still });
      else map.setView(drawn.getLatLng(), 12, { animate: !still });
      drawn.openPopup();
      place.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    });
  }

  show().catch(() => {
    wait.textContent = failed;
  });
})();
