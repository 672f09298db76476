// A figure opens into the drawer at the side. Beside the page on a wide window, over it on a phone.
// Without script, or in a browser without <dialog>, the same link opens the same thing as its own page.
const dialog = document.getElementById("drawer-frame");
const able = Boolean(dialog && dialog.showModal);
let opener = null;

const isDrawer = (event) => event.detail.target && event.detail.target.id === "drawer";
const forNewTab = (event) => event.ctrlKey || event.metaKey || event.shiftKey;

document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest('a[hx-target="#drawer"]');
  if (link && (!able || forNewTab(event))) event.stopImmediatePropagation(); // the link does what links do
}, true);

function release() {
  document.body.classList.remove("has-drawer");
  if (!opener) return;
  opener.removeAttribute("aria-expanded");
  if (document.contains(opener)) opener.focus();
  opener = null;
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (!able || !isDrawer(event)) return;
  const from = event.detail.requestConfig && event.detail.requestConfig.elt;
  if (from && !dialog.contains(from)) {
    if (opener) opener.removeAttribute("aria-expanded");
    opener = from;
    if (from.matches("a, button")) from.setAttribute("aria-expanded", "true");
  }
  if (!dialog.open) {
    if (window.matchMedia("(min-width: 48.01em)").matches) {
      dialog.show();
      document.body.classList.add("has-drawer");
      if (opener) opener.scrollIntoView({ block: "nearest" });
    } else dialog.showModal();
  }
  dialog.scrollTop = 0;
  const title = document.getElementById("drawer-title");
  if (title) title.focus({ preventScroll: true });
});

if (able) {
  dialog.addEventListener("close", release);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) {
      event.preventDefault();
      dialog.close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog.open && !document.querySelector("details.menu[open]")) dialog.close();
  });
}
