import { expect, test } from 'vitest';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';
import { seen } from '../support/objects-as-text.ts';

test('other kinds are ignored, each kind with one info that names how many', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: shop}
---
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: knative, namespace: shop}
spec: {ports: [{port: -1}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: b, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kube-root-ca.crt, namespace: shop}
---
apiVersion: "v1\\e[31m"
kind: Hostile
`;
  const parsed = parseSnapshot(text);
  expect(seen(text, parsed).slice(0, 4)).toEqual([
    '<input>:2:7: info KIND_IGNORED: 2 objects of apps/v1 Deployment ignored: kube-rules does not read that kind. |  Deployment shop/a',
    '<input>:6:7: info KIND_IGNORED: 1 object of serving.knative.dev/v1 Service ignored: kube-rules does not read that kind. |  Service shop/knative',
    '<input>:15:7: info KIND_IGNORED: 1 object of v1 ConfigMap ignored: kube-rules does not read that kind. |  ConfigMap shop/kube-root-ca.crt',
    '<input>:19:7: info KIND_IGNORED: 1 object of an unknown kind ignored: kube-rules does not read that kind. |  Hostile',
  ]);
  expect(parsed.snapshot.services).toEqual([]);
});
