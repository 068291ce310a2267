import { expect, test } from 'vitest';
import { createDiagnostic } from '../../src/diagnostics/create-diagnostic.ts';
import { parseSnapshot, type ObjectRef, type ParsedSnapshot } from '../../src/index.ts';

const text = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  clusterIP: 10.96.0.10
  externalIPs: [nonsense, 192.0.2.7]
  ports: [{port: 80}]
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: ipvs
nodePortAddresses: [192.0.2.0/24]
---
apiVersion: v1
kind: Node
metadata: {name: node-a}
`;

function placeOf(ref: ObjectRef, parsed: ParsedSnapshot = parseSnapshot(text)): object {
  const { objects, range } = parsed.locate(
    createDiagnostic('IGNORE_UNUSED', { message: '', objects: [ref] }),
  );
  return { path: objects[0]?.path, text: range && text.slice(range.start, range.end) };
}

const service = { kind: 'Service', namespace: 'default', name: 'web' };

test('a field, where it stands in the text though a wrong element before it was left out', () => {
  expect(placeOf({ ...service, path: 'spec.externalIPs[0]' })).toEqual({
    path: 'spec.externalIPs[1]',
    text: '192.0.2.7',
  });
});

test('an object as a whole is at its name', () => {
  expect(placeOf({ ...service, path: '' })).toEqual({ path: '', text: 'web' });
  expect(placeOf({ kind: 'Node', name: 'node-a', path: '' })).toEqual({ path: '', text: 'node-a' });
});

test('a default is where the nearest field around it is', () => {
  expect(placeOf({ ...service, path: 'spec.ports[0].protocol' })).toEqual({
    path: 'spec.ports[0].protocol',
    text: '{port: 80}',
  });
});

test('a value of the configuration, and an element of a list there', () => {
  const kind = 'KubeProxyConfiguration';
  expect(placeOf({ kind, path: 'mode' })).toEqual({ path: 'mode', text: 'ipvs' });
  const path = 'nodePortAddresses[0]';
  expect(placeOf({ kind, path })).toEqual({ path, text: '192.0.2.0/24' });
});

test('a default of the configuration, and what a flag says, stand nowhere', () => {
  const kind = 'KubeProxyConfiguration';
  expect(placeOf({ kind, path: 'clusterCIDR' })).toEqual({ path: 'clusterCIDR', text: undefined });
  const flagged = parseSnapshot(text, { kubeProxyArgs: ['--proxy-mode=iptables'] });
  expect(placeOf({ kind, path: 'mode' }, flagged)).toEqual({ path: 'mode', text: undefined });
});

test('an object that is not there has no place', () => {
  expect(placeOf({ ...service, name: 'none', path: 'spec' })).toEqual({
    path: 'spec',
    text: undefined,
  });
});

test('a diagnostic that has its place keeps it', () => {
  const { diagnostics, locate } = parseSnapshot(text);
  const [first] = diagnostics;
  expect(first?.code).toBe('IP_INVALID');
  expect(diagnostics.map(locate)).toEqual(diagnostics);
});
