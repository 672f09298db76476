// Pasting: a paragraph into the paste box is read at once; pictures pasted anywhere in a form join its files.
import { each } from "./dom.js";

each("[data-paste]", (box) => {
  const area = box.querySelector("textarea");
  box.addEventListener("toggle", () => box.open && area.focus());
  area.addEventListener("paste", () => setTimeout(() => {
    if (area.value.trim().length > 10) box.querySelector("button[name=read]").click();
  }, 0));
});

// A form that was just filled is a draft at once, with the paragraph in it.
each("form[data-filled]", (form) => setTimeout(() => form.dispatchEvent(new Event("change", { bubbles: true })), 0));

document.addEventListener("paste", (event) => {
  const files = Array.from((event.clipboardData && event.clipboardData.files) || []);
  if (!files.length) return;
  const form = event.target.closest && event.target.closest("form");
  const field = form && form.querySelector("[data-files]");
  if (!field) return;
  event.preventDefault();
  field.dispatchEvent(new CustomEvent("files:paste", { detail: files }));
});
