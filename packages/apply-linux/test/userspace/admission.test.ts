import { expect, test } from 'vitest';
import { createAccount, type Account } from '../../src/userspace/account.ts';
import { createAdmission, type Admission } from '../../src/userspace/admission.ts';

function accountOf(servicePort: string, protocol: 'tcp' | 'udp' = 'tcp'): Account {
  return createAccount({ servicePort, protocol }, () => {});
}

function admitMany(admission: Admission, account: Account, times: number): number {
  let admitted = 0;
  for (let index = 0; index < times; index += 1) {
    if (admission.admit(account) === undefined) admitted += 1;
  }
  return admitted;
}

test('one Service alone may have all connections', () => {
  const admission = createAdmission({ connections: 100, descriptors: Infinity });
  const web = accountOf('prod/web:http');
  expect(admitMany(admission, web, 200)).toBe(100);
  expect(admission.admit(web)).toBe('connection_limit');
  admission.release(web);
  expect(admission.admit(web)).toBeUndefined();
});

test('of two, one gets nine tenths, and the other what is left', () => {
  const admission = createAdmission({ connections: 100, descriptors: Infinity });
  admission.share(2);
  const [web, api] = [accountOf('prod/web:http'), accountOf('prod/api:http')];
  expect([admitMany(admission, web, 200), admitMany(admission, api, 200)]).toEqual([90, 10]);
});

test('descriptors set a limit too: two for a connection, one for a UDP session', () => {
  const limits = { connections: 64_000, descriptors: 1160 };
  const [tcp, udp] = [createAdmission(limits), createAdmission(limits)];
  const web = accountOf('prod/web:http');
  expect(admitMany(tcp, web, 2000)).toBe((1160 - 64 - 32) / 2);
  expect(tcp.admit(web)).toBe('descriptor_limit');
  expect(admitMany(udp, accountOf('kube-system/dns:dns', 'udp'), 2000)).toBe(1160 - 64 - 32);
});

test('limits are relaxed when a fifth is free again', () => {
  const admission = createAdmission({ connections: 10, descriptors: Infinity });
  const web = accountOf('prod/web:http');
  admitMany(admission, web, 9);
  expect(admission.isRelaxed()).toBe(false);
  admission.release(web);
  expect(admission.isRelaxed()).toBe(true);
});

test('what else the process has open is counted', async () => {
  const admission = createAdmission({ connections: 64_000, descriptors: 1000 });
  await admission.recount();
  const room = admitMany(admission, accountOf('prod/web:http'), 1000);
  expect(room).toBeLessThan((1000 - 63) / 2);
  expect(room).toBeGreaterThan(300);
});
