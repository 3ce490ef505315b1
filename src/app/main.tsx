import '../ui/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { prepareWorkers } from '../adapters/dicom-io/pool/open-files.ts';
import { fetchLanguage, LANGUAGE_TAGS } from '../i18n/languages.ts';
import { App } from '../ui/App.tsx';
import { fetchLateParts } from '../ui/late.tsx';
import { ServicesProvider } from '../ui/services.tsx';
import { compose } from './compose.ts';
import { takeLaunch } from './launch.ts';
import { startOffline } from './offline/offline.ts';
import { trustOwnScripts } from './trusted-types.ts';
import { whenIdle } from './when-idle.ts';

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');

trustOwnScripts();
const asked = new URLSearchParams(location.search);
const { launch, rest } = takeLaunch(asked);
// At once, before anything is asked for: not even a reload or a bookmark shall name the patient.
if (rest.size < asked.size)
  history.replaceState(history.state, '', `${location.pathname}${rest.size > 0 ? `?${rest}` : ''}`);
const services = await compose(rest, launch);
createRoot(element).render(
  <StrictMode>
    <ServicesProvider services={services}>
      <App />
    </ServicesProvider>
  </StrictMode>,
);

// What the first image would wait for is got ready while the reader is still looking for it. A display that
// does not start is tried again with the image, and told then.
const nevermind = () => undefined;
whenIdle(() => {
  prepareWorkers();
  fetchLateParts().catch(nevermind);
  for (const language of LANGUAGE_TAGS) fetchLanguage(language).catch(nevermind);
  void services.viewerEngine().catch(nevermind);
});
if (import.meta.env.PROD) startOffline();
