import type { Wording } from '../texts.ts';
import { count, people, permissions } from './counts.ts';

/** Sync and undo. */
export const sync: Pick<Wording, 'sync' | 'undo'> = {
  sync: {
    title: 'Sincronizar',
    button: 'Sincronizar',
    buttonAll: 'Sincronizar miembros',
    buttonPerson: 'Sincronizar a esta persona',
    review: 'Revisar',
    reviewTitle: 'Revisar',
    confirm: 'Sincronizar',
    back: '‹ Volver a la lista',
    sync: 'Sincronizar',
    skip: 'Omitir',
    continued: ':leftwards_arrow_with_hook: Continúa con lo que dejó elegido aquí. *Por defecto* empieza de nuevo.',
    tally: (chosen, skipped, others) =>
      `*${chosen.toLocaleString('es')}* para sincronizar · *${skipped.toLocaleString('es')}* ${skipped === 1 ? 'omitido' : 'omitidos'} · *${others.toLocaleString('es')}* ${others === 1 ? 'no lo necesita o no se puede' : 'no lo necesitan o no se pueden'} sincronizar`,
    everyStatus: 'Todos los estados',
    driftOnly: 'Difiere del paquete',
    changedOnly: 'Cambiado desde que miró',
    statusCount: (status, cells) => `${status} (${cells.toLocaleString('es')})`,
    controls: {
      defaults: 'Por defecto',
      eligible: 'Todos los posibles',
      divergent: 'Todos los divergentes',
      none: 'Ninguno',
      filter: 'Solo lo que muestra el filtro',
    },
    exceptions: (n) => `${count(n, 'fila decidida', 'filas decididas')} una a una.`,
    nobody: 'Aquí no hay nadie que sincronizar.',
    plan: {
      written: (cells, n) =>
        `:arrows_counterclockwise: ${permissions(cells)} de ${people(n)} ${cells === 1 ? 'quedará' : 'quedarán'} como dice el paquete:`,
      gain: (n) => `• acceso ganado: *${n.toLocaleString('es')}*`,
      up: (n) => `• un nivel más alto: *${n.toLocaleString('es')}*`,
      down: (n) => `• un nivel más bajo: *${n.toLocaleString('es')}*`,
      scope: (n) => `• otras estructuras: *${n.toLocaleString('es')}*`,
      same: (n) => `• el mismo acceso, solo cambia la fuente: *${n.toLocaleString('es')}*`,
      owners: (n) =>
        `:bust_in_silhouette: El paquete pasa a ser la fuente de ${permissions(n)} que ${n === 1 ? 'venía' : 'venían'} de otro sitio.`,
      skipped: (n) =>
        `${permissions(n)} ${n === 1 ? 'omitido: se acepta como está' : 'omitidos: se aceptan como están'}, hasta que cambie el paquete o el acceso de la persona.`,
      nothing: 'No hay nada elegido para sincronizar.',
    },
    moved:
      ':arrows_counterclockwise: Algo cambió desde que miró, y no se sincronizó nada. Esta es la situación ahora; el resto de lo elegido se conserva. Compruébelo y confirme de nuevo.',
    movedRows: 'Cambiado entretanto, de nuevo con la opción por defecto:',
    movedMore: (n) => `y ${n.toLocaleString('es')} más: la lista puede mostrar lo cambiado desde que miró.`,
    movedUnseen:
      'No se sincronizó nada: algo cambió desde que miró, y cerró la ventana. Lo elegido se conserva; abra Sincronizar de nuevo.',
    doneTitle: 'Sincronizado',
    doing: (n, pack) => `Sincronización de ${people(n)} con ${pack}`,
    done: (cells, n, pack) =>
      `:white_check_mark: ${permissions(cells)} de ${people(n)} ${cells === 1 ? 'está' : 'están'} como dice ${pack}`,
  },
  undo: {
    title: 'Deshacer',
    intro: (hours) => `Lo que puede deshacer, de las últimas ${hours} horas. Deshacer también queda registrado.`,
    nothing: 'No hay nada reciente que pueda deshacer.',
    button: 'Deshacer…',
    row: (what, about, whom, by, when) =>
      `*${what}*${about ? ` · ${about}` : ''}${whom ? ` · ${whom}` : ''}\n${by ? `por ${by}, ` : ''}${when}`,
    reviewTitle: 'Revisar',
    doing: (n, what) => `Deshacer «${what}» de ${people(n)}`,
    confirm: 'Deshacer',
    back: '‹ Volver a la lista',
    rows: (n) => `:leftwards_arrow_with_hook: ${permissions(n)} ${n === 1 ? 'quedará' : 'quedarán'} como antes.`,
    memberships: (n) => `:busts_in_silhouette: ${count(n, 'asignación quedará', 'asignaciones quedarán')} como antes.`,
    package: 'El paquete quedará como antes, salvo que haya cambiado desde entonces.',
    changed: (n) =>
      `:warning: ${permissions(n)} ${n === 1 ? 'ha cambiado desde entonces y queda' : 'han cambiado desde entonces y quedan'} como ahora. Se deshace el resto.`,
    left: (n) =>
      `:wave: ${people(n)} ya no ${n === 1 ? 'está' : 'están'}, y no ${n === 1 ? 'recupera' : 'recuperan'} nada. Lo que aún ${n === 1 ? 'tenga' : 'tengan'} se puede quitar desde su ficha:`,
    leftRow: (person, code, when) => `• ${person} \`${code}\`, se fue el ${when}`,
    changedRow: (person, code, permission, by, when) =>
      `• ${person} \`${code}\` · ${permission}${by ? `, por ${by}` : ''}${when ? `, ${when}` : ''}`,
    more: (n) => `y ${n.toLocaleString('es')} más.`,
    moved: ':arrows_counterclockwise: Algo cambió desde que miró; esta es la situación ahora. Confirme de nuevo.',
    movedUnseen: 'No se deshizo nada: algo cambió desde que miró, y cerró la ventana. Vuelva a empezar.',
    done: (cells, n) =>
      `:white_check_mark: Deshecho. ${permissions(cells)} y ${count(n, 'asignación están', 'asignaciones están')} como antes.`,
    donePackage: ':white_check_mark: Deshecho. El paquete está como antes.',
    doneChanged: (n) =>
      `${permissions(n)} ${n === 1 ? 'había cambiado desde entonces y quedó' : 'habían cambiado desde entonces y quedaron'} como ahora.`,
    doneLeft: (n) =>
      `${people(n)} ya no ${n === 1 ? 'estaba' : 'estaban'}, y no ${n === 1 ? 'recuperó' : 'recuperaron'} nada.`,
    kinds: {
      assign_package: 'Asignado',
      unassign_package: 'Asignaciones quitadas',
      sync_package: 'Sincronizado',
      grant_permission: 'Puesto a mano',
      remove_permission: 'Permiso quitado del paquete',
      add_permission: 'Permiso añadido al paquete',
      change_permission: 'Permiso del paquete cambiado',
      create_package: 'Paquete creado',
      clone_package: 'Paquete clonado',
      edit_package: 'Paquete editado',
      enable_package: 'Paquete activado',
      disable_package: 'Paquete desactivado',
    },
  },
};
