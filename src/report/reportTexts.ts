import type { ReportLocale, ReportMembership } from './reportModel.ts';

/** Every word of the report that is not data. A language that lacks one does not compile. */
export interface ReportTexts {
  readonly title: string;
  readonly page: string;
  readonly of: string;
  readonly plan: string;
  readonly auditRecord: string;
  readonly auditHash: string;
  readonly planHash: string;
  readonly person: string;
  readonly people: string;
  readonly package: string;
  readonly description: string;
  readonly referenceStructures: string;
  readonly none: string;
  readonly assignedBy: string;
  readonly system: string;
  readonly approvedBy: string;
  readonly noApproval: string;
  readonly when: string;
  readonly until: string;
  readonly warnings: string;
  readonly summary: string;
  readonly summaryOf: {
    readonly people: string;
    readonly assigned: string;
    readonly reassigned: string;
    readonly founders: string;
    readonly unchanged: string;
    readonly written: string;
    readonly kept: string;
  };
  readonly resultingStatuses: string;
  readonly permissions: string;
  readonly noPermissions: string;
  readonly application: string;
  readonly permission: string;
  readonly value: string;
  readonly parameter: string;
  readonly packageGives: string;
  readonly before: string;
  readonly decision: string;
  readonly result: string;
  readonly count: string;
  readonly main: string;
  readonly allStructures: string;
  readonly noParameter: string;
  readonly nothing: string;
  readonly byHand: string;
  readonly inactive: string;
  readonly inactiveReason: { readonly manual: string; readonly unassignment: string; readonly removal: string };
  readonly profile: string;
  readonly rule: string;
  readonly keepPackage: string;
  readonly keepOriginal: string;
  readonly noDecision: string;
  readonly membership: Readonly<Record<ReportMembership, string>>;
  readonly founderNote: string;
  readonly unchangedNote: string;
  readonly continued: string;
  readonly decisionNote: string;
  readonly structures: string;
  readonly moreCodes: (count: string) => string;
  readonly moreStructures: (count: string) => string;
  readonly verification: string;
  readonly verificationNote: string;
  readonly missingGlyphs: string;
  readonly thousands: string;
  readonly date: (parts: { day: number; month: number; year: number; time: string }) => string;
  readonly day: (parts: { day: number; month: number; year: number }) => string;
}

const monthsEn = 'January February March April May June July August September October November December'.split(' ');
const monthsEs = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');

const en: ReportTexts = {
  title: 'Assignment report',
  page: 'Page',
  of: 'of',
  plan: 'Plan',
  auditRecord: 'Audit record',
  auditHash: 'Audit record hash',
  planHash: 'Plan hash',
  person: 'Person',
  people: 'People',
  package: 'Package',
  description: 'Description',
  referenceStructures: 'Reference structures',
  none: 'None',
  assignedBy: 'Assigned by',
  system: 'System',
  approvedBy: 'Approved by',
  noApproval: 'No approval was required',
  when: 'When',
  until: 'Until',
  warnings: 'Warnings',
  summary: 'Summary',
  summaryOf: {
    people: 'People',
    assigned: 'Assigned',
    reassigned: 'Re-assigned',
    founders: 'Founders',
    unchanged: 'Already members',
    written: 'Permissions written',
    kept: 'Permissions kept',
  },
  resultingStatuses: 'Resulting statuses',
  permissions: 'Permissions',
  noPermissions: 'The package has no live permissions.',
  application: 'Application',
  permission: 'Permission',
  value: 'Value',
  parameter: 'Parameter',
  packageGives: 'The package gives',
  before: 'Before',
  decision: 'Decision',
  result: 'Resulting status',
  count: 'Count',
  main: 'MAIN',
  allStructures: 'All structures',
  noParameter: 'No structures',
  nothing: 'Nothing',
  byHand: 'by hand',
  inactive: 'Inactive',
  inactiveReason: { manual: 'disabled by hand', unassignment: 'assignment removed', removal: 'permission removed' },
  profile: 'Profile',
  rule: 'Rule',
  keepPackage: 'Keep Package',
  keepOriginal: 'Keep Original',
  noDecision: '—',
  membership: {
    assigned: 'Assigned',
    reassigned: 'Re-assigned',
    founder: 'Founder',
    unchanged: 'Already a member',
  },
  founderNote: 'A founder has full access to everything: the membership is recorded, and no permission was written.',
  unchangedNote: 'Already an active member of the package: left unchanged.',
  continued: 'continued',
  decisionNote:
    'Keep Package: the permission was aligned with the package. Keep Original: it stayed as it was. —: there was no conflict to decide.',
  structures: 'Structures',
  moreCodes: (count) => `and ${count} more`,
  moreStructures: (count) => `and ${count} more that are not listed here.`,
  verification: 'Verification',
  verificationNote:
    'To verify this report, open the audit trail at the record above and compare its hash and its plan hash with these. Produced again from that record, the report is identical byte for byte.',
  missingGlyphs:
    'Characters that the font of this document cannot draw are written as \\u{…}, with their Unicode code point.',
  thousands: ',',
  date: ({ day, month, year, time }) => `${day} ${monthsEn[month - 1]} ${year}, ${time}`,
  day: ({ day, month, year }) => `${day} ${monthsEn[month - 1]} ${year}`,
};

const es: ReportTexts = {
  title: 'Informe de asignación',
  page: 'Página',
  of: 'de',
  plan: 'Plan',
  auditRecord: 'Registro de auditoría',
  auditHash: 'Hash del registro de auditoría',
  planHash: 'Hash del plan',
  person: 'Persona',
  people: 'Personas',
  package: 'Paquete',
  description: 'Descripción',
  referenceStructures: 'Estructuras de referencia',
  none: 'Ninguna',
  assignedBy: 'Asignado por',
  system: 'Sistema',
  approvedBy: 'Aprobado por',
  noApproval: 'No se requería aprobación',
  when: 'Cuándo',
  until: 'Hasta',
  warnings: 'Avisos',
  summary: 'Resumen',
  summaryOf: {
    people: 'Personas',
    assigned: 'Asignadas',
    reassigned: 'Reasignadas',
    founders: 'Fundadoras',
    unchanged: 'Ya eran miembros',
    written: 'Permisos escritos',
    kept: 'Permisos mantenidos',
  },
  resultingStatuses: 'Estados resultantes',
  permissions: 'Permisos',
  noPermissions: 'El paquete no tiene permisos vigentes.',
  application: 'Aplicación',
  permission: 'Permiso',
  value: 'Valor',
  parameter: 'Parámetro',
  packageGives: 'El paquete da',
  before: 'Antes',
  decision: 'Decisión',
  result: 'Estado resultante',
  count: 'Número',
  main: 'MAIN',
  allStructures: 'Todas las estructuras',
  noParameter: 'Sin estructuras',
  nothing: 'Nada',
  byHand: 'a mano',
  inactive: 'Inactivo',
  inactiveReason: {
    manual: 'deshabilitado a mano',
    unassignment: 'asignación retirada',
    removal: 'permiso retirado',
  },
  profile: 'Perfil',
  rule: 'Regla',
  keepPackage: 'Mantener paquete',
  keepOriginal: 'Mantener original',
  noDecision: '—',
  membership: {
    assigned: 'Asignación',
    reassigned: 'Reasignación',
    founder: 'Fundador',
    unchanged: 'Ya era miembro',
  },
  founderNote:
    'Un fundador tiene acceso completo a todo: la pertenencia queda registrada y no se ha escrito ningún permiso.',
  unchangedNote: 'Ya era miembro activo del paquete: se deja sin cambios.',
  continued: 'continuación',
  decisionNote:
    'Mantener paquete: el permiso se ha alineado con el paquete. Mantener original: se ha quedado como estaba. —: no había conflicto que decidir.',
  structures: 'Estructuras',
  moreCodes: (count) => `y ${count} más`,
  moreStructures: (count) => `y ${count} más que no se listan aquí.`,
  verification: 'Verificación',
  verificationNote:
    'Para verificar este informe, abra la auditoría en el registro indicado y compare su hash y el hash de su plan con estos. Generado de nuevo desde ese registro, el informe es idéntico byte a byte.',
  missingGlyphs:
    'Los caracteres que la fuente de este documento no puede dibujar se escriben como \\u{…}, con su código Unicode.',
  thousands: '.',
  date: ({ day, month, year, time }) => `${day} de ${monthsEs[month - 1]} de ${year}, ${time}`,
  day: ({ day, month, year }) => `${day} de ${monthsEs[month - 1]} de ${year}`,
};

export const reportTexts: Readonly<Record<ReportLocale, ReportTexts>> = { en, es };
