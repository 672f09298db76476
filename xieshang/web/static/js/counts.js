// How many characters stand in the fields of a form, told as one types, and what opens once something was ticked.
//
// <p data-count="id_situation id_analysis" data-most="1500" data-words="{n} / {most}" data-over="…">: spaces and line ends do not count.
// <fieldset data-after="id_secrets_read">: closed until that box is ticked; without script it is open.
import { each, fill } from "./dom.js";

const length = (text) => Array.from(text.replace(/\s+/g, "")).length;

each("[data-count]", (word) => {
  const fields = word.dataset.count.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
  const most = Number(word.dataset.most || 0);
  const say = () => {
    const n = fields.reduce((sum, field) => sum + length(field.value), 0);
    const over = most > 0 && n > most;
    word.textContent = fill(over ? word.dataset.over : word.dataset.words, { n, most, more: n - most });
    word.classList.toggle("warn", over);
  };
  fields.forEach((field) => ["input", "change"].forEach((name) => field.addEventListener(name, say)));
  say();
});

each("[data-after]", (part) => {
  const box = document.getElementById(part.dataset.after);
  if (!box) return;
  const open = () => { part.disabled = !box.checked; };
  box.addEventListener("change", open);
  open();
});
