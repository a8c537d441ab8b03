/** Name, whether Slack speaks Spanish with them, and what they are in the workspace. */
const COLLEAGUES: readonly [name: string, locale: 'en-US' | 'es-ES', title: string][] = [
  ['Olivia Owner', 'en-US', 'Owner of the workspace'],
  ['Adam Price', 'en-US', 'Registry'],
  ['Beatriz Nieto', 'es-ES', 'Registro'],
  ['Carla Ibáñez', 'es-ES', 'Atención al público'],
  ['Daniel Okafor', 'en-US', 'Help desk'],
  ['Elena Marsh', 'en-US', 'Finance'],
  ['Farid Haddad', 'en-US', 'Finance'],
  ['Gloria Peña', 'es-ES', 'Dirección'],
];

/** Colleagues of the local workspace who are in no organization yet; the first owns the workspace. */
export function colleagues(timeZone: string) {
  return COLLEAGUES.map(([realName, locale, title], index) => {
    const handle = realName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, '.');
    return {
      ...{ id: `U0LOCAL${index + 1}`, handle, realName, title, locale, timeZone, email: `${handle}@local.example` },
      ...(index === 0 && { isOwner: true, isAdmin: true }),
    };
  });
}
