// Whether a server behind the load balancer counts as up: by checks in a row, as HAProxy counts them.

export interface Health {
  readonly up: boolean;
  /** Checks in a row that said the opposite. */
  readonly against: number;
}

export const healthy: Health = { up: true, against: 0 };

/** HAProxy's `fall` and `rise`, here two each. */
const inARow = 2;

export function afterCheck({ up, against }: Health, passed: boolean): Health {
  if (passed === up) return { up, against: 0 };
  return against + 1 >= inARow ? { up: !up, against: 0 } : { up, against: against + 1 };
}
