import type { Wording } from '../texts.ts';
import { people, permissions } from './counts.ts';

/** Desviaciones: lo que difiere de los paquetes, dónde se avisa y qué se hace. */
export const drift: Pick<Wording, 'drift'> = {
  drift: {
    title: 'Desviaciones',
    button: 'Desviaciones',
    filter: 'Buscar un paquete por número o nombre',
    none: ':white_check_mark: No hay desviaciones. Lo aceptado no cuenta.',
    scanned: (when) =>
      `Última revisión completa: ${when}. Entre una y otra se comprueba al momento lo que cambia cada operación.`,
    neverScanned: ':hourglass_flowing_sand: La primera revisión completa está en curso. Vuelva a mirar en un momento.',
    scanNow: 'Revisar ahora',
    scanning: ':mag: Se está revisando todo. Esta lista estará al día en un momento.',
    row: (pack, cells, n) => `${pack}\n:warning: ${permissions(cells)} de ${people(n)}`,
    details: 'Detalles',
    total: (cells, n) =>
      `:warning: *${permissions(cells)}* de *${people(n)}* ${cells === 1 ? 'difiere' : 'difieren'} del paquete.`,
    counted: (what, kinds) => `*${what}*\n${kinds}`,
    kind: (status, cells) => `${status}: ${cells.toLocaleString('es')}`,
    trend: (bars, days, from, to) =>
      `\`${bars}\` últimos ${days} días: de ${from.toLocaleString('es')} a ${to.toLocaleString('es')}`,
    common: (n, members, what, has, wanted) =>
      `:bulb: *${n.toLocaleString('es')} de ${people(members)}* tienen ${what} como ${has}, donde el paquete dice ${wanted}. Quizá lo que deba cambiar sea el paquete.`,
    commonDisabled: (n, members, what) =>
      `:bulb: ${what} está desactivado a mano para *${n.toLocaleString('es')} de ${people(members)}*. Quizá el paquete deba prescindir de él.`,
    change: 'Cambiar el permiso…',
    remove: 'Quitar el permiso…',
    review: 'Revisar',
    toList: '‹ Desviaciones',
    channels: {
      organization: (channel) => `Se anuncian en ${channel}, salvo que un paquete tenga su propio canal.`,
      noOrganization: 'No se anuncian en ningún sitio: no hay canal. Un paquete puede tener el suyo.',
      own: (channel) => `Se anuncian en ${channel}, el canal propio del paquete.`,
      inherited: (channel) => `Se anuncian en ${channel}, el canal de la organización.`,
      nowhere: 'No se anuncian en ningún sitio: ni el paquete ni la organización tienen canal.',
      set: 'Canal…',
      title: 'Dónde se anuncian',
      label: 'Canal',
      placeholder: 'Elija un canal',
      hintOrganization:
        'Un mensaje por día y paquete, que se mantiene al día. Invite antes a Quartermaster al canal. Vacío: no se anuncian en ningún sitio.',
      hintPackage: 'Solo para este paquete. Invite antes a Quartermaster al canal. Vacío: el canal de la organización.',
      saved: ':white_check_mark: Guardado. Desde el próximo cambio, las desviaciones se anuncian ahí.',
    },
    accept: {
      button: 'Aceptar hasta…',
      title: 'Aceptar desviaciones',
      about: (cells, n) =>
        `*${permissions(cells)}* de *${people(n)}* ${cells === 1 ? 'queda como está y no es' : 'quedan como están y no son'} noticia hasta que pase el día, o hasta que cambie el paquete o el acceso de la persona.`,
      until: 'Hasta el día, incluido',
      untilHint: 'Como mucho dentro de un año.',
      day: 'Elija un día',
      reason: 'Motivo',
      reasonHint: 'Queda en el registro de auditoría.',
      confirm: 'Aceptar',
      done: (cells, n, day) => `:white_check_mark: Aceptado hasta el ${day}: ${permissions(cells)} de ${people(n)}.`,
      nothing: ':white_check_mark: Ya nada se desvía de este paquete.',
      moved:
        'Algo cambió desde que miró, y no se aceptó nada. Esta es la situación ahora; compruébelo y confirme de nuevo.',
    },
    snooze: {
      placeholder: 'Posponer…',
      day: 'Un día',
      week: 'Una semana',
      done: (pack, when) =>
        `:zzz: Las desviaciones de ${pack} se anuncian de nuevo desde el ${when}, con lo que ocurra hasta entonces.`,
    },
    wake: {
      button: 'Avisar de nuevo',
      done: ':white_check_mark: Las desviaciones se avisan de nuevo, con lo que ocurrió entretanto.',
    },
    sync: {
      button: 'Sincronizar',
      title: '¿Sincronizar a los miembros?',
      text: 'Lo que falta, o cambió desde que lo dio el paquete, queda como dice el paquete. Lo que alguien decidió de otro modo (a mano, un perfil, una regla, otro paquete) se queda y cuenta como aceptado.',
      confirm: 'Sincronizar',
      deny: 'Ahora no',
      review: (pack) =>
        `Sincronizar ${pack} pide más que un clic: aprobación, o una segunda confirmación. Pulse *Revisar* y confírmelo ahí.`,
      nothing: (pack) =>
        `Nada de ${pack} se sincroniza por defecto: lo que difiere lo decidió alguien. *Revisar* lo muestra.`,
    },
    digest: {
      summary: (pack, appeared, changed, resolved) =>
        `Desviaciones de ${pack}. Nuevas: ${appeared.toLocaleString('es')}, cambiadas: ${changed.toLocaleString('es')}, resueltas: ${resolved.toLocaleString('es')}`,
      title: (pack, day) => `${pack} · desviaciones del ${day}`,
      appeared: (cells, n) => `:small_red_triangle: *Nuevas:* ${permissions(cells)} de ${people(n)}`,
      changed: (cells, n) => `:arrows_counterclockwise: *Cambiadas:* ${permissions(cells)} de ${people(n)}`,
      resolved: (cells, n) => `:white_check_mark: *Resueltas o aceptadas:* ${permissions(cells)} de ${people(n)}`,
      settled: ':white_check_mark: Lo que cambió hoy está como antes.',
      rest: (cells, n) =>
        `En total: ${permissions(cells)} de ${people(n)} ${cells === 1 ? 'difiere' : 'difieren'} del paquete.`,
      allInLine: 'Ya no quedan desviaciones. Lo aceptado no cuenta.',
      snoozed: (when) => `:zzz: Pospuestas hasta el ${when}.`,
      line: (mark, person, code, what) => `${mark} ${person} \`${code}\` · ${what}`,
      now: (what, status) => `${what}: ${status}`,
      more: (n) => `y ${n.toLocaleString('es')} más. *Revisar* lo muestra todo.`,
    },
  },
};
