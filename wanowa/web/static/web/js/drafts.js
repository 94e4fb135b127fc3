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
      const seen = answer.headers.get("Draft-Seen");
      if (answer.ok && seen) form.elements.seen.value = seen;
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

async function kept(form) {
  if (form.dataset.draftTo) {
    try {
      const answer = await fetch(`${form.dataset.draftTo}?${new URLSearchParams({ address: form.dataset.draftAddress })}`);
      const fields = answer.ok ? Object.entries(await answer.json()) : [];
      if (fields.length) return new Map(fields);
    } catch {
      // Offline: what this browser kept is used below.
    }
  }
  try {
    const fields = JSON.parse(localStorage.getItem(slot(form))) ?? [];
    const names = new Set(fields.map(([name]) => name));
    return new Map([...names].map((name) => [name, fields.filter(([n]) => n === name).map(([, v]) => v)]));
  } catch {
    return new Map();
  }
}

// Somebody else changed what the draft was written about: show it beside the form, never over the new text.
function beside(form, values) {
  const box = document.createElement("details");
  const text = document.createElement("textarea");
  const summary = document.createElement("summary");
  summary.textContent = "あなたの下書きを見る";
  text.className = "input";
  text.readOnly = true;
  text.setAttribute("aria-label", "あなたの下書き");
  text.value = [...values].filter(([name]) => form.elements[name]?.type !== "hidden").map(([, all]) => all.join("、")).join("\n");
  box.append(summary, text);
  form.append(box);
  say(form, "書いているあいだに、ほかの人が内容を変えました。あなたの下書きは、下にあります。");
}

// A draft with more rows than the page: the server makes them, filled with what was written.
function addRows(form, values) {
  const shown = (name) => Number(form.elements[name]?.value ?? Infinity);
  const counts = [...values].filter(([name]) => name.endsWith("-TOTAL_FORMS"));
  const more = form.querySelector("button[name=more]");
  if (!more || !counts.some(([name, [total]]) => Number(total) > shown(name))) return false;
  for (const [name, all] of values) {
    for (const value of form.elements[name] ? [] : all) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  }
  for (const [name, [total]] of counts) form.elements[name].value = Math.max(total - 1, 0);
  return true;
}

async function restore(form) {
  if (form.querySelector(".wrong, [data-typed]") || document.querySelector(".errors, .conflict")) return;
  const values = await kept(form);
  if (!values.size || form.dataset.touched) return;
  const seen = form.elements.seen?.value;
  if (seen && values.get("seen")?.[0] !== seen) return beside(form, values);
  let restored = false;
  const rows = addRows(form, values);
  for (const input of form.elements) {
    if (!values.has(input.name) || input.type === "hidden" || input.type === "file" || input.type === "submit") continue;
    const all = values.get(input.name);
    const before = input.type === "checkbox" || input.type === "radio" ? input.checked : input.value;
    if (typeof before === "boolean") input.checked = all.includes(input.value);
    else input.value = all[0];
    restored ||= before !== (typeof before === "boolean" ? input.checked : input.value);
  }
  if (rows) return form.requestSubmit(form.querySelector("button[name=more]"));
  if (restored) say(form, "前に書いた下書きを、もどしました。");
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  let timer = 0;
  let changed = false;
  restore(form);
  form.addEventListener("input", () => {
    changed = true;
    form.dataset.touched = "1";
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
