import { printOwner, type Origin } from '@kube-rules/core';

/** Whom a line of a document belongs to. */
export interface LineOwner {
  /** `namespace/name:port`; none for what every node has. */
  readonly servicePort?: string;
  /** The owner in words, with the endpoint and its node or the reason of the rule. */
  readonly text: string;
}

/** Finds the owner of a line of a document. */
export type OwnerFinder = (line: string) => LineOwner | undefined;

/** The owner of a compiled rule, entry or server. */
export function ownerOf(origin: Origin): LineOwner {
  const { servicePort, reason } = origin;
  const text = printOwner(origin) ?? `every node, ${reason}`;
  return servicePort === undefined ? { text } : { servicePort, text };
}
