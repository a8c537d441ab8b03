import type { Wording } from '../texts.ts';
import { permissions } from './counts.ts';

/** Several things for one person at once: several packages, or all that another person has. */
export const personPlan: Pick<Wording, 'personPlan'> = {
  personPlan: {
    packagesTitle: 'Asignar paquetes',
    likeTitle: 'Igualar a otra persona',
    packagesButton: 'Asignar paquetes',
    likeButton: 'Igualar a…',
    model: 'A quién',
    modelNeeded: 'Elija a otra persona.',
    packages: 'Paquetes',
    packagesNeeded: 'Elija al menos un paquete.',
    next: 'Siguiente',
    confirm: 'Confirmar',
    like: (person, model) => `${person}\nha de ser como ${model}`,
    nothing: 'No hay nada que dar ni que quitar: los paquetes y las concesiones manuales son los mismos.',
    moved: ':warning: Algo cambió desde que miró. Así está ahora; confirme de nuevo, por favor.',
    movedUnseen: 'No se hizo nada: algo cambió desde que miró. Empiece de nuevo, por favor.',
    steps: {
      assign: (pack) => `:heavy_plus_sign: Asignar ${pack}`,
      unassign: (pack) => `:heavy_minus_sign: Retirar la asignación de ${pack}`,
      grant: (permission, value) => `:heavy_plus_sign: Poner *${permission}* en ${value} a mano`,
      disable: (permission) => `:heavy_minus_sign: Desactivar *${permission}* a mano`,
    },
    does: {
      assign: (n) => `_escribe ${permissions(n)}_`,
      unassign: (n) => `_quita ${permissions(n)}_`,
      grant: () => '_lo pone_',
      disable: () => '_lo desactiva_',
    },
    conflicts: (n) => `_${permissions(n)} que la persona tiene por otra vía_`,
    decisions: { do: 'Hacerlo', package: 'Asignar, Mantener paquete', leave: 'Dejarlo' },
    assignOriginal: 'Asignar, Mantener original',
    differences: 'Seguirá siendo distinto',
    differencesIntro: (person, model) => `Lo que puede hacer ${person}, y lo que puede hacer ${model}`,
    difference: (permission, own, other) => `• ${permission}: ${own} — ${other}`,
    alike: (person, model) =>
      `:white_check_mark: Después ${person} podrá hacer exactamente lo que puede hacer ${model}.`,
    more: (n) => `y ${n} más`,
    ask: {
      needs: (asked, all) => {
        const which =
          asked === 1
            ? 'Este paso necesita aprobación'
            : `Estos ${asked}${asked === all ? '' : ` de ${all}`} pasos necesitan aprobación, cada uno por su cuenta`;
        const rest = asked === all ? 'Todavía' : 'Lo demás se hace en cuanto la pida; todavía';
        return `:lock: ${which}. ${rest} no se ha hecho nada.`;
      },
      done: (name, ids) =>
        `:hourglass_flowing_sand: Para ${name} pidió ${ids.length === 1 ? `un paso: solicitud ${ids[0]}` : `${ids.length} pasos: solicitudes ${ids.join(', ')}`}. Se le avisa de cada decisión; \`requests\` muestra cómo van.`,
    },
    done: (name, n) => `:white_check_mark: Hecho para ${name}: ${n === 1 ? 'un paso' : `${n} pasos`}.`,
  },
};
