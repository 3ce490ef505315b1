import type { ReportedSecondLook } from '../../core/report/build-second-look.ts';
import type { ReportSecondLook } from '../../core/report/report-second-look.ts';
import type { ChosenPack } from '../scoring/packs.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { lookNotes } from '../../state/look-notes.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { locationOf, type NipplesState, type SeenImage } from '../../state/nipples-store.ts';
import { openExams } from '../../state/open-exams.ts';
import type { SecondLookState } from '../../state/second-look-store.ts';
import { shownExamScore, shownFindings, viewsAsSaid } from '../../state/shown-findings.ts';

interface Sources {
  readonly secondLook: Pick<SecondLookState, 'finder' | 'exams'>;
  readonly lesions: readonly Lesion[];
  readonly open: readonly OpenImage[];
  /** The patient's, with what places in the breast need. */
  readonly seen: readonly SeenImage[];
  readonly nipples: Pick<NipplesState, 'placed' | 'landmarks'>;
  /** Undefined where no pack is loaded. */
  readonly pack: Pick<ChosenPack, 'manifest' | 'sha256'> | undefined;
}

const finderOf = (name: string, pack: Sources['pack']): ReportSecondLook['finder'] => ({
  name,
  packId: pack?.manifest.id ?? '',
  packVersion: pack?.manifest.version ?? '',
  packSha256: pack?.sha256 ?? '',
});

/** The second looks at a patient's open exams that the reader has asked for; before that word, none. */
export const reportedSecondLooks = (
  patientKey: string,
  { secondLook, lesions, open, seen, nipples, pack }: Sources,
): readonly ReportedSecondLook[] => {
  const { finder, exams } = secondLook;
  if (finder.phase !== 'there') return [];
  return openExams(open)
    .filter((exam) => exam.patientKey === patientKey)
    .flatMap(({ key, images }) => {
      const look = exams[key];
      if (!look?.said) return [];
      return [
        {
          said: look.said,
          finder: finderOf(finder.info.name, pack),
          falseMarks: look.falseMarks,
          views: viewsAsSaid(look),
          breasts: shownExamScore(secondLook, key)?.breasts ?? [],
          notes: lookNotes(images, look.falseMarks),
          findings: shownFindings(secondLook, key, lesions, open).map((finding) => {
            const marks = finding.marks.map(({ sopInstanceUid, box }) => [sopInstanceUid, box]);
            const location = locationOf({ marks: Object.fromEntries(marks) }, seen, nipples);
            return { ...finding, location };
          }),
        },
      ];
    });
};
