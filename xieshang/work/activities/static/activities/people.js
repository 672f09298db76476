// Who came: a tick invites a whole body as 实到; the list shows those invited, and anyone who is looked for by name.
// Without this file the same boxes do the same: the server takes a ticked body as 实到, except where a person says otherwise.

import { each, fill } from "../js/dom.js";

each("[data-people]", (field) => {
  const words = field.dataset;
  const sum = field.querySelector("[data-people-sum]");
  const find = field.querySelector("[data-people-find]");
  const hint = field.querySelector("[data-people-hint]");
  const groups = Array.from(field.querySelectorAll("input[name=group]"));
  const rows = new Map(Array.from(field.querySelectorAll("[data-person]")).map((row) => [row.dataset.person, row]));
  if (!sum) return;

  const how = (row) => {
    const chosen = row.querySelector("input[type=radio]:checked");
    return chosen ? chosen.value : "";
  };
  const set = (row, value) => { row.querySelector(`input[value=${value}]`).checked = true; };
  // 全组 12 人，缺 2: each invited one is a name to press: once he is excused, twice absent, and the third time he came after all.
  const strip = field.querySelector("[data-people-tags]");
  const tags = new Map();
  const NEXT = { attended: "excused", excused: "absent", absent: "attended" };
  function tag(row) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "people__tag";
    button.addEventListener("click", () => {
      set(row, NEXT[how(row)]);
      row.dataset.touched = "1";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    strip.append(button);
    tags.set(row, button);
    return button;
  }
  function name(row) {
    const came = how(row);
    if (!(came in NEXT)) {
      if (tags.has(row)) tags.get(row).hidden = true;
      return;
    }
    const button = tags.get(row) || tag(row);
    const word = strip.dataset[`words${came[0].toUpperCase()}${came.slice(1)}`];
    button.hidden = false;
    button.dataset.how = came;
    button.textContent = came === "attended" ? row.dataset.name : `${row.dataset.name} ${word}`;
    button.setAttribute("aria-label", `${row.dataset.name} ${word}`);
  }

  const invited = (row) => !["", "none"].includes(how(row));

  function show() {
    const count = { attended: 0, excused: 0, absent: 0 };
    const part = find.value.trim();
    let found = 0;
    rows.forEach((row) => {
      const came = how(row);
      if (came in count) count[came] += 1;
      name(row);
      row.hidden = part ? !row.dataset.name.includes(part) : !invited(row) && !row.dataset.touched;
      found += row.hidden ? 0 : 1;
      const note = row.querySelector(".people__note");
      note.hidden = !["excused", "absent"].includes(came) && !note.value;
    });
    hint.hidden = !part || found > 0;
    const n = count.attended + count.excused + count.absent;
    sum.textContent = n === 0 ? words.wordsNone : fill(words.wordsSum, { n, a: count.attended })
      + (count.excused ? fill(words.wordsExcused, { n: count.excused }) : "")
      + (count.absent ? fill(words.wordsAbsent, { n: count.absent }) : "");
  }

  const members = (box) => box.dataset.members.split(" ").map((id) => rows.get(id)).filter(Boolean);
  function tick(box) {
    if (box.checked) {
      members(box).forEach((row) => { if (!invited(row)) set(row, "attended"); });
      return;
    }
    const still = new Set(groups.filter((other) => other.checked).flatMap(members));
    members(box).forEach((row) => {
      delete row.dataset.touched;
      if (!still.has(row)) set(row, "none");
    });
  }

  // 已开展 or 拟开展: the words beside the names follow.
  each("[name=state]", (radio) => radio.addEventListener("change", () => field.classList.toggle("people--coming", radio.value === "planned")));

  // A body that was ticked without a word beside the name means 实到: say so, so that the exceptions can be seen.
  groups.filter((box) => box.checked).forEach((box) => members(box).forEach((row) => { if (!how(row)) set(row, "attended"); }));

  field.addEventListener("change", (event) => {
    if (event.target.name === "group") tick(event.target);
    else if (event.target.type === "radio") event.target.closest("[data-person]").dataset.touched = "1";
    show();
  });
  find.addEventListener("input", (event) => {
    event.stopPropagation();
    show();
  });
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  show();
});
