import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchFiles } from '../../src/proxy/watch-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Watched {
  readonly changes: () => number;
  /** Waits for so many changes, and a while longer for more. */
  readonly expectChanges: (number: number) => Promise<void>;
}

const settle = 40;

async function watchAll(names: readonly string[], interval = 60_000): Promise<Watched> {
  let changes = 0;
  const { stop } = await watchFiles({ names, settle, interval, onChange: () => (changes += 1) });
  onTestFinished(stop);
  return {
    changes: () => changes,
    expectChanges: async (number) => {
      await expect.poll(() => changes, { timeout: 10_000, interval: 10 }).toBe(number);
      await pause(4 * settle);
      expect(changes).toBe(number);
    },
  };
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

test('a file that is written, renamed over, removed, and there again', async () => {
  const folder = await temporaryFolder({ 'a.yaml': 'one' });
  const file = join(folder, 'a.yaml');
  const { expectChanges } = await watchAll([file]);
  await writeFile(file, 'another');
  await expectChanges(1);
  await writeFile(join(folder, '.a.next'), 'third');
  await rename(join(folder, '.a.next'), file);
  await expectChanges(2);
  await rm(file);
  await expectChanges(3);
  await writeFile(file, 'fourth');
  await expectChanges(4);
});

test('many writes at once are one change', async () => {
  const folder = await temporaryFolder({ 'a.yaml': '' });
  const { expectChanges } = await watchAll([join(folder, 'a.yaml')]);
  for (let round = 0; round < 10; round += 1)
    await writeFile(join(folder, 'a.yaml'), `a: ${round}`);
  await expectChanges(1);
});

test('other files beside it are no change, however many come', async () => {
  const folder = await temporaryFolder({ 'a.yaml': 'one' });
  const { changes, expectChanges } = await watchAll([join(folder, 'a.yaml')]);
  const end = performance.now() + 20 * settle;
  while (performance.now() < end) {
    await writeFile(join(folder, 'log'), String(performance.now()));
    await pause(settle / 4);
  }
  expect(changes()).toBe(0);
  await writeFile(join(folder, 'a.yaml'), 'another');
  await expectChanges(1);
});

test('a file is looked at while something always happens beside it', async () => {
  const folder = await temporaryFolder({ 'a.yaml': 'one' });
  const { changes } = await watchAll([join(folder, 'a.yaml')]);
  await writeFile(join(folder, 'a.yaml'), 'another');
  const end = performance.now() + 5000;
  while (changes() === 0 && performance.now() < end) {
    await writeFile(join(folder, 'log'), String(performance.now()));
    await pause(settle / 4);
  }
  expect(changes()).toBe(1);
});

test('a folder: files that come and go, and another folder in its place', async () => {
  const parent = await temporaryFolder({ 'cluster/a.yaml': 'one', 'next/b.yaml': 'two' });
  const folder = join(parent, 'cluster');
  const { expectChanges } = await watchAll([folder]);
  await writeFile(join(folder, 'c.json'), '{}');
  await expectChanges(1);
  await writeFile(join(folder, 'notes.txt'), 'nothing of ours');
  await pause(3 * settle);
  await expectChanges(1);
  await rm(join(folder, 'c.json'));
  await expectChanges(2);
  await rm(folder, { recursive: true });
  await rename(join(parent, 'next'), folder);
  await expectChanges(3);
  await writeFile(join(folder, 'b.yaml'), 'three');
  await expectChanges(4);
});

test('a link that leads elsewhere, as in the volume of a ConfigMap', async () => {
  const folder = await temporaryFolder({ '..1/a.yaml': 'one', '..2/a.yaml': 'two' });
  await symlink('..1', join(folder, '..data'));
  await symlink('..data/a.yaml', join(folder, 'a.yaml'));
  const { expectChanges } = await watchAll([join(folder, 'a.yaml')]);
  await symlink('..2', join(folder, '..next'));
  await rename(join(folder, '..next'), join(folder, '..data'));
  await expectChanges(1);
});

test('what no event tells is seen after the interval', async () => {
  const folder = await temporaryFolder({ 'far/a.yaml': 'one', 'near/x': '' });
  await symlink('../far/a.yaml', join(folder, 'near/a.yaml'));
  const { expectChanges } = await watchAll([join(folder, 'near/a.yaml')], 100);
  await writeFile(join(folder, 'far/a.yaml'), 'another');
  await expectChanges(1);
});

test('a folder that is not there yet', async () => {
  const folder = await temporaryFolder();
  const { expectChanges } = await watchAll([join(folder, 'later/a.yaml')], 100);
  await mkdir(join(folder, 'later'));
  await writeFile(join(folder, 'later/a.yaml'), 'one');
  await expectChanges(1);
});
