import type { ObjectRef } from '../diagnostics/diagnostic.ts';
import type { EndpointSlice } from '../snapshot/endpoint-slice.ts';
import type { Node } from '../snapshot/node.ts';
import type { Service } from '../snapshot/service.ts';

export function serviceRef({ metadata: { namespace, name } }: Service, path = ''): ObjectRef {
  return { kind: 'Service', namespace, name, path };
}

export function sliceRef({ metadata: { namespace, name } }: EndpointSlice, path = ''): ObjectRef {
  return { kind: 'EndpointSlice', namespace, name, path };
}

export function nodeRef({ metadata: { name } }: Node, path = ''): ObjectRef {
  return { kind: 'Node', name, path };
}

export function configurationRef(path: string): ObjectRef {
  return { kind: 'KubeProxyConfiguration', path };
}
