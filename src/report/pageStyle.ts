/** Measures in points (1/72 inch), y from the top of the page; colours as PDF operands (red green blue, 0 to 1). */
export const page = {
  width: 595.28,
  height: 841.89,
  left: 40,
  right: 555.28,
  bodyWidth: 515.28,
  /** Body of the pages after the first; the first page's starts below its band. */
  top: 58,
  bottom: 788,
  bandHeight: 66,
} as const;

export const colour = {
  ink: '.106 .137 .2',
  muted: '.36 .4 .47',
  white: '1 1 1',
  band: '.086 .161 .302',
  bandMuted: '.78 .83 .92',
  accent: '.122 .373 .839',
  hairline: '.835 .855 .89',
  rule: '.55 .6 .69',
  headerRow: '.933 .949 .973',
  amber: '.925 .686 .1',
  amberTint: '1 .972 .9',
} as const;

export type FaceName = 'regular' | 'semiBold';

export interface TextStyle {
  readonly face: FaceName;
  readonly size: number;
  /** Distance from one baseline to the next. */
  readonly leading: number;
  readonly colour: string;
}

const style = (face: FaceName, size: number, leading: number, ink: string = colour.ink): TextStyle => ({
  face,
  size,
  leading,
  colour: ink,
});

export const textStyle = {
  bandTitle: style('semiBold', 18, 22, colour.white),
  bandOrganization: style('regular', 10, 13, colour.bandMuted),
  running: style('regular', 7.5, 10, colour.muted),
  personName: style('semiBold', 15, 19),
  heading: style('semiBold', 10.5, 14),
  body: style('regular', 8.5, 12),
  bodyStrong: style('semiBold', 8.5, 12),
  label: style('regular', 8.5, 12, colour.muted),
  note: style('regular', 7.5, 10.5, colour.muted),
  tableHead: style('semiBold', 7, 9.5, colour.muted),
  cell: style('regular', 7.5, 10),
  cellStrong: style('semiBold', 7.5, 10),
  cellMuted: style('regular', 7.5, 10, colour.muted),
  cellAccent: style('semiBold', 7.5, 10, colour.accent),
  badge: style('semiBold', 5.5, 7, colour.white),
  tileNumber: style('semiBold', 14, 18),
  tileLabel: style('regular', 7, 9, colour.muted),
  hash: style('regular', 8, 11),
} as const satisfies Record<string, TextStyle>;
