/** The little of dcmjs that this adapter uses; the package has no types of its own. */
declare module 'dcmjs' {
  export interface DcmjsElement {
    vr: string;
    Value: unknown[];
    /** The values as they stand in a file that was read; absent in what is to be written. */
    _rawValue?: unknown[];
  }
  export type DcmjsDict = Record<string, DcmjsElement>;
  export interface DcmjsFile {
    meta: DcmjsDict;
    dict: DcmjsDict;
    write(options?: { allowInvalidVRLength?: boolean }): ArrayBuffer;
  }
  export interface Dcmjs {
    data: {
      DicomDict: new (meta: DcmjsDict) => DcmjsFile;
      DicomMessage: { readFile(buffer: ArrayBuffer): DcmjsFile };
    };
    log: { setLevel(level: string): void };
  }
  const dcmjs: Dcmjs;
  export default dcmjs;
}
