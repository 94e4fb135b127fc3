// A button with data-open="id" opens the dialog of that id; without scripts the page shows it as text.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open]");
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});
