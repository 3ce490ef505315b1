interface Verb {
  /** Of the pipeline's folder. */
  readonly file: string;
  readonly what: string;
  /** Whether it answers --help itself. */
  readonly helps?: true;
}

/** What the pipeline can be told to do; those with a script in package.json have the name of it. */
export const VERBS: Readonly<Record<string, Verb>> = {
  train: { file: 'train/train.ts', what: 'cross-validate and train both arms, and write a pack' },
  evaluate: { file: 'evaluate/evaluate.ts', what: 'score every lesion of a table with a pack' },
  validate: { file: 'validate/validate.ts', what: "what a pack is worth on a site's own images" },
  find: { file: 'finder/find.ts', what: 'candidate masses in every image of a table' },
  archive: { file: 'archive/command.ts', what: 'score a whole archive in batch', helps: true },
  report: { file: 'report/report.ts', what: 'write docs/evaluation.md from what was measured' },
  fuzz: { file: 'fuzz/fuzz.ts', what: 'hostile inputs through the functions that the page calls' },
  'fuzz:bytes': {
    file: 'fuzz/flipped-bytes.ts',
    what: 'how many changed bytes of a picture are found',
  },
  'demo:make': { file: 'demo/make-demo.ts', what: 'make the demo cases' },
  'demo:compare': { file: 'demo/compare.ts', what: 'measure them beside real mammograms' },
  'demo:sheet': { file: 'demo/contact-sheet.ts', what: 'draw their contact sheets' },
  'finder:cv': { file: 'finder/cross-validate.ts', what: 'cross-validate the finder' },
  'finder:docs': { file: 'finder/document.ts', what: 'write docs/finder.md' },
  'finder:add': { file: 'finder/add-to-pack.ts', what: 'put the finder into a pack' },
  'finder:images': { file: 'finder/export-images.ts', what: 'films as the page sees them' },
  'finder:parity': { file: 'finder/parity.ts', what: 'its graphs against PyTorch' },
  outlines: { file: 'outlines/compare.ts', what: 'outlines beside those drawn by hand' },
  'outlines:draw': { file: 'outlines/draw.ts', what: 'pictures to draw outlines on' },
  lists: { file: 'analytic/compare-lists.ts', what: 'lists of features, chosen without outcomes' },
  'lists:choose': { file: 'analytic/choose-list.ts', what: 'choose the list that is trained with' },
  ablation: { file: 'analytic/ablation.ts', what: 'families of features alone and left out' },
  activation: {
    file: 'evaluate/activation-check.ts',
    what: 'does the map point at what the score rests on',
  },
  patches: {
    file: 'features/export-patches.ts',
    what: 'boxes cut by the page, to train a backbone on',
  },
  parity: { file: 'network/parity.ts', what: 'exported graphs against PyTorch' },
  features: {
    file: 'features/dump.ts',
    what: "pooled features of every box by each fold's network",
  },
  robustness: {
    file: 'evaluate/robustness.ts',
    what: 'how far a score moves with its box or image',
  },
  views: {
    file: 'grey/picture-evidence.ts',
    what: 'how often a picture tells chest wall and view',
  },
  grey: { file: 'grey/voi-rules.ts', what: 'what applying SIGMOID and VOI LUT would change' },
  'packs:compare': {
    file: 'evaluate/compare-packs.ts',
    what: 'two packs on the lesions that count in both',
  },
  'packs:card': { file: 'pack/refresh-card.ts', what: 'write the card of a pack anew' },
  'packs:golden': { file: 'pack/refresh-golden.ts', what: 'work out its golden answers anew' },
};
