export type { AddressLine, InterfaceAddress, InterfaceAddresses } from './ast.ts';
export { parseAddressLines, type ParsedAddressLines } from './parse-address-lines.ts';
export { parseIPAddr, type ParsedIPAddr } from './parse-ip-addr.ts';
