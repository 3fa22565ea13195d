/** No caller takes more than this part of the whole, so that the others have the rest. */
const SHARE_OF_ONE_CALLER = 1 / 4;

/** What one body takes. */
export interface BodyShare {
  /** False, and nothing is taken, when there is not as much left. */
  take(bytes: number): boolean;
  /** Gives back all that was taken. */
  release(): void;
}

/** The memory that bodies under way may take in this process, all of them together and those of each caller. */
export class BodyBudget {
  private taken = 0;
  private readonly takenBy = new Map<string, number>();

  /** @param limit bytes */
  constructor(private readonly limit: number) {}

  open(caller: string): BodyShare {
    let own = 0;
    return {
      take: (bytes) => {
        if (!this.hasRoom(caller, bytes)) return false;
        this.add(caller, bytes);
        own += bytes;
        return true;
      },
      release: () => {
        this.add(caller, -own);
        own = 0;
      },
    };
  }

  private hasRoom(caller: string, bytes: number): boolean {
    return this.taken + bytes <= this.limit && this.of(caller) + bytes <= this.limit * SHARE_OF_ONE_CALLER;
  }

  private add(caller: string, bytes: number): void {
    const sum = this.of(caller) + bytes;
    this.taken += bytes;
    if (sum > 0) this.takenBy.set(caller, sum);
    else this.takenBy.delete(caller);
  }

  private of(caller: string): number {
    return this.takenBy.get(caller) ?? 0;
  }
}
