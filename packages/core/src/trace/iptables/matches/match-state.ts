import { recentKey } from '../../walk/environment.ts';
import { certainly, type Matcher } from './match-context.ts';

/** xt_conntrack: the packet is the first of its connection; `DNAT` and `SNAT` are there once NAT is decided. */
export const matchConntrack: Matcher<'conntrack'> = ({ states }, packet) => {
  const { isTracked, isTranslated, virtualServer, isMasqueraded } = packet;
  const own = [
    isTracked ? 'NEW' : 'UNTRACKED',
    ...(isTranslated && !virtualServer ? ['DNAT'] : []),
    ...(isMasqueraded ? ['SNAT'] : []),
  ];
  return certainly(states.some((state) => own.includes(state)));
};

export const matchMark: Matcher<'mark'> = ({ mark, mask }, packet) =>
  certainly((packet.mark & mask) >>> 0 === mark);

/** Of the kernel's 31 random bits. */
export const matchStatistic: Matcher<'statistic'> = ({ threshold }) => threshold / 2 ** 31;

/** Puts the address on record, which always succeeds. */
export const matchRecentSet: Matcher<'recentSet'> = () => 1;

export const matchRecentCheck: Matcher<'recentCheck'> = ({ name, side }, packet, { walk }) =>
  certainly(walk.network.recent.has(recentKey(name, packet[side].text)));

/** xt_ipvs: the packet belongs to a connection that IPVS schedules. */
export const matchIpvs: Matcher<'ipvs'> = ({ cidr, protocol, port }, packet) => {
  const { virtualServer } = packet;
  if (!virtualServer || packet.protocol !== protocol) return 0;
  const isAddress = cidr.address.every((byte, index) => byte === virtualServer.ip[index]);
  return certainly(isAddress && virtualServer.port === port);
};
