import type { MammographyView } from '../../core/dicom/mammogram-header.ts';
import { t } from '../../i18n/phrases/text.ts';

/** "CC cranio-caudal": the short form, which readers know, with the view's name. */
export const viewInFull = (view: MammographyView): string => {
  const names: Readonly<Record<MammographyView, string>> = {
    CC: t('cranio-caudal'),
    MLO: t('medio-lateral oblique'),
    ML: t('medio-lateral'),
    LM: t('latero-medial'),
    LAT: t('lateral'),
    LMO: t('latero-medial oblique'),
    XCCL: t('cranio-caudal exaggerated laterally'),
    XCCM: t('cranio-caudal exaggerated medially'),
    XCC: t('cranio-caudal exaggerated'),
    FB: t('from below'),
    SIO: t('superolateral to inferomedial oblique'),
    ISO: t('inferomedial to superolateral oblique'),
    AT: t('axillary tail'),
    CV: t('cleavage'),
    SPECIMEN: t('specimen'),
  };
  return `${view} ${names[view]}`;
};
