/**
 * The value that Student's t stays within, on both sides of 0, with the given probability: 4.303 for 2 degrees of
 * freedom and 0.95. `degrees` is a whole number from 1, `probability` above 0 and below 1.
 */
export function studentT(degrees: number, probability: number): number {
  let low = 0;
  let high = 1;
  while (probabilityWithin(high, degrees) < probability) high *= 2;
  // Halving 60 times leaves nothing of a double's 53 bits.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * P(-t < T < t), exactly, as a finite series for whole degrees of freedom: Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.7.3 (odd) and 26.7.4 (even).
 */
function probabilityWithin(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const sine = Math.sin(angle);
  const cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = 0;
  for (let power = odd ? 1 : 0; power <= degrees - 2; power += 2) {
    sum += term;
    term *= (cosine * cosine * (power + 1)) / (power + 2);
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
