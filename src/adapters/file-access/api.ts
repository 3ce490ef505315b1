/** The parts of the File System Access API that TypeScript's DOM library does not know yet. */
declare global {
  interface Window {
    showOpenFilePicker?(options: {
      readonly id?: string;
      readonly multiple?: boolean;
    }): Promise<FileSystemFileHandle[]>;
    showDirectoryPicker?(options: {
      readonly id?: string;
      readonly mode?: 'read';
    }): Promise<FileSystemDirectoryHandle>;
  }
  interface FileSystemHandle {
    queryPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
    requestPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
  }
  interface DataTransferItem {
    getAsFileSystemHandle?(): Promise<FileSystemFileHandle | FileSystemDirectoryHandle | null>;
  }
}

/** A file or folder that the browser lets the page find again. */
export type Handle = FileSystemFileHandle | FileSystemDirectoryHandle;
