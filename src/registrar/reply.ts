/** What the registrar says to one call. */
export interface Reply {
  status: number;
  /** Undefined for an answer without a body (204). */
  json: unknown;
}

export const found = (json: unknown): Reply => ({ status: 200, json });
export const created = (json: unknown): Reply => ({ status: 201, json });
export const noContent: Reply = { status: 204, json: undefined };

/** An answer of 400 to 599, in the shape that Django REST Framework gives it. */
export const refused = (status: number, detail: string): Reply => ({ status, json: { detail } });
