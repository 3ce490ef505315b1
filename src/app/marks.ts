import { adoptFinding } from '../state/adopt-finding.ts';
import { placeMark } from '../state/place-mark.ts';
import type { Services } from '../ui/services.tsx';
import type { Stores } from './stores.ts';

/** How marks come to be: by the reader's hand, or of what another program found. */
export const composeMarks = (
  { studies, lesions, notices }: Stores,
  { outlineAt }: Pick<Services, 'outlineAt'>,
): Pick<Services, 'placeMark' | 'adoptFinding'> => ({
  placeMark: (sop, box, lesionId) => {
    const { images } = studies.getState();
    const placement = placeMark(lesions, images, lesionId, sop, box);
    notices.getState().tell('placing', placement.kind === 'placed' ? undefined : placement.text, {
      about: [sop],
    });
    return placement.kind === 'refused' ? undefined : placement.lesionId;
  },
  adoptFinding: async (finding) => {
    const images = () => studies.getState().images;
    const adopted = await adoptFinding(finding, { lesions, images, outlineAt });
    notices.getState().tell('placing', adopted.kind === 'refused' ? adopted.text : undefined, {
      about: Object.keys(finding.marks),
    });
  },
});
