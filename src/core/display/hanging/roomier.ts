import { fitBreasts, type FitView } from './fit-breasts.ts';

/** A layout that is on screen stays until the other shows the breast larger by this factor. */
const WORTH_A_CHANGE = 1.1;

/**
 * Whether four views are seen larger two by two or all in a row, on an area of a size (CSS pixels).
 * `now` is what is on screen.
 */
export const roomierLayout = (
  views: readonly Omit<FitView, 'width' | 'height'>[],
  area: { readonly width: number; readonly height: number },
  now: 'four' | 'row',
): 'four' | 'row' => {
  const scaleIn = (columns: number, rows: number): number => {
    const cell = { width: area.width / columns, height: area.height / rows };
    return fitBreasts(views.map((view) => ({ ...view, ...cell })))[0]?.scale ?? 0;
  };
  const [four, row] = [scaleIn(2, 2), scaleIn(Math.max(views.length, 1), 1)];
  if (now === 'four') return row > four * WORTH_A_CHANGE ? 'row' : 'four';
  return four > row * WORTH_A_CHANGE ? 'four' : 'row';
};
