import { z } from 'zod';
import { cidrField, lonePortNumberField } from '../schema/field.ts';
import type { DeepReadonly } from '../util/deep-readonly.ts';
import type { Loose } from './loose.ts';

/** Some settings are two numbers or more, such as `net.ipv4.ip_local_port_range`. */
const numberList = z.string().regex(/^\d+(?:\s+\d+)+$/);

/** A `kube-rules/v1alpha1` NodeState: what the Kubernetes API does not know of the node. */
export const nodeStateSchema = z.object({
  nodeName: z.string().optional(),
  /** As `uname -r` prints it. */
  kernel: z.string().optional(),
  /** What each tool says of its version. */
  tools: z.record(z.string(), z.string()).optional(),
  /** Loaded kernel modules. */
  modules: z.array(z.string()).optional(),
  interfaces: z
    .array(z.object({ name: z.string(), addresses: z.array(cidrField).default([]) }))
    .optional(),
  sysctls: z.record(z.string(), z.union([z.coerce.number(), numberList])).optional(),
  iptables: z
    .object({
      backend: z.enum(['nft', 'legacy']).optional(),
      /** Whether MASQUERADE knows `--random-fully`. */
      randomFully: z.boolean().optional(),
      /** Whether kube-proxy's counters of xt_nfacct can be used. */
      nfacct: z.boolean().optional(),
    })
    .optional(),
  /** Proxy ports of userspace mode, by `namespace/name:port/protocol`: `prod/web:http/tcp: 36123`. */
  proxyPorts: z.record(z.string(), lonePortNumberField).optional(),
});

export type NodeState = DeepReadonly<z.output<typeof nodeStateSchema>>;

/** A NodeState before it is checked. */
export type NodeStateInput = Loose<NodeState>;
