// A process inside one namespace of the lab: it serves the namespace's ports and opens the connections it is asked for.
// Plain JavaScript, because Node 20 runs no TypeScript and the namespace needs a process of its own.
// It ends with its standard input, so that nothing is left behind by a test run that was killed.
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { answer } from './answer.mjs';
import { connect, stopConnecting } from './connect.mjs';
import { hold, look, release } from './hold.mjs';
import { nft } from './nft.mjs';
import { probeAll } from './probe.mjs';
import { serve, serveUDP } from './serve.mjs';

const RECENT = '/proc/net/xt_recent';

const commands = {
  namespace: async () => readlinkSync('/proc/self/ns/net'),
  serve: async ({ addresses, ports }) => serve(addresses, ports),
  serveUDP: async ({ addresses, ports }) => serveUDP(addresses, ports),
  probe: async ({ probes, ...limits }) => probeAll(probes, limits),
  connect: async ({ probes, ...options }) => connect(probes, options),
  stopConnecting: async () => stopConnecting(),
  hold: async (options) => hold(options),
  look: async ({ connection }) => look(connection),
  release: async ({ connection }) => release(connection),
  nft: async ({ argv, input }) => nft(argv, input),
  forgetAffinity: async () => forgetAffinity(),
};

function forgetAffinity() {
  for (const name of recentTables()) {
    writeFileSync(`${RECENT}/${name}`, '/\n');
  }
}

function recentTables() {
  try {
    return readdirSync(RECENT);
  } catch {
    return [];
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  process.stdout.write(`${await answer(line, commands)}\n`);
});
lines.on('close', () => process.exit(0));
