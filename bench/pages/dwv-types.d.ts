/** The little of dwv that its page uses: the package is installed only where the benchmark runs. */
declare module 'dwv' {
  export class ViewConfig {
    constructor(divId: string);
  }
  export class ToolConfig {
    constructor(options?: string[]);
  }
  export class AppOptions {
    constructor(dataViewConfigs?: Record<string, ViewConfig[]>);
    tools: Record<string, ToolConfig> | undefined;
  }
  export class App {
    init(options: AppOptions): void;
    loadFiles(files: File[]): string;
    getMetaData(dataId: string): Record<string, { value: unknown[] }> | undefined;
    addEventListener(
      type: 'loadend' | 'error',
      listener: (event: { dataid: string; error?: Error }) => void,
    ): void;
  }
}
