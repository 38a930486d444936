// What tests see of patches.mjs.
export declare const narrow: string;
