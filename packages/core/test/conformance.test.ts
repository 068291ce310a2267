import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, parseSnapshot, releases, renderFiles } from '@kube-rules/core';
import { fixtureNames, readFixture, readFixtures, type Fixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';

const documents = ['iptables', 'jumps', 'sysctl'] as const;
const fileNames = ['ipv4', 'ipv6'].flatMap((prefix) => documents.map((one) => `${prefix}.${one}`));

/** Generated clusters, which lie beside the repository where they are at hand. */
const randomFolder = fileURLToPath(
  new URL('../../../../shared/conformance/random', import.meta.url),
);
const isRandomThere = existsSync(randomFolder);
const randomFixtures = isRandomThere ? readFixtures(randomFolder) : [];

const named = fixtureNames.flatMap((name) => casesOf(readFixture(name)));
const random = randomFixtures.flatMap(casesOf);

test.for(named)('$name, release $release: $file is what kube-proxy wrote', (one) => {
  expect(one.compiled()[one.file]).toBe(one.recorded[one.file]);
});

test.for(random)('random $name, release $release: $file is what kube-proxy wrote', (one) => {
  expect(one.compiled()[one.file]).toBe(one.recorded[one.file]);
});

test('all 93 named clusters were compared, and all but five of them in release 1.30 too', () => {
  expect(fixtureNames).toHaveLength(93);
  expect(named).toHaveLength((93 + 88) * fileNames.length);
});

// In CI the record must be there: a green run that compared nothing would be a lie.
test.runIf(isRandomThere || process.env['CI'] === 'true')(
  'all 150 generated clusters were compared',
  () => {
    expect(randomFixtures).toHaveLength(150);
    expect(random).toHaveLength(150 * 2 * fileNames.length);
  },
);

test.skipIf(isRandomThere)(
  `generated clusters are not compared without ${randomFolder}`,
  (context) => {
    context.skip('the record is not there');
  },
);

test.for([...fixtureNames.map((name) => readFixture(name)), ...randomFixtures])(
  '$name: no file is left out and none is made up',
  ({ snapshot, recorded }) => {
    const files = Object.keys(renderFiles(compile(parseSnapshot(snapshot).snapshot, 'iptables')));
    expect(files.toSorted()).toEqual(Object.keys(recorded('iptables') ?? {}).toSorted());
    expect(files.toSorted()).toEqual(fileNames.toSorted());
  },
);

function casesOf({ name, snapshot, recorded }: Fixture) {
  return releases.flatMap((release) => {
    const wanted = recorded('iptables', release);
    if (wanted === undefined) return [];
    let files: Readonly<Record<string, string>> | undefined;
    const compiled = (): Readonly<Record<string, string>> =>
      (files ??= renderFiles(compile(parseSnapshot(snapshot).snapshot, 'iptables', { release })));
    return fileNames.map((file) => ({ name, release, file, recorded: wanted, compiled }));
  });
}
