// Around htmx: a thin bar while waiting, focus and words for whoever does not see the change.
const bar = document.createElement("div");
bar.className = "progress";
document.body.append(bar);

document.addEventListener("htmx:before:request", () => document.body.classList.add("busy"));
for (const end of ["htmx:finally:request", "htmx:error"]) {
  document.addEventListener(end, () => document.body.classList.remove("busy"));
}
document.addEventListener("htmx:after:swap", (event) => {
  event.detail?.ctx?.target?.querySelector?.("[data-focus]")?.focus();
});

// A form that stays on the page after it was accepted gets a new key: what is sent next is new.
document.addEventListener("htmx:after:request", (event) => {
  const { request, response } = event.detail?.ctx ?? {};
  const key = request?.form?.elements.idempotency_key;
  if (!key || response.status >= 400) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  key.value = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
});

document.addEventListener("htmx:error", () => {
  const toast = document.createElement("p");
  toast.className = "toast error";
  toast.textContent = "つながりませんでした。もう一度おしてください。";
  document.getElementById("toasts")?.replaceChildren(toast);
});
