#!/bin/sh
# Beijing asks across its city, district and street platforms while one is down.
curl -s "${YIWANG_URL:-http://127.0.0.1:4000/graphql}" -H 'content-type: application/json' \
  -H "authorization: Bearer ${YIWANG_TOKEN:-$(npx yiwang token --as beijing)}" \
  -d '{"query":"query BeijingTonight { caseStatistics( period: \"2026-10\" groupBy: [COUNTY] orderBy: { by: \"counts.open\" } top: 4 ) { key { division { code name } } counts { reported closed open overdue } rates { closingOnTime { value } } } alarms(first: 2) { nodes { level metric value threshold raisedAt point { name division { name } } } } }","operationName":"BeijingTonight"}'
