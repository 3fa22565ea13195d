import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, it } from 'vitest';
import { injectedClassesAreValues } from './injected-classes-are-values.ts';

Object.assign(RuleTester, { describe, it, itOnly: it.only });

new RuleTester({ languageOptions: { parser } }).run('injected-classes-are-values', injectedClassesAreValues, {
  valid: [
    {
      name: 'accepts an injected class that is imported as a value',
      code: "import { Clock } from './clock.js'; @Injectable() class Works { constructor(private readonly clock: Clock) {} }",
    },
    {
      name: 'accepts a type in a class that Nest does not build',
      code: "import type { Clock } from './clock.js'; class Plain { constructor(readonly clock: Clock) {} }",
    },
    {
      name: 'accepts a type that is injected by a token',
      code: "import type { Redis } from 'ioredis'; @Injectable() class ByToken { constructor(@Inject(REDIS) private readonly redis: Redis) {} }",
    },
  ],
  invalid: [
    {
      name: 'refuses an injected class behind import type',
      code: "import type { Clock } from './clock.js'; @Injectable() class Breaks { constructor(private readonly clock: Clock) {} }",
      errors: [{ messageId: 'value' }],
    },
    {
      name: 'refuses an injected class behind an inline type',
      code: "import { type Clock } from './clock.js'; @Controller() class Breaks { constructor(clock: Clock) {} }",
      errors: [{ messageId: 'value' }],
    },
  ],
});
