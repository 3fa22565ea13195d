# One image for the api and the worker: the command decides. Migrations run from the target `migrate`.

FROM node:24-slim AS source
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Packages of this repository, which the lock file names.
COPY tools/local-runtime tools/local-runtime
COPY tools/postgres-schema-engine tools/postgres-schema-engine
COPY tools/schematics tools/schematics

FROM source AS build
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build

# docker build --target migrate: applies what is missing, then ends. The Prisma CLI is a development tool and stays out of the image that serves.
FROM build AS migrate
# Commands that delete tables refuse it.
ENV NODE_ENV=production
USER node
CMD ["npm", "run", "--silent", "db:migrate"]

FROM source AS dependencies
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts
# Peers that npm adds by itself, such as the Prisma CLI and TypeScript: half of the size, and nothing here runs them.
RUN npm prune --omit=dev --legacy-peer-deps --ignore-scripts

FROM node:24-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 STORAGE_DIRECTORY=/data
# The api and the workers need the same one: mount a volume.
RUN mkdir /data && chown node:node /data
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
# What the scripts of package.json begin with.
COPY tools/bootstrap.mjs tools/bootstrap.mjs
COPY tools/bootstrap tools/bootstrap
COPY prisma/migrations prisma/migrations
USER node
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "dist/bundle/healthcheck.js"]
# The worker: node --max-semi-space-size=8 dist/bundle/worker.js
CMD ["node", "--max-semi-space-size=8", "dist/bundle/api.js"]
