/* A ZIP as Wanowa writes it: nothing squeezed, in the order of names, dated 1 January 1980, nothing around. */
const archive = (() => {
  "use strict";

  const largest = 512 * 1024 * 1024;
  const table = Array.from({ length: 256 }, (_, number) => {
    let sum = number;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum >>> 0;
  });
  const crc = bytes => ~bytes.reduce((sum, byte) => table[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;
  const little = (...fields) => hashes.join(...fields.map(([value, size]) =>
    Uint8Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** at) % 256)));

  const pack = files => {
    const [bodies, list] = [[], []];
    let at = 0;
    for (const path of [...files.keys()].sort()) {
      const [bytes, title] = [files.get(path), new TextEncoder().encode(path)];
      const shared = [[20, 2], [0, 2], [0, 2], [0, 2], [0x21, 2], [crc(bytes), 4], [bytes.length, 4]];
      const sizes = [...shared, [bytes.length, 4], [title.length, 2], [0, 2]];
      bodies.push(little([0x04034b50, 4], ...sizes), title, bytes);
      list.push(little([0x02014b50, 4], [0x314, 2], ...sizes, [0, 2], [0, 2], [0, 2], [0x1a40000, 4], [at, 4]), title);
      at += 30 + title.length + bytes.length;
    }
    const size = list.reduce((sum, part) => sum + part.length, 0);
    const end = little([0x06054b50, 4], [0, 4], [files.size, 2], [files.size, 2], [size, 4], [at, 4], [0, 2]);
    return hashes.join(...bodies, ...list, end);
  };

  /** Return the files (path → bytes) of a ZIP, or null when it is not exactly as `pack` writes it. */
  const unpack = bytes => {
    if (bytes.length > largest) return null;
    const [files, view] = [new Map(), new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)];
    let at = 0;
    while (at + 30 <= bytes.length && view.getUint32(at, true) === 0x04034b50) {
      const [size, title] = [view.getUint32(at + 22, true), view.getUint16(at + 26, true)];
      const start = at + 30 + title;
      if (start + size > bytes.length || files.size === 5000) return null;
      files.set(new TextDecoder().decode(bytes.subarray(at + 30, start)), bytes.subarray(start, start + size));
      at = start + size;
    }
    const again = pack(files);
    const same = again.length === bytes.length && again.every((byte, i) => byte === bytes[i]);
    return files.size && same ? files : null;
  };

  return { pack, unpack };
})();
