import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { audit, parseSnapshot } from '@kube-rules/core';
import {
  fixtureNames,
  readFixture,
  readFixtures,
  type Fixture,
  type FixtureMode,
} from '@kube-rules/fixtures';
import { expect, test } from 'vitest';

/** Userspace mode was not recorded. */
const modes: readonly FixtureMode[] = ['iptables', 'ipvs', 'nftables'];

/** Generated clusters, which lie beside the repository where they are at hand. */
const randomFolder = fileURLToPath(
  new URL('../../../../shared/conformance/random', import.meta.url),
);
const isCI = process.env['CI'] === 'true';
const isRandomThere = existsSync(randomFolder);

const namedFixtures = fixtureNames.map((name) => readFixture(name));
const randomFixtures = isRandomThere ? readFixtures(randomFolder) : [];
const named = namedFixtures.flatMap(nodesOf);
const random = randomFixtures.flatMap(nodesOf);

test.for([...named, ...random])('$name, $mode mode: a node with $tool is whole', (node) => {
  const result = audit(parseSnapshot(node.snapshot).snapshot, node.mode, node.files());
  expect(result.findings).toEqual([]);
  expect(result).toMatchObject({ isWhole: true, broken: [], foreign: 0, mode: node.mode });
});

test('all 93 named clusters were audited, in every mode', () => {
  expect(namedFixtures).toHaveLength(93);
  // Of four clusters that use nfacct nothing was read back by iptables.
  const unread = namedFixtures.filter(
    ({ readBack }) => Object.keys(readBack('iptables')).length === 0,
  );
  expect(named).toHaveLength(93 * 2 + 2 * (93 - unread.length));
  expect(unread.map(({ name }) => name).filter((name) => !name.startsWith('nfacct'))).toEqual([]);
});

// In CI the record must be there: a green run that compared nothing would be a lie.
test.runIf(isRandomThere || isCI)('all 150 generated clusters were audited', () => {
  expect(random).toHaveLength(150 * 4);
});

if (!isRandomThere && !isCI) {
  test.skip(`not audited, because it is not there: ${randomFolder}`, () => {});
}

interface Node {
  readonly name: string;
  readonly snapshot: string;
  readonly mode: FixtureMode;
  readonly tool: string;
  readonly files: () => Readonly<Record<string, string>>;
}

/** A node per mode, and in iptables mode one per implementation of iptables. */
function nodesOf({ name, snapshot, recorded, readBack }: Fixture): Node[] {
  return modes.flatMap((mode): Node[] => {
    const node = { name, snapshot, mode };
    if (mode === 'ipvs')
      return [{ ...node, tool: 'recorded files', files: () => recorded(mode) ?? {} }];
    const suffixes = mode === 'iptables' ? ['-nft-save', '-legacy-save'] : ['.nft-list'];
    const read = Object.entries(readBack(mode));
    return suffixes.flatMap((suffix) => {
      const own = read.filter(([file]) => file.endsWith(suffix));
      return own.length > 0
        ? [{ ...node, tool: suffix, files: () => Object.fromEntries(own) }]
        : [];
    });
  });
}
