import type { Code } from '../dicom/codes.ts';
import type { ImagePoint } from '../geometry/point.ts';
import type { SpaceRegion } from './in-space.ts';
import type { FindingKind } from './finding-kind.ts';
import type { Shape } from './shape.ts';

/** Rendering Intent (CID 6034): whether a display shall, may or shall not present a finding. */
export type RenderingIntent = 'required' | 'optional' | 'not' | 'unsaid';

export interface Algorithm {
  /** '' where it is not said. */
  readonly name: string;
  readonly version: string;
}

/** A number of a report with its unit as the file has them: "83 %", "12.5 mm". */
export interface Measure {
  readonly name: string;
  readonly value: string;
}

/** Where a finding is on one image, in stored pixels of it. */
export interface FindingMark {
  readonly sopInstanceUid: string;
  /** The frames that it is on, counted from 1; absent: all of them. */
  readonly frames?: readonly number[];
  /** Absent where only lines are given. */
  readonly centre?: ImagePoint;
  readonly shapes: readonly Shape[];
}

/** One thing that another program found, on one image or on several. */
export interface ForeignFinding {
  /** Unique in its report. */
  readonly id: string;
  readonly kind: FindingKind;
  /** As the file has it. */
  readonly name: Code;
  readonly intent: RenderingIntent;
  readonly algorithm: Algorithm;
  /** Percent, as stated: Certainty of Finding or of Feature. */
  readonly certainty?: number;
  /** Percent, as stated: Probability of cancer. */
  readonly probability?: number;
  /** Of a cluster. */
  readonly calcifications?: number;
  readonly measures: readonly Measure[];
  readonly marks: readonly FindingMark[];
  /** Regions in the patient, which belong on whatever image lies there; absent where there are none. */
  readonly regions?: readonly SpaceRegion[];
}
