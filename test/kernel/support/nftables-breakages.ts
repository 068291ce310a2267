import type { Layout } from '@kube-rules/core';
import { API, IDLE, WEB } from './breakage.ts';
import type { Breakage } from './breakage.ts';

const TABLE = 'nftables ip kube-proxy';
const SERVICE = 'service-SUSTUHLJ-default/web/tcp/http';
const ENDPOINT = 'endpoint-5PFAYLZU-default/api/tcp/https__10.244.1.8/8443';

/** Deletes the first rule of a chain that matches a pattern of sed: `drop CHAIN PATTERN`. */
export const NFT_FUNCTIONS = `
drop() {
  handle=$(nft -a list chain ip kube-proxy "$1" | sed -n "s/.*$2.*# handle //p" | head -n 1)
  nft delete rule ip kube-proxy "$1" handle "$handle"
}
`;

const OF_EVERY_LAYOUT: readonly Breakage[] = [
  {
    name: 'a cluster IP leads nowhere',
    script: `nft 'delete element ip kube-proxy service-ips { 10.96.0.10 . tcp . 80 }'`,
    findings: [`missing: ${TABLE}, service-ips, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'a cluster IP of no Service leads somewhere',
    script: `nft 'add element ip kube-proxy no-endpoint-services { 10.96.0.99 . tcp . 80 : goto reject-chain }'`,
    findings: [`extra: ${TABLE}, no-endpoint-services`],
    broken: [],
  },
  {
    name: 'a cluster IP without endpoints is dropped instead of rejected',
    script: `
      nft 'delete element ip kube-proxy no-endpoint-services { 10.96.0.30 . tcp . 80 }'
      nft 'add element ip kube-proxy no-endpoint-services { 10.96.0.30 . tcp . 80 : drop }'
    `,
    findings: [`changed: ${TABLE}, no-endpoint-services, ${IDLE}`],
    broken: [IDLE],
  },
  {
    name: 'an address for node ports is added',
    script: `nft 'add element ip kube-proxy nodeport-ips { 192.0.2.99 }'`,
    findings: [`extra: ${TABLE}, nodeport-ips`],
    broken: [],
  },
  {
    name: 'a chain of all Services is flushed',
    script: 'nft flush chain ip kube-proxy services',
    findings: [1, 2, 3].map(() => `missing: ${TABLE}, services`),
    broken: 'all',
  },
  {
    name: 'a jump from a base chain is deleted',
    script: `drop nat-prerouting 'jump services'`,
    findings: [`unreachable: ${TABLE}, nat-prerouting`],
    message: 'nat-prerouting does not jump to services',
    broken: 'all',
  },
  {
    name: 'two rules are swapped',
    script: `
      drop services service-nodeports
      nft insert rule ip kube-proxy services ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports
    `,
    findings: [`changed: ${TABLE}, services`],
    message: 'The rule stands in another place than it should',
    broken: 'all',
  },
  {
    name: 'a rule is there twice',
    script: 'nft add rule ip kube-proxy nat-output jump services',
    findings: [`duplicate: ${TABLE}, nat-output`],
    broken: 'all',
  },
  {
    name: 'there is a chain that nothing leads to',
    script: `nft add chain ip kube-proxy service-AAAAAAAA-default/gone/tcp/http
      nft add rule ip kube-proxy service-AAAAAAAA-default/gone/tcp/http meta l4proto tcp dnat to 10.244.9.9:8080`,
    findings: [`harmless: ${TABLE}, service-AAAAAAAA-default/gone/tcp/http, default/gone:http`],
    broken: [],
  },
  {
    name: 'others have tables',
    script: `nft 'table ip other { chain a { type filter hook forward priority 0; ip daddr 10.96.0.10 accept; }; set b { type ipv4_addr; elements = { 10.96.0.10 }; }; }'`,
    findings: [],
    foreign: 2,
    broken: [],
  },
];

const OF_KUBE_PROXY: readonly Breakage[] = [
  {
    name: 'the chain of a Service is flushed',
    script: `nft flush chain ip kube-proxy ${SERVICE}`,
    findings: [`missing: ${TABLE}, ${SERVICE}, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'the rule of an endpoint is deleted',
    script: `drop ${ENDPOINT} 'dnat to'`,
    findings: [`missing: ${TABLE}, ${ENDPOINT}, ${API}, 10.244.1.8:8443`],
    broken: [API],
  },
  {
    name: 'a Service leads to an endpoint that is no more',
    script: `
      nft flush chain ip kube-proxy ${SERVICE}
      nft add rule ip kube-proxy ${SERVICE} 'meta l4proto tcp dnat ip addr . port to numgen random mod 3 map { 0 : 10.244.1.5 . 8080, 1 : 10.244.9.9 . 8080, 2 : 10.244.3.7 . 8080 }'
    `,
    findings: [`changed: ${TABLE}, ${SERVICE}, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'an address of no Service leads to a chain of a former one',
    script: `
      nft add chain ip kube-proxy service-AAAAAAAA-default/gone/tcp/http
      nft add rule ip kube-proxy service-AAAAAAAA-default/gone/tcp/http meta l4proto tcp dnat to 10.244.9.9:8080
      nft 'add element ip kube-proxy service-ips { 10.96.0.99 . tcp . 80 : goto service-AAAAAAAA-default/gone/tcp/http }'
    `,
    findings: [
      `extra: ${TABLE}, service-AAAAAAAA-default/gone/tcp/http, default/gone:http`,
      `extra: ${TABLE}, service-ips, default/gone:http`,
    ],
    message: 'still forwards to 10.244.9.9:8080',
    broken: [],
  },
  {
    name: 'clients are on record',
    script: `nft 'add element ip kube-proxy affinity-5PFAYLZU-default/api/tcp/https__10.244.1.8/8443 { 10.244.1.77 }'`,
    findings: [],
    broken: [],
  },
];

const OF_FAST: readonly Breakage[] = [
  {
    name: 'an endpoint is deleted',
    script: `nft 'delete element ip kube-proxy endpoints-tcp { 10.96.0.10 . 80 . 1 }'`,
    findings: [`missing: ${TABLE}, endpoints-tcp, ${WEB}, 10.244.2.6:8080`],
    broken: [WEB],
  },
  {
    name: 'an endpoint is another',
    script: `
      nft 'delete element ip kube-proxy endpoints-tcp { 10.96.0.10 . 80 . 1 }'
      nft 'add element ip kube-proxy endpoints-tcp { 10.96.0.10 . 80 . 1 : 10.244.9.9 . 8080 }'
    `,
    findings: [`changed: ${TABLE}, endpoints-tcp, ${WEB}, 10.244.2.6:8080`],
    broken: [WEB],
  },
  {
    name: 'an endpoint that clients may be bound to is deleted',
    script: `nft 'delete element ip kube-proxy endpoints-tcp { 10.96.0.20 . 443 . 0 }'`,
    findings: [`missing: ${TABLE}, endpoints-tcp, ${API}, 10.244.1.8:8443`],
    broken: [API],
  },
  {
    name: 'there is an endpoint that is no more',
    script: `nft 'add element ip kube-proxy endpoints-tcp { 10.96.0.10 . 80 . 3 : 10.244.9.9 . 8080 }'`,
    findings: [`extra: ${TABLE}, endpoints-tcp, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'a chain that chooses among three is flushed',
    script: 'nft flush chain ip kube-proxy dispatch-tcp-3',
    findings: [1, 2].map(() => `missing: ${TABLE}, dispatch-tcp-3`),
    broken: 'all',
  },
  {
    name: 'a source range is deleted',
    script: `nft 'delete element ip kube-proxy firewall-sources { 203.0.113.5 . tcp . 443 . 203.0.113.0/25 }'`,
    findings: [`missing: ${TABLE}, firewall-sources, ${API}`],
    broken: [API],
  },
  {
    name: 'clients are on record',
    script: `nft 'add element ip kube-proxy affinity-tcp { 10.244.1.77 . 10.96.0.20 . 443 . 1 timeout 600s }'`,
    findings: [],
    broken: [],
  },
];

/** Ways to break nftables mode, by layout. */
export const NFTABLES_BREAKAGES: Readonly<Record<Layout, readonly Breakage[]>> = {
  'kube-proxy': [...OF_EVERY_LAYOUT, ...OF_KUBE_PROXY],
  fast: [...OF_EVERY_LAYOUT, ...OF_FAST],
};
