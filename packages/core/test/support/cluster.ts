import {
  createSnapshot,
  type EndpointSliceInput,
  type NodeInput,
  type ServiceInput,
  type Snapshot,
  type SnapshotInput,
} from '../../src/index.ts';

/** A snapshot of node-a, in which only what the test is about must be said. */
export function snapshotOf(input: SnapshotInput = {}): Snapshot {
  return createSnapshot({ nodes: [nodeInput()], ...input }, { nodeName: 'node-a' }).snapshot;
}

export function nodeInput(fields: Partial<NodeInput> = {}): NodeInput {
  return { metadata: { name: 'node-a' }, ...fields };
}

type ServiceSpecInput = NonNullable<ServiceInput['spec']>;
type MetadataInput = NonNullable<ServiceInput['metadata']>;

export interface ServiceFields extends ServiceSpecInput {
  readonly metadata?: MetadataInput;
  readonly ingress?: readonly { readonly ip?: string; readonly ipMode?: string }[];
}

/** The Service `ns1/svc1` with one port `p80`, as in the examples of the specification. */
export function serviceInput({ metadata, ingress, ...spec }: ServiceFields = {}): ServiceInput {
  return {
    metadata: { name: 'svc1', namespace: 'ns1', ...metadata },
    spec: { clusterIP: '172.30.0.41', ports: [{ name: 'p80', port: 80 }], ...spec },
    status: { loadBalancer: { ingress: ingress ?? [] } },
  };
}

export interface SliceFields extends Partial<EndpointSliceInput> {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A slice of the Service `ns1/svc1`. */
export function sliceInput({
  name = 'svc1-a',
  labels,
  ...fields
}: SliceFields): EndpointSliceInput {
  return {
    metadata: {
      name,
      namespace: 'ns1',
      labels: { 'kubernetes.io/service-name': 'svc1', ...labels },
    },
    addressType: 'IPv4',
    ports: [{ name: 'p80', port: 80 }],
    endpoints: [],
    ...fields,
  };
}
