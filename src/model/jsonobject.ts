// JSON that came from elsewhere: an object, or nothing.

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object a text holds; null when it is not JSON or not an object. */
export function jsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
