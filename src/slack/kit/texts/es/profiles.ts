import type { Wording } from '../texts.ts';
import { people, permissions } from './counts.ts';

/** Profiles. */
export const profiles: Pick<Wording, 'profiles'> = {
  profiles: {
    title: 'Perfiles',
    intro:
      'Un perfil da sus permisos de una aplicación a quien lo tiene. Si se le quita el perfil, lo que daba se acaba.',
    filter: 'Filtrar por nombre o aplicación',
    application: 'Aplicación',
    anyApplication: 'Todas las aplicaciones',
    create: 'Nuevo perfil',
    empty: 'Aún no hay ningún perfil.',
    row: (name, application) => `*${name}* · ${application}`,
    counts: (permissionCount, n) => `${permissions(permissionCount)} · ${people(n)}`,
    open: 'Abrir',
    allSimple:
      'Aquí no hay perfiles ni nada que agrupar: ninguna aplicación tiene más de un permiso (modo de aplicación simple). Dé el acceso por paquete, por regla o a mano.',
    missing: '_aquí no: ninguna aplicación tiene más de un permiso (modo de aplicación simple)_',
    all: '‹ Todos los perfiles',
    of: (application) => `Un perfil de ${application}`,
    tabs: { permissions: 'Permisos', people: 'Personas' },
    rename: 'Renombrar',
    delete: 'Eliminar…',
    addPermission: 'Añadir permiso',
    assign: 'Asignar a personas',
    unassignMany: 'Quitar a personas…',
    unassign: 'Quitar…',
    menu: { change: 'Cambiar valor…', remove: 'Quitar del perfil…' },
    lacksMain: (application, main) =>
      `:warning: A este perfil le falta *${main}* (MAIN). Quien no tenga nada más de ${application} no puede abrirla.`,
    noPermissions: 'Este perfil aún no da nada. Añada su primer permiso.',
    nobody: 'Nadie tiene este perfil.',
    filterPeople: 'Buscar una persona por código, nombre o correo',
    founder: 'fundador: lo tiene todo de todos modos',
    newTitle: 'Nuevo perfil',
    renameTitle: 'Renombrar perfil',
    name: 'Nombre',
    namePlaceholder: 'Para qué es, p. ej. Lector',
    nameNeeded: 'Dé un nombre al perfil.',
    chooseApplication: 'Elija una aplicación.',
    applicationHint: 'No se ofrecen las aplicaciones con un solo permiso: no tienen perfiles.',
    createButton: 'Crear',
    created: (name) => `Se creó el perfil *${name}*. Añada los permisos que debe dar.`,
    next: 'Ver el efecto',
    permissionTitle: { add: 'Añadir permiso', change: 'Cambiar permiso' },
    inProfile: 'El perfil ya tiene este permiso. Cambie su valor.',
  },
};
