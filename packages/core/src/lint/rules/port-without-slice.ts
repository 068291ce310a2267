import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import { listNames } from '../../util/list-names.ts';
import { quoteValue } from '../../util/quote-value.ts';
import { suggest } from '../../util/suggest.ts';
import type { ServedService } from '../lint-context.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * A port of a Service is in its slices
 *
 * Ports of Services and slices belong together by name and protocol; one without its like has no
 * endpoints.
 */
export const portWithoutSlice: LintRule = {
  code: 'PORT_WITHOUT_SLICE',
  *check({ services }) {
    for (const served of services) {
      if (served.servicePorts.every(hasEndpoints)) continue;
      yield* findPorts(served);
    }
  },
};

function* findPorts({ service, slices }: ServedService): Iterable<LintFinding> {
  const filled = slices.filter(({ endpoints }) => endpoints.length > 0);
  if (filled.length === 0) return;
  const known = filled.flatMap(({ ports }) => ports);
  for (const [index, { name, protocol }] of service.spec.ports.entries()) {
    if (known.some((port) => port.name === name && port.protocol === protocol)) continue;
    const names = [
      ...new Set(known.map((port) => `${port.name === '' ? '' : `${port.name} `}${port.protocol}`)),
    ];
    const near = suggest(
      name,
      known.map((port) => port.name),
    );
    const hint = near === undefined || near === name ? '' : `; did you mean ${quoteValue(near)}?`;
    const what =
      name === ''
        ? `port without a name for ${protocol}`
        : `port ${quoteValue(name)} for ${protocol}`;
    yield {
      message: `No EndpointSlice of this Service has a ${what}: this port has no endpoints. They have ${names.length === 0 ? 'none' : listNames(names)}${hint === '' ? '.' : hint}`,
      objects: [serviceRef(service, `spec.ports[${index}]`)],
    };
  }
}

function hasEndpoints({ allEndpoints }: ResolvedServicePort): boolean {
  return allEndpoints.length > 0;
}
