import { z } from 'zod';
import { isIP } from '../netaddr/ip.ts';
import { protocols } from '../netaddr/protocol.ts';
import { checkedString } from '../schema/checked-string.ts';
import {
  cidrField,
  ipField,
  oneOf,
  optionalIPField,
  optionalPortNumberField,
  portNameField,
  portNumberField,
  timestampField,
} from '../schema/field.ts';
import type { Problem } from '../schema/problem.ts';
import type { DeepReadonly } from '../util/deep-readonly.ts';
import { quoteValue } from '../util/quote-value.ts';
import type { Loose } from './loose.ts';
import { labelledMetadata } from './metadata.ts';

const longestAffinity = 86_400;

const timeoutSeconds = z.number().check((context) => {
  const { value } = context;
  if (Number.isInteger(value) && value >= 1 && value <= longestAffinity) return;
  const message = `${quoteValue(value)} is no affinity timeout (1 to ${longestAffinity} seconds)`;
  const problem: Problem = { code: 'VALUE_INVALID', message };
  context.issues.push({ code: 'custom', input: value, params: { ...problem } });
});

/** "None" marks a headless Service. A wrong address takes the Service along: it would be another Service without it. */
const clusterIPField = checkedString((value) =>
  value === '' || value === 'None' || isIP(value)
    ? undefined
    : { code: 'IP_INVALID', message: `${quoteValue(value)} is no IP address`, levels: 2 },
);

const portSchema = z.object({
  name: portNameField.default(''),
  protocol: oneOf(protocols, { code: 'PROTOCOL_UNKNOWN' }).default('TCP'),
  port: portNumberField,
  nodePort: optionalPortNumberField.default(0),
});

const specSchema = z.object({
  type: oneOf(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']).default('ClusterIP'),
  clusterIP: clusterIPField.default(''),
  clusterIPs: z.array(clusterIPField).optional(),
  ipFamilies: z.array(oneOf(['IPv4', 'IPv6'])).optional(),
  ports: z.array(portSchema).default([]),
  externalIPs: z.array(ipField).optional(),
  loadBalancerSourceRanges: z.array(cidrField).optional(),
  sessionAffinity: oneOf(['None', 'ClientIP']).default('None'),
  sessionAffinityConfig: z
    .object({ clientIP: z.object({ timeoutSeconds: timeoutSeconds.optional() }).optional() })
    .optional(),
  internalTrafficPolicy: oneOf(['Cluster', 'Local']).optional(),
  externalTrafficPolicy: oneOf(['', 'Cluster', 'Local']).optional(),
  healthCheckNodePort: optionalPortNumberField.optional(),
});

const ingressSchema = z.object({
  ip: optionalIPField.optional(),
  ipMode: oneOf(['VIP', 'Proxy']).optional(),
});

/** A `v1` Service: the fields that kube-proxy reads, with the API server's defaults. */
export const serviceSchema = z.object({
  metadata: labelledMetadata.extend({ creationTimestamp: timestampField.optional() }),
  spec: specSchema,
  status: z
    .object({ loadBalancer: z.object({ ingress: z.array(ingressSchema).optional() }).optional() })
    .optional(),
});

export type Service = DeepReadonly<z.output<typeof serviceSchema>>;

/** A Service before it is checked; a Kubernetes client's own type fits. */
export type ServiceInput = Loose<Omit<Service, 'metadata'>> & {
  readonly metadata?:
    | (Loose<Omit<Service['metadata'], 'creationTimestamp'>> & {
        readonly creationTimestamp?: string | Date | undefined;
      })
    | undefined;
};
