import type { Wording } from '../texts.ts';
import { count, people } from './counts.ts';

/** What is said when something could not be done. */
export const errors: Pick<Wording, 'errors'> = {
  errors: {
    title: 'Lo sentimos',
    guest:
      'Quartermaster es para miembros de la organización. Los invitados no pueden usarlo; pregunte a quien le invitó.',
    stranger: 'Quartermaster responde solo a los miembros de su propio espacio de trabajo. Pregunte en el suyo.',
    notInOrganization: (founders) =>
      `Todavía no está en el directorio de la organización${founders ? `. Pida a ${founders} que le añada` : ''}.`,
    not_allowed: (needs) => `Esto necesita el derecho de ${needs}, que usted no tiene.`,
    package_not_found: (wanted) => `No hay ningún paquete «${wanted}». Vea los que hay con \`list\`.`,
    package_disabled: (number, name) => `package:${number} ${name} está desactivado. Actívelo antes de asignarlo.`,
    user_not_found: (wanted) => `Aquí no hay nadie «${wanted}». Use un código personal o mencione a alguien con @.`,
    permission_not_found: 'Este permiso ya no está en el catálogo. Elija otro.',
    permission_already_in_package: (permission, number) =>
      `${permission} ya está en package:${number}. Elija otro permiso.`,
    invalid_value: (value, levels) => `«${value}» no es uno de los valores: ${levels}.`,
    invalid_parameter: (codes) => `No hay ninguna estructura ${codes}. Elija de la lista.`,
    parameter_not_taken: 'Este permiso no admite estructuras.',
    application_not_found: 'Esta aplicación ya no está en el catálogo. Elija otra.',
    founder_untouchable: (user) => `${user}: Los fundadores tienen acceso completo; no se escribe nada para ellos.`,
    nothing_to_enable: (permission) => `No hay nada de ${permission} que activar. Ponga un valor.`,
    assignment_not_found: (user, number) => `${user} no tiene ninguna asignación de package:${number}.`,
    nobody_chosen: 'No se eligió a nadie. Elija al menos una persona.',
    nothing_chosen: 'No hay nada elegido. Elija al menos uno.',
    permission_not_in_package: (permission, number) =>
      `${permission} ya no está en package:${number}. Vuelva a mirar el paquete.`,
    plan_changed: 'Algo ha cambiado desde que miró. Vuelva a mirar y confirme.',
    nothing_changed: 'Ya es así; no se cambió nada.',
    organization_exists: (name) => `${name} ya está configurada.`,
    operation_not_found: (id) => `Aquí no hay ninguna operación ${id}. Vea las últimas con \`undo\`.`,
    not_undoable: 'Esto no se puede deshacer. Haga lo contrario.',
    undo_expired: (hours) =>
      `Es demasiado tarde: una operación se puede deshacer durante ${hours} horas. Haga lo contrario.`,
    nothing_to_undo: 'No queda nada que deshacer: todo lo que escribió la operación ha cambiado desde entonces.',
    application_unknown: (wanted) =>
      `No hay ninguna aplicación «${wanted}». Use su clave, su nombre o una parte del nombre.`,
    several_applications: (wanted, choices) =>
      `Varias aplicaciones coinciden con «${wanted}»: ${choices}. Use la clave.`,
    last_administrator:
      'Así no quedaría nadie con cuenta de Slack que pueda administrar la organización. Dé antes ese derecho a otra persona.',
    founders_only: 'Solo un fundador puede hacer esto.',
    last_founder: 'Una organización necesita un fundador. Nombre antes a otro.',
    not_reachable: (user) =>
      `${user} se ha ido o no tiene cuenta de Slack vinculada, y no podría actuar como fundador. Elija a otra persona.`,
    unknown_time_zone: (timeZone) => `No existe la zona horaria «${timeZone}». Elija una de la lista.`,
    draft_lost: 'Esta ventana es demasiado antigua para seguir. Empiece de nuevo.',
    usage: (usage) => `Escriba \`${usage}\`.`,
    several: (wanted, choices) => `Varios paquetes coinciden con «${wanted}»: ${choices}. Use el número.`,
    tooLate: 'Se tardó demasiado para que Slack abriera una ventana. Inténtelo de nuevo.',
    busy: 'Slack nos pide ir más despacio. Vuelva a intentarlo en un momento.',
    unexpected: (reference) =>
      `Algo ha fallado por nuestra parte y nada quedó a medias. Inténtelo de nuevo; si se repite, dé esta referencia a su administrador: \`${reference}\`.`,

    person_left: (user) => `${user} ya no está. A quien se fue no se le da nada; marque antes que ha vuelto.`,
    person_not_left: (user) => `${user} no se ha ido. Marque antes que se fue.`,
    code_taken: (code, user) => `El código ${code} es de ${user}. Elija otro.`,
    unknown_structure: (code) => `No hay ninguna estructura ${code}. Elija una de la lista.`,
    slack_account_taken: (code, user) =>
      `Esta cuenta de Slack es de ${user} (${code}). Desvincúlela allí primero, o elija otra.`,
    founder_keeps_access: (user) =>
      `${user} es fundador, y un fundador siempre tiene acceso completo. Nombre antes a otro fundador; después quite el acceso.`,
    rights_missing: (needs) => `Esto necesita derechos que usted no tiene: ${needs}.`,
    permission_retired: (permission) =>
      `${permission} está retirado y ya no se ofrece a nadie. Recupérelo primero en el catálogo.`,
    application_retired: (application) =>
      `${application} está retirada y ya no se ofrece a nadie. Recupérela primero en el catálogo.`,
    structure_retired: (codes, n) =>
      n === 1
        ? `${codes} está retirada. Déjela fuera, o recupérela primero en el catálogo.`
        : `${codes} están retiradas. Déjelas fuera, o recupérelas primero en el catálogo.`,
    structure_not_found: 'Esta estructura ya no existe. Elija otra.',
    structure_cycle: (structure, parent) =>
      `${parent} es la propia ${structure} o está por debajo de ella. Elija una que no lo esté.`,
    key_taken: (key, retired) =>
      retired
        ? `Ya hubo un elemento \`${key}\` y está retirado: recupérelo, o elija otro texto.`
        : `Ya hay un elemento \`${key}\`. Elija otro texto.`,
    invalid_entry: {
      key: 'Use como máximo 100 caracteres, en una línea, sin comas y sin espacios en los extremos.',
      name: 'Dé un nombre, de 300 caracteres como máximo.',
      levels: 'Escriba al menos un valor, uno por línea, cada uno una sola vez, de 100 caracteres como máximo.',
    },
    in_use: (what, uses) => `${what} está en uso: ${uses}. Cámbielo primero.`,
    profile_not_found: 'Este perfil ya no está. Con `profiles` ve los que hay.',
    rule_not_found: 'Esta regla ya no está. Con `rules` ve las que hay.',
    group_not_found: 'Este grupo ya no está. Con `rules groups` ve los que hay.',
    name_taken: (name) => `El nombre «${name}» ya está en uso. Elija otro.`,
    group_code_taken: (code) => `El código «${code}» ya está en uso. Elija otro.`,
    invalid_code: (code) => `«${code}» no puede ser un código: sin comas, sin espacios en los extremos, y no *.`,
    application_simple: (application) =>
      `${application} tiene un solo permiso (modo de aplicación simple), así que no tiene perfiles. Delo por paquete, por regla o a mano.`,
    permission_of_other_application: (permission, application) =>
      `${permission} no es de ${application}: un perfil tiene permisos de una sola aplicación.`,
    permission_not_in_profile: (permission, profile) =>
      `${permission} ya no está en el perfil ${profile}. Vuelva a mirar el perfil.`,
    group_in_use: (group, rules) =>
      `El grupo ${group} no se puede eliminar mientras una regla sea para él: ${rules}. Elimínela o cámbiela antes.`,
    group_follows_slack: (group) =>
      `Los miembros de ${group} vienen de un grupo de usuarios de Slack. Separe el grupo para cambiarlos a mano.`,
    approval_needed:
      'Esto necesita aprobación aquí, así que no se hizo nada. Hágalo por separado, en su propia pantalla: allí se le pregunta el motivo.',
    reason_needed: 'Dé un motivo: quienes deciden lo ven.',
    request_not_found: (id) => `No hay ninguna solicitud ${id} aquí.`,
    request_not_pending: (id, state) => `No se cambió nada. Así está la solicitud ${id}: ${state}.`,
    request_moved: (id) =>
      `Lo que haría la solicitud ${id} ha cambiado desde que la vio, así que no se decidió nada. Vuelva a mirarla.`,
    own_request: 'Esto lo pidió usted: tiene que decidir otra persona.',
    not_an_approver: (id) => `Usted no está entre quienes deciden sobre la solicitud ${id} en esta fase.`,
    already_decided: (id) => `Su decisión sobre la solicitud ${id} ya se ha contado.`,
    too_few_approvers: (needed, available) =>
      `Esto necesita ${count(needed, 'aprobación', 'aprobaciones')}, y ${available === 0 ? 'nadie puede' : available === 1 ? 'solo 1 persona puede' : `solo ${people(available)} pueden`} ${needed === 1 ? 'darla' : 'darlas'}: cuentan quienes tienen cuenta de Slack vinculada y siguen aquí, y nunca quien lo pide. Quien administra puede nombrar a más personas, o pedir menos aprobaciones.`,
    not_requestable: 'Esto no se puede pedir.',
    policy_not_found: 'Esa política ya no existe. No se cambió nada.',
    delegation_not_found: 'Esa delegación ya ha terminado.',
    end_in_the_past: 'Ese día ya pasó. Elija hoy o un día posterior, o ninguno.',
    invalid_until: 'Elija un día a partir de hoy, como mucho dentro de un año.',
  },
};
