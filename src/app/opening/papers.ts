import { PDF } from '../../core/foreign/document.ts';

/** Time for the new tab to take hold of a document before its address is withdrawn, ms. */
const KEEP = 60_000;

/** The encapsulated documents that are open, by SOP Instance UID. They live here and never in a store. */
export const createPapers = () => {
  const papers = new Map<string, Uint8Array>();
  return {
    set: (sop: string, bytes: Uint8Array) => void papers.set(sop, bytes),
    keepOnly: (sops: ReadonlySet<string>) => {
      for (const sop of papers.keys()) if (!sops.has(sop)) papers.delete(sop);
    },
    /**
     * Opens a document in a tab of its own, which cannot reach this page: the browser is told that it is
     * a PDF whatever it holds, so that no markup or script in it is run as the page's.
     */
    open: (sop: string): void => {
      const bytes = papers.get(sop);
      if (!bytes) return;
      const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type: PDF }));
      const link = document.createElement('a');
      link.href = url;
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), KEEP);
    },
  };
};
