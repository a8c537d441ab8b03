/** While somebody is away: handing over the say in approvals. */
export const away = {
  away: {
    title: 'Mientras no estoy',
    intro:
      'Mientras no está, otra persona puede decidir solicitudes en su lugar: donde usted podría, y en ningún otro sitio. No puede pasarlo a otra.',
    mine: 'Quién decide por mí',
    none: 'Nadie: decide usted.',
    held: 'Por quién decido',
    heldNone: 'Solo por usted.',
    everybody: 'De toda la organización',
    everybodyNone: 'Nadie ha delegado nada.',
    to: (name: string, from: string, until: string) => `*${name}*\n${from} – ${until}`,
    between: (principal: string, name: string, from: string, until: string) =>
      `*${name}* por *${principal}*\n${from} – ${until}`,
    now: ':large_green_circle: en curso',
    later: ':hourglass_flowing_sand: más adelante',
    reason: (reason: string) => `«${reason}»`,
    more: (n: number) => `y ${n} más`,
    add: 'Delegar…',
    end: 'Terminar',
    endConfirm: (principal: string) => `Entonces vuelve a decidir ${principal}.`,
    yourself: 'usted',
    ended: ':white_check_mark: Terminado.',
    saved: (name: string) => `:white_check_mark: ${name} puede decidir en su lugar esos días, y se le avisa.`,
    told: {
      begun: (name: string, from: string, until: string, command: string) =>
        `:wave: *${name}* está fuera y le deja decidir en las aprobaciones, desde el ${from} hasta el ${until}: donde podría decidir ${name}, puede usted. Le llegan los mensajes de esas solicitudes; \`${command}\` las muestra.`,
      ended: (name: string) => `:wave: *${name}* ha vuelto: usted ya no decide en las aprobaciones en su lugar.`,
    },
    formTitle: 'Delegar',
    save: 'Delegar',
    person: 'En quién',
    personPlaceholder: 'Elija a una persona',
    personNeeded: 'Elija a una persona.',
    from: 'Primer día',
    until: 'Último día',
    dayNeeded: 'Elija un día.',
    dayPlaceholder: 'Elija un día',
    untilHint: (days: number, timeZone: string) =>
      `Como mucho ${days} días. Los días empiezan y terminan en ${timeZone}.`,
    why: 'Por qué',
    whyHint: 'Lo ven esa persona y quienes administran.',
    errors: {
      self: 'Por usted ya decide usted. Elija a otra persona.',
      past: 'Ese día ya pasó. Elija hoy o un día posterior.',
      order: 'El último día es anterior al primero. Elija uno posterior.',
      too_long: 'Elija un tiempo de 90 días como mucho. Después puede delegar otra vez.',
      overlap: 'Ya ha delegado para algunos de esos días. Termine eso antes, o elija otros días.',
    },
  },
};
