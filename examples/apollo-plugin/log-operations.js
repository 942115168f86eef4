/** A plugin of Apollo Server: one line for each operation. APOLLO_PLUGINS=examples/apollo-plugin/log-operations.js npx yiwang serve … */
export default {
  async requestDidStart() {
    const startedAt = performance.now();
    return {
      async willSendResponse({ operationName, response, contextValue }) {
        const { errors = [], data } = response.body.singleResult;
        console.log(
          JSON.stringify({
            operation: operationName ?? null,
            ms: Math.round(performance.now() - startedAt),
            fields: Object.keys(data ?? {}),
            errors: errors.map(({ extensions }) => extensions?.code),
            requestId: contextValue.context.requestId,
          }),
        );
      },
    };
  },
};
