/** An edge of the stored image. */
export type Edge = 'left' | 'right' | 'top' | 'bottom';

const OPPOSITES: Readonly<Record<Edge, Edge>> = {
  left: 'right',
  right: 'left',
  top: 'bottom',
  bottom: 'top',
};
export const opposite = (edge: Edge): Edge => OPPOSITES[edge];

/**
 * What the picture itself says of how the breast lies in it, in stored coordinates; undefined where
 * it does not say so clearly. Never a side or a view by itself: a mirrored right breast looks like a
 * left one.
 */
export interface PictureEvidence {
  /** The edge that the breast lies on. */
  readonly chestWall: Edge | undefined;
  /** The edge, across the chest wall's, in whose corner the pectoral muscle lies. */
  readonly pectoral: Edge | undefined;
  /**
   * 'oblique': the muscle's edge runs slantwise through a corner, as in MLO and lateral views. 'CC':
   * the breast leaves both corners at the chest wall free, and there is no such edge.
   */
  readonly projection: 'CC' | 'oblique' | undefined;
}

export const NO_EVIDENCE: PictureEvidence = {
  chestWall: undefined,
  pectoral: undefined,
  projection: undefined,
};
