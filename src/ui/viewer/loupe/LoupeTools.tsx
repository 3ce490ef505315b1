import { useStore } from 'zustand';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import type { ScreenGrey } from '../../../core/display/grey/screen-grey.ts';
import { useCommands } from '../../commands/use-commands.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useServices } from '../../services.tsx';
import type { CanvasPoint, ViewportHandle } from '../../../ports/display.ts';
import { loupeCommands, openLoupeCommands, type LoupeActions } from './loupe-commands.ts';
import { invertLoupe, loupeGrey, stepLoupeWindow } from './loupe-grey.ts';
import {
  LOUPE_FACTORS,
  loupeAsView,
  type LoupeFactor,
  type LoupePlace,
  loupeStore,
  setLoupeFactor,
  setLoupeMode,
} from '../../../state/loupe-store.ts';

/** Where the loupe is or would appear: under the pointer, else in the middle of the selected view. */
const placeNow = (active: ViewportHandle | undefined): LoupePlace | undefined => {
  const { place } = loupeStore.getState();
  if ((place && place.view.size().width > 0) || !active) return place;
  const { width, height } = active.size();
  return { view: active, at: { x: width / 2, y: height / 2 }, by: 'keys' };
};

const movedBy = ({ view, at }: LoupePlace, by: CanvasPoint): LoupePlace => {
  const { width, height } = view.size();
  const inside = (v: number, most: number) => Math.min(Math.max(v, 0), most);
  return {
    view,
    by: 'keys',
    at: { x: inside(at.x + by.x, width), y: inside(at.y + by.y, height) },
  };
};

/** What the loupe shows now: its image, and the grey of the view it is over. */
const useTarget = (active: ViewportHandle | undefined) => {
  const { imageOf } = useServices();
  return (): { image: MammogramImage; grey: ScreenGrey } | undefined => {
    const view = placeNow(active)?.view;
    const sop = view?.state().sop;
    const [image, grey] = [sop ? imageOf(sop) : undefined, view?.screenGrey()];
    return image && grey ? { image, grey } : undefined;
  };
};

/** Offered only while the loupe is out, so that its keys lie on top of others'. */
const OpenLoupeKeys = ({ actions }: { actions: LoupeActions }) => {
  useCommands(openLoupeCommands(actions));
  return null;
};

const Controls = ({ actions, inverted }: { actions: LoupeActions; inverted: boolean }) => {
  const factor = useStore(loupeStore, (s) => s.factor);
  return (
    <>
      <select
        aria-label={t('Magnification of the loupe')}
        value={factor}
        onChange={(e) => setLoupeFactor(Number(e.target.value) as LoupeFactor)}
      >
        {LOUPE_FACTORS.map((each) => (
          <option key={each} value={each}>
            {each}×
          </option>
        ))}
      </select>
      <button
        type="button"
        title={`${t('Invert in the loupe')} (Shift+I)`}
        aria-pressed={inverted}
        onClick={actions.invert}
      >
        {t('Invert loupe')}
      </button>
      {(
        [
          ['−', t('Darker in the loupe'), '[', { brighter: -1 }],
          ['+', t('Brighter in the loupe'), ']', { brighter: 1 }],
          ['◁▷', t('Wider window in the loupe'), '}', { wider: 1 }],
          ['▷◁', t('Narrower window in the loupe'), '{', { wider: -1 }],
        ] as const
      ).map(([sign, name, key, step]) => (
        <button
          type="button"
          key={key}
          aria-label={name}
          title={`${name} (${key})`}
          onClick={() => actions.window(step)}
        >
          {sign}
        </button>
      ))}
      <button type="button" title={t('Window and inversion of the view')} onClick={loupeAsView}>
        {t('As view')}
      </button>
    </>
  );
};

/** The loupe's button, its keys, and its own window and inversion while it is out. */
export const LoupeTools = ({ view }: { view: ViewportHandle | undefined }) => {
  const mode = useStore(loupeStore, (s) => s.mode);
  const own = useStore(loupeStore);
  const target = useTarget(view);
  const isOut = mode !== 'off';
  const takeOut = (as: 'on' | 'held') => {
    loupeStore.setState({ place: placeNow(view) });
    setLoupeMode(as);
  };
  const toggle = () => (isOut ? setLoupeMode('off') : takeOut('on'));
  const actions: LoupeActions = {
    move: (by) => {
      const place = placeNow(view);
      if (place) loupeStore.setState({ place: movedBy(place, by) });
    },
    invert: () => {
      const now = target();
      if (now) invertLoupe(now.grey);
    },
    window: (step) => {
      const now = target();
      if (now) stepLoupeWindow(now.image, now.grey, step);
    },
  };
  useCommands(
    loupeCommands({
      toggle,
      hold: () => {
        if (!isOut) takeOut('held');
      },
      letGo: () => {
        if (loupeStore.getState().mode === 'held') setLoupeMode('off');
      },
    }),
  );
  const grey = isOut ? target()?.grey : undefined;
  return (
    <div role="group" aria-label={t('Loupe')}>
      <button
        type="button"
        title={`${t('Loupe that follows the pointer or the arrow keys; held for a moment with X')} (Shift+X)`}
        aria-pressed={isOut}
        onClick={toggle}
      >
        {t('Loupe')}
      </button>
      {isOut ? <OpenLoupeKeys actions={actions} /> : null}
      {mode === 'on' && grey ? (
        <Controls actions={actions} inverted={loupeGrey(grey, own).inverted} />
      ) : null}
    </div>
  );
};
