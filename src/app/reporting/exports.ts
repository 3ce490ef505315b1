import { appliedTo } from '../../core/classifier/site-calibration.ts';
import { sayIn } from '../../i18n/say.ts';
import { failureOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
import { buildCaseReport } from '../../core/report/build-case-report.ts';
import { type CaseReport, caseReportSchema } from '../../core/report/case-report.ts';
import { withoutNames } from '../../core/report/without-names.ts';
import { type ExamReading, isUnread } from '../../core/lesion/exam-reading.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { isScoreHidden, NOT_REVEALED } from '../../core/lesion/reading.ts';
import { cautionsOf } from '../../state/cautions.ts';
import { lesionsOnShow, scoreOnShow } from '../../state/current-score.ts';
import { sizedViews } from '../../state/follow-ups.ts';
import { localMoment } from '../../core/units/local-moment.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import { checkedBy } from '../../core/message/schema-problems.ts';
import type { ExamReadingsStore } from '../../state/exam-readings-store.ts';
import type { KeyImagesStore } from '../../state/key-images-store.ts';
import type { LesionsStore } from '../../state/lesions-store.ts';
import { locationOf, nippleOf, type NipplesStore } from '../../state/nipples-store.ts';
import type { SecondLookStore } from '../../state/second-look-store.ts';
import type { MeasurementsStore } from '../../state/measurements-store.ts';
import type { ScoringStore } from '../../state/scoring-store.ts';
import type { SettingsStore } from '../../state/settings-store.ts';
import { imagesOfPatient, type StudiesStore } from '../../state/studies-store.ts';
import type { ExportPort } from '../../ports/exports.ts';
import { download, filesOf, OFFERS } from './exports-files.ts';
import { reportedMeasurements } from './exports-image-words.ts';
import { identityOf, reportedImage } from '../../core/report/reported-image.ts';
import { reportedFollowUp, reportedLesion } from './exports-input.ts';
import { buildInfo, PROGRAM_NAME } from '../build-info.ts';
import { packIdentity } from './exports-pack.ts';
import { reportedSecondLooks } from './exports-second-look.ts';
import type { ImageRegistry } from '../opening/image-registry.ts';
import { newUuid } from '../new-uuid.ts';
import type { ChosenPack } from '../scoring/packs.ts';

export const PROGRAM = { name: PROGRAM_NAME, version: buildInfo.version };

type Say = (said: Message) => string;
/** Files are for archives and programs, wherever their reader sits. */
const inEnglish: Say = (said) => sayIn('en', said);

export interface ExportSources {
  readonly studies: StudiesStore;
  readonly lesions: LesionsStore;
  readonly settings: SettingsStore;
  readonly scoring: ScoringStore | undefined;
  readonly pack: ChosenPack | undefined;
  readonly registry: ImageRegistry;
  readonly nipples: NipplesStore;
  readonly measurements: MeasurementsStore;
  readonly examReadings: ExamReadingsStore;
  readonly secondLook: SecondLookStore;
  readonly keyImages: KeyImagesStore;
}

/** What is wrong with a report that its own reader would refuse; so none leaves that cannot return. */
const checked = (report: CaseReport): Result<CaseReport, Message> => {
  const found = checkedBy(caseReportSchema, report);
  return found.ok ? found : err(message('export.invalid', { reason: found.error }));
};

/** What the reader said of whole exams, beside what the studies are. */
const withReadings = (
  identity: ReturnType<typeof identityOf>,
  readings: Readonly<Record<string, ExamReading>>,
): ReturnType<typeof identityOf> => ({
  ...identity,
  studies: Object.fromEntries(
    Object.entries(identity.studies ?? {}).map(([study, facts]) => {
      const reading = readings[study];
      return [study, { ...facts, ...(reading && !isUnread(reading) && { reading }) }];
    }),
  ),
});

/** Builds reports of open patients from the stores and saves them as files. */
export const createExports = (sources: ExportSources): ExportPort => {
  const {
    studies,
    lesions,
    settings,
    scoring,
    pack,
    registry,
    nipples,
    measurements,
    examReadings,
    secondLook,
    keyImages,
  } = sources;

  const assumedPrevalence = (): number =>
    settings.getState().assumedPrevalence ?? pack?.manifest.prevalence.assumed ?? 0.5;

  const build = async (patientKey: string, say: Say): Promise<Result<CaseReport, Message>> => {
    const open = studies.getState().images;
    const seen = imagesOfPatient(open, patientKey).flatMap(({ header, digest }) => {
      const pixels = registry.get(header.sopInstanceUid);
      return pixels ? [{ header, digest, image: pixels.image }] : [];
    });
    const images = seen.map(({ header, digest, image }) => ({
      ...reportedImage(header, image, nippleOf(nipples.getState(), header.sopInstanceUid), digest),
      measurements: reportedMeasurements(
        measurements.getState().measurements,
        header.sopInstanceUid,
        image,
      ),
    }));
    if (images.length === 0) return err(message('export.no-image'));
    const scores = scoring?.getState();
    const scoreOf = (lesion: Lesion) => {
      const result = scores && scoreOnShow(lesion, scores, open);
      const beside = { images: open, seen, nipples: nipples.getState(), pack: pack?.manifest };
      return reportedLesion(lesion, {
        engine: scores?.engine,
        result,
        cautions:
          scores && result?.phase === 'scored'
            ? cautionsOf(result, { ...beside, engine: scores.engine })
            : [],
        assumedPrevalence: assumedPrevalence(),
        siteCalibration: appliedTo(settings.getState().siteCalibration, pack?.sha256),
        specificity: settings.getState().specificity,
      });
    };
    const isHidden = (lesion: Lesion) => isScoreHidden(lesion, settings.getState().readingFirst);
    const sizesOf = (lesion: Lesion) =>
      sizedViews(
        lesion,
        scores && !isHidden(lesion) ? scoreOnShow(lesion, scores, open) : undefined,
        open,
        (sop) => registry.get(sop)?.image,
      );
    const reported = lesionsOnShow(lesions.getState().lesions, open)
      .filter((lesion) => lesion.patientKey === patientKey)
      .map((lesion, _at, all) => ({
        ...(isHidden(lesion) ? { lesion, scoreProblem: NOT_REVEALED } : scoreOf(lesion)),
        location: locationOf(lesion, seen, nipples.getState()),
        sizes: sizesOf(lesion),
        followUp: reportedFollowUp(lesion, all, open, sizesOf),
      }));
    // Made with the first report, so that a page that wrote none keeps nothing.
    settings.getState().identify(newUuid);
    const { installationId } = settings.getState();
    const scored = reported.some((lesion) => lesion.scored);
    return checked(
      buildCaseReport({
        say,
        createdAt: localMoment(new Date()),
        program: {
          ...PROGRAM,
          ...(installationId !== undefined && { installation: installationId }),
        },
        ...(scored && pack && { pack: packIdentity(pack) }),
        images,
        lesions: reported,
        secondLooks: reportedSecondLooks(patientKey, {
          secondLook: secondLook.getState(),
          lesions: lesions.getState().lesions,
          open,
          seen,
          nipples: nipples.getState(),
          pack,
        }),
        keyImages: keyImages
          .getState()
          .keyImages.flatMap(({ pixels: _pixels, ...kept }) =>
            images.some(({ header }) => header.sopInstanceUid === kept.sopInstanceUid)
              ? [kept]
              : [],
          ),
        ...withReadings(identityOf(images), examReadings.getState().readings),
      }),
    );
  };

  const report: ExportPort['report'] = async (patientKey, say = inEnglish) => {
    try {
      const built = await build(patientKey, say);
      return built.ok && settings.getState().namesHidden ? ok(withoutNames(built.value)) : built;
    } catch (error) {
      return err(failureOf(error));
    }
  };

  return {
    offers: OFFERS,
    report,
    save: async (patientKey, format) => {
      const built = await report(patientKey);
      if (!built.ok) return built;
      const { lesions: reported, secondLooks } = built.value;
      if (format === 'csv' && reported.length === 0 && !secondLooks)
        return err(message('export.no-lesion'));
      try {
        const files = await filesOf(built.value, format);
        if (!files.ok) return files;
        files.value.forEach(download);
        return ok(files.value.map((file) => file.name));
      } catch (error) {
        return err(failureOf(error));
      }
    },
  };
};
