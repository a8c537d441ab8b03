import type { Wording } from '../texts.ts';
import { count, people, permissions } from './counts.ts';

/** Packages and their permissions. */
export const packages: Pick<
  Wording,
  'list' | 'show' | 'edit' | 'addPermission' | 'permissionValue' | 'removePermission' | 'changePermission'
> = {
  list: {
    title: 'Paquetes',
    filter: 'Filtrar por número, nombre o descripción',
    empty: 'Todavía no hay ningún paquete.',
    counts: (permissionCount, active, former) =>
      `${permissions(permissionCount)} · ${count(active, 'asignado activo', 'asignados activos')} · ${count(former, 'anterior', 'anteriores')}`,
    open: 'Abrir',
  },
  show: {
    title: (number) => `package:${number}`,
    structures: (names) => `Para: ${names}`,
    tabs: { permissions: 'Permisos', active: 'Asignados activos', former: 'Anteriores / Desactivados' },
    all: '‹ Todos los paquetes',
    addPermission: 'Añadir permiso',
    addUser: 'Añadir usuario',
    removeUsers: 'Quitar personas…',
    edit: 'Editar',
    menu: {
      sync: 'Sincronizar miembros…',
      change: 'Cambiar el valor…',
      remove: 'Quitar del paquete…',
      readd: 'Devolver al paquete…',
    },
    disable: 'Desactivar',
    enable: 'Activar',
    disableConfirm: (members) =>
      `El acceso que este paquete daba a ${people(members)} queda suspendido hasta que lo active de nuevo. No se borra ninguna autorización.`,
    enableConfirm: (members) =>
      `${people(members)} ${members === 1 ? 'recupera' : 'recuperan'} el acceso que daba este paquete.`,
    noPermissions: 'Este paquete aún no tiene permisos. Añada el primero.',
    noMembers: { active: 'Nadie tiene este paquete.', former: 'Nadie ha tenido y perdido este paquete.' },
    filterMembers: 'Buscar un miembro por código, nombre o correo',
    details: 'Detalles',
    detailsAndWhy: 'Detalles y por qué',
    lacksMain: (application, main) =>
      `:warning: *${application}*: al paquete le falta *${main}* (MAIN). Quien no reciba más que este paquete no podrá abrir ${application}.`,
    disabledNote:
      ':no_entry: Este paquete está desactivado: el acceso que daba está suspendido y no se puede sincronizar ni asignar.',
    badgeCount: (badge, cells) => `${badge}: *${cells.toLocaleString('es')}*`,
    counted: (what) => `Estados de ${what}`,
    otherPackage: 'Otro paquete',
    saved: 'Guardado.',
    disabledDone: (members) => `Desactivado. El acceso de ${people(members)} queda suspendido.`,
    enabledDone: (members) => `Activado. ${people(members)} ${members === 1 ? 'recupera' : 'recuperan'} su acceso.`,
  },
  edit: {
    newTitle: 'Paquete nuevo',
    editTitle: 'Editar paquete',
    name: 'Nombre',
    namePlaceholder: 'El puesto para el que es, p. ej. Administrativo de registro',
    nameNeeded: 'Dé un nombre al paquete.',
    description: 'Descripción',
    structures: 'Estructuras',
    structuresHint: 'Solo como información: no restringe a quién se puede asignar.',
    structuresPlaceholder: 'Buscar por código o nombre',
    create: 'Crear',
    created: (number) => `Se creó package:${number}. Añada los permisos que necesita el puesto.`,
  },
  addPermission: {
    title: 'Añadir permiso',
    application: 'Aplicación',
    applicationPlaceholder: 'Buscar una aplicación',
    permission: 'Permiso',
    permissionPlaceholder: 'Buscar un permiso',
    add: 'Añadir',
    done: (permission) => `Se añadió ${permission}.`,
    readded: (permission) => `${permission} vuelve a estar en el paquete.`,
    divergent: (members) =>
      members === 0
        ? 'Nadie tiene aún el paquete, así que nadie necesita una sincronización.'
        : `Nada cambia para ${people(members)} con el paquete: mostrarán No concedido, o lo que tengan de otra fuente, hasta que se sincronicen.`,
    chooseFirst: 'Elija primero un permiso.',
  },
  permissionValue: {
    level: 'Valor',
    switchLevel: (level) => `Este permiso es un simple interruptor: *${level}*.`,
    structures: 'Estructuras (parámetro)',
    filter: 'Filtrar estructuras por código o nombre',
    selected: (chosen) => `Seleccionadas: *${count(chosen, 'estructura', 'estructuras')}*`,
    selectedAll: 'Seleccionadas: *todas las estructuras*, también las futuras.',
    selectAll: (shown) => `Seleccionar las ${shown} que muestra el filtro`,
    clear: 'Vaciar la selección',
    takeAll: 'Tomar todas las estructuras (*)',
    takeSome: 'Elegir estructuras',
    structuresNeeded: 'Elija al menos una estructura, o todas.',
  },
  removePermission: {
    title: 'Quitar permiso',
    intro: (permission, pack) =>
      `${permission} se quita de ${pack}: quien reciba el paquete en adelante no lo tendrá. Decida qué pasa con quienes lo tienen por el paquete.`,
    isMain: (application) =>
      `:warning: Este es el punto de entrada (MAIN) de ${application}: sin él, lo demás que el paquete da ahí no se puede usar.`,
    nobody: 'Nadie lo tiene por el paquete.',
    remove: 'Quitar permiso',
    keep: 'Mantener permiso',
    controls: { all: 'Quitar a todos', none: 'Conservar a todos', filter: 'Quitar solo a los que muestra el filtro' },
    counts: (removed, kept) =>
      `Se quita a *${people(removed)}*, lo ${kept === 1 ? 'conserva' : 'conservan'} *${people(kept)}* (Activo heredado).`,
    elsewhere: (n) => `${people(n)} de ellas lo ${n === 1 ? 'sigue' : 'siguen'} teniendo por un perfil o una regla.`,
    confirm: 'Quitar',
    doing: (n, permission) => `Retirada de ${permission} a ${people(n)}`,
    done: (permission, removed, kept) =>
      `${permission} se quitó del paquete. Lo ${removed === 1 ? 'pierde' : 'pierden'} ${people(removed)}, lo ${kept === 1 ? 'conserva' : 'conservan'} ${people(kept)}.`,
    moved: ':arrows_counterclockwise: Algo cambió desde que miró; esta es la situación ahora. Confirme de nuevo.',
    movedUnseen: 'No se quitó nada: algo cambió desde que miró, y cerró la ventana. Vuelva a empezar.',
  },
  changePermission: {
    title: 'Cambiar permiso',
    save: 'Guardar',
    note: 'Los miembros actuales no cambian: si difieren, se muestran como divergentes hasta que se sincronicen.',
    done: (permission, divergent) =>
      divergent === 0
        ? `${permission} se cambió. Ningún miembro difiere.`
        : `${permission} se cambió. Ahora ${divergent === 1 ? 'difiere' : 'difieren'} ${people(divergent)}; decida a quién sincronizar.`,
  },
};
