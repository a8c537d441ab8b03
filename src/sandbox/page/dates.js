// @ts-check

/** @typedef {{ locale: string, timeZone: string }} Reader whose language and time zone count */

/**
 * Fills the tokens of Slack's `<!date^…>`, such as `{date_short_pretty} at {time}`.
 * @param {number} seconds unix time
 * @param {string} format
 * @param {Reader} reader
 */
export function formatDate(seconds, format, reader) {
  const at = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, token) => tokenText(token, at, reader) ?? whole);
}

/** The time of day of a message. @param {string} ts @param {Reader} reader */
export function timeOfDay(ts, reader) {
  return tokenText('time', new Date(Number(ts) * 1000), reader) ?? '';
}

/** The day of a message, for the dividers. @param {string} ts @param {Reader} reader */
export function dayOf(ts, reader) {
  return tokenText('day_divider_pretty', new Date(Number(ts) * 1000), reader) ?? '';
}

/** @param {string} token @param {Date} at @param {Reader} reader @returns {string | undefined} */
function tokenText(token, at, reader) {
  /** @param {Intl.DateTimeFormatOptions} options */
  const show = (options) =>
    new Intl.DateTimeFormat(reader.locale, { timeZone: reader.timeZone, ...options }).format(at);
  const long = () => show({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
  const medium = () => show({ year: 'numeric', month: 'long', day: 'numeric' });
  const short = () => show({ year: 'numeric', month: 'short', day: 'numeric' });
  switch (token) {
    case 'date_num':
      return isoDay(at, reader);
    case 'date_slash':
      return show({ year: 'numeric', month: '2-digit', day: '2-digit' });
    case 'date':
    case 'date_long_full':
      return medium();
    case 'date_pretty':
      return nearDay(at, reader) ?? medium();
    case 'date_short':
      return short();
    case 'date_short_pretty':
      return nearDay(at, reader) ?? short();
    case 'date_long':
      return long();
    case 'date_long_pretty':
      return nearDay(at, reader) ?? long();
    case 'day_divider_pretty':
      return capital(nearDay(at, reader) ?? show({ weekday: 'long', month: 'long', day: 'numeric' }));
    case 'time':
      return show({ hour: 'numeric', minute: '2-digit' });
    case 'time_secs':
      return show({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
    case 'ago':
      return ago(at, reader);
    default:
      return undefined;
  }
}

/** @param {Date} at @param {Reader} reader */
function isoDay(at, { timeZone }) {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** Yesterday, today or tomorrow in the reader's words. @param {Date} at @param {Reader} reader */
function nearDay(at, reader) {
  const days = Math.round((Date.parse(isoDay(at, reader)) - Date.parse(isoDay(new Date(), reader))) / 86_400_000);
  if (Math.abs(days) > 1) return undefined;
  return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(days, 'day');
}

/** @param {Date} at @param {Reader} reader */
function ago(at, { locale }) {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const minutes = (at.getTime() - Date.now()) / 60_000;
  if (Math.abs(minutes) < 60) return relative.format(Math.round(minutes), 'minute');
  if (Math.abs(minutes) < 60 * 24) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 60 / 24), 'day');
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
