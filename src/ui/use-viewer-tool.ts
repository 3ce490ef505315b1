import { useState } from 'react';

export type ViewerTool = 'window' | 'pan' | 'zoom' | 'mark';

/** The tool in the reader's hand, for all views. */
export const useViewerTool = () => useState<ViewerTool>('window');
