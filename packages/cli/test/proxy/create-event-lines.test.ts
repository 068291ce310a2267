import type { ProxyEvent } from '@kube-rules/apply-linux';
import { expect, test } from 'vitest';
import { choosePalette } from '../../src/output/palette.ts';
import { plainPalette } from '../../src/output/palette.ts';
import { createEventLines } from '../../src/proxy/create-event-lines.ts';
import { recordingIO } from '../support/recording-io.ts';

const web = { servicePort: 'prod/web:http', protocol: 'tcp' } as const;
const listening: ProxyEvent = {
  ...web,
  kind: 'listening',
  address: '0.0.0.0',
  port: 20_001,
  endpoints: 2,
};
const trouble: ProxyEvent = {
  ...web,
  kind: 'trouble',
  reason: 'dial_refused',
  detail: '\u001b[2J',
};

test('a line for each change and each trouble; nothing acts on the terminal', () => {
  const io = recordingIO();
  const { show } = createEventLines(io, plainPalette);
  show(listening);
  show({ ...web, kind: 'endpoints', added: ['10.0.0.1:80'], removed: ['10.0.0.2:80'] });
  show(trouble);
  show({ ...web, kind: 'recovered', reason: 'dial_refused' });
  show({ ...web, kind: 'removed', address: '::', port: 20_001 });
  expect(io.out).toEqual([
    'prod/web:http TCP: listens on 0.0.0.0:20001, 2 endpoints\n',
    'prod/web:http TCP: +10.0.0.1:80 -10.0.0.2:80\n',
    'prod/web:http TCP: an endpoint refuses: \\u001b[2J\n',
    'prod/web:http TCP: no longer: an endpoint refuses\n',
    'prod/web:http TCP: no longer listens on [::]:20001\n',
  ]);
  expect(io.error).toEqual([]);
});

test('of a change of very many Services the first forty, and of the next one as many', () => {
  const io = recordingIO();
  const { show, endChange } = createEventLines(io, plainPalette);
  for (let index = 0; index < 50; index += 1) show(listening);
  show(trouble);
  endChange();
  expect(io.out).toHaveLength(42);
  expect(io.out.slice(-2)).toEqual([
    'prod/web:http TCP: an endpoint refuses: \\u001b[2J\n',
    '... and 10 more\n',
  ]);
  show(listening);
  endChange();
  expect(io.out).toHaveLength(43);
});

test('colours where they are wanted', () => {
  const io = recordingIO();
  createEventLines(io, choosePalette('always', false, io)).show(trouble);
  expect(io.out[0]?.slice(0, 9)).toBe('\u001b[33mprod');
});
