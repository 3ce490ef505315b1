import { APP } from './zh-CN/app.ts';
import { COMMANDS } from './zh-CN/commands.ts';
import { GENERAL } from './zh-CN/general.ts';
import { HANGING } from './zh-CN/hanging.ts';
import { LESIONS } from './zh-CN/lesions.ts';
import { LOCAL_DATA } from './zh-CN/local-data.ts';
import { MEASURING } from './zh-CN/measuring.ts';
import { OPENING } from './zh-CN/opening.ts';
import { PICTURE } from './zh-CN/picture.ts';
import { READING } from './zh-CN/reading.ts';
import { REPORT } from './zh-CN/report.ts';
import { SECOND_LOOK } from './zh-CN/second-look.ts';
import { SERVER } from './zh-CN/server.ts';
import { TOUR } from './zh-CN/tour.ts';
import { VIEWER } from './zh-CN/viewer.ts';

/** English text of the interface to Simplified Chinese, in the wording of Chinese breast imaging. */
export const ZH_CN = {
  ...GENERAL,
  ...OPENING,
  ...VIEWER,
  ...PICTURE,
  ...HANGING,
  ...LESIONS,
  ...READING,
  ...SECOND_LOOK,
  ...REPORT,
  ...SERVER,
  ...APP,
  ...LOCAL_DATA,
  ...COMMANDS,
  ...TOUR,
  ...MEASURING,
};
