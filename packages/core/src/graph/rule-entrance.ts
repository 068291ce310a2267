import { joinHostPort } from '../netaddr/host-port.ts';

/** The address by which packets come to a rule of a chain that all Services share: `10.96.0.10:80 tcp`, `*:30080 tcp`. */
export function iptablesEntrance(text: string): string {
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  const [, ip = '*'] = / -d ([\da-f.:]+)(?:\/\d+)? /.exec(bare) ?? [];
  const [, port = ''] = / --dport (\d+)/.exec(bare) ?? [];
  const [, protocol = ''] = / -p (\w+)/.exec(bare) ?? [];
  return `${joinHostPort(ip, Number(port))} ${protocol}`;
}

/** The same of an element of nft; `undefined` for one that is no address with a port. */
export function nftablesEntrance(text: string): string | undefined {
  const [, ip = '*', protocol = '', port = ''] =
    /^(?:([\da-f.:]+) \. )?(tcp|udp|sctp) \. (\d+)(?: |$)/.exec(text) ?? [];
  return port === '' ? undefined : `${joinHostPort(ip, Number(port))} ${protocol}`;
}

/** The same of a virtual server of IPVS, `tcp 10.96.0.10:80`. */
export function ipvsEntrance(name: string): string {
  const [protocol = '', address = ''] = name.split(' ');
  return `${address} ${protocol}`;
}
