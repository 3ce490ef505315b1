import { serve } from '../../workers/serve.ts';
import { ARCHIVE_LIMITS } from './archive-limits.ts';
import type { Unpacking, UnpackTells } from './messages.ts';
import { unpackArchives } from './unpack.ts';

serve<Unpacking, UnpackTells>((tell) => ({
  unpack: (archives) =>
    unpackArchives(archives, {
      limits: ARCHIVE_LIMITS,
      onEntry: (entry, archive) => tell('entry', archive, entry),
      onProgress: (done, total) => tell('progress', done, total),
    }),
}));
