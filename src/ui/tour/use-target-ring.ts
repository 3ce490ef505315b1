import { useEffect, useState } from 'react';
import type { Box } from '../../core/geometry/box.ts';
import { imageOfView, type Scene } from './scene.ts';
import type { Target } from './tour-steps.ts';

/** Milliseconds between looks at the page: it scrolls, zooms and scores by itself. */
const LOOK_EVERY = 200;
/** How much wider than the known mark the ring is. */
const ROOM = 1.6;

export interface Ring {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a box of the stored image is on the page; undefined while the view shows no image. */
const boxOnPage = (view: string, box: Box): Ring | undefined => {
  const svg = document.querySelector<SVGSVGElement>(`[data-view="${view}"] svg.box-overlay`);
  const matrix = svg?.dataset['matrix']?.split(' ').map(Number);
  if (!svg || matrix?.length !== 6) return undefined;
  const [a, b, c, d, e, f] = matrix as [number, number, number, number, number, number];
  const { left, top } = svg.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const width = ROOM * (Math.abs(a) * box.width + Math.abs(c) * box.height);
  const height = ROOM * (Math.abs(b) * box.width + Math.abs(d) * box.height);
  return {
    left: left + a * x + c * y + e - width / 2,
    top: top + b * x + d * y + f - height / 2,
    width,
    height,
  };
};

const ringOf = (scene: Scene, target: Target): Ring | undefined => {
  if ('part' in target) {
    const part = document.querySelector(target.part)?.getBoundingClientRect();
    if (!part) return undefined;
    const { left, top, width, height } = part;
    return { left, top, width, height };
  }
  const image = imageOfView(scene, target.markOn);
  const box = image && scene.guide.marks[image.path];
  return box && boxOnPage(target.markOn, box);
};

const sameRing = (a: Ring | undefined, b: Ring | undefined) =>
  a?.left === b?.left && a?.top === b?.top && a?.width === b?.width && a?.height === b?.height;

/** Where the target of a step is now, followed as it moves; brought into sight once. */
export const useTargetRing = (scene: Scene, target: Target | undefined): Ring | undefined => {
  const [ring, setRing] = useState<Ring>();
  useEffect(() => {
    let sought = false;
    const look = () => {
      const found = target && ringOf(scene, target);
      if (found && !sought && target && 'part' in target) {
        sought = true;
        document.querySelector(target.part)?.scrollIntoView({ block: 'nearest' });
      }
      setRing((now) => (sameRing(now, found) ? now : found));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [scene, target]);
  return ring;
};
