import type { Wording } from '../texts.ts';
import { people } from './counts.ts';

/** La segunda confirmación de lo que quita acceso a muchos. */
export const brake: Pick<Wording, 'brake'> = {
  brake: {
    title: 'Segunda confirmación',
    about: (what) => `Está a punto de ${what}.`,
    takes: ({ people: n, members, share }, percent) =>
      `:warning: *Esto quita acceso a ${n.toLocaleString('es')} de los ${members.toLocaleString('es')} miembros* del paquete (${percent} %). Su organización quiere que se confirme dos veces lo que quita acceso a más del ${share} %.`,
    sure: '¿Lo confirma?',
    yes: (n) => `Sí, quitar acceso a ${people(n)}`,
    tick: 'Márquelo para confirmar, o cancele.',
    confirm: 'Confirmar',
    done: 'Hecho',
    held: ({ people: n, members }) =>
      `Esto quitaría acceso a ${n.toLocaleString('es')} de los ${members.toLocaleString('es')} miembros del paquete, y no se confirmó por segunda vez. No se cambió nada: empiece de nuevo y confírmelo dos veces.`,
    share: 'Segunda confirmación por encima de (% de miembros)',
    shareHint:
      'Lo que quita acceso a más de esta parte de los miembros de un paquete, y al menos a cinco personas, se confirma dos veces. 100: nunca.',
    shareInvalid: 'Escriba un número entero de 1 a 100.',
  },
};
