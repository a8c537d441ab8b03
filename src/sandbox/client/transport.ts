import type { JsonObject } from '../json.ts';

/** Calls the client API of a sandbox; a refused request throws with the sandbox's own words. */
export class Transport {
  private readonly baseUrl: string;

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl.replace(/\/$/, '');
  }

  /** GET below `/sandbox/`. */
  get<Body>(path: string, query: Record<string, string> = {}): Promise<Body> {
    return this.send<Body>(`${path}?${new URLSearchParams(query).toString()}`, { method: 'GET' });
  }

  /** POST of JSON below `/sandbox/`. */
  post<Body = JsonObject>(path: string, body: unknown): Promise<Body> {
    const headers = { 'content-type': 'application/json' };
    return this.send<Body>(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** POST of bytes below `/sandbox/`. */
  upload(path: string, query: Record<string, string>, bytes: Uint8Array): Promise<JsonObject> {
    const headers = { 'content-type': 'application/octet-stream' };
    const body = new Uint8Array(bytes);
    return this.send(`${path}?${new URLSearchParams(query).toString()}`, { method: 'POST', headers, body });
  }

  /** DELETE below `/sandbox/`. */
  remove(path: string): Promise<JsonObject> {
    return this.send(path, { method: 'DELETE' });
  }

  private async send<Body>(path: string, init: RequestInit): Promise<Body> {
    const answer = await fetch(`${this.baseUrl}/sandbox/${path}`, init);
    const body = (await answer.json()) as JsonObject;
    if (!answer.ok) throw new Error(`${path}: ${String(body.error)}: ${String(body.message)}`);
    return body as Body;
  }
}
