import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Two letters for each ten bits: half the steps of one letter for five. */
const letterPairs = Array.from(
  { length: 1024 },
  (_, bits) => `${alphabet[bits >> 5]}${alphabet[bits & 31]}`,
);

/** The first 16 letters of the base32 form (RFC 4648) of the SHA-256 of `text`: kube-proxy's hash in chain names. */
export function hash16(text: string): string {
  const digest = sha256(utf8ToBytes(text));
  return halfHash(digest, 0) + halfHash(digest, 5);
}

/** Five bytes, eight letters. */
function halfHash(digest: Uint8Array, start: number): string {
  const byte = (index: number): number => digest[start + index] ?? 0;
  return (
    pair((byte(0) << 2) | (byte(1) >> 6)) +
    pair(((byte(1) & 63) << 4) | (byte(2) >> 4)) +
    pair(((byte(2) & 15) << 6) | (byte(3) >> 2)) +
    pair(((byte(3) & 3) << 8) | byte(4))
  );
}

function pair(bits: number): string {
  return letterPairs[bits] ?? '';
}
