import { useLayoutEffect, useState } from 'react';
import { type DisplayCheck, isDisplayGood } from '../../core/display/check/display-check.ts';
import { LIMITS, MEASURED_LEVELS } from '../../core/display/check/luminance-response.ts';
import { type PatternId, PATTERNS } from '../../core/display/check/patterns.ts';
import { localMoment } from '../../core/units/local-moment.ts';
import { t } from '../../i18n/phrases/text.ts';
import { PaperScreen } from '../components/PaperScreen.tsx';
import { useServices } from '../services.tsx';
import { ScreenDialog } from '../viewer/measure/ScreenDialog.tsx';
import { useScreen } from '../viewer/measure/use-screen.ts';
import { limitWords, patternName, verdictWords } from './check-words.ts';
import { checkOf, type Draft, draftOf, NEW_DRAFT } from './draft.ts';
import { KeptChecks, momentWords } from './KeptChecks.tsx';
import { LuminanceTable } from './LuminanceTable.tsx';
import type { Shown } from './PatternPicture.tsx';
import { PatternScreen } from './PatternScreen.tsx';
import { FindingButtons, PatternTable } from './PatternTable.tsx';

/** The screen that the page is on now. */
const useScreenFacts = (): DisplayCheck['screen'] => {
  const { calibration } = useScreen();
  const { devicePixelRatio, screen } = window;
  return {
    width: Math.round(screen.width * devicePixelRatio),
    height: Math.round(screen.height * devicePixelRatio),
    devicePixelRatio,
    pitchMm: calibration && calibration.mmPerCssPixel / devicePixelRatio,
  };
};

const ScreenFacts = (props: {
  screen: DisplayCheck['screen'];
  moment: string;
  onMeasure: () => void;
}) => {
  const { screen, moment, onMeasure } = props;
  const { pitchMm } = screen;
  return (
    <dl>
      <div>
        <dt>{t('Date')}</dt>
        <dd>{moment}</dd>
      </div>
      <div>
        <dt>{t('Pixels of the screen')}</dt>
        <dd>
          {screen.width} x {screen.height}
        </dd>
      </div>
      <div>
        <dt>{t('Screen pixels to a pixel of the page')}</dt>
        <dd>{Number(screen.devicePixelRatio.toFixed(3))}</dd>
      </div>
      <div>
        <dt>{t('Pixel pitch')}</dt>
        <dd className={pitchMm !== undefined && pitchMm > LIMITS.pitchMm ? 'check-bad' : undefined}>
          {pitchMm === undefined ? t('not measured') : `${pitchMm.toFixed(3)} mm`} (
          {limitWords().pitch}){' '}
          <button type="button" className="on-screen" onClick={onMeasure}>
            {t('Measure it with a card or ruler')}
          </button>
        </dd>
      </div>
    </dl>
  );
};

/** The next of a list, round its ends. */
const stepped = <T,>(all: readonly T[], from: T, by: 1 | -1): T =>
  all[(all.indexOf(from) + by + all.length) % all.length] as T;

const step = (shown: Shown, by: 1 | -1): Shown =>
  shown.kind === 'pattern'
    ? { kind: 'pattern', id: stepped(PATTERNS, shown.id, by) }
    : { kind: 'level', level: stepped(MEASURED_LEVELS, shown.level, by) };

const KEYS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1, ' ': 1 };

const titleOf = (shown: Shown): string =>
  shown.kind === 'pattern'
    ? patternName(shown.id)
    : t('Grey level {level}', { level: shown.level });

/** Patterns, luminances and what was found of this display, as a sheet that is kept and printed. */
export const DisplayCheckScreen = ({ onClose }: { onClose: () => void }) => {
  const { settings, build, viewer } = useServices();
  // It is about the screen that it stands on, and measures by its pixels.
  useLayoutEffect(() => viewer.setState({ secondWindow: false }), [viewer]);
  const now = useScreenFacts();
  const [draft, setDraft] = useState<Draft>(NEW_DRAFT);
  /** A kept check as long as nothing of it was changed. */
  const [kept, setKept] = useState<DisplayCheck>();
  const [shown, setShown] = useState<Shown>();
  const [measuring, setMeasuring] = useState(false);
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setKept(undefined);
  };
  const find = (id: PatternId, finding: DisplayCheck['seen'][PatternId]) => {
    const { [id]: _old, ...others } = draft.seen;
    change({ seen: finding ? { ...others, [id]: finding } : others });
  };
  const check = kept ?? checkOf(draft, localMoment(new Date()), now);
  const verdict = isDisplayGood(check);
  const keep = () => {
    settings.getState().keepDisplayCheck(check);
    setKept(check);
  };
  const onKey = (event: KeyboardEvent) => {
    if (measuring) return;
    if (event.key === 'Escape') {
      if (shown) setShown(undefined);
      else onClose();
    } else if (shown && KEYS[event.key]) {
      event.preventDefault();
      setShown(step(shown, KEYS[event.key] as 1 | -1));
    }
  };
  const texts = [
    ['display', t('Display, as on its label')],
    ['by', t('Checked by')],
  ] as const;
  return (
    <PaperScreen
      title={t('Check this display')}
      ready
      onClose={onClose}
      onKey={onKey}
      tools={
        <button type="button" disabled={verdict === undefined || kept !== undefined} onClick={keep}>
          {kept ? t('Kept in this browser') : t('Keep the result')}
        </button>
      }
    >
      <article className="paper display-check" data-testid="display-check">
        <h1>{t('Display check')}</h1>
        <p>
          {t(
            'Patterns of the kinds that AAPM reports OR-03 (TG18) and 270 describe, drawn by this program for the pixels of this screen. They show grey as the page sends it; a colour profile or a night mode of the computer changes it on the way.',
          )}
        </p>
        <ScreenFacts
          screen={check.screen}
          moment={momentWords(check.at)}
          onMeasure={() => setMeasuring(true)}
        />
        <p className="check-names">
          {texts.map(([key, label]) => (
            <label key={key}>
              {label}
              <input
                maxLength={200}
                value={draft[key]}
                onChange={(e) => change({ [key]: e.target.value })}
              />
            </label>
          ))}
        </p>
        <p className="check-verdict" data-testid="check-verdict">
          {t('Result: {verdict}', { verdict: verdictWords(check) })}
        </p>
        <h2>{t('By eye')}</h2>
        <p className="on-screen">
          {t(
            'Each fills the screen; arrow keys step, Escape comes back, buttons appear when the pointer moves. Look from the reading distance, in the light of the reading room.',
          )}
        </p>
        <PatternTable
          check={draft}
          onShow={(id) => setShown({ kind: 'pattern', id })}
          onFind={find}
        />
        <h2>{t('By photometer: the Grayscale Standard Display Function (DICOM PS3.14)')}</h2>
        <p className="on-screen">
          {t(
            'A number shows its grey level in the middle of the screen. Enter the luminance in cd/m²; a column of a spreadsheet can be pasted.',
          )}
        </p>
        <LuminanceTable
          draft={draft}
          onChange={change}
          onShow={(level) => setShown({ kind: 'level', level })}
        />
        <KeptChecks
          onOpen={(opened) => {
            setDraft(draftOf(opened));
            setKept(opened);
          }}
        />
        <footer className="small">
          {t(
            'Limits: ACR-AAPM-SIIM technical standard for electronic practice of medical imaging (mammography); AAPM TG-18 and report 270. Tandem CADx {version}.',
            { version: build.version },
          )}
        </footer>
      </article>
      {measuring && <ScreenDialog onClose={() => setMeasuring(false)} />}
      {shown && (
        <PatternScreen
          shown={shown}
          title={titleOf(shown)}
          onStep={(by) => setShown(step(shown, by))}
          onLeave={() => setShown(undefined)}
          onRampRead={(rampOff) => change({ rampOff })}
        >
          {shown.kind === 'pattern' && (
            <FindingButtons
              finding={draft.seen[shown.id]}
              onFind={(finding) => find(shown.id, finding)}
            />
          )}
        </PatternScreen>
      )}
    </PaperScreen>
  );
};
