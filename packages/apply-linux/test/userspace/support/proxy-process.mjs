// A proxy in a process of its own, as it is published: its memory and descriptors are the proxy's alone.
import { closeSync, openSync, readdirSync } from 'node:fs';
import { printProxyEvent, startProxy } from '@kube-rules/apply-linux';

const lines = [];
const { listeners, options } = JSON.parse(process.argv[2]);
const proxy = startProxy({ ...options, onEvent: (event) => lines.push(printProxyEvent(event)) });
const taken = [];

const commands = {
  report: () => ({ counters: proxy.counters(), lines }),
  measureMemory: () => {
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
  countDescriptors: () => readdirSync('/proc/self/fd').length,
  /** Leaves only so many descriptors. */
  takeDescriptors: (left) => {
    try {
      while (taken.push(openSync('/dev/null'))) continue;
    } catch {
      for (let index = 0; index < left; index += 1) closeSync(taken.pop());
    }
    return taken.length;
  },
  releaseDescriptors: () => taken.splice(0).forEach((descriptor) => closeSync(descriptor)),
};

process.on('message', ([name, argument]) => process.send({ answer: commands[name](argument) }));
process.on('disconnect', () => process.exit());
await proxy.update(listeners);
process.send({ ports: proxy.listening().map(({ port }) => port) });
