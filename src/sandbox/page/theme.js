// @ts-check
import { h } from './dom.js';

const KEY = 'sandbox-theme';

/** A button that goes from light to dark and back; the system's choice holds until it is used. */
export function themeButton() {
  const stored = localStorage.getItem(KEY);
  if (stored) document.documentElement.setAttribute('data-theme', stored);
  const button = h(
    'button',
    { type: 'button', class: 'icon-button theme', 'aria-label': 'Switch between light and dark' },
    '◐',
  );
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.setAttribute('data-theme', next);
    localStorage.setItem(KEY, next);
  });
  return button;
}

function isDark() {
  const chosen = document.documentElement.getAttribute('data-theme');
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}
