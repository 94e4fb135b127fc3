/* Tells a bundle in Japanese: sentences of steps, agreed texts. The words come with the bundle and are for reading. */
const telling = (() => {
  "use strict";

  const json = (bundle, path) => {
    try {
      return JSON.parse(new TextDecoder().decode(bundle.files.get(path)));
    } catch {
      return {};
    }
  };

  /** Return names and words, whatever they are: they are no part of what is checked. */
  const glossary = bundle => ({
    names: json(bundle, "names.json"),
    words: { labels: {}, order: [], parties: [], title: bundle.case, verbs: {}, ...json(bundle, "words.json") },
  });

  const own = (object, key) => object && Object.hasOwn(object, key) ? object[key] : undefined;
  const nameOf = ({ names }, party) => own(names, String(party)) || `主体 ${party}`;
  const weekdays = "日月火水木金土";
  const dayOf = text => {
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) || [];
    if (!year) return text;
    const weekday = weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
    return `${Number(year)}年${Number(month)}月${Number(day)}日（${weekday}）`;
  };

  /** Return a time in Japan, nine hours before London everywhere. */
  const momentOf = text => {
    const at = new Date(Date.parse(text) + 9 * 60 * 60 * 1000).toISOString();
    return `${dayOf(at)}${Number(at.slice(11, 13))}時${at.slice(14, 16)}分`;
  };

  const told = (kind, value, all) => {
    if (kind && typeof kind === "object") return own(kind, value) || String(value);
    switch (kind) {
      case "YEN": return `${Number(value).toLocaleString("ja-JP")}円`;
      case "DAY": return dayOf(String(value));
      case "PARTY": return nameOf(all, value);
      case "DIGEST": return String(value).slice(0, 8);
      case "FLAG": return value ? "はい" : "いいえ";
      default: return String(value);
    }
  };

  /** Return one step as a sentence. */
  const sentenceOf = (entry, all) => {
    const who = entry.actor.party === null ? "わのわ（自動）" : nameOf(all, entry.actor.party);
    const verb = own(all.words.verbs, entry.type);
    if (!verb) return `${who}の記録（${entry.type}）`;
    return String(verb.sentence).replace(/\{([a-z0-9_]+)\}/g, (_all, key) => {
      if (key === "party") return who;
      const value = own(entry.public, key);
      return value === undefined ? "―" : told(own(verb.facts, key), value, all);
    });
  };

  /** Return the steps in order: number, time, sentence, and what became of each. */
  const stepsOf = bundle => {
    const all = glossary(bundle);
    const steps = bundle.entries.map((entry, place) => ({
      number: place + 1,
      at: entry.t ? momentOf(entry.t) : "",
      sentence: entry.log ? sentenceOf(entry, all) : "公開しない記録です。中身の代わりに、指紋が入っています。",
      keptBack: !entry.log,
      all: Boolean((own(all.words.verbs, entry.type) || {}).milestone),
      covered: bundle.note ? place < bundle.head.number : false,
      notes: [], hidden: null, gone: [],
    }));
    bundle.entries.forEach((entry, place) => {
      const target = entry.public && steps[entry.public.target - 1];
      const ground = entry.public && told((own(all.words.verbs, entry.type) || { facts: {} }).facts.ground, entry.public.ground, all);
      if (!target) return;
      if (entry.type === "record.entry.hidden") target.hidden = ground;
      if (entry.type === "record.value.redacted") target.gone.push(ground);
      if (entry.type === "record.entry.corrected") target.notes.push({ by: place + 1, text: null });
    });
    for (const { seq, field, said } of bundle.openings) {
      const step = steps[seq - 1];
      if (!step || field !== "note") continue;
      step.said = String(said);
      const entry = bundle.entries[seq - 1];
      if (entry.type !== "record.entry.corrected") continue;
      const correction = (steps[entry.public.target - 1] || { notes: [] }).notes.find(one => one.by === seq);
      if (correction) correction.text = String(said);
    }
    for (const step of steps) {
      step.notes = step.notes.filter(note => !steps[note.by - 1].hidden);
      if (step.hidden) step.said = undefined;
    }
    return steps;
  };

  /** Return the names in an object in the order of reading; those without a place in it come last. */
  const inOrder = (object, { words: { order } }) => {
    const names = Object.keys(object);
    return [...order.filter(name => names.includes(name)), ...names.filter(name => !order.includes(name))];
  };

  /** Return what a text says under one key as nested pieces: text, list or pairs of label and piece. */
  const pieceOf = (key, value, all) => {
    const { labels, parties } = all.words;
    const isParty = parties.includes(key);
    if (value === null || value === "" || (Array.isArray(value) && !value.length)) return null;
    if (Array.isArray(value)) {
      const pieces = value.map(one => pieceOf(key, one, all)).filter(Boolean);
      return { list: pieces, plain: pieces.every(one => one.text) };
    }
    if (typeof value === "object") {
      const pairs = inOrder(value, all).map(name => [name, value[name]]).map(([name, one]) => isParty
        ? [nameOf(all, name), pieceOf("", one, all)]
        : [own(labels, name) || name, pieceOf(name, one, all)]);
      return { pairs: pairs.filter(([, piece]) => piece) };
    }
    if (isParty) return { text: nameOf(all, value) };
    if (typeof value === "number") return { text: value.toLocaleString("ja-JP") };
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { text: dayOf(value) };
    return { text: own(labels, `${key}.${value}`) || String(value) };
  };

  /** Return what to call a file: an agreed text by its version, others as they are called. */
  const fileName = path => path.replace(/^files\/\d+-/, "").replace(/^version-(\d+)\.json$/, "合意した文　第$1版");

  /** Return every agreed text, newest first: its name, its entry, and its clauses in the order of reading. */
  const textsOf = bundle => {
    const all = glossary(bundle);
    const { labels } = all.words;
    const found = [];
    for (const path of bundle.files.keys()) {
      const place = /^files\/(\d+)-version-(\d+)\.json$/.exec(path);
      if (!place) continue;
      const { content = {}, change = "", reason = "" } = json(bundle, path);
      const clauses = inOrder(content, all).map(key => [own(labels, key) || key, pieceOf(key, content[key], all)]).filter(([, one]) => one);
      found.push({
        number: Number(place[2]), entry: Number(place[1]), clauses,
        change: own(labels, `change.${change}`) || change, reason: String(reason),
      });
    }
    return found.sort((one, two) => two.number - one.number);
  };

  return { fileName, glossary, momentOf, stepsOf, textsOf };
})();
