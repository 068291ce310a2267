import type { Backend, DumpFiles, Operation } from '../../src/index.ts';
import { createIPSetModel } from './ipset-model.ts';
import { createIptablesModel, type IptablesModel } from './iptables-model.ts';
import { createIpvsModel } from './ipvs-model.ts';
import { createNftModel } from './nft-model.ts';

/** A node of texts: it carries out the steps of plans, refuses what the tools would, and dumps what it has. */
export interface NodeModel {
  /**
   * One step.
   *
   * @param usual The implementation of iptables that is meant where a step names none.
   * @throws {Error} for what a tool would refuse.
   */
  readonly run: (operation: Operation, usual?: Backend) => void;
  /** As `readLive` reads a node. */
  readonly dump: () => DumpFiles;
  /** Values of kernel settings that were written, by name. */
  readonly sysctls: ReadonlyMap<string, string>;
}

/** Addresses by the interface's name. */
type Links = Map<string, Set<string>>;

export function createNodeModel(backend: Backend = 'nft'): NodeModel {
  const hasSet = (name: string): boolean => sets.has(name);
  const backends: Readonly<Record<Backend, Families>> = {
    nft: createFamilies(hasSet),
    legacy: createFamilies(hasSet),
  };
  const sets = createIPSetModel((name) =>
    Object.values(backends)
      .flatMap((families) => Object.values(families))
      .some((family) => family.namesSet(name)),
  );
  const [servers, nft] = [createIpvsModel(), createNftModel()];
  const links: Links = new Map();
  const sysctls = new Map<string, string>();
  const run = (operation: Operation, usual: Backend = backend): void => {
    switch (operation.kind) {
      case 'sysctl':
        return void sysctls.set(operation.name, operation.value);
      case 'iptables':
        return backends[operation.backend ?? usual][operation.family].restore(operation.input);
      case 'ipset':
        return sets.restore(operation.input);
      case 'nft':
        return nft.run(operation.input);
      case 'ipvs':
        return servers.restore(operation.input);
      case 'drain':
        return operation.servers.forEach(({ virtualServer, address }) => {
          servers.restore(`-e ${virtualServer} -r ${address} -m -w 0\n`);
          servers.restore(`-d ${virtualServer} -r ${address}\n`);
        });
      case 'deleteFlows':
        return;
      case 'addLink':
      case 'deleteLink':
      case 'addAddresses':
      case 'deleteAddresses':
        return changeLinks(links, operation);
    }
  };
  return {
    run,
    sysctls,
    dump: () => ({
      ...dumpFamilies(backends, backend),
      'ipset-save': sets.save(),
      'ipvsadm-save': servers.save(),
      'ip-addr.json': printLinks(links),
      'nft-list': printTables(nft.list()),
    }),
  };
}

type Families = Readonly<Record<'IPv4' | 'IPv6', IptablesModel>>;

function createFamilies(hasSet: (name: string) => boolean): Families {
  return { IPv4: createIptablesModel(hasSet), IPv6: createIptablesModel(hasSet) };
}

/** The other implementation is asked only where it has tables. */
function dumpFamilies(
  backends: Readonly<Record<Backend, Families>>,
  own: Backend,
): Record<string, string> {
  const dumps: Record<string, string> = {};
  for (const [backend, families] of Object.entries(backends)) {
    const texts = [families.IPv4.save(), families.IPv6.save()];
    if (backend !== own && texts.join('') === '') continue;
    texts.forEach((text, index) => {
      dumps[`ipv${index === 0 ? 4 : 6}.iptables-${backend}-save`] = text;
    });
  }
  return dumps;
}

type LinkOperation = Extract<
  Operation,
  { kind: 'addLink' | 'deleteLink' | 'addAddresses' | 'deleteAddresses' }
>;

function changeLinks(links: Links, operation: LinkOperation): void {
  if ('link' in operation) changeAddresses(links.get(operation.link), operation);
  else if (operation.kind === 'addLink') {
    if (links.has(operation.name)) throw new Error(`${operation.name} is there`);
    links.set(operation.name, new Set());
  } else if (!links.delete(operation.name)) throw new Error(`no interface ${operation.name}`);
}

type AddressOperation = Extract<Operation, { kind: 'addAddresses' | 'deleteAddresses' }>;

function changeAddresses(bound: Set<string> | undefined, operation: AddressOperation): void {
  const { kind, link, addresses } = operation;
  if (!bound) throw new Error(`no interface ${link}`);
  for (const address of addresses) {
    if (bound.has(address) === (kind === 'addAddresses')) throw new Error(`${kind} ${address}`);
    if (kind === 'addAddresses') bound.add(address);
    else bound.delete(address);
  }
}

function printLinks(links: Links): string {
  const all = [...links].map(([ifname, addresses], index) => ({
    ifindex: index + 2,
    ifname,
    addr_info: [...addresses].map((local) => ({
      family: local.includes(':') ? 'inet6' : 'inet',
      local,
      prefixlen: local.includes(':') ? 128 : 32,
    })),
  }));
  return JSON.stringify([{ ifindex: 1, ifname: 'lo', addr_info: [] }, ...all]);
}

/** As commands, which nft takes and `readDumps` reads like a listing. */
function printTables(tables: ReturnType<ReturnType<typeof createNftModel>['list']>): string {
  const lines = Object.entries(tables).flatMap(([place, { chains, containers }]) => [
    `add table ${place}`,
    ...Object.entries(chains).map(([name, [properties = '']]) =>
      `add chain ${place} ${name} ${properties}`.trimEnd(),
    ),
    ...Object.entries(containers).map(([name, [properties = '']]) => {
      const [object = '', ...rest] = properties.split(' ');
      return `add ${object} ${place} ${name} ${rest.join(' ')}`;
    }),
    ...Object.entries(chains).flatMap(([name, [, ...rules]]) =>
      rules.map((rule) => `add rule ${place} ${name} ${rule}`),
    ),
    ...Object.entries(containers).flatMap(([name, [, ...elements]]) =>
      elements.map((element) => `add element ${place} ${name} { ${element} }`),
    ),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}
