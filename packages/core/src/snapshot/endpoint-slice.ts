import { z } from 'zod';
import { familyOfBytes, parseIP } from '../netaddr/ip.ts';
import { printIP } from '../netaddr/print-ip.ts';
import { protocols } from '../netaddr/protocol.ts';
import { booleanField, oneOf, portNameField } from '../schema/field.ts';
import type { Problem } from '../schema/problem.ts';
import type { DeepReadonly } from '../util/deep-readonly.ts';
import type { Path } from '../util/print-path.ts';
import { quoteValue } from '../util/quote-value.ts';
import type { Loose } from './loose.ts';
import { subdomainMetadata } from './metadata.ts';

export const serviceNameLabel = 'kubernetes.io/service-name';

const condition = booleanField(2).optional();

const endpointSchema = z.object({
  addresses: z.array(z.string()),
  conditions: z.object({ ready: condition, serving: condition, terminating: condition }).optional(),
  nodeName: z.string().optional(),
  hints: z
    .object({
      forZones: z.array(z.object({ name: z.string() })).optional(),
      forNodes: z.array(z.object({ name: z.string() })).optional(),
    })
    .optional(),
});

const portSchema = z.object({
  name: portNameField.default(''),
  protocol: oneOf(protocols, { code: 'PROTOCOL_UNKNOWN' }).default('TCP'),
  port: z.number().optional(),
});

type Report = (path: Path, problem: Problem) => void;

/** A `discovery.k8s.io/v1` EndpointSlice: the fields that kube-proxy reads, with the API server's defaults. */
export const endpointSliceSchema = z
  .object({
    metadata: subdomainMetadata,
    addressType: z.string(),
    ports: z.array(portSchema).default([]),
    endpoints: z.array(endpointSchema).default([]),
  })
  .check((context) => {
    const report: Report = (path, problem) =>
      context.issues.push({
        code: 'custom',
        path: [...path],
        input: context.value,
        params: { ...problem },
      });
    checkSlice(context.value, report);
  });

export type EndpointSlice = DeepReadonly<z.output<typeof endpointSliceSchema>>;

/** An EndpointSlice before it is checked; a Kubernetes client's own type fits. */
export type EndpointSliceInput = Loose<EndpointSlice>;

function checkSlice(slice: EndpointSlice, report: Report): void {
  const { addressType, metadata } = slice;
  if (addressType !== 'IPv4' && addressType !== 'IPv6') {
    const message = `Endpoints of address type ${quoteValue(addressType)} are not proxied`;
    return report(['addressType'], { code: 'ADDRESS_TYPE_UNSUPPORTED', message, levels: 1 });
  }
  if ((metadata.labels?.[serviceNameLabel] ?? '') === '') {
    const message = `Without the label ${serviceNameLabel} the slice belongs to no Service`;
    return report(['metadata', 'labels'], { code: 'SERVICE_LABEL_MISSING', message, levels: 2 });
  }
  checkPorts(slice, report);
  checkEndpoints(slice, report);
}

function checkPorts({ ports }: EndpointSlice, report: Report): void {
  for (const [index, { port }] of ports.entries()) {
    if (port === undefined || port === 0) {
      const message = 'The port has no number';
      report(['ports', index], { code: 'PORT_NUMBER_MISSING', message });
    } else if (!Number.isInteger(port) || port < 1 || port > 65535) {
      const message = `${quoteValue(port)} is no port number (1 to 65535)`;
      report(['ports', index, 'port'], { code: 'PORT_NUMBER_INVALID', message, levels: 1 });
    }
  }
}

function checkEndpoints({ endpoints, addressType }: EndpointSlice, report: Report): void {
  for (const [index, { addresses }] of endpoints.entries()) {
    const [address] = addresses;
    const problem = address === undefined ? undefined : addressProblem(address, addressType);
    if (problem) report(['endpoints', index, 'addresses', 0], { ...problem, levels: 2 });
  }
}

function addressProblem(address: string, addressType: string): Problem | undefined {
  const bytes = parseIP(address);
  if (!bytes) return { code: 'IP_INVALID', message: `${quoteValue(address)} is no IP address` };
  const family = familyOfBytes(bytes);
  if (family !== addressType) {
    const message = `${quoteValue(address)} is an ${family} address in a slice of ${addressType}`;
    return { code: 'ADDRESS_FAMILY_WRONG', message };
  }
  // The address stands in rules as it is written: iptables refuses the IPv4-mapped form, and with
  // it the whole document, and takes leading zeros for octal.
  if (family === 'IPv6' || printIP(bytes) === address) return undefined;
  return { code: 'IP_INVALID', message: `${quoteValue(address)} is no plain IPv4 address` };
}
