/** Somebody who sends webhooks to us. Provided by the module of the controller that receives them. */
export abstract class WebhookSource {
  /** `whsec_…`: while its owner rotates there are two. */
  abstract secrets(): readonly string[] | Promise<readonly string[]>;
}
