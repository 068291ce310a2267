import { ApplyError } from '@kube-rules/apply-linux';
import { compile, parseSnapshot, renderFiles } from '@kube-rules/core';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { findCulprit } from '../../src/command/find-culprit.ts';
import { shop } from '../support/cluster.ts';

const { snapshot } = parseSnapshot(await readFile(shop, 'utf8'), { nodeName: 'node-a' });
const lines = (renderFiles(compile(snapshot, 'iptables'))['ipv4.iptables'] ?? '').split('\n');

function culprit(line: string | undefined): string | undefined {
  const error = new ApplyError('RULE_REFUSED', 'no', { hint: 'none', line });
  return findCulprit(error, snapshot, 'iptables');
}

test('the Service whose line was refused, without its port', () => {
  const [service] = snapshot.services;
  const name = `${service?.metadata.namespace}/${service?.metadata.name}`;
  const line = lines.find((text) => text.startsWith('-A KUBE-SVC-') && text.includes(`"${name}`));
  expect(line).toBeDefined();
  expect(culprit(line)).toBe(name);
});

test('nobody: a line of every node, none, or an error of another kind', () => {
  expect(culprit('-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP')).toBeUndefined();
  expect(culprit(undefined)).toBeUndefined();
  expect(findCulprit(new Error('no'), snapshot, 'iptables')).toBeUndefined();
});
