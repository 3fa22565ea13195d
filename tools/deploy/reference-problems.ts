import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IService } from 'kubernetes-models/v1/Service';
import type { Manifest } from './kustomize.ts';
import { type Pod, podsIn } from './pods.ts';

type Labels = Readonly<Record<string, string>>;
type All = Readonly<{ pods: readonly Pod[]; has: (kind: string, name: string) => boolean }>;

/** What an object of a kind leads to, of what is not there. */
const MISSING: Readonly<Record<string, (manifest: unknown, all: All) => readonly string[]>> = {
  Service: (service, { pods }) => closedPorts(service as IService, pods),
  Ingress: (ingress, { has }) => servicesOf(ingress as IIngress).filter((name) => !has('Service', name)),
  HorizontalPodAutoscaler: (scaler, { has }) =>
    targetsOf(scaler as IHorizontalPodAutoscaler)
      .filter(({ kind, name }) => !has(kind, name))
      .map(({ kind, name }) => `${kind} ${name}`),
  PodDisruptionBudget: (budget, { pods }) =>
    unselected((budget as IPodDisruptionBudget).spec?.selector?.matchLabels, pods),
  NetworkPolicy: (policy, { pods }) => unselected((policy as INetworkPolicy).spec?.podSelector?.matchLabels, pods),
};

/** Names and labels that lead nowhere: Kubernetes takes them, and does nothing. */
export function referenceProblems(manifests: readonly Manifest[]): readonly string[] {
  const has: All['has'] = (kind, name) =>
    manifests.some((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  const all: All = { pods: podsIn(manifests), has };
  return manifests.flatMap((manifest) =>
    (MISSING[manifest.kind]?.(manifest, all) ?? []).map(
      (what) => `${manifest.kind} ${manifest.metadata.name} leads to ${what}, which is not there`,
    ),
  );
}

function closedPorts({ spec }: IService, pods: readonly Pod[]): string[] {
  const open = podsWith(spec?.selector, pods)
    .flatMap((pod) => pod.spec.containers)
    .flatMap(({ ports = [] }) => ports.map(({ name }) => name));
  return (spec?.ports ?? [])
    .map(({ targetPort }) => String(targetPort))
    .filter((port) => !open.includes(port))
    .map((port) => `port ${port} of its pods`);
}

const servicesOf = ({ spec }: IIngress): string[] =>
  (spec?.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend.service?.name ?? ''));

const targetsOf = ({ spec }: IHorizontalPodAutoscaler) => (spec ? [spec.scaleTargetRef] : []);

const unselected = (labels: Labels | undefined, pods: readonly Pod[]): string[] =>
  podsWith(labels, pods).length > 0 ? [] : [`pods with ${JSON.stringify(labels)}`];

const podsWith = (labels: Labels = {}, pods: readonly Pod[]): readonly Pod[] =>
  pods.filter((pod) => Object.entries(labels).every(([key, value]) => pod.labels[key] === value));
