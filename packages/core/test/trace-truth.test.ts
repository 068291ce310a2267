import { expect, test } from 'vitest';
import {
  missingTruth,
  readTruthCase,
  readTruthFiles,
  truthCaseNames,
  type Flow,
} from '../../../test/kernel/support/truth.ts';
import { compile, parseSnapshot, type CompileOptions, type Mode } from '../src/index.ts';
import { traceEnvironmentOf } from '../src/trace-environment.ts';
import { readTraceRules } from '../src/trace-dumps.ts';
import { prepareTrace } from '../src/trace.ts';
import { joinEnvironments } from '../src/trace/walk/environment.ts';
import { tracePacket } from '../src/trace/trace-packet.ts';
import type { Traceable } from '../src/trace/walk/traceable.ts';
import { disagreements, packetOf } from './support/trace-agreement.ts';

const isCI = process.env['CI'] === 'true';
const isThere = missingTruth().length === 0;
const names = truthCaseNames();

interface Variant {
  readonly title: string;
  readonly mode: Exclude<Mode, 'userspace'>;
  readonly options: CompileOptions;
}

/** The record of ipvs mode is that of release 1.30. */
const variants: readonly Variant[] = [
  { title: 'iptables', mode: 'iptables', options: {} },
  { title: 'ipvs', mode: 'ipvs', options: { release: '1.30' } },
  { title: 'nftables', mode: 'nftables', options: {} },
  { title: 'nftables, fast layout', mode: 'nftables', options: { layout: 'fast' } },
];

const cases = names.flatMap((name) => variants.map((variant) => ({ name, ...variant })));

test.for(cases)('$name, $title: packets fare as in a kernel', ({ name, mode, options }) => {
  const { snapshotText, flows } = readTruthCase(name, mode);
  const { snapshot } = parseSnapshot(snapshotText);
  const traceable = prepareTrace(compile(snapshot, mode, options), traceEnvironmentOf(snapshot));
  expect(disagreementsOf(flows, { traceable, mode })).toEqual([]);
});

const dumped = names.flatMap((name) =>
  (['iptables', 'ipvs', 'nftables'] as const).map((mode) => ({ name, mode })),
);

test.for(dumped)("$name, $mode: kube-proxy's own rules lead there, too", ({ name, mode }) => {
  const { snapshotText, flows } = readTruthCase(name, mode);
  const { snapshot } = parseSnapshot(snapshotText);
  const { rules, environment } = readTraceRules(readTruthFiles(name, mode));
  const around = joinEnvironments(traceEnvironmentOf(snapshot), environment);
  const traceable = prepareTrace(rules, around);
  expect(disagreementsOf(flows, { traceable, mode })).toEqual([]);
});

const modesOfNode = (['iptables', 'ipvs', 'nftables'] as const).map((mode) => ({ mode }));

test.for(modesOfNode)(
  'the node calls with the address that its kernel chose, $mode mode',
  ({ mode }) => {
    const wrong = names.flatMap((name) => {
      const { snapshotText, flows } = readTruthCase(name, mode);
      const { snapshot } = parseSnapshot(snapshotText);
      const ruleset = compile(snapshot, mode, mode === 'ipvs' ? { release: '1.30' } : {});
      const traceable = prepareTrace(ruleset, traceEnvironmentOf(snapshot));
      const ofNode = flows.filter(({ from }) => from.startsWith('node '));
      const unchosen = ofNode.map((flow) => ({ ...flow, packetSource: 'node' }));
      return disagreementsOf(unchosen, { traceable, mode });
    });
    expect(wrong).toEqual([]);
  },
);

// In CI the record must be there: a green run that compared nothing would be a lie.
test.runIf(isThere || isCI)('twenty clusters and all their flows were compared', () => {
  expect(names).toHaveLength(20);
  const flows = variants.map(({ mode }) =>
    names.reduce((sum, name) => sum + readTruthCase(name, mode).flows.length, 0),
  );
  expect(flows).toEqual([3309, 3219, 3289, 3289]);
});

if (!isThere && !isCI) {
  test.skip(`not compared: ${missingTruth().join(' ')}`, () => {});
}

/** In ipvs mode nobody wipes what a client is bound to: of all endpoints only its own was seen. */
function disagreementsOf(
  flows: readonly Flow[],
  { traceable, mode }: { readonly traceable: Traceable; readonly mode: Mode },
): readonly string[] {
  return flows.flatMap((flow) => {
    const { outcomes } = tracePacket(traceable, packetOf(flow));
    const sum = outcomes.reduce((total, { probability }) => total + probability, 0);
    const wrong = disagreements(flow, outcomes).filter(
      (line) => !(mode === 'ipvs' && flow.affinity === 'sticky' && line.includes('not recorded')),
    );
    return Math.abs(sum - 1) < 1e-9 ? wrong : [...wrong, `probabilities add up to ${sum}`];
  });
}
