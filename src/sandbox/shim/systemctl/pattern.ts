// Unit names with wildcards, as systemctl takes them.

export function isPattern(name: string): boolean {
  return /[*?[]/.test(name);
}

export function fits(name: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
}
