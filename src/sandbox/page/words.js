// @ts-check

/** What Slack itself says beside what the app says, in the language of who reads it. */
const ENGLISH = {
  optional: '(optional)',
  chooseOne: 'Select an option',
  chooseMany: 'Select options',
  noResults: 'No results',
  loading: 'Loading…',
  /** @param {number} missing */
  typeMore: (missing) => `Type ${missing} more character${missing === 1 ? '' : 's'} to search`,
  cancel: 'Cancel',
  open: 'Open',
  edited: '(edited)',
  onlyYou: 'Only visible to you',
  home: 'Home',
  messages: 'Messages',
  /** @param {string} place */
  writeTo: (place) => `Message ${place} or type /`,
  directBeginning: 'This is the beginning of your direct messages with the app. Type / to see its commands.',
  channelBeginning: 'This is the very beginning of the channel. Type / to see what the app can do here.',
  noHome: 'Nothing here yet',
  noHomeWhy: 'The app has not published a Home tab for you yet.',
};

/** @type {typeof ENGLISH} */
const SPANISH = {
  optional: '(opcional)',
  chooseOne: 'Seleccione una opción',
  chooseMany: 'Seleccione opciones',
  noResults: 'Sin resultados',
  loading: 'Cargando…',
  typeMore: (missing) => `Escriba ${missing} ${missing === 1 ? 'carácter' : 'caracteres'} más para buscar`,
  cancel: 'Cancelar',
  open: 'Abrir',
  edited: '(editado)',
  onlyYou: 'Solo visible para usted',
  home: 'Inicio',
  messages: 'Mensajes',
  writeTo: (place) => `Mensaje a ${place}, o escriba /`,
  directBeginning: 'Aquí empiezan sus mensajes directos con la aplicación. Escriba / para ver sus comandos.',
  channelBeginning: 'Aquí empieza el canal. Escriba / para ver lo que la aplicación puede hacer aquí.',
  noHome: 'Todavía no hay nada',
  noHomeWhy: 'La aplicación todavía no ha publicado una pestaña de inicio para usted.',
};

/** @param {import('./store.js').Store} store */
export function wordsFor(store) {
  return store.person?.locale?.startsWith('es') ? SPANISH : ENGLISH;
}
