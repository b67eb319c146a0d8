import { expect, it } from 'vitest';
import { previewUpload } from '../../server/flows/preview-upload.ts';
import { profilesFolder, taxonomyFolder } from '../../server/folders.ts';
import type { ProfileDraft } from '../../server/import/propose-profile.ts';
import { describeWithSharedData, sharedData } from '../helpers/shared-data.ts';

describeWithSharedData('a mapping proposed for published files', () => {
  const look = async (path: string) => {
    const profileFolders = [profilesFolder];
    const work = { path: sharedData(path), name: path.split('/').at(-1)!, reading: {}, profileFolders, taxonomyFolder };
    const { proposal, fitting, encoding } = await previewUpload(work);
    return { ...proposal, profile: proposal.profile as ProfileDraft, fitting, encoding };
  };

  it('reads the police’s street files by their month, point and type', async () => {
    const { profile, uses, complete, fitting } = await look('police-uk/cleveland/2024-01-cleveland-street.csv');
    expect(complete).toBe(true);
    expect(fitting[0]?.name).toBe('police-uk-street');
    expect(profile).toMatchObject({
      name: 'cleveland-street',
      country: 'uk',
      covers: 'month',
      category: { column: 'Crime type', mapping: 'police-uk-types' },
      time: { from: 'Month', formats: ['YYYY-MM'] },
      location: 'Location',
      identity: { id: 'Crime ID' },
    });
    expect(profile.places[0]).toEqual({ system: 'wgs84', lat: 'Latitude', lng: 'Longitude' });
    expect(uses.find(({ column }) => column === 'Month')?.because).toBe(
      'when it happened: 100 % of its values read as YYYY-MM, such as “2024-01”',
    );
  });

  it('reads stop and search by its date, and offers the profile that knows it', async () => {
    const { profile, complete, fitting } = await look(
      'police-uk/stop-and-search/2023-06-cleveland-stop-and-search.csv',
    );
    expect(complete).toBe(true);
    expect(fitting[0]?.name).toBe('stop-and-search');
    expect(profile.time).toEqual({ from: 'Date', formats: ['YYYY-MM-DDTHH:MM:SS'] });
    expect(profile.places).toEqual([{ system: 'wgs84', lat: 'Latitude', lng: 'Longitude' }]);
  });

  it('joins Avon’s date of three columns with its time, and takes masked coordinates for what they are', async () => {
    const { profile, complete, encoding } = await look('fire/avon_fire_incidents_2014-07_cp1252.csv');
    expect(complete).toBe(true);
    expect(encoding).toBe('windows-1252');
    expect(profile).toMatchObject({
      category: { column: 'Incident Category', words: {} },
      time: { from: ['Day', 'Month', 'Year', 'Time of Call'], formats: ['DD MMM YYYY HH:MM:SS'] },
      identity: { id: 'Incident Number' },
    });
    expect(profile.places).toEqual([
      { system: 'bng', easting: 'X Coordinate', northing: 'Y Coordinate' },
      { system: 'area', layer: 'ward', column: 'Ward', within: 'Unitary Authority' },
    ]);
  });

  it('reads the London Fire Brigade’s three ways to a place, the exact ones first', async () => {
    const { profile } = await look('fire/lfb_incident_data_sample.csv');
    expect(profile).toMatchObject({
      category: { column: 'IncidentGroup' },
      time: { from: ['DateOfCall', 'TimeOfCall'], formats: ['DD MMM YYYY HH:MM:SS'] },
      identity: { id: 'IncidentNumber' },
    });
    expect(profile.places).toEqual([
      { system: 'wgs84', lat: 'Latitude', lng: 'Longitude' },
      { system: 'bng', easting: 'Easting_m', northing: 'Northing_m' },
      { system: 'bng', easting: 'Easting_rounded', northing: 'Northing_rounded', withinMetres: 71 },
      { system: 'postcode', column: 'Postcode_full' },
      { system: 'area', layer: 'ward', column: 'IncGeo_WardCode' },
    ]);
  });

  it('takes New York’s thefts as between two times, and says that it does not know of what kind they are', async () => {
    const { profile, complete } = await look('incidents/nyc_vehicle_thefts_start_end.csv.gz');
    expect(complete).toBe(false);
    expect(profile).toMatchObject({
      country: 'any',
      category: { words: {} },
      time: { from: 'date_start', to: 'date_end', formats: ['YYYY-MM-DDTHH:MM'] },
      identity: { id: 'uid' },
    });
  });

  it('reads Milwaukee’s calls by their nature', async () => {
    const { profile, complete } = await look('incidents/milwaukee_calls_for_service_2018-05.csv.gz');
    expect(complete).toBe(true);
    expect(profile).toMatchObject({
      country: 'any',
      category: { column: 'nature' },
      time: { from: 'time', formats: ['YYYY-MM-DDTHH:MM:SS'] },
      location: 'location',
      identity: { id: 'id' },
    });
  });

  it('sees by a later row of Houston’s file that its month comes first, and joins the hour', async () => {
    const { profile, uses } = await look('incidents/houston_crime_2010.csv.gz');
    expect(profile).toMatchObject({
      country: 'any',
      category: { column: 'offense' },
      time: { from: ['date', 'hour'], formats: ['MM/DD/YYYY HH'] },
      location: 'address',
    });
    expect(profile.places).toEqual([{ system: 'wgs84', lat: 'lat', lng: 'lon' }]);
    expect(uses.find(({ column }) => column === 'date')?.because).toContain('the month comes first');
  });

  it('does not take Chicago’s kinds of place for kinds of incident', async () => {
    const { profile, complete } = await look('incidents/chicago_aggravated_assaults.csv.gz');
    expect(complete).toBe(false);
    expect(profile.category).toEqual({ words: {}, codes: false });
    expect(profile.places).toEqual([{ system: 'wgs84', lat: 'latitude', lng: 'longitude' }]);
  });
});
