import { App, AppOptions, ToolConfig, ViewConfig } from 'dwv';

// dwv is a library: what a page that only puts it together does is one App a view and no hanging.

const views = document.getElementById('views') as HTMLElement;

const SERIES_DESCRIPTION = '0008103E';

const show = (file: File, index: number) => {
  const pane = views.appendChild(document.createElement('div'));
  pane.className = 'pane';
  const view = pane.appendChild(document.createElement('div'));
  view.id = `view-${index}`;
  const options = new AppOptions({ '*': [new ViewConfig(view.id)] });
  options.tools = { WindowLevel: new ToolConfig(), ZoomAndPan: new ToolConfig() };
  const app = new App();
  app.init(options);
  app.addEventListener('error', (event) => console.error(event.error?.message));
  app.addEventListener('loadend', (event) => {
    const caption = pane.appendChild(document.createElement('p'));
    const said = app.getMetaData(event.dataid)?.[SERIES_DESCRIPTION]?.value[0];
    caption.textContent = String(said ?? file.name);
  });
  app.loadFiles([file]);
};

const input = document.getElementById('files') as HTMLInputElement;
input.addEventListener('change', () => Array.from(input.files ?? []).forEach(show));
document.body.dataset['ready'] = 'yes';
