import type { Lesion } from '../../core/lesion/lesion.ts';
import {
  MASS_CALCIFICATIONS,
  MASS_DENSITIES,
  MASS_MARGINS,
  MASS_SHAPES,
  type MassDescriptors,
} from '../../core/lesion/mass-descriptors.ts';
import { t } from '../../i18n/phrases/text.ts';
import { Choice } from '../components/Choice.tsx';
import { calcificationWord, densityWord } from '../descriptor-words.ts';
import { useServices } from '../services.tsx';

/** How the mass looks, in the words of BI-RADS. */
export const Descriptors = ({ lesion }: { lesion: Lesion }) => {
  const { lesions } = useServices();
  const { id, descriptors = {} } = lesion;
  const say = (change: MassDescriptors) =>
    lesions.getState().describe(id, { ...descriptors, ...change });
  return (
    <div className="descriptors" role="group" aria-label={t('Mass descriptors (BI-RADS)')}>
      <Choice
        label={t('Shape')}
        values={MASS_SHAPES}
        value={descriptors.shape}
        onChoose={(shape) => say({ shape })}
        wordOf={(each) => t(each)}
      />
      <Choice
        label={t('Margin')}
        values={MASS_MARGINS}
        value={descriptors.margin}
        onChoose={(margin) => say({ margin })}
        wordOf={(each) => t(each)}
      />
      <Choice
        label={t('Mass density')}
        values={MASS_DENSITIES}
        value={descriptors.density}
        onChoose={(density) => say({ density })}
        wordOf={densityWord}
      />
      <Choice
        label={t('Calcifications')}
        values={MASS_CALCIFICATIONS}
        value={descriptors.calcifications}
        onChoose={(calcifications) => say({ calcifications })}
        wordOf={calcificationWord}
      />
    </div>
  );
};
