import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { StartupError } from '../database/startupError.ts';

export type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void> | void;

export interface HttpServer {
  /** The port it listens on, also where any free one was asked for. */
  port: number;
  close(): Promise<void>;
}

/**
 * Listens and hands every request to `handle`. A handler that fails answers 500 and ends nothing else.
 * @throws StartupError where the port or the address cannot be taken.
 */
export async function listen(
  { host, port }: { host: string; port: number },
  handle: Handler,
  onError: (error: unknown) => void,
): Promise<HttpServer> {
  const server = createServer((req, res) => {
    Promise.resolve(handle(req, res)).catch((error) => {
      onError(error);
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => closeServer(server),
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartupError(`Port ${port} on ${host} is in use. Stop the other program, or set PORT to another port.`);
  }
  if (error.code === 'EACCES') {
    return new StartupError(`Port ${port} needs special rights. Set PORT to a port above 1023.`);
  }
  return new StartupError(`Cannot listen on ${host}:${port} (${error.code}). Check HOST and PORT.`);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
