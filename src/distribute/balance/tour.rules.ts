/**
 * How far it is to see every place once and come home: from the place nearest to the middle of all, on to the nearest not yet seen, and back.
 * A stated approximation: as the crow flies, and by the nearest neighbour (Rosenkrantz, Stearns & Lewis 1977), which is about a quarter longer than the
 * shortest tour (Johnson & McGeoch 1997). Kilometres; null where there is no place.
 */
import { distanceKm } from './map.rules.ts';
import type { Position } from './map.rules.ts';

export function tourKm(places: readonly Position[]): number | null {
  if (places.length === 0) return null;
  const rad = Math.PI / 180;
  // on the sphere, the larger the product of two directions the nearer they are: no angle is worked out but of what is driven
  const x = Float64Array.from(places, ({ lon, lat }) => Math.cos(lat * rad) * Math.cos(lon * rad));
  const y = Float64Array.from(places, ({ lon, lat }) => Math.cos(lat * rad) * Math.sin(lon * rad));
  const z = Float64Array.from(places, ({ lat }) => Math.sin(lat * rad));
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const left = places.map((_, at) => at);
  const takeNearest = (px: number, py: number, pz: number): number => {
    let [best, most] = [0, -Infinity];
    for (const [at, place] of left.entries()) {
      const near = px * x[place]! + py * y[place]! + pz * z[place]!;
      if (near > most) [best, most] = [at, near];
    }
    const found = left[best]!;
    left[best] = left.at(-1)!;
    left.pop();
    return found;
  };
  const first = takeNearest(sum(x), sum(y), sum(z));
  let [here, km] = [first, 0];
  while (left.length > 0) {
    const next = takeNearest(x[here]!, y[here]!, z[here]!);
    km += distanceKm(places[here]!, places[next]!);
    here = next;
  }
  return km + distanceKm(places[here]!, places[first]!);
}
