export type ObjectStoreSettings = Readonly<{
  /** An address of this machine, with the port to listen on. */
  endpoint: string;
  /** Where its files are. */
  directory: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}>;

/** How the settings reach the process: as JSON in this variable. */
export const SETTINGS_VARIABLE = 'LOCAL_OBJECT_STORE';
