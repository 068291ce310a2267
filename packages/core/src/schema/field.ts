import { z } from 'zod';
import { isCIDR } from '../netaddr/cidr.ts';
import { isIP } from '../netaddr/ip.ts';
import { quoteValue } from '../util/quote-value.ts';
import { suggest } from '../util/suggest.ts';
import { checkedString } from './checked-string.ts';
import type { Problem } from './problem.ts';

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** A DNS label (RFC 1123): what namespaces and Services are called. Without its namespace, an object would be another one. */
export const dnsLabelField: z.ZodString = checkedString((value) =>
  value.length <= 63 && dnsLabel.test(value)
    ? undefined
    : { code: 'NAME_INVALID', message: `${quoteValue(value)} is no DNS label`, levels: 1 },
);

/** A DNS subdomain (RFC 1123): what Nodes and EndpointSlices are called. */
export const dnsSubdomainField: z.ZodString = checkedString((value) =>
  value.length <= 253 && dnsSubdomain.test(value)
    ? undefined
    : { code: 'NAME_INVALID', message: `${quoteValue(value)} is no DNS subdomain` },
);

/** The name of a port: a DNS label, or empty where the only port has none. */
export const portNameField: z.ZodString = checkedString((value) =>
  value === '' || (value.length <= 63 && dnsLabel.test(value))
    ? undefined
    : { code: 'NAME_INVALID', message: `${quoteValue(value)} is no DNS label`, levels: 1 },
);

/** An IP address of either family, read as kube-proxy reads it. */
export const ipField: z.ZodString = checkedString((value) =>
  isIP(value)
    ? undefined
    : { code: 'IP_INVALID', message: `${quoteValue(value)} is no IP address` },
);

/** An IP address, or the empty text where Kubernetes writes that for "none". */
export const optionalIPField: z.ZodString = checkedString((value) =>
  value === '' || isIP(value)
    ? undefined
    : { code: 'IP_INVALID', message: `${quoteValue(value)} is no IP address`, levels: 1 },
);

/** A CIDR, with white space around it allowed. */
export const cidrField: z.ZodString = checkedString((value) =>
  isCIDR(value.trim())
    ? undefined
    : { code: 'CIDR_INVALID', message: `${quoteValue(value)} is no CIDR` },
);

/** A port number from 1 to 65535. */
export const portNumberField: z.ZodNumber = portNumber(1);

/** The same as a value by itself: a wrong one is left out alone. */
export const lonePortNumberField: z.ZodNumber = portNumber(1, 0);

/** A port number, or 0 where Kubernetes writes 0 for "none". */
export const optionalPortNumberField: z.ZodNumber = portNumber(0);

function portNumber(least: number, levels = 1): z.ZodNumber {
  return z.number().check((context) => {
    const { value } = context;
    if (Number.isInteger(value) && value >= least && value <= 65535) return;
    const message = `${quoteValue(value)} is no port number (1 to 65535)`;
    const problem: Problem = { code: 'PORT_NUMBER_INVALID', message, levels };
    context.issues.push({ code: 'custom', input: value, params: { ...problem } });
  });
}

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

const timestampProblem: Problem = {
  code: 'VALUE_INVALID',
  message: 'The value is no point in time as RFC 3339 writes it',
};

/** A point in time as RFC 3339 writes it; some clients have it as a Date. A wrong one is left out alone. */
export const timestampField: z.ZodType<string> = z
  .custom<string | Date>(
    (value) =>
      value instanceof Date
        ? !Number.isNaN(value.getTime())
        : typeof value === 'string' && timestamp.test(value) && !Number.isNaN(Date.parse(value)),
    { params: { ...timestampProblem } },
  )
  .transform((value) => (typeof value === 'string' ? value : value.toISOString()));

/** A boolean; of another type, it takes `levels` levels above it along. */
export function booleanField(levels: number): z.ZodType<boolean, boolean> {
  const problem: Problem = { code: 'TYPE_INVALID', message: 'The value is no boolean', levels };
  return z.custom<boolean>((value) => typeof value === 'boolean', { params: { ...problem } });
}

export interface OneOfOptions {
  readonly code?: Problem['code'];
  readonly levels?: number;
}

/** One of a closed list of words. */
export function oneOf<const Word extends string>(
  words: readonly Word[],
  { code = 'VALUE_UNKNOWN', levels = 1 }: OneOfOptions = {},
): z.ZodType<Word, string> {
  return z.string().transform((value, context): Word => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const near = suggest(value, words);
    const hint =
      near === undefined
        ? `none of ${words.join(', ')}`
        : `not known (did you mean ${quoteValue(near)}?)`;
    const problem: Problem = { code, message: `${quoteValue(value)} is ${hint}`, levels };
    context.issues.push({ code: 'custom', input: value, params: { ...problem } });
    return z.NEVER;
  });
}
