import type { CaseReport } from '../../core/report/case-report.ts';
import { uidOfId } from '../../core/report/uid.ts';
import { isBlank } from './clean-value.ts';
import { C, V } from './concepts.ts';
import { as, code, personName, text, uidref, type ContentItem } from './content.ts';
import { IMPLEMENTATION_UID } from './part10.ts';

/** Of the installation, as Device Serial Number is; of the program where a report does not say which. */
const deviceUid = ({ installation }: CaseReport['program']): string =>
  installation === undefined ? IMPLEMENTATION_UID : uidOfId(installation);

/** TID 1004 "Device Observer Identifying Attributes": the program. */
export const byProgram = ({ program }: CaseReport): ContentItem[] =>
  as(
    'HAS OBS CONTEXT',
    code(C.observerType, V.device),
    uidref(C.deviceObserverUid, deviceUid(program)),
    text(C.deviceObserverName, program.name),
    text(C.deviceObserverManufacturer, program.name),
    text(C.deviceObserverModel, `${program.name} ${program.version}`),
  );

const NOBODY = 'Reader';

/** Who said it: a person, in a report whose observer is a program (TID 1003), by the name typed as reader. */
export const byReader = (reader = ''): ContentItem[] =>
  as(
    'HAS OBS CONTEXT',
    code(C.observerType, V.person),
    personName(C.personObserverName, isBlank(reader) ? NOBODY : reader.replaceAll('=', ' ')),
  );
