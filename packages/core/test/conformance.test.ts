import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, parseSnapshot, releases, renderFiles, type Release } from '@kube-rules/core';
import {
  fixtureNames,
  readFixture,
  readFixtures,
  type Fixture,
  type FixtureMode,
} from '@kube-rules/fixtures';
import { expect, test } from 'vitest';

/** Nobody recorded userspace mode, which was gone before these releases. */
const modes: readonly FixtureMode[] = ['iptables', 'ipvs', 'nftables'];

const documents: Readonly<Record<FixtureMode, readonly string[]>> = {
  iptables: ['iptables', 'jumps', 'sysctl'],
  ipvs: ['iptables', 'jumps', 'sysctl', 'ipset', 'ipvsadm', 'addresses'],
  nftables: ['nft'],
};

/** The layout of nftables mode is known of one release. */
const releasesOf: Readonly<Record<FixtureMode, readonly Release[]>> = {
  iptables: releases,
  ipvs: releases,
  nftables: ['1.36'],
};

/** Of the named clusters these use what release 1.30 does not know. */
const notIn130 = 5;

/** Generated clusters, which lie beside the repository where they are at hand. */
const randomFolder = fileURLToPath(
  new URL('../../../../shared/conformance/random', import.meta.url),
);
const isCI = process.env['CI'] === 'true';
const isRandomThere = existsSync(randomFolder);

const namedFixtures = fixtureNames.map((name) => readFixture(name));
const randomFixtures = isRandomThere ? readFixtures(randomFolder) : [];
const named = namedFixtures.flatMap(casesOf);
const random = randomFixtures.flatMap(casesOf);

test.for(named)('$name, $mode mode, release $release: $file is what kube-proxy wrote', (one) => {
  expect(one.compiled()[one.file]).toBe(one.recorded[one.file]);
});

test.for(random)('random $name, $mode mode, release $release: $file likewise', (one) => {
  expect(one.compiled()[one.file]).toBe(one.recorded[one.file]);
});

test('all 93 named clusters were compared, and all but five of them in release 1.30 too', () => {
  expect(namedFixtures).toHaveLength(93);
  expect(named).toHaveLength(
    93 * filesOfAllModes('1.36') + (93 - notIn130) * filesOfAllModes('1.30'),
  );
});

// In CI the record must be there: a green run that compared nothing would be a lie.
test.runIf(isRandomThere || isCI)('all 150 generated clusters were compared', () => {
  expect(randomFixtures).toHaveLength(150);
  expect(random).toHaveLength(150 * (filesOfAllModes('1.36') + filesOfAllModes('1.30')));
});

if (!isRandomThere && !isCI) {
  test.skip(`not compared, because it is not there: ${randomFolder}`, () => {});
}

test.for([...namedFixtures, ...randomFixtures])(
  '$name: no file is left out and none is made up',
  ({ snapshot, recorded }) => {
    for (const mode of modes) {
      const files = Object.keys(renderFiles(compile(parseSnapshot(snapshot).snapshot, mode)));
      expect(files.toSorted()).toEqual(Object.keys(recorded(mode) ?? {}).toSorted());
      expect(files.toSorted()).toEqual(fileNames(mode).toSorted());
    }
  },
);

function fileNames(mode: FixtureMode): readonly string[] {
  return ['ipv4', 'ipv6'].flatMap((family) => documents[mode].map((one) => `${family}.${one}`));
}

function filesOfAllModes(release: Release): number {
  return modes.filter((mode) => releasesOf[mode].includes(release)).flatMap(fileNames).length;
}

type Files = Readonly<Record<string, string>>;

interface Case {
  readonly name: string;
  readonly mode: FixtureMode;
  readonly release: string;
  readonly file: string;
  readonly recorded: Files;
  readonly compiled: () => Files;
}

function casesOf({ name, snapshot, recorded }: Fixture): Case[] {
  const variants = modes.flatMap((mode) => releasesOf[mode].map((release) => ({ mode, release })));
  return variants.flatMap(({ mode, release }) => {
    const wanted = recorded(mode, release);
    if (wanted === undefined) return [];
    let files: Files | undefined;
    const compiled = (): Files =>
      (files ??= renderFiles(compile(parseSnapshot(snapshot).snapshot, mode, { release })));
    return fileNames(mode).map((file) => ({
      name,
      mode,
      release,
      file,
      recorded: wanted,
      compiled,
    }));
  });
}
