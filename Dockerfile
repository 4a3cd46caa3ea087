# Build: docker build -t tiexin .
# Run:   docker run -d --name tiexin -p 127.0.0.1:3000:3000 -v tiexin-data:/data --read-only --tmpfs /tmp --cap-drop ALL tiexin
# Ask:   docker exec tiexin tiexin doctor

FROM node:24-bookworm-slim AS build
# better-sqlite3 is compiled where its prebuilt file can't be fetched.
RUN apt-get update && apt-get install -y --no-install-recommends build-essential python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/locales ./locales
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/dist ./dist
RUN mkdir --mode=700 /data && chown node:node /data \
  && printf '#!/bin/sh\nexec node /app/dist/cli/tiexin.js "$@"\n' > /usr/local/bin/tiexin \
  && chmod 755 /usr/local/bin/tiexin
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--input-type=module", "--eval", "const { main } = await import('/app/dist/main.js'); await main();"]
