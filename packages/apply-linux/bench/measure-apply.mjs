// Applies a cluster to the network namespace in which it runs, again, and with an endpoint more, and prints the seconds
// that each took, in all and in the tools: `node measure-apply.mjs SERVICES ENDPOINTS MODE BACKEND`.
import { parseSnapshot, planRulesOfNode } from '@kube-rules/core';
import { applyWanted, thisMachine } from '@kube-rules/apply-linux';
import { generateSnapshot } from '../../core/bench/generate-snapshot.mjs';

const [services, endpoints, mode, backend] = process.argv.slice(2);
const text = generateSnapshot(Number(services), Number(endpoints));
// An endpoint of the second Service moves.
const moved = text.replace(`"10.${endpoints}.0.0"`, '"10.99.255.254"');
const [before, after] = [text, moved].map((one) => parseSnapshot(one).snapshot);

const first = await measure(before);
const nothing = await measure(before);
const change = await measure(after);
if (nothing.steps !== 0 || change.steps === 0) throw new Error('The steps are not those expected.');
console.log(JSON.stringify({ first, nothing, change }));

async function measure(snapshot) {
  const calls = [];
  const machine = { ...thisMachine, run: timed(calls), findKubeProxy: async () => [] };
  const options = mode === 'nftables' ? { layout: 'fast' } : {};
  const start = performance.now();
  const { steps } = await applyWanted(
    ({ files }) => {
      const { plan, wanted } = planRulesOfNode(snapshot, mode, { files, ...options });
      return { plan: { ...plan, backend }, wanted };
    },
    machine,
    {},
  );
  return { steps, all: (performance.now() - start) / 1000, tools: lengthOf(calls) / 1000 };
}

/** Reading and writing are what has to be done; what else is asked of tools is our own affair. */
function timed(calls) {
  return async (command, args, input) => {
    const start = performance.now();
    const result = await thisMachine.run(command, args, input);
    const isExtra = args.some((arg) => ['--test', '-c', '--version', '-V'].includes(arg));
    if (!isExtra) calls.push([start, performance.now()]);
    return result;
  };
}

/** Milliseconds in which at least one call ran. */
function lengthOf(calls) {
  let [length, end] = [0, 0];
  for (const [from, to] of calls.sort((a, b) => a[0] - b[0])) {
    length += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return length;
}
