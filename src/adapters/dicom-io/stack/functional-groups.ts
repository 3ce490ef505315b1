import type { DataSet } from 'dicom-parser';
import { items } from '../read/values.ts';

const SHARED = 'x52009229';
const PER_FRAME = 'x52009230';
/** X-Ray 3D Acquisition Sequence (PS3.3 C.8.21.3.3): how the projections of a volume were taken. */
const ACQUISITION = 'x00189507';

/** The functional group macros (PS3.3 C.7.6.16.2, C.8.21) whose attributes are read, by their sequence. */
const MACROS = [
  'x00289110', // Pixel Measures
  'x00289132', // Frame VOI LUT
  'x00289145', // Pixel Value Transformation
  'x00209111', // Frame Content
  'x00209113', // Plane Position (Patient)
  'x00209116', // Plane Orientation (Patient)
  'x00209071', // Frame Anatomy
  'x00209450', // Patient Orientation in Frame
];

type Elements = DataSet['elements'];

const filled = (elements: Elements): Elements =>
  Object.fromEntries(
    Object.entries(elements).filter(([, { length, items: parts }]) => length !== 0 || parts),
  );

const macrosOf = (group: DataSet | undefined): readonly Elements[] =>
  group
    ? MACROS.flatMap((tag) => items(group, tag).slice(0, 1)).map(({ elements }) => filled(elements))
    : [];

/**
 * The attributes of single frames as those of a data set: of the frame's own functional groups, else of
 * the shared ones, else of the data set, else of its acquisition. A data set without groups is its own
 * frame. Values point into the same bytes.
 */
export const framesOf = (dataSet: DataSet): ((index: number) => DataSet) => {
  const [shared] = items(dataSet, SHARED);
  const perFrame = items(dataSet, PER_FRAME);
  const [acquisition] = items(dataSet, ACQUISITION);
  if (!shared && perFrame.length === 0 && !acquisition) return () => dataSet;
  const common: Elements = Object.assign(
    {},
    acquisition?.elements,
    filled(dataSet.elements),
    ...macrosOf(shared),
  );
  return (index) => {
    const elements: Elements = Object.assign({}, common, ...macrosOf(perFrame[index]));
    return Object.assign(Object.create(dataSet) as DataSet, { elements });
  };
};
