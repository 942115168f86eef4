#!/bin/sh
# The ministry ranks provinces by on-time closing.
curl -s "${YIWANG_URL:-http://127.0.0.1:4000/graphql}" -H 'content-type: application/json' \
  -H "authorization: Bearer ${YIWANG_TOKEN:-$(npx yiwang token --as ministry)}" \
  -d '{"query":"query ProvincesByOnTimeClosing { caseStatistics( period: \"2026-10\" groupBy: [PROVINCE] orderBy: { by: \"rates.closingOnTime\", direction: DESC } ) { key { division { code name } } counts { reported closed closedOnTime overdue } rates { closingOnTime { numerator denominator value } } } }","operationName":"ProvincesByOnTimeClosing"}'
