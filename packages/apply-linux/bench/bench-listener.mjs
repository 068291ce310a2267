// The proxy with one listener: `node bench-listener.mjs PORT`, where its endpoint listens.
import { startProxy } from '@kube-rules/apply-linux';

const proxy = startProxy();
await proxy.update([
  {
    servicePort: 'prod/web:http',
    protocol: 'tcp',
    address: '127.0.0.1',
    port: 0,
    endpoints: [`127.0.0.1:${process.argv[2]}`],
  },
]);
process.send(proxy.listening()[0].port);
process.on('disconnect', () => process.exit());
