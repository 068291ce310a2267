import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Two letters for each ten bits: half the steps of one letter for five. */
const letterPairs = Array.from(
  { length: 1024 },
  (_, bits) => `${alphabet[bits >> 5]}${alphabet[bits & 31]}`,
);

// A cluster has many thousand names: one hasher and one digest serve them all.
const blank = sha256.create();
const hasher = sha256.create();
const digest = new Uint8Array(32);

/** The first 16 letters of the base32 form (RFC 4648) of the SHA-256 of `text`: kube-proxy's hash in chain names. */
export function hash16(text: string): string {
  blank._cloneInto(hasher);
  hasher.update(bytesOf(text)).digestInto(digest);
  return halfHash(0) + halfHash(5);
}

/** The first four bytes of the SHA-256 of `text` as a number, 0 to 2 ** 32 - 1. */
export function hashNumber(text: string): number {
  blank._cloneInto(hasher);
  hasher.update(bytesOf(text)).digestInto(digest);
  return new DataView(digest.buffer).getUint32(0);
}

const buffer = new Uint8Array(512);

/** Names are ASCII, and copied so, faster than an encoder is called; anything else takes the long way. */
function bytesOf(text: string): Uint8Array {
  if (text.length > buffer.length) return utf8ToBytes(text);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 127) return utf8ToBytes(text);
    buffer[index] = unit;
  }
  return buffer.subarray(0, text.length);
}

/** Five bytes, eight letters. */
function halfHash(start: number): string {
  const byte = (index: number): number => digest[start + index] ?? 0;
  const [a, b, c, d, e] = [byte(0), byte(1), byte(2), byte(3), byte(4)];
  return (
    pair((a << 2) | (b >> 6)) +
    pair(((b & 63) << 4) | (c >> 4)) +
    pair(((c & 15) << 6) | (d >> 2)) +
    pair(((d & 3) << 8) | e)
  );
}

function pair(bits: number): string {
  return letterPairs[bits] ?? '';
}
