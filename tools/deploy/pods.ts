import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import type { Manifest } from './kustomize.ts';

type Labels = Readonly<Record<string, string>>;
type Starts = Pick<IDeployment | IJob, 'spec'>;

/** What a Deployment or a Job starts. */
export type Pod = Readonly<{
  name: string;
  component: string | undefined;
  /** It ends by itself, and nobody asks it anything. */
  isJob: boolean;
  labels: Labels;
  spec: NonNullable<IPodTemplateSpec['spec']>;
}>;

export const podsIn = (manifests: readonly Manifest[]): readonly Pod[] =>
  manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'Job').map(podOf);

function podOf(manifest: Manifest): Pod {
  const template = (manifest as unknown as Starts).spec?.template;
  const labels: Labels = template?.metadata?.labels ?? {};
  return {
    name: manifest.metadata.name,
    component: labels['app.kubernetes.io/component'],
    isJob: manifest.kind === 'Job',
    labels,
    spec: template?.spec ?? { containers: [] },
  };
}
