import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceKm } from './map.rules.ts';
import { tourKm } from './tour.rules.ts';

const degree = distanceKm({ lon: 0, lat: 0 }, { lon: 0, lat: 1 });

test('a round trip: nowhere, at home, there and back, and along a line from the middle', () => {
  const at = (lat: number) => ({ lon: 9, lat });
  expect(tourKm([])).toBeNull();
  expect(tourKm([at(50)])).toBe(0);
  expect(tourKm([at(50), at(51)])).toBeCloseTo(2 * degree, 6);
  // from 2 to 1 and 0, over all of it to 3.1 and 4.2, and home
  expect(tourKm([at(0), at(1), at(2), at(3.1), at(4.2)])! / degree).toBeCloseTo(1 + 1 + 3.1 + 1.1 + 2.2, 3);
});

test('is no shorter than there and back to the farthest, no longer than the farthest each time', () => {
  const place = fc.record({ lon: fc.double({ min: -20, max: 20, noNaN: true }), lat: fc.double({ min: 35, max: 65, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(place, { minLength: 2, maxLength: 12 }), (places) => {
      const km = tourKm(places)!;
      const apart = places.flatMap((a) => places.map((b) => distanceKm(a, b)));
      expect(km).toBeGreaterThanOrEqual(2 * Math.max(...apart) - 1e-3);
      expect(km).toBeLessThanOrEqual(places.length * Math.max(...apart) + 1e-3);
    }),
  );
});
