import type { IContainer } from 'kubernetes-models/v1/Container';
import type { Image } from './image.ts';
import type { Pod } from './pods.ts';

/** `graceMs`: what a process may take to stop. */
export type Surroundings = Readonly<{ image: Image; accounts: readonly string[]; graceMs: number }>;

type Rule<T> = readonly [sentence: string, holds: (subject: T, pod: Pod, surroundings: Surroundings) => boolean];

/** Of these, `restricted` of the Pod Security Standards asks for those about users, privileges, capabilities and system calls. */
const OF_PODS: readonly Rule<Pod['spec']>[] = [
  ['is refused as root', ({ securityContext }) => securityContext?.runAsNonRoot === true],
  ['is the user of the image', ({ securityContext }, _, { image }) => userOf(securityContext) === image.user],
  [
    'is kept to common system calls',
    ({ securityContext }) => securityContext?.seccompProfile?.type === 'RuntimeDefault',
  ],
  ['has no token of Kubernetes', ({ automountServiceAccountToken }) => automountServiceAccountToken === false],
  [
    'has an account that is there',
    ({ serviceAccountName = '' }, _, { accounts }) => accounts.includes(serviceAccountName),
  ],
  ['shares nothing with its node', ({ hostNetwork, hostPID, hostIPC }) => !hostNetwork && !hostPID && !hostIPC],
  [
    'is waited for until it has stopped',
    ({ terminationGracePeriodSeconds = 0 }, { isJob }, { graceMs }) =>
      isJob || terminationGracePeriodSeconds * 1_000 > graceMs,
  ],
];

const OF_CONTAINERS: readonly Rule<IContainer>[] = [
  ['gets no more rights', ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false],
  ['gives up every capability', ({ securityContext }) => securityContext?.capabilities?.drop?.join() === 'ALL'],
  ['adds no capability', ({ securityContext }) => (securityContext?.capabilities?.add ?? []).length === 0],
  ['writes nothing beside its volumes', ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true],
  ['names a release of its image', ({ image = '' }) => /\/[^:]+:(?!latest$)[\w.-]+$/.test(image)],
  ['asks for processor and memory', ({ resources }) => ['cpu', 'memory'].every((name) => resources?.requests?.[name])],
  ['has a limit of memory', ({ resources }) => resources?.limits?.memory !== undefined],
  [
    'listens where the image does',
    ({ ports = [] }, { isJob }, { image }) =>
      (isJob || ports.length === 1) && ports.every(({ containerPort }) => image.ports.includes(containerPort)),
  ],
  [
    'is asked by all three probes',
    (container, { isJob }) =>
      isJob ||
      (
        [
          ['startup', 'startupProbe'],
          ['ready', 'readinessProbe'],
          ['live', 'livenessProbe'],
        ] as const
      ).every(([path, probe]) => container[probe]?.httpGet?.path === `/health/${path}`),
  ],
  [
    'keeps files where the image does',
    ({ volumeMounts = [] }, { isJob }, { image }) =>
      isJob || volumeMounts.some(({ mountPath }) => mountPath === image.files),
  ],
];

/** Sentences that are not true, with the name of the pod. */
export const podProblems = (pods: readonly Pod[], surroundings: Surroundings): readonly string[] =>
  pods.flatMap((pod) => [
    ...broken(OF_PODS, pod.spec, pod, surroundings),
    ...pod.spec.containers.flatMap((container) => broken(OF_CONTAINERS, container, pod, surroundings)),
  ]);

const broken = <T>(rules: readonly Rule<T>[], subject: T, pod: Pod, surroundings: Surroundings): string[] =>
  rules
    .filter(([, holds]) => !holds(subject, pod, surroundings))
    .map(([sentence]) => `not true of ${pod.name}: it ${sentence}`);

const userOf = (context: Pod['spec']['securityContext']): string => `${context?.runAsUser}:${context?.runAsGroup}`;
