import { ApplyError } from '@kube-rules/apply-linux';
import type { Diagnostic } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/output/palette.ts';
import { createTeller } from '../../src/proxy/create-teller.ts';
import { recordingIO, type RecordingIO } from '../support/recording-io.ts';
import { followedOf, idleOf, wantedOf } from '../support/wanted.ts';

interface Told extends RecordingIO, ReturnType<typeof createTeller> {}

function start(): Told {
  const io = recordingIO();
  return { ...io, ...createTeller(io, plainPalette) };
}

const ignores: Diagnostic = {
  code: 'USERSPACE_IGNORES',
  severity: 'warning',
  message: 'Mode userspace does not know it.',
  objects: [{ kind: 'Service', namespace: 'prod', name: 'web', path: 'spec' }],
};

test('an input that cannot be used is told once, and again when it is another reason', () => {
  const { tellInput, out, error } = start();
  for (const reason of ['a\n', 'a\n', 'b\n']) tellInput({ reason });
  expect(error).toEqual(['a\nthe last good state goes on\n', 'b\nthe last good state goes on\n']);
  tellInput(wantedOf());
  tellInput(wantedOf());
  expect(out).toEqual(['input: can be used again\n']);
  tellInput({ reason: 'b\n' });
  expect(error).toHaveLength(3);
});

test('a warning is told when it comes, and not while it stays', () => {
  const { tellFollowed, error } = start();
  const wanted = wantedOf();
  tellFollowed(wanted, { ...idleOf(wanted), diagnostics: [ignores] });
  tellFollowed(wanted, { ...idleOf(wanted), diagnostics: [ignores] });
  expect(error).toEqual([expect.stringMatching(/^warning USERSPACE_IGNORES: Mode userspace/)]);
  tellFollowed(wanted, idleOf(wanted));
  tellFollowed(wanted, { ...idleOf(wanted), diagnostics: [ignores] });
  expect(error).toHaveLength(2);
});

test('a change of rules is a line; none is none', () => {
  const { tellFollowed, out } = start();
  const wanted = wantedOf();
  tellFollowed(wanted, followedOf(wanted));
  tellFollowed(wanted, idleOf(wanted));
  expect(out).toEqual([
    expect.stringMatching(/^rules: \d+ added, 0 changed, 0 removed, \d+ steps?\n$/),
  ]);
});

test('rules that cannot be changed are told once, and when they can be again', () => {
  const { tellFailure, tellFollowed, out, error } = start();
  const failure = new ApplyError('RULE_REFUSED', 'No.', { hint: 'Mend it.', line: '-A \u001b[2J' });
  tellFailure(failure);
  tellFailure(failure);
  expect(error).toEqual([
    'kube-rules: RULE_REFUSED: No.\nrefused: -A \\u001b[2J\nMend it.\nthe rules stay as they are; tried again until it works\n',
  ]);
  const wanted = wantedOf();
  tellFollowed(wanted, idleOf(wanted));
  tellFollowed(wanted, idleOf(wanted));
  expect(out).toEqual(['rules: can be changed again\n']);
});

test('what of a configuration counts from the next start on only', () => {
  const { tellFixed, error } = start();
  const { config } = wantedOf().loaded.snapshot;
  tellFixed(config, { ...config, clusterCIDR: '10.0.0.0/8' });
  expect(error).toEqual([]);
  tellFixed(config, { ...config, metricsBindAddress: '', bindAddressHardFail: true });
  expect(error).toEqual([
    'metricsBindAddress, bindAddressHardFail: a change counts from the next start on\n',
  ]);
});
