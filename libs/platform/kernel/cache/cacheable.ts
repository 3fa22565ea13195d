/** Endings of names, as in logging/redact.ts: what a log line must not show, Redis and the memory of every process need not keep. */
type SensitiveEnding =
  | 'authorization'
  | 'cookie'
  | 'cookies'
  | `pass${'word' | 'phrase' | 'code'}${'' | 's'}`
  | `password${'' | '_'}hash`
  | `token${'' | 's'}`
  | `secret${'' | 's'}`
  | `api${'' | '_'}key${'' | 's'}`
  | `private${'' | '_'}key`
  | `signing${'' | '_'}keys`
  | `credential${'' | 's'}`
  | `code${'' | '_'}verifier`
  | `${'' | 'e' | 'e_' | 'e-'}mail${'' | 's'}`
  | `${'' | 'e' | 'e_' | 'e-'}mail${'' | '_'}address${'' | 'es'}`;

/** A value that is only ever yes, no or nothing tells no secret. */
type IsSecret<Name extends string, Value> =
  Lowercase<Name> extends `${string}${SensitiveEnding}`
    ? [Value] extends [boolean | null | undefined]
      ? false
      : true
    : false;

type Plain = string | number | boolean | bigint | null | undefined | Date;

/** The names of fields, at any depth, that no cache may hold; never when there are none. */
export type SensitiveField<Value> = Value extends Plain
  ? never
  : Value extends readonly (infer Item)[]
    ? SensitiveField<Item>
    : {
        [Name in keyof Value & string]-?: IsSecret<Name, Value[Name]> extends true ? Name : SensitiveField<Value[Name]>;
      }[keyof Value & string];
