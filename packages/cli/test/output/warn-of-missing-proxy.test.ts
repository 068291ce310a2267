import { planCleanup } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { warnOfMissingProxy } from '../../src/output/warn-of-missing-proxy.ts';
import { recordingIO } from '../support/recording-io.ts';
import { followedOf, wantedOf } from '../support/wanted.ts';

test('rules of userspace mode alone lead to a proxy', () => {
  const io = recordingIO();
  const { plan } = followedOf(wantedOf());
  warnOfMissingProxy(plan, io);
  expect(io.error).toEqual([
    'warning: the rules lead to the ports of a proxy, and apply runs none: kube-rules proxy applies them and runs it\n',
  ]);
  warnOfMissingProxy({ ...plan, mode: 'iptables' }, io);
  warnOfMissingProxy(planCleanup('node-a', {}), io);
  expect(io.error).toHaveLength(1);
});
