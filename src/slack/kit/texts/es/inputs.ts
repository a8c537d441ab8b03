import type { Wording } from '../texts.ts';
import { count, people } from './counts.ts';

/** Choosing many people at once, and attaching files. */
export const inputs: Pick<Wording, 'inputs'> = {
  inputs: {
    structures: 'Estructuras',
    structuresHint: 'Todas las personas de estas estructuras y de las que dependen de ellas.',
    groups: 'Grupos',
    placeholder: 'Buscar por código o nombre',
    attach: 'O adjunte un archivo de códigos personales',
    attachHint:
      'CSV o texto, hasta 2 MB: un código por línea, o una columna titulada código o usuario entre otras. El archivo se comprueba al continuar.',
    membersOnly:
      'Elija de cualquiera de estas formas; cada persona cuenta una vez. Quien no tiene el paquete queda como está.',
    leftOut: (n) =>
      `${people(n)} de las estructuras y grupos ${n === 1 ? 'se fue y no se incluye' : 'se fueron y no se incluyen'}.`,
    goneStructures: (n) =>
      `${n === 1 ? 'Una de las estructuras está retirada o ya no existe' : `${n} de las estructuras están retiradas o ya no existen`}. ${n === 1 ? 'Búsquela' : 'Búsquelas'} de nuevo.`,
    goneGroups: (n) =>
      `${n === 1 ? 'Uno de los grupos ya no existe' : `${n} de los grupos ya no existen`}. ${n === 1 ? 'Búsquelo' : 'Búsquelos'} de nuevo.`,
    nobodyThere: (left) =>
      left > 0
        ? `Allí solo hay personas que se fueron (${left.toLocaleString('es')}). Elija a otras.`
        : 'Allí no hay nadie. Elija a otras personas.',
    noMembers: 'Ninguna de ellas tiene este paquete. Elija a quien lo tenga.',
    lineOf: (line, code) => `«${code}» (línea ${line})`,
    unknownInFile: (codes, more) =>
      `El archivo tiene códigos que nadie tiene: ${codes}${more > 0 ? ` y ${more} más` : ''}. Corríjalos y adjunte el archivo de nuevo.`,
    file: {
      tooLarge: (name) => `${name} supera los 2 MB. Adjunte un archivo más pequeño.`,
      notText: (name) => `${name} no es texto en UTF-8. Guárdelo como «CSV UTF-8» y adjúntelo de nuevo.`,
      unreadable: (name) => `No se pudo obtener ${name} de Slack. Adjúntelo de nuevo.`,
      noScope: (name) =>
        `Slack no permite a Quartermaster leer ${name}. Pida a su administrador de Slack que vuelva a instalar la aplicación con el permiso files:read; mientras tanto, pegue el texto.`,
    },
    list: {
      empty: (name) => `${name} no tiene códigos. Adjunte un archivo con al menos uno.`,
      noColumn: (name) =>
        `${name} tiene varias columnas y ninguna se titula código ni usuario. Ponga título a la columna de los códigos y adjúntelo de nuevo.`,
      malformed: (name, line) =>
        `${name} no se puede leer: en la línea ${line} hay comillas sin cerrar o dentro de un campo. Corríjalo y adjúntelo de nuevo.`,
    },
    attachList: 'O adjúntela como archivo',
    attachListHint: 'CSV o texto en UTF-8, hasta 2 MB.',
    listNeeded: 'Pegue la lista o adjúntela como archivo.',
    oneList: 'Pegue la lista o adjúntela, no ambas cosas.',
    attached: (n) => `La lista viene de un archivo de ${count(n, 'línea', 'líneas')}. Adjunte el archivo corregido.`,
  },
};
