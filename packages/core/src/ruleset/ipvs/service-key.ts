import { canonicalAddress } from './address.ts';
import type { Service } from './saved-ast.ts';

/** One text for each virtual server, however it is spelled: `tcp 10.96.0.1:443`, `fwm 1`, `fwm 1 IPv6`. */
export function serviceKey(service: Service): string {
  if (service.protocol !== 'fwm') return `${service.protocol} ${canonicalAddress(service.address)}`;
  const { mark, family } = service;
  return `fwm ${mark >>> 0}${family === 'IPv6' ? ' IPv6' : ''}`;
}
