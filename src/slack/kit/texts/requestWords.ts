/** What a request asks for, worded and escaped already. */
export interface RequestFacts {
  /** "*package:3* Registrars". */
  pack: string;
  /** "3 people", or the one by name. */
  whom: string;
  permission: string;
}

/** What a request asks for, as it continues "asks to". */
export type RequestWords = (facts: RequestFacts) => string;
