/** The passwords that everybody tries first. */
export abstract class CommonPasswords {
  abstract includes(password: string): Promise<boolean>;
}
