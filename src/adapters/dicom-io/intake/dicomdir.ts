import { message, type Message } from '../../../core/message/message.ts';
import type { DataSet, Element } from 'dicom-parser';
import { err, ok, type Result } from '../../../core/message/result.ts';
import { parseDataSet } from '../read/data-set.ts';
import { readFileMeta } from '../read/file-meta.ts';
import { DICOMDIR_CLASS } from '../read/identity.ts';
import { strings } from '../read/values.ts';

const FIRST_ROOT_RECORD = 'x00041200';
const RECORDS = 'x00041220';
const NEXT_RECORD = 'x00041400';
const IN_USE = 'x00041410';
const LOWER_RECORD = 'x00041420';
const FILE_ID = 'x00041500';

/** Bytes of the tag and length before an item's value: offsets in a DICOMDIR are those of the tag. */
const ITEM_HEADER = 8;

const filePathOf = (record: DataSet): string | undefined => {
  const unused = record.uint16(IN_USE) === 0;
  const parts = strings(record, FILE_ID);
  return unused || parts.length === 0 ? undefined : parts.join('/');
};

/**
 * The records in the order that their links give (PS3.3 F.2): each, what is below it, its next.
 * Links that lead nowhere or in a circle end there; a record that none leads to comes last.
 */
const inLinkedOrder = (dataSet: DataSet, base: number): readonly DataSet[] => {
  const items = (dataSet.elements[RECORDS]?.items ?? []).filter(
    (item): item is Element & { dataSet: DataSet } => item.dataSet !== undefined,
  );
  const waiting = new Map(
    items.map((item) => [item.dataOffset - ITEM_HEADER + base, item.dataSet]),
  );
  const ordered: DataSet[] = [];
  const next = [dataSet.uint32(FIRST_ROOT_RECORD) ?? 0];
  while (next.length > 0) {
    const offset = next.pop() as number;
    const record = waiting.get(offset);
    if (!record) continue;
    waiting.delete(offset);
    ordered.push(record);
    next.push(record.uint32(NEXT_RECORD) ?? 0, record.uint32(LOWER_RECORD) ?? 0);
  }
  return [...ordered, ...waiting.values()];
};

/**
 * The files that a DICOMDIR names, as paths relative to it ("IMAGES/IM0001"), in its order of
 * patients, studies, series and images. Never throws for what the file holds.
 */
export const readDicomDir = (bytes: Uint8Array): Result<readonly string[], Message> => {
  const meta = readFileMeta(bytes);
  if (!meta.ok) return meta;
  if (meta.value.mediaStorageSopClassUid !== DICOMDIR_CLASS) return err(message('disc.not-index'));
  const dataSet = parseDataSet(bytes, meta.value);
  if (!dataSet.ok) return dataSet;
  const paths = inLinkedOrder(dataSet.value.dataSet, meta.value.dataSetAt).flatMap(
    (record) => filePathOf(record) ?? [],
  );
  return ok([...new Set(paths)]);
};
