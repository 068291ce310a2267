import { createServer, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';
import { parseHostPort } from './parse-host-port.ts';
import { tryUntilDone } from './try-until-done.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is answered, by path. */
export type Routes = Readonly<Record<string, () => Answer | Promise<Answer>>>;

export interface HTTPServerOptions {
  /** `127.0.0.1:10249`, `[::]:10256` */
  readonly address: string;
  readonly routes: Routes;
  /** It cannot listen, and tries again each five seconds; told once. */
  readonly onFailure?: (error: Error) => void;
}

export interface HTTPServer {
  /** Fulfilled when it listens, or could not the first time. */
  readonly first: Promise<void>;
  /** `undefined` while it does not listen. */
  readonly port: () => number | undefined;
  readonly close: () => void;
}

/** kube-proxy's pause. */
const pauses: readonly number[] = [5000];

const notFound: Answer = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: '404 page not found\n',
};

/** Answers GET and HEAD, whatever the query. */
export function startHTTPServer({ address, routes, onFailure }: HTTPServerOptions): HTTPServer {
  const known = new Map(Object.entries(routes));
  let bound: number | undefined;
  let isTold = false;

  const trying = tryUntilDone({
    attempt: async () => {
      const server = createServer((request, response) => {
        const [path = '/'] = (request.url ?? '/').split('?');
        void respond(response, known.get(path) ?? (() => notFound));
      });
      const port = await listen(server, parseHostPort(address));
      const close = (): void => {
        bound = undefined;
        server.close();
        server.closeAllConnections();
      };
      server.on('error', () => {});
      return { port, close };
    },
    pauses,
    onDone: ({ port }) => void (bound = port),
    onFailure: (error) => {
      if (!isTold) onFailure?.(error);
      isTold = true;
    },
  });
  return { first: trying.first, port: () => bound, close: trying.stop };
}

async function respond(
  response: ServerResponse,
  route: () => Answer | Promise<Answer>,
): Promise<void> {
  try {
    const { status, headers, body } = await route();
    response.writeHead(status, headers).end(body);
  } catch {
    response.writeHead(500).end();
  }
}
