// Structured klog messages: `"msg" key="value"`, with Go's quoting.

export type Fields = Readonly<Record<string, string | number | boolean | object | null>>;

/** In the order given; strings are quoted, numbers bare, everything else is JSON. An error's own line has `err` first. */
export function structured(message: string, fields: Fields): string {
  const pairs = Object.entries(fields).map(([key, value]) => `${key}=${written(value)}`);
  return [goQuote(message), ...pairs].join(' ');
}

function written(value: Fields[string]): string {
  if (typeof value === 'string') return goQuote(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function goQuote(text: string): string {
  return JSON.stringify(text).replace(/\\u00([0-9a-f]{2})/g, '\\x$1');
}
