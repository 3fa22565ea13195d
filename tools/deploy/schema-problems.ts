import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../servers/local-directory.ts';
import type { Manifest } from './kustomize.ts';

type Model = new (manifest: Manifest) => { validate(): void };

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
};

const nameOf = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;
const packageOf = ({ apiVersion, kind }: Manifest): string => `kubernetes-models/${apiVersion}/${kind}`;

/**
 * What Kubernetes would refuse, by its published schemas, which kubernetes-models holds in two forms: types, which tell fields that do not
 * exist, and validators, which tell values that are out of bounds.
 */
export async function schemaProblems(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const values = await Promise.all(manifests.map(valueProblems));
  return [...fieldProblems(manifests), ...values.flat()];
}

function fieldProblems(manifests: readonly Manifest[]): string[] {
  const files = new Map(manifests.map((manifest, index) => [join(ROOT, `manifest-${index}.ts`), manifest]));
  const host = ts.createCompilerHost(OPTIONS);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (name, target) => {
    const manifest = files.get(name);
    return manifest ? ts.createSourceFile(name, asSource(manifest), target) : readSource(name, target);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const manifest = files.get(file?.fileName ?? '');
    return `${manifest ? nameOf(manifest) : 'schemas'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

/** A literal: TypeScript lets it have no field that its type has not. */
const asSource = (manifest: Manifest): string =>
  `import type { I${manifest.kind} } from '${packageOf(manifest)}';\nexport const manifest: I${manifest.kind} = ${JSON.stringify(manifest)};\n`;

async function valueProblems(manifest: Manifest): Promise<string[]> {
  try {
    const { [manifest.kind]: model } = (await import(packageOf(manifest))) as Record<string, Model>;
    if (model) new model(manifest).validate();
    return model ? [] : [`${nameOf(manifest)}: there is no such kind`];
  } catch (error) {
    return [`${nameOf(manifest)}: ${(error as Error).message}`];
  }
}
