import { type RefObject, useEffect, useRef } from 'react';
import { useCommands } from '../../commands/use-commands.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { placedBox, type ImageSize } from './box-drag.ts';
import type { BreastShape } from '../../../core/image/breast-shape.ts';
import type { MarkCallbacks } from '../view/viewer-types.ts';
import type { ViewportHandle } from '../../../ports/display.ts';

interface Options extends Pick<MarkCallbacks, 'onMarkPlace'> {
  readonly view: ViewportHandle;
  readonly sop: string;
  readonly size: ImageSize;
  /** Where the breast lies; undefined where that is not known. */
  readonly breast: BreastShape | undefined;
  readonly selectedLesionId: string | undefined;
  /** Whether the selected lesion has a mark on this view. */
  readonly marked: boolean;
  /** Whether this is the view that the reader has selected. */
  readonly selected: boolean;
}

const markOf = (svg: SVGSVGElement | null, lesionId: string): SVGElement | undefined =>
  [...(svg?.querySelectorAll<SVGElement>('[data-lesion]') ?? [])].find(
    (box) => box.dataset['lesion'] === lesionId,
  );

/** Offers marking without a pointer: a box on the breast in the selected view, ready for the arrow keys. */
export const useKeyboardMark = (svg: RefObject<SVGSVGElement | null>, options: Options): void => {
  const { view, sop, size, selectedLesionId, marked, selected } = options;
  const wanted = useRef<string>(undefined);
  const focusWanted = () => {
    const mark = wanted.current && markOf(svg.current, wanted.current);
    if (!mark) return;
    wanted.current = undefined;
    mark.focus({ preventScroll: true });
  };
  // Without a list of what it depends on: the new mark appears with some later rendering.
  useEffect(focusWanted);
  const place = () => {
    const shown = svg.current?.getBoundingClientRect();
    if (!shown) return;
    wanted.current = selectedLesionId;
    if (marked) return focusWanted();
    const [from, to] = [
      view.canvasToImage({ x: 0, y: 0 }),
      view.canvasToImage({ x: shown.width, y: shown.height }),
    ];
    const box = placedBox(from, to, size, options.breast);
    wanted.current = options.onMarkPlace(selectedLesionId, sop, box);
  };
  useCommands(
    selected
      ? [
          {
            id: 'viewer.place-mark',
            group: t('Viewer'),
            title: t('Place a mark on the breast in the selected view, or go to it'),
            keys: ['B'],
            run: place,
          },
        ]
      : [],
  );
};
