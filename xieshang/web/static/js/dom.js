// Small helpers shared by the modules.

/** Wire every element that matches, now and whenever htmx brings a new one; each only once. */
export function each(selector, wire) {
  const seen = new WeakSet();
  const once = (element) => {
    if (seen.has(element)) return;
    seen.add(element);
    wire(element);
  };
  const run = (root) => {
    if (root.matches && root.matches(selector)) once(root);
    root.querySelectorAll(selector).forEach(once);
  };
  run(document);
  document.addEventListener("htmx:load", (event) => run(event.target));
}

/** “{k} of {n}” with its places filled. Words come from data- attributes, so that they are translated with the page. */
export function fill(words, values) {
  return (words || "").replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function csrf() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta ? meta.content : "";
}

/** An id made here, for what is written without network: the server takes the same id once. */
export function newId() {
  if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function clock(date = new Date()) {
  return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}

/** Say something quietly at the foot of the page. */
export function toast(text, level = "info") {
  const box = document.getElementById("toasts");
  if (!box || !text) return;
  if (Array.from(box.children).some((old) => old.dataset.text === text)) return;
  const item = document.createElement("div");
  item.className = `toast toast--${level}`;
  item.dataset.toast = "";
  item.dataset.text = text;
  if (level === "error" || level === "warning") item.dataset.stay = "";
  const words = document.createElement("span");
  words.className = "toast__text";
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast__close";
  close.dataset.close = "";
  close.setAttribute("aria-label", document.body.dataset.wordClose || "");
  close.textContent = "✕";
  item.append(words, close);
  box.append(item);
  settle(item);
}

const READING_TIME = 9000;

/** A toast goes by itself after a while, unless it must be answered, or is being looked at. */
export function settle(item) {
  item.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) item.remove();
  });
  if ("stay" in item.dataset) return;
  let timer = setTimeout(() => item.remove(), READING_TIME);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(() => item.remove(), READING_TIME / 2);
  };
  item.addEventListener("mouseenter", hold);
  item.addEventListener("focusin", hold);
  item.addEventListener("mouseleave", release);
  item.addEventListener("focusout", release);
}

export function typing(element) {
  return Boolean(element && element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"));
}
