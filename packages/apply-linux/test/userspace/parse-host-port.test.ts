import { expect, test } from 'vitest';
import { joinHostPort, parseHostPort } from '../../src/userspace/parse-host-port.ts';

test.for([
  { text: '10.244.1.5:8080', host: '10.244.1.5', port: 8080 },
  { text: '[fd00::5]:8080', host: 'fd00::5', port: 8080 },
  { text: '[::]:0', host: '::', port: 0 },
])('$text is read, and printed again', ({ text, ...hostPort }) => {
  expect(parseHostPort(text)).toEqual(hostPort);
  expect(joinHostPort(hostPort)).toBe(text);
});
