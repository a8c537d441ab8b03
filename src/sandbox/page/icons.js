// @ts-check

/** @typedef {[string, Record<string, string | number>]} Shape */

const NS = 'http://www.w3.org/2000/svg';

/** @param {string} fill @returns {Shape[]} */
const dot = (fill) => [['circle', { cx: 10, cy: 10, r: 7.5, fill }]];
/** @param {string} d @param {string} stroke @param {number} [width] @returns {Shape} */
const line = (d, stroke, width = 2) => [
  'path',
  { d, stroke, 'stroke-width': width, fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
];
/** @param {string} d @param {string} fill @returns {Shape} */
const area = (d, fill) => ['path', { d, fill }];
/** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} rx @param {string} fill @returns {Shape} */
const box = (x, y, width, height, rx, fill) => ['rect', { x, y, width, height, rx, fill }];

const padlock = [
  box(4, 9, 12, 9, 2, '#e0a526'),
  /** @type {Shape} */ (['circle', { cx: 10, cy: 13.5, r: 1.5, fill: '#7a5410' }]),
];
const glass = [
  area(
    'M5 2h10v1.500c0 3-2 4.500-3.500 6.500 1.500 2 3.500 3.500 3.500 6.500V18H5v-1.500c0-3 2-4.500 3.500-6.500C7 8 5 6.500 5 3.500z',
    '#b9d3ea',
  ),
  area('M7 15.500c.5-1.700 1.700-2.700 3-3.500 1.300.8 2.500 1.800 3 3.500V17H7zM7.500 5.500h5L10 8.500z', '#d9942b'),
  line('M4.500 2h11M4.500 18h11', '#8a5a2b'),
];
const sheet = [box(4, 2, 12, 16, 1.5, '#dfe5ee'), line('M7 6.500h6M7 9.500h6M7 12.500h4', '#7d8aa0', 1.4)];
const person = [
  /** @type {Shape} */ (['circle', { cx: 10, cy: 6.5, r: 3.8, fill: '#6f86b3' }]),
  area('M2.500 18c.4-4.300 3.300-6.300 7.500-6.300s7.100 2 7.500 6.300z', '#6f86b3'),
];
const page = [
  box(2.5, 3.5, 15, 14, 2, '#e8ecf3'),
  box(2.5, 3.5, 15, 4.5, 2, '#d2495a'),
  line('M6 11.500h8M6 14.500h5', '#8793a8', 1.5),
];

/** The emoji that tell states and kinds, drawn here so that they look the same where no emoji font is installed. */
const ICONS = new Map(
  Object.entries({
    red_circle: dot('#dc3b4f'),
    large_orange_circle: dot('#ee8a2c'),
    orange_circle: dot('#ee8a2c'),
    large_yellow_circle: dot('#e9b925'),
    yellow_circle: dot('#e9b925'),
    large_green_circle: dot('#2fa866'),
    green_circle: dot('#2fa866'),
    large_blue_circle: dot('#3d7be0'),
    blue_circle: dot('#3d7be0'),
    large_purple_circle: dot('#8a5cd0'),
    purple_circle: dot('#8a5cd0'),
    black_circle: dot('#3b4049'),
    white_circle: [['circle', { cx: 10, cy: 10, r: 6.8, fill: '#eef0f4', stroke: '#9aa3b2', 'stroke-width': 1.5 }]],
    white_check_mark: [box(2, 2, 16, 16, 3.5, '#2fa866'), line('M5.800 10.400l3 3 5.500-6.600', '#fff', 2.3)],
    heavy_check_mark: [line('M4 10.500l4 4 8-9', '#2fa866', 2.8)],
    x: [line('M4.500 4.500l11 11M15.500 4.500l-11 11', '#d8344a', 3)],
    warning: [
      area('M10 1.800 19 17.500a.8.8 0 0 1-.7 1.200H1.700a.8.8 0 0 1-.7-1.200z', '#efb41f'),
      line('M10 7.500v5', '#3c2f05', 2),
      ['circle', { cx: 10, cy: 15.6, r: 1.2, fill: '#3c2f05' }],
    ],
    lock: [line('M6.500 9V6.200a3.500 3.500 0 0 1 7 0V9', '#8b95a7'), ...padlock],
    unlock: [line('M6.500 9V5.200a3.500 3.500 0 0 1 6.800-1.200', '#8b95a7'), ...padlock],
    package: [
      area('M10 1.500 18 5.500v9l-8 4-8-4v-9z', '#c18f55'),
      area('M10 1.500 18 5.500l-8 4-8-4z', '#dcae77'),
      area('M10 9.500v9l8-4v-9z', '#a87741'),
      line('M6 3.500l8 4v3', '#f3dcb6', 1.6),
    ],
    hourglass: glass,
    hourglass_flowing_sand: glass,
    bell: [
      area(
        'M10 2c3.300 0 5 2.400 5 5.500 0 4 1 5.500 2.500 7h-15C4 13 5 11.500 5 7.500 5 4.400 6.700 2 10 2z',
        '#e3ad2a',
      ),
      area('M7.800 15.500h4.400a2.200 2.200 0 0 1-4.400 0z', '#a5791a'),
    ],
    key: [
      ['circle', { cx: 6.5, cy: 13.5, r: 3.6, fill: 'none', stroke: '#d3a024', 'stroke-width': 2.4 }],
      line('M9 11l7.500-7.500M14 6l2.500 2.500M11.800 8.200l2 2', '#d3a024', 2.2),
    ],
    rotating_light: [
      area('M5 15v-4a5 5 0 0 1 10 0v4z', '#d8344a'),
      box(3, 15, 14, 3, 1, '#8792a5'),
      line('M10 1.500v2M3 5l1.500 1.500M17 5l-1.500 1.500', '#d8344a', 1.8),
    ],
    pencil2: [line('M4 16l1-4L14 3l3 3-9 9z', '#e08a2e', 2.2)],
    memo: [...sheet, line('M10 14.500l6.500-7', '#e08a2e', 2.4)],
    page_facing_up: sheet,
    clipboard: [
      box(3, 3, 14, 15.5, 2, '#b88752'),
      box(5, 5.5, 10, 11, 1, '#f2f4f8'),
      box(7, 1.5, 6, 4, 1.5, '#8792a5'),
    ],
    mag: [
      ['circle', { cx: 8, cy: 8, r: 5, fill: '#cfe3f6', stroke: '#5a6f90', 'stroke-width': 2 }],
      line('M12 12l5.500 5.500', '#5a6f90', 2.8),
    ],
    bust_in_silhouette: person,
    busts_in_silhouette: person,
    calendar: page,
    date: page,
    no_entry: [['circle', { cx: 10, cy: 10, r: 8, fill: '#d8344a' }], box(5, 8.5, 10, 3, 0.8, '#fff')],
    no_entry_sign: [
      ['circle', { cx: 10, cy: 10, r: 7, fill: 'none', stroke: '#d8344a', 'stroke-width': 2.4 }],
      line('M5 5l10 10', '#d8344a', 2.4),
    ],
    arrows_counterclockwise: [
      line('M4 8a6.500 6.500 0 0 1 11.500-2M16 12a6.500 6.500 0 0 1-11.500 2', '#3d7be0', 2.2),
      line('M16 2.500V6.500h-4M4 17.500v-4h4', '#3d7be0', 2.2),
    ],
    information_source: [
      box(2, 2, 16, 16, 3.5, '#3d7be0'),
      line('M10 9.500V14', '#fff', 2.2),
      ['circle', { cx: 10, cy: 6, r: 1.3, fill: '#fff' }],
    ],
    small_red_triangle: [area('M10 3.500l7.500 13h-15z', '#d8344a')],
    zzz: [line('M4 4h6L4 11h6M11.500 10h5l-5 6h5', '#5b7bc0', 2)],
    bulb: [
      area('M10 1.500a6 6 0 0 1 3.300 11c-.8.6-.8 1.300-.8 2h-5c0-.7 0-1.400-.8-2a6 6 0 0 1 3.300-11z', '#f0c437'),
      box(7.5, 15.5, 5, 3, 1.2, '#8792a5'),
    ],
    bar_chart: [
      box(2.5, 10, 4, 8, 0.8, '#3d7be0'),
      box(8, 3, 4, 15, 0.8, '#2fa866'),
      box(13.5, 7, 4, 11, 0.8, '#ee8a2c'),
    ],
    inbox_tray: [
      area('M2 11h4l1.500 3h5L14 11h4v6.500H2z', '#8792a5'),
      line('M10 2v7M7 6.500l3 3 3-3', '#3d7be0', 2.2),
    ],
    shield: [
      area('M10 1.500l7 2.500v5.500c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V4z', '#5b7fbd'),
      line('M6.800 10l2.300 2.300 4.200-4.800', '#fff', 2),
    ],
    crown: [area('M2 6l4 4 4-7 4 7 4-4-1.500 10h-13z', '#e3ad2a'), box(3.5, 16.5, 13, 2, 0.8, '#b98618')],
    heavy_plus_sign: [line('M10 4v12M4 10h12', '#2fa866', 3)],
    heavy_minus_sign: [line('M4 10h12', '#d8344a', 3)],
    link: [
      line('M8.500 11.500a3.300 3.300 0 0 0 4.700 0l3-3a3.300 3.300 0 0 0-4.700-4.700l-1.200 1.200', '#5a6f90', 2.2),
      line('M11.500 8.500a3.300 3.300 0 0 0-4.700 0l-3 3a3.300 3.300 0 0 0 4.700 4.700l1.200-1.200', '#5a6f90', 2.2),
    ],
    new: [box(2, 2, 16, 16, 3.5, '#3d7be0'), line('M6 13.500v-7l8 7v-7', '#fff', 2.2)],
    wave: [line('M8 3h8v14H8', '#8792a5', 2), line('M11 10H3M6 7l-3 3 3 3', '#d9942b', 2.2)],
    grey_question: [
      line('M6.500 7a3.500 3.500 0 1 1 5 3.200c-1 .5-1.500 1.100-1.500 2.300', '#9aa3b2', 2.6),
      ['circle', { cx: 10, cy: 16.2, r: 1.6, fill: '#9aa3b2' }],
    ],
    arrow_up: [line('M10 16V4M5 9l5-5 5 5', '#2fa866', 2.6)],
    arrow_down: [line('M10 4v12M5 11l5 5 5-5', '#ee8a2c', 2.6)],
    arrow_right: [line('M4 10h12M11 5l5 5-5 5', '#3d7be0', 2.6)],
    left_right_arrow: [line('M3 10h14M7 6l-4 4 4 4M13 6l4 4-4 4', '#3d7be0', 2.2)],
    leftwards_arrow_with_hook: [line('M8 4L4 8l4 4M4 8h8a4 4 0 0 1 0 8H8', '#3d7be0', 2.4)],
    house: [area('M10 2l8.500 7.500H16V18H4V9.500H1.500z', '#c9775a'), box(8, 12, 4, 6, 0.5, '#fbeee6')],
    zap: [area('M11.500 1 4 11.500h5L8 19l8-11h-5.500z', '#efb41f')],
    gear: [
      [
        'circle',
        { cx: 10, cy: 10, r: 7.2, fill: 'none', stroke: '#8792a5', 'stroke-width': 3, 'stroke-dasharray': '3.3 2.355' },
      ],
      ['circle', { cx: 10, cy: 10, r: 4.6, fill: 'none', stroke: '#8792a5', 'stroke-width': 3 }],
    ],
    eye: [
      line(
        'M1.500 10S4.500 4.500 10 4.500 18.500 10 18.500 10 15.500 15.500 10 15.500 1.500 10 1.500 10z',
        'currentColor',
        1.6,
      ),
      ['circle', { cx: 10, cy: 10, r: 2.6, fill: 'currentColor' }],
    ],
  }),
);

/**
 * The drawing of an emoji, if there is one.
 * @param {string} name @param {string} [label] what it is read out as; without it the drawing is decoration
 * @returns {SVGElement | null}
 */
export function iconOf(name, label) {
  const shapes = ICONS.get(name);
  if (!shapes) return null;
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'glyph');
  if (label) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  } else svg.setAttribute('aria-hidden', 'true');
  for (const [tag, attributes] of /** @type {Shape[]} */ (shapes)) {
    const node = document.createElementNS(NS, tag);
    for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, String(value));
    svg.append(node);
  }
  return svg;
}
