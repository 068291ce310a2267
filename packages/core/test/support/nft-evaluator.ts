import { BlockList, isIPv6 } from 'node:net';
import type {
  Expression,
  NftablesElement,
  NftablesTable,
  Statement,
  Verdict,
} from '@kube-rules/core';

/** The first packet of a connection, as it enters the rules. */
export interface Packet {
  readonly source: string;
  /** Where it comes in; empty for one that the node itself sends. */
  readonly interface: string;
  readonly destination: string;
  readonly protocol: string;
  readonly port: number;
}

/** The addresses that the node itself has. */
export type NodeAddresses = ReadonlySet<string>;

interface State extends Packet {
  readonly mark: number;
  readonly isTranslated: boolean;
}

type End = 'return' | 'accept' | 'drop' | 'reject' | 'dnat' | 'masquerade';

interface Outcome {
  readonly end: End;
  readonly state: State;
}

interface World {
  readonly table: NftablesTable;
  readonly nodeAddresses: NodeAddresses;
}

/** What may come of a packet, sorted: `drop`, `reject`, or where it goes, masqueraded or not. */
export function fatesOf(
  packet: Packet,
  table: NftablesTable,
  nodeAddresses: NodeAddresses,
): string[] {
  const world = { table, nodeAddresses };
  const isOwn = packet.interface === '';
  const start: State = { ...packet, mark: 0, isTranslated: false };
  const fates = passHook(
    start,
    isOwn ? 'filter-output-pre-dnat' : 'filter-prerouting-pre-dnat',
    world,
  )
    .flatMap((outcome) => next(outcome, isOwn ? 'nat-output' : 'nat-prerouting', world))
    .flatMap((outcome) => {
      const isHere = nodeAddresses.has(outcome.state.destination);
      const otherHook = isHere ? 'filter-input' : 'filter-forward';
      return next(outcome, isOwn ? 'filter-output' : otherHook, world);
    })
    .flatMap((outcome) => next(outcome, 'nat-postrouting', world))
    .map(printFate);
  return [...new Set(fates)].toSorted();
}

function next(outcome: Outcome, hook: string, world: World): Outcome[] {
  const { end, state } = outcome;
  return end === 'drop' || end === 'reject' ? [outcome] : passHook(state, hook, world);
}

function printFate({ end, state: { destination, port } }: Outcome): string {
  if (end === 'drop' || end === 'reject') return end;
  return `${destination} ${port}${end === 'masquerade' ? ' masqueraded' : ''}`;
}

/** The base chains accept what they do not decide. */
function passHook(state: State, hook: string, world: World): Outcome[] {
  return passChain(state, hook, world).map((outcome) =>
    outcome.end === 'return' ? { ...outcome, end: 'accept' } : outcome,
  );
}

function passChain(state: State, name: string, world: World): Outcome[] {
  const chain = world.table.chains.find((one) => one.name === name);
  if (!chain) throw new Error(`no chain ${name}`);
  let waiting: State[] = [state];
  const ended: Outcome[] = [];
  for (const { statements } of chain.rules) {
    const steps = waiting.flatMap((one) => passRule(one, statements, world));
    ended.push(...steps.flatMap((step) => (step.kind === 'end' ? [step.outcome] : [])));
    waiting = unique(steps.flatMap((step) => (step.kind === 'next' ? [step.state] : [])));
  }
  return [...ended, ...waiting.map((one): Outcome => ({ end: 'return', state: one }))];
}

function unique(states: readonly State[]): State[] {
  return [...new Map(states.map((state) => [JSON.stringify(state), state])).values()];
}

/** After a rule: the next rule, or an end; `on` is within a rule. */
type Step =
  | { readonly kind: 'on' | 'next'; readonly state: State }
  | { readonly kind: 'end'; readonly outcome: Outcome };

function passRule(state: State, statements: readonly Statement[], world: World): Step[] {
  let steps: Step[] = [{ kind: 'on', state }];
  for (const statement of statements) {
    steps = steps.flatMap((step) =>
      step.kind === 'on' ? passStatement(step.state, statement, world) : [step],
    );
  }
  return steps.map((step) => (step.kind === 'on' ? { kind: 'next', state: step.state } : step));
}

function end(how: End, state: State): Step[] {
  return [{ kind: 'end', outcome: { end: how, state } }];
}

function passStatement(state: State, statement: Statement, world: World): Step[] {
  switch (statement.kind) {
    case 'match':
      return passMatch(state, statement, world);
    case 'verdict':
      return follow(state, statement.verdict, world);
    case 'reject':
      return end('reject', state);
    case 'masquerade':
      return end('masquerade', state);
    case 'markSet':
      return setMark(state, statement.operation, statement.mark);
    case 'update':
      findSet(statement.set, world);
      return [{ kind: 'on', state }];
    case 'vmap':
    case 'mapDNAT':
      return lookUp(state, statement, world);
    case 'randomVerdict':
      return statement.verdicts.flatMap((verdict) => follow(state, verdict, world));
    case 'dnat':
      return translate(state, readDestination(statement.destination));
    case 'randomDNAT':
      return statement.destinations.flatMap((destination) => translate(state, destination));
  }
}

function passMatch(state: State, match: Match, world: World): Step[] {
  return matches(state, match, world).map((isMatch) => ({ kind: isMatch ? 'on' : 'next', state }));
}

function setMark(state: State, operation: 'or' | 'xor', mark: number): Step[] {
  const changed = operation === 'or' ? state.mark | mark : state.mark ^ mark;
  return [{ kind: 'on', state: { ...state, mark: changed >>> 0 } }];
}

function readDestination(text: string): { ip: string; port: number } {
  const at = text.lastIndexOf(':');
  return { ip: text.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(at + 1)) };
}

function translate(
  state: State,
  { ip, port }: { readonly ip: string; readonly port: number },
): Step[] {
  return end('dnat', { ...state, destination: ip, port, isTranslated: true });
}

function follow(state: State, verdict: Verdict, world: World): Step[] {
  if (verdict.kind === 'drop') return end('drop', state);
  return passChain(state, verdict.chain, world).map((outcome): Step => {
    const comesBack = verdict.kind === 'jump' && outcome.end === 'return';
    return comesBack ? { kind: 'next', state: outcome.state } : { kind: 'end', outcome };
  });
}

/** A key that the map does not have ends the rule. */
function lookUp(
  state: State,
  { key, map: name }: Extract<Statement, { kind: 'vmap' | 'mapDNAT' }>,
  world: World,
): Step[] {
  const map = world.table.maps.find((one) => one.name === name);
  if (!map) throw new Error(`no map ${name}`);
  return valuesOf(key, state, world).flatMap((value): Step[] => {
    const element = map.elements.find((one) => one.key.join(' . ') === value);
    if (!element) return [{ kind: 'next', state }];
    if (element.verdict) return follow(state, element.verdict, world);
    if (!element.destination) throw new Error(`no data in ${name}`);
    return translate(state, element.destination);
  });
}

function findSet(name: string, { table }: World): NftablesTable['sets'][number] {
  const set = table.sets.find((one) => one.name === name);
  if (!set) throw new Error(`no set ${name}`);
  return set;
}

type Match = Extract<Statement, { kind: 'match' }>;

/** What a match may say; of a set that packets fill, either. */
function matches(state: State, { left, inverted, right }: Match, world: World): boolean[] {
  if (right.kind === 'set') {
    const { flags = [], elements } = findSet(right.name, world);
    if (flags.includes('dynamic')) return [true, false];
    const isRange = flags.includes('interval');
    const [value = ''] = valuesOf(left, state, world);
    return [elements.some(({ key }) => holds(key, value, isRange)) !== (inverted ?? false)];
  }
  const [value = ''] = valuesOf(left, state, world);
  const texts = right.kind === 'value' ? [right.text] : right.values;
  return [texts.some((text) => isValue(value, text)) !== (inverted ?? false)];
}

function holds(key: NftablesElement['key'], value: string, isRange: boolean): boolean {
  if (!isRange) return key.join(' . ') === value;
  const parts = value.split(' . ');
  return (
    parts.length === key.length && parts.every((part, index) => isValue(part, key[index] ?? ''))
  );
}

function isValue(value: string, text: string): boolean {
  if (text.endsWith('*')) return value.startsWith(text.slice(0, -1));
  const [address = '', length] = text.split('/');
  if (length === undefined) return value === text;
  const range = new BlockList();
  range.addSubnet(address, Number(length), isIPv6(address) ? 'ipv6' : 'ipv4');
  return range.check(value, isIPv6(value) ? 'ipv6' : 'ipv4');
}

/** The text of an expression; of random numbers, every one. */
function valuesOf(expression: Expression, state: State, world: World): string[] {
  switch (expression.kind) {
    case 'payload':
      return [payloadOf(expression, state)];
    case 'meta':
      return [
        { l4proto: state.protocol, mark: `${state.mark}`, iifname: state.interface }[
          expression.key
        ],
      ];
    case 'ct':
      return [{ state: 'new', status: state.isTranslated ? 'dnat' : '' }[expression.key]];
    case 'fib':
      return [addressType(expression.field === 'saddr' ? state.source : state.destination, world)];
    case 'numgen': {
      const { modulus, offset = 0 } = expression;
      return Array.from({ length: modulus }, (_, index) => String(index + offset));
    }
    case 'markAnd':
      return [String((state.mark & expression.mask) >>> 0)];
    case 'concatenation':
      return expression.parts
        .map((part) => valuesOf(part, state, world))
        .reduce((starts, values) =>
          starts.flatMap((start) => values.map((value) => `${start} . ${value}`)),
        );
  }
}

function addressType(address: string, { nodeAddresses }: World): string {
  return nodeAddresses.has(address) ? 'local' : 'unicast';
}

function payloadOf(
  { protocol, field }: Extract<Expression, { kind: 'payload' }>,
  state: State,
): string {
  const isAddress = protocol === 'ip' || protocol === 'ip6';
  if (isAddress !== (field !== 'dport')) throw new Error(`no field ${protocol} ${field}`);
  if (field === 'dport') return String(state.port);
  return field === 'saddr' ? state.source : state.destination;
}
