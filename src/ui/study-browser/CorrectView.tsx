import {
  MAMMOGRAPHY_VIEWS,
  type MammographyView,
  type Side,
} from '../../core/dicom/mammogram-header.ts';
import {
  correctionOf,
  isCorrected,
  type ViewCorrection,
} from '../../core/dicom/view-correction.ts';
import { openQuestions } from '../../core/dicom/view-doubts.ts';
import { Dialog } from '../components/Dialog.tsx';
import { t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { doubtTexts, sourceText, viewInWords } from '../viewer/view/view-labels.ts';
import { Thumbnail } from './Thumbnail.tsx';
import { viewInFull } from './view-names.ts';
import type { OpenImage } from '../../ports/analysis.ts';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  /** What stands there where there is no value. */
  readonly missing: string;
  readonly choices: readonly (readonly [value: T, label: string])[];
  readonly onChoose: (value: T) => void;
}

const Choice = <T extends string>({ label, value, missing, choices, onChoose }: ChoiceProps<T>) => (
  <label>
    {label}
    <select value={value ?? ''} onChange={(e) => onChoose(e.target.value as T)}>
      {value === undefined ? <option value="">{missing}</option> : null}
      {choices.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

/** Where the reader says which breast and view an image shows. Hanging follows at once. */
export const CorrectView = ({ image, onClose }: { image: OpenImage; onClose: () => void }) => {
  const { correctView } = useServices();
  const { header, asRead } = image;
  const open = openQuestions(header);
  // A picture that lies the wrong way round asks which side it shows.
  const isSideOpen = open.side.length > 0 || open.picture !== undefined;
  const set = (change: ViewCorrection) =>
    correctView(header.sopInstanceUid, { ...correctionOf(header), ...change });
  return (
    <Dialog title={t('Side and view')} className="correct-view" onClose={onClose}>
      <Thumbnail header={header} />
      <div>
        <Choice<Side>
          label={t('Side')}
          missing={isSideOpen ? t('in doubt: say which') : t('not given')}
          value={isSideOpen ? undefined : header.laterality.value}
          choices={[
            ['R', t('right')],
            ['L', t('left')],
          ]}
          onChoose={(side) => set({ side })}
        />
        <Choice<MammographyView>
          label={t('View')}
          missing={open.view.length > 0 ? t('in doubt: say which') : t('not given')}
          value={open.view.length > 0 ? undefined : header.view.value}
          choices={MAMMOGRAPHY_VIEWS.map((view) => [view, viewInFull(view)])}
          onChoose={(view) => set({ view })}
        />
        {doubtTexts(header).map((text) => (
          <p key={text} className="alarm">
            {text}
          </p>
        ))}
        <p className="fine">
          {t('The file says {view} ({source}).', {
            view: viewInWords(asRead),
            source: sourceText(asRead),
          })}
        </p>
        <button
          type="button"
          disabled={!isCorrected(header)}
          onClick={() => correctView(header.sopInstanceUid, {})}
        >
          {t('Use the file’s')}
        </button>
        <p className="fine">
          {t('The correction is kept in this browser and enters reports. The file is not changed.')}
        </p>
      </div>
    </Dialog>
  );
};
