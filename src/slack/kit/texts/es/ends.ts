/** Assignments for a time. */
export const ends = {
  ends: {
    until: (day: string) => `hasta el ${day}`,
    lasts: 'sin fin',
    assignUntil: 'Hasta',
    assignHint: 'Al terminar ese día la asignación se quita sola; unos días antes se avisa a las personas.',
    assignPast: 'Ese día ya pasó. Elija hoy o un día posterior, o déjelo vacío.',
    placeholder: 'Elija el último día',
    summary: (day: string) =>
      `:hourglass_flowing_sand: Por un tiempo: *hasta el ${day}*. Después la asignación se quita sola.`,
    change: 'Cambiar el fin…',
    title: 'Fin de una asignación',
    of: (name: string, code: string, pack: string) => `*${name}* \`${code}\` en ${pack}`,
    now: (day: string) => `Ahora: hasta el ${day}.`,
    nowNone: 'Ahora: sin fin.',
    lastDay: 'Último día',
    lastDayHint: 'Al terminar ese día la asignación se quita sola. Déjelo vacío si no debe terminar.',
    moved: ':arrows_counterclockwise: Alguien cambió el fin mientras tanto. Así está ahora; elija de nuevo.',
    needsApproval: 'Prolongarlo necesita aprobación aquí. Diga por qué; lo ven quienes aprueban.',
    askIntro: 'Puede solicitar este paquete por más tiempo. Deciden quienes aprueban.',
    why: 'Por qué',
    whyNeeded: 'Diga por qué: lo ven quienes deciden.',
    dayNeeded: 'Elija un día.',
    save: 'Guardar',
    ask: 'Solicitar',
    same: 'Ese ya es el fin. Elija otro día.',
    saved: ':white_check_mark: Se cambió el fin.',
    asked: (id: number) => `:white_check_mark: Solicitud ${id} hecha. Se le avisará de la decisión.`,
    notice: {
      member: (pack: string, day: string) =>
        `:hourglass_flowing_sand: Tiene ${pack} hasta el *${day}*. Después termina solo, y con él el acceso que le da.`,
      assigner: (pack: string, day: string, whom: string) =>
        `:hourglass_flowing_sand: La asignación de ${pack} a ${whom} termina sola después del *${day}*, como usted indicó.`,
      ask: 'Solicitar una prórroga',
      open: 'Abrir el paquete',
    },
  },
};
