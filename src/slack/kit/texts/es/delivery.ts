const ARCHIVED = 'El canal está archivado. Desarchívalo, o elige otro canal.';
const READ_ONLY =
  'Una regla del espacio de trabajo no me deja publicar ahí. Dame permiso en los ajustes de publicación del canal, o elige otro canal.';

export const delivery = {
  delivery: {
    trouble: (channel: string) =>
      `:warning: No he podido publicar en <#${channel}>: lo que tenía que decir ahí no se ha enviado.`,
    problems: {
      is_archived: ARCHIVED,
      channel_is_archived: ARCHIVED,
      not_in_channel: 'No estoy en el canal. Invítame con `/invite @Quartermaster`, o elige otro canal.',
      channel_not_found:
        'El canal ya no existe, o es privado y no estoy en él. Invítame allí con `/invite @Quartermaster`, o elige otro canal.',
      restricted_action: READ_ONLY,
      restricted_action_read_only_channel: READ_ONLY,
      restricted_action_thread_only_channel: READ_ONLY,
      restricted_action_non_threadable_channel: READ_ONLY,
      restricted_action_thread_locked: 'El hilo de ahí está bloqueado. Desbloquéalo, o elige otro canal.',
      ekm_access_denied:
        'Las claves de cifrado de tu organización no lo permiten. Pregunta a quien administra Slack Enterprise Key Management.',
    },
  },
};
