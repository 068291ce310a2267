import type { NormalExpression } from './normal.ts';
import type { SavedExpression } from './parse/saved-statement.ts';

const operators: Readonly<Record<string, '&' | '|' | '^'>> = {
  '&': '&',
  and: '&',
  '|': '|',
  or: '|',
  '^': '^',
  xor: '^',
};

export function normalizeExpression(expression: SavedExpression): NormalExpression {
  switch (expression.kind) {
    case 'payload':
    case 'ct':
    case 'fib':
      return expression;
    case 'meta':
      return { kind: 'meta', key: expression.key };
    case 'numgen': {
      const { mode, modulus, offset = '0' } = expression;
      return { kind: 'numgen', mode, modulus: Number(modulus), offset: Number(offset) };
    }
    case 'bits': {
      const { expression: inner, operator, operand } = expression;
      return {
        kind: 'bits',
        expression: normalizeExpression(inner),
        operator: operators[operator] ?? '&',
        operand: Number(operand),
      };
    }
    case 'concatenation':
      return { kind: 'concatenation', parts: expression.parts.map(normalizeExpression) };
  }
}

/** nft's names of the types that the parts of an expression have. */
export function typesOf(expression: NormalExpression): (string | undefined)[] {
  return expression.kind === 'concatenation' ? expression.parts.map(typeOf) : [typeOf(expression)];
}

const metaTypes: Readonly<Record<string, string>> = {
  l4proto: 'inet_proto',
  mark: 'mark',
  iifname: 'ifname',
  oifname: 'ifname',
};

const ctTypes: Readonly<Record<string, string>> = {
  state: 'ct_state',
  status: 'ct_status',
  mark: 'mark',
};

function typeOf(expression: NormalExpression): string | undefined {
  switch (expression.kind) {
    case 'payload':
      return payloadType(expression.protocol, expression.field);
    case 'meta':
      return metaTypes[expression.key];
    case 'ct':
      return ctTypes[expression.key];
    case 'fib':
      return expression.result === 'type' ? 'fib_addrtype' : undefined;
    case 'numgen':
      return 'integer';
    case 'bits':
      return typeOf(expression.expression);
    case 'concatenation':
      return undefined;
  }
}

function payloadType(protocol: string, field: string): string | undefined {
  if (field === 'dport' || field === 'sport') return 'inet_service';
  if (field === 'saddr' || field === 'daddr')
    return protocol === 'ip' ? 'ipv4_addr' : protocol === 'ip6' ? 'ipv6_addr' : undefined;
  return field === 'protocol' || field === 'nexthdr' ? 'inet_proto' : undefined;
}
