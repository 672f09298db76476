// Going through a list by keyboard: <… data-keys> around <… data-item>.
//   ↓ ↑ or J K  the next, the one before       Enter  presses [data-accept]
//   E           presses [data-edit]            X      presses [data-drop]
//   1 … 9       presses [data-choice="1"], else begins typing in [data-type]
//   Ctrl+Z      presses [data-undo] of the list
// An item with data-for="#id" lights that place in the other pane; a click on a place with data-item-id="id" comes back.
import { each, typing } from "./dom.js";

each("[data-keys]", (list) => {
  let currentId = null;
  const items = () => Array.from(list.querySelectorAll("[data-item]")).filter((item) => !item.hidden);
  const current = () => list.querySelector('[data-item][aria-current="true"]');

  function light(item) {
    document.querySelectorAll("[data-lit]").forEach((place) => {
      place.classList.remove("is-on");
      delete place.dataset.lit;
    });
    const place = item.dataset.for && document.querySelector(item.dataset.for);
    if (!place) return;
    place.classList.add("is-on");
    place.dataset.lit = "";
    const pane = place.closest(".pane"); // only the pane moves, never the page
    if (!pane) return;
    const off = place.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += off - pane.clientHeight / 3;
  }

  function go(item, focus = true) {
    if (!item) return;
    const old = current();
    if (old) old.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    currentId = item.id || null;
    if (focus) {
      item.tabIndex = -1;
      item.focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    }
    light(item);
    list.dispatchEvent(new CustomEvent("keys:move", { bubbles: true, detail: { item } }));
  }

  function step(by) {
    const all = items();
    const at = all.indexOf(current());
    go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by))]);
  }

  function press(what) {
    const item = current();
    const button = item && item.querySelector(what);
    if (!button) return false;
    button.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (!document.contains(list) || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog.dialog[open]")) return;
    if (typing(event.target)) {
      if (event.key === "Escape" && list.contains(event.target)) go(event.target.closest("[data-item]"));
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      const undo = event.key === "z" && list.querySelector("[data-undo]");
      if (undo) {
        event.preventDefault();
        undo.click();
      }
      return;
    }
    const onItem = event.target === document.body || event.target.matches("[data-item], main");
    let done = true;
    if (event.key === "ArrowDown" || event.key === "j") step(1);
    else if (event.key === "ArrowUp" || event.key === "k") step(-1);
    else if (event.key === "Enter" && onItem) done = press("[data-accept]");
    else if (event.key === "e" || event.key === "E") done = press("[data-edit]");
    else if (event.key === "x" || event.key === "X") done = press("[data-drop]");
    else if (/^[0-9]$/.test(event.key)) {
      done = press(`[data-choice="${event.key}"]`);
      const field = !done && current() && current().querySelector("[data-type]");
      if (field) {
        field.value = event.key;
        field.focus();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        done = true;
      }
    } else done = false;
    if (done) event.preventDefault();
  });

  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && item !== current()) go(item, false);
  });
  list.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item && item !== current()) go(item, false);
  });
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-item-id]");
    const item = place && document.getElementById(place.dataset.itemId);
    if (item && list.contains(item)) go(item);
  });
  // After an answer has replaced the current item, stand on its successor.
  document.addEventListener("htmx:afterSettle", () => {
    if (!currentId || current()) return;
    const again = document.getElementById(currentId);
    if (again && list.contains(again)) go(again, document.activeElement === document.body);
  });
  const start = list.dataset.keys && document.getElementById(list.dataset.keys);
  if (start) go(start, false);
});
