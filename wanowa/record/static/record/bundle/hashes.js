/* SHA-256 and Ed25519: by the browser where it can, else by hand. Written from FIPS 180-4 and RFC 8032. */
const hashes = (() => {
  "use strict";

  const join = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };

  const subtle = () => globalThis.crypto && globalThis.crypto.subtle;

  /* The first 80 primes; roots of them are the constants of SHA-2. */
  const primes = [];
  for (let number = 2; primes.length < 80; number += 1) {
    if (primes.every(prime => number % prime)) primes.push(number);
  }

  /** Return the first 64 bits behind the point of the n-th root (2 or 3) of a whole number. */
  const fraction = (number, root) => {
    const wanted = BigInt(number) << (64n * BigInt(root));
    let low = 0n;
    let high = 1n << 72n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(root) > wanted) high = middle;
      else low = middle;
    }
    return BigInt.asUintN(64, low);
  };

  const starts = primes.slice(0, 8).map(prime => fraction(prime, 2));
  const rounds = primes.map(prime => fraction(prime, 3));

  /** SHA-2 with words of 32 or 64 bits. */
  const sha2 = (bytes, size) => {
    const big = BigInt(size);
    const mask = (1n << big) - 1n;
    const turn = (word, by) => ((word >> BigInt(by)) | (word << (big - BigInt(by)))) & mask;
    const shift = (word, by) => word >> BigInt(by);
    const [a0, a1, e0, e1, count] = size === 32
      ? [[7, 18, 3], [17, 19, 10], [2, 13, 22], [6, 11, 25], 64]
      : [[1, 8, 7], [19, 61, 6], [28, 34, 39], [14, 18, 41], 80];
    const constant = word => word >> (64n - big);
    const block = size * 2;
    const rest = (bytes.length + 1 + size / 4) % block;
    const padded = new Uint8Array(bytes.length + 1 + size / 4 + (rest ? block - rest : 0));
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
    const view = new DataView(padded.buffer);
    let state = starts.map(constant);
    for (let at = 0; at < padded.length; at += block) {
      const words = [];
      for (let i = 0; i < count; i += 1) {
        if (i < 16) {
          words.push(size === 32 ? BigInt(view.getUint32(at + 4 * i)) : view.getBigUint64(at + 8 * i));
          continue;
        }
        const [far, near] = [words[i - 15], words[i - 2]];
        const one = turn(far, a0[0]) ^ turn(far, a0[1]) ^ shift(far, a0[2]);
        const two = turn(near, a1[0]) ^ turn(near, a1[1]) ^ shift(near, a1[2]);
        words.push((words[i - 16] + one + words[i - 7] + two) & mask);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < count; i += 1) {
        const up = turn(e, e1[0]) ^ turn(e, e1[1]) ^ turn(e, e1[2]);
        const choice = (e & f) ^ (~e & mask & g);
        const first = h + up + choice + constant(rounds[i]) + words[i];
        const down = turn(a, e0[0]) ^ turn(a, e0[1]) ^ turn(a, e0[2]);
        const second = down + ((a & b) ^ (a & c) ^ (b & c));
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) & mask, c, b, a, (first + second) & mask];
      }
      state = [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) & mask);
    }
    const found = new DataView(new ArrayBuffer(size));
    state.forEach((word, i) => size === 32 ? found.setUint32(4 * i, Number(word)) : found.setBigUint64(8 * i, word));
    return new Uint8Array(found.buffer);
  };

  const sha256 = async bytes => subtle()
    ? new Uint8Array(await subtle().digest("SHA-256", bytes))
    : sha2(bytes, 32);

  /* Ed25519 by hand. Points are [X, Y, Z, T] with x = X/Z, y = Y/Z, xy = T/Z. */
  const prime = 2n ** 255n - 19n;
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const modulo = number => ((number % prime) + prime) % prime;
  const power = (base, exponent) => {
    let found = 1n;
    for (let b = modulo(base), e = exponent; e; e >>= 1n, b = modulo(b * b)) if (e & 1n) found = modulo(found * b);
    return found;
  };
  const inverse = number => power(number, prime - 2n);
  const d = modulo(-121665n * inverse(121666n));
  const little = bytes => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

  const add = (p, q) => {
    const a = modulo((p[1] - p[0]) * (q[1] - q[0]));
    const b = modulo((p[1] + p[0]) * (q[1] + q[0]));
    const c = modulo(2n * p[3] * q[3] * d);
    const z = modulo(2n * p[2] * q[2]);
    const [e, f, g, h] = [b - a, z - c, z + c, b + a];
    return [modulo(e * f), modulo(g * h), modulo(f * g), modulo(e * h)];
  };

  const times = (number, point) => {
    let found = [0n, 1n, 1n, 0n];
    for (let p = point, n = number; n; n >>= 1n, p = add(p, p)) if (n & 1n) found = add(found, p);
    return found;
  };

  /** Return the point that 32 bytes stand for, or null. */
  const point = bytes => {
    const whole = little(bytes);
    const y = whole & ((1n << 255n) - 1n);
    const odd = whole >> 255n;
    if (y >= prime) return null;
    const square = modulo((y * y - 1n) * inverse(d * y * y + 1n));
    let x = power(square, (prime + 3n) / 8n);
    if (modulo(x * x) !== square) x = modulo(x * power(2n, (prime - 1n) / 4n));
    if (modulo(x * x) !== square || (x === 0n && odd)) return null;
    if ((x & 1n) !== odd) x = prime - x;
    return [x, y, 1n, modulo(x * y)];
  };

  const base = new Uint8Array(32).fill(0x66);
  base[0] = 0x58;

  const ed25519ByHand = (key, signature, message) => {
    const scalar = little(signature.subarray(32));
    const [a, r] = [point(key), point(signature.subarray(0, 32))];
    if (!a || !r || scalar >= order) return false;
    const challenge = little(sha2(join(signature.subarray(0, 32), key, message), 64)) % order;
    const [one, two] = [times(scalar, point(base)), add(r, times(challenge, a))];
    return [0, 1].every(i => modulo(one[i] * two[2] - two[i] * one[2]) === 0n);
  };

  /** Tell whether a signature fits a message and a public key. */
  const ed25519 = async (key, signature, message) => {
    if (subtle()) {
      try {
        const imported = await subtle().importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
        return await subtle().verify("Ed25519", imported, signature, message);
      } catch {
        /* This browser does not know Ed25519. */
      }
    }
    return ed25519ByHand(key, signature, message);
  };

  return { join, sha256, ed25519, sha2, ed25519ByHand };
})();
