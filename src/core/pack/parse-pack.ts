import {
  type Arm,
  type ByArm,
  measuredArms,
  type MeasuredArm,
  measuredOf,
} from '../classifier/arms.ts';
import { reasonOf } from '../message/failure.ts';
import { message, type Message } from '../message/message.ts';
import type { z } from 'zod';
import { CELL } from '../finder/finder-maps.ts';
import { PAIR_CUES } from '../finder/link-views.ts';
import { BOTH_CUES } from '../finder/rescore.ts';
import { VIEW_CUES } from '../finder/view-cues.ts';
import { EXTRACTORS, extractorOf } from '../lesion/measured-arms.ts';
import { err, ok, type Result } from '../message/result.ts';
import { checkedBy } from '../message/schema-problems.ts';
import { finderFileSchema, type FinderFile } from './finder-file.ts';
import { goldenFileSchema, type GoldenFile } from './golden-file.ts';
import { manifestSchema, type PackManifest } from './manifest.ts';
import { referenceFileSchema, type ReferenceFile } from './reference-file.ts';
import { svmFileSchema, type SvmFile } from '../classifier/svm-file.ts';

/** A manifest without its finder: what scores, which needs no file of it. */
export const withoutFinder = ({ finder: _finder, ...rest }: PackManifest): PackManifest => rest;

/** The JSON side of a pack, checked file by file and against one another. */
export interface Pack {
  readonly manifest: PackManifest;
  readonly svms: ByArm<SvmFile>;
  readonly reference: ReferenceFile;
  readonly golden: GoldenFile;
  readonly finder?: FinderFile;
}

/** Text of a file of the pack by its path, undefined when the pack has no such file. */
export type PackTexts = (path: string) => string | undefined;

const parseFile = <T>(path: string, text: string | undefined, schema: z.ZodType<T>) => {
  if (text === undefined) return err(message('pack.missing', { path }));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return err(message('pack.not-json', { path, reason: reasonOf(error) }));
  }
  const checked = checkedBy(schema, json);
  return checked.ok ? checked : err(message('pack.invalid', { path, reason: checked.error }));
};

/** manifest.json alone. */
export const parseManifest = (text: string): Result<PackManifest, Message> =>
  parseFile('manifest.json', text, manifestSchema);

const lengthProblem = (svm: SvmFile, length: number): Message | undefined => {
  const { mean, scale } = svm.scaler;
  if (mean.length !== length || scale.length !== length)
    return message('pack.svm.scaler', {
      means: mean.length,
      scales: scale.length,
      features: length,
    });
  const wrong = svm.supportVectors.findIndex((vector) => vector.length !== length);
  if (wrong >= 0)
    return message('pack.svm.vector', {
      number: wrong,
      got: svm.supportVectors[wrong]?.length ?? 0,
      features: length,
    });
  if (svm.coefficients.length !== svm.supportVectors.length)
    return message('pack.svm.coefficients', {
      coefficients: svm.coefficients.length,
      vectors: svm.supportVectors.length,
    });
  if (svm.kernel === 'rbf' && svm.gamma === 0) return message('pack.svm.gamma');
  return undefined;
};

const svmProblem = (
  svm: SvmFile,
  arm: SvmFile['arm'],
  schemaId: string,
  length: number,
): Message | undefined => {
  if (svm.arm !== arm) return message('pack.svm.arm', { got: svm.arm, wanted: arm });
  if (svm.featureSchemaId !== schemaId)
    return message('pack.svm.schema', { got: svm.featureSchemaId, wanted: schemaId });
  return lengthProblem(svm, length);
};

/** A pack whose features this program does not measure, or not in that way, must not score. */
const measuredProblem = (
  arm: MeasuredArm,
  features: PackManifest['features'][MeasuredArm],
): Message | undefined => {
  if (!features) return message('pack.arms', { arm });
  const extractor = extractorOf(features.schemaId);
  if (!extractor)
    return message('pack.measured.schema', {
      arm,
      got: features.schemaId,
      wanted: EXTRACTORS.map(({ schemaId }) => schemaId).join(', '),
    });
  const unknown = features.names.find((name) => !extractor.names.includes(name));
  return unknown === undefined
    ? undefined
    : message('pack.measured.unknown', { arm, name: unknown });
};

const manifestProblem = ({ backbone, features, arms }: PackManifest): Message | undefined => {
  const length = backbone.taps.reduce((sum, tap) => sum + tap.shape[2], 0);
  if (length !== features.cnn.length)
    return message('pack.taps', { got: length, wanted: features.cnn.length });
  if (!arms.includes('cnn')) return message('pack.no-cnn');
  const unused = measuredArms(features).find((arm) => !arms.includes(arm));
  if (unused) return message('pack.arms', { arm: unused });
  for (const arm of arms) {
    const strange = arm === 'cnn' ? undefined : measuredProblem(arm, features[arm]);
    if (strange) return strange;
  }
  const tap = backbone.activationTap ?? 0;
  if (tap >= backbone.taps.length)
    return message('pack.activation', { tap, taps: backbone.taps.length });
  return undefined;
};

/** Cues that the finder's models may name: what core measures for them. */
const FINDER_CUES: Readonly<Record<keyof FinderFile['rescoring'], readonly string[]>> = {
  own: VIEW_CUES,
  pair: PAIR_CUES,
  both: BOTH_CUES,
  outcome: VIEW_CUES,
};

const finderProblem = ({ rescoring, golden, input }: FinderFile): Message | undefined => {
  for (const [model, cues] of Object.entries(FINDER_CUES)) {
    const { names } = rescoring[model as keyof FinderFile['rescoring']];
    const unknown = names.find((name) => !cues.includes(name));
    if (unknown !== undefined) return message('pack.finder.cue', { model, name: unknown });
  }
  if (input.maxWidth % input.stride || input.maxHeight % input.stride)
    return message('pack.finder.stride', { stride: input.stride });
  const cells = (golden.size / CELL) ** 2;
  if (golden.size % input.stride || golden.centre.length !== cells)
    return message('pack.finder.cells', { cells: golden.centre.length, size: golden.size });
  return undefined;
};

/** The rules of the finder that a manifest names; undefined where it names none. The error names the file. */
export const parseFinder = (
  { finder }: PackManifest,
  text: PackTexts,
): Result<FinderFile | undefined, Message> => {
  if (!finder) return ok(undefined);
  const parsed = parseFile(finder.rules, text(finder.rules), finderFileSchema);
  if (!parsed.ok) return parsed;
  const problem = finderProblem(parsed.value);
  return problem ? err(message('pack.invalid', { path: finder.rules, reason: problem })) : parsed;
};

const parseSvms = (manifest: PackManifest, text: PackTexts): Result<Pack['svms'], Message> => {
  const { arms, features } = manifest;
  const vectors: ByArm<{ readonly schemaId: string; readonly length: number }> = {
    cnn: features.cnn,
    ...measuredOf(features, ({ schemaId, names }) => ({ schemaId, length: names.length })),
  };
  const svms: { [A in Arm]?: SvmFile } = {};
  for (const arm of arms) {
    const vector = vectors[arm];
    if (!vector) throw new Error(`the arm ${arm} has no features`);
    const path = `svm-${arm}.json`;
    const parsed = parseFile(path, text(path), svmFileSchema);
    if (!parsed.ok) return parsed;
    const problem = svmProblem(parsed.value, arm, vector.schemaId, vector.length);
    if (problem) return err(message('pack.misfit', { path, reason: problem }));
    svms[arm] = parsed.value;
  }
  return ok(svms as Pack['svms']);
};

/**
 * Checks the JSON files of a pack whose manifest is already parsed: each against its schema, and all
 * against one another (feature schema ids, lengths, kernel parameters, golden vectors). The error
 * names the file at fault. Hashes are not checked here.
 */
export const parsePack = (manifest: PackManifest, text: PackTexts): Result<Pack, Message> => {
  const wrong = manifestProblem(manifest);
  if (wrong) return err(message('pack.contradiction', { reason: wrong }));
  const svms = parseSvms(manifest, text);
  if (!svms.ok) return svms;
  const reference = parseFile('reference.json', text('reference.json'), referenceFileSchema);
  if (!reference.ok) return reference;
  const golden = parseFile('golden.json', text('golden.json'), goldenFileSchema);
  if (!golden.ok) return golden;
  const { length } = manifest.features.cnn;
  const odd = golden.value.patches.find((patch) => patch.features.length !== length);
  if (odd)
    return err(
      message('pack.misfit', {
        path: 'golden.json',
        reason: message('pack.golden', { got: odd.features.length, wanted: length }),
      }),
    );
  const finder = parseFinder(manifest, text);
  if (!finder.ok) return finder;
  return ok({
    manifest,
    svms: svms.value,
    reference: reference.value,
    golden: golden.value,
    ...(finder.value ? { finder: finder.value } : {}),
  });
};
