import type { Audit, Finding } from '@kube-rules/core';
import { escapeLines } from './escape-lines.ts';
import type { Palette } from './palette.ts';

const mostShown = 50;

/** First the answer, then each finding with its place, the way on last. */
export function printAudit(audit: Audit, palette: Palette): string {
  const serious = audit.findings.filter(({ kind }) => kind !== 'harmless');
  const harmless = audit.findings.length - serious.length;
  const hidden = serious.length - mostShown;
  const lines = [
    printAnswer(audit, serious, palette),
    ...(serious.length > 0 ? [''] : []),
    ...serious.slice(0, mostShown).flatMap((finding) => printFinding(finding, palette)),
    ...(hidden > 0 ? [`... and ${hidden} more (--json lists all)`] : []),
    ...(harmless > 0 ? [`~ ${count(harmless, 'harmless leftover')} (--json lists them)`] : []),
    `~ wording of kube-proxy ${audit.release}${printTool(audit)}`,
  ];
  return escapeLines(lines.map((line) => `${line}\n`).join(''));
}

function printAnswer(
  { nodeName, mode, whole, broken, foreign }: Audit,
  serious: readonly Finding[],
  palette: Palette,
): string {
  const others = `${count(foreign, 'foreign rule')} ignored`;
  if (serious.length === 0) {
    const answer = palette.green(`${nodeName} is whole`);
    return `${answer}: all ${count(whole.length, 'port')} of Services, ${mode} mode (${others})`;
  }
  const answer = palette.red(`${nodeName} is NOT whole`);
  return `${answer}: ${count(serious.length, 'finding')} in ${count(broken.length, 'service port')} (${whole.length} whole, ${others})`;
}

function printTool({ backend, layout }: Audit): string {
  if (backend) return `, iptables-${backend}`;
  return layout === 'fast' ? ', in the fast layout' : '';
}

function printFinding(finding: Finding, palette: Palette): string[] {
  const { kind, servicePort, endpoint, message, expected, live } = finding;
  const whose = servicePort ?? '(all services)';
  const of = endpoint === undefined ? '' : `, endpoint ${endpoint}`;
  return [
    `! ${palette.bold(whose)}${of}  ${palette.yellow(kind)}  ${message}`,
    `    ${printWhere(finding)}`,
    ...(live === undefined ? [] : [`    - ${live}`]),
    ...(expected === undefined ? [] : [`    + ${expected}`]),
  ];
}

function printWhere({ section, container, ruleNumber, place, line, kind }: Finding): string {
  const number = ruleNumber === undefined ? '' : `, rule ${ruleNumber}`;
  const after = kind === 'missing' || kind === 'unreachable' ? 'expected after ' : '';
  const at = place && line !== undefined ? `, ${after}${place.source}:${line}` : '';
  return `${section}, ${container}${number}${at}`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
