import { z } from 'zod';

const indexSchema = z.object({
  cases: z
    .array(z.object({ id: z.string(), title: z.string(), files: z.array(z.string()) }))
    .min(1),
});

/** The files of the first demo case, fetched from the page's own origin. */
export const fetchDemoCase = async (): Promise<readonly File[]> => {
  const base = new URL('demo/', document.baseURI);
  const get = async (name: string) => {
    const response = await fetch(new URL(name, base));
    if (!response.ok) throw new Error(`demo/${name} answered ${response.status}`);
    return response;
  };
  const { cases } = indexSchema.parse(await (await get('index.json')).json());
  const names = cases[0]?.files ?? [];
  return Promise.all(names.map(async (name) => new File([await (await get(name)).blob()], name)));
};
