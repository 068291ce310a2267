import type { DiffLine } from './diff-lines.ts';
import { servicePortsOf } from './line-owner.ts';

/** What a difference means for one service port. */
export interface ServiceChange {
  /** `namespace/name:port`. */
  readonly servicePort: string;
  readonly kind: 'new' | 'gone' | 'changed';
  readonly added: number;
  readonly removed: number;
  /** Endpoints that came and went, as the rules' owners name them: `10.244.2.9:8080 [node-b]`. */
  readonly newEndpoints: readonly string[];
  readonly goneEndpoints: readonly string[];
}

interface Comparison {
  readonly golden: string;
  readonly compiled: string;
  readonly changed: readonly DiffLine[];
}

/** Sums the changed lines up by service port, in the order of the document. */
export function describeChanges({ golden, compiled, changed }: Comparison): ServiceChange[] {
  const byServicePort = new Map<string, DiffLine[]>();
  for (const line of changed) {
    const servicePort = line.owner?.servicePort;
    if (servicePort === undefined) continue;
    const lines = byServicePort.get(servicePort);
    if (lines) lines.push(line);
    else byServicePort.set(servicePort, [line]);
  }
  const before = servicePortsOf(golden);
  const after = servicePortsOf(compiled);
  return [...byServicePort].map(([servicePort, lines]) => {
    const [was, is] = [before.has(servicePort), after.has(servicePort)];
    // The documents of ipvs mode name no Service: there a change is all that can be told.
    const kind = was === is ? 'changed' : is ? 'new' : 'gone';
    const came = endpointsOf(lines, 'added');
    const went = endpointsOf(lines, 'removed');
    return {
      servicePort,
      kind,
      added: lines.filter((line) => line.kind === 'added').length,
      removed: lines.filter((line) => line.kind === 'removed').length,
      newEndpoints: withoutThose(came, went),
      goneEndpoints: withoutThose(went, came),
    };
  });
}

/** A rule, a real server, or an element of the fast layout. */
const leadsToEndpoint = / --to-destination | dnat to | -r | : [\da-f.:]+ \. \d+,$/;

/** An endpoint's own DNAT rule comes and goes with it; its share of the traffic changes oftener. */
function endpointsOf(lines: readonly DiffLine[], kind: DiffLine['kind']): string[] {
  return lines
    .filter((line) => line.kind === kind && leadsToEndpoint.test(line.text))
    .map(({ owner }) => owner?.text.split(', endpoint ')[1])
    .filter((endpoint) => endpoint !== undefined);
}

function withoutThose(endpoints: readonly string[], others: readonly string[]): string[] {
  const addresses = new Set(others.map(addressOf));
  return endpoints.filter((endpoint) => !addresses.has(addressOf(endpoint)));
}

function addressOf(endpoint: string): string {
  return endpoint.split(' ')[0] ?? '';
}
