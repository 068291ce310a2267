const FIRST = 33_000;
const LAST = 60_000;
let last = LAST;

/** A port that was not used for long: conntrack remembers a UDP client's port, and sends what comes from it to the endpoint that it had before. */
export function nextLocalPort() {
  last = last === LAST ? FIRST : last + 1;
  return last;
}
