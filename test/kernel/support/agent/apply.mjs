// A process that changes the rules of the namespace it is in, with what is published. It ends with its standard input.
import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { applyPlan, readLive, thisMachine } from '@kube-rules/apply-linux';
import { audit, parseSnapshot, planCleanup, planNode } from '@kube-rules/core';
import { answer } from './answer.mjs';

const commands = {
  namespace: async () => readlinkSync('/proc/self/ns/net'),
  change: async (wanted) => change(wanted),
  plan: async (wanted) => plan(wanted),
  apply: async ({ plan, takeOver }) => outcomeOf(applyPlan(plan, thisMachine, { takeOver })),
  foreign: async () => foreignOf((await readLive(thisMachine)).files),
  run: async ({ script }) => runScript(script),
};

async function plan(wanted) {
  const { files, sysctls, backend } = await readLive(thisMachine, { flows: true });
  const { mode, layout } = wanted;
  if (mode === undefined) return planCleanup('node', files);
  const made = planNode(readSnapshot(wanted), mode, {
    files,
    ...(wanted.withSysctls && { sysctls }),
    ...(layout && { layout }),
  });
  return { ...made, backend: wanted.backend ?? made.backend ?? backend };
}

/** Changes the node to a snapshot; then nothing may be amiss, and nothing left to do. */
async function change(wanted) {
  const begin = performance.now();
  const made = await plan(wanted);
  const { drainDeadline } = wanted;
  const options = { takeOver: true, ...(drainDeadline !== undefined && { drainDeadline }) };
  const outcome = await outcomeOf(applyPlan(made, thisMachine, options));
  const milliseconds = performance.now() - begin;
  const kinds = made.operations.map(({ kind }) => kind);
  const checked = wanted.unchecked ? { problems: [], foreign: '' } : await check(wanted);
  const problems = outcome === undefined ? checked.problems : [outcome, ...checked.problems];
  return { kinds, milliseconds, ...checked, problems };
}

async function check(wanted) {
  const { mode, layout } = wanted;
  const { files } = await readLive(thisMachine);
  const snapshot = readSnapshot(wanted);
  const { findings, isWhole } = audit(snapshot, mode, files);
  const serious = findings.filter(({ kind }) => kind !== 'harmless');
  const { operations } = planNode(snapshot, mode, { files, ...(layout && { layout }) });
  return {
    problems: [
      ...(isWhole ? [] : ['not whole']),
      ...serious.map(({ kind, message, container }) => `${kind} in ${container}: ${message}`),
      ...operations.map((operation) => `planned again: ${JSON.stringify(operation)}`),
    ].slice(0, 10),
    foreign: foreignOf(files),
  };
}

/** What is somebody else's, with its counters, as the tools print it. */
function foreignOf(files) {
  const saved = Object.entries(files)
    .filter(([name]) => name.endsWith('-save'))
    .flatMap(([name, text]) =>
      text.split('\n').flatMap((line) => (isForeign(line) ? [`${name}: ${line}`] : [])),
    );
  const { stdout } = spawnSync('nft', ['list', 'table', 'inet', 'foreign'], { encoding: 'utf8' });
  return [...saved, stdout].join('\n');
}

function isForeign(line) {
  return /foreign|100\.64\.9[89]\.|fd9[89]::/i.test(line) || /^:[A-Z]+ (?:ACCEPT|DROP) /.test(line);
}

function readSnapshot({ text, objects, excludeCIDRs = [] }) {
  const snapshot = text === undefined ? objects : parseSnapshot(text).snapshot;
  const { config } = snapshot;
  const ipvs = { ...config.ipvs, excludeCIDRs: [...config.ipvs.excludeCIDRs, ...excludeCIDRs] };
  return { ...snapshot, config: { ...config, ipvs } };
}

async function outcomeOf(applied) {
  try {
    await applied;
    return undefined;
  } catch (error) {
    return `${error.code}: ${error.message}`;
  }
}

function runScript(script) {
  const { status, stdout, stderr } = spawnSync('sh', ['-eu'], { input: script, encoding: 'utf8' });
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
  return stdout;
}

const lines = createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  process.stdout.write(`${await answer(line, commands)}\n`);
});
lines.on('close', () => process.exit(0));
