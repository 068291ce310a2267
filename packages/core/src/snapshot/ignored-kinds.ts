import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../util/group-by.ts';
import { isKubeProxyConfigMap } from './config-map.ts';
import { objectRef } from './object-ref.ts';
import type { RawObject } from './raw-object.ts';

/** One diagnostic for each kind that kube-proxy does not read, however many objects of it there are. */
export function reportIgnoredKinds(objects: readonly RawObject[]): Diagnostic[] {
  const others = objects.filter((object) => !isKubeProxyConfigMap(object));
  const groups = groupBy(others, ({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  return [...groups].map(([key, group]) => {
    const [first] = group;
    const count = group.length === 1 ? '1 object' : `${group.length} objects`;
    return createDiagnostic('KIND_IGNORED', {
      message: `${count} of ${/^[\w./ -]{1,100}$/.test(key) ? key : 'an unknown kind'} ignored: kube-rules does not read that kind.`,
      objects: first ? [objectRef({ ...first, kind: first.kind.slice(0, 63) }, [])] : [],
      range: first?.rangeOf(['kind']),
    });
  });
}
