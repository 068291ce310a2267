import type { Line } from '../../util/split-lines.ts';
import { parseHostPort } from './address.ts';
import { readMark, readNumber } from './read-number.ts';
import { readOptions, type OptionName } from './read-options.ts';
import type {
  ForwardingMethod,
  Persistence,
  SavedRealServer,
  SavedVirtualServer,
  Service,
  Tunnel,
} from './saved-ast.ts';

type Options = ReadonlyMap<OptionName, string>;

const commands: ReadonlyMap<string, SavedVirtualServer['kind'] | SavedRealServer['kind']> = new Map(
  [
    ['-A', 'virtualServer'],
    ['--add-service', 'virtualServer'],
    ['-a', 'realServer'],
    ['--add-server', 'realServer'],
  ],
);

/** Reads a line of `ipvsadm -S -n` or `ipvsadm -R`; `undefined` if it is none that adds a server. */
export function readCommandLine(line: Line): SavedVirtualServer | SavedRealServer | undefined {
  const [command = '', ...words] = line.text.trim().split(/\s+/);
  const kind = commands.get(command);
  const options = kind && readOptions(words);
  const service = options && readService(options);
  if (!options || !service || !areNumbers(options)) return undefined;
  return kind === 'realServer'
    ? readRealServer(options, service, line.start)
    : readVirtualServer(options, service, line.start);
}

const serviceOptions = [
  ['-t', 'tcp'],
  ['-u', 'udp'],
  ['--sctp-service', 'sctp'],
] as const;

function readService(options: Options): Service | undefined {
  const services: Service[] = [];
  for (const [option, protocol] of serviceOptions) {
    const address = options.get(option);
    if (address === undefined) continue;
    if (!parseHostPort(address)) return undefined;
    services.push({ protocol, address });
  }
  const mark = options.get('-f');
  if (mark !== undefined) {
    const value = readMark(mark);
    if (value === undefined) return undefined;
    services.push({ protocol: 'fwm', mark: value, family: options.has('-6') ? 'IPv6' : 'IPv4' });
  }
  return services.length === 1 ? services[0] : undefined;
}

const numbers: readonly OptionName[] = ['-w', '-x', '-y', '--tun-port'];

function areNumbers(options: Options): boolean {
  const timeout = options.get('-p') ?? '';
  if (timeout !== '' && readNumber(timeout) === undefined) return false;
  return numbers.every((name) => {
    const value = options.get(name);
    return value === undefined || readNumber(value) !== undefined;
  });
}

const ofVirtualServers: readonly OptionName[] = ['-s', '-p', '-M', '--pe', '-o', '-b'];

const ofRealServers: readonly OptionName[] = [
  ...(['-r', '-g', '-i', '-m', '-w', '-x', '-y'] as const),
  ...(['--tun-type', '--tun-port', '--tun-nocsum', '--tun-csum', '--tun-remcsum'] as const),
];

function readVirtualServer(
  options: Options,
  service: Service,
  offset: number,
): SavedVirtualServer | undefined {
  if (ofRealServers.some((name) => options.has(name))) return undefined;
  return {
    kind: 'virtualServer',
    offset,
    service,
    scheduler: options.get('-s'),
    persistence: readPersistence(options),
    persistenceEngine: options.get('--pe'),
    isOnePacket: options.has('-o'),
    schedulerFlags: options.get('-b')?.split(',') ?? [],
    isPadded: false,
  };
}

function readPersistence(options: Options): Persistence | undefined {
  const timeout = options.get('-p');
  if (timeout === undefined && !options.has('-M')) return undefined;
  return { timeout: readNumber(timeout ?? ''), netmask: options.get('-M') };
}

function readRealServer(
  options: Options,
  service: Service,
  offset: number,
): SavedRealServer | undefined {
  const address = options.get('-r') ?? '';
  if (!parseHostPort(address) || ofVirtualServers.some((name) => options.has(name)))
    return undefined;
  return {
    kind: 'realServer',
    offset,
    service,
    address,
    forwarding: readForwarding(options),
    tunnel: readTunnel(options),
    weight: readNumber(options.get('-w') ?? ''),
    upperThreshold: readNumber(options.get('-x') ?? ''),
    lowerThreshold: readNumber(options.get('-y') ?? ''),
    activeConnections: undefined,
    inactiveConnections: undefined,
    isPadded: false,
  };
}

function readForwarding(options: Options): ForwardingMethod | undefined {
  if (options.has('-m')) return 'masq';
  if (options.has('-i')) return 'tunnel';
  return options.has('-g') ? 'route' : undefined;
}

function readTunnel(options: Options): Tunnel | undefined {
  const type = options.get('--tun-type');
  if (type === undefined) return undefined;
  const checksums = ['nocsum', 'csum', 'remcsum'] as const;
  return {
    type,
    port: readNumber(options.get('--tun-port') ?? ''),
    checksum: checksums.find((one) => options.has(`--tun-${one}`)),
  };
}
