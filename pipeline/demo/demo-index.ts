import type { Box } from '../../src/core/roi/box.ts';
import type { DemoImage } from './demo-case.ts';

/** public/demo/index.json: what the program needs to open the case and to offer its marks. */
export interface DemoIndex {
  readonly cases: readonly {
    readonly id: string;
    readonly title: string;
    readonly synthetic: true;
    readonly files: readonly string[];
    readonly lesions: readonly {
      readonly kind: string;
      /** File name to the mark in pixels of the stored image. */
      readonly marks: Readonly<Record<string, Box>>;
    }[];
  }[];
}

export const fileNameOf = (image: Pick<DemoImage, 'side' | 'view'>): string =>
  `demo-1-${image.side}${image.view}.dcm`;

export const demoIndex = (images: readonly DemoImage[]): DemoIndex => {
  const lesions = new Map<string, Record<string, Box>>();
  for (const image of images)
    for (const { kind, box } of image.marks)
      lesions.set(kind, { ...lesions.get(kind), [fileNameOf(image)]: box });
  return {
    cases: [
      {
        id: 'demo-1',
        title: 'Synthetic patient with a mass in each breast',
        synthetic: true,
        files: images.map(fileNameOf),
        lesions: [...lesions].map(([kind, marks]) => ({ kind, marks })),
      },
    ],
  };
};
