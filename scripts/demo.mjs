// Shows the main job on the example: the rules on standard output, what was compiled and what to try next on standard error.
import { spawnSync } from 'node:child_process';

const command = [
  'packages/cli/dist/main.js',
  'compile',
  'examples/online-shop.yaml',
  '--node',
  'node-a',
];
const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
console.error(`
try next
  npx kube-rules compile examples/online-shop.yaml --node node-b     another node's rules
  npx kube-rules compile examples/online-shop.yaml --node node-a -o rules/
  npx kube-rules compile examples/online-shop.yaml --node node-a --check rules/
  npx kube-rules config examples/online-shop.yaml                    where each setting comes from
  npx kube-rules compile --help`);
process.exitCode = status ?? 2;
