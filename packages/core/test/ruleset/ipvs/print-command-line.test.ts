import { expect, test } from 'vitest';
import { printAddServer, printAddService } from '../../../src/ruleset/ipvs/print-command-line.ts';
import { readCommandLine } from '../../../src/ruleset/ipvs/read-command-line.ts';

function reprint(text: string): string | undefined {
  const node = readCommandLine({ text, start: 0 });
  if (!node) return undefined;
  return node.kind === 'virtualServer' ? printAddService(node) : printAddServer(node);
}

test.for([
  '-A -t 10.0.0.1:80',
  '-A -t 10.0.0.1:80 -s rr -p',
  '-A -u 10.96.0.5:80 -s mh -p 10800 -M 255.255.0.0 --pe sip -o -b mh-port',
  '-A -f 8 -6 -s sh -p 5 -o -b sh-port',
  '-a --sctp-service [fd00::1]:80 -r [fd00::2]:80 -m -w 1',
  '-a -f 1 -r 10.0.0.6:0',
  '-a -t 10.0.0.1:80 -r 10.1.0.1:80 -i -w 1 -x 9 -y 5 --tun-type gue --tun-port 6080 --tun-csum',
  '-a -t 10.0.0.1:80 -r 10.1.0.1:80 -g -w 0 --tun-type ipip',
])('prints %s as it was', (text) => {
  expect(reprint(text)).toBe(text);
});

test('prints options in the order of ipvsadm -S', () => {
  expect(reprint('--add-server --weight 2 --masquerading -r 10.1.0.1 -t 10.0.0.1:80')).toBe(
    '-a -t 10.0.0.1:80 -r 10.1.0.1 -m -w 2',
  );
});
