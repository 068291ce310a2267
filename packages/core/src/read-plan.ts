import type { NodePlan } from './node-plan.ts';
import type { Operation } from './plan/operation.ts';

/** A plan as it stands in a file; `undefined` for anything else, a plan that was cut short or tampered with included. */
export function readPlan(text: string): NodePlan | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPlan(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPlan(value: unknown): value is NodePlan {
  return (
    hasFields(value, ['nodeName'], 'string') &&
    'apiVersion' in value &&
    value.apiVersion === 'kube-rules/v1alpha1' &&
    'kind' in value &&
    value.kind === 'Plan' &&
    hasFields(value, ['fingerprint', 'expected', 'services', 'summary', 'operations'], 'object') &&
    'operations' in value &&
    Array.isArray(value.operations) &&
    value.operations.every(isOperation)
  );
}

type Check = (operation: object) => boolean;

const hasInput: Check = (operation) => hasFields(operation, ['input'], 'string');
const hasName: Check = (operation) => hasFields(operation, ['name'], 'string');
const hasAddresses: Check = (operation) =>
  hasFields(operation, ['link'], 'string') && hasFields(operation, ['addresses'], 'object');

const checks: Readonly<Record<Operation['kind'], Check>> = {
  sysctl: (operation) => hasFields(operation, ['name', 'value'], 'string'),
  addLink: hasName,
  deleteLink: hasName,
  addAddresses: hasAddresses,
  deleteAddresses: hasAddresses,
  ipset: hasInput,
  iptables: (operation) => hasFields(operation, ['family', 'input'], 'string'),
  nft: hasInput,
  ipvs: hasInput,
  drain: (operation) => hasFields(operation, ['servers'], 'object'),
  deleteFlows: (operation) => hasFields(operation, ['flows'], 'object'),
};

function isOperation(value: unknown): value is Operation {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind } = value;
  return typeof kind === 'string' && Object.hasOwn(checks, kind) && isChecked(kind, value);
}

function isChecked(kind: string, value: object): boolean {
  return Object.entries(checks).some(([name, check]) => name === kind && check(value));
}

function hasFields(
  value: unknown,
  names: readonly string[],
  type: 'string' | 'object',
): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return names.every((name) => typeof fields.get(name) === type && fields.get(name) !== null);
}
