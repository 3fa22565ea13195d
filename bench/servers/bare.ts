// The least a Fastify server does: no obligation of any kind.
import Fastify from 'fastify';

const fastify = Fastify();
const answer = JSON.parse(process.env['ANSWER'] ?? '') as object;
fastify.get('/v1/me/permissions', (_request, reply) => reply.send(answer));
await fastify.listen({ port: Number(process.env['API_PORT']), host: '127.0.0.1' });
