import { z } from 'zod';
import { cidrField } from '../schema/field.ts';
import type { DeepReadonly } from '../util/deep-readonly.ts';
import type { Loose } from './loose.ts';
import { clusterMetadata } from './metadata.ts';

/** A `v1` Node: the fields that kube-proxy reads. */
export const nodeSchema = z.object({
  metadata: clusterMetadata,
  spec: z
    .object({ podCIDR: cidrField.optional(), podCIDRs: z.array(cidrField).optional() })
    .optional(),
  status: z
    .object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })).optional() })
    .optional(),
});

export type Node = DeepReadonly<z.output<typeof nodeSchema>>;

/** A Node before it is checked; a Kubernetes client's own type fits. */
export type NodeInput = Loose<Node>;
