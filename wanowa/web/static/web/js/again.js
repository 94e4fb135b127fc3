// The queue page sends itself again after a while, for everybody to see, unless its reader stops it.
for (const form of document.querySelectorAll("form[data-again]")) {
  const part = (name) => form.querySelector(`[data-again-${name}]`);
  // Each waits a little longer than the others: who came together must not come back together.
  let left = Number(form.dataset.again) + Math.floor(Math.random() * 10);
  let timer = 0;
  const show = () => { part("left").textContent = left; };
  const tell = (going) => {
    part("count").hidden = part("stop").hidden = !going;
    part("state").textContent = going ? part("state").dataset.going : part("state").dataset.stopped;
  };
  show();
  tell(true);
  timer = setInterval(() => {
    left -= 1;
    show();
    if (left > 0) return;
    clearInterval(timer);
    form.requestSubmit();
  }, 1000);
  part("stop").addEventListener("click", () => {
    clearInterval(timer);
    tell(false);
    part("state").className = "";
    form.querySelector("button[type=submit]").focus();
  });
  form.addEventListener("submit", () => clearInterval(timer));
}
