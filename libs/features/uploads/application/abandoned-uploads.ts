/** What is not needed any more. Each takes a batch, and a batch that is not full was the last one. */
export abstract class AbandonedUploads {
  static readonly BATCH = 100;

  /** Removes those that were never confirmed, and those that were deleted a day ago. @returns their ids */
  abstract remove(): Promise<readonly string[]>;

  /** Those whose forms have ended: nothing comes by them any more, and what came was taken over. @returns their ids */
  abstract closeForms(): Promise<readonly string[]>;

  /** Those whose processing came to no end in a day are rejected. */
  abstract giveUp(): Promise<void>;
}
