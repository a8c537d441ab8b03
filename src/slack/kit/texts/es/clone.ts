import type { Wording } from '../texts.ts';
import { permissions } from './counts.ts';

/** Copying a package. */
export const clone: Pick<Wording, 'clone'> = {
  clone: {
    button: 'Clonar',
    title: 'Clonar paquete',
    submit: 'Clonar',
    copyOf: (name) => `Copia de ${name}`,
    copies: (n) =>
      `La copia recibe ${n === 0 ? 'ningún permiso' : `${permissions(n)}, con valores y estructuras`}, y las estructuras de referencia. Los miembros no se copian.`,
    leftOut: (names, more) =>
      `:warning: Quedan fuera, porque están retirados: ${names}${more > 0 ? ` y ${more} más` : ''}.`,
    narrowed: (names, more) =>
      `:warning: Se copian sin las estructuras retiradas: ${names}${more > 0 ? ` y ${more} más` : ''}.`,
    structures: (codes, more) =>
      `:warning: Estructuras de referencia que quedan fuera, porque están retiradas: ${codes}${more > 0 ? ` y ${more} más` : ''}.`,
    done: (number, from, n) =>
      `:white_check_mark: package:${number} es una copia de package:${from}, con ${permissions(n)} y sin miembros.`,
    assign: 'Asígnelo con *Añadir usuario*.',
  },
};
