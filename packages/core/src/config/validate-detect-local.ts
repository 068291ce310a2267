import { quoteValue } from '../util/quote-value.ts';
import type { DetectLocalMode, KubeProxyConfiguration } from './configuration.ts';
import type { Violation } from './violation.ts';

type DetectLocalField = keyof KubeProxyConfiguration['detectLocal'];

/** The field that names the interface which a mode needs; the other modes need none. */
export const interfaceFields: Partial<Record<DetectLocalMode, DetectLocalField>> = {
  BridgeInterface: 'bridgeInterface',
  InterfaceNamePrefix: 'interfaceNamePrefix',
};

/** Linux's IFNAMSIZ without the final zero byte. */
const longestInterfaceName = 15;

/**
 * The interface that `detectLocalMode` needs must be named. Stricter than kube-proxy in one point:
 * a name that no Linux interface can have is refused here, and not by iptables later.
 */
export function validateDetectLocal({
  detectLocalMode,
  detectLocal,
}: KubeProxyConfiguration): Violation[] {
  const field = interfaceFields[detectLocalMode];
  if (field === undefined) return [];
  const name = detectLocal[field];
  const path = ['detectLocal', field];
  if (name === '')
    return [
      { path, message: `The field is empty, and detectLocalMode ${detectLocalMode} needs it` },
    ];
  const longest = longestInterfaceName - (field === 'interfaceNamePrefix' ? 1 : 0);
  if (name.length <= longest && isPrintableASCII(name) && !/[/!+"'\\]/.test(name)) return [];
  return [{ path, message: `${quoteValue(name)} is no name that a Linux interface can have` }];
}

/** Linux counts bytes, and takes any but blanks and slashes; beyond ASCII one name has many spellings. */
function isPrintableASCII(text: string): boolean {
  return /^[!-~]+$/.test(text);
}
