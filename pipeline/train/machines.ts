import type { SvmFile } from '../../src/core/classifier/svm-file.ts';
import { LIST, trainFinalAnalytic } from '../analytic/final.ts';
import { trainingSide } from '../analytic/nested.ts';
import { blindCalibrations, type Calibrations } from '../cv/answers.ts';
import { trainFinalSvm } from '../cv/final-svm.ts';
import type { Setting } from '../cv/search.ts';
import { FOLDS } from '../protocol/rules.ts';
import type { Libsvm } from '../svm/libsvm.ts';
import type { Judged } from './cases.ts';
import type { MeasuredArm } from './measured-arm.ts';
import type { FoldedTraining, LabelledRoi } from './train-data.ts';

/** The machines that ship: trained on all rows, under the settings that were searched for. */
export const shippedMachines = (
  libsvm: Libsvm,
  data: FoldedTraining,
  setting: Setting,
  measured: MeasuredArm | undefined,
  { calibrations }: Judged,
  featureSchemaId: string,
): { readonly cnn: SvmFile; readonly analytic?: SvmFile } => {
  const calibrated = (arm: 'cnn' | 'analytic') => ({
    calibration: calibrations.lesion[arm] as Calibrations['cnn'],
    viewCalibration: calibrations.view[arm] as Calibrations['cnn'],
    refits: [],
  });
  const cnn = trainFinalSvm(
    libsvm,
    data.rois,
    data.final,
    data.candidates,
    setting,
    featureSchemaId,
    calibrated('cnn'),
  );
  if (!measured) return { cnn };
  const { input, validation } = measured;
  const { setting: analyticSetting } = validation.final;
  return {
    cnn,
    analytic: trainFinalAnalytic(libsvm, input, analyticSetting, calibrated('analytic')),
  };
};

/** The machines of each fold, blind to its lesions, under the settings that ship. */
export const foldMachines = (
  libsvm: Libsvm,
  data: FoldedTraining,
  setting: Setting,
  measured: MeasuredArm | undefined,
  { lesions }: Judged,
) =>
  blindCalibrations(lesions, FOLDS).map((calibration, k) => {
    const rows = data.rois.flatMap((_, i) => (data.fold[i] === k ? [] : [i]));
    return {
      taps: setting.set.taps,
      svm: trainFinalSvm(
        libsvm,
        rows.map((i) => data.rois[i] as LabelledRoi),
        rows.map((i) => data.byFold[k]?.[i] as Float32Array),
        data.candidates,
        setting,
        `fold ${k}`,
        { calibration: calibration.cnn, refits: [] },
      ),
      ...(measured && calibration.analytic
        ? {
            analytic: {
              svm: trainFinalAnalytic(
                libsvm,
                trainingSide(measured.input, k),
                measured.validation.final.setting,
                { calibration: calibration.analytic, refits: [] },
              ),
              features: LIST,
            },
            fused: calibration.fused,
          }
        : {}),
    };
  });
