import type { ReactNode } from 'react';

/** A breast so deep and high, its chest wall on the line `x`. */
const breast = (x: number, y: number, depth: number, height: number) => (
  <path
    key={`${x} ${y} ${depth}`}
    d={`M${x} ${y}c${(depth * 4) / 3} 0 ${(depth * 4) / 3} ${height} 0 ${height}z`}
    fill="currentColor"
    stroke="none"
  />
);

/** Panes side by side or over each other; what is left out stands as a faint frame. */
const panes = (shown: string): ReactNode => {
  const all = [
    ['rcc', 9.4, 2, -6],
    ['lcc', 10.6, 2, 6],
    ['rmlo', 9.4, 11, -6],
    ['lmlo', 10.6, 11, 6],
  ] as const;
  const names = shown.split(' ');
  return (
    <>
      <path d="M1 1h18v18H1zM10 1v18M1 10h18" strokeWidth={1} opacity={0.6} />
      {all.map(([name, x, y, depth]) => (names.includes(name) ? breast(x, y, depth, 7) : null))}
    </>
  );
};

/** One drawing a command of the toolbar, 20 x 20, by the command's id. */
const DRAWINGS: Readonly<Record<string, ReactNode>> = {
  'viewer.window': (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
    </>
  ),
  'viewer.pan': (
    <path d="M10 2v16M2 10h16M7.5 4.5 10 2l2.5 2.5M7.5 15.5 10 18l2.5-2.5M4.5 7.5 2 10l2.5 2.5M15.5 7.5 18 10l-2.5 2.5" />
  ),
  'viewer.zoom': (
    <>
      <circle cx="8.5" cy="8.5" r="5.5" />
      <path d="m12.8 12.8 5 5M8.5 6v5M6 8.5h5" />
    </>
  ),
  'slices.play': <path d="M6 3.5v13L16.5 10z" fill="currentColor" />,
  'viewer.mark': <path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M10 7.5v5M7.5 10h5" />,
  'viewer.crops': (
    <path d="M1.5 5h7.500v10h-7.500zM11 5h7.500v10H11zM3.500 10a1.700 1.700 0 0 1 3.400 0 1.700 1.700 0 0 1-3.400 0M13 10a1.700 1.700 0 0 1 3.400 0 1.700 1.700 0 0 1-3.400 0" />
  ),
  'loupe.toggle': (
    <>
      <circle cx="9" cy="9" r="6.5" />
      <circle cx="9" cy="9" r="3" fill="currentColor" stroke="none" />
      <path d="m14 14 4 4" />
    </>
  ),
  measure: <path d="m1.8 13.2 11.4-11.4 5 5L6.8 18.200z M5 10l2 2M7.5 7.5l3 3M10 5l2 2" />,
  'measure.distance': <path d="M3 17 17 3M1.5 14.5l4 4M14.5 1.5l4 4" />,
  'measure.ellipse': <ellipse cx="10" cy="10" rx="8" ry="5.5" />,
  'measure.angle': <path d="M17 16H3L14 4M9 16a6 6 0 0 0-2-4.5" />,
  'viewer.fit': <path d="M2 7V2h5M13 2h5v5M18 13v5h-5M7 18H2v-5M6 6h8v8H6z" />,
  'viewer.one-to-one': (
    <text
      x="10"
      y="14.5"
      textAnchor="middle"
      fontSize="11"
      fontWeight="700"
      fill="currentColor"
      stroke="none"
    >
      1:1
    </text>
  ),
  'viewer.invert': (
    <>
      <path d="M2.5 2.5h15v15h-15z" />
      <path d="M2.5 17.5v-15h15z" fill="currentColor" />
    </>
  ),
  'viewer.reset': <path d="M4 4v4h4M4.3 8A7 7 0 1 1 3 11.5" />,
  look: (
    <>
      <path d="M1.5 10C4 5.5 7 4 10 4s6 1.5 8.5 6C16 14.5 13 16 10 16s-6-1.5-8.5-6z" />
      <circle cx="10" cy="10" r="2.5" fill="currentColor" />
    </>
  ),
  show: (
    <>
      <path d="m10 2.5 8 4-8 4-8-4zM2 10.5l8 4 8-4M2 14l8 4 8-4" />
    </>
  ),
  link: (
    <path d="M8.5 11.5a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1.5 1.5M11.5 8.5a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1.5-1.5" />
  ),
  'viewer.layout-four': panes('rcc lcc rmlo lmlo'),
  'viewer.layout-cc': panes('rcc lcc'),
  'viewer.layout-mlo': panes('rmlo lmlo'),
  'viewer.layout-right': panes('rcc rmlo'),
  'viewer.layout-left': panes('lcc lmlo'),
  'viewer.layout-row': (
    <>
      <path d="M.5 4h19v12H.5zM5.2 4v12M10 4v12M14.8 4v12" strokeWidth={1} opacity={0.6} />
      {[5.2, 14.8].map((x) => [breast(x - 0.4, 5.5, -3.2, 9), breast(x + 0.4, 5.5, 3.2, 9)])}
    </>
  ),
  'viewer.enlarge': (
    <>
      <path d="M1 1h18v18H1z" strokeWidth={1} opacity={0.6} />
      {breast(18.5, 2.5, -12, 15)}
    </>
  ),
  sequence: <path d="M2 5h11v10H2zM15.5 6.5H18v7h-2.5M6 10h4M8 8l2 2-2 2" />,
  'viewer.full-screen': (
    <path d="M2 8V2h6M12 2h6v6M18 12v6h-6M8 18H2v-6M2 2l5 5M18 2l-5 5M18 18l-5-5M2 18l5-5" />
  ),
  'viewer.second-window': <path d="M1.5 6.5h10v8h-10zM13 3.5h5.5v8H14M4 17h5" />,
  'viewer.prior': <path d="M10 5.5V10l3 2M3 4v4h4M3.2 8a7 7 0 1 1-.2 3.5" />,
  'page.palette': <path d="M3 4h14v12H3zM6 8l2.5 2L6 12M10 12.5h4" />,
  'page.fold-patients': <path d="M2.5 3.5h15v13h-15zM7 3.5v13M4.2 7h1M4.2 10h1" />,
  'page.fold-lesions': <path d="M2.5 3.5h15v13h-15zM13 3.5v13M14.8 7h1M14.8 10h1" />,
  'loupe.invert': (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 3a7 7 0 0 0 0 14z" fill="currentColor" />
    </>
  ),
  'loupe.darker': <path d="M4 10h12" />,
  'loupe.brighter': <path d="M4 10h12M10 4v12" />,
  'loupe.wider': <path d="M8 5 3 10l5 5zM12 5l5 5-5 5z" />,
  'loupe.narrower': <path d="m3 5 5 5-5 5zM17 5l-5 5 5 5z" />,
  'open.files': <path d="M2 16V4h6l2 2h8v10zM10 9v5M7.5 11.5h5" />,
};

export const hasIcon = (name: string): boolean => name in DRAWINGS;

/** The drawing of a command or menu. */
export const Icon = ({ name }: { name: string }) => (
  <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    {DRAWINGS[name]}
  </svg>
);
