import { z } from 'zod';
import type { TourGuide } from '../../state/tour-store.ts';

const boxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
});

const indexSchema = z.object({
  cases: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        files: z.array(z.string()),
        lesions: z.array(z.object({ marks: z.record(z.string(), boxSchema) })),
      }),
    )
    .min(1),
});

const get = async (name: string): Promise<Response> => {
  const response = await fetch(new URL(`demo/${name}`, document.baseURI));
  if (!response.ok) throw new Error(`demo/${name} answered ${response.status}`);
  return response;
};

const readIndex = async () => indexSchema.parse(await (await get('index.json')).json()).cases;

/** The synthetic cases that come with the page, the first one first. */
export const listDemoCases = async (): Promise<readonly { id: string; title: string }[]> =>
  (await readIndex()).map(({ id, title }) => ({ id, title }));

/** The files of a demo case, by default the first, fetched from the page's own origin. */
export const fetchDemoCase = async (id?: string): Promise<readonly File[]> => {
  const cases = await readIndex();
  const wanted = id === undefined ? cases[0] : cases.find((c) => c.id === id);
  if (!wanted) throw new Error(`there is no demo case ${id}`);
  return Promise.all(
    wanted.files.map(async (name) => new File([await (await get(name)).blob()], name)),
  );
};

/** The first case with the marks of its first lesion: what the guided tour is about. */
export const readTourGuide = async (): Promise<TourGuide> => {
  const [first] = await readIndex();
  const marks = first?.lesions[0]?.marks;
  if (!first || !marks) throw new Error('the demo case has no lesion');
  return { id: first.id, files: first.files, marks };
};
