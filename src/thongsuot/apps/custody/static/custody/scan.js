// Scanning in a count: a hardware scanner or typing (ends in Enter), or the camera. Every scan is kept on
// this machine first and sent afterwards; each has a key made here, so that sending again doubles nothing.
const form = document.getElementById("scan-form");
const box = document.getElementById("scan-text");
const state = document.getElementById("scan-state");
const log = document.getElementById("scan-log");
const again = document.getElementById("scan-send");
const cameraButton = document.getElementById("scan-camera");
const video = document.getElementById("scan-video");
const words = state.dataset;
const shelf = `ts-scan-${form.dataset.person}-${form.dataset.count}`;
const MOST = 200;
const SHOWN = 12;
const REST = 2500; // the camera reads the same label many times while it is held before it

let sending = false;
let lastText = "";
let lastAt = 0;
const seen = new Set();

function waiting() {
  try {
    return JSON.parse(localStorage.getItem(shelf) || "[]");
  } catch {
    return [];
  }
}

function keep(scans) {
  if (scans.length) localStorage.setItem(shelf, JSON.stringify(scans));
  else localStorage.removeItem(shelf);
  say();
}

function say(more = "") {
  const left = waiting().length;
  const said = left ? `${words.unsent} ${left}` : words.sent;
  state.textContent = more ? `${said} ${more}` : said;
  state.dataset.left = String(left);
  again.hidden = left === 0;
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

function shown(text, note) {
  const line = document.createElement("li");
  const code = document.createElement("span");
  code.className = "code";
  code.textContent = text;
  line.append(code, ` ${note}`);
  log.prepend(line);
  while (log.children.length > SHOWN) log.lastChild.remove();
}

function bare(text) {
  return text.toUpperCase().replace(/[\s–.-]/g, "");
}

function scanned(text, via) {
  const typed = text.trim().slice(0, 60);
  if (!typed) return;
  const twice = seen.has(bare(typed));
  seen.add(bare(typed));
  shown(typed, twice ? words.again : "");
  if (navigator.vibrate) navigator.vibrate(twice ? [40, 60, 40] : 60);
  keep([...waiting(), { key: newKey(), text: typed, at: new Date().toISOString(), via }]);
  send();
}

function figures(answer) {
  const values = document.querySelectorAll("#tally .stat-value");
  ["found", "short", "over", "unknown"].forEach((name, at) => {
    if (values[at + 1]) values[at + 1].textContent = String(answer[name]);
  });
}

async function send() {
  const batch = waiting().slice(0, MOST);
  if (sending || !batch.length) return;
  sending = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      credentials: "same-origin",
      redirect: "manual",
      body: JSON.stringify({ scans: batch }),
    });
    if (answer.ok) {
      const said = await answer.json();
      const sent = new Set(said.keys);
      keep(waiting().filter((scan) => !sent.has(scan.key)));
      figures(said);
      say(said.alarms ? words.alarm : "");
    } else if (answer.type === "opaqueredirect" || answer.status === 403) {
      say(words.signIn);
    } else {
      const said = await answer.json().catch(() => ({ problems: [] }));
      say((said.problems || []).map((one) => one.message).join(" "));
    }
  } catch {
    say(words.offline);
  } finally {
    sending = false;
  }
  if (waiting().length && state.dataset.left !== String(batch.length)) send();
}

// A scanner types faster than people and ends in Enter: nobody types nine signs in a tenth of a second.
let began = 0;
box.addEventListener("input", () => {
  if (box.value.length <= 1) began = performance.now();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const quick = box.value.length >= 9 && performance.now() - began < 300;
  scanned(box.value, quick ? "scanner" : "typed");
  box.value = "";
  box.focus();
}, true);

async function reader() {
  if ("BarcodeDetector" in window) {
    const kinds = await BarcodeDetector.getSupportedFormats();
    if (kinds.includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async () => (await detector.detect(video)).map((found) => found.rawValue);
    }
  }
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async () => {
    canvas.width = Math.min(video.videoWidth, 800);
    canvas.height = Math.round((video.videoHeight * canvas.width) / video.videoWidth);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
    const found = window.jsQR(picture.data, picture.width, picture.height);
    return found && found.data ? [found.data] : [];
  };
}

async function camera() {
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment" },
    });
  } catch {
    say(words.cameraNo);
    return;
  }
  video.hidden = false;
  cameraButton.hidden = true;
  await video.play();
  const read = await reader();
  const look = async () => {
    if (video.readyState >= 2) {
      for (const text of await read()) {
        const now = performance.now();
        if (text !== lastText || now - lastAt > REST) scanned(text, "camera");
        lastText = text;
        lastAt = now;
      }
    }
    setTimeout(look, 200);
  };
  look();
}

cameraButton.hidden = !(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
cameraButton.addEventListener("click", camera);
again.addEventListener("click", send);
window.addEventListener("online", send);
window.addEventListener("beforeunload", (event) => {
  if (waiting().length) event.preventDefault();
});
setInterval(send, 15000);
say();
send();
