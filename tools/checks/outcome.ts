/** What a step found. A check counts as one test; a step of Vitest counts what Vitest counted. */
export type Outcome = Readonly<{
  passed: number;
  failed: number;
  skipped: number;
  /** What a person needs to see: printed after all steps when something failed. */
  output: string;
  /** Printed with the result even when everything passed, such as why tests were skipped. */
  note?: string;
  /** Narrows the rerun command to the files that failed. */
  failedFiles?: readonly string[];
  /** Each spec file, and how long it took. */
  files?: readonly Readonly<{ name: string; milliseconds: number }>[];
}>;

export type StepContext = Readonly<{
  /** Paths or patterns from the command line; they narrow the steps of Vitest. */
  patterns: readonly string[];
  /** Says how far a long step is, for people who wait. */
  progress: (text: string) => void;
  signal: AbortSignal;
}>;

export type Step = Readonly<{
  name: string;
  title: string;
  /** Steps whose results this one reads; they run first and are added to `--only`. */
  needs: readonly string[];
  /** Uses every core by itself, so nothing begins beside it. */
  wide: boolean;
  run: (context: StepContext) => Promise<Outcome>;
}>;

export type Result = Readonly<{ step: Step; outcome: Outcome; milliseconds: number }>;

export const passed = (output = ''): Outcome => ({ passed: 1, failed: 0, skipped: 0, output });
export const failed = (output: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, output });
