import { expect, test } from 'vitest';
import { loadSnapshot } from '../../src/input/load-snapshot.ts';
import { clusterText, shop, web } from '../support/cluster.ts';

const io = {
  writeOut: () => {},
  writeError: () => {},
  readInput: async () => Buffer.from(clusterText(web)),
  outIsTerminal: false,
  errorIsTerminal: false,
  env: {},
};
const context = { io, kubeProxyArgs: [], setExitStatus: () => {} };

test('gives the snapshot, what is wrong with it, and the texts by name', async () => {
  const { snapshot, diagnostics, texts } = await loadSnapshot(['-'], {}, context);
  expect(snapshot.services.map(({ metadata }) => metadata.name)).toEqual(['web', 'cart']);
  expect(diagnostics.map(({ code }) => code)).toEqual(['CONFIG_MISSING']);
  expect(texts).toEqual({ '<stdin>': clusterText(web) });
});

test('takes the node and kube-proxy’s flags', async () => {
  const withFlags = { ...context, kubeProxyArgs: ['--masquerade-all'] };
  const { snapshot } = await loadSnapshot([shop], { node: 'node-b' }, withFlags);
  expect(snapshot.nodeName).toBe('node-b');
  expect(snapshot.config.iptables.masqueradeAll).toBe(true);
});
