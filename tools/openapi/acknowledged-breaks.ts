/** A change that breaks clients and is made all the same: in the words of `npm run openapi:breaking`. */
export type Acknowledged = Readonly<{
  change: string;
  /** When what was there before ends, as clients were told (RFC 8594): from this day on, `2027-03-31`, the change may be made. */
  sunset: string;
  because: string;
}>;

/** Of the next release; emptied once it is out. */
export const ACKNOWLEDGED_BREAKS: readonly Acknowledged[] = [];
