import { describe, expect, test } from 'vitest';
import type { DemoIncident } from '../../server/demo/demo-incidents.ts';
import { demoData, select } from './count-demo.ts';

const years = { from: '2017-01-01', to: '2018-12-31' };
const timed = (list: readonly DemoIncident[]) => list.filter(({ occurredFrom }) => occurredFrom.length > 10);
const hourOf = ({ occurredFrom }: DemoIncident) => Number(occurredFrom.slice(11, 13));
const isNight = (incident: DemoIncident) => hourOf(incident) >= 21 || hourOf(incident) < 5;
const isDay = (incident: DemoIncident) => hourOf(incident) >= 10 && hourOf(incident) < 18;

/** Monday is 0; the hours before 5 belong to the day before. */
function eveningOf(incident: DemoIncident): number {
  const day = (new Date(`${incident.occurredFrom.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7;
  return hourOf(incident) < 5 ? (day + 6) % 7 : day;
}

function share(list: readonly DemoIncident[], test: (incident: DemoIncident) => boolean): number {
  return list.filter(test).length / list.length;
}

describe('York Road', () => {
  const asb = select({ ...years, categories: ['asb'] }).filter(
    ({ location, flags }) => location === 'York Road' && !flags.includes('youth'),
  );

  test('has many reports', () => {
    expect(asb.length).toBeGreaterThan(400);
  });

  test('has street drinkers by day and fights by night, and little in between', () => {
    expect(share(asb, isDay)).toBeGreaterThan(0.4);
    expect(share(asb, isNight)).toBeGreaterThan(0.3);
    expect(share(asb, (incident) => !isDay(incident) && !isNight(incident))).toBeLessThan(0.25);
  });

  test('has its nights on Friday and Saturday, its days on any day', () => {
    const isWeekend = (incident: DemoIncident) => [4, 5].includes(eveningOf(incident));
    expect(share(asb.filter(isNight), isWeekend)).toBeGreaterThan(0.5);
    expect(share(asb.filter(isDay), isWeekend)).toBeLessThan(0.4);
  });
});

describe('the hours of the demo', () => {
  test('Church Street fights at weekend nights', () => {
    const fights = select({ ...years, categories: ['violence.with-injury'] }).filter(
      ({ location, flags }) => location === 'Church Street' && !flags.includes('domestic'),
    );
    expect(fights.length).toBeGreaterThan(30);
    expect(share(fights, isNight)).toBeGreaterThan(0.6);
    expect(share(fights, (incident) => [4, 5].includes(eveningOf(incident)))).toBeGreaterThan(0.5);
  });

  test('young people are out between the end of school and ten at night', () => {
    const youth = select({ ...years, categories: ['asb'], flags: ['youth'] });
    expect(share(youth, (incident) => hourOf(incident) >= 15 && hourOf(incident) < 22)).toBeGreaterThan(0.75);
  });

  test('shops lose goods while they are open', () => {
    const thefts = select({ ...years, categories: ['crime.shoplifting'] });
    expect(share(thefts, (incident) => hourOf(incident) >= 8 && hourOf(incident) < 22)).toBe(1);
  });

  test('domestic violence is a matter of evenings', () => {
    const domestic = timed(select({ ...years, categories: ['violence.with-injury'], flags: ['domestic'] }));
    expect(share(domestic, (incident) => hourOf(incident) >= 17 || hourOf(incident) < 2)).toBeGreaterThan(0.55);
  });

  test('most burglaries of homes are known as a range', () => {
    const burglaries = select({ ...years, categories: ['crime.burglary.residential'] });
    expect(share(burglaries, ({ occurredTo }) => occurredTo !== '')).toBeGreaterThan(0.7);
  });

  test('refuse burns most about bonfire night', () => {
    const refuse = select({ ...years, categories: ['fire.secondary.refuse'] });
    const isBonfire = ({ occurredFrom }: DemoIncident) => /-1(0-3[01]|1-0[1-6])/.test(occurredFrom);
    // Eight days of 365.
    expect(share(refuse, isBonfire)).toBeGreaterThan(3 * (8 / 365));
  });
});

describe('the places of the demo', () => {
  test('the violence of a ward gathers at the places the report names', () => {
    const named = demoData.places.places.filter(({ id }) => id.startsWith('violence-'));
    for (const { name, streets, ward } of named) {
      if (streets.length === 0) continue;
      const found = select({ ...years, categories: ['violence'], area: ward });
      expect(
        share(found, ({ location }) => streets.includes(location)),
        name,
      ).toBeGreaterThan(0.03);
    }
  });
});
