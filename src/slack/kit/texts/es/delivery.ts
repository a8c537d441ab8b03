import type { Wording } from '../texts.ts';

const ARCHIVED = 'El canal está archivado. Desarchívelo, o elija otro canal.';
const READ_ONLY =
  'Una regla del espacio de trabajo no me deja publicar ahí. Deme permiso en los ajustes de publicación del canal, o elija otro canal.';

export const delivery: Pick<Wording, 'delivery'> = {
  delivery: {
    access: {
      changed: 'Su acceso ha cambiado.',
      gained: 'Ahora tiene:',
      altered: 'Ha cambiado:',
      lost: 'Ya no tiene:',
      entry: (permission, after, before) =>
        after && before
          ? `• *${permission}*: ${after} (antes ${before})`
          : `• *${permission}*${after ? `: ${after}` : ''}`,
      more: (n) => `… y ${n} más`,
      works: 'Funciona',
      blocked: 'Sigo sin acceso',
      thanks: ':white_check_mark: Gracias. Me alegro.',
      sorry: 'Lo siento. Su acceso está así:',
      passedOn:
        'Se ha avisado a quien puede ayudar. Si aún no ha cerrado la sesión y vuelto a entrar, pruebe eso primero.',
      stillBlocked: (slackUserId) => `<@${slackUserId}> sigue sin poder entrar después de un cambio de su acceso.`,
    },
    gone: 'Este mensaje es demasiado antiguo para contestarlo, o no es sobre usted.',
    trouble: (channel) =>
      `:warning: No he podido publicar en <#${channel}>: lo que tenía que decir ahí no se ha enviado.`,
    problems: {
      is_archived: ARCHIVED,
      channel_is_archived: ARCHIVED,
      not_in_channel: 'No estoy en el canal. Invíteme con `/invite @Quartermaster`, o elija otro canal.',
      channel_not_found:
        'El canal ya no existe, o es privado y no estoy en él. Invíteme allí con `/invite @Quartermaster`, o elija otro canal.',
      restricted_action: READ_ONLY,
      restricted_action_read_only_channel: READ_ONLY,
      restricted_action_thread_only_channel: READ_ONLY,
      restricted_action_non_threadable_channel: READ_ONLY,
      restricted_action_thread_locked: 'El hilo de ahí está bloqueado. Desbloquéelo, o elija otro canal.',
      ekm_access_denied:
        'Las claves de cifrado de su organización no lo permiten. Pregunte a quien administra Slack Enterprise Key Management.',
    },
  },
};
