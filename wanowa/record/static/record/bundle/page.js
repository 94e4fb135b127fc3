/* The page in a bundle: checks the bundle it carries, says the answer first, and tells the rest below. */
(() => {
  "use strict";

  const byId = id => document.getElementById(id);

  /** Make an element with attributes and children; text goes in as text, never as markup. */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter(child => child !== null && child !== ""));
    return element;
  };

  const icons = {
    good: "M5 13l4.5 4.5L19 7",
    wait: "M12 6v7m0 4v.5",
    bad: "M7 7l10 10M17 7L7 17",
  };
  const icon = kind => {
    const [space, svg] = ["http://www.w3.org/2000/svg", document.createElementNS("http://www.w3.org/2000/svg", "svg")];
    const [circle, path] = ["circle", "path"].map(tag => document.createElementNS(space, tag));
    const set = (element, values) => Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
    set(svg, { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "2.5", "aria-hidden": "true" });
    set(circle, { cx: "12", cy: "12", r: "10.5", "stroke-width": "1.75" });
    set(path, { d: icons[kind], "stroke-linecap": "round", "stroke-linejoin": "round" });
    svg.append(circle, path);
    return svg;
  };

  const answers = [
    ["good", "すべて元のままです", "書きかえられた記録も、ぬけた記録も、ありません。"],
    ["bad", "元のままではありません", "この束は、あとから変えられています。市に、もう一度もらってください。それでも同じなら、わけをきいてください。"],
    ["wait", "たしかめるのに、足りないものがあります", "書きかえは、見つかりませんでした。ただ、全部は確かめられませんでした。"],
    ["bad", "経過の束として、読めません", "こわれているか、わのわが書き出したものではありません。受け取ったままのものを使ってください。"],
    ["bad", "経過が、2通りあります", "市が、人によってちがう経過を見せたか、作りなおしたことになります。両方を残して、市にわけをきいてください。"],
  ];

  const answerWith = (place, { code, findings }, good) => {
    const [kind, title, sentence] = answers[code];
    place.className = `answer ${kind}`;
    place.dataset.code = code;
    place.replaceChildren(
      make("h2", {}, icon(kind), make("span", {}, code === 0 && good ? good : title)),
      ...(findings.length ? [make("ul", {}, ...findings.slice(0, 20).map(one => make("li", {}, one.sentence)))] : []),
      make("p", {}, sentence),
    );
  };

  const textOfPiece = piece => {
    if (piece.text) return document.createTextNode(piece.text);
    if (piece.list && piece.plain) return document.createTextNode(piece.list.map(one => one.text).join("、"));
    if (piece.list) return make("ul", { class: "rows" }, ...piece.list.map(one => make("li", {}, textOfPiece(one))));
    return make("dl", {}, ...piece.pairs.flatMap(([label, one]) => [make("dt", {}, label), make("dd", {}, textOfPiece(one))]));
  };

  const showFacts = bundle => {
    const { entries, openings, note, head, keys, digests } = bundle;
    const kept = entries.filter(entry => !entry.log).length;
    const facts = [["記録", `${entries.length}件${kept ? `（うち${kept}件は、公開しない記録。数と順番だけ確かめました）` : ""}`]];
    if (note) {
      const rest = entries.length - head.number;
      facts.push(["まとめ印", `${telling.momentOf(note.at)}のまとめ印（${note.number}番）が、1番から${head.number}番までを守っています。`
        + (rest > 0 ? `\n${head.number + 1}番からの${rest}件は、次のまとめ印を待っています。` : "")]);
      facts.push(["市の鍵", make("div", {}, make("code", {}, keys[0].text),
        make("p", { class: "soft" }, "市が知らせる鍵と同じか、見くらべてください。ちがうときは、市が署名したものではありません。"))]);
    }
    if (openings.length) facts.push(["ふせた値", `${openings.length}件を、記録と見くらべました。`]);
    const files = [...bundle.files.keys()].filter(path => path.startsWith("files/"));
    if (files.length) {
      const list = files.map(path => make("li", {}, make("a", { href: path }, telling.fileName(path))));
      facts.push(["文と書類", make("div", {}, `${files.length}つの中身が、記録にある指紋と合うか、見くらべました。`, make("ul", {}, ...list))]);
    }
    facts.push(["最後の記録の確かめの言葉", make("span", { class: "words" }, verifier.wordsOf(digests.at(-1)))]);
    byId("facts").replaceChildren(...facts.flatMap(([label, value]) => [make("dt", {}, label), make("dd", {}, value)]));
  };

  const showTexts = bundle => {
    const texts = telling.textsOf(bundle);
    byId("texts").replaceChildren(...texts.map((one, place) => make(
      "details", place ? {} : { open: "" },
      make("summary", {}, `第${one.number}版${place ? "" : "（いちばん新しい合意）"}　${one.change}`),
      one.reason ? make("p", {}, `理由：${one.reason}`) : null,
      make("dl", {}, ...one.clauses.flatMap(([label, piece]) => [make("dt", {}, label), make("dd", {}, textOfPiece(piece))])),
      make("p", { class: "soft" }, `記録 ${one.entry}番で、全員が同意しました。`),
    )));
    if (!texts.length) byId("texts").replaceChildren(make("p", {}, "まだ、合意した文はありません。"));
  };

  /** Return the steps with those kept back in a row told as one. */
  const together = (steps, wrong) => steps.reduce((told, step) => {
    const last = told.at(-1);
    const joins = last && last.keptBack && step.keptBack && !wrong.has(step.number) && !wrong.has(last.number);
    if (joins) last.upTo = step.number;
    else told.push({ ...step });
    return told;
  }, []);

  const showSteps = (bundle, findings) => {
    const wrong = new Map(findings.filter(one => one.number && one.code).map(one => [one.number, one.sentence]));
    const steps = telling.stepsOf(bundle);
    byId("timeline").replaceChildren(...together(steps, wrong).map(step => {
      const item = make("li", { class: wrong.has(step.number) ? "wrong" : step.keptBack ? "kept" : step.all ? "all" : "" });
      const place = step.upTo ? `記録 ${step.number}番から${step.upTo}番まで` : `記録 ${step.number}番`;
      item.append(make("p", { class: "soft" }, `${place}${step.at ? `　${step.at}` : ""}`));
      if (step.hidden) {
        item.append(make("p", {}, `この記録は、理由があって見えなくしています（${step.hidden}）。`));
      } else {
        item.append(make("p", step.keptBack ? { class: "soft" } : {}, step.sentence));
        if (step.said && !step.notes.length) item.append(make("blockquote", {}, step.said));
      }
      for (const note of step.notes) {
        item.append(make("p", {}, make("span", { class: "badge" }, "訂正"), ` ${note.text || "訂正の文は、消されました。"}（記録 ${note.by}番）`));
      }
      for (const ground of step.gone) item.append(make("p", {}, make("span", { class: "badge" }, "消した値"), ` ${ground}`));
      if (wrong.has(step.number)) item.append(make("p", {}, make("span", { class: "badge" }, "変わっています"), ` ${wrong.get(step.number)}`));
      return item;
    }));
    byId("steps-hint").textContent = "古いものから順に並んでいます。時刻は、めやすです。順番は、番号で確かめてください。";
  };

  const carried = () => new Map(Object.entries(JSON.parse(byId("bundle").textContent)).map(([path, value]) => [
    path,
    typeof value === "string"
      ? new TextEncoder().encode(value)
      : Uint8Array.from(atob(value.base64), letter => letter.charCodeAt(0)),
  ]));

  const offerComparisons = bundle => {
    byId("compare-receipt").addEventListener("click", async () => {
      const text = byId("receipt").value;
      const place = byId("receipt-answer");
      answerWith(place, await verifier.judge(async () => ({ bundle, findings: await verifier.holdAgainst(bundle, text) })),
        "控えと同じ経過です");
      place.scrollIntoView({ block: "nearest" });
    });
    byId("bundle-file").addEventListener("change", async ({ target }) => {
      if (!target.files.length) return;
      const bytes = new Uint8Array(await target.files[0].arrayBuffer());
      answerWith(byId("file-answer"), await verifier.judge(async () => {
        const other = await verifier.read(verifier.unpack(bytes));
        return { bundle, findings: [...other.findings, ...verifier.compare(bundle, other)] };
      }), "同じ経過です");
    });
  };

  const begin = async () => {
    const judged = await verifier.checkFiles(carried(), true);
    answerWith(byId("answer"), judged);
    if (!judged.bundle) return;
    const { title } = telling.glossary(judged.bundle).words;
    byId("title").textContent = title;
    document.title = `${title}　経過の束｜わのわ`;
    showFacts(judged.bundle);
    showTexts(judged.bundle);
    showSteps(judged.bundle, judged.findings);
    offerComparisons(judged.bundle);
    byId("rest").hidden = false;
  };

  begin();
})();
