import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../ui/App.tsx';
import { ServicesProvider } from '../ui/services.tsx';
import '../ui/theme.css';
import { compose } from './compose.ts';
import { startOffline } from './offline.ts';
import { startEngineWhenIdle } from './viewer.ts';

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root');

const services = await compose(new URLSearchParams(location.search));
createRoot(element).render(
  <StrictMode>
    <ServicesProvider services={services}>
      <App />
    </ServicesProvider>
  </StrictMode>,
);

startEngineWhenIdle(services.viewerEngine);
if (import.meta.env.PROD) startOffline();
