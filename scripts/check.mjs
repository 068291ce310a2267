// The gate: everything that must hold before a change lands. A checker that ends well without having looked at
// anything is a defect, so each step must also show in its output what it saw.
import { spawnSync } from 'node:child_process';

const packages = ['core', 'fixtures', 'apply-linux', 'cli'];

const steps = [
  {
    name: 'build',
    command: 'npx tsc -b --listEmittedFiles',
    saw: /TSFILE: .*core\/dist\/index\.js/,
  },
  {
    name: "bundle of the report's page",
    command: 'node packages/cli/scripts/bundle-page.mjs',
    saw: /engine\.js: [1-9]\d* kB/,
  },
  {
    name: 'types of tests',
    command: 'npx tsc -p tsconfig.test.json --listFiles',
    saw: /packages\/core\/test\/.*\.test\.ts/,
  },
  {
    name: 'lint',
    command: 'npx oxlint --type-aware --deny-warnings',
    saw: /on [1-9]\d* files with [1-9]\d* rules/,
  },
  { name: 'format', command: 'npx oxfmt --check', saw: /on [1-9]\d* files/ },
  {
    name: 'unused code and dependencies',
    command: 'npx knip --debug',
    saw: /packages\/core\/src\/compile\.ts/,
  },
  ...packages.flatMap((name) => [
    {
      name: `package shape of ${name}`,
      command: 'npx publint',
      cwd: `packages/${name}`,
      saw: /All good!/,
    },
    ...(name === 'cli'
      ? []
      : [
          {
            name: `published types of ${name}`,
            command: 'npx attw --profile esm-only --pack .',
            cwd: `packages/${name}`,
            saw: /ESM\)/,
          },
        ]),
  ]),
  {
    name: 'tests on what is published',
    command: 'npx vitest run --project unit',
    env: { TEST_DIST: '1' },
    saw: /Tests\s+[1-9]\d* passed/,
  },
];

run({ name: 'clean', command: 'node scripts/clean.mjs', saw: /^/ });
for (const step of steps) run(step);
console.log(`${steps.length} passed, 0 failed`);

function run({ name, command, cwd = '.', env = {}, saw }) {
  const start = performance.now();
  const [program, ...args] = command.split(' ');
  const options = {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env },
    maxBuffer: 2 ** 28,
  };
  const { status, stdout, stderr } = spawnSync(program, args, options);
  const output = `${stdout}${stderr}`;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status === 0 && saw.test(output)) return console.log(`ok   ${name} (${seconds} s)`);
  console.log(`FAIL ${name} (${seconds} s): ${command}`);
  console.log(status === 0 ? 'it ended well, but saw nothing' : output.slice(-20_000));
  process.exit(1);
}
