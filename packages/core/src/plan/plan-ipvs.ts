import type { Entry, EntryGroup, NodeRules, Section } from '../diff/node-rules.ts';
import type { DrainedServer, Operation } from './operation.ts';

/** Virtual and real servers: what comes and changes, and, after that, what goes. */
export interface ServerPlan {
  readonly before: readonly Operation[];
  readonly after: readonly Operation[];
}

export function planIpvs(from: NodeRules, to: NodeRules): ServerPlan {
  const [former, wanted] = [serversOf(from), serversOf(to)];
  const lines = wanted.groups.flatMap((server) => {
    const present = find(former, server.name);
    return present ? changeServer(present, server) : addServer(server);
  });
  const stale = former.groups.filter(({ name }) => !find(wanted, name));
  const gone = wanted.groups.flatMap((server) => goneServers(find(former, server.name), server));
  const drained = gone.filter(({ virtualServer }) => virtualServer.startsWith('-t '));
  const deleted = [
    ...gone
      .filter((server) => !drained.includes(server))
      .map(({ virtualServer, address }) => `-d ${virtualServer} -r ${address}`),
    ...stale.map(({ name }) => `-D ${flagOf(name)}`),
  ];
  return {
    before: operation(lines),
    after: [
      ...operation(deleted),
      ...(drained.length > 0 ? [{ kind: 'drain', servers: drained } as const] : []),
    ],
  };
}

/** The real servers that a virtual server has no more. */
function goneServers(from: EntryGroup | undefined, to: EntryGroup): DrainedServer[] {
  const keys = new Set(to.entries.map(({ key }) => key));
  const gone = from?.entries.filter(({ key }) => !keys.has(key)) ?? [];
  return gone.map(({ key }) => ({ virtualServer: flagOf(to.name), address: key }));
}

function operation(lines: readonly string[]): Operation[] {
  return lines.length === 0
    ? []
    : [{ kind: 'ipvs', input: lines.map((line) => `${line}\n`).join('') }];
}

function serversOf(rules: NodeRules): Section {
  const none: Section = { kind: 'ipvs', name: 'ipvs', chains: [], groups: [] };
  return rules.find(({ kind }) => kind === 'ipvs') ?? none;
}

function find({ groups }: Section, name: string): EntryGroup | undefined {
  return groups.find((group) => group.name === name);
}

const flags: Readonly<Record<string, string>> = {
  tcp: '-t',
  udp: '-u',
  sctp: '--sctp-service',
  fwm: '-f',
};

/** `tcp 10.96.0.1:443` as ipvsadm names it. */
function flagOf(name: string): string {
  const [protocol = '', ...rest] = name.split(' ');
  return `${flags[protocol] ?? protocol} ${rest.join(' ')}`;
}

function addServer({ name, declaration, entries }: EntryGroup): string[] {
  return [`-A ${flagOf(name)} ${declaration}`, ...entries.map((entry) => addReal(name, entry))];
}

function addReal(name: string, { text }: Entry): string {
  return `-a ${flagOf(name)} -r ${text}`;
}

/** What goes is not part of it: new real servers take over before. */
function changeServer(from: EntryGroup, to: EntryGroup): string[] {
  const present = new Map(from.entries.map((entry) => [entry.key, entry.text]));
  return [
    ...(from.declaration === to.declaration ? [] : [`-E ${flagOf(to.name)} ${to.declaration}`]),
    ...to.entries.flatMap((entry) => {
      const text = present.get(entry.key);
      if (text === undefined) return [addReal(to.name, entry)];
      return text === entry.text ? [] : [`-e ${flagOf(to.name)} -r ${entry.text}`];
    }),
  ];
}
