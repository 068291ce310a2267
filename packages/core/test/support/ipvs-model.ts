/** A small model of ipvsadm: `ipvsadm -R` and `ipvsadm -S -n`, by texts only. */
export interface IpvsModel {
  /**
   * Carries out lines one after the other.
   *
   * @throws {Error} for the first that the kernel would refuse; those before it stay.
   */
  readonly restore: (input: string) => void;
  readonly save: () => string;
}

interface ServerState {
  readonly options: string;
  /** Options of the real servers by address. */
  readonly reals: Map<string, string>;
}

type Servers = Map<string, ServerState>;

const usage =
  /^(?<verb>-[AEDaed]) (?<service>(?:-[tuf]|--sctp-service) \S+)(?: -r (?<address>\S+))?(?: (?<options>.+))?$/;

export function createIpvsModel(): IpvsModel {
  const servers: Servers = new Map();
  return {
    restore: (input) => {
      if (!input.endsWith('\n')) throw new Error('the last line has no end');
      for (const line of input.slice(0, -1).split('\n')) runLine(servers, line);
    },
    save: () =>
      [...servers]
        .flatMap(([service, { options, reals }]) => [
          `-A ${service} ${options}\n`,
          ...[...reals].map(([address, how]) => `-a ${service} -r ${address} ${how}\n`),
        ])
        .join(''),
  };
}

function runLine(servers: Servers, line: string): void {
  const groups = usage.exec(line)?.groups;
  const why = groups ? runCommand(servers, groups) : 'no command';
  if (why !== undefined) throw new Error(`${line}: ${why}`);
}

/** What is wrong with it, if anything. */
function runCommand(
  servers: Servers,
  { verb = '', service = '', address, options = '' }: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const server = servers.get(service);
  if (Boolean(server) === (verb === '-A')) return 'it is there, or it is not';
  if (verb === '-A') servers.set(service, { options, reals: new Map() });
  else if (verb === '-D') servers.delete(service);
  else if (server && verb === '-E') servers.set(service, { ...server, options });
  else return changeReal(server, [verb, address ?? '', options]);
  return undefined;
}

function changeReal(
  server: ServerState | undefined,
  [verb, address, options]: readonly [string, string, string],
): string | undefined {
  if (!server || address === '') return 'no real server is named';
  if (server.reals.has(address) === (verb === '-a'))
    return 'the real server is there, or it is not';
  if (verb === '-d') server.reals.delete(address);
  else server.reals.set(address, options);
  return undefined;
}
