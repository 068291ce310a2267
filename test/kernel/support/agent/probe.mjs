import { probeTCP } from './probe-tcp.mjs';
import { probeUDP } from './probe-udp.mjs';

/** The outcomes of each probe's connections, which are opened beside each other, or one after the other if `inTurn`. */
export async function probeAll(probes, { timeoutMs, connectionsAtOnce }) {
  const results = probes.map(() => []);
  const chains = probes.flatMap((probe, index) => {
    const connect = async () => results[index].push(await connectOnce(probe, timeoutMs));
    const once = Array.from({ length: probe.connections }, () => connect);
    return probe.inTurn ? [() => runInTurn(once)] : once;
  });
  await runLimited(chains, connectionsAtOnce);
  return results;
}

function connectOnce(probe, timeoutMs) {
  return probe.protocol === 'tcp' ? probeTCP(probe, timeoutMs) : probeUDP(probe, timeoutMs);
}

async function runInTurn(tasks) {
  for (const task of tasks) {
    await task();
  }
}

async function runLimited(tasks, limit) {
  const waiting = tasks.values();
  await Promise.all(
    Array.from({ length: limit }, async () => {
      for (const task of waiting) {
        await task();
      }
    }),
  );
}
