import type { Catalog } from '../../server/model.ts';
import { areaLayer, areaLayerData } from '../data.ts';
import { capitalised, vintageKey, vintageLabel } from '../layer-names.ts';
import { navigate, view } from '../state.ts';
import { changeOfVintage, vintagesOf } from '../vintages.ts';

/** Which boundaries of the layer are counted in, where several are held. */
export function VintageChoice({ catalog }: { readonly catalog: Catalog }) {
  const vintages = vintagesOf(catalog, areaLayer.value);
  const [newest] = vintages;
  const inUse = areaLayerData.value;
  if (!newest || !inUse || vintages.length < 2) return null;
  const choose = (key: string) => {
    const chosen = vintages.find((held) => vintageKey(held) === key) ?? newest;
    navigate(changeOfVintage(view.value, chosen, newest));
  };
  return (
    <label class="inline-field">
      <span>Boundaries</span>
      <select class="select compact" value={vintageKey(inUse)} onChange={(event) => choose(event.currentTarget.value)}>
        {vintages.map((held) => (
          <option key={vintageKey(held)} value={vintageKey(held)}>
            {capitalised(vintageLabel(held))}
            {held === newest && ' (newest)'}
          </option>
        ))}
      </select>
    </label>
  );
}
