export interface Telemetry {
  /** Sends what is still buffered and never waits long for a collector that is away. Call it last. */
  shutdown(): Promise<void>;
}

/** Where telemetry tells about its own trouble, such as a collector that does not answer. */
export type Report = (problem: string) => void;
