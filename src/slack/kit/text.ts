/** Escapes what people wrote, so that it can neither mention, link nor format: Slack's three control characters. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The text of a slash command as it was typed: Slack sends it escaped. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Shortens to `max` UTF-16 units with an ellipsis; never cuts a surrogate pair or an escaped character in two. */
export function truncate(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/&[a-z]{0,3}$/, '')}…`;
}

/** With a capital at its beginning, as a sentence begins. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Writes moments as ISO 8601 to the second, in a time zone and with its offset: `2026-05-03T12:00:00+02:00`. */
export function isoClock(timeZone: string): (at: Date) => string {
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset', ...numeric, ...time });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const { year, month, day, hour, minute, second, timeZoneName = '' } = parts;
    // Some versions of Node write Greenwich itself as a bare "GMT"
    const offset = timeZoneName.replace('GMT', '') || '+00:00';
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
  };
}
