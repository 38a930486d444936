// The program's own version, put in by the build.
declare const KHA_VERSION: string;

export const version = typeof KHA_VERSION === 'string' ? KHA_VERSION : '0.0.0-source';
