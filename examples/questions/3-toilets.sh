#!/bin/sh
# An app developer finds the nearest public toilets.
curl -s "${YIWANG_URL:-http://127.0.0.1:4000/graphql}" -H 'content-type: application/json' \
  -H "x-api-key: ${YIWANG_TOKEN:-$(npx yiwang token --as app)}" \
  -d '{"query":"query NearestToilets { facilities( within: \"420100\" kind: PUBLIC_TOILET near: { longitude: 114.3055, latitude: 30.5928, withinMetres: 5000 } first: 3 ) { totalCount nodes { name address distanceMetres openingHours } pageInfo { hasNextPage } } }","operationName":"NearestToilets"}'
