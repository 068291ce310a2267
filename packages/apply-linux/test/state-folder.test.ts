import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planCleanup, type NodePlan } from '@kube-rules/core';
import { expect, onTestFinished, test } from 'vitest';
import {
  askForConfirmation,
  confirm,
  readLast,
  saveLast,
  waitForConfirmation,
} from '../src/state-folder.ts';

const last = {
  time: '2026-11-20T12:00:00.000Z',
  milliseconds: 38,
  plan: planCleanup('node-a', {}),
};

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-rules-state-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'made');
}

test('what was applied last is kept, the good and the failed one', async () => {
  const folder = await temporaryFolder();
  expect(await readLast(folder, 'good')).toBeUndefined();
  await saveLast(folder, 'good', last);
  await saveLast(folder, 'failed', { ...last, error: 'why' });
  expect(await readLast(folder, 'good')).toEqual(last);
  expect(await readLast(folder, 'failed')).toEqual({ ...last, error: 'why' });
  expect((await readdir(folder)).toSorted()).toEqual(['last-failed', 'last-good']);
});

test('a file that is none of ours, or cut short, counts as none', async () => {
  const folder = await temporaryFolder();
  await saveLast(folder, 'good', last);
  await writeFile(join(folder, 'last-good', 'apply.json'), '{"time": "2026');
  expect(await readLast(folder, 'good')).toBeUndefined();
});

const documents: NodePlan = {
  ...last.plan,
  operations: [
    { kind: 'sysctl', name: 'net.ipv4.ip_forward', value: '1' },
    { kind: 'ipset', input: 'create S hash:ip\n' },
    { kind: 'iptables', family: 'IPv6', input: '*nat\nCOMMIT\n' },
    { kind: 'nft', input: 'delete table ip kube-proxy\n' },
  ],
};

test('each document that a tool gets lies beside the plan, in the order of the steps', async () => {
  const folder = await temporaryFolder();
  await saveLast(folder, 'good', { ...last, plan: documents });
  const place = join(folder, 'last-good');
  const names = ['2-ipset', '3-iptables-IPv6', '4-nft', 'apply.json'];
  expect((await readdir(place)).toSorted()).toEqual(names);
  expect(await readFile(join(place, '2-ipset'), 'utf8')).toBe('create S hash:ip\n');
  expect(await readFile(join(place, '3-iptables-IPv6'), 'utf8')).toBe('*nat\nCOMMIT\n');
  expect((await stat(place)).mode & 0o777).toBe(0o700);
  await saveLast(folder, 'good', last);
  expect(await readdir(place)).toEqual(['apply.json']);
});

test('what a killed process left half written is not in the way, and never read', async () => {
  const folder = await temporaryFolder();
  await saveLast(folder, 'good', last);
  await mkdir(join(folder, 'last-good.new'));
  await writeFile(join(folder, 'last-good.new', 'apply.json'), '{');
  expect(await readLast(folder, 'good')).toEqual(last);
  await saveLast(folder, 'good', { ...last, milliseconds: 40 });
  expect(await readLast(folder, 'good')).toEqual({ ...last, milliseconds: 40 });
  expect(await readdir(folder)).toEqual(['last-good']);
});

test('what cannot be written is an error, and what was kept before stays', async () => {
  const folder = await temporaryFolder();
  await saveLast(folder, 'good', last);
  // A plan that JSON has no form for: the disk is not full, so the error is as it is.
  const unwritable = { ...last, milliseconds: 1n as unknown as number };
  await expect(saveLast(folder, 'good', unwritable)).rejects.toThrow(TypeError);
  expect(await readLast(folder, 'good')).toEqual(last);
});

test('a word in time, none, and one for nobody', async () => {
  const folder = await temporaryFolder();
  expect(await confirm(folder)).toBe(false);
  await askForConfirmation(folder);
  expect(await confirm(folder)).toBe(true);
  expect(await waitForConfirmation(folder, 5000)).toBe(true);
  expect(await confirm(folder)).toBe(false);
  await askForConfirmation(folder);
  expect(await waitForConfirmation(folder, 50)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});
