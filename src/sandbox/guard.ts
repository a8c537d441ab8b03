import type { IncomingMessage } from 'node:http';

/**
 * Why a request is refused, or nothing. The sandbox lets anybody act as anybody, so it answers this computer only:
 * the address must be loopback, the Host header too (a hostile page could rebind its own name to 127.0.0.1), and a
 * change may come from no other origin.
 */
export function refusalOf(req: IncomingMessage, path: string): string | undefined {
  if (!isLoopback(req.socket.remoteAddress ?? '')) return 'The sandbox answers loopback addresses only';
  const host = req.headers.host ?? '';
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) return 'The sandbox answers to localhost only';
  const origin = req.headers.origin;
  const isChange = req.method !== 'GET' && req.method !== 'HEAD' && path.startsWith('/sandbox/');
  if (isChange && origin !== undefined && origin !== `http://${host}`) return 'Another origin may not use the sandbox';
  return undefined;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
