/** Holds so many values at most, and makes room by dropping what has not been used for longest. */
export class BoundedMap<Value> {
  private readonly values = new Map<string, Value>();
  private readonly max: number;

  constructor(max: number) {
    this.max = max;
  }

  use(key: string): Value | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.put(key, value);
    return value;
  }

  put(key: string, value: Value): void {
    this.values.set(key, value);
    for (const oldest of this.values.keys()) {
      if (this.values.size <= this.max) return;
      this.values.delete(oldest);
    }
  }
}
