/** Something that is not to be done yet: no failure, and no attempt. The worker comes back to it after `afterMs`. */
export class PutOff extends Error {
  override name = 'PutOff';
  readonly afterMs: number;

  constructor(afterMs: number, reason: string) {
    super(reason);
    this.afterMs = afterMs;
  }
}
