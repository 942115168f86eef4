#!/bin/sh
# A department of Wuhan reads shared data, and is refused a field that is not shared.
curl -s "${YIWANG_URL:-http://127.0.0.1:4000/graphql}" -H 'content-type: application/json' \
  -H "authorization: Bearer ${YIWANG_TOKEN:-$(npx yiwang token --as wuhan-fire)}" \
  -d '{"query":"query SharedCases { cases(within: \"420100\", first: 2) { totalCount nodes { id status source category { name } division { name } reportedAt dueAt onTime department { name } } } department(code: \"114201000100011972\") { name responsibilities { title basis } } }","operationName":"SharedCases"}'
