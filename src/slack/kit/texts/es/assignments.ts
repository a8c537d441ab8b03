import type { Wording } from '../texts.ts';
import { count, people, permissions } from './counts.ts';

/** Assigning packages, and removing assignments. */
export const assignments: Pick<Wording, 'assign' | 'remove'> = {
  assign: {
    title: 'Asignar un paquete',
    package: 'Paquete',
    packagePlaceholder: 'Buscar por número o nombre',
    people: 'Personas',
    peoplePlaceholder: 'Buscar por código, nombre o correo',
    pasted: 'O pegue códigos personales',
    pastedHint:
      'Separados por comas, espacios o líneas. Los códigos que no son de nadie se señalan antes de hacer nada.',
    next: 'Comprobar',
    preflight: 'Comprobación',
    unknownCodes: (codes, more) =>
      `Nadie tiene el código ${codes}${more > 0 ? ` ni otros ${more}` : ''}. Corríjalo o quítelo; los demás están bien.`,
    nobody: 'Elija al menos una persona, de cualquiera de estas formas.',
    tooMany: (max) => `Como mucho ${max.toLocaleString('es')} personas a la vez.`,
    summary: {
      joining: (n) => `:busts_in_silhouette: ${people(n)} ${n === 1 ? 'recibe' : 'reciben'} el paquete`,
      returning: (n) =>
        `:arrows_counterclockwise: ${people(n)} ${n === 1 ? 'lo tuvo y lo recupera' : 'lo tuvieron y lo recuperan'}`,
      already: (n) =>
        `:white_check_mark: ${people(n)} ${n === 1 ? 'ya lo tiene y se deja como está' : 'ya lo tienen y se dejan como están'}`,
      founders: (n) =>
        `:shield: ${n} de ellas ${n === 1 ? 'es fundadora' : 'son fundadoras'}: se registra la pertenencia y no se escribe nada`,
      written: (n) => `:unlock: ${permissions(n)} se ${n === 1 ? 'concederá' : 'concederán'} enseguida`,
      conflicts: (n) =>
        `:warning: *${count(n, 'conflicto', 'conflictos')}* con lo que las personas tienen de otra fuente`,
    },
    nothingToDo: 'Todas las personas elegidas tienen ya este paquete. No cambiaría nada.',
    conflictsIntro:
      '*Mantener paquete* alinea el permiso: pasa a ser del paquete. *Mantener original* lo deja como está y omite ese permiso.',
    keepPackage: 'Mantener paquete',
    keepOriginal: 'Mantener original',
    forAll: 'Para todos los conflictos',
    allOriginal: 'Mantener original',
    allPackage: 'Mantener paquete',
    mixed: (exceptions) => `${count(exceptions, 'conflicto se decide', 'conflictos se deciden')} al revés.`,
    conflict: (person, code, permission, has, wants) =>
      `*${person}* \`${code}\`\n${permission}: tiene ${has}; el paquete da ${wants}`,
    has: {
      manual: (value) => `${value}, puesto a mano`,
      package: (value, number) => `${value} de package:${number}`,
      disabled: 'el permiso *desactivado a mano*',
      profile: (value, name) => `${value} del perfil ${name}`,
      rule: (value, name) => `${value} de la regla ${name}`,
    },
    confirm: 'Confirmar',
    moved:
      ':arrows_counterclockwise: Algo ha cambiado desde que miró. Esta es la situación ahora; compruébela y confirme de nuevo.',
    movedUnseen: 'No se asignó nada: algo cambió desde que miró, y cerró la ventana. Empiece de nuevo.',
    doing: (n, pack) => `Asignación de ${pack} a ${people(n)}`,
    doneTitle: 'Asignado',
    done: {
      assigned: (n, pack) => `:white_check_mark: ${people(n)} ${n === 1 ? 'recibió' : 'recibieron'} ${pack}`,
      reassigned: (n, pack) => `:arrows_counterclockwise: ${people(n)} ${n === 1 ? 'recuperó' : 'recuperaron'} ${pack}`,
      already: (n) =>
        `${people(n)} ya lo ${n === 1 ? 'tenía y se dejó como estaba' : 'tenían y se dejaron como estaban'}. Para cambiarlo, use Sincronizar.`,
      founders: (n) => `${count(n, 'fundador', 'fundadores')}: pertenencia registrada, nada escrito`,
      written: (n) => `${permissions(n)} ${n === 1 ? 'concedido' : 'concedidos'}`,
      keptPackage: (n) => `${permissions(n)} ${n === 1 ? 'alineado' : 'alineados'} con el paquete (Mantener paquete)`,
      keptOriginal: (n) =>
        `${permissions(n)} ${n === 1 ? 'dejado como estaba' : 'dejados como estaban'} (Mantener original)`,
      report: 'El informe de asignación en PDF le llega por mensaje directo.',
      logOut: 'A las personas afectadas se les pide que cierren la sesión y vuelvan a entrar.',
    },
  },
  remove: {
    title: 'Retirar asignación',
    confirm: 'Retirar',
    intro: (name, pack, n) =>
      `${name} pasa a ser miembro anterior de ${pack}, y ${n === 1 ? 'se desactiva' : 'se desactivan'} ${permissions(n)} que le daba.`,
    introMany: (n, pack, cells) =>
      `${people(n)} ${n === 1 ? 'pasa a ser miembro anterior' : 'pasan a ser miembros anteriores'} de ${pack}, y se ${cells === 1 ? 'desactiva' : 'desactivan'} ${permissions(cells)} que daba. Las demás personas elegidas no tienen el paquete y quedan como están.`,
    next: 'Siguiente',
    more: (n) => `y ${n.toLocaleString('es')} más.`,
    options: 'Qué pasa con lo que se quita',
    optionsHint: 'Sin elegir nada: queda inactivo. Lo que se restaura no se cede.',
    restore: (n) => `Restaurar lo que el paquete reemplazó (${n})`,
    handOver: (n) => `Ceder al otro paquete (${n})`,
    restored: (n) =>
      `${permissions(n)} ${n === 1 ? 'está' : 'están'} como antes de que el paquete ${n === 1 ? 'lo' : 'los'} reemplazara.`,
    handedOver: (n) => `${permissions(n)} ${n === 1 ? 'cedido' : 'cedidos'} a otro paquete.`,
    doneMany: (n, pack, cells) =>
      `:white_check_mark: ${people(n)} ya no ${n === 1 ? 'tiene' : 'tienen'} ${pack}; se ${cells === 1 ? 'desactivó' : 'desactivaron'} ${permissions(cells)}.`,
    staying: 'Esto se queda, porque no es del paquete (cámbielo en Gestionar permisos):',
    stayingRow: (permission, value, source) => `• ${permission}: ${value}, ${source}`,
    byHand: 'puesto a mano',
    byPackage: (number) => `de package:${number}`,
    nothingStays: 'No queda nada atrás.',
    claimed: (permission, number, name) =>
      `• ${permission} también forma parte de package:${number} ${name}, donde mostrará No concedido hasta que se sincronice`,
    left: (n) =>
      `:wave: ${people(n)} ya no ${n === 1 ? 'está' : 'están'}: no se ${n === 1 ? 'le' : 'les'} restaura ni entrega nada.`,
    claimedIntro: 'También en otro paquete activo de esta persona:',
    doing: (n, pack) => `Retirada de la asignación de ${pack} a ${people(n)}`,
    doneTitle: 'Retirado',
    done: (name, taken) =>
      `Retirado. ${permissions(taken)} de ${name} ${taken === 1 ? 'desactivado' : 'desactivados'}.`,
    movedUnseen: 'No se retiró nada: algo ha cambiado desde que miró. Vuelva a mirar y confirme.',
    moved: 'Algo ha cambiado desde que miró; esta es la situación ahora. Confirme de nuevo.',
  },
};
