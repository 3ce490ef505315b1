import type { z } from 'zod';
import { ANALYTIC_FEATURES, ANALYTIC_SCHEMA_ID } from '../features/analytic/schema.ts';
import { CELL } from '../finder/finder-maps.ts';
import { PAIR_CUES } from '../finder/link-views.ts';
import { BOTH_CUES } from '../finder/rescore.ts';
import { VIEW_CUES } from '../finder/view-cues.ts';
import { err, ok, type Result } from '../message/result.ts';
import { schemaProblems } from '../message/schema-problems.ts';
import { finderFileSchema, type FinderFile } from './finder-file.ts';
import { goldenFileSchema, type GoldenFile } from './golden-file.ts';
import { manifestSchema, type PackManifest } from './manifest.ts';
import { referenceFileSchema, type ReferenceFile } from './reference-file.ts';
import { svmFileSchema, type SvmFile } from '../classifier/svm-file.ts';

/** The JSON side of a pack, checked file by file and against one another. */
export interface Pack {
  readonly manifest: PackManifest;
  readonly svms: { readonly cnn: SvmFile; readonly analytic?: SvmFile };
  readonly reference: ReferenceFile;
  readonly golden: GoldenFile;
  readonly finder?: FinderFile;
}

/** Text of a file of the pack by its path, undefined when the pack has no such file. */
export type PackTexts = (path: string) => string | undefined;

const parseFile = <T>(path: string, text: string | undefined, schema: z.ZodType<T>) => {
  if (text === undefined) return err(`${path} is missing from the pack`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return err(`${path} is not JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(json);
  return parsed.success
    ? ok(parsed.data)
    : err(`${path} is not valid: ${schemaProblems(parsed.error)}`);
};

/** manifest.json alone. */
export const parseManifest = (text: string): Result<PackManifest, string> =>
  parseFile('manifest.json', text, manifestSchema);

const lengthProblem = (svm: SvmFile, length: number): string | undefined => {
  const { mean, scale } = svm.scaler;
  if (mean.length !== length || scale.length !== length)
    return `its scaler has ${mean.length} means and ${scale.length} scales for ${length} features`;
  const wrong = svm.supportVectors.findIndex((vector) => vector.length !== length);
  if (wrong >= 0)
    return `support vector ${wrong} has ${svm.supportVectors[wrong]?.length} of ${length} features`;
  if (svm.coefficients.length !== svm.supportVectors.length)
    return `${svm.coefficients.length} coefficients for ${svm.supportVectors.length} support vectors`;
  if (svm.kernel === 'rbf' && svm.gamma === 0) return 'an RBF kernel needs a gamma above 0';
  return undefined;
};

const svmProblem = (
  svm: SvmFile,
  arm: SvmFile['arm'],
  schemaId: string,
  length: number,
): string | undefined => {
  if (svm.arm !== arm) return `it is the ${svm.arm} arm's, expected ${arm}`;
  if (svm.featureSchemaId !== schemaId)
    return `its features are ${svm.featureSchemaId}, the manifest's are ${schemaId}`;
  return lengthProblem(svm, length);
};

/** A pack whose analytic features this program does not measure, or not in that way, must not score. */
const analyticProblem = (analytic: PackManifest['features']['analytic']): string | undefined => {
  if (!analytic) return undefined;
  if (analytic.schemaId !== ANALYTIC_SCHEMA_ID)
    return `its analytic features are ${analytic.schemaId}, this program measures ${ANALYTIC_SCHEMA_ID}`;
  const known = new Set(ANALYTIC_FEATURES.map((feature) => feature.name));
  const unknown = analytic.names.find((name) => !known.has(name));
  return unknown === undefined ? undefined : `it names an unknown analytic feature, ${unknown}`;
};

const manifestProblem = ({ backbone, features, arms }: PackManifest): string | undefined => {
  const length = backbone.taps.reduce((sum, tap) => sum + tap.shape[2], 0);
  if (length !== features.cnn.length)
    return `the taps make ${length} features, features.cnn says ${features.cnn.length}`;
  if (!arms.includes('cnn')) return 'it has no cnn arm';
  if (arms.includes('analytic') !== (features.analytic !== undefined))
    return 'its arms and its feature schemas do not agree about the analytic arm';
  const strange = analyticProblem(features.analytic);
  if (strange) return strange;
  if ((backbone.activationTap ?? 0) >= backbone.taps.length)
    return `its activationTap ${backbone.activationTap} is not among ${backbone.taps.length} taps`;
  return undefined;
};

/** Cues that the finder's models may name: what core measures for them. */
const FINDER_CUES: Readonly<Record<keyof FinderFile['rescoring'], readonly string[]>> = {
  own: VIEW_CUES,
  pair: PAIR_CUES,
  both: BOTH_CUES,
  outcome: VIEW_CUES,
};

const finderProblem = ({ rescoring, golden, input }: FinderFile): string | undefined => {
  for (const [model, cues] of Object.entries(FINDER_CUES)) {
    const { names } = rescoring[model as keyof FinderFile['rescoring']];
    const unknown = names.find((name) => !cues.includes(name));
    if (unknown !== undefined) return `rescoring.${model} names an unknown cue, ${unknown}`;
  }
  if (input.maxWidth % input.stride || input.maxHeight % input.stride)
    return `its largest input is no multiple of ${input.stride}`;
  const cells = (golden.size / CELL) ** 2;
  if (golden.size % input.stride || golden.centre.length !== cells)
    return `its golden view has ${golden.centre.length} cells for ${golden.size} pixels`;
  return undefined;
};

const parseFinder = (
  { finder }: PackManifest,
  text: PackTexts,
): Result<FinderFile | undefined, string> => {
  if (!finder) return ok(undefined);
  const parsed = parseFile(finder.rules, text(finder.rules), finderFileSchema);
  if (!parsed.ok) return parsed;
  const problem = finderProblem(parsed.value);
  return problem ? err(`${finder.rules} is not valid: ${problem}`) : parsed;
};

const parseSvms = (manifest: PackManifest, text: PackTexts): Result<Pack['svms'], string> => {
  const { cnn, analytic } = manifest.features;
  const first = parseFile('svm-cnn.json', text('svm-cnn.json'), svmFileSchema);
  if (!first.ok) return first;
  const problem = svmProblem(first.value, 'cnn', cnn.schemaId, cnn.length);
  if (problem) return err(`svm-cnn.json does not fit the manifest: ${problem}`);
  if (!analytic) return ok({ cnn: first.value });
  const second = parseFile('svm-analytic.json', text('svm-analytic.json'), svmFileSchema);
  if (!second.ok) return second;
  const other = svmProblem(second.value, 'analytic', analytic.schemaId, analytic.names.length);
  if (other) return err(`svm-analytic.json does not fit the manifest: ${other}`);
  return ok({ cnn: first.value, analytic: second.value });
};

/**
 * Checks the JSON files of a pack whose manifest is already parsed: each against its schema, and all
 * against one another (feature schema ids, lengths, kernel parameters, golden vectors). The error
 * begins with the name of the file at fault. Hashes are not checked here.
 */
export const parsePack = (manifest: PackManifest, text: PackTexts): Result<Pack, string> => {
  const wrong = manifestProblem(manifest);
  if (wrong) return err(`manifest.json contradicts itself: ${wrong}`);
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
      `golden.json does not fit the manifest: ${odd.features.length} of ${length} features`,
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
