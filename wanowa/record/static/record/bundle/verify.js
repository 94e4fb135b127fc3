/* Checks a bundle in the browser: written from docs/reference/process-log-format.md, apart from verify.py.
   Everything a bundle says is bytes in `files` (path → Uint8Array). Nothing is fetched. */
const verifier = (() => {
  "use strict";

  const [VERIFIED, TAMPERED, INCOMPLETE, MALFORMED, FORK] = [0, 1, 2, 3, 4];
  const gravestFirst = [MALFORMED, TAMPERED, FORK, INCOMPLETE, VERIFIED];
  const signedParts = ["checkpoint.txt", "heads.json", "keys.txt"];
  const parts = [
    "READ-ME.ja.txt", "contents.json", "digests.txt", "events.jsonl", "index.html",
    "names.json", "openings.jsonl", "verify.py", "words.json",
  ];
  /** What a page that carries its bundle inside cannot carry: itself, and what only a folder has. */
  const outside = ["READ-ME.ja.txt", "contents.json", "index.html", "verify.py"];

  class Broken extends Error {}
  const need = (fits, what) => {
    if (!fits) throw new Broken(`${what}　足りないか、書き方が決まりとちがいます。`);
  };

  const form = source => {
    const whole = new RegExp(`^(?:${source})$`);
    return value => typeof value === "string" && whole.test(value);
  };
  const digits = "[1-9][0-9]{0,14}";
  const name = "[a-z0-9][a-z0-9./-]{0,79}";
  const base64 = "[A-Za-z0-9+/]+=*";
  const hash = "[0-9a-f]{64}";
  const moment = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z";
  const isHash = form(hash);
  const isCase = form(`[a-z_]+\\.[a-z_]+/${digits}`);
  const isFile = form(`files/${digits}-[a-z0-9][a-z0-9_-]{0,79}\\.(?:json|pdf)`);
  const isRotation = form(`keys/checkpoint-${digits}\\.txt`);
  const isField = form("[a-z][a-z0-9_.]{0,59}");
  const isCount = (value, least = 1) => Number.isSafeInteger(value) && value >= least;
  const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value);
  const has = (value, names) => isObject(value) && Object.keys(value).length === names.length
    && names.every(key => Object.hasOwn(value, key));
  const isSimple = value => typeof value === "boolean" || typeof value === "string" || Number.isSafeInteger(value);
  const everyEntry = (value, fits) => isObject(value) && Object.entries(value).every(([key, one]) => fits(key, one));

  const encoder = new TextEncoder();
  const bytesOf = text => encoder.encode(text);
  const hexOf = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  const fromHex = text => Uint8Array.from(text.match(/../g) || [], pair => parseInt(pair, 16));
  const digest = async (...pieces) => hexOf(await hashes.sha256(hashes.join(...pieces)));

  const textOf = (bytes, what) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new Broken(`${what}　文字として読めません。`);
    }
  };

  /** Return RFC 8785 JSON of what JSON.parse gave; names are ASCII here, so their order has one meaning. */
  const canonical = value => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (isObject(value)) {
      return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
    }
    if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Broken("数");
    if (typeof value === "string" && /\p{Surrogate}/u.test(value)) throw new Broken("文字");
    return JSON.stringify(value);
  };

  const plain = (text, what) => {
    try {
      const value = JSON.parse(text);
      if (canonical(value) === text) return value;
    } catch (fault) {
      if (!(fault instanceof SyntaxError || fault instanceof Broken || fault instanceof RangeError)) throw fault;
    }
    throw new Broken(`${what}　書き方が、決まりとちがいます。`);
  };

  const linesOf = (bytes, what) => {
    const lines = textOf(bytes, what).split("\n");
    need(lines.pop() === "", what);
    return lines;
  };

  const unbase64 = (text, length, what) => {
    let raw = "";
    try {
      raw = atob(text);
    } catch {
      need(false, what);
    }
    need(raw.length === length && btoa(raw) === text, what);
    return Uint8Array.from(raw, letter => letter.charCodeAt(0));
  };

  const readEntry = (text, what) => {
    const entry = plain(text, what);
    if (has(entry, ["hash", "seq"])) {
      need(isHash(entry.hash) && isCount(entry.seq), what);
      return entry;
    }
    need(has(entry, ["actor", "commit", "log", "public", "seq", "t", "type", "v"]), what);
    need((entry.v === 1 || entry.v === 2) && isCount(entry.seq) && isCase(entry.log), what);
    need(form(moment)(entry.t) && form("[a-z_]+(?:\\.[a-z_]+)+")(entry.type), what);
    need(has(entry.actor, ["party"]) && (entry.actor.party === null || isCount(entry.actor.party)), what);
    need(everyEntry(entry.public, (key, one) => form("[a-z][a-z0-9_]{0,39}")(key) && isSimple(one)), what);
    need(everyEntry(entry.commit, (key, one) => isField(key) && isHash(one)), what);
    return entry;
  };

  const readOpening = (text, what) => {
    const found = plain(text, what);
    need(has(found, ["field", "salt", "seq", "value"]) && isCount(found.seq) && isField(found.field), what);
    need(typeof found.salt === "string" && typeof found.value === "string", what);
    const value = plain(found.value, what);
    need(isSimple(value), what);
    return { ...found, salt: unbase64(found.salt, 16, what), said: value };
  };

  const readKey = async line => {
    const found = new RegExp(`^(${digits}) (${digits}|-) ((${name})\\+([0-9a-f]{8})\\+(${base64}))$`).exec(line);
    need(found, "keys.txt");
    const raw = unbase64(found[6], 33, "keys.txt");
    const id = (await digest(bytesOf(`${found[4]}\n`), raw)).slice(0, 8);
    need(raw[0] === 1 && id === found[5], "keys.txt");
    const last = found[2] === "-" ? Infinity : Number(found[2]);
    return { first: Number(found[1]), last, text: found[3], name: found[4], id, raw: raw.subarray(1) };
  };

  const readNote = (text, what) => {
    const found = new RegExp(
      `^((${name})\\n(${digits})\\n(${base64})\\nnumber (${digits})\\nprevious (${base64})\\nat (${moment})\\n` +
      `entries ${digits}\\n(?:key ([!-~]+)\\n)?)\\n((?:— ${name} ${base64}\\n)+)$`,
    ).exec(text);
    need(found, what);
    unbase64(found[6], 32, what);
    const signatures = found[9].split("\n").slice(0, -1).map(line => {
      const [, who, encoded] = line.split(" ");
      const raw = unbase64(encoded, 68, what);
      return { name: who, id: hexOf(raw.subarray(0, 4)), raw: raw.subarray(4) };
    });
    return {
      text: found[1], origin: found[2], size: Number(found[3]), root: hexOf(unbase64(found[4], 32, what)),
      number: Number(found[5]), at: found[7], key: found[8], signatures,
    };
  };

  /** Tell whether a note has the signatures it must: of its key, and when that is new, of the one before. */
  const isSigned = async (note, keys) => {
    const place = keys.findLastIndex(key => key.first <= note.number);
    const begins = place > 0 && keys[place].first === note.number;
    const due = keys.slice(begins && note.signatures.length > 1 ? place - 1 : place, place + 1);
    if (due.length !== note.signatures.length || (begins && note.key !== keys[place].text)) return false;
    for (const [i, key] of due.entries()) {
      const { name: who, id, raw } = note.signatures[i];
      if (who !== key.name || id !== key.id) return false;
      if (!await hashes.ed25519(key.raw, raw, bytesOf(note.text))) return false;
    }
    return true;
  };

  /** RFC 9162, 2.1.3.2: whether a path leads from the head of a case to the root. */
  const leads = async (root, place, head, { index, size, path }) => {
    if (index >= size) return false;
    let found = await digest(bytesOf(`\0${place}\0${head.number}\0`), fromHex(head.digest));
    let [at, end] = [index, size - 1];
    for (const beside of path) {
      if (end === 0) return false;
      const right = at % 2 === 1 || at === end;
      const pair = right ? [beside, found] : [found, beside];
      found = await digest(Uint8Array.of(1), ...pair.map(fromHex));
      while (right && at % 2 === 0 && at !== 0) [at, end] = [Math.floor(at / 2), Math.floor(end / 2)];
      [at, end] = [Math.floor(at / 2), Math.floor(end / 2)];
    }
    return end === 0 && found === root;
  };

  /** Return a bundle taken apart. `inside`: the one that a page carries with it. */
  const read = async (files, inside = false) => {
    const paths = [...files.keys()];
    const must = parts.filter(path => !(inside && outside.includes(path)));
    if (signedParts.some(path => files.has(path))) must.push(...signedParts);
    for (const path of must) need(files.has(path), path);
    for (const path of paths) need(must.includes(path) || isFile(path) || isRotation(path), path.slice(0, 80));
    const text = path => textOf(files.get(path), path);
    const bundle = { files, inside, contents: null, note: null, keys: [], rotations: [], findings: [] };
    if (!inside) {
      const contents = plain(text("contents.json"), "contents.json");
      need(has(contents, ["files", "format"]) && contents.format === "wanowa bundle v1", "contents.json");
      need(everyEntry(contents.files, (key, one) => form("[A-Za-z0-9./-]+")(key) && isHash(one)), "contents.json");
      bundle.contents = contents.files;
    }
    bundle.lines = linesOf(files.get("events.jsonl"), "events.jsonl");
    bundle.entries = bundle.lines.map((line, place) => readEntry(line, `${place + 1}番の記録`));
    const shown = bundle.entries.find(entry => entry.log);
    need(shown, "events.jsonl");
    bundle.case = shown.log;
    bundle.digests = linesOf(files.get("digests.txt"), "digests.txt");
    need(bundle.digests.every(isHash), "digests.txt");
    bundle.openings = linesOf(files.get("openings.jsonl"), "openings.jsonl")
      .map((line, place) => readOpening(line, `openings.jsonl の${place + 1}行め`));
    need(bundle.openings.every((one, place, all) => {
      const before = all[place - 1];
      return !before || before.seq < one.seq || (before.seq === one.seq && before.field < one.field);
    }), "openings.jsonl");
    if (files.has("keys.txt")) {
      for (const line of linesOf(files.get("keys.txt"), "keys.txt")) bundle.keys.push(await readKey(line));
      bundle.note = readNote(text("checkpoint.txt"), "checkpoint.txt");
      bundle.head = plain(text("heads.json"), "heads.json");
      const { head, keys } = bundle;
      need(has(head, ["case", "checkpoint", "digest", "number", "proof"]), "heads.json");
      need(isCase(head.case) && isCount(head.checkpoint) && isHash(head.digest) && isCount(head.number), "heads.json");
      need(has(head.proof, ["index", "path", "size"]) && Array.isArray(head.proof.path), "heads.json");
      need(isCount(head.proof.index, 0) && isCount(head.proof.size) && head.proof.path.every(isHash), "heads.json");
      need(keys.length && keys[0].first === 1 && keys.at(-1).last === Infinity, "keys.txt");
      need(keys.every((key, i) => i === 0 || key.first === keys[i - 1].last + 1), "keys.txt");
      need(keys.every((key, i) => i === 0 || key.first > keys[i - 1].first), "keys.txt");
      need(keys.at(-1).first <= bundle.note.number, "keys.txt");
    }
    const rotations = bundle.keys.slice(1).map(key => `keys/checkpoint-${key.first}.txt`);
    need(paths.filter(path => isRotation(path)).sort().join() === [...rotations].sort().join(), "keys/");
    bundle.rotations = rotations.map(path => readNote(text(path), path));
    await examine(bundle);
    return bundle;
  };

  /** Find everything that does not fit. Entry n is the n-th line, whatever number it says. */
  const examine = async bundle => {
    const say = (wrong, code, number, sentence) => {
      if (wrong) bundle.findings.push({ code, number, sentence });
      return wrong;
    };
    await examineChain(bundle, say);
    await examineValues(bundle, say);
    await examineFiles(bundle, say);
    if (bundle.note) await examineSignature(bundle, say);
    say(!bundle.note, INCOMPLETE, null, "まとめ印が、まだありません。あとで、受け取りなおしてください。");
  };

  const examineChain = async ({ case: place, lines, entries, digests }, say) => {
    let [before, at] = ["0".repeat(64), ""];
    const shorter = Math.min(lines.length, digests.length);
    for (let n = 1; n <= shorter; n += 1) {
      const entry = entries[n - 1];
      const astray = entry.seq !== n || (entry.log && entry.log !== place) || (entry.t && entry.t < at);
      if (say(astray, TAMPERED, n, `${n}番の記録がないか、順番がちがいます。`)) break;
      at = entry.t || at;
      const line = bytesOf(lines[n - 1]);
      const sealed = entry.v === 1
        ? await digest(Uint8Array.of(1), fromHex(before), line)
        : await digest(Uint8Array.of(2), fromHex(before), fromHex(entry.hash || await digest(line)));
      before = digests[n - 1];
      say(sealed !== before, TAMPERED, n, `${n}番の記録が、あとから書きかえられています。`);
    }
    const next = shorter + 1;
    say(lines.length !== digests.length, TAMPERED, next, `${next}番の記録か、その指紋がありません。`);
  };

  const examineValues = async ({ case: place, entries, openings, files }, say) => {
    const key = (number, field) => `${number} ${field}`;
    const redacted = entries.filter(entry => entry.type === "record.value.redacted");
    const gone = new Set(redacted.map(({ public: facts }) => key(facts.target, facts.field)));
    const hidden = entries.filter(entry => entry.type === "record.entry.hidden");
    const given = new Set([...gone, ...hidden.map(({ public: facts }) => key(facts.target, "note"))]);
    for (const { seq, field, salt, value } of openings) {
      const prefix = bytesOf(`wanowa/commit/v1\0${place}\0${seq}\0${field}\0`);
      const found = await digest(prefix, salt, Uint8Array.of(0), bytesOf(value));
      const entry = entries[seq - 1];
      const other = !entry || !entry.commit || entry.commit[field] !== found;
      say(other, TAMPERED, seq, `${seq}番の記録のふせた値が、記録したときの値とちがいます。`);
      say(gone.has(key(seq, field)), TAMPERED, seq, `${seq}番の記録の、消すと決めた値が残っています。`);
      given.add(key(seq, field));
    }
    entries.forEach((entry, i) => {
      const uncorrected = entry.type === "record.entry.corrected" && !given.has(key(i + 1, "note"));
      say(uncorrected, INCOMPLETE, i + 1, `${i + 1}番の記録の、訂正の文が入っていません。`);
      const unread = entry.type && entry.type.endsWith(".took_effect")
        && !files.has(`files/${i + 1}-version-${entry.public.number}.json`);
      say(unread, INCOMPLETE, i + 1, `${i + 1}番の記録で合意した文が、入っていません。`);
    });
  };

  const examineFiles = async ({ contents, entries, files, inside }, say) => {
    const found = new Map();
    for (const [path, bytes] of files) if (path !== "contents.json") found.set(path, await digest(bytes));
    const listed = inside ? [] : [...new Set([...found.keys(), ...Object.keys(contents)])].sort();
    for (const path of listed) {
      say(found.get(path) !== contents[path], TAMPERED, null, `${path} が、受け取ったあとで変わっています。`);
    }
    for (const path of [...found.keys()].filter(isFile).sort()) {
      const n = parseInt(path.slice("files/".length), 10);
      const facts = (entries[n - 1] && entries[n - 1].public) || {};
      const other = ![facts.fingerprint, facts.digest].includes(found.get(path));
      say(other, TAMPERED, n, `${path} が、${n}番の記録にある文書とちがいます。`);
    }
  };

  const examineSignature = async ({ case: place, digests, head, keys, note, rotations }, say) => {
    const n = head.number;
    say(digests[n - 1] !== head.digest, TAMPERED, n, `${n}番までの記録が、まとめ印をつけたときとちがいます。`);
    const same = head.case === place && head.checkpoint === note.number && head.proof.size === note.size;
    const listed = same && await leads(note.root, place, head, head.proof);
    say(!listed, TAMPERED, null, "まとめ印の一覧に、この記録が入っていません。");
    let fits = true;
    for (const [i, one] of [...rotations, note].entries()) {
      const number = i < rotations.length ? keys[i + 1].first : note.number;
      fits = fits && one.number === number && one.origin === note.origin && await isSigned(one, keys);
      fits = fits && (one.number !== note.number || one.text === note.text);
    }
    say(!fits, TAMPERED, null, "まとめ印の署名が、鍵と合いません。");
    const alone = rotations.some(one => one.signatures.length === 1);
    say(alone, INCOMPLETE, null, "前の鍵が署名していない鍵があります。市に、鍵をたしかめてください。");
  };

  const gravest = findings => gravestFirst.find(code => findings.some(one => one.code === code)) ?? VERIFIED;

  /** Return the files of a ZIP. */
  const unpack = bytes => {
    const files = archive.unpack(bytes);
    need(files, "ZIP（受け取ったままのファイルを使ってください）");
    return files;
  };

  /** Return the first entry or checkpoint of which somebody else was told otherwise. */
  const apart = (bundle, told, note) => {
    for (const [n, value] of told) {
      if (bundle.digests[n - 1] !== value) {
        return [{ code: FORK, number: n, sentence: `${n}番の記録が、2通りあります。` }];
      }
    }
    const forked = note && bundle.note && note.number === bundle.note.number && note.text !== bundle.note.text;
    return forked ? [{ code: FORK, number: null, sentence: "同じ番号のまとめ印が、2通りあります。" }] : [];
  };

  const compare = (one, two) => {
    need(one.case === two.case, "同じ取組の束を、2つ選んでください");
    return apart(one, two.digests.slice(0, one.digests.length).map((value, i) => [i + 1, value]), two.note);
  };

  /** Return a digest as eight words that people can read out. */
  const wordsOf = text => [...fromHex(text).subarray(0, 8)]
    .map(byte => "かさたなはまやらわきしちにひみり"[byte >> 4] + "あいうえおくすつぬふむるけせてね"[byte & 15]).join("　");

  /** Return what a receipt tells otherwise than the bundle. */
  const holdAgainst = async (bundle, receipt) => {
    const text = `${receipt.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")}\n`.replace(/[ \t\r]*\n/g, "\n");
    const found = new RegExp(
      `^wanowa receipt v1\\ncase ([!-~]+)\\nnumber (${digits})\\ndigest (${hash})\\nshort ([^\\n]+)\\n\\n([^]+\\n)\\n` +
      `path (0|${digits}) (${digits})((?: ${hash})*)\\nleaf (${digits}) (${hash})\\n$`,
    ).exec(text);
    need(found, "控え");
    const [n, value, last, head] = [Number(found[2]), found[3], Number(found[9]), found[10]];
    const note = readNote(found[5], "控え");
    need(found[1] === bundle.case, "この取組の控えを選んでください");
    const proof = { index: Number(found[6]), size: Number(found[7]), path: found[8].split(" ").slice(1) };
    need(proof.size === note.size, "控え");
    need(await leads(note.root, bundle.case, { number: last, digest: head }, proof), "控え");
    need(wordsOf(value) === found[4] && (n < last || (n === last && value === head)), "控え");
    if (!bundle.note) return apart(bundle, n <= bundle.digests.length ? [[n, value]] : [], note);
    if (!note.signatures.some(one => bundle.keys.some(key => key.name === one.name))) {
      return [{ code: FORK, number: null, sentence: "控えに署名した鍵が、この束にありません。" }];
    }
    need(await isSigned(note, bundle.keys), "控えの署名");
    if (last > bundle.digests.length && note.number > bundle.note.number) {
      return [{ code: INCOMPLETE, number: null, sentence: "控えより古い束です。新しいものを受け取ってください。" }];
    }
    return apart(bundle, [[n, value], [last, head]], note);
  };

  /** Read and check, and never throw: a bundle that cannot be read is code 3. */
  const judge = async work => {
    try {
      const { bundle, findings } = await work();
      return { bundle, findings, code: gravest(findings) };
    } catch (fault) {
      if (!(fault instanceof Broken)) throw fault;
      return { bundle: null, findings: [{ code: MALFORMED, number: null, sentence: fault.message }], code: MALFORMED };
    }
  };

  const checkFiles = (files, inside = false) => judge(async () => {
    const bundle = await read(files, inside);
    return { bundle, findings: bundle.findings };
  });

  return { checkFiles, compare, gravest, holdAgainst, judge, read, unpack, wordsOf };
})();
