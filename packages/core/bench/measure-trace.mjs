// Measures traces of one size in a process of its own: `node measure-trace.mjs SERVICES ENDPOINTS MODE [LAYOUT]`.
import {
  compile,
  parseSnapshot,
  prepareTrace,
  traceEnvironmentOf,
  tracePacket,
} from '@kube-rules/core';
import { generateSnapshot } from './generate-snapshot.mjs';

const [services, endpoints] = [Number(process.argv[2]), Number(process.argv[3])];
const [mode, layout] = process.argv.slice(4);
const rounds = 25;

const { snapshot } = parseSnapshot(generateSnapshot(services, endpoints));
const ruleset = compile(snapshot, mode, { layout });
const environment = traceEnvironmentOf(snapshot);
const start = performance.now();
const traceable = prepareTrace(ruleset, environment);
const prepare = performance.now() - start;

/** A Service at the end of the rules, by its cluster IP and by its node port. */
const last = snapshot.services.findLast(({ spec }) => spec.type === 'NodePort').spec;
const client = { source: '198.51.100.7', protocol: 'tcp' };
const packets = [
  { ...client, destination: last.clusterIP, destinationPort: 80 },
  { ...client, destination: '192.0.2.0', destinationPort: last.ports[0].nodePort },
  { ...client, source: 'node', destination: last.clusterIP, destinationPort: 80 },
];

const times = packets.map((packet) => {
  const own = Array.from({ length: rounds }, () => time(packet));
  return own.toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
});
console.log(JSON.stringify({ prepare, trace: Math.max(...times) }));

function time(packet) {
  const begin = performance.now();
  const { outcomes } = tracePacket(traceable, packet);
  const taken = performance.now() - begin;
  if (outcomes.length !== endpoints) throw new Error(`${outcomes.length} outcomes`);
  return taken;
}
