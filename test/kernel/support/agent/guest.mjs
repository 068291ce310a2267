// The process of the guest that does what the tests ask for: it starts agents and passes their lines on, and runs scripts.
// A message is a process id and a line; the id 0 is this process itself, and no line means that the agent ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { answer } from './answer.mjs';
import { openMailbox } from './mailbox.mjs';

const agents = new Map();
const mailbox = openMailbox(process.argv[2]);

const commands = {
  start: async ({ file, holder }) => startAgent(file, holder),
  stop: async ({ pid }) => agents.get(pid)?.stdin.end(),
  kill: ({ pid }) => kill(agents.get(pid)),
  run: ({ argv, input }) => run(argv, input),
};

function startAgent(file, holder) {
  const [enter, ...args] =
    holder === undefined ? ['unshare', '--net'] : ['nsenter', `--net=/proc/${holder}/ns/net`];
  const agent = spawn(enter, [...args, process.execPath, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  agent.stdin.on('error', () => {});
  agents.set(agent.pid, agent);
  createInterface({ input: agent.stdout }).on('line', (line) => {
    mailbox.send(`${agent.pid} ${line}`);
  });
  agent.on('close', () => {
    agents.delete(agent.pid);
    mailbox.send(`${agent.pid} `);
  });
  return agent.pid;
}

async function kill(agent) {
  if (agent === undefined) return;
  const ended = once(agent, 'close');
  agent.kill('SIGKILL');
  await ended;
}

function run([file, ...args], input) {
  return new Promise((resolve, reject) => {
    const subprocess = spawn(file, args);
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      subprocess[name].setEncoding('utf8').on('data', (text) => {
        output[name] += text;
      });
    }
    subprocess.on('error', reject);
    subprocess.on('close', (status) => resolve({ status, ...output }));
    subprocess.stdin.on('error', () => {});
    subprocess.stdin.end(input);
  });
}

mailbox.receive(async (message) => {
  const target = message.slice(0, message.indexOf(' '));
  const line = message.slice(target.length + 1);
  if (target === '0') {
    mailbox.send(`0 ${await answer(line, commands)}`);
  } else {
    agents.get(Number(target))?.stdin.write(`${line}\n`);
  }
});
