// Drafts: <form data-draft="KEY" data-draft-url="/drafts/"> is saved as it is typed.
//
// To the server: POST key, client_id, at, payload (a JSON list of [name, value]). The answer may be {"saved_at": "10:42"} or empty.
// Without network it stays in this browser under the id made here, is sent when the network is back, and is wiped at log-out.
// The form carries the same id as `client_id`, so that what is sent twice is one record.
import { clock, csrf, each, fill, newId } from "./dom.js";

const PREFIX = "draft:";
const PAUSE = 1200;
const AGAIN = 30000;
const who = document.body.dataset.user || "";

function stored() {
  const found = [];
  for (let i = 0; i < localStorage.length; i += 1) {
    const name = localStorage.key(i);
    if (!name.startsWith(PREFIX)) continue;
    try {
      found.push([name, JSON.parse(localStorage.getItem(name))]);
    } catch (error) {
      localStorage.removeItem(name);
    }
  }
  return found;
}
const forget = (key) => localStorage.removeItem(PREFIX + key);
function keep(entry) {
  try {
    localStorage.setItem(PREFIX + entry.key, JSON.stringify(entry));
    return true;
  } catch (error) {
    return false; // the browser's room is full, or closed to us
  }
}

// Drafts of somebody else, and those whose form was sent and answered, have no business here. Where nobody is logged in, the answer was the log-in page:
// what was sent has not arrived, and stays.
stored().forEach(([name, entry]) => {
  if (!who && entry && entry.sent) keep({ ...entry, sent: false });
  else if (!entry || entry.sent || (who && entry.who && entry.who !== who)) localStorage.removeItem(name);
});

async function send(entry, keepalive = false) {
  const body = new URLSearchParams({
    key: entry.key, client_id: entry.id, at: entry.at, payload: JSON.stringify(entry.payload),
  });
  const answer = await fetch(entry.url, {
    method: "POST", body, keepalive, credentials: "same-origin", redirect: "manual",
    headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" },
  });
  if (!answer.ok) throw Object.assign(new Error("refused"), { refused: true });
  const type = answer.headers.get("Content-Type") || "";
  return type.includes("json") ? answer.json() : {};
}

const unsent = () => stored().filter(([, entry]) => entry && !entry.sent && (!entry.who || entry.who === who));
async function sendLater() {
  for (const [, entry] of unsent()) {
    try {
      await send(entry);
      const now = JSON.parse(localStorage.getItem(PREFIX + entry.key) || "null");
      if (now && now.at === entry.at) forget(entry.key);
      document.dispatchEvent(new CustomEvent("draft:sent", { detail: entry }));
    } catch (error) {
      if (!error.refused) return; // still no network: another time
    }
  }
}
if (who) {
  window.addEventListener("online", sendLater);
  setInterval(() => unsent().length && navigator.onLine && sendLater(), AGAIN);
}

function read(form) {
  const skipped = (element) => element.type === "password" || element.type === "file" || "noDraft" in element.dataset;
  const left = new Set(Array.from(form.elements).filter((e) => e.name && skipped(e)).map((e) => e.name));
  return Array.from(new FormData(form)).filter(([name, value]) =>
    typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "client_id" && name !== "seen" && !left.has(name));
}

function write(form, payload) {
  const values = new Map();
  payload.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
  Array.from(form.elements).forEach((element) => {
    if (!element.name || ["hidden", "password", "file", "submit", "button"].includes(element.type)) return;
    const given = values.get(element.name) || [];
    if (element.type === "checkbox" || element.type === "radio") element.checked = given.includes(element.value);
    else if (element.multiple) Array.from(element.options).forEach((option) => { option.selected = given.includes(option.value); });
    else if (given.length) element.value = given.shift();
    else return;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

each("form[data-draft]", (form) => {
  const key = form.dataset.draft;
  const word = form.querySelector("[data-draft-word]");
  let carried = form.querySelector("input[name=client_id]");
  if (!carried) {
    carried = document.createElement("input");
    carried.type = "hidden";
    carried.name = "client_id";
    form.append(carried);
  }
  const local = JSON.parse(localStorage.getItem(PREFIX + key) || "null");
  if (!carried.value) carried.value = (local && local.id) || newId();

  const say = (what, t = clock(), bad = false) => {
    if (!word) return;
    word.textContent = fill(word.dataset[what], { t });
    word.classList.toggle("is-bad", bad);
  };
  if (local && !local.sent && !("filled" in form.dataset) && (!local.who || local.who === who)) {
    write(form, local.payload);
    say("restored", clock(new Date(local.at)));
    sendLater();
  }

  let timer = null;
  let last = "filled" in form.dataset ? "" : JSON.stringify(read(form));
  async function save(keepalive = false) {
    clearTimeout(timer);
    if (form.dataset.sent || !document.contains(form)) return; // it has gone to be recorded: what leaves the page now is no draft
    const payload = read(form);
    const text = JSON.stringify(payload);
    if (text === last) return;
    last = text;
    const entry = { key, id: carried.value, who, url: form.dataset.draftUrl, at: new Date().toISOString(), payload };
    const safe = keep(entry); // first here, then there
    if (!entry.url || !navigator.onLine) {
      say(safe ? "offline" : "failed", clock(), true);
      return;
    }
    say("saving");
    try {
      const answer = await send(entry, keepalive);
      const now = JSON.parse(localStorage.getItem(PREFIX + key) || "null");
      if (now && now.at === entry.at) forget(key);
      say("saved", answer.saved_at || clock());
    } catch (error) {
      say(safe && !error.refused ? "offline" : "failed", clock(), true);
    }
  }
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("visibilitychange", () => document.hidden && document.contains(form) && save(true));
  document.addEventListener("draft:sent", (event) => event.detail.key === key && say("saved"));

  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const entry = { key, id: carried.value, who, url: form.dataset.draftUrl, at: new Date().toISOString(), payload: read(form) };
    if (!navigator.onLine) {
      event.preventDefault();
      say(keep(entry) ? "offline" : "failed", clock(), true);
      return;
    }
    keep({ ...entry, sent: true });
  });
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-logout]")) stored().forEach(([name]) => localStorage.removeItem(name));
}, true);
