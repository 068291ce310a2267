import { printDiagnostic } from '../../src/diagnostics/print-diagnostic.ts';
import type { ParsedSnapshot } from '../../src/snapshot/snapshot.ts';

/** The Service `shop/web` as YAML; `spec` is indented by two spaces and begins in line 7. */
export function serviceText(spec: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
${spec}
`;
}

/** The EndpointSlice `shop/web-x1` of Service `shop/web` as YAML; `body` begins in line 7. */
export function sliceText(body: string, label = 'kubernetes.io/service-name: web'): string {
  return `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: web-x1
  namespace: shop
  labels: {${label}}
${body}
`;
}

/** Each problem as the user sees it, without the frame: place, code and message, then the objects. */
export function seen(text: string, { diagnostics }: ParsedSnapshot): string[] {
  return diagnostics.map((diagnostic) => {
    const lines = printDiagnostic(diagnostic, { '<input>': text }).split('\n');
    return lines.slice(0, 1 + diagnostic.objects.length).join(' |');
  });
}

/** `namespace/name clusterIP ports` of each Service. */
export function servicesOf({ snapshot }: ParsedSnapshot): string[] {
  return snapshot.services.map(({ metadata, spec }) => {
    const ports = spec.ports.map(({ port, protocol }) => `${port}/${protocol}`);
    return `${metadata.namespace}/${metadata.name} ${spec.clusterIP} ${ports.join(' ')}`;
  });
}
