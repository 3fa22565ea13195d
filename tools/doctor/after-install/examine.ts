/** For tools/doctor/examine.mjs: prints the findings that need Node 24 and packages, as JSON. */
import { hasDockerEngine } from '../../servers/docker/container.ts';
import type { Finding } from '../finding.mjs';
import { buildFacts, checkBuild } from './build.ts';
import { checkExtras, extraFacts } from './extras.ts';
import { checkPorts, portFacts } from './ports.ts';
import { checkPostgres, postgresFacts } from './postgres.ts';
import { checkRedis, redisFacts } from './redis.ts';
import { checkVariables, variableFacts } from './variables.ts';

const { env, ...variables } = await variableFacts(process.env);
const hasDocker = hasDockerEngine();
const findings: readonly Finding[] = [
  ...checkBuild(buildFacts()),
  checkPostgres(await postgresFacts(env, hasDocker)),
  checkRedis(await redisFacts(env, hasDocker)),
  checkPorts(await portFacts(env)),
  checkVariables(variables),
  ...checkExtras(await extraFacts(hasDocker)),
];
console.log(JSON.stringify(findings));
