import { isRealDay, undatedVintage } from '../server/model.ts';
import { filterFromParameters, filterParameters, queryText } from './filter-query.ts';
import {
  corrections,
  defaultView,
  fixedResolutions,
  hotspotPeriods,
  hotspotRanks,
  listNames,
  type MapPosition,
  type PanelName,
  type Place,
  pageNames,
  panelNames,
  type ReportSubject,
  sheetNames,
  shownMeasures,
  sourcesOfP,
  type View,
} from './view.ts';

/** The view a URL's query string names; anything unreadable falls back to the default. */
export function viewFromUrl(search: string): View {
  const parameters = new URLSearchParams(search);
  const resolution = Number(parameters.get('resolution'));
  return {
    page: oneOf(pageNames, parameters.get('page')),
    report: reportFromText(parameters.get('of') ?? ''),
    filter: filterFromParameters(parameters),
    show: parameters.get('show') === 'areas' ? 'areas' : 'hexagons',
    layer: layerName(parameters.get('layer')) ?? defaultView.layer,
    vintage: vintageFromText(parameters.get('vintage')),
    resolution: (fixedResolutions as readonly number[]).includes(resolution) ? resolution : 'auto',
    measure: oneOf(shownMeasures, parameters.get('measure')),
    correction: oneOf(corrections, parameters.get('correction')),
    p: oneOf(sourcesOfP, parameters.get('p')),
    outlines: parameters.get('outlines') !== 'off',
    list: oneOf(listNames, parameters.get('list')),
    rank: oneOf(hotspotRanks, parameters.get('rank')),
    period: oneOf(hotspotPeriods, parameters.get('period')),
    place: placeFromText(parameters.get('place') ?? ''),
    position: positionFromText(parameters.get('at') ?? ''),
    folded: foldedFromText(parameters.get('fold')),
    sheet: oneOf(sheetNames, parameters.get('sheet')),
  };
}

/** The query string of a view, shortest form first: what is as by default is left out. */
export function urlFromView(view: View): string {
  const { page, report, filter, show, layer, vintage, resolution, outlines, place, position, folded, sheet } = view;
  const parameters: [string, string][] = [];
  if (page !== 'map') parameters.push(['page', page]);
  if (report) parameters.push(['of', reportToText(report)]);
  parameters.push(...filterParameters(filter).filter(([, value]) => value !== 'previous-year'));
  if (!filter.compare) parameters.push(['compare', 'none']);
  if (show !== defaultView.show) parameters.push(['show', show]);
  if (layer !== defaultView.layer) parameters.push(['layer', layer]);
  if (vintage !== null) parameters.push(['vintage', vintage]);
  if (resolution !== 'auto') parameters.push(['resolution', String(resolution)]);
  for (const key of ['measure', 'correction', 'p', 'list', 'rank', 'period'] as const)
    if (view[key] !== defaultView[key]) parameters.push([key, view[key]]);
  if (!outlines) parameters.push(['outlines', 'off']);
  if (place) parameters.push(['place', placeToText(place)]);
  if (folded) parameters.push(['fold', folded.join(',') || 'none']);
  if (sheet !== 'map') parameters.push(['sheet', sheet]);
  if (position) parameters.push(['at', positionToText(position)]);
  return parameters.length > 0 ? `?${queryText(parameters)}` : '';
}

/** Whether a URL says nothing of the map: which page is open is no part of the map's view. */
export function isBareUrl(search: string): boolean {
  return [...new URLSearchParams(search).keys()].every((key) => key === 'page' || key === 'of');
}

/** A position to the precision the URL keeps: about a metre, a hundredth of a zoom level. */
export function roundPosition({ lat, lng, zoom }: MapPosition): MapPosition {
  return { lat: round(lat, 5), lng: round(lng, 5), zoom: round(zoom, 2) };
}

function placeToText(place: Place): string {
  if (place.kind === 'cell') return `cell:${place.cell}`;
  return place.kind === 'hotspot' ? `hotspot:${place.id}` : `${place.layer}:${place.code}`;
}

function placeFromText(text: string): Place | null {
  const at = text.indexOf(':');
  const [kind, code] = [layerName(text.slice(0, at)), text.slice(at + 1)];
  if (at < 1 || !kind || code === '') return null;
  if (kind === 'hotspot') return /^[\w-]+$/.test(code) ? { kind, id: code } : null;
  if (kind !== 'cell') return { kind: 'area', layer: kind, code };
  return /^[0-9a-f]{15}$/.test(code) ? { kind: 'cell', cell: code } : null;
}

function reportToText(report: ReportSubject): string {
  return report.kind === 'import' ? `import:${report.id}` : `source:${report.name}`;
}

function reportFromText(text: string): ReportSubject | null {
  const at = text.indexOf(':');
  const [kind, value] = [text.slice(0, at), text.slice(at + 1)];
  if (kind === 'import') return /^[1-9]\d{0,9}$/.test(value) ? { kind, id: Number(value) } : null;
  return kind === 'source' && value !== '' ? { kind, name: value } : null;
}

function positionToText({ lat, lng, zoom }: MapPosition): string {
  return `${lat},${lng},${zoom}`;
}

function positionFromText(text: string): MapPosition | null {
  const parts = text.split(',').map(Number);
  const [lat, lng, zoom] = parts;
  if (parts.length !== 3 || lat === undefined || lng === undefined || zoom === undefined) return null;
  const inside = Math.abs(lat) <= 85 && Math.abs(lng) <= 180 && zoom >= 0 && zoom <= 22;
  return inside ? roundPosition({ lat, lng, zoom }) : null;
}

function foldedFromText(text: string | null): PanelName[] | null {
  if (text === null) return null;
  return panelNames.filter((name) => text.split(',').includes(name));
}

/** The value a text names; anything else is the first, which is the default. */
function oneOf<const T extends string>(values: readonly [T, ...T[]], text: string | null): T {
  return values.find((value) => value === text) ?? values[0];
}

function layerName(text: string | null): string | null {
  return text && /^[a-z][a-z0-9-]*$/.test(text) ? text : null;
}

function vintageFromText(text: string | null): string | null {
  return text && (text === undatedVintage || (/^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text))) ? text : null;
}

function round(value: number, digits: number): number {
  // Adding 0 turns -0 into 0, which is what the text reads back as.
  return Number(value.toFixed(digits)) + 0;
}
