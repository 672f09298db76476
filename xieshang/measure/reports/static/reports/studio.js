// A press on a blank lights it in the panel (keys.js); the page itself stays where it is.
document.addEventListener("click", (event) => {
  if (event.target.closest(".studio article a[data-item-id]")) event.preventDefault();
});
