// Sends without reloading and fetches what is new; without it every form loads the page anew.
const room = document.getElementById("room");
const log = document.getElementById("log");
const box = document.getElementById("text");
const thinking = document.getElementById("thinking");
const POLL_MS = 2000;
let step = Number(log.dataset.step);
let queue = Promise.resolve(); // one gesture at a time, in the order they were made

function headers() {
  return { "X-After": String(step) };
}

// Each top element of a fragment takes the place of the one with its id; a new line is added.
function take(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const lines = [];
  for (const element of [...fresh.content.children]) {
    const old = document.getElementById(element.id);
    if (element.id === "step") {
      step = Math.max(step, Number(element.dataset.step));
    } else if (!element.matches(".entry")) {
      if (old.innerHTML !== element.innerHTML) old.replaceChildren(...element.childNodes);
    } else if (!old) {
      log.append(element);
      lines.push(element);
    } else if (!old.isEqualNode(element)) {
      old.replaceWith(element);
      lines.push(element);
    }
  }
  return lines;
}

// Returns what is new as HTML, and nothing when the whole page has to be fetched anew.
async function fetched(address, options) {
  const response = await fetch(address, { ...options, headers: headers() });
  if (!response.ok) throw new Error(String(response.status));
  const html = await response.text();
  const behind = Number(/data-step="(\d+)"/.exec(html)?.[1]) < step;
  const language = response.headers.get("Content-Language");
  // The bot was started anew, or it speaks another language now: the whole page is another.
  if (behind || language !== document.documentElement.lang) {
    location.reload();
    return "";
  }
  return html;
}

function pending(text) {
  const line = document.createElement("article");
  line.className = "entry mine said pending";
  const words = document.createElement("p");
  words.className = "text";
  words.textContent = text;
  line.append(words);
  log.append(line);
  line.scrollIntoView({ block: "nearest" });
  return line;
}

function show(lines, button) {
  if (!lines.length) return;
  const wrong = lines.flatMap((line) => [...line.querySelectorAll("[aria-invalid]")])[0];
  lines[0].scrollIntoView({ block: lines.length > 1 ? "start" : "nearest" });
  if (wrong) wrong.focus();
  // What was pressed is gone with the message that it stood in.
  else if (button && !button.isConnected) lines.at(-1).focus({ preventScroll: true });
}

function say(words) {
  document.getElementById("problem").textContent = words;
}

async function send(form, button, data, spoken) {
  const line = spoken ? pending(spoken) : null;
  thinking.textContent = thinking.dataset.words;
  if (button && !form.contains(box)) button.setAttribute("aria-busy", "true");
  try {
    const html = await fetched(form.action, { method: "POST", body: new URLSearchParams(data) });
    line?.remove();
    const lines = take(html);
    const refused = document.getElementById("problem").textContent !== "";
    if (refused && form.contains(box) && !box.value) box.value = spoken;
    if (!refused && form.closest("details.form")) form.closest("details.form").open = false;
    show(lines, button);
  } catch {
    if (form.contains(box) && !box.value) box.value = spoken;
    say(room.dataset.unreached);
  }
  line?.remove();
  button?.removeAttribute("aria-busy");
  thinking.textContent = "";
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-live]")) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.getAttribute("aria-busy") === "true") return;
  const data = new FormData(form, button);
  const spoken = form.matches("[data-says]") ? data.get("text").trim() : "";
  if (form.contains(box)) {
    box.value = "";
    fit();
    box.focus();
  }
  queue = queue.then(() => send(form, button, data, spoken));
});

function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
box.addEventListener("input", fit);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  box.form.requestSubmit(box.form.querySelector("button"));
});

setInterval(() => {
  if (document.hidden || thinking.textContent) return;
  fetched(`${room.dataset.news}?after=${step}`).then(
    (html) => take(html).at(-1)?.scrollIntoView({ block: "nearest" }),
    () => {}, // the next round tries again
  );
}, POLL_MS);

if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".clock").open = false;
// Not into view by element: that would also move where the first Tab goes.
if (!location.hash) scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
