import { readFixture, type FixtureMode } from '@kube-rules/fixtures';
import { audit, parseSnapshot, type Audit, type Finding, type Snapshot } from '../../src/index.ts';

type Files = Readonly<Record<string, string>>;

/** A recorded node, and what can be broken on it. */
export interface AuditedNode {
  readonly snapshot: Snapshot;
  readonly mode: FixtureMode;
  readonly files: Files;
}

const suffixes = { iptables: '.iptables-nft-save', nftables: '.nft-list' } as const;

/** The node of a named cluster: iptables and nftables mode as read back, ipvs mode as recorded. */
export function auditedNode(name: string, mode: FixtureMode): AuditedNode {
  const { snapshot, recorded, readBack } = readFixture(name);
  const files = mode === 'ipvs' ? (recorded(mode) ?? {}) : readBack(mode);
  const suffix = mode === 'ipvs' ? '' : suffixes[mode];
  return {
    snapshot: parseSnapshot(snapshot).snapshot,
    mode,
    files: Object.fromEntries(Object.entries(files).filter(([file]) => file.endsWith(suffix))),
  };
}

/** The node with one of its dumps changed; fails if nothing changed. */
export function withChange(
  node: AuditedNode,
  file: string,
  change: (text: string) => string,
): AuditedNode {
  const text = node.files[file] ?? '';
  const changed = change(text);
  if (changed === text) throw new Error(`nothing changed in ${file}`);
  return { ...node, files: { ...node.files, [file]: changed } };
}

export function auditNode({ snapshot, mode, files }: AuditedNode): Audit {
  return audit(snapshot, mode, files);
}

/**
 * A finding in a line: `kind section, container, rule 3 (prod/web:http, endpoint 10.0.0.1:80) at the line
 * of the dump`, without what it does not have.
 */
function describeFinding(finding: Finding, files: Files): string {
  const { kind, section, container, ruleNumber, servicePort, endpoint, place, line } = finding;
  const number = ruleNumber === undefined ? '' : `, rule ${ruleNumber}`;
  const owner = [servicePort, endpoint].filter((one) => one !== undefined).join(' ');
  const text = place && files[place.source]?.split('\n')[(line ?? 0) - 1];
  return [
    `${kind} ${section}, ${container}${number}`,
    owner && ` (${owner})`,
    text === undefined ? '' : ` at ${text.trim().replace(/^\[\d+:\d+\] /, '')}`,
  ].join('');
}

/** What an audit of the node finds, a line each. */
export function findingsOf(node: AuditedNode): string[] {
  return auditNode(node).findings.map((finding) => describeFinding(finding, node.files));
}
