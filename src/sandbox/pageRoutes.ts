import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { sendText } from './http.ts';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' https: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves `index.html` or one of its assets from the folder `page`. */
export async function answerPage(res: ServerResponse, name: string): Promise<void> {
  const type = /^[\w-]+\.(html|css|js|svg)$/.exec(name)?.[1];
  if (!type) return sendText(res, 404, 'not found');
  try {
    const content = await readFile(fileURLToPath(new URL(`page/${name}`, import.meta.url)));
    res.writeHead(200, {
      'content-type': TYPES[type],
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    res.end(content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    sendText(res, 404, 'not found');
  }
}
