import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planCleanup } from '@kube-rules/core';
import { expect, onTestFinished, test } from 'vitest';
import {
  askForConfirmation,
  confirm,
  readLast,
  saveLast,
  waitForConfirmation,
} from '../src/state-folder.ts';

const last = { time: '2026-11-20T12:00:00.000Z', plan: planCleanup('node-a', {}) };

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
  expect((await readdir(folder)).toSorted()).toEqual(['last-failed.json', 'last-good.json']);
});

test('a file that is none of ours, or cut short, counts as none', async () => {
  const folder = await temporaryFolder();
  await saveLast(folder, 'good', last);
  await writeFile(join(folder, 'last-good.json'), '{"time": "2026');
  expect(await readLast(folder, 'good')).toBeUndefined();
});

test.runIf(existsSync('/dev/full'))('a full disk has its own code', async () => {
  const folder = await temporaryFolder();
  await saveLast(folder, 'good', last);
  const { symlink } = await import('node:fs/promises');
  await symlink('/dev/full', join(folder, 'last-good.json.new'));
  await expect(saveLast(folder, 'good', last)).rejects.toMatchObject({ code: 'DISK_FULL' });
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
