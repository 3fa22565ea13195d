/** Where endpoints may be. */
export abstract class WebhookAddresses {
  /** @throws WebhookUrlRefused */
  abstract require(url: string): Promise<void>;
}
