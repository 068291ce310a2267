import { expect, test } from 'vitest';
import type { CommandIO } from '../../src/io.ts';
import { writeTrace, type FinishedTrace } from '../../src/output/write-trace.ts';

const finished: FinishedTrace = {
  outcomes: [],
  diagnostics: [{ code: 'DUMP_SYNTAX', severity: 'error', message: 'no rule', objects: [] }],
  packet: { source: 'node', destination: '10.96.0.10', destinationPort: 80, protocol: 'tcp' },
  input: {
    loaded: undefined,
    dumps: { files: { dump: '' }, diagnostics: [] },
    awayFrom: undefined,
  },
  mode: 'iptables',
  missed: undefined,
};

function write(json: boolean): { out: string; error: string } {
  const written = { out: '', error: '' };
  const io: CommandIO = {
    writeOut: (text) => void (written.out += text),
    writeError: (text) => void (written.error += text),
    readInput: async () => undefined,
    outIsTerminal: false,
    errorIsTerminal: false,
    env: {},
  };
  writeTrace(finished, { live: ['dump'], color: 'never', ...(json && { json: true }) }, io);
  return written;
}

test('in JSON lines that could not be read stand beside the outcomes', () => {
  const { out, error } = write(true);
  expect(error).toBe('');
  expect(JSON.parse(out)).toEqual({
    apiVersion: 'kube-rules/v1alpha1',
    kind: 'Trace',
    packet: finished.packet,
    outcomes: [],
    diagnostics: finished.diagnostics,
  });
});

test('in text they are told on standard error', () => {
  const { out, error } = write(false);
  expect(error).toContain('error DUMP_SYNTAX: no rule');
  expect(out).toContain('tcp from the node itself to 10.96.0.10:80, rules of dump\n');
});
