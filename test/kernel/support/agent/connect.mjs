// Connections without end, until they are counted.
import { probeTCP } from './probe-tcp.mjs';
import { probeUDP } from './probe-udp.mjs';

const running = [];

/** Starts one connection after the other for each probe: one every `everyMs` unless `atMost` wait, or `atOnce` of them without pause. */
export function connect(probes, options) {
  for (const probe of probes) running.push(start(probe, options));
}

/** Stops what `connect` started; gives how many connections each probe had, and the failures with their times. */
export async function stopConnecting() {
  return Promise.all(running.splice(0).map((stop) => stop()));
}

function start(probe, { everyMs, atMost = Infinity, atOnce, timeoutMs }) {
  const result = { connections: 0, failures: [] };
  const once = async () => {
    const begin = Date.now();
    const open = probe.protocol === 'tcp' ? probeTCP : probeUDP;
    const { verdict } = await open(probe, timeoutMs);
    result.connections += 1;
    if (verdict !== 'delivered') result.failures.push(`${verdict} at ${begin}`);
  };
  const stop = everyMs === undefined ? withoutPause(once, atOnce) : steadily(once, everyMs, atMost);
  return async () => {
    await stop();
    return result;
  };
}

function withoutPause(once, atOnce) {
  const state = { stopped: false };
  const loops = Array.from({ length: atOnce }, async () => {
    while (!state.stopped) await once();
  });
  return async () => {
    state.stopped = true;
    await Promise.all(loops);
  };
}

function steadily(once, everyMs, atMost) {
  const pending = new Set();
  const timer = setInterval(() => {
    if (pending.size >= atMost) return;
    const connection = once().then(() => pending.delete(connection));
    pending.add(connection);
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await Promise.all(pending);
  };
}
