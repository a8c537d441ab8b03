import type { Wording } from '../texts.ts';

/** Why somebody can, or cannot, use an application. */
export const explain: Pick<Wording, 'explain'> = {
  explain: {
    title: 'Por qué',
    button: '¿Por qué?',
    back: '‹ Volver',
    full: 'Hay tres ventanas abiertas y Slack no abre más: vuelva o cierre esta para cambiar algo.',
    verdicts: {
      founder: ':white_check_mark: Un fundador tiene acceso completo a todo.',
      open: (application, source) =>
        `:white_check_mark: Puede abrir *${application}*${source ? `: su permiso MAIN viene de ${source}` : ''}.`,
      mainMissing: (application, main) =>
        `:no_entry: No puede abrir *${application}*: falta *${main}* \`MAIN\`. Lo demás que tenga en ella no sirve hasta entonces.`,
      nothing: (application) => `:no_entry: No tiene acceso a *${application}*.`,
    },
    session: (at) =>
      `Último cambio: ${at}. Quien entró antes debe cerrar la sesión de la aplicación y volver a entrar.`,
    sessionUnknown:
      'Si un paquete, perfil o regla cambió desde que la persona entró, debe cerrar la sesión de la aplicación y volver a entrar.',
    points: {
      denied: 'Se *desactivó a mano*. Hasta que se active, nada lo da: ningún paquete, perfil ni regla.',
      suspended: (pack) => `${pack} está *desactivado*: el acceso que daba está suspendido. Active el paquete.`,
      packageDisabled: (pack) =>
        `${pack} lo tiene, pero está *desactivado*. Active el paquete y sincronice a la persona.`,
      divergent: (pack, value) => `${pack} dice ${value}. Sincronice para igualar a la persona.`,
      notGiven: (pack, value) => `${pack} dice ${value}, pero no se da desde ahí. Sincronice para darlo.`,
      former: (pack) => `${pack} lo tiene, pero *se retiró* de esta persona. Reasígnelo.`,
      removed: (pack) => `Se *retiró de* ${pack}. Devuélvalo allí, o concédalo a mano.`,
      noSource: (packages) =>
        packages
          ? `Nada lo da. Está en ${packages}: asigne un paquete, o concédalo a mano.`
          : 'Nada lo da, y ningún paquete activo lo tiene. Concédalo a mano, o añádalo a un paquete.',
    },
    fixes: {
      sync: 'Sincronizar',
      assign: (number) => `Asignar package:${number}`,
      open: (number) => `Abrir package:${number}`,
    },
    missing: '*Sin conceder:*',
    missingRow: (permission, packages) => (packages ? `• ${permission} — está en ${packages}` : `• ${permission}`),
  },
};
