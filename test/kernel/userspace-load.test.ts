import { audit, compile, forms, parseSnapshot, renderFiles } from '@kube-rules/core';
import { describe, expect, test } from 'vitest';
import { BACKENDS } from './support/backend.ts';
import { requireFiles } from './support/documents.ts';
import { fixtureNames, readSnapshot } from './support/fixtures.ts';
import { END_OF_IPV4, loadScript } from './support/load-script.ts';
import { runInFreshNamespace } from './support/namespace.ts';
import { missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';

// Every form of its rules is loaded, every other cluster in one.
const EXAMPLE = 'dual-stack';

const loads = fixtureNames().flatMap((name) =>
  BACKENDS.flatMap((backend) =>
    (name === EXAMPLE ? forms : (['restore'] as const)).map(
      (form) => [name, form, backend] as const,
    ),
  ),
);

describe.skipIf(skipWithout(missingRequirements()))('the kernel takes userspace mode', () => {
  test.concurrent.for(loads)(
    '%s, form %s, iptables-%s: what is read back is whole',
    { timeout: 60_000 },
    async ([name, form, backend], { expect: expectHere }) => {
      const { snapshot } = parseSnapshot(readSnapshot(name));
      const files = renderFiles(compile(snapshot, 'userspace'), { form });
      const documents = requireFiles(files, ['ipv4.iptables', 'ipv6.iptables']);
      const output = await runInFreshNamespace(loadScript(documents, form, backend));
      const [ipv4 = '', ipv6 = ''] = output.split(END_OF_IPV4);
      const dumps = {
        [`ipv4.iptables-${backend}-save`]: ipv4,
        [`ipv6.iptables-${backend}-save`]: ipv6,
      };
      expectHere(audit(snapshot, 'userspace', dumps)).toMatchObject({
        findings: [],
        isWhole: true,
        unseen: [],
        foreign: 0,
        backend,
      });
    },
  );

  test('all ninety-three clusters were loaded', () => {
    expect(loads).toHaveLength((93 + forms.length - 1) * BACKENDS.length);
  });
});
