import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SandboxClient } from '../src/sandbox/client.ts';
import { type Program, startProgram } from './support/program.ts';

let folder: string;
let programs: Program[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-start-'));
  // As root the server runs as another user, who must be able to enter
  await chmod(folder, 0o755);
  programs = [];
});
afterEach(async () => {
  for (const program of programs) {
    program.process.kill('SIGINT');
    await program.ended();
  }
  await rm(folder, { recursive: true, force: true });
});

function start(variables: Record<string, string> = {}): Program {
  const program = startProgram({ DATA_DIR: join(folder, 'data'), ...variables });
  programs.push(program);
  return program;
}

async function organizationName(address: string): Promise<string> {
  const answer = await fetch(`${address}/sandbox/workspace`);
  return ((await answer.json()) as { workspace: { name: string } }).workspace.name;
}

describe('npm start without any variable', { timeout: 120_000 }, () => {
  it('opens the sample organization, is ready, stops on Ctrl-C with its database, and keeps the data', async () => {
    const first = start();
    const address = await first.ready();
    expect(await organizationName(address)).toBe('Harbour City Council');
    expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ database: 'ok', slack: 'ok' });
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect(first.output().out.trim().split('\n')).toHaveLength(1);
    first.process.kill('SIGINT');
    expect(await first.ended()).toBe(0);
    await expect(readFile(join(folder, 'data/postgres/cluster/postmaster.pid'))).rejects.toThrow(/ENOENT/);

    const second = start();
    expect(await organizationName(await second.ready())).toBe('Harbour City Council');
  });

  it('opens a workspace without an organization where no sample is wanted; the owner sets one up, and it stays', async () => {
    const first = start({ SAMPLE_ORGANIZATION: 'no' });
    const owner = new SandboxClient(await first.ready()).as('U0LOCAL1');
    await owner.command('/package');
    await owner.waitForModal('Set up');
    await owner.click('Set up the organization');
    await owner.waitForScreen('*Local workspace* is set up and you are its founder.');
    first.process.kill('SIGINT');
    expect(await first.ended()).toBe(0);

    const second = start();
    const workspace = new SandboxClient(await second.ready());
    const again = workspace.as('U0LOCAL1');
    await again.command('/package settings');
    await again.waitForScreen('*Olivia Owner* `OLIVIA.OWNER`\n:crown: founder');
    // Colleagues are still there to be taken in
    await workspace.as('U0LOCAL3').command('/package me');
    await workspace.as('U0LOCAL3').waitForScreen('Todavía no está en el directorio');
  });

  it('goes on with the database of a killed process', async () => {
    const killed = start();
    await killed.ready();
    killed.process.kill('SIGKILL');
    await killed.ended();
    const next = start();
    const address = await next.ready();
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    next.process.kill('SIGTERM');
    expect(await next.ended()).toBe(0);
  });

  it('says where the data is when the wished folder is closed to the user that PostgreSQL runs as', async (context) => {
    if (process.getuid?.() !== 0) return context.skip('only root runs PostgreSQL as another user');
    await chmod(folder, 0o700);
    const program = start();
    const address = await program.ready();
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    const where = /kept in (\S+) instead/.exec(program.output().err)?.[1] ?? '';
    program.process.kill('SIGINT');
    expect(await program.ended()).toBe(0);
    expect(await readFile(join(where, 'cluster/PG_VERSION'), 'utf8')).toMatch(/^\d+/);
    await rm(where, { recursive: true });
  });
});

describe('a start that cannot succeed', { timeout: 60_000 }, () => {
  async function failure(variables: Record<string, string>): Promise<string> {
    const program = start(variables);
    expect(await program.ended()).toBe(1);
    const { out, err } = program.output();
    expect(out).toBe('');
    expect(err).not.toMatch(/\n\s+at /);
    return err;
  }

  it('names a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      expect(await failure({ PORT: String(port) })).toBe(
        `Port ${port} on 127.0.0.1 is in use. Stop the other program, or set PORT to another port.\n`,
      );
    } finally {
      other.close();
    }
  });

  it('names a data directory that holds something else', async () => {
    const cluster = join(folder, 'data/postgres/cluster');
    await mkdir(cluster, { recursive: true });
    await writeFile(join(cluster, 'holiday.jpg'), 'not a database');
    expect(await failure({})).toMatch(/holds something that is not a database of Quartermaster.*DATA_DIR/);
  });

  it('names a data directory that is a file', async () => {
    await writeFile(join(folder, 'data'), 'a file');
    expect(await failure({})).toMatch(/cannot be made \(E\w+\)\. Set DATA_DIR/);
  });

  it('names an unreachable DATABASE_URL', async () => {
    expect(await failure({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' })).toMatch(
      /^The database cannot be reached: .*ECONNREFUSED.*Check DATABASE_URL\.\n$/,
    );
  });

  it('names every wrong variable at once', async () => {
    const said = await failure({ PORT: 'http', LOG_LEVEL: 'loud', SLACK_BOT_TOKEN: 'secret' });
    expect(said).toMatch(/PORT must be a port number/);
    expect(said).toMatch(/LOG_LEVEL must be debug, info, warn or error/);
    expect(said).toMatch(/SLACK_BOT_TOKEN must be a bot token/);
  });

  it('names what is missing of half a set of Slack variables', async () => {
    expect(await failure({ SLACK_BOT_TOKEN: 'xoxb-1' })).toMatch(
      /SLACK_SIGNING_SECRET .* or SLACK_APP_TOKEN .* is missing/,
    );
    expect(await failure({ SLACK_SIGNING_SECRET: 's' })).toMatch(/SLACK_BOT_TOKEN is missing/);
  });

  it('names a token that Slack does not accept', async () => {
    const variables = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's',
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
    };
    expect(await failure(variables)).toMatch(/Slack does not accept SLACK_BOT_TOKEN, or cannot be reached/);
  });
});
