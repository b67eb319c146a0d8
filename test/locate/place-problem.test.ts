import { describe, expect, test } from 'vitest';
import { isInCountry, placeProblem } from '../../server/locate/place-problem.ts';

describe('whether a position is in the country', () => {
  test.each([
    ['Hartlepool', 54.6863, -1.2129],
    ['Lizard Point', 49.959, -5.2065],
    ['the Isles of Scilly', 49.8629, -6.4],
    ['Belleek, Fermanagh', 54.4798, -8.0918],
    ['Lowestoft Ness', 52.4811, 1.7627],
    ['Out Stack, Shetland', 60.86, -0.8742],
  ])('%s is', (_, lat, lng) => {
    expect(isInCountry('uk', { lat, lng })).toBe(true);
    expect(placeProblem('uk', { lat, lng })).toBeNull();
  });

  test.each([
    ['0, 0', 0, 0, 'zero'],
    ['Hartlepool exchanged', -1.2129, 54.6863, 'swapped'],
    ['Paris', 48.8566, 2.3522, 'outside'],
    ['New York', 40.71, -74, 'outside'],
    ['metres', 531_848, 450_566, 'outside'],
    ['the equator off Somalia', 0, 54, 'swapped'],
    ['east of Greenwich by a lost minus', 54.6863, 2.2129, 'outside'],
  ])('%s is not', (_, lat, lng, problem) => {
    expect(placeProblem('uk', { lat, lng })).toBe(problem);
  });
});
