// What is left to write, counted as people count: 👨‍👩‍👧 and が are one each.
const letters = new Intl.Segmenter("ja", { granularity: "grapheme" });
const length = (text) => [...letters.segment(text)].length;

for (const area of document.querySelectorAll("textarea[data-limit]")) {
  const limit = Number(area.dataset.limit);
  const count = document.createElement("p");
  count.className = "count";
  const tell = () => {
    const left = limit - length(area.value);
    count.textContent = left < 0 ? `${-left}文字こえています` : `あと${left}文字`;
    count.classList.toggle("over", left < 0);
  };
  area.after(count);
  area.addEventListener("input", tell);
  tell();
}

// After a form was refused, the reader starts at the summary of what to change.
document.querySelector("[data-focus]")?.focus();
