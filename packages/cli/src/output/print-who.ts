import type { OwnedRule, Owner, Who } from '@kube-rules/core';
import { escapeLines } from './escape-lines.ts';

const mostShown = 20;

/** First whose it is, then the rules that show it. */
export function printWho(query: string, who: Who): string {
  const hidden = who.rules.length - mostShown;
  const lines = [
    printAnswer(who.kind === 'rule' ? 'this rule' : query, who),
    ...who.addresses.map(({ role, what, servicePort, nodeName }) => {
      const node = nodeName === undefined ? '' : ` [${nodeName}]`;
      return `  ${role} ${what}${node}${servicePort === undefined ? '' : ` of ${servicePort}`}`;
    }),
    ...who.rules.slice(0, mostShown).flatMap(printRule),
    ...(hidden > 0 ? [`... and ${hidden} more (--json lists all)`] : []),
  ];
  return escapeLines(lines.map((line) => `${line}\n`).join(''));
}

function printAnswer(query: string, { owners, purpose, addresses, rules }: Who): string {
  if (purpose !== undefined) return `${query}: on every node; ${purpose}`;
  if (owners.length > 0) return `${query}: ${owners.map(printOwner).join('; ')}`;
  const [first] = addresses;
  if (first) return `${query}: ${first.role} ${first.what}`;
  const reason = rules.find((rule) => rule.reason !== undefined)?.reason;
  if (reason !== undefined) return `${query}: on every node; ${reason}`;
  return rules.length > 0
    ? `${query}: of no Service that is known; rules mention it`
    : `${query}: nobody's; no Service, endpoint or Node of the snapshot, and no rule, has it`;
}

function printOwner({ servicePort = '', endpoint }: Owner): string {
  return endpoint === undefined ? servicePort : `${servicePort}, endpoint ${endpoint}`;
}

function printRule({ section, container, text, place, line, reason }: OwnedRule): string[] {
  const at = place && line !== undefined ? `, ${place.source}:${line}` : '';
  const why = reason === undefined ? '' : ` (${reason})`;
  return [`  ${section}, ${container}${at}${why}`, `    ${text}`];
}
