import {
  audit,
  chooseBackend,
  fingerprintOf,
  planCleanup,
  planNode,
  planUndo,
  type Backend,
  type NodePlan,
  type Operation,
  type Snapshot,
} from '@kube-rules/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitrarySnapshot, nameOf, settings, type Setting } from './support/arbitrary-setting.ts';
import { foreignParts, plantForeign } from './support/foreign-rules.ts';
import { createNodeModel, type NodeModel } from './support/node-model.ts';

function planFor(node: NodeModel, snapshot: Snapshot, setting: Setting): NodePlan {
  return planNode(snapshot, setting.mode, {
    files: node.dump(),
    ...(setting.layout && { layout: setting.layout }),
  });
}

function runAll(node: NodeModel, operations: readonly Operation[], usual?: Backend): void {
  for (const operation of operations) node.run(operation, usual);
}

function expectWhole(node: NodeModel, snapshot: Snapshot, { mode }: Setting): void {
  const { findings, isWhole } = audit(snapshot, mode, node.dump());
  expect(findings.filter(({ kind }) => kind !== 'harmless')).toEqual([]);
  expect(isWhole).toBe(true);
}

/** Carries out a plan, and a second one that must do nothing. */
function apply(node: NodeModel, snapshot: Snapshot, setting: Setting): NodePlan {
  const plan = planFor(node, snapshot, setting);
  runAll(node, plan.operations);
  expectWhole(node, snapshot, setting);
  const again = planFor(node, snapshot, setting);
  expect(again.operations).toEqual([]);
  expect(again.fingerprint).toEqual(plan.expected);
  expect(again.summary).toMatchObject({ toAdd: 0, toChange: 0, toRemove: 0 });
  return plan;
}

const pairs = settings.flatMap((before) =>
  settings.map((after): [string, string, Setting, Setting] => [
    nameOf(before),
    nameOf(after),
    before,
    after,
  ]),
);

test.for(pairs)('from %s to %s: there, nothing more to do, and back', ([, , before, after]) => {
  let steps = 0;
  fc.assert(
    fc.property(
      arbitrarySnapshot(before.mode),
      arbitrarySnapshot(after.mode),
      fc.boolean(),
      (first, second, isShared) => {
        const node = createNodeModel();
        if (isShared) plantForeign(node);
        const foreign = foreignParts(node.dump());
        apply(node, first, before);
        expect(foreignParts(node.dump())).toEqual(foreign);
        const former = node.dump();
        steps += apply(node, second, after).operations.length;
        expect(foreignParts(node.dump())).toEqual(foreign);
        runAll(node, planUndo(node.dump(), former));
        expectWhole(node, first, before);
        expect(foreignParts(node.dump())).toEqual(foreign);
        expect(planUndo(node.dump(), former)).toEqual([]);
      },
    ),
    { numRuns: 8 },
  );
  expect(steps).toBeGreaterThan(5);
});

/** kube-proxy's rules of iptables or ipvs mode, in the implementation that is not the node's own. */
function plantElsewhere(node: NodeModel, snapshot: Snapshot): void {
  const { operations } = planNode(snapshot, 'iptables', { files: {} });
  for (const operation of operations)
    if (operation.kind === 'iptables') node.run({ ...operation, backend: 'legacy' });
}

test.for(pairs)('from %s and both back ends to %s: there, and back', ([, , before, after]) => {
  fc.assert(
    fc.property(
      arbitrarySnapshot(before.mode),
      arbitrarySnapshot(after.mode),
      arbitrarySnapshot('iptables'),
      fc.nat(15),
      (first, second, elsewhere, stop) => {
        const node = createNodeModel();
        plantForeign(node);
        const foreign = foreignParts(node.dump());
        apply(node, first, before);
        plantElsewhere(node, elsewhere);
        const former = node.dump();
        const plan = planFor(node, second, after);
        runAll(node, plan.operations.slice(0, stop), plan.backend);
        const usual = chooseBackend(former);
        runAll(node, planUndo(node.dump(), former), usual);
        expect(planUndo(node.dump(), former)).toEqual([]);
        expect(fingerprintOf(node.dump(), { backend: usual })).toEqual(plan.fingerprint);
        runAll(node, plan.operations, plan.backend);
        expectWhole(node, second, after);
        expect(planFor(node, second, after).operations).toEqual([]);
        expect(node.dump()['ipv4.iptables-legacy-save']).not.toMatch(/KUBE-/);
        expect(foreignParts(node.dump())).toMatchObject(foreign);
      },
    ),
    { numRuns: 4 },
  );
});

/** Lines that name something of kube-proxy's, but for the chain that rules of others lead to, and those. */
function leftOf(node: NodeModel): string[] {
  const lines = Object.values(node.dump()).flatMap((text) => text.split('\n'));
  const isOwn =
    /KUBE-(?!KUBELET|ROUTER|SRC|MARK-MASQ|FIREWALL)|kube-proxy|kube-ipvs0|^-[Aa] -[tu] (?!203)/;
  return lines.filter((line) => isOwn.test(line) && !line.includes('-A CNI-'));
}

test.for(settings.map((setting): [string, Setting] => [nameOf(setting), setting]))(
  'cleanup after %s leaves what was there before, and nothing else',
  ([, setting]) => {
    fc.assert(
      fc.property(arbitrarySnapshot(setting.mode), (snapshot) => {
        const node = createNodeModel();
        plantForeign(node);
        const foreign = node.dump();
        apply(node, snapshot, setting);
        const plan = planCleanup('node-a', node.dump());
        runAll(node, plan.operations);
        expect(leftOf(node)).toEqual([]);
        expect(foreignParts(node.dump())).toEqual(foreignParts(foreign));
        const again = planCleanup('node-a', node.dump());
        expect(again.operations).toEqual([]);
        expect(again.fingerprint).toEqual(plan.expected);
      }),
      { numRuns: 15 },
    );
  },
);

test.for(settings.map((setting): [string, Setting] => [nameOf(setting), setting]))(
  '%s: whichever step fails, undo brings back what was there',
  ([, setting]) => {
    fc.assert(
      fc.property(
        arbitrarySnapshot(setting.mode),
        arbitrarySnapshot(setting.mode),
        fc.nat(11),
        (first, second, stop) => {
          const node = createNodeModel();
          plantForeign(node);
          apply(node, first, setting);
          const before = node.dump();
          const { operations } = planFor(node, second, setting);
          runAll(node, operations.slice(0, stop % (operations.length + 1)));
          runAll(node, planUndo(node.dump(), before));
          expectWhole(node, first, setting);
          expect(foreignParts(node.dump())).toEqual(foreignParts(before));
        },
      ),
      { numRuns: 25 },
    );
  },
);
