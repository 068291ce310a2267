import { z } from 'zod';
import { dnsLabelField, dnsSubdomainField } from '../schema/field.ts';

const textMap = z.record(z.string(), z.string()).optional();

/** `metadata` of an object that lives in a namespace and is called by a DNS label. */
export const labelledMetadata = z.object({
  name: dnsLabelField,
  namespace: dnsLabelField.default('default'),
  labels: textMap,
  annotations: textMap,
});

/** `metadata` of an object that lives in a namespace and is called by a DNS subdomain. */
export const subdomainMetadata = labelledMetadata.extend({ name: dnsSubdomainField });

/** `metadata` of a Node. */
export const clusterMetadata = z.object({
  name: dnsSubdomainField,
  labels: textMap,
  annotations: textMap,
});
