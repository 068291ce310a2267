import { expect, test } from 'vitest';
import { createNftModel, type NftModel } from './nft-model.ts';

const start = `add table ip t { comment "x" ; }
add chain ip t a { type nat hook output priority 0 ; }
add chain ip t b
add chain ip t c
add set ip t s { type ipv4_addr ; }
add set ip t r { type ipv4_addr . inet_service . ipv4_addr ; flags interval ; }
add map ip t m { type ipv4_addr : verdict ; }
add rule ip t a ip saddr @s goto b comment "not @this"
add rule ip t a ip saddr vmap @m
add element ip t s { 10.0.0.1, 10.0.0.2 }
add element ip t r {
10.0.0.1 . 80 . 192.0.2.0/24,
10.0.0.1 . 81 . 192.0.2.0/25,
}
add element ip t m { 10.0.0.3 comment "why" : goto c }
`;

function started(): NftModel {
  const model = createNftModel();
  model.run(start);
  return model;
}

test('what was added is there', () => {
  expect(started().list()).toEqual({
    'ip t': {
      chains: {
        a: [
          '{ type nat hook output priority 0 ; }',
          'ip saddr @s goto b comment "not @this"',
          'ip saddr vmap @m',
        ],
        b: [''],
        c: [''],
      },
      containers: {
        s: ['set { type ipv4_addr ; }', '10.0.0.1', '10.0.0.2'],
        r: [
          'set { type ipv4_addr . inet_service . ipv4_addr ; flags interval ; }',
          '10.0.0.1 . 80 . 192.0.2.0/24',
          '10.0.0.1 . 81 . 192.0.2.0/25',
        ],
        m: ['map { type ipv4_addr : verdict ; }', '10.0.0.3 comment "why" : goto c'],
      },
    },
  });
});

test.for([
  ['flush ruleset', 'no command'],
  ['add rule ip u a drop', 'table ip u is not there'],
  ['delete table ip u', 'the table is not there'],
  ['add chain ip t a', 'other properties'],
  ['add rule ip t x drop', 'the chain is not there'],
  ['add rule ip t b goto x', 'chain x is not there'],
  ['add rule ip t b ip saddr @x', 'set x is not there'],
  ['add set ip t m { type ipv4_addr ; }', 'there as another one'],
  ['add map ip t m { type ipv6_addr : verdict ; }', 'there as another one'],
  ['delete set ip t m', 'it is no set'],
  ['delete set ip t s', 'a rule names it'],
  ['delete map ip t x', 'the map is not there'],
  ['delete chain ip t a', 'it has rules'],
  ['delete chain ip t b', 'something led to it before'],
  ['flush chain ip t a\ndelete chain ip t b', 'something led to it before'],
  ['delete element ip t m { 10.0.0.3 }\ndelete chain ip t c', 'something led to it before'],
  ['add chain ip t d\nadd rule ip t b goto d\ndelete chain ip t d', 'something leads to it'],
  ['flush chain ip t x', 'the chain is not there'],
  ['add element ip t m { 10.0.0.3 : drop }', 'it has 10.0.0.3 comment "why" : goto c'],
  ['add element ip t m { 10.0.0.4 : goto x }', 'chain x is not there'],
  ['add element ip t r { 10.0.0.1 . 80 . 192.0.2.7/32 }', 'overlaps 10.0.0.1 . 80 . 192.0.2.0/24'],
  ['add element ip t r { 10.0.0.1 . 81 . 0.0.0.0/0 }', 'overlaps 10.0.0.1 . 81 . 192.0.2.0/25'],
  ['delete element ip t s { 10.0.0.3 }', 'element 10.0.0.3 is not there'],
  ['flush set ip t s', 'such a command is not there'],
])('it refuses "%s", and then changes nothing', ([script, message]) => {
  const model = started();
  expect(() => model.run(`add chain ip t z\n${script}\n`)).toThrow(message);
  expect(model.list()).toEqual(started().list());
});

test('a script without an end is refused', () => {
  expect(() => started().run('add chain ip t z')).toThrow('the last line has no end');
  expect(() => started().run('add element ip t s {\n10.0.0.9,\n')).toThrow('not closed');
});

test('what nothing names can go, and what was deleted can come again', () => {
  const model = started();
  model.run(`flush chain ip t a
delete set ip t s
delete element ip t m { 10.0.0.3 }
delete element ip t r { 10.0.0.1 . 80 . 192.0.2.0/24 }
add element ip t r { 10.0.0.1 . 80 . 192.0.2.0/25, 10.0.0.1 . 80 . 192.0.2.128/25 }
add element ip t m { 10.0.0.3 : drop }
`);
  model.run(
    'delete chain ip t b\ndelete chain ip t c\nadd chain ip t a { type nat hook output priority 0 ; }\n',
  );
  expect(model.list()['ip t']).toEqual({
    chains: { a: ['{ type nat hook output priority 0 ; }'] },
    containers: {
      r: [
        'set { type ipv4_addr . inet_service . ipv4_addr ; flags interval ; }',
        '10.0.0.1 . 80 . 192.0.2.0/25',
        '10.0.0.1 . 80 . 192.0.2.128/25',
        '10.0.0.1 . 81 . 192.0.2.0/25',
      ],
      m: ['map { type ipv4_addr : verdict ; }', '10.0.0.3 : drop'],
    },
  });
  model.run('');
  model.run('add table ip t\ndelete table ip t\nadd table ip6 t\n');
  expect(model.list()).toEqual({ 'ip6 t': { chains: {}, containers: {} } });
});
