// A reporter of one line for each test, with all that a refusal said behind the failed ones.

function why(error) {
  const cause = error.cause ?? error;
  if (cause?.data) return JSON.stringify(cause.data);
  const place = /\(file:.*\/([a-z]+\.mjs:\d+):\d+\)/.exec(cause?.stack ?? '')?.[1];
  return `${String(cause?.message ?? cause).replace(/\s*\n\s*/g, ' ')} (${place})`;
}

export default async function* told(events) {
  let passed = 0;
  let failed = 0;
  for await (const {type, data} of events) {
    if (data?.details?.type === 'suite') continue;
    if (type === 'test:pass') {
      passed += 1;
      yield `ok      ${data.name}\n`;
    } else if (type === 'test:fail') {
      failed += 1;
      yield `FAILED  ${data.name}: ${why(data.details.error)}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}
