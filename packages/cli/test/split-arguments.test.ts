import { expect, test } from 'vitest';
import { splitArguments } from '../src/split-arguments.ts';

test.for([
  { args: [], own: [], kubeProxyArgs: [] },
  { args: ['compile', 'a'], own: ['compile', 'a'], kubeProxyArgs: [] },
  { args: ['compile', '--', '--x'], own: ['compile'], kubeProxyArgs: ['--x'] },
  { args: ['compile', '--'], own: ['compile'], kubeProxyArgs: [] },
  { args: ['--', 'a', '--', 'b'], own: [], kubeProxyArgs: ['a', '--', 'b'] },
])('$args: what stands behind the first -- is kube-proxy’s', ({ args, own, kubeProxyArgs }) => {
  expect(splitArguments(args)).toEqual({ own, kubeProxyArgs });
});
