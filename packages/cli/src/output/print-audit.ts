import { escapeControls, type Audit, type Finding } from '@kube-rules/core';
import type { Palette } from './palette.ts';
import { count } from './count.ts';

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
    ...(audit.unseen.length > 0 ? [`~ no dump of ${audit.unseen.join(', ')}: not compared`] : []),
    ...(harmless > 0 ? [`~ ${count(harmless, 'harmless leftover')} (--json lists them)`] : []),
    `~ wording of kube-proxy ${audit.release}${printTool(audit)}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function printAnswer(audit: Audit, serious: readonly Finding[], palette: Palette): string {
  const { mode, whole, broken, foreign } = audit;
  const nodeName = escapeControls(audit.nodeName);
  const others = foreign === 0 ? '' : ` (${count(foreign, 'foreign rule')} ignored)`;
  const all = count(whole.length + broken.length, 'service port');
  if (serious.length > 0) {
    const answer = palette.red(`${nodeName} is NOT whole`);
    const how = `${broken.length.toLocaleString('en')} of ${all} broken`;
    return `${answer}: ${count(serious.length, 'finding')}, ${how}, ${mode} mode${others}`;
  }
  if (audit.isWhole)
    return `${palette.green(`${nodeName} is whole`)}: ${all}, ${mode} mode${others}`;
  const answer = palette.red(`${nodeName} is not known to be whole`);
  return `${answer}: nothing wrong in what was dumped, but dumps are missing${others}`;
}

function printTool({ backend, layout }: Audit): string {
  if (backend) return `, iptables-${backend}`;
  return layout === 'fast' ? ', in the fast layout' : '';
}

function printFinding(finding: Finding, palette: Palette): string[] {
  const { kind, servicePort, endpoint, message, expected, live } = finding;
  const whose = escapeControls(servicePort ?? (kind === 'extra' ? '(unknown)' : '(all services)'));
  const of = endpoint === undefined ? '' : `, endpoint ${escapeControls(endpoint)}`;
  return [
    `! ${palette.bold(whose)}${of}  ${palette.yellow(kind)}  ${escapeControls(message)}`,
    `    ${escapeControls(printWhere(finding))}`,
    ...(live === undefined ? [] : [`    is:        ${escapeControls(live)}`]),
    ...(expected === undefined ? [] : [`    should be: ${escapeControls(expected)}`]),
  ];
}

function printWhere({ section, container, ruleNumber, place, line, kind }: Finding): string {
  const number = ruleNumber === undefined ? '' : `, rule ${ruleNumber}`;
  const after = kind === 'missing' || kind === 'unreachable' ? 'expected after ' : '';
  const at = place && line !== undefined ? `, ${after}${place.source}:${line}` : '';
  return `${section}, ${container}${number}${at}`;
}
