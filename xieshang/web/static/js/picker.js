// Choosing people by group: the whole group at once, then the exceptions. The boxes are ordinary checkboxes.
import { each, fill } from "./dom.js";

each("[data-picker]", (picker) => {
  const words = picker.dataset;
  const total = picker.querySelector("[data-picker-total]");
  const groups = Array.from(picker.querySelectorAll("[data-picker-group]"));
  const boxes = (root) => Array.from(root.querySelectorAll("input[type=checkbox]"));

  function missing(all) {
    const names = all.filter((box) => !box.checked).map((box) => box.closest(".person").dataset.name);
    return names.slice(0, 4).join("、") + (names.length > 4 ? "…" : "");
  }

  function count() {
    const chosen = new Set();
    groups.forEach((group) => {
      const all = boxes(group);
      const here = all.filter((box) => box.checked);
      here.forEach((box) => chosen.add(box.value)); // a person in two groups is one person
      const n = all.length;
      const k = here.length;
      group.classList.toggle("is-in", k > 0);
      all.forEach((box) => {
        const person = box.closest(".person");
        const out = k > 0 && !box.checked;
        person.classList.toggle("is-out", out);
        const why = person.querySelector("select");
        if (why) why.disabled = !out;
      });
      const sentence = k === 0 ? words.none : k === n ? words.all : words.some;
      group.querySelector("[data-picker-count]").textContent = fill(sentence, { n, k, m: n - k, who: k ? missing(all) : "" });
    });
    if (total) total.textContent = fill(words.total, { k: chosen.size });
  }

  groups.forEach((group) => {
    const set = (on) => {
      boxes(group).forEach((box) => { box.checked = on; });
      group.open = true;
      picker.dispatchEvent(new Event("change", { bubbles: true }));
    };
    group.querySelector("[data-picker-all]").addEventListener("click", () => set(true));
    group.querySelector("[data-picker-clear]").addEventListener("click", () => set(false));
  });
  picker.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type === "checkbox") { // the same person under another group follows
      boxes(picker).forEach((other) => { if (other.value === box.value) other.checked = box.checked; });
    }
    count();
  });

  const find = picker.querySelector("[data-picker-find]");
  if (find) {
    find.addEventListener("input", (event) => {
      event.stopPropagation();
      const part = find.value.trim();
      groups.forEach((group) => {
        let any = false;
        group.querySelectorAll(".person").forEach((person) => {
          person.hidden = Boolean(part) && !person.dataset.name.includes(part);
          any = any || !person.hidden;
        });
        group.hidden = !any;
        if (part && any) group.open = true;
      });
    });
    find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
  count();
});
