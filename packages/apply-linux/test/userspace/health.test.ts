import { expect, test } from 'vitest';
import { createHealth } from '../../src/userspace/health.ts';

test('is stale when the oldest waiting change waits for two periods, and never before the first update', () => {
  let now = 1000;
  const health = createHealth({ syncPeriod: 30, now: () => now });
  health.queued();
  now += 1000;
  expect(health.read()).toEqual({
    stale: false,
    nodeEligible: true,
    now: 2000,
    lastQueued: 1000,
    lastUpdated: undefined,
  });
  health.updated();
  health.queued();
  now += 59;
  health.queued();
  expect(health.read().stale).toBe(false);
  now += 1;
  expect(health.read()).toMatchObject({ stale: true, lastQueued: 2059, lastUpdated: 2000 });
  health.updated();
  expect(health.read()).toMatchObject({ stale: false, lastUpdated: 2060 });
});
