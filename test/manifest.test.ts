import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../src/config.ts';
import { SHORTCUTS } from '../src/slack/kit/ids.ts';

const Url = z.string();
const Manifest = z.object({
  _metadata: z.object({ major_version: z.literal(1) }),
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean(), messages_tab_enabled: z.boolean() }),
    shortcuts: z.array(z.object({ type: z.string(), callback_id: z.string() })),
    slash_commands: z.array(z.object({ command: z.string(), url: Url, should_escape: z.boolean() })),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ request_url: Url, bot_events: z.array(z.string()) }),
    interactivity: z.object({ is_enabled: z.boolean(), request_url: Url, message_menu_options_url: Url }),
    socket_mode_enabled: z.boolean(),
  }),
});

/** The bot scopes that a Web API method needs, as the code uses it. */
const SCOPES: Record<string, string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['im:history', 'channels:history', 'groups:history'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['im:history', 'channels:history', 'groups:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  // Slack gives the files of a file input to whoever may read files
  'files.info': ['files:read'],
  // The profile's e-mail is read where an organization is set up
  'users.info': ['users:read', 'users:read.email'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

const root = new URL('../', import.meta.url);
const manifest = Manifest.parse(parse(readFileSync(new URL('manifest.yml', root), 'utf8')));
const source = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/^(sandbox|persistence)\//.test(path))
  .map((path) => readFileSync(new URL(`src/${path}`, root), 'utf8'))
  .join('\n');

/** Every first group of a pattern in the source, once. */
function found(pattern: RegExp): string[] {
  return [...new Set([...source.matchAll(pattern)].map(([, group]) => String(group)))].sort();
}

describe('the app manifest', () => {
  it('offers the command that the bot listens to by default, with mentions as ids', () => {
    const { command } = readConfig({});
    expect(manifest.features.slash_commands).toMatchObject([{ command, should_escape: true }]);
  });

  it('offers the shortcuts that the bot listens to', () => {
    const ids = manifest.features.shortcuts.map(({ callback_id }) => callback_id);
    expect(ids).toEqual(Object.values(SHORTCUTS));
    expect(manifest.features.shortcuts.every(({ type }) => type === 'global')).toBe(true);
  });

  it('sends everything over HTTP to the one path that is answered, search boxes too', () => {
    const { event_subscriptions, interactivity, socket_mode_enabled } = manifest.settings;
    const urls = [
      ...manifest.features.slash_commands.map(({ url }) => url),
      event_subscriptions.request_url,
      interactivity.request_url,
      interactivity.message_menu_options_url,
    ];
    expect(urls).toHaveLength(4);
    for (const url of urls) expect(new URL(url).pathname).toBe('/slack/events');
    expect(new Set(urls).size).toBe(1);
    expect(interactivity.is_enabled).toBe(true);
    expect(socket_mode_enabled).toBe(false);
  });

  it('subscribes to the events that listeners are registered for', () => {
    const listened = found(/\bapp\.event\('(\w+)'/g);
    expect(listened).not.toEqual([]);
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(listened);
    expect(manifest.features.app_home).toEqual({ home_tab_enabled: true, messages_tab_enabled: true });
  });

  it('asks for the scopes that the Web API methods called need, and no more', () => {
    const methods = found(/\bclient\s*\.(\w+(?:\.\w+)+)\(/g);
    expect(methods).toContain('views.open');
    const unknown = methods.filter((method) => !(method in SCOPES));
    expect(unknown, 'say in SCOPES what these methods need').toEqual([]);
    const needed = new Set(['commands', ...methods.flatMap((method) => SCOPES[method] ?? [])]);
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed].sort());
  });
});
