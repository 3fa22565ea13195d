/** One upload: a form for it, the file, and that it is there. The file is sent by the caller of `presign` and `confirm`. */
export type Uploader = Readonly<{
  /** Gives back the id, and where the file goes. */
  presign: () => Promise<Readonly<{ id: string; key: string }>>;
  confirm: (id: string) => Promise<unknown>;
  close: () => Promise<void>;
}>;

/** @returns microseconds of CPU that a form and its confirmation take this process, without sending the file */
export async function cpuOf(
  { presign, confirm }: Uploader,
  put: (key: string) => Promise<unknown>,
  uploads: number,
): Promise<number> {
  let spent = 0;
  const measured = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    spent += user + system;
    return result;
  };
  for (let upload = 0; upload < uploads; upload++) {
    const { id, key } = await measured(presign);
    await put(key);
    await measured(() => confirm(id));
  }
  return spent / uploads;
}
