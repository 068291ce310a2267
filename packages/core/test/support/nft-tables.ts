import {
  objectName,
  type Chain,
  type Element,
  type Expression,
  type NamedMap,
  type NamedSet,
  type Rule,
  type Statement,
} from '../../src/ruleset/nftables/index.ts';

const origin = { reason: 'a test' };

/** `ip saddr` */
export const sourceKey: Expression = { kind: 'payload', protocol: 'ip', field: 'saddr' };

export function goTo(chain: string): Statement {
  return { kind: 'verdict', verdict: { kind: 'goto', chain: objectName(chain) } };
}

/** `ip saddr @SET` */
export function isIn(set: string): Statement {
  return { kind: 'match', left: sourceKey, right: { kind: 'set', name: objectName(set) } };
}

export function chainWith(name: string, ...rules: readonly (readonly Statement[])[]): Chain {
  const chain = objectName(name);
  return { name: chain, rules: rules.map((statements): Rule => ({ chain, statements, origin })) };
}

export function elementOf(key: string, chain?: string): Element {
  const verdict = chain !== undefined && ({ kind: 'goto', chain: objectName(chain) } as const);
  return { key: key.split(' '), ...(verdict && { verdict }), origin };
}

export function setOf(name: string, ...keys: readonly string[]): NamedSet {
  const elements = keys.map((key) => elementOf(key));
  return { name: objectName(name), type: ['ipv4_addr'], elements };
}

/** A map from keys to chains. */
export function mapOf(name: string, verdicts: Readonly<Record<string, string>> = {}): NamedMap {
  const elements = Object.entries(verdicts).map(([key, chain]) => elementOf(key, chain));
  return { name: objectName(name), type: ['ipv4_addr'], data: 'verdict', elements };
}
