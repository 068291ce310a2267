// After the time limit the event loop gets this long to deliver what had already arrived on a busy machine.
const GRACE_MS = 250;

const VERDICTS = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
};

/** The server's answer `DESTINATION SOURCE` as an outcome. */
export function delivered(answer) {
  const [destination, source] = answer.trim().split(' ');
  return { verdict: 'delivered', destination, source };
}

export function failed(error) {
  return { verdict: VERDICTS[error.code] ?? `error ${error.code}` };
}

/** Runs `start(settle)` until it settles or the time is up, then `close`. */
export function settleWithin(timeoutMs, start) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle({ verdict: 'timeout' }), timeoutMs + GRACE_MS);
    let settled = false;
    const close = start(settle);
    function settle(outcome) {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      close();
      resolve(outcome);
    }
  });
}
