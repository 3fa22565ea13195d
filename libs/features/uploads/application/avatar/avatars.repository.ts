/** Which upload stands for whom. An upload that is deleted stands for nobody. */
export abstract class AvatarsRepository {
  /** The id of the upload. */
  abstract find(userId: string): Promise<string | null>;

  /** In place of the one before. */
  abstract put(userId: string, uploadId: string): Promise<void>;

  abstract remove(userId: string): Promise<void>;
}
