import { ApplyError, type Health } from '@kube-rules/apply-linux';
import type { Snapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import type { Wanted } from '../../src/command/load-wanted.ts';
import { plainPalette } from '../../src/output/palette.ts';
import type { Reason } from '../../src/proxy/create-inbox.ts';
import { createTeller } from '../../src/proxy/create-teller.ts';
import { followChanges, syncPeriodOf } from '../../src/proxy/follow-changes.ts';
import type { Unusable } from '../../src/proxy/read-wanted.ts';
import { recordingIO } from '../support/recording-io.ts';
import { followedOf, wantedOf } from '../support/wanted.ts';

interface Script {
  readonly reasons: readonly Reason[];
  readonly inputs?: readonly (Wanted | Unusable)[];
  /** Of each attempt to follow, in their order; none goes well. */
  readonly failures?: readonly (Error | undefined)[];
}

interface Played {
  readonly followed: readonly Snapshot[];
  /** For how long it was waited before each reason. */
  readonly waits: readonly number[];
  readonly health: readonly string[];
  readonly out: readonly string[];
  readonly error: readonly string[];
}

const first = wantedOf({ 'prod/web': ['10.244.1.5'] });
const next = wantedOf({ 'prod/web': ['10.244.1.6'] });
const refused = new ApplyError('RULE_REFUSED', 'No.', { hint: 'Mend it.' });

async function play({ reasons, inputs = [], failures = [] }: Script): Promise<Played> {
  const [left, texts] = [[...reasons], [...inputs]];
  const [followed, waits, health]: [Snapshot[], number[], string[]] = [[], [], []];
  const io = recordingIO();
  await followChanges({
    first,
    inbox: {
      put: () => {},
      next: async (milliseconds) => {
        waits.push(milliseconds);
        return left.shift() ?? 'end';
      },
    },
    health: recordingHealth(health),
    teller: createTeller(io, plainPalette),
    read: async () => texts.shift() ?? { reason: 'nothing\n' },
    follow: async (snapshot) => {
      followed.push(snapshot);
      const failure = failures[followed.length - 1];
      if (failure !== undefined) throw failure;
      return followedOf(first);
    },
  });
  return { followed, waits, health, out: io.out, error: io.error };
}

function recordingHealth(calls: string[]): Health {
  return {
    queued: () => void calls.push('queued'),
    updated: () => void calls.push('updated'),
    setNodeEligible: () => {},
    read: () => ({
      stale: false,
      nodeEligible: true,
      now: 0,
      lastQueued: undefined,
      lastUpdated: undefined,
    }),
  };
}

test('nothing is followed when it is to end', async () => {
  expect(await play({ reasons: ['end'], inputs: [next] })).toMatchObject({
    followed: [],
    waits: [30_000],
  });
});

test('a change is read and followed', async () => {
  const { followed, health } = await play({ reasons: ['changed'], inputs: [next] });
  expect(followed).toEqual([next.loaded.snapshot]);
  expect(health).toEqual(['queued', 'updated']);
});

test('a broken input changes nothing, and the last good one is what is looked after', async () => {
  const { followed, health, error } = await play({
    reasons: ['changed', 'changed', 'time'],
    inputs: [{ reason: 'broken\n' }, { reason: 'broken\n' }],
  });
  expect(followed).toEqual([first.loaded.snapshot]);
  expect(health).toEqual(['updated']);
  expect(error).toEqual(['broken\nthe last good state goes on\n']);
});

test('what cannot be carried out is tried again soon, and told once', async () => {
  const { followed, waits, health, out, error } = await play({
    reasons: ['changed', 'time', 'time'],
    inputs: [next],
    failures: [refused, refused],
  });
  expect(followed).toEqual([next, next, next].map(({ loaded }) => loaded.snapshot));
  expect(waits).toEqual([30_000, 5000, 5000, 30_000]);
  expect(health).toEqual(['queued', 'queued', 'queued', 'updated']);
  expect(error).toHaveLength(1);
  expect(out[0]).toBe('rules: can be changed again\n');
});

test('a defect is not tried again', async () => {
  const defect = new RangeError('our own');
  await expect(play({ reasons: ['time'], failures: [defect] })).rejects.toBe(defect);
});

test('the period is that of the configuration', () => {
  const { config } = first.loaded.snapshot;
  const iptables = { ...config.iptables, syncPeriod: '1m30s' };
  expect(syncPeriodOf({ ...config, iptables })).toBe(90_000);
});
