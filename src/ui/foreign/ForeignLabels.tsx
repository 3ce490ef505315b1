import type { MammogramHeader } from '../../core/dicom/mammogram-header.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useShownName } from '../names.tsx';
import { useAppliedState, useIsKeyImage } from './use-foreign.ts';

/** What a view has to say of other programs: that it is a key image, and that a state changes it. */
export const ForeignLabels = ({ header }: { header: MammogramHeader }) => {
  const isKey = useIsKeyImage(header);
  const state = useAppliedState(header.sopInstanceUid);
  const shownName = useShownName();
  return (
    <>
      {isKey ? (
        <p className="view-unusual stays" data-label="key-image">
          {t('KEY IMAGE')}
        </p>
      ) : null}
      {state ? (
        <p className="view-unusual stays" data-label="presentation-state">
          {t('Presentation state: {label}', { label: shownName(state.label) || '–' })}
        </p>
      ) : null}
    </>
  );
};

/** The same in the list of images. */
export const KeyImageMark = ({ header }: { header: MammogramHeader }) =>
  useIsKeyImage(header) ? <span>{t('KEY IMAGE')}</span> : null;
