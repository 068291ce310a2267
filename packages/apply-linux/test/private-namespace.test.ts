import { expect, test } from 'vitest';
import { runPrivately, wasRefused, withInput } from '../src/private-namespace.ts';
import { createScriptedMachine, fail, missing, say } from './support/scripted-machine.ts';

test('a script is run by a shell in a network namespace of its own', async () => {
  const machine = createScriptedMachine();
  const script = withInput('ipset restore', 'create S hash:ip family inet\n');
  expect(script).toBe(
    "ipset restore <<'KUBE-RULES-END'\ncreate S hash:ip family inet\nKUBE-RULES-END\n",
  );
  expect(await runPrivately(machine, script)).toMatchObject({ exitCode: 0 });
  expect(machine.calls).toEqual(['unshare --net sh']);
  expect(machine.inputs).toEqual([script]);
  expect(machine.node.dump()['ipset-save']).toBe('');
});

test('a namespace that cannot be made is another thing than a script that fails', () => {
  expect(wasRefused(missing)).toBe(true);
  expect(wasRefused(fail('unshare: unshare failed: Operation not permitted\n'))).toBe(true);
  expect(wasRefused(fail('ipset v7.17: Error in line 1\n'))).toBe(false);
  expect(wasRefused(say(''))).toBe(false);
});
