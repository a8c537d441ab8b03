import { describe, expect, it } from 'vitest';
import { reportTexts } from '../../src/report/reportTexts.ts';
import { momentText, numberText, paramText } from '../../src/report/reportWording.ts';
import { permissionOf } from './sampleReport.ts';

const { en, es } = reportTexts;

describe('momentText', () => {
  const at = new Date('2026-07-05T22:05:00Z');
  it.each([
    ['Europe/Madrid', '6 July 2026, 00:05 (Europe/Madrid, UTC+2)'],
    ['UTC', '5 July 2026, 22:05 (UTC)'],
    ['Atlantic/Reykjavik', '5 July 2026, 22:05 (Atlantic/Reykjavik, UTC)'],
    ['Asia/Kolkata', '6 July 2026, 03:35 (Asia/Kolkata, UTC+5:30)'],
    ['America/New_York', '5 July 2026, 18:05 (America/New_York, UTC-4)'],
    ['Pacific/Kiritimati', '6 July 2026, 12:05 (Pacific/Kiritimati, UTC+14)'],
  ])('tells the hour of %s', (timeZone, text) => {
    expect(momentText(at, timeZone, en)).toBe(text);
  });
});

it.each([
  [7, '7', '7'],
  [999, '999', '999'],
  [1204, '1,204', '1.204'],
  [1234567, '1,234,567', '1.234.567'],
])('groups the digits of %i', (value, english, spanish) => {
  expect(numberText(value, en)).toBe(english);
  expect(numberText(value, es)).toBe(spanish);
});

describe('paramText', () => {
  const structured = permissionOf(0);
  it('names every structure, none, and each code', () => {
    expect(paramText('*', structured, en)).toBe('All structures');
    expect(paramText('', structured, en)).toBe('No structures');
    expect(paramText('FENG,FHUM', structured, en)).toBe('FENG, FHUM');
  });

  it('is empty for a permission without a parameter, but hides none that is there', () => {
    const switchOnly = permissionOf(0, { structured: false });
    expect(paramText('', switchOnly, en)).toBe('');
    expect(paramText('FENG', switchOnly, en)).toBe('FENG');
  });
});
