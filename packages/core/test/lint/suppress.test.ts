import { expect, test } from 'vitest';
import { createDiagnostic } from '../../src/diagnostics/create-diagnostic.ts';
import { printObjectRef } from '../../src/diagnostics/print-diagnostic.ts';
import {
  parseSnapshot,
  type Diagnostic,
  type ObjectRef,
  type SnapshotInput,
} from '../../src/index.ts';
import { suppress } from '../../src/lint/suppress.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from '../support/cluster.ts';

function annotated(codes: string): { annotations: Record<string, string> } {
  return { annotations: { 'kube-rules/ignore': codes } };
}

function shownOf(input: SnapshotInput, ...objects: readonly ObjectRef[]): string[] {
  const diagnostic = createDiagnostic('VIP_CONFLICT', { message: 'x', objects });
  return suppress([diagnostic], snapshotOf(input)).map(printOne);
}

function printOne({ code, message, objects }: Diagnostic): string {
  return [code, message, ...objects.map(printObjectRef)].join(' | ');
}

const service = { kind: 'Service', namespace: 'ns1', name: 'svc1', path: 'spec' };
const slice = { kind: 'EndpointSlice', namespace: 'ns1', name: 'svc1-a', path: '' };
const node = { kind: 'Node', name: 'node-a', path: '' };

test('without annotations everything is shown', () => {
  expect(shownOf({ services: [serviceInput()] }, service)).toEqual([
    'VIP_CONFLICT | x | Service ns1/svc1, spec',
  ]);
});

test.for<[string, SnapshotInput, ObjectRef]>([
  [
    'Service',
    { services: [serviceInput({ metadata: annotated('MASQUERADE_ALL,VIP_CONFLICT') })] },
    service,
  ],
  [
    'EndpointSlice',
    {
      endpointSlices: [
        {
          ...sliceInput({}),
          metadata: { ...sliceInput({}).metadata, ...annotated('VIP_CONFLICT') },
        },
      ],
    },
    slice,
  ],
  [
    'Node',
    { nodes: [nodeInput({ metadata: { name: 'node-a', ...annotated(' VIP_CONFLICT ') } })] },
    node,
  ],
])('an annotation of the %s leaves it out, wherever the object is named', ([, input, ref]) => {
  const other = { ...service, name: 'other' };
  const shown = shownOf(input, other, ref);
  expect(shown.filter((line) => line.startsWith('VIP_CONFLICT'))).toEqual([]);
});

test('another object of the name, or another code, is not meant', () => {
  const services = [serviceInput({ metadata: annotated('VIP_CONFLICT') })];
  expect(shownOf({ services }, { ...service, namespace: 'ns2' })).toEqual([
    'VIP_CONFLICT | x | Service ns2/svc1, spec',
    'IGNORE_UNUSED | The annotation kube-rules/ignore names VIP_CONFLICT, but nothing of that kind was found here. | Service ns1/svc1, metadata.annotations["kube-rules/ignore"]',
  ]);
});

test('a code that does not exist', () => {
  const services = [serviceInput({ metadata: annotated('VIP_CONFLICTS, ?') })];
  const place = 'Service ns1/svc1, metadata.annotations["kube-rules/ignore"]';
  expect(shownOf({ services }, node).slice(1)).toEqual([
    `IGNORE_UNUSED | The annotation kube-rules/ignore names "VIP_CONFLICTS", which is no code; did you mean VIP_CONFLICT? | ${place}`,
    `IGNORE_UNUSED | The annotation kube-rules/ignore names "?", which is no code. | ${place}`,
  ]);
});

test('an object in the default namespace, which its diagnostic does not name', () => {
  const services = [
    serviceInput({ metadata: { namespace: 'default', ...annotated('VIP_CONFLICT') } }),
  ];
  expect(shownOf({ services }, { kind: 'Service', name: 'svc1', path: '' })).toEqual([]);
});

test("the ConfigMap's annotation is for the configuration", () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: kube-proxy, annotations: {kube-rules/ignore: MASQUERADE_ALL}}
data: {config.conf: 'mode: iptables'}
`;
  const { snapshot } = parseSnapshot(text);
  const objects = [{ kind: 'KubeProxyConfiguration', path: 'iptables.masqueradeAll' }];
  const diagnostic = createDiagnostic('MASQUERADE_ALL', { message: 'x', objects });
  expect(suppress([diagnostic], snapshot)).toEqual([]);
});
