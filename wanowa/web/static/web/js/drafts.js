// Forms with data-draft keep themselves: with an account on the server, otherwise in this browser only.
const SKIPPED = ["csrfmiddlewaretoken", "idempotency_key"];
const PAUSE = 1500;

const written = (form) =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SKIPPED.includes(name));

const slot = (form) => `draft:${form.dataset.draft}:${form.dataset.draftAddress}`;

const say = (form, sentence) => {
  const place = form.querySelector("[data-draft-state]");
  if (place && place.textContent !== sentence) place.textContent = sentence;
};

async function keep(form) {
  const fields = written(form);
  if (form.dataset.draftTo) {
    const body = new FormData();
    body.append("address", form.dataset.draftAddress);
    for (const [name, value] of fields) body.append(name, value);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(form.dataset.draftTo, { method: "POST", body, keepalive: true });
      if (answer.ok) return say(form, "下書きを残しました。");
    } catch {
      // Offline: the browser keeps it below.
    }
  }
  try {
    localStorage.setItem(slot(form), JSON.stringify(fields));
    say(form, "下書きを、このブラウザに残しました。");
  } catch {
    say(form, "下書きを残せませんでした。送るまで、このページをとじないでください。");
  }
}

function restore(form) {
  let fields;
  try {
    fields = JSON.parse(localStorage.getItem(slot(form)));
  } catch {
    return;
  }
  if (!fields || form.querySelector(".wrong")) return;
  const names = new Set(fields.map(([name]) => name));
  const values = new Map([...names].map((name) => [name, fields.filter(([n]) => n === name).map(([, v]) => v)]));
  let restored = false;
  for (const input of form.elements) {
    if (!values.has(input.name) || input.type === "hidden" || input.type === "file") continue;
    if (input.type === "checkbox" || input.type === "radio") input.checked = values.get(input.name).includes(input.value);
    else if (!input.value) input.value = values.get(input.name)[0];
    restored = true;
  }
  if (restored) say(form, "前に書いた下書きを、もどしました。");
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  let timer = 0;
  let changed = false;
  restore(form);
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(() => { changed = false; keep(form); }, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
    localStorage.removeItem(slot(form));
  });
  addEventListener("pagehide", () => { if (changed) keep(form); });
}
