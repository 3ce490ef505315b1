import { keyImageSchema } from '../../core/report/key-image.ts';
import type { KeyImageStorage } from '../../ports/storage.ts';
import { createImageRecordStorage } from './image-record-storage.ts';
import { OURS } from './kept-database.ts';
import { pixelIdentitySchema } from './pixel-identity-schema.ts';

const recordSchema = keyImageSchema.extend({ pixels: pixelIdentitySchema.optional() });

export const createKeyImageStorage = (): KeyImageStorage =>
  createImageRecordStorage(`${OURS}-key-images`, 'keyImages', recordSchema);
