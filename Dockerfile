# One image for the api, the worker, migrations and commands: the command decides (deploy/README.md).

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Packages of this repository, which the lock file names.
COPY libs/client/package.json libs/client/package.json
COPY tools/local-runtime tools/local-runtime
COPY tools/postgres-schema-engine tools/postgres-schema-engine
COPY tools/schematics tools/schematics
# Behind a proxy with a certificate of its own: docker build --secret id=ca,src=<file>
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=ca \
    if [ -e /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; npm ci
COPY . .
RUN npm run build

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 STORAGE_DIRECTORY=/data
# The api and the workers need the same one: mount a volume. Nothing here runs npm, and what is not there need not be patched.
RUN mkdir /data && chown 1000:1000 /data && rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /opt/yarn*
COPY package.json ./
COPY prisma/migrations prisma/migrations
COPY --from=build /app/dist dist
USER 1000:1000
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "dist/bundle/healthcheck.js"]
CMD ["node", "--max-semi-space-size=8", "dist/bundle/api.js"]
