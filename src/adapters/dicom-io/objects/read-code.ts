import type { DataSet } from 'dicom-parser';
import type { Code } from '../../../core/dicom/codes.ts';
import { plainText } from '../../../core/dicom/plain-text.ts';
import { items, text, type TextDecoding } from '../read/values.ts';

/** The first item of a code sequence (PS3.3 8.8); undefined where it has none. Long and URN codes count too. */
export const readCode = (dataSet: DataSet, tag: string, decode: TextDecoding): Code | undefined => {
  const [item] = items(dataSet, tag);
  if (!item) return undefined;
  return {
    value:
      text(item, 'x00080100') || text(item, 'x00080119', decode) || text(item, 'x00080120', decode),
    scheme: text(item, 'x00080102'),
    meaning: plainText(text(item, 'x00080104', decode)),
  };
};
