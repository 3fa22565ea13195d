import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readImage } from './image.ts';
import type { Manifest } from './kustomize.ts';
import { podProblems } from './pod-rules.ts';
import { podsIn } from './pods.ts';
import { referenceProblems } from './reference-problems.ts';
import { schemaProblems } from './schema-problems.ts';

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      serviceAccountName: shop
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 35
      securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: RuntimeDefault } }
      volumes: [{ name: files, emptyDir: {} }]
      containers:
        - name: shop
          image: registry.example.test/shop:1.0.0
          ports: [{ name: http, containerPort: 3000 }]
          startupProbe: { httpGet: { path: /health/startup, port: http } }
          readinessProbe: { httpGet: { path: /health/ready, port: http } }
          livenessProbe: { httpGet: { path: /health/live, port: http } }
          resources: { requests: { cpu: 250m, memory: 192Mi }, limits: { memory: 384Mi } }
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
          volumeMounts: [{ name: files, mountPath: /data }]
`;
const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ name: http, port: 80, targetPort: http }] }
`;
const BUDGET = `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: shop } } }
`;
const SCALER = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }, maxReplicas: 3 }
`;

const manifest = (text: string, from = '', to = ''): Manifest => {
  expect(text).toContain(from);
  return parse(text.replace(from, to)) as Manifest;
};
const surroundings = { image: readImage(), accounts: ['shop'], graceMs: 25_000 };
const problemsOfPod = (from = '', to = '') =>
  podProblems(podsIn([manifest(DEPLOYMENT, from, to)]), surroundings).map((line) => line.replace(/.*: it /, ''));

describe('of a pod that asks for no more than it needs', () => {
  it('nothing is said', () => {
    expect(problemsOfPod()).toEqual([]);
  });

  it.each([
    ['runAsNonRoot: true, ', '', 'is refused as root'],
    ['runAsUser: 1000', 'runAsUser: 0', 'is the user of the image'],
    ['RuntimeDefault', 'Unconfined', 'is kept to common system calls'],
    ['automountServiceAccountToken: false', 'automountServiceAccountToken: true', 'has no token of Kubernetes'],
    ['serviceAccountName: shop', 'serviceAccountName: other', 'has an account that is there'],
    ['terminationGracePeriodSeconds: 35', 'hostNetwork: true', 'shares nothing with its node'],
    ['terminationGracePeriodSeconds: 35', 'terminationGracePeriodSeconds: 25', 'is waited for until it has stopped'],
    ['allowPrivilegeEscalation: false, ', '', 'gets no more rights'],
    ['drop: [ALL]', 'drop: [NET_RAW]', 'gives up every capability'],
    ['drop: [ALL]', 'drop: [ALL], add: [NET_ADMIN]', 'adds no capability'],
    ['readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'writes nothing beside its volumes'],
    ['shop:1.0.0', 'shop:latest', 'names a release of its image'],
    ['shop:1.0.0', 'shop', 'names a release of its image'],
    ['cpu: 250m, ', '', 'asks for processor and memory'],
    [', limits: { memory: 384Mi }', '', 'has a limit of memory'],
    ['containerPort: 3000', 'containerPort: 8080', 'listens where the image does'],
    ['/health/live', '/health/ready', 'is asked by all three probes'],
    ['mountPath: /data', 'mountPath: /tmp', 'keeps files where the image does'],
  ])('%j as %j is found', (from, to, sentence) => {
    expect(problemsOfPod(from, to)).toContain(sentence);
  });
});

describe('names that lead nowhere are found:', () => {
  it.each([
    ['a port', SERVICE, 'targetPort: http', 'targetPort: web', 'Service shop leads to port web of its pods'],
    ['pods', BUDGET, 'app: shop', 'app: other', 'PodDisruptionBudget shop leads to pods with {"app":"other"}'],
    ['what to scale', SCALER, 'name: shop }, max', 'name: other }, max', 'shop leads to Deployment other'],
  ])('%s', (_, text, from, to, problem) => {
    const all = (broken: Manifest) => referenceProblems([manifest(DEPLOYMENT), broken]);

    expect(all(manifest(text))).toEqual([]);
    expect(all(manifest(text, from, to))).toEqual([expect.stringContaining(`${problem}, which is not there`)]);
  });
});

describe('what the schemas do not allow is found:', () => {
  let problems: string;
  beforeAll(async () => {
    const all = [
      manifest(DEPLOYMENT, 'replicas: 2', 'replica: 2'),
      manifest(SERVICE, 'port: 80', 'port: eighty'),
      manifest(BUDGET, 'policy/v1', 'policy/v3'),
      manifest(SCALER, ', maxReplicas: 3', ''),
    ];
    problems = (await schemaProblems(all)).join('\n');
  });

  it.each([
    ['a field that does not exist', /Deployment shop: .*'"replica"' does not exist in type/],
    ['a word where there should be a number', /Service shop: .*'string' is not assignable to type 'number'/],
    ['a version that does not exist', /PodDisruptionBudget shop: Cannot find module 'kubernetes-models\/policy\/v3/],
    ['a field that is missing', /HorizontalPodAutoscaler shop: .*'"maxReplicas"' is missing/],
  ])('%s', (_, problem) => {
    expect(problems).toMatch(problem);
  });
});
