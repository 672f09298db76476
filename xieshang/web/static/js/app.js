// What every page has: toasts, menus, questions that want a reason, and plain words when the network fails.
import { each, settle, toast } from "./dom.js";

each("[data-toast]", settle);

// Menus: one open at a time; a click elsewhere or Escape closes it and gives the focus back.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  menus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// A question with a reason: <details> without script, a dialog with it.
each("details[data-ask]", (ask) => {
  if (!window.HTMLDialogElement) return;
  const box = ask.querySelector(".ask__box");
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", box.getAttribute("aria-labelledby") || "");
  ask.after(dialog);
  dialog.append(box);
  if (ask.open) {
    ask.open = false;
    dialog.showModal();
  }
  ask.querySelector("summary").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
    const first = dialog.querySelector("textarea, input:not([type=hidden])");
    if (first) first.focus();
  });
  dialog.addEventListener("close", () => ask.querySelector("summary").focus());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
});

each("[data-focus]", (element) => element.focus({ preventScroll: false }));

each("[data-show-password]", (button) => {
  const field = document.getElementById(button.dataset.showPassword);
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.querySelector("[data-word]").textContent = shown ? button.dataset.hide : button.dataset.show;
    field.focus();
  });
});

each("[data-fill]", (button) => {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.fill);
    field.value = button.dataset.value;
    const next = field.form && field.form.querySelector("input[type=password]");
    (next || field).focus();
  });
});

// <button data-copy="#id"> copies the words of an element, for WeChat.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea"); // an intranet address is seldom https
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  return undefined;
}
each("[data-copy]", (button) => {
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    if (!source) return;
    await copy(("value" in source ? source.value : source.textContent).trim());
    toast(button.dataset.copied || document.body.dataset.wordCopied);
    button.focus();
  });
});

// One press sends once, and long work (data-busy) says what it is doing. The browser's back button brings the buttons back to life.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  if (!form.dataset.busy) return;
  const word = document.createElement("p");
  word.className = "muted";
  word.dataset.busyWord = "";
  word.setAttribute("role", "status");
  word.textContent = form.dataset.busy;
  form.append(word);
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  document.querySelectorAll("[data-busy-word]").forEach((word) => word.remove());
});

// Filters that send themselves.
each("[data-autosubmit]", (field) => field.addEventListener("change", () => field.form.requestSubmit()));

// Columns of a table that can be hidden, remembered in this browser.
each("[data-columns]", (menu) => {
  const table = document.getElementById(menu.dataset.columns);
  const box = menu.querySelector("[data-columns-box]");
  if (!table || !box) return;
  const store = `columns:${location.pathname}:${table.id}`;
  const hidden = new Set(JSON.parse(localStorage.getItem(store) || "[]"));
  const show = (place, on) => table.querySelectorAll("tr").forEach((row) => {
    if (row.cells[place]) row.cells[place].hidden = !on;
  });
  Array.from(table.tHead.rows[0].cells).forEach((heading, place) => {
    const name = heading.textContent.trim();
    if (!name || "keep" in heading.dataset) return;
    const label = document.createElement("label");
    label.className = "check";
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = !hidden.has(name);
    const words = document.createElement("span");
    words.textContent = name;
    label.append(tick, words);
    box.append(label);
    show(place, tick.checked);
    tick.addEventListener("change", () => {
      if (tick.checked) hidden.delete(name);
      else hidden.add(name);
      localStorage.setItem(store, JSON.stringify([...hidden]));
      show(place, tick.checked);
    });
  });
});

// On paper everything marked for it is open.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details[data-print]:not([open])").forEach((details) => {
    details.open = true;
    details.dataset.closeAfter = "";
  });
});
window.addEventListener("afterprint", () => {
  document.querySelectorAll("details[data-close-after]").forEach((details) => {
    details.open = false;
    delete details.dataset.closeAfter;
  });
});
each("[data-print-page]", (button) => button.addEventListener("click", () => window.print()));

// A link that goes back to what was typed, where the browser still has it.
each("[data-back]", (link) => link.addEventListener("click", (event) => {
  if (history.length < 2) return;
  event.preventDefault();
  history.back();
}));

// htmx. A refusal (data-problem) is said in a dialog, so that what was typed stays where it is; a log-in page means that the
// session has ended; other failures are said in words.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  const text = detail.xhr.responseText || "";
  if (/ data-problem[ >]/.test(text)) {
    detail.shouldSwap = true;
    detail.isError = false;
    detail.target = document.getElementById("problem");
    detail.swapOverride = "innerHTML";
  } else if (/<!doctype html>/i.test(text) && /autocomplete="current-password"/.test(text)) {
    detail.shouldSwap = false;
    toast(document.body.dataset.wordLogin, "warning");
  }
});
const problem = document.getElementById("problem-frame");
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "problem" || !problem) return;
  if (problem.showModal && !problem.open) problem.showModal();
  else problem.setAttribute("open", "");
});
if (problem) problem.addEventListener("click", (event) => (event.target === problem || event.target.closest("[data-close]")) && problem.close());
document.addEventListener("htmx:sendError", () => toast(document.body.dataset.wordOffline, "warning"));
document.addEventListener("htmx:timeout", () => toast(document.body.dataset.wordOffline, "warning"));
document.addEventListener("htmx:responseError", () => toast(document.body.dataset.wordError, "error"));
