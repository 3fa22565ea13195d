import tseslint from 'typescript-eslint';
import { injectedClassesAreValues } from './tools/checks/lint/injected-classes-are-values.ts';

const TESTS = ['**/*.spec.ts', '**/*.contract.ts', 'test/**/*.ts', 'libs/**/testing/**/*.ts'];

const noStarExport = { selector: 'ExportAllDeclaration', message: 'Name what you export; a star hides the contract.' };
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Inject Config: the environment is read once, in main.ts.',
};

/** A pooler in transaction mode gives the connection, and the lock with it, to somebody else. */
const noSessionLock = {
  selector:
    ':matches(Literal[value=/pg_(try_)?advisory_(un)?lock/], TemplateElement[value.raw=/pg_(try_)?advisory_(un)?lock/])',
  message: 'Take the lock of a transaction: pg_advisory_xact_lock.',
};

/** Decision 041: code that wants something from a file imports it by name. */
const noEffectImport = {
  selector: 'ImportDeclaration[specifiers.length=0]:not([source.value=/\\/stop-while-starting\\.js$/])',
  message: 'Import what you use by its name: nothing depends on the effect of an import, or on the order of imports.',
};
const noPrivateMember = {
  selector: 'MemberExpression[property.name=/^_/]',
  message: 'Use what the package promises; what it does not is used in libs/platform/database/wire alone.',
};
const noPrivateFile = {
  regex: '^(?:@[^/]+/)?[a-z][^/]*/(?:lib|dist|src|build)/|^@nestjs/[^/]+/',
  message:
    'Import what the package promises, from its name; what it does not is used in libs/platform/database/wire alone.',
};

/** What Nest injects is written once and passed by nobody, so a constructor of a decorated class may take more. */
const fewParameters = {
  selector:
    ':function[params.length>4]:not(ClassDeclaration:has(> Decorator) > ClassBody > MethodDefinition[kind="constructor"] > FunctionExpression)',
  message: 'Take at most four parameters: an object has names.',
};

export default tseslint.config(
  { ignores: ['**/dist/**', '.local/**', 'coverage/**', '**/generated/**', 'tools/boundaries/canaries/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: {
      '@typescript-eslint': tseslint.plugin,
      own: { rules: { 'injected-classes-are-values': injectedClassesAreValues } },
    },
    rules: {
      'no-sequences': 'error',
      'no-nested-ternary': 'error',
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        noStarExport,
        noEffectImport,
        noEnvironment,
        noSessionLock,
        noPrivateMember,
        fewParameters,
      ],
      'no-restricted-imports': ['error', { patterns: [noPrivateFile] }],
      'prefer-const': 'error',

      // Leaves files with decorators alone when emitDecoratorMetadata is on, so it never breaks an injected class.
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      'own/injected-classes-are-values': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // Programs: they start from the environment and talk to a terminal.
    files: ['apps/*/src/main.ts', 'tools/**/*.ts', 'bench/**/*.ts', 'prisma/**/*.ts', '*.ts', ...TESTS],
    rules: { 'no-restricted-syntax': ['error', noStarExport, noEffectImport, fewParameters], 'no-console': 'off' },
  },
  {
    // What pg does not promise stands here, with tests that fail when it changes (decision 012).
    files: ['libs/platform/database/wire/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', noStarExport, noEffectImport, noEnvironment, noSessionLock, fewParameters],
      'no-restricted-imports': 'off',
    },
  },
  {
    // A test names what it needs, and reads a table of cases at a glance.
    files: TESTS,
    rules: {
      'max-lines': 'off',
      'no-restricted-syntax': ['error', noStarExport, noEffectImport],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['libs/features/*/application/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: '@nestjs/common', allowImportNames: ['Injectable'] }], patterns: [noPrivateFile] },
      ],
    },
  },
);
