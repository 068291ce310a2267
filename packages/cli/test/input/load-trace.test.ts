import { expect, test } from 'vitest';
import type { CommandContext } from '../../src/command-context.ts';
import { loadTrace } from '../../src/input/load-trace.ts';
import { shop, shopDump } from '../support/cluster.ts';

const context: CommandContext = {
  io: {
    writeOut: () => undefined,
    writeError: () => undefined,
    readInput: async () => undefined,
    outIsTerminal: false,
    errorIsTerminal: false,
    env: {},
  },
  kubeProxyArgs: [],
  setExitStatus: () => undefined,
};
const client = { kind: 'address', address: '10.244.2.99' } as const;

test("the node of the client's pod is taken, and is no problem any more", async () => {
  const sources = { files: [shop], live: [], node: undefined };
  const { loaded, dumps, awayFrom } = await loadTrace(sources, client, context);
  expect(loaded?.snapshot.nodeName).toBe('node-b');
  expect(loaded?.diagnostics.map(({ code }) => code)).not.toContain('NODE_AMBIGUOUS');
  expect({ dumps, awayFrom }).toEqual({ dumps: undefined, awayFrom: undefined });
});

test('a node that was asked for stays, and the home of the pod is told', async () => {
  const sources = { files: [shop], live: [], node: 'node-a' };
  const { loaded, awayFrom } = await loadTrace(sources, client, context);
  expect([loaded?.snapshot.nodeName, awayFrom]).toEqual(['node-a', 'node-b']);
});

test('dumps alone need no snapshot', async () => {
  const sources = { files: [], live: [shopDump], node: undefined };
  const { loaded, dumps } = await loadTrace(sources, client, context);
  expect(loaded).toBeUndefined();
  expect(Object.keys(dumps?.files ?? {})).toContain(`${shopDump}/ipv4.iptables-save`);
});
