import { ownerFinder, type FindOwner, type Owner } from './audit/attribute.ts';
import { oldChainNames, renameChains } from './audit/old-chain-names.ts';
import { withoutComments } from './audit/without-comments.ts';
import { compileForNode } from './compile-for-node.ts';
import type { Mode } from './compile.ts';
import type { Item, NodeRules, Place } from './diff/node-rules.ts';
import { lineFinder } from './dump/line-finder.ts';
import { readDumps, type DumpFiles } from './dump/read-dumps.ts';
import {
  parseAddressQuery,
  whoHasAddress,
  type AddressOwner,
  type AddressQuery,
} from './explain/who-has-address.ts';
import { wellKnown } from './explain/well-known.ts';
import { rulesOfRuleset } from './rules-of-ruleset.ts';
import { defaultRelease } from './service/release.ts';
import type { ResolvedServicePort } from './service/resolve-family.ts';
import { servicePortsOf } from './service/service-ports-of.ts';
import type { Snapshot } from './snapshot/snapshot.ts';

export interface WhoOptions {
  readonly mode: Mode;
  /** A node's dumps, in which to look as well. */
  readonly files?: DumpFiles;
}

/** A rule or entry, and whose it is. */
export interface OwnedRule extends Owner {
  /** What it does, as compiled rules know: `cluster IP`, `load balancing`, … */
  readonly reason?: string;
  readonly section: string;
  /** Its chain, set, map or virtual server. */
  readonly container: string;
  readonly text: string;
  /** Where it stands in a dump; none for compiled ones. */
  readonly place?: Place;
  /** In that file, from 1. */
  readonly line?: number;
}

export interface Who {
  /** What the question was taken for. */
  readonly kind: 'address' | 'chain' | 'rule';
  /** Of a chain that every node has: what it is for. */
  readonly purpose?: string;
  /** Who has the address. */
  readonly addresses: readonly AddressOwner[];
  /** The service ports behind it, with the endpoint if it is one's. */
  readonly owners: readonly Owner[];
  /** The rules themselves, and in a dump those that mention it. */
  readonly rules: readonly OwnedRule[];
}

/**
 * Whose a rule, a chain, a set or an address is: by what kube-proxy would program, and by a node's
 * dumps where they are given.
 *
 * @param query A line of a dump, a name, an IP address, `ip:port` or `:port`.
 * @throws {UnusableSnapshotError} as `compile` does.
 */
export function whoOwns(query: string, snapshot: Snapshot, { mode, files = {} }: WhoOptions): Who {
  const text = query.trim();
  const servicePorts = servicePortsOf(snapshot, defaultRelease);
  const dumps = readDumps(files);
  const ruleset = compileForNode(snapshot, mode, { live: dumps.rules, release: defaultRelease });
  const expected = withoutComments(rulesOfRuleset(ruleset));
  const known: Known = {
    expected,
    findOwner: ownerFinder(expected),
    live: dumps.rules,
    names: oldChainNames(servicePorts),
    lineOf: lineFinder(files),
  };
  const address = parseAddressQuery(text);
  if (address) return whoIsAt(address, { snapshot, servicePorts, known });
  return isName(text) ? whoseName(text, known) : whoseRule(text, known);
}

interface Known {
  readonly expected: NodeRules;
  readonly findOwner: FindOwner;
  readonly live: NodeRules;
  /** Present names of chains by old ones. */
  readonly names: ReadonlyMap<string, string>;
  readonly lineOf: (place: Place) => number;
}

/** A chain, set or map: one word that is no option. */
function isName(text: string): boolean {
  return /^[A-Za-z][\w/.-]*$/.test(text);
}

function whoIsAt(
  query: AddressQuery,
  {
    snapshot,
    servicePorts,
    known,
  }: { snapshot: Snapshot; servicePorts: readonly ResolvedServicePort[]; known: Known },
): Who {
  const nodes = snapshot.nodes.map(({ metadata, status }) => ({
    nodeName: metadata.name,
    addresses: status?.addresses?.map(({ address }) => address) ?? [],
  }));
  const addresses = whoHasAddress(query, servicePorts, nodes);
  const owners = addresses.flatMap(({ servicePort, role, what }) => {
    if (servicePort === undefined) return [];
    return [role === 'endpoint' ? { servicePort, endpoint: what } : { servicePort }];
  });
  const rules = rulesThat(known.live, known, (text) => mentions(text, query));
  return { kind: 'address', addresses, owners: uniqueOwners(owners), rules };
}

/** Whether a rule speaks of exactly this address, not of a longer one that begins or ends so. */
function mentions(text: string, { ip, port }: AddressQuery): boolean {
  const hasIP = ip === undefined || hasWord(text, ip);
  return hasIP && (port === undefined || hasWord(text, String(port)));
}

function hasWord(text: string, word: string): boolean {
  const within = word.includes(':') ? /[\w.:]/ : /[\w.]/;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before = ' ', after = ' '] = [text[at - 1], text[at + word.length]];
    if (!within.test(before) && !within.test(after)) return true;
  }
  return false;
}

function whoseName(name: string, known: Known): Who {
  const present = known.names.get(name) ?? name;
  const owner = known.findOwner({ text: '' }, present);
  const own = [...rulesIn(known.expected, present, known), ...rulesIn(known.live, name, known)];
  const rules = own.length > 0 ? own : rulesThat(known.live, known, (text) => hasWord(text, name));
  const owners = owner.servicePort === undefined ? rules.map(ownerOfRule) : [owner];
  const purpose = wellKnown[name];
  return {
    kind: 'chain',
    ...(purpose !== undefined && { purpose }),
    addresses: [],
    owners: purpose === undefined ? uniqueOwners(owners) : [],
    rules,
  };
}

function whoseRule(line: string, known: Known): Who {
  const asked = askedOf(line, known);
  const same = ownedRules(
    known.expected,
    known,
    ({ item, container }) =>
      (asked.text === undefined || item.text === asked.text) &&
      (asked.container === undefined || container === asked.container),
  );
  const named = same.length > 0 ? same : [{ ...known.findOwner({ text: line }, asked.container) }];
  return { kind: 'rule', addresses: [], owners: uniqueOwners(named.map(ownerOfRule)), rules: same };
}

/** What a line is about: an item, or a container with all that it holds. */
interface Asked {
  readonly text?: string;
  readonly container?: string;
}

function askedOf(line: string, { names }: Known): Asked {
  const [, set, entry] = /^add (\S+) (\S+)/.exec(line) ?? [];
  if (set !== undefined && entry !== undefined) return { container: set, text: entry };
  const sections = withoutComments(renameChains(readLine(line), names));
  const [read] = sections.flatMap(itemsOf);
  if (read) return { container: read.container, text: read.item.text };
  const [server] = sections.flatMap(({ groups }) => groups);
  if (server) return { container: server.name };
  return { text: bareOf(line) };
}

/** A rule or element as it is listed, without its comment and what lists have between elements. */
function bareOf(line: string): string {
  const [bare] = withoutComments([
    {
      kind: 'nftables',
      name: '',
      groups: [],
      chains: [{ name: '', declaration: '', rules: [{ text: line.replace(/[,\s]+$/, '') }] }],
    },
  ]).flatMap(itemsOf);
  return bare?.item.text ?? line;
}

/** One line as the dump that it comes from. */
function readLine(line: string): NodeRules {
  if (/^(?:\[\d+:\d+\] )?-A [A-Z]/.test(line)) {
    const family = / -[sd] [\da-f]*:|--to-destination \[/.test(line) ? 'ipv6' : 'ipv4';
    return readDumps({ [`${family}.iptables-save`]: `*filter\n${line}\nCOMMIT\n` }).rules;
  }
  const server = /^-a (?:-[tu]|--\w+-service) \S+/.exec(line)?.[0].replace('-a', '-A');
  const document = server === undefined ? `${line}\n` : `${server} -s rr\n${line}\n`;
  return readDumps({ line: document }).rules;
}

interface PlacedItem {
  readonly item: Item;
  readonly container: string;
}

function itemsOf({ chains, groups }: NodeRules[number]): PlacedItem[] {
  return [
    ...chains.flatMap(({ name, rules }) => rules.map((item) => ({ item, container: name }))),
    ...groups.flatMap(({ name, entries }) => entries.map((item) => ({ item, container: name }))),
  ];
}

function rulesIn(rules: NodeRules, container: string, known: Known): OwnedRule[] {
  return ownedRules(rules, known, (placed) => placed.container === container);
}

function rulesThat(
  rules: NodeRules,
  known: Known,
  isAsked: (text: string) => boolean,
): OwnedRule[] {
  return ownedRules(rules, known, ({ item }) => isAsked(item.text));
}

function ownedRules(
  rules: NodeRules,
  { findOwner, lineOf }: Known,
  isAsked: (placed: PlacedItem) => boolean,
): OwnedRule[] {
  return rules.flatMap((section) =>
    itemsOf(section)
      .filter(isAsked)
      .map(({ item, container }): OwnedRule => ({
        ...findOwner(item, container),
        ...(item.origin && { reason: item.origin.reason }),
        section: section.name,
        container,
        text: item.text,
        ...(item.place && { place: item.place, line: lineOf(item.place) }),
      })),
  );
}

function ownerOfRule({ servicePort, endpoint }: Owner): Owner {
  return {
    ...(servicePort !== undefined && { servicePort }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function uniqueOwners(owners: readonly Owner[]): Owner[] {
  const known = owners.filter(({ servicePort }) => servicePort !== undefined);
  return [...new Map(known.map((owner) => [JSON.stringify(owner), owner])).values()];
}
