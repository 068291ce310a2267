import { printElement } from '@kube-rules/core';
import type { NftablesRuleset, NftablesTable } from '@kube-rules/core';

/**
 * What the tables of a ruleset hold, by the names of their objects: how many rules a chain has, and the elements of a set
 * or map in the order of their texts. What packets added to a set does not count.
 */
export type Contents = Readonly<Record<string, number | readonly string[]>>;

/** An object of a listing: its heading, such as `table ip kube-proxy / chain services`, and the lines in it. */
interface ListedObject {
  readonly heading: string;
  readonly lines: readonly string[];
}

const ELEMENTS_OR_SIZE = /^(?:elements = |size 65535$)/;

/** Reads the contents off what `nft list ruleset` printed. */
export function readContents(listing: string): Contents {
  return Object.fromEntries(
    readObjects(listing).map(({ heading, lines }) => [
      heading,
      heading.includes(' / chain ') ? countRules(lines) : readElements(lines),
    ]),
  );
}

/** The contents that the kernel must list for a ruleset. */
export function contentsOf({ ipv4, ipv6 }: NftablesRuleset): Contents {
  return Object.fromEntries([ipv4, ipv6].flatMap(({ table }) => contentsOfTable(table)));
}

/**
 * A listing in the order of names and texts, since chance decides otherwise: objects stand in the order in which they were
 * made, elements of ranges in that in which they were added. What packets added to sets is left out, and the size that
 * the kernel gives to a set as soon as a rule adds to it.
 */
export function canonicalListing(listing: string): string {
  return readObjects(listing)
    .map(({ heading, lines }) => {
      const properties = lines.filter((line) => !ELEMENTS_OR_SIZE.test(line));
      return [heading, ...properties, ...readElements(lines), ''].join('\n');
    })
    .toSorted()
    .join('');
}

function readObjects(listing: string): readonly ListedObject[] {
  const objects: { heading: string; lines: string[] }[] = [];
  let table = '';
  for (const line of listing.split('\n')) {
    const opened = /^(\t?)((?:table|chain|set|map) .+) \{$/.exec(line);
    const [, tab, name = ''] = opened ?? [];
    if (opened !== null) {
      if (tab === '') table = name;
      objects.push({ heading: tab === '' ? name : `${table} / ${name}`, lines: [] });
    } else if (/\S/.test(line) && !/^\t?\}$/.test(line)) {
      append(objects.at(-1)?.lines ?? [], line.trim());
    }
  }
  return objects;
}

/** nft lists an element a line. */
function append(lines: string[], line: string): void {
  const former = lines.at(-1);
  if (former?.startsWith('elements = ') === true) lines.splice(-1, 1, `${former} ${line}`);
  else lines.push(line);
}

function countRules(lines: readonly string[]): number {
  return lines.filter((line) => !/^(?:type \w+ hook|comment ")/.test(line)).length;
}

function readElements(lines: readonly string[]): readonly string[] {
  if (lines.some((line) => /^flags .*\bdynamic\b/.test(line))) return [];
  const list = lines.find((line) => line.startsWith('elements = '));
  return list?.slice('elements = { '.length, -' }'.length).split(', ').toSorted() ?? [];
}

function contentsOfTable({
  family,
  name,
  chains,
  sets,
  maps,
}: NftablesTable): readonly (readonly [string, number | readonly string[]])[] {
  const table = `table ${family} ${name}`;
  const containers = (kind: string, objects: typeof sets | typeof maps) =>
    objects.map(
      ({ name, elements }) =>
        [`${table} / ${kind} ${name}`, elements.map(listElement).toSorted()] as const,
    );
  return [
    [table, []],
    ...chains.map(({ name, rules }) => [`${table} / chain ${name}`, rules.length] as const),
    ...containers('set', sets),
    ...containers('map', maps),
  ];
}

// nft lists a range of one address as that address.
function listElement(element: Parameters<typeof printElement>[0]): string {
  return printElement(element).replace(/(?:(?<=\.\d+)\/32|\/128)$/, '');
}
